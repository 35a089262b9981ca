// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCELISTENER_P_H
#define EVENTSOURCELISTENER_P_H

#include "session/deliveryscheduler_p.h"
#include "eventsourceevent_p.h"
#include "eventsourcelistener.h"
#include "net/accessmanagerpool_p.h"
#include "session/backoff_p.h"
#include "net/streamconnection_p.h"
#include "format/streamparser_p.h"

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qfuturewatcher.h>
#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>

#include <QtNetwork/qtnetworkglobal.h>
#if QT_CONFIG(ssl)
#  include <QtNetwork/qsslconfiguration.h>
#endif

#include <memory>
#include <optional>

namespace EventSourcePrivate {

class ListenerPrivate final : public DeliveryScheduler::Client
{
public:
    explicit ListenerPrivate(EventSourceListener *listener);
    ~ListenerPrivate();

    void complete();
    void forgetManagers() { m_pool.reset(); }
    void start();
    void stop();
    void restart();
    void wakeUp();
    void changeUrl(const QUrl &newUrl);
    void requestChanged();
    void setLastEventId(const QByteArray &id);
    void applyMaximumEventSize();
    int remainingDelay() const;
    void notify();
    void warn(const QString &message) const;

    bool deliver(const QDeadlineTimer &deadline) override;

    EventSourceListener *const q;

    // What the application asked for.
    QUrl url;
    QStringList eventTypes;
    QVariantMap headers;
    QString method = QStringLiteral("GET");
    QVariant body;
    QString endMarker;
    QByteArray endMarkerUtf8;
    EventSourceListener::Format format = EventSourceListener::Json;
    int connectTimeout = 30000;
    int idleTimeout = 0;
    int maximumEventSize = 16 * 1024 * 1024;
    bool lazy = false;
    bool http2 = false;
    std::optional<bool> writtenActive;
    QQmlNetworkAccessManagerFactory *managerFactory = nullptr;
#if QT_CONFIG(ssl)
    std::optional<QSslConfiguration> sslConfiguration;
#endif
    EventSourceReconnectPolicy reconnect;

    // What is. notify() tells what differs from what was told last.
    struct State
    {
        QByteArray lastEventId;
        QString errorString;
        EventSourceListener::Status status = EventSourceListener::Closed;
        bool active = false;
    };
    State state;
    EventSourceEvent lastEvent;

    bool isComplete = false; // created, with its first properties set
    bool isDeclared = false; // by a QML document, which says when it is complete
    bool isDecided = false; // somebody started or stopped: lazy has no say any more

private:
    enum class Fate { Retry, AwaitChange, Final };
    struct Failure
    {
        EventSourceListener::ErrorCode code;
        Fate fate;
        QString message;
        int httpStatus = 0;
        QByteArray body = {};
        int retryAfter = 0;
    };

    // A handler may delete the listener, or end or replace the stream. Made before a signal is
    // emitted, this tells afterwards whether the stream is still the same.
    class StreamGuard
    {
    public:
        explicit StreamGuard(const ListenerPrivate *d) : m_q(d->q), m_stream(d->m_stream) { }
        bool isCurrent() const { return m_q && m_q->d->m_stream == m_stream; }

    private:
        QPointer<EventSourceListener> m_q;
        quint64 m_stream;
    };

    bool mayConnect() const
    {
        return isComplete || !isDeclared;
    }
    void connectSoon();
    void connectAfterRefusal();
    void open();
    void dropStream();
    void wait(int delay);
    void waitForNetwork();
    bool deliverSlice(const QDeadlineTimer &deadline);
    void acceptResponse();
    void takeEvent();
    void decodeElsewhere(const EventSourceEvent &event, const QFuture<DecodedJson> &decoded);
    bool deliverDecoded();
    void deliverEvent(const EventSourceEvent &event);
    void reportTooLarge();
    void endAttempt();
    Failure judge() const;
    void fail(const Failure &failure);
    void finish();
    EventSourceError makeError(const Failure &failure) const;
    std::optional<Failure> buildRequest(StreamRequest *request) const;
    QString appendHeaders(StreamRequest *request) const;
    QString appendBody(StreamRequest *request) const;
    void refreshContext();

    State m_told;
    std::shared_ptr<AccessManagerPool> m_pool;
    std::unique_ptr<StreamConnection> m_connection;
    StreamParser m_parser;
    QByteArray m_buffer; // what the parser works on
    std::unique_ptr<QFutureWatcher<DecodedJson>> m_decoding; // of a large event; the stream pauses
    EventSourceEvent m_largeEvent;
    Backoff m_policy;
    QTimer m_retryTimer;
    QTimer m_countdown;
    QDeadlineTimer m_nextAttempt;
    QDeadlineTimer m_refusalEnds {0};
    QElapsedTimer m_openSince;
    QExplicitlySharedDataPointer<ScriptValues> m_context;
    QByteArray m_typeUtf8; // of the last event, most often also of the next
    QString m_type;
    QString m_origin;
    quint64 m_stream = 0; // counts what was begun, dropped or ended
    int m_refusals = 0; // in a row, of what only the application can cure
    bool m_openPosted = false;
    bool m_isOpen = false;
    bool m_gotEvent = false;
    bool m_awaitsChange = false;
    QMetaObject::Connection m_networkReturn; // while waiting for the next attempt
    bool m_delivering = false;
    bool m_lastEventChanged = false;
    bool m_retryInChanged = false;
};

} // namespace EventSourcePrivate

#endif // EVENTSOURCELISTENER_P_H
