// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcelistener.h"
#include "eventsourcelistener_p.h"

#include "eventsourceevent_p.h"
#include "eventsourcereconnectpolicy_p.h"
#include "format/utf8_p.h"
#include "session/requestbuilder_p.h"
#include "typedreceiver_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qcoreevent.h>

using namespace EventSourcePrivate;

namespace {

const auto completeEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

/*!
    \class EventSourceListener
    \inheaderfile EventSource/EventSourceListener
    \inmodule EventSource
    \since EventSource 0.1
    \brief Listens to a stream of server-sent events.

//! [purpose]
    It opens an HTTP request, keeps it open, takes the events out of its response and hands them on
    with their JSON decoded. When the connection fails or ends it opens another one and asks the
    server to resume after the last event. The format and the protocol are those of the HTML
    standard, section "Server-sent events".
//! [purpose]

    \code
    auto *listener = new EventSourceListener(QUrl("https://ci.example.com/stream"), this);
    connect(listener, &EventSourceListener::message, this, [this](const EventSourceEvent &event) {
        append(event.data().toObject());
    });
    connect(listener, &EventSourceListener::error, this, [this](const EventSourceError &error) {
        showStatus(error.message());
    });
    \endcode

    It opens when control returns to the event loop, so properties that are set until then are part of
    the first request. In QML the class is the type \l [QML] {EventSourceListener}{EventSourceListener}.

//! [description]
    Events are delivered in slices: all listeners of a thread together take at most 8 ms of one turn
    of its event loop. What is not delivered yet stays in the network, so a server that is faster
    than the application is slowed down and memory stays flat. A handler that runs an event loop of
    its own pauses the stream. In a handler the listener may be stopped, restarted, pointed to
    another url or deleted; nothing of the old stream is delivered afterwards.

//! [description]

    This holds for handlers that run in the thread of the listener. A queued connection to a receiver
    in another thread puts a copy of each event into the queue of that thread, and the listener does
    not wait for it. If the receiver is slower than the server, that queue grows without bound. Such
    a receiver should live in the thread of its listener: move both to the other thread.

    A listener that was created in C++ may be shown to several QML engines, as a context property or
    an initial property of each. A JavaScript object belongs to one engine, so such a listener gives
    each engine its own values, converted at each read: \c{event.data === event.data} is false for
    objects then, and a read takes about ten times as long. Qt reports further engines when their
    scripts use the listener. Three cases it does not report: an engine that gets only events and
    never uses the listener, such as through a model of the application, can find \c{data} undefined
    if another engine uses the listener (use \c{JSON.parse(event.text)} there). After a further
    engine has gone, values stay those for several engines as long as the first engine exists. And a
    connection to the listener's \c{destroyed()} signal that is made after an engine has used it
    counts as a further engine, also that of an Item to whose data the listener is added later.

    Move a listener to another thread before it starts, not while it is active.

    \sa EventSourceReconnectPolicy, EventSourceSubscription, EventSourceModel
*/

/*!
    \enum EventSourceListener::Status
    What the connection does at present.

//! [Status-values]
    \value Closed      not listening
    \value Connecting  a request is on its way
    \value Open        the server answered with a stream
    \value Waiting     for the next attempt, or for a change that makes one worthwhile
//! [Status-values]

    \sa status
*/

/*!
    \enum EventSourceListener::Format
    How the payload of an event is read.

//! [Format-values]
    \value Json  the payload is decoded as JSON
    \value Text  the payload is the text
//! [Format-values]

    \sa format
*/

/*!
    \enum EventSourceListener::ErrorCode
    What kind of failure an error is, and what follows from it.

//! [ErrorCode-values]
    \value NoError                no error
    \value NetworkError           no connection, or it broke; tried again
    \value TimeoutError           connectTimeout, responseTimeout or idleTimeout passed; tried again
    \value HttpStatusError        an HTTP status that is no stream. 408, 425, 429 and 5xx, and those in
                                  EventSourceReconnectPolicy::retryStatuses, are tried again; 401
                                  and 403 wait for a change; others end the stream
    \value ContentTypeError       status 200, but no \c text/event-stream; waits for a change
    \value SslError               no secure connection; tried again
    \value TooManyRedirectsError  more than 20 redirects; ends the stream
    \value InsecureRedirectError  a redirect from https to http, or one that would have carried the
                                  body to another origin; ends the stream
    \value InvalidUrlError        not an http or https address; waits for a change
    \value InvalidRequestError    headers, method or body cannot be sent; waits for a change
    \value EventTooLargeError     an event was larger than maximumEventSize and was skipped
    \value DecodingError          the response has a content coding that was not asked for, or its
                                  data cannot be decompressed; tried again
    \value IncompleteError        the response ended without endMarker, and the request is not to be
                                  repeated; ends the stream
//! [ErrorCode-values]

    \sa error(), EventSourceError::code
*/

/*!
    \fn void EventSourceListener::opened()
//! [opened-signal]
    The server accepted the request and the stream is open.

    \sa status, responseHeaders
//! [opened-signal]
*/

/*!
    \fn void EventSourceListener::message(const EventSourceEvent &event)
//! [message-signal]
    An \a event that passed eventTypes arrived.

    \sa data, eventTypes, parseError()
//! [message-signal]
*/

/*!
    \fn void EventSourceListener::parseError(const EventSourceEvent &event, const QString &message)
//! [parseError-signal]
    The data of \a event is not JSON; \a message says what is wrong and at which offset, and the
    event's \c text has the data. The event is not delivered as message(), but its id counts, and the
    stream continues.

    Also emitted if the data are JSON and do not fit the class of a typed message in C++; \a message
    has the place then, see onMessage(). Such an event is a message() as well.

    \sa format, message()
//! [parseError-signal]
*/

/*!
    \fn void EventSourceListener::error(const EventSourceError &error)
//! [error-signal]
    An attempt failed, or an event was too large; \a error says what and where. Emitted once per failed
    attempt; status, active and errorString have their new values already.
//! [error-signal]

    \sa errorString, ErrorCode
*/

/*!
    \fn void EventSourceListener::comment(const QString &text)
//! [comment-signal]
    A comment line arrived; \a text is all that follows its colon. Servers send them to keep the
    connection alive.

    \sa idleTimeout
//! [comment-signal]
*/

/*!
    \fn void EventSourceListener::finished()
//! [finished-signal]
    The stream ended permanently without an error: by endMarker, by status 204, or by the clean end of
    a response that is not to be repeated.

    \sa endMarker, status
//! [finished-signal]
*/

/*!
    Makes a listener without a url, with \a parent.
*/
EventSourceListener::EventSourceListener(QObject *parent)
    : QObject(parent), d(std::make_unique<ListenerPrivate>(this))
{
    // A QML document says when the object is complete; in C++ it is when control returns.
    QCoreApplication::postEvent(this, new QEvent(completeEvent));
}

/*!
    Makes a listener for \a url with \a parent. It opens when control returns to the event loop.
*/
EventSourceListener::EventSourceListener(const QUrl &url, QObject *parent)
    : EventSourceListener(parent)
{
    d->url = url;
}

/*!
    Ends the stream without a signal. The listener may be deleted in any handler.
*/
EventSourceListener::~EventSourceListener() = default;

/*!
    \property EventSourceListener::url
//! [url]
    The http or https address of the stream; empty by default.

    While it is empty nothing is open, and that is no error. In a QML document that came over http or
    https it may be relative to it. A change clears lastEventId and, while active, drops the old
    stream at once and opens the new one. Anything but an http or https address gives
    InvalidUrlError, and nothing is sent.

    A change connects at once, so bind it to what is complete: a text field's \c text would make an
    attempt for each key, its \c editingFinished signal makes one.

    \sa lazy, lastEventId, restart()
//! [url]
*/
QUrl EventSourceListener::url() const
{
    return d->url;
}

void EventSourceListener::setUrl(const QUrl &url)
{
    d->setUrl(url);
}

/*!
    \property EventSourceListener::lazy
//! [lazy]
    Whether the stream opens only on request.

    By default false: it opens by itself once the listener is complete. With true it opens with
    startListening() or when active becomes true.

    \sa active, startListening()
//! [lazy]
*/
bool EventSourceListener::isLazy() const
{
    return d->lazy;
}

void EventSourceListener::setLazy(bool lazy)
{
    d->set(d->lazy, lazy, ListenerPrivate::LazyChange);
    d->notify();
}

/*!
    \property EventSourceListener::active
//! [active]
    Whether the stream is wanted; true once a listener that is not lazy is complete.

    True between start and stop, also while url is empty and while waiting to reconnect. Writing it
    starts or stops. It becomes false by itself when the stream ends permanently. Writing true does
    nothing if true was the last value written, so that a binding that is evaluated again does not
    revive an ended stream. Writing false always stops. So a binding such as
    \c{active: window.visible && loggedIn} starts and stops the stream.

    \sa status, startListening(), stopListening()
//! [active]
*/
bool EventSourceListener::isActive() const
{
    return d->active;
}

void EventSourceListener::setActive(bool active)
{
    // A binding that is evaluated again does not revive a stream that has ended.
    if (active && d->writtenActive == active)
        return;
    d->writtenActive = active;
    if (active)
        d->start();
    else
        d->stop();
}

/*!
    \property EventSourceListener::status
//! [status]
    What the connection does at present; Closed by default.

    A change to Closed is the one place where every end of a stream arrives: stopListening(), an empty
    url, finished(), and an error that is not tried again.

    \sa active, errorString, opened(), finished()
//! [status]
*/
EventSourceListener::Status EventSourceListener::status() const
{
    return d->status;
}

/*!
    \property EventSourceListener::data
//! [data]
    The payload of the last message; undefined before the first.

    However many messages arrive in one slice, the change is notified once.

    \sa lastEvent, format, message()
//! [data]
*/

/*!
    \fn QJsonValue EventSourceListener::data() const
    Returns the data as a JSON value. In QML they are a JavaScript value.
*/
QJsonValue EventSourceListener::data() const
{
    return d->lastEvent.data();
}

QVariant EventSourceListener::dataVariant() const
{
    return d->lastEventForReaders().dataVariant();
}

/*!
    \property EventSourceListener::lastEvent
//! [lastEvent]
    The last message; an empty event before the first. Notified like data.

    \sa data, message()
//! [lastEvent]
*/
EventSourceEvent EventSourceListener::lastEvent() const
{
    return d->lastEventForReaders();
}

/*!
    \property EventSourceListener::lastEventId
//! [lastEventId]
    The id of the last event that was processed: delivered, filtered out, undecodable or too
    large. Empty by default.

    The next request asks the server to resume after it. Write it before the start to resume from a
    stored position. A value with CR, LF or NUL is refused with a warning. It is in step with the
    events, also within a handler; its change is notified once per slice.

    \sa url, restart()
//! [lastEventId]
*/
QString EventSourceListener::lastEventId() const
{
    return textFromUtf8(d->lastEventId);
}

void EventSourceListener::setLastEventId(const QString &id)
{
    if (!isHeaderValue(id)) {
        d->warn(tr("lastEventId cannot have CR, LF or NUL; it stays as it was."));
        return;
    }
    d->setLastEventId(id.toUtf8());
}

/*!
    \property EventSourceListener::errorString
//! [errorString]
    The text of the last error; empty again when a connection opens.

    \sa error(), status
//! [errorString]
*/
QString EventSourceListener::errorString() const
{
    return d->errorString;
}

/*!
    \property EventSourceListener::format
//! [format]
    What the payload is: Json (default) or Text.

    Any JSON value is decoded, also a single number or string. An event with empty text is delivered
    with undefined data.

    \sa data, parseError()
//! [format]
*/
EventSourceListener::Format EventSourceListener::format() const
{
    return d->delivery.format == Payload::Format::Json ? Json : Text;
}

void EventSourceListener::setFormat(Format format)
{
    if (format != Json && format != Text) {
        d->warn(tr("format takes EventSourceListener.Json or EventSourceListener.Text, not %1.")
                        .arg(int(format)));
        return;
    }
    d->set(d->delivery.format, format == Json ? Payload::Format::Json : Payload::Format::Text,
           ListenerPrivate::FormatChange);
    d->notify();
}

/*!
    \property EventSourceListener::eventTypes
//! [eventTypes]
    The types of events to deliver; empty (default) for all.

    An event without a type has the type "message". What is filtered out is not decoded; its id
    counts.

    \sa message(), EventSourceSubscription::eventTypes
//! [eventTypes]
*/
QStringList EventSourceListener::eventTypes() const
{
    return d->delivery.eventTypes;
}

void EventSourceListener::setEventTypes(const QStringList &types)
{
    d->set(d->delivery.eventTypes, types, ListenerPrivate::EventTypesChange);
    d->notify();
}

/*!
    \property EventSourceListener::headers
//! [headers]
    Further request headers, as an object of names and strings.

    They are read anew at every attempt; a null or undefined value is not sent. \c Accept and
    \c Cache-Control may be replaced. A name or value that HTTP cannot carry gives
    InvalidRequestError, and nothing is sent. They never go to another origin. By default there are
    none.

    A change does not cut an open stream: a new token is sent with the next attempt. Call restart() to
    use it at once. After 401 or 403 a change leads to a new attempt by itself, so
    \c{headers: ({ Authorization: "Bearer " + session.token })} is all that a refreshed token needs.
    Replace the object: a change inside of it is not noticed.

    \sa method, body, responseHeaders
//! [headers]
*/
QVariantMap EventSourceListener::headers() const
{
    return d->headers;
}

void EventSourceListener::setHeaders(const QVariantMap &headers)
{
    if (d->set(d->headers, headers, ListenerPrivate::HeadersChange))
        d->requestChanged();
    d->notify();
}

/*!
    \property EventSourceListener::method
//! [method]
    The HTTP method; "GET" by default.

    With another method the body is sent, and a request that the server may have carried out is not
    repeated. A method that HTTP cannot carry gives InvalidRequestError, and nothing is sent.

    \sa body, EventSourceReconnectPolicy::resend
//! [method]
*/
QString EventSourceListener::method() const
{
    return d->method;
}

void EventSourceListener::setMethod(const QString &method)
{
    if (d->set(d->method, method, ListenerPrivate::MethodChange)) {
        if (d->reconnect.d->setDefaultResend(normalizedMethod(method) == "GET"))
            d->mark(ListenerPrivate::ResendChange);
        d->requestChanged();
    }
    d->notify();
}

/*!
    \property EventSourceListener::body
//! [body]
    What is sent with a method other than GET; undefined (nothing) by default.

    Setting it starts nothing and does not cut an open stream: it is sent with the next attempt. For a
    second request, such as the next prompt to a language model, set it and call restart().

    A string (as \c{text/plain;charset=UTF-8}), an ArrayBuffer, QByteArray, typed array or DataView
    (its bytes, as \c{application/octet-stream}), or an object or array (as JSON,
    \c{application/json}, keys in their order). A \c Content-Type in headers takes precedence. With
    GET nothing is sent.

    An initial property of \c{Component.createObject()} is converted by Qt before it is set: keys of
    objects are sorted, and of a typed array only its elements are left, as an object. There use its
    \c buffer. Keys are also sorted if the object is of another QML engine than the one that knows
    the listener.

    The JSON is written at each attempt, so \c toJSON() may run then. It may stop, restart or change
    the listener. If it throws, the error is InvalidRequestError, and nothing is sent.

    \sa method, headers
//! [body]
*/
QVariant EventSourceListener::body() const
{
    return d->body;
}

void EventSourceListener::setBody(const QVariant &body)
{
    // A value of JavaScript may have changed inside, so it is not compared.
    d->body = body;
    d->mark(ListenerPrivate::BodyChange);
    d->requestChanged();
    d->notify();
}

/*!
    \property EventSourceListener::http2
//! [http2]
    Whether HTTP/2 may be used; false by default.

    Qt's HTTP/2 does not honour the bounded read buffer: a server that is faster than the
    application fills memory.

    \sa maximumEventSize
//! [http2]
*/
bool EventSourceListener::http2() const
{
    return d->http2;
}

void EventSourceListener::setHttp2(bool http2)
{
    d->set(d->http2, http2, ListenerPrivate::Http2Change);
    d->notify();
}

/*!
    \property EventSourceListener::endMarker
//! [endMarker]
    The data by which the server says that all is sent, such as \c{[DONE]}; empty by default.

    The event is not delivered, whatever its type; the stream ends permanently with finished(). A
    response that ends without it is reconnected, or gives IncompleteError where the request is not
    to be repeated (EventSourceReconnectPolicy::resend).

    \sa finished(), EventSourceReconnectPolicy::resend
//! [endMarker]
*/
QString EventSourceListener::endMarker() const
{
    return d->endMarker;
}

void EventSourceListener::setEndMarker(const QString &marker)
{
    if (d->set(d->endMarker, marker, ListenerPrivate::EndMarkerChange))
        d->delivery.endMarker = marker.toUtf8();
    d->notify();
}

/*!
    \property EventSourceListener::connectTimeout
//! [connectTimeout]
    How long it may take until the request was sent, in milliseconds.

    That is the time to find the host, to connect and to agree on TLS; after a redirect it counts
    anew. The default is 30000; 0 is no limit. After this time follow TimeoutError and a new
    attempt. How long the server takes to answer is limited by responseTimeout.

    \sa responseTimeout, idleTimeout, retryIn
//! [connectTimeout]
*/
int EventSourceListener::connectTimeout() const
{
    return d->connectTimeout;
}

void EventSourceListener::setConnectTimeout(int milliseconds)
{
    if (milliseconds < 0) {
        d->warn(tr("connectTimeout takes 0 (off) or more ms, not %1.").arg(milliseconds));
        return;
    }
    d->set(d->connectTimeout, milliseconds, ListenerPrivate::ConnectTimeoutChange);
    d->notify();
}

/*!
    \overload
    Sets connectTimeout to \a duration.
*/
void EventSourceListener::setConnectTimeout(std::chrono::milliseconds duration)
{
    setConnectTimeout(toInt(duration));
}

/*!
    Returns connectTimeout as a duration.

    \sa connectTimeout
*/
std::chrono::milliseconds EventSourceListener::connectTimeoutAsDuration() const
{
    return std::chrono::milliseconds(d->connectTimeout);
}

/*!
    \property EventSourceListener::responseTimeout
//! [responseTimeout]
    How long the response head may take after the request was sent, in milliseconds.

    The default is 300000; 0 is no limit. After this time follow TimeoutError and a new attempt. It
    is long, because some servers send the head with their first event, and a language model may
    think for minutes.

    \sa connectTimeout, idleTimeout
//! [responseTimeout]
*/
int EventSourceListener::responseTimeout() const
{
    return d->responseTimeout;
}

void EventSourceListener::setResponseTimeout(int milliseconds)
{
    if (milliseconds < 0) {
        d->warn(tr("responseTimeout takes 0 (off) or more ms, not %1.").arg(milliseconds));
        return;
    }
    d->set(d->responseTimeout, milliseconds, ListenerPrivate::ResponseTimeoutChange);
    d->notify();
}

/*!
    \overload
    Sets responseTimeout to \a duration.
*/
void EventSourceListener::setResponseTimeout(std::chrono::milliseconds duration)
{
    setResponseTimeout(toInt(duration));
}

/*!
    Returns responseTimeout as a duration.

    \sa responseTimeout
*/
std::chrono::milliseconds EventSourceListener::responseTimeoutAsDuration() const
{
    return std::chrono::milliseconds(d->responseTimeout);
}

/*!
    \property EventSourceListener::idleTimeout
//! [idleTimeout]
    The longest silence of an open stream, in milliseconds.

    The default is 0, no limit. Comments count as life. Time in which the process or the machine
    stood still, or in which the application did not read, is not silence. After this time, or up to
    an eighth later, follow TimeoutError and a new attempt. Twice the interval of the server's
    heartbeat is a good value.

    \sa connectTimeout, responseTimeout, comment()
//! [idleTimeout]
*/
int EventSourceListener::idleTimeout() const
{
    return d->idleTimeout;
}

void EventSourceListener::setIdleTimeout(int milliseconds)
{
    if (milliseconds < 0) {
        d->warn(tr("idleTimeout takes 0 (off) or more ms, not %1.").arg(milliseconds));
        return;
    }
    d->set(d->idleTimeout, milliseconds, ListenerPrivate::IdleTimeoutChange);
    d->notify();
}

/*!
    \overload
    Sets idleTimeout to \a duration.
*/
void EventSourceListener::setIdleTimeout(std::chrono::milliseconds duration)
{
    setIdleTimeout(toInt(duration));
}

/*!
    Returns idleTimeout as a duration.

    \sa idleTimeout
*/
std::chrono::milliseconds EventSourceListener::idleTimeoutAsDuration() const
{
    return std::chrono::milliseconds(d->idleTimeout);
}

/*!
    \property EventSourceListener::maximumEventSize
//! [maximumEventSize]
    What may be held for one event, its data and the line being read, in bytes.

    The default is 16 MiB. A larger event is skipped with EventTooLargeError. The
    stream continues with the next one.

    \sa error()
//! [maximumEventSize]
*/
int EventSourceListener::maximumEventSize() const
{
    return d->delivery.maximumEventSize;
}

void EventSourceListener::setMaximumEventSize(int bytes)
{
    if (bytes <= 0) {
        d->warn(tr("maximumEventSize takes 1 or more bytes, not %1.").arg(bytes));
        return;
    }
    if (d->set(d->delivery.maximumEventSize, bytes, ListenerPrivate::MaximumEventSizeChange))
        d->maximumEventSizeChanged();
    d->notify();
}

/*!
    \property EventSourceListener::caCertificates
//! [caCertificates]
    A PEM file with certificates that this listener trusts beside the system's.

    An address with the scheme \c file or \c qrc; by default empty. For servers with an authority of
    their own: home bridges, and development. It is read at every attempt. A file that cannot be
    read, or has no certificate, gives InvalidRequestError, and nothing is sent.
//! [caCertificates]

    \sa setSslConfiguration()
*/
QUrl EventSourceListener::caCertificates() const
{
    return d->caCertificates;
}

void EventSourceListener::setCaCertificates(const QUrl &file)
{
    if (d->set(d->caCertificates, file, ListenerPrivate::CaCertificatesChange)) {
        // A manager continues with what it was given for its first request.
        d->pool.reset();
        d->requestChanged();
    }
    d->notify();
}

/*!
    \property EventSourceListener::reconnect
//! [reconnect]
    When and how often the listener tries again.

    \sa retryIn, failedAttempts
//! [reconnect]
*/
EventSourceReconnectPolicy *EventSourceListener::reconnect() const
{
    return &d->reconnect;
}

/*!
    \property EventSourceListener::retryIn
//! [retryIn]
    The time left until the next attempt, in milliseconds; -1 if none is due.

    It is -1 by default, and while the listener waits for a change of the request. Notified about once a
    second while waiting.

    \sa status, reconnect
//! [retryIn]
*/
int EventSourceListener::retryIn() const
{
    return d->timer.remaining();
}

/*!
    \property EventSourceListener::responseHeaders
//! [responseHeaders]
    The head of the last accepted response: names in lower case and their values.

    Several fields of one name are joined with ", "; \c set-cookie is left out. It is set before
    opened() is emitted, and empty before the first response.

    \sa headers, opened()
//! [responseHeaders]
*/

/*!
    \fn QVariantMap EventSourceListener::responseHeaders() const
    Returns the head of the last accepted response. In QML it is a JavaScript object.
*/
QVariantMap EventSourceListener::responseHeaders() const
{
    return d->responseHeaders;
}

// qmllint would look for the names of fields in QVariantMap itself.
QVariant EventSourceListener::responseHeadersVariant() const
{
    return d->responseHeaders;
}

/*!
    \property EventSourceListener::failedAttempts
//! [failedAttempts]
    How many attempts have failed in a row; 0 by default.

    It is 0 again with the first event received, when a stream has stayed open for 10 s (or
    EventSourceReconnectPolicy::maximumDelay, if that is less), after restart() and
    startListening(), and with another url. An attempt without either counts as failed, also when it
    ended cleanly. After the stream has ended permanently it keeps its value.

    \sa EventSourceReconnectPolicy::maximumAttempts
//! [failedAttempts]
*/
int EventSourceListener::failedAttempts() const
{
    return d->failedAttempts;
}

/*!
    Returns the maker of network access managers that was set; null if none was.

    \sa setNetworkAccessManagerFactory()
*/
QQmlNetworkAccessManagerFactory *EventSourceListener::networkAccessManagerFactory() const
{
    return d->managerFactory;
}

/*!
    Lets \a factory make the network access managers for streams: for cookies, a proxy, or
    certificates of one's own. Used from the next attempt on. It must outlive the listener. Without
    one the QML engine's factory is used, where the application set one.

    Streams never share a manager with ordinary requests: one manager opens six connections to a
    host, and a stream keeps its connection.

    Handlers may run while a reply of such a manager emits: an application that deletes one by
    itself leaves that to deleteLater().

    \sa networkAccessManagerFactory()
*/
void EventSourceListener::setNetworkAccessManagerFactory(QQmlNetworkAccessManagerFactory *factory)
{
    d->managerFactory = factory;
}

#if QT_CONFIG(ssl)
/*!
    Returns the TLS configuration that was set; Qt's default if none was.

    \sa setSslConfiguration()
*/
QSslConfiguration EventSourceListener::sslConfiguration() const
{
    return d->sslConfiguration.value_or(QSslConfiguration::defaultConfiguration());
}

/*!
    Lets this listener use \a configuration for https: certificate authorities of one's own, say, or
    a client certificate. Used from the next attempt on. For the whole application there is
    QSslConfiguration::setDefaultConfiguration().

    \sa sslConfiguration(), caCertificates
*/
void EventSourceListener::setSslConfiguration(const QSslConfiguration &configuration)
{
    d->sslConfiguration = configuration;
    // Its manager would continue with what it was given for its first request.
    d->pool.reset();
}
#endif

/*!
//! [startListening-method]
    Starts to listen. Does nothing while active. The request leaves when control returns to the event
    loop.

    \sa stopListening(), active
//! [startListening-method]
*/
void EventSourceListener::startListening()
{
    d->start();
}

/*!
//! [stopListening-method]
    Ends the stream. No signal of the old stream is emitted after it returned,
    even within a handler. lastEventId stays, so that startListening() resumes from there.

    \sa startListening(), active
//! [stopListening-method]
*/
void EventSourceListener::stopListening()
{
    d->stop();
}

/*!
//! [restart-method]
    Drops the connection or the wait for one and connects anew; the stream resumes after lastEventId.

    \sa startListening(), lastEventId
//! [restart-method]
*/
void EventSourceListener::restart()
{
    d->restart();
}

/*!
    \fn template <typename T, typename Context, typename Function> QMetaObject::Connection EventSourceListener::onMessage(Context *context, Function function)

    Calls \a function with the data of each event as a T, in the thread of \a context. T is a
    class with Q_GADGET, or any other type that \l {JSON types}{EventSource::fromJson()}
    reads.

    \code
    listener.onMessage<Build>(this, [this](const Build &build) { show(build.state); });
    listener.onMessage<Alert>("alert", this, &Window::showAlert);
    \endcode

    The function is a function object or a member function of the context. It takes a
    \c{const T &}, and an EventSourceEvent after it if it wants to. The calls end when the context or
    the listener is destroyed, or with QObject::disconnect() and the connection that is returned.
    If the context lives in another thread, calls are queued, as for any connection.

    The receivers are consumers as subscriptions are: those of the listener's own signals come first,
    then receivers and subscriptions in the order of their creation. A handler that stops the listener
    stops the event for those that follow. Data are read into a T at most once, however many receivers
    want it, and not at all for types that no receiver wants. Handlers may do anything, also
    delete the listener or the context.

    Data that do not fit are a parseError() of this listener, whose message names the place:
    \c{$.steps[2].status: expected a string, found a number}. Only the first mismatch of an event is
    reported, once for each T. The data are JSON, so the event still is a message() of the listener
    and of subscriptions, and a row of models; its id counts, and the stream continues. When nobody is
    connected to parseError the first one is a warning, without the payload.

    Integers have all digits of the event's text, up to 64 bits. With EventSourceListener::Text as
    format the data are a string.

    \sa EventSourceSubscription
*/

/*!
    \fn template <typename T, typename Context, typename Function> QMetaObject::Connection EventSourceListener::onMessage(QAnyStringView type, Context *context, Function function)
    \overload
    Calls \a function with the data of each event of this \a type, in the thread of \a context.
*/

/*!
    \fn template <typename T, typename Context, typename Function> QMetaObject::Connection EventSourceListener::onMessage(const QStringList &types, Context *context, Function function)
    \overload
    Calls \a function with the data of each event of these \a types, in the thread of \a context. An
    empty list stands for all types.
*/

/*!
    \fn template <typename T, typename Context, typename Function> QMetaObject::Connection EventSourceListener::onMessage(std::initializer_list<QString> types, Context *context, Function function)
    \overload
    Calls \a function with the data of each event of these \a types, in the thread of \a context.
*/

QMetaObject::Connection EventSourceListener::addReceiver(QMetaType type,
                                                         const QStringList &eventTypes,
                                                         const QObject *context,
                                                         MessageFunction function)
{
    if (!context) {
        d->warn(tr("onMessage() needs a context."));
        return {};
    }
    auto *receiver = new TypedReceiver(this, type, eventTypes);
    return connect(receiver, &TypedReceiver::received, context,
                   [function = std::move(function)](const TypedMessage &message) {
                       function(message.value.get(), message.event);
                   });
}

/*!
    \internal
*/
void EventSourceListener::classBegin()
{
    d->isDeclared = true;
}

/*!
    \internal
*/
void EventSourceListener::componentComplete()
{
    d->complete();
}

bool EventSourceListener::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange)
        d->leaveThread();
    if (event->type() != completeEvent)
        return QObject::event(event);
    if (!d->isDeclared)
        d->complete();
    return true;
}

void EventSourceListener::connectNotify(const QMetaMethod &signal)
{
    d->noticeConnection(signal);
}
