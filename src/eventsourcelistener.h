// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCELISTENER_H
#define EVENTSOURCELISTENER_H

#include "eventsourceevent.h"
#include "eventsourceglobal.h"
#include "eventsourcereconnectpolicy.h"

#include <QtCore/qobject.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>
#include <QtCore/qvariant.h>
#include <QtNetwork/qtnetworkglobal.h>
#include <QtQml/qqmlparserstatus.h>
#include <QtQml/qqmlregistration.h>

#include <memory>

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
    Q_PROPERTY(
            int idleTimeout READ idleTimeout WRITE setIdleTimeout NOTIFY idleTimeoutChanged FINAL)
    Q_PROPERTY(int maximumEventSize READ maximumEventSize WRITE setMaximumEventSize NOTIFY
                       maximumEventSizeChanged FINAL)
    Q_PROPERTY(EventSourceReconnectPolicy *reconnect READ reconnect CONSTANT FINAL)
    Q_PROPERTY(int retryIn READ retryIn NOTIFY retryInChanged FINAL)

public:
    enum Status { Closed, Connecting, Open, Waiting };
    Q_ENUM(Status)

    enum Format : int { Json, Text };
    Q_ENUM(Format)

    enum ErrorCode {
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
    };
    Q_ENUM(ErrorCode)

    explicit EventSourceListener(QObject *parent = nullptr);
    explicit EventSourceListener(const QUrl &url, QObject *parent = nullptr);
    ~EventSourceListener() override;

    QUrl url() const;
    void setUrl(const QUrl &url);

    bool isLazy() const;
    void setLazy(bool lazy);

    bool isActive() const;
    void setActive(bool active);

    Status status() const;
    QJsonValue data() const;
    EventSourceEvent lastEvent() const;

    QString lastEventId() const;
    void setLastEventId(const QString &id);

    QString errorString() const;

    Format format() const;
    void setFormat(Format format);

    QStringList eventTypes() const;
    void setEventTypes(const QStringList &types);

    QVariantMap headers() const;
    void setHeaders(const QVariantMap &headers);

    QString method() const;
    void setMethod(const QString &method);

    QVariant body() const;
    void setBody(const QVariant &body);

    bool http2() const;
    void setHttp2(bool http2);

    QString endMarker() const;
    void setEndMarker(const QString &marker);

    int connectTimeout() const;
    void setConnectTimeout(int milliseconds);

    int idleTimeout() const;
    void setIdleTimeout(int milliseconds);

    int maximumEventSize() const;
    void setMaximumEventSize(int bytes);

    EventSourceReconnectPolicy *reconnect() const;
    int retryIn() const;

    QQmlNetworkAccessManagerFactory *networkAccessManagerFactory() const;
    void setNetworkAccessManagerFactory(QQmlNetworkAccessManagerFactory *factory);

#if QT_CONFIG(ssl)
    QSslConfiguration sslConfiguration() const;
    void setSslConfiguration(const QSslConfiguration &configuration);
#endif

    Q_INVOKABLE void startListening();
    Q_INVOKABLE void stopListening();
    Q_INVOKABLE void restart();

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
    void idleTimeoutChanged();
    void maximumEventSizeChanged();
    void retryInChanged();

protected:
    bool event(QEvent *event) override;

private:
    friend class EventSourcePrivate::ListenerPrivate;
    QVariant dataVariant() const;

    std::unique_ptr<EventSourcePrivate::ListenerPrivate> d;
};

// One failure of a listener.
class EVENTSOURCE_EXPORT EventSourceError
{
    Q_GADGET
    QML_VALUE_TYPE(eventSourceError)

    Q_PROPERTY(EventSourceListener::ErrorCode code READ code CONSTANT FINAL)
    Q_PROPERTY(QString message READ message CONSTANT FINAL)
    Q_PROPERTY(int httpStatus READ httpStatus CONSTANT FINAL)
    Q_PROPERTY(QString body READ body CONSTANT FINAL)
    Q_PROPERTY(bool willRetry READ willRetry CONSTANT FINAL)
    Q_PROPERTY(int retryIn READ retryIn CONSTANT FINAL)

public:
    EventSourceListener::ErrorCode code() const { return m_code; }
    QString message() const { return m_message; }
    int httpStatus() const { return m_httpStatus; }
    QString body() const { return m_body; }
    bool willRetry() const { return m_willRetry; }
    int retryIn() const { return m_retryIn; }

private:
    friend class EventSourcePrivate::ListenerPrivate;

    QString m_message;
    QString m_body;
    EventSourceListener::ErrorCode m_code = EventSourceListener::NoError;
    int m_httpStatus = 0;
    int m_retryIn = -1;
    bool m_willRetry = false;
};

Q_DECLARE_METATYPE(EventSourceError)

#endif // EVENTSOURCELISTENER_H
