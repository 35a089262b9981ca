// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSTREAM_P_H
#define EVENTSTREAM_P_H

#include "eventsourceevent.h"
#include "format/streamparser_p.h"
#include "net/streamconnection_p.h"
#include "payload/payload_p.h"
#include "session/deliveryscheduler_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qfuturewatcher.h>
#include <QtCore/qstring.h>
#include <QtCore/qstringlist.h>

#include <memory>

namespace EventSourcePrivate {

class ScriptValues;

// What is to become of the events; it may change at any time.
struct DeliverySettings
{
    QStringList eventTypes; // all if empty
    QByteArray endMarker;
    Payload::Format format = Payload::Format::Json;
    int maximumEventSize = 16 * 1024 * 1024; // bytes
};

class EventStream;

// Shared by the streams that follow each other: while the handler of one runs, in an event loop of
// its own too, none of them delivers.
struct DeliveryGate
{
    std::weak_ptr<EventStream> waiting; // delivers when the gate opens
    bool isClosed = false;
};

// One attempt: the connection, the parser and the delivery of events in slices. It is made for the
// attempt and dropped with it.
//
// Every call of the sink may drop the stream, which is what stopping, restarting and deleting the
// listener do. A dropped stream has no sink and no connection, and delivers nothing more. A slice
// that is being delivered holds the stream, so it can look at that.
class EventStream final : public DeliveryScheduler::Client,
                          public std::enable_shared_from_this<EventStream>
{
public:
    class Sink
    {
    public:
        virtual void streamOpened() = 0;

        // The event was processed, and its id counts from now on. Delivery of its signals follows.
        virtual void lastEventIdReached(const QByteArray &id) = 0;

        virtual void eventArrived() = 0; // the first event, whatever becomes of it
        virtual bool wantsEvent(const QString &type) const = 0;
        virtual void eventDecoded(const EventSourceEvent &event) = 0;
        virtual void eventNotDecoded(const EventSourceEvent &event, const QString &message) = 0;
        virtual void eventTooLarge() = 0;
        virtual bool wantsComments() const = 0;
        virtual void commentArrived(const QString &text) = 0;
        virtual void retryArrived(int milliseconds) = 0;
        virtual void longIdArrived() = 0; // it is ignored
        virtual void sliceDelivered() = 0;

        // Nothing more follows.
        virtual void endMarkerArrived() = 0;
        virtual void streamEnded() = 0;

        // Of the engine that the events are for; null without one.
        virtual std::shared_ptr<ScriptValues> scriptValues() = 0;

    protected:
        ~Sink() = default;
    };

    // The sink and the settings must exist until drop().
    EventStream(Sink *sink, const DeliverySettings *settings, std::shared_ptr<DeliveryGate> gate);
    ~EventStream() override;

    void open(std::shared_ptr<AccessManagerPool> pool, const StreamRequest &request);
    void close(); // ends the connection; nothing more arrives
    void drop();
    bool isDropped() const { return !m_sink; }

    bool isOpen() const { return m_openSince.isValid(); }
    bool hasEvents() const { return m_hasEvents; }
    bool wasOpenFor(int milliseconds) const
    {
        return isOpen() && m_openSince.hasExpired(milliseconds);
    }
    const ConnectionResult &result() const { return m_connection->result(); }
    auto responseHeaders() const { return m_connection->responseHeaders(); }

    void setLastEventId(const QByteArray &id) { m_parser.setLastEventId(id); }
    void setMaximumEventSize(int bytes) { m_parser.setMaximumEventSize(bytes); }

    bool deliver(const QDeadlineTimer &deadline) override;

private:
    bool deliverSlice(const QDeadlineTimer &deadline);
    void end();
    void acceptResponse();
    bool readMore();
    void countEvent();
    void takeEvent();
    void checkInPool(const EventSourceEvent &event);
    bool deliverChecked();
    void deliverEvent(const EventSourceEvent &event);

    Sink *m_sink;
    const DeliverySettings *m_settings;
    std::shared_ptr<DeliveryGate> m_gate;
    std::unique_ptr<StreamConnection> m_connection;
    StreamParser m_parser;
    QByteArray m_piece; // what the parser works on
    std::shared_ptr<ScriptValues> m_scriptValues;

    // A large event, while it is checked in the thread pool. The stream pauses.
    std::unique_ptr<QFutureWatcher<Payload::CheckResult>> m_check;
    EventSourceEvent m_largeEvent;

    QElapsedTimer m_openSince;
    QByteArray m_typeUtf8; // of the last event, and in most cases of the next one too
    QString m_type;
    QString m_origin;
    bool m_hasEvents = false;
};

} // namespace EventSourcePrivate

#endif // EVENTSTREAM_P_H
