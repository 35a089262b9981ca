// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCELISTENER_H
#define EVENTSOURCELISTENER_H

#include "eventsourceevent.h"
#include "eventsourceglobal.h"
#include "eventsourcereconnectpolicy.h"

#include <QtCore/qanystringview.h>
#include <QtCore/qmetatype.h>
#include <QtCore/qobject.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>
#include <QtCore/qvariant.h>
#include <QtNetwork/qtnetworkglobal.h>
#include <QtQml/qqmlparserstatus.h>
#include <QtQml/qqmlregistration.h>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <utility>

QT_BEGIN_NAMESPACE
class QQmlNetworkAccessManagerFactory;
#if QT_CONFIG(ssl)
class QSslConfiguration;
#endif
QT_END_NAMESPACE

class EventSourceError;
namespace EventSourcePrivate {
class ListenerPrivate;
}

/// Listens to a stream of server-sent events.
class EVENTSOURCE_EXPORT EventSourceListener : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    QML_ADDED_IN_VERSION(0, 1)
    Q_INTERFACES(QQmlParserStatus)

    Q_PROPERTY(QUrl url READ url WRITE setUrl NOTIFY urlChanged FINAL)
    Q_PROPERTY(bool lazy READ isLazy WRITE setLazy NOTIFY lazyChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(Status status READ status NOTIFY statusChanged FINAL)
    Q_PROPERTY(QVariant data READ dataVariant NOTIFY dataChanged FINAL)
    Q_PROPERTY(EventSourceEvent lastEvent READ lastEvent NOTIFY lastEventChanged FINAL)
    Q_PROPERTY(QString lastEventId READ lastEventId WRITE setLastEventId NOTIFY lastEventIdChanged
                       FINAL)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorStringChanged FINAL)
    Q_PROPERTY(Format format READ format WRITE setFormat NOTIFY formatChanged FINAL)
    Q_PROPERTY(QStringList eventTypes READ eventTypes WRITE setEventTypes NOTIFY eventTypesChanged
                       FINAL)
    Q_PROPERTY(QVariantMap headers READ headers WRITE setHeaders NOTIFY headersChanged FINAL)
    Q_PROPERTY(QString method READ method WRITE setMethod NOTIFY methodChanged FINAL)
    Q_PROPERTY(QVariant body READ body WRITE setBody NOTIFY bodyChanged FINAL)
    Q_PROPERTY(bool http2 READ http2 WRITE setHttp2 NOTIFY http2Changed FINAL)
    Q_PROPERTY(QString endMarker READ endMarker WRITE setEndMarker NOTIFY endMarkerChanged FINAL)
    Q_PROPERTY(int connectTimeout READ connectTimeout WRITE setConnectTimeout NOTIFY
                       connectTimeoutChanged FINAL)
    Q_PROPERTY(int responseTimeout READ responseTimeout WRITE setResponseTimeout NOTIFY
                       responseTimeoutChanged FINAL)
    Q_PROPERTY(
            int idleTimeout READ idleTimeout WRITE setIdleTimeout NOTIFY idleTimeoutChanged FINAL)
    Q_PROPERTY(int maximumEventSize READ maximumEventSize WRITE setMaximumEventSize NOTIFY
                       maximumEventSizeChanged FINAL)
    Q_PROPERTY(QUrl caCertificates READ caCertificates WRITE setCaCertificates NOTIFY
                       caCertificatesChanged FINAL)
    Q_PROPERTY(EventSourceReconnectPolicy *reconnect READ reconnect CONSTANT FINAL)
    Q_PROPERTY(int retryIn READ retryIn NOTIFY retryInChanged FINAL)
    Q_PROPERTY(QVariant responseHeaders READ responseHeadersVariant NOTIFY responseHeadersChanged
                       FINAL)
    Q_PROPERTY(int failedAttempts READ failedAttempts NOTIFY failedAttemptsChanged FINAL)

