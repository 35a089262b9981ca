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

// Listens to a stream of server-sent events.
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
    Q_PROPERTY(QVariantMap responseHeaders READ responseHeaders NOTIFY responseHeadersChanged FINAL)
    Q_PROPERTY(int failedAttempts READ failedAttempts NOTIFY failedAttemptsChanged FINAL)

public:
    enum Status : int { Closed, Connecting, Open, Waiting };
    Q_ENUM(Status)

    enum Format : int { Json, Text };
    Q_ENUM(Format)

    enum ErrorCode : int {
        NoError = 0,
        NetworkError,
        TimeoutError,
        HttpStatusError,
        ContentTypeError,
        SslError,
        TooManyRedirectsError,
        InsecureRedirectError,
        InvalidUrlError,
        InvalidRequestError,
        EventTooLargeError,
        DecodingError,
        IncompleteError,
    };
    Q_ENUM(ErrorCode)

    explicit EventSourceListener(QObject *parent = nullptr);
    explicit EventSourceListener(const QUrl &url, QObject *parent = nullptr);
    ~EventSourceListener() override;

    [[nodiscard]] QUrl url() const;
    void setUrl(const QUrl &url);

    [[nodiscard]] bool isLazy() const;
    void setLazy(bool lazy);

    [[nodiscard]] bool isActive() const;
    void setActive(bool active);

    [[nodiscard]] Status status() const;
    [[nodiscard]] QJsonValue data() const;
    [[nodiscard]] EventSourceEvent lastEvent() const;

    [[nodiscard]] QString lastEventId() const;
    void setLastEventId(const QString &id);

    [[nodiscard]] QString errorString() const;

    [[nodiscard]] Format format() const;
    void setFormat(Format format);

    [[nodiscard]] QStringList eventTypes() const;
    void setEventTypes(const QStringList &types);

    [[nodiscard]] QVariantMap headers() const;
    void setHeaders(const QVariantMap &headers);

    [[nodiscard]] QString method() const;
    void setMethod(const QString &method);

    [[nodiscard]] QVariant body() const;
    void setBody(const QVariant &body);

    [[nodiscard]] bool http2() const;
    void setHttp2(bool http2);

    [[nodiscard]] QString endMarker() const;
    void setEndMarker(const QString &marker);

    [[nodiscard]] int connectTimeout() const;
    [[nodiscard]] std::chrono::milliseconds connectTimeoutAsDuration() const;
    void setConnectTimeout(int milliseconds);
    void setConnectTimeout(std::chrono::milliseconds duration);

    [[nodiscard]] int responseTimeout() const;
    [[nodiscard]] std::chrono::milliseconds responseTimeoutAsDuration() const;
    void setResponseTimeout(int milliseconds);
    void setResponseTimeout(std::chrono::milliseconds duration);

    [[nodiscard]] int idleTimeout() const;
    [[nodiscard]] std::chrono::milliseconds idleTimeoutAsDuration() const;
    void setIdleTimeout(int milliseconds);
    void setIdleTimeout(std::chrono::milliseconds duration);

    [[nodiscard]] int maximumEventSize() const;
    void setMaximumEventSize(int bytes);

    [[nodiscard]] QUrl caCertificates() const;
    void setCaCertificates(const QUrl &file);

    [[nodiscard]] EventSourceReconnectPolicy *reconnect() const;
    [[nodiscard]] int retryIn() const;
    [[nodiscard]] QVariantMap responseHeaders() const;
    [[nodiscard]] int failedAttempts() const;

    [[nodiscard]] QQmlNetworkAccessManagerFactory *networkAccessManagerFactory() const;
    void setNetworkAccessManagerFactory(QQmlNetworkAccessManagerFactory *factory);

#if QT_CONFIG(ssl)
    [[nodiscard]] QSslConfiguration sslConfiguration() const;
    void setSslConfiguration(const QSslConfiguration &configuration);
#endif

    Q_INVOKABLE void startListening();
    Q_INVOKABLE void stopListening();
    Q_INVOKABLE void restart();

    // Calls a function of the context, or any function, with each message as a T.
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(Context *context, Function function);
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(QAnyStringView type, Context *context, Function function);
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(const QStringList &types, Context *context,
                                      Function function);
    template <typename T, typename Context, typename Function>
    QMetaObject::Connection onMessage(std::initializer_list<QString> types, Context *context,
                                      Function function);

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    void opened();
    void message(const EventSourceEvent &event);
    void parseError(const EventSourceEvent &event, const QString &message);
    void error(const EventSourceError &error);
    void comment(const QString &text);
    void finished();

    void urlChanged();
    void lazyChanged();
    void activeChanged();
    void statusChanged();
    void dataChanged();
    void lastEventChanged();
    void lastEventIdChanged();
    void errorStringChanged();
    void formatChanged();
    void eventTypesChanged();
    void headersChanged();
    void methodChanged();
    void bodyChanged();
    void http2Changed();
    void endMarkerChanged();
    void connectTimeoutChanged();
    void responseTimeoutChanged();
    void idleTimeoutChanged();
    void maximumEventSizeChanged();
    void caCertificatesChanged();
    void retryInChanged();
    void responseHeadersChanged();
    void failedAttemptsChanged();

protected:
    bool event(QEvent *event) override;
    void connectNotify(const QMetaMethod &signal) override;

private:
    friend class EventSourcePrivate::ListenerPrivate;
    QVariant dataVariant() const;

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
    const auto shared = std::make_shared<Function>(std::move(function)); // it may be move-only
    const auto call = [context, shared](const void *value, const EventSourceEvent &event) {
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
