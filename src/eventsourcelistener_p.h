// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCELISTENER_P_H
#define EVENTSOURCELISTENER_P_H

#include "eventsourcelistener.h"

#include "eventconsumer_p.h"
#include "payload/scriptvalues_p.h"
#include "session/backoff_p.h"
#include "session/eventstream_p.h"
#include "session/failure_p.h"
#include "session/reconnecttimer_p.h"

#include <QtCore/qpointer.h>
#include <QtCore/qvariant.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qtnetworkglobal.h>
#if QT_CONFIG(ssl)
#  include <QtNetwork/qsslconfiguration.h>
#endif

#include <memory>
#include <optional>

namespace EventSourcePrivate {

class TypedMessages;
struct Mismatch;

// The life cycle of a listener: which attempt there is, and when the next one begins.
class ListenerPrivate final : public EventStream::Sink
{
public:
    // What is to be notified; notify() goes by this order.
    enum Change {
        UrlChange,
        LazyChange,
        FormatChange,
        EventTypesChange,
        HeadersChange,
        MethodChange,
        ResendChange,
        BodyChange,
        Http2Change,
        EndMarkerChange,
        ConnectTimeoutChange,
        ResponseTimeoutChange,
        IdleTimeoutChange,
        MaximumEventSizeChange,
        CaCertificatesChange,
        ResponseHeadersChange,
        LastEventChange,
        DataChange,
        LastEventIdChange,
        FailedAttemptsChange,
        ErrorStringChange,
        RetryInChange,
        StatusChange,
        ActiveChange,
        ChangeCount
    };

    static ListenerPrivate *get(EventSourceListener *listener) { return listener->d.get(); }

    explicit ListenerPrivate(EventSourceListener *listener);
    ~ListenerPrivate();

    void complete();
    void start();
    void stop();
    void restart();
    void setUrl(const QUrl &newUrl);
    void setLastEventId(const QByteArray &id);
    void requestChanged();
    void maximumEventSizeChanged();
    void leaveThread();
    void noticeConnection(const QMetaMethod &signal);
    const EventSourceEvent &lastEventForReaders();
    void warn(const QString &message) const;
    void reportMismatch(const EventSourceEvent &event, const Mismatch &mismatch);

    // Gives a member its value. Nothing is emitted before notify(), so that all state is up to date
    // when the first handler runs.
    template <typename Member, typename Value>
    bool set(Member &member, const Value &value, Change change)
    {
        if (member == value)
            return false;
        member = value;
        mark(change);
        return true;
    }
    void mark(Change change) { m_changes |= 1U << change; }
    void notify();

    EventSourceListener *const q;

    // What the application asked for.
    QUrl url;
    QVariantMap headers;
    QString method = QStringLiteral("GET");
    QVariant body;
    QString endMarker;
    DeliverySettings delivery;
    int connectTimeout = 30000;
    int responseTimeout = 300000;
    int idleTimeout = 0;
    bool lazy = false;
    bool http2 = false;
    std::optional<bool> writtenActive;
    QQmlNetworkAccessManagerFactory *managerFactory = nullptr;
#if QT_CONFIG(ssl)
    std::optional<QSslConfiguration> sslConfiguration;
#endif
    QUrl caCertificates;
    EventSourceReconnectPolicy reconnect;
    std::shared_ptr<AccessManagerPool> pool; // of the last attempt, kept for the next one

    // What is.
    QByteArray lastEventId;
    int failedAttempts = 0; // in a row
    QString errorString;
    QVariantMap responseHeaders;
    EventSourceListener::Status status = EventSourceListener::Closed;
    bool active = false;
    EventSourceEvent lastEvent;
    ReconnectTimer timer;

    // They may outlast the listener while they are called.
    const std::shared_ptr<EventConsumers> consumers = std::make_shared<EventConsumers>();
    const std::shared_ptr<TypedMessages> typedMessages;

    bool isComplete = false; // created, with its first properties set
    bool isDeclared = false; // by a QML document, which says when it is complete
    bool isDecided = false; // somebody started or stopped: lazy does not matter any more

private:
    void streamOpened() override;
    void lastEventIdReached(const QByteArray &id) override;
    void eventArrived() override;
    bool wantsEvent(const QString &type) const override;
    void eventDecoded(const EventSourceEvent &event) override;
    void eventNotDecoded(const EventSourceEvent &event, const QString &message) override;
    void eventTooLarge() override;
    bool wantsComments() const override;
    void commentArrived(const QString &text) override;
    void retryArrived(int milliseconds) override;
    void longIdArrived() override;
    void sliceDelivered() override;
    void endMarkerArrived() override;
    void streamEnded() override;
    std::shared_ptr<ScriptValues> scriptValues() override;

    bool mayConnect() const
    {
        return isComplete || !isDeclared;
    }
    void setStatus(EventSourceListener::Status newStatus);
    void stopTimer();
    void connectSoon();
    void dropStream();
    void open();
    QUrl resolved(const QUrl &address) const;
    QUrl resolvedUrl() const;
    QString applyTls(StreamRequest *request) const;
    void choosePool(StreamRequest *request);
    void warnOfParseError(const QString &message);
    void wait(int delay);
    void attemptSucceeded();
    void updateFailedAttempts();
    void endAttempt(const Failure &failure);

    std::shared_ptr<EventStream> m_stream; // the present attempt
    std::shared_ptr<DeliveryGate> m_gate = std::make_shared<DeliveryGate>();
    EngineFinder m_engine;
    Backoff m_backoff;
    QNetworkCookieJar *m_cookieJar = nullptr; // a child of the listener
    QTimer m_stableTimer {q}; // runs while a stream is open after failures
    int m_refusals = 0; // in a row, of what only the application can change
    unsigned m_changes = 0; // a bit for each Change
    bool m_isOwnPool = false;
    bool m_hasWarnedOfParseError = false;
    bool m_hasWarnedOfLongId = false;
};

} // namespace EventSourcePrivate

#endif // EVENTSOURCELISTENER_P_H