public:
    /// What the connection does at present.
    enum Status : int {
        Closed, ///< not listening
        Connecting, ///< a request is on its way
        Open, ///< the server answered with a stream
        Waiting ///< for the next attempt, or for a change of the request
    };
    Q_ENUM(Status)

    /// How the payload of an event is read.
    enum Format : int {
        Json, ///< decoded as JSON
        Text ///< as it is
    };
    Q_ENUM(Format)

    /// What kind of failure an error is.
    enum ErrorCode : int {
        NoError = 0, ///< no error
        NetworkError, ///< no connection, or it broke
        TimeoutError, ///< connectTimeout, responseTimeout or idleTimeout passed
        HttpStatusError, ///< an HTTP status that is no stream
        ContentTypeError, ///< status 200, but no text/event-stream
        SslError, ///< no secure connection
        TooManyRedirectsError, ///< more than 20 redirects
        InsecureRedirectError, ///< from https to http, or with the body to another origin
        InvalidUrlError, ///< not an http or https address
        InvalidRequestError, ///< headers, method or body cannot be sent
        EventTooLargeError, ///< an event was larger than maximumEventSize and was skipped
        DecodingError, ///< a content coding that cannot be decoded
        IncompleteError, ///< the response ended without endMarker
    };
    Q_ENUM(ErrorCode)

    explicit EventSourceListener(QObject *parent = nullptr); ///< has no URL yet
    explicit EventSourceListener(const QUrl &url, QObject *parent = nullptr); ///< opens by itself
    ~EventSourceListener() override; ///< ends the stream without a signal

    [[nodiscard]] QUrl url() const; ///< the http or https address of the stream
    void setUrl(const QUrl &url); ///< drops the old stream, clears lastEventId

    [[nodiscard]] bool isLazy() const; ///< whether the stream opens only on request
    void setLazy(bool lazy); ///< false by default: it opens by itself

    [[nodiscard]] bool isActive() const; ///< whether the stream is wanted
    void setActive(bool active); ///< starts or stops

    [[nodiscard]] Status status() const; ///< what the connection does at present
    [[nodiscard]] QJsonValue data() const; ///< the payload of the last message
    [[nodiscard]] EventSourceEvent lastEvent() const; ///< the last message

    [[nodiscard]] QString lastEventId() const; ///< the id of the last processed event
    void setLastEventId(const QString &id); ///< resumes after it with the next request

    [[nodiscard]] QString errorString() const; ///< the text of the last error

    [[nodiscard]] Format format() const; ///< how the payload is read
    void setFormat(Format format); ///< Json by default

    [[nodiscard]] QStringList eventTypes() const; ///< the types of events to deliver
    void setEventTypes(const QStringList &types); ///< empty by default: all types

    [[nodiscard]] QVariantMap headers() const; ///< further request headers
    void setHeaders(const QVariantMap &headers); ///< used from the next attempt on

    [[nodiscard]] QString method() const; ///< the HTTP method
    void setMethod(const QString &method); ///< GET by default

    [[nodiscard]] QVariant body() const; ///< what is sent, except with GET
    void setBody(const QVariant &body); ///< text, bytes, or what is sent as JSON

    [[nodiscard]] bool http2() const; ///< whether HTTP/2 may be used
    void setHttp2(bool http2); ///< false by default, since memory is not bounded with it

    [[nodiscard]] QString endMarker() const; ///< the data with which the stream is complete
    void setEndMarker(const QString &marker); ///< such as "[DONE]"

    [[nodiscard]] int connectTimeout() const; ///< until the request is sent, in ms
    [[nodiscard]] std::chrono::milliseconds connectTimeoutAsDuration() const; ///< as a duration
    void setConnectTimeout(int milliseconds); ///< 30000 by default, 0: no limit
    void setConnectTimeout(std::chrono::milliseconds duration); ///< as a duration

    [[nodiscard]] int responseTimeout() const; ///< from then on to the response head, in ms
    [[nodiscard]] std::chrono::milliseconds responseTimeoutAsDuration() const; ///< as a duration
    void setResponseTimeout(int milliseconds); ///< 300000 by default, 0: no limit
    void setResponseTimeout(std::chrono::milliseconds duration); ///< as a duration

    [[nodiscard]] int idleTimeout() const; ///< the longest silence of an open stream, in ms
    [[nodiscard]] std::chrono::milliseconds idleTimeoutAsDuration() const; ///< as a duration
    void setIdleTimeout(int milliseconds); ///< 0 by default: no limit
    void setIdleTimeout(std::chrono::milliseconds duration); ///< as a duration

    [[nodiscard]] int maximumEventSize() const; ///< what may be held for one event, in bytes
    void setMaximumEventSize(int bytes); ///< 16 MiB by default

    [[nodiscard]] QUrl caCertificates() const; ///< a PEM file that is trusted beside the system
    void setCaCertificates(const QUrl &file); ///< an address of the scheme file or qrc

    /// When and how often it tries again.
    [[nodiscard]] EventSourceReconnectPolicy *reconnect() const;
    [[nodiscard]] int retryIn() const; ///< the time until the next attempt in ms, or -1
    [[nodiscard]] QVariantMap responseHeaders() const; ///< of the last accepted response
    [[nodiscard]] int failedAttempts() const; ///< how many have failed in a row

    /// Makes the network access managers; null by default.
    [[nodiscard]] QQmlNetworkAccessManagerFactory *networkAccessManagerFactory() const;
    /// For cookies, a proxy or certificates; it must outlive the listener.
    void setNetworkAccessManagerFactory(QQmlNetworkAccessManagerFactory *factory);

#if QT_CONFIG(ssl)
    [[nodiscard]] QSslConfiguration sslConfiguration() const; ///< for https
    /// Used from the next attempt on.
    void setSslConfiguration(const QSslConfiguration &configuration);
#endif

    Q_INVOKABLE void startListening(); ///< does nothing while active
    Q_INVOKABLE void stopListening(); ///< no signal of the old stream follows
    Q_INVOKABLE void restart(); ///< connects anew after lastEventId

    /// Calls a function of the context, or any function, with each message as a T.
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(Context *context, Function function);
    /// The same for messages of one type.
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(QAnyStringView type, Context *context, Function function);
    /// The same for messages of some types.
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(const QStringList &types, Context *context,
                                      Function function);
    /// The same for messages of some types.
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(std::initializer_list<QString> types, Context *context,
                                      Function function);

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    void opened(); ///< the server accepted the request
    void message(const EventSourceEvent &event); ///< an event of the wanted types arrived
    /// The data of an event are not JSON, or do not fit a receiver of typed messages.
    void parseError(const EventSourceEvent &event, const QString &message);
    void error(const EventSourceError &error); ///< an attempt failed, or an event was too large
    void comment(const QString &text); ///< a comment line arrived
    void finished(); ///< the stream ended permanently without an error

    void urlChanged(); ///< url has changed
    void lazyChanged(); ///< lazy has changed
    void activeChanged(); ///< active has changed
    void statusChanged(); ///< status has changed
    void dataChanged(); ///< data has changed, once for many messages
    void lastEventChanged(); ///< lastEvent has changed, likewise
    void lastEventIdChanged(); ///< lastEventId has changed
    void errorStringChanged(); ///< errorString has changed
    void formatChanged(); ///< format has changed
    void eventTypesChanged(); ///< eventTypes has changed
    void headersChanged(); ///< headers has changed
    void methodChanged(); ///< method has changed
    void bodyChanged(); ///< body has changed
    void http2Changed(); ///< http2 has changed
    void endMarkerChanged(); ///< endMarker has changed
    void connectTimeoutChanged(); ///< connectTimeout has changed
    void responseTimeoutChanged(); ///< responseTimeout has changed
    void idleTimeoutChanged(); ///< idleTimeout has changed
    void maximumEventSizeChanged(); ///< maximumEventSize has changed
    void caCertificatesChanged(); ///< caCertificates has changed
    void retryInChanged(); ///< retryIn has changed, about once a second
    void responseHeadersChanged(); ///< responseHeaders has changed
    void failedAttemptsChanged(); ///< failedAttempts has changed

protected:
    bool event(QEvent *event) override;
    void connectNotify(const QMetaMethod &signal) override;

private:
    friend class EventSourcePrivate::ListenerPrivate;
    QVariant dataVariant() const;
    QVariant responseHeadersVariant() const;

    using MessageFunction = std::function<void(const void *value, const EventSourceEvent &event)>;
    QMetaObject::Connection addReceiver(QMetaType type, const QStringList &eventTypes,
                                        const QObject *context, MessageFunction function);

    std::unique_ptr<EventSourcePrivate::ListenerPrivate> d;
};

template <typename T, typename Context, typename Function>
QMetaObject::Connection EventSourceListener::onMessage(const QStringList &types, Context *context,
                                                       Function function)
{
    static_assert(std::is_default_constructible_v<T> && std::is_copy_constructible_v<T>,
                  "Messages are values.");
    constexpr bool isInvocable =
            std::is_invocable_v<
                    Function &,
                    const T &> || std::is_invocable_v<Function &, const T &, const EventSourceEvent &>;
    static_assert(isInvocable || std::is_member_function_pointer_v<Function>,
                  "The function takes a const T &, and may take an EventSourceEvent after it.");
    const auto shared = std::make_shared<Function>(std::move(function)); // it may be move-only
    const auto call = [context, shared](const void *value, const EventSourceEvent &event) {
        Q_UNUSED(context); // by functions that are not members of it
        const T &message = *static_cast<const T *>(value);
        if constexpr (std::is_member_function_pointer_v<Function>) {
            if constexpr (std::is_invocable_v<Function &, Context *, const T &>)
                std::invoke(*shared, context, message);
            else
                std::invoke(*shared, context, message, event);
        } else {
            if constexpr (std::is_invocable_v<Function &, const T &>)
                std::invoke(*shared, message);
            else
                std::invoke(*shared, message, event);
        }
    };
    return addReceiver(QMetaType::fromType<T>(), types, context, call);
}

template <typename T, typename Context, typename Function>
QMetaObject::Connection EventSourceListener::onMessage(std::initializer_list<QString> types,
                                                       Context *context, Function function)
{
    return onMessage<T>(QStringList(types), context, std::move(function));
}

template <typename T, typename Context, typename Function>
QMetaObject::Connection EventSourceListener::onMessage(QAnyStringView type, Context *context,
                                                       Function function)
{
    return onMessage<T>(QStringList(type.toString()), context, std::move(function));
}

template <typename T, typename Context, typename Function>
QMetaObject::Connection EventSourceListener::onMessage(Context *context, Function function)
{
    return onMessage<T>(QStringList(), context, std::move(function));
}

// Its codes are the listener's, so it comes after it.
#include "eventsourceerror.h"

#endif // EVENTSOURCELISTENER_H
