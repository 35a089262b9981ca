// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcelistener.h"
#include "eventsourcelistener_p.h"

#include "eventsourcereconnectpolicy_p.h"
#include "net/reachability_p.h"
#include "net/weburl_p.h"
#include "format/utf8_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qcoreevent.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qloggingcategory.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qrandom.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtQml/qjsengine.h>
#include <QtQml/qjsvalue.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>
#include <QtQml/qqmlinfo.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>

#include <algorithm>
#include <utility>

using namespace EventSourcePrivate;

namespace {

Q_LOGGING_CATEGORY(lcEventSource, "eventsource", QtInfoMsg)

// More than a reply holds, so that it has room again as soon as it was read.
constexpr qsizetype pieceSize = 32 * 1024;
constexpr int countdownInterval = 1000;

const auto wakeUpEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

// RFC 9110, "token": what a method or the name of a header may consist of.
bool isToken(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        const ushort u = c.unicode();
        return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z')
                || QLatin1String("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool breaksHeader(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c == QLatin1Char('\r') || c == QLatin1Char('\n') || c.isNull();
    });
}

// These describe the message itself and are the connection's to set.
bool isFramingHeader(const QString &name)
{
    static const QStringList names {
            QStringLiteral("connection"), QStringLiteral("content-length"),
            QStringLiteral("keep-alive"), QStringLiteral("te"),
            QStringLiteral("trailer"),    QStringLiteral("transfer-encoding"),
            QStringLiteral("upgrade"),
    };
    return names.contains(name.toLower());
}

// Fetch standard, "normalize a method".
QByteArray normalizedMethod(const QString &method)
{
    static const QList<QByteArray> names {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"};
    const QByteArray upper = method.toLatin1().toUpper();
    return names.contains(upper) ? upper : method.toLatin1();
}

} // namespace

ListenerPrivate::ListenerPrivate(EventSourceListener *listener)
    : q(listener), reconnect(listener),
      m_policy([] { return QRandomGenerator::global()->generateDouble(); }), m_retryTimer(listener),
      m_countdown(listener)
{
    m_retryTimer.setSingleShot(true);
    m_retryTimer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_retryTimer, &QTimer::timeout, q, [this] {
        connectSoon();
        wakeUp();
    });
    m_countdown.setInterval(countdownInterval);
    QObject::connect(&m_countdown, &QTimer::timeout, q, [this] {
        m_retryInChanged = true;
        notify();
    });
}

ListenerPrivate::~ListenerPrivate()
{
    DeliveryScheduler::instance().remove(this);
}

void ListenerPrivate::warn(const QString &message) const
{
    qmlWarning(q) << message;
}

// All state is up to date before the first of these is emitted; whatever a handler changes is told
// by the call that changed it, and found equal here afterwards.
void ListenerPrivate::notify()
{
    const QPointer<EventSourceListener> self(q);
    if (m_lastEventChanged) {
        m_lastEventChanged = false;
        Q_EMIT q->lastEventChanged();
        if (!self)
            return;
        Q_EMIT q->dataChanged();
        if (!self)
            return;
    }
    if (m_told.lastEventId != state.lastEventId) {
        m_told.lastEventId = state.lastEventId;
        Q_EMIT q->lastEventIdChanged();
        if (!self)
            return;
    }
    if (m_told.errorString != state.errorString) {
        m_told.errorString = state.errorString;
        Q_EMIT q->errorStringChanged();
        if (!self)
            return;
    }
    if (m_retryInChanged) {
        m_retryInChanged = false;
        Q_EMIT q->retryInChanged();
        if (!self)
            return;
    }
    if (m_told.status != state.status) {
        m_told.status = state.status;
        Q_EMIT q->statusChanged();
        if (!self)
            return;
    }
    if (m_told.active != state.active) {
        m_told.active = state.active;
        Q_EMIT q->activeChanged();
    }
}

// Life cycle ---------------------------------------------------------------------------------

void ListenerPrivate::complete()
{
    isComplete = true;
    if (!isDecided && !lazy) {
        start();
        return;
    }
    if (isDeclared && state.active)
        connectSoon();
    notify();
}

void ListenerPrivate::start()
{
    isDecided = true;
    if (state.active)
        return;
    state.active = true;
    m_policy.succeed();
    if (mayConnect())
        connectSoon();
    notify();
}

void ListenerPrivate::stop()
{
    isDecided = true;
    state.active = false;
    dropStream();
    state.status = EventSourceListener::Closed;
    notify();
}

void ListenerPrivate::restart()
{
    isDecided = true;
    state.active = true;
    m_policy.succeed();
    if (mayConnect())
        connectSoon();
    notify();
}

void ListenerPrivate::changeUrl(const QUrl &newUrl)
{
    url = newUrl;
    if (!isComplete)
        return; // what was set before is where the first stream begins
    state.lastEventId.clear();
    m_refusals = 0;
    if (state.active)
        connectSoon();
    m_policy.reset();
}

void ListenerPrivate::setLastEventId(const QByteArray &id)
{
    state.lastEventId = id;
    m_parser.setLastEventId(id);
    notify();
}

void ListenerPrivate::applyMaximumEventSize()
{
    m_parser.setMaximumEventSize(maximumEventSize);
}

void ListenerPrivate::requestChanged()
{
    if (m_awaitsChange)
        connectAfterRefusal();
}

// What was refused once is sent anew as soon as it changed. An application that changes it whenever
// it is refused, as with tokens that are never good, is held back.
void ListenerPrivate::connectAfterRefusal()
{
    const int left = int(m_refusalEnds.remainingTime());
    if (left <= 0 || url.isEmpty()) {
        connectSoon();
    } else {
        dropStream();
        wait(left);
    }
}

// The request leaves when control returns to the event loop, so that changes within one turn make
// one request.
void ListenerPrivate::connectSoon()
{
    dropStream();
    if (url.isEmpty()) {
        state.status = EventSourceListener::Closed;
        return;
    }
    state.status = EventSourceListener::Connecting;
    m_openPosted = true;
    QCoreApplication::postEvent(q, new QEvent(wakeUpEvent));
}

void ListenerPrivate::wakeUp()
{
    const QPointer<EventSourceListener> self(q);
    if (!isComplete && !isDeclared) {
        complete();
        if (!self)
            return;
    }
    if (m_openPosted)
        open();
}

// Final at once: what the old stream had not delivered is forgotten, and its id was not counted.
void ListenerPrivate::dropStream()
{
    ++m_stream;
    if (m_parser.retry() >= 0)
        m_policy.setServerRetry(m_parser.retry());
    m_connection.reset();
    m_decoding.reset();
    m_largeEvent = {};
    m_parser.reset(state.lastEventId);
    m_openPosted = m_isOpen = m_gotEvent = m_awaitsChange = false;
    if (m_countdown.isActive()) { // unlike the other timer, also when that one has just run out
        m_retryTimer.stop();
        m_countdown.stop();
        m_retryInChanged = true;
    }
    QObject::disconnect(m_networkReturn);
}

void ListenerPrivate::open()
{
    m_openPosted = false;
    StreamRequest request;
    if (const auto failure = buildRequest(&request)) {
        fail(*failure);
        return;
    }
    const Reachability *reachability = Reachability::existing();
    if (reachability && !reachability->isInReach(request.url)) {
        waitForNetwork();
        notify();
        return;
    }

    QQmlNetworkAccessManagerFactory *factory = managerFactory;
    const QQmlEngine *engine = qmlEngine(q);
    if (!factory && engine)
        factory = engine->networkAccessManagerFactory();
    const void *key = factory;
#if QT_CONFIG(ssl)
    // Connections are kept for later requests whoever vouched for their certificates, so a listener
    // that trusts others does not share them.
    if (sslConfiguration)
        key = this;
    request.sslConfiguration = sslConfiguration;
#endif
    m_pool = AccessManagerPool::shared(key, [factory](QObject *parent) -> QNetworkAccessManager * {
        return factory ? factory->create(parent) : new QNetworkAccessManager(parent);
    });

    state.status = EventSourceListener::Connecting;
    m_parser.reset(state.lastEventId);
    m_connection = std::make_unique<StreamConnection>(m_pool);
    QObject::connect(m_connection.get(), &StreamConnection::progressed, q,
                     [this] { DeliveryScheduler::instance().schedule(this); });
    QObject::connect(m_connection.get(), &StreamConnection::readyRead, q,
                     [this] { DeliveryScheduler::instance().deliver(this); });
    m_connection->open(request);
    notify();
}

// Without a network there is no attempt and no timer until it is back.
void ListenerPrivate::wait(int delay)
{
    waitForNetwork();
    const Reachability *reachability = Reachability::existing();
    if (reachability && !reachability->isInReach(url))
        return;
    m_nextAttempt.setRemainingTime(delay, Qt::PreciseTimer);
    m_retryTimer.start(delay);
    m_countdown.start();
    m_retryInChanged = true;
}

// When the network returns there is an attempt at once, whatever time was left.
void ListenerPrivate::waitForNetwork()
{
    state.status = EventSourceListener::Waiting;
    if (const Reachability *reachability = Reachability::existing()) {
        m_networkReturn = QObject::connect(reachability, &Reachability::onlineChanged, q, [this] {
            if (state.status != EventSourceListener::Waiting
                || !Reachability::existing()->isOnline())
                return;
            connectSoon();
            notify();
        });
    }
}

int ListenerPrivate::remainingDelay() const
{
    return m_retryTimer.isActive() ? int(m_nextAttempt.remainingTime()) : -1;
}

// Delivery -----------------------------------------------------------------------------------

bool ListenerPrivate::deliver(const QDeadlineTimer &deadline)
{
    // In an event loop that a handler runs the stream pauses; it goes on when the handler returns.
    if (m_delivering || !m_connection)
        return false;
    const QPointer<EventSourceListener> self(q);
    const quint64 stream = m_stream;
    m_delivering = true;
    const bool more = deliverSlice(deadline);
    if (!self)
        return false;
    m_delivering = false;
    return stream == m_stream ? more : m_connection != nullptr;
}

bool ListenerPrivate::deliverSlice(const QDeadlineTimer &deadline)
{
    // Looking at the clock costs as much as a short line.
    constexpr int tokensPerLook = 64;

    const StreamGuard guard(this);
    refreshContext();
    if (!m_isOpen && m_connection->isAccepted()) {
        acceptResponse();
        if (!guard.isCurrent())
            return false;
    }
    if (m_decoding && (!deliverDecoded() || !guard.isCurrent()))
        return false;

    int tokens = 0;
    bool more = true;
    while (more) {
        bool look = ++tokens % tokensPerLook == 0;
        switch (m_parser.next()) {
        case StreamParser::Token::NeedInput: {
            if (m_buffer.isNull())
                m_buffer = QByteArray(pieceSize, Qt::Uninitialized);
            const qint64 size = m_connection->read(m_buffer.data(), m_buffer.size());
            if (size > 0)
                m_parser.setInput(QByteArrayView(m_buffer.constData(), size));
            else
                more = false;
            break;
        }
        case StreamParser::Token::Event:
            look = true;
            takeEvent();
            break;
        case StreamParser::Token::IdOnly:
            state.lastEventId = m_parser.lastEventId();
            break;
        case StreamParser::Token::Comment: {
            static const QMetaMethod signal =
                    QMetaMethod::fromSignal(&EventSourceListener::comment);
            if (q->isSignalConnected(signal)) {
                look = true;
                Q_EMIT q->comment(textFromUtf8(m_parser.comment()));
            }
            break;
        }
        case StreamParser::Token::TooLarge:
            look = true;
            reportTooLarge();
            break;
        }
        if (!guard.isCurrent())
            return false;
        if (m_decoding)
            more = false;
        if (look && deadline.hasExpired())
            break;
    }

    notify();
    if (!guard.isCurrent() || m_decoding)
        return false;
    if (!more && m_connection->isFinished()) {
        endAttempt();
        return false;
    }
    return more;
}

void ListenerPrivate::acceptResponse()
{
    const StreamGuard guard(this);
    m_isOpen = true;
    m_refusals = 0;
    m_openSince.start();
    m_origin = m_connection->origin();
    state.status = EventSourceListener::Open;
    state.errorString.clear();
    notify();
    if (guard.isCurrent())
        Q_EMIT q->opened();
}

// The one way of an event: filter, decode, deliver.
void ListenerPrivate::takeEvent()
{
    if (!m_gotEvent) {
        m_gotEvent = true;
        m_policy.succeed();
    }
    if (!endMarkerUtf8.isEmpty() && m_parser.rawData() == endMarkerUtf8) {
        state.lastEventId = m_parser.lastEventId();
        finish();
        return;
    }

    const QByteArray type = m_parser.type();
    if (type != m_typeUtf8) {
        m_typeUtf8 = type;
        m_type = textFromUtf8(type);
    }
    if (!eventTypes.isEmpty() && !eventTypes.contains(m_type)) {
        state.lastEventId = m_parser.lastEventId();
        return;
    }

    auto *d = new EventData;
    const EventSourceEvent event = EventData::wrap(d);
    d->type = m_type;
    d->text = m_parser.data();
    d->lastEventId = m_parser.lastEventId();
    d->origin = m_origin;
    d->isJson = format == EventSourceListener::Json;
    d->context = m_context;
    if (d->isJson && !d->text.isEmpty()) {
        // QML makes its values of the text, so there JSON is decoded for those who ask in C++.
        const auto decode = m_context ? checkJson : decodeJson;
        if (d->text.size() >= largeTextSize) {
            decodeElsewhere(event, elsewhere(decode, d->text));
            return;
        }
        d->decoded = decode(d->text);
    }
    deliverEvent(event);
}

// The stream pauses until it is done, so that the order stays. Until then the event is not dealt
// with, and the server is asked for it again if the stream is dropped.
void ListenerPrivate::decodeElsewhere(const EventSourceEvent &event,
                                      const QFuture<DecodedJson> &decoded)
{
    m_largeEvent = event;
    m_decoding = std::make_unique<QFutureWatcher<DecodedJson>>();
    QObject::connect(m_decoding.get(), &QFutureWatcherBase::finished, q,
                     [this] { DeliveryScheduler::instance().schedule(this); });
    m_decoding->setFuture(decoded);
}

// Returns whether it was decoded.
bool ListenerPrivate::deliverDecoded()
{
    if (!m_decoding->isFinished())
        return false;
    const EventSourceEvent event = std::exchange(m_largeEvent, {});
    EventData::get(event)->decoded = m_decoding->future().takeResult();
    m_decoding.reset();
    deliverEvent(event);
    return true;
}

void ListenerPrivate::deliverEvent(const EventSourceEvent &event)
{
    const EventData *d = EventData::get(event);
    state.lastEventId = d->lastEventId;
    if (!d->decoded.error.isEmpty()) {
        Q_EMIT q->parseError(event, d->decoded.error);
        return;
    }
    lastEvent = event;
    m_lastEventChanged = true;
    Q_EMIT q->message(event);
}

void ListenerPrivate::reportTooLarge()
{
    state.lastEventId = m_parser.lastEventId();
    const Failure failure {
            EventSourceListener::EventTooLargeError, Fate::Final,
            EventSourceListener::tr("An event larger than maximumEventSize (%1 bytes) was skipped.")
                    .arg(maximumEventSize)};
    state.errorString = failure.message;
    const StreamGuard guard(this);
    notify();
    if (guard.isCurrent())
        Q_EMIT q->error(makeError(failure));
}

// Values can only be made for an engine that knows the listener. It may get to know it late.
void ListenerPrivate::refreshContext()
{
    QJSEngine *engine = qmlEngine(q);
    if (!engine)
        engine = qjsEngine(q);
    if (!engine)
        m_context.reset();
    else if (!m_context || m_context->engine() != engine)
        m_context = new ScriptValues(engine);
}

// Ends ---------------------------------------------------------------------------------------

void ListenerPrivate::endAttempt()
{
    const ReconnectSettings &settings = reconnect.d->settings;
    const bool lasted = m_isOpen && m_openSince.hasExpired(settings.maximumDelay);
    if (m_gotEvent || lasted)
        m_policy.succeed();
    else
        m_policy.fail();

    switch (m_connection->outcome()) {
    case StreamConnection::Outcome::NoContent:
        finish();
        return;
    case StreamConnection::Outcome::CleanEnd:
        if (!settings.enabled || !reconnect.resend() || m_policy.isExhausted(settings)) {
            finish();
        } else {
            dropStream();
            wait(m_policy.delay(settings));
            notify();
        }
        return;
    default:
        fail(judge());
    }
}

ListenerPrivate::Failure ListenerPrivate::judge() const
{
    using Outcome = StreamConnection::Outcome;

    const ReconnectSettings &settings = reconnect.d->settings;
    const int status = m_connection->httpStatus();
    Failure failure {EventSourceListener::NetworkError, Fate::Final,
                     m_connection->message(),           status,
                     m_connection->errorBody(),         m_connection->retryAfter()};
    bool isTransient = false;
    switch (m_connection->outcome()) {
    case Outcome::CleanEnd:
    case Outcome::NoContent:
    case Outcome::NetworkError:
        isTransient = true;
        break;
    case Outcome::Timeout:
        failure.code = EventSourceListener::TimeoutError;
        isTransient = true;
        break;
    case Outcome::Ssl:
        failure.code = EventSourceListener::SslError;
        isTransient = true;
        break;
    case Outcome::HttpStatus:
        failure.code = EventSourceListener::HttpStatusError;
        if (settings.retryHttpErrors && (status == 401 || status == 403)) {
            failure.fate = Fate::AwaitChange;
            return failure;
        }
        isTransient = settings.retryHttpErrors
                && (status == 408 || status == 425 || status == 429 || status / 100 == 5);
        break;
    case Outcome::ContentType:
        failure.code = EventSourceListener::ContentTypeError;
        break;
    case Outcome::TooManyRedirects:
        failure.code = EventSourceListener::TooManyRedirectsError;
        break;
    case Outcome::InsecureRedirect:
        failure.code = EventSourceListener::InsecureRedirectError;
        break;
    }
    const bool mayRepeat = !m_connection->isAccepted() || reconnect.resend();
    if (isTransient && mayRepeat && settings.enabled && !m_policy.isExhausted(settings))
        failure.fate = Fate::Retry;
    return failure;
}

EventSourceError ListenerPrivate::makeError(const Failure &failure) const
{
    EventSourceError error;
    error.m_code = failure.code;
    error.m_message = failure.message;
    error.m_httpStatus = failure.httpStatus;
    error.m_body = textFromUtf8(toWellFormedUtf8(failure.body));
    error.m_willRetry = failure.fate == Fate::Retry;
    error.m_retryIn = remainingDelay();
    return error;
}

void ListenerPrivate::fail(const Failure &failure)
{
    qCDebug(lcEventSource).noquote() << failure.message;
    dropStream();
    state.errorString = failure.message;
    switch (failure.fate) {
    case Fate::Retry:
        if (failure.code == EventSourceListener::NetworkError)
            Reachability::instance(); // from now on it is watched
        wait(m_policy.delay(reconnect.d->settings, failure.retryAfter));
        break;
    case Fate::AwaitChange:
        state.status = EventSourceListener::Waiting;
        m_awaitsChange = true;
        if (failure.httpStatus != 0 && ++m_refusals > 1)
            m_refusalEnds.setRemainingTime(m_policy.delay(reconnect.d->settings));
        break;
    case Fate::Final:
        state.status = EventSourceListener::Closed;
        state.active = false;
        break;
    }
    const EventSourceError error = makeError(failure);
    const StreamGuard guard(this);
    notify();
    if (guard.isCurrent())
        Q_EMIT q->error(error);
}

void ListenerPrivate::finish()
{
    dropStream();
    state.status = EventSourceListener::Closed;
    state.active = false;
    const StreamGuard guard(this);
    notify();
    if (guard.isCurrent())
        Q_EMIT q->finished();
}

// The request --------------------------------------------------------------------------------

std::optional<ListenerPrivate::Failure> ListenerPrivate::buildRequest(StreamRequest *request) const
{
    request->url = url;
    const QQmlContext *context = qmlContext(q);
    if (url.isRelative() && context
        && context->baseUrl().scheme().startsWith(QLatin1String("http")))
        request->url = context->resolvedUrl(url);

    const QUrl &target = request->url;
    if (!isWebUrl(target)) {
        const QString shown = target.isValid() ? displayUrl(target) : urlProblem(target);
        return Failure {EventSourceListener::InvalidUrlError, Fate::AwaitChange,
                        EventSourceListener::tr("The url is not an http or https address: %1. "
                                                "Nothing was sent; set another url.")
                                .arg(shown)};
    }

    QString problem;
    if (!isToken(method)) {
        problem = EventSourceListener::tr("The method \"%1\" is not one that HTTP could carry.")
                          .arg(method);
    }
    request->method = normalizedMethod(method);
    if (problem.isEmpty())
        problem = appendHeaders(request);
    if (problem.isEmpty() && request->method != "GET")
        problem = appendBody(request);
    if (!problem.isEmpty()) {
        return Failure {EventSourceListener::InvalidRequestError, Fate::AwaitChange,
                        EventSourceListener::tr("%1 Nothing was sent to %2.")
                                .arg(problem, displayUrl(target))};
    }

    request->lastEventId = state.lastEventId;
    request->connectTimeout = connectTimeout;
    request->idleTimeout = idleTimeout;
    request->http2 = http2;
    return {};
}

// Says what is wrong, without the values: they may be secrets.
QString ListenerPrivate::appendHeaders(StreamRequest *request) const
{
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        const QString &name = header.key();
        const QVariant &value = header.value();
        if (!isToken(name)) {
            return EventSourceListener::tr("The header name \"%1\" has characters that HTTP does "
                                           "not allow there.")
                    .arg(name);
        }
        if (isFramingHeader(name)) {
            return EventSourceListener::tr("The header %1 is for the connection to set; remove it "
                                           "from headers.")
                    .arg(name);
        }
        if (!value.isValid() || value.isNull())
            continue;
        if (!value.canConvert<QString>()) {
            return EventSourceListener::tr("The header %1 has a value that is not a string.")
                    .arg(name);
        }
        const QString text = value.toString();
        if (breaksHeader(text)) {
            return EventSourceListener::tr("The header %1 has a line break or NUL in its value.")
                    .arg(name);
        }
        request->headers.append({name.toLatin1(), text.toUtf8()});
    }
    return {};
}

QString ListenerPrivate::appendBody(StreamRequest *request) const
{
    QVariant value = body;
    const bool isScript = value.metaType() == QMetaType::fromType<QJSValue>();
    const QJSValue script = isScript ? value.value<QJSValue>() : QJSValue();
    if (isScript && !script.isObject())
        value = script.toVariant();
    else if (isScript && script.toVariant().metaType() == QMetaType::fromType<QByteArray>())
        value = script.toVariant(); // an ArrayBuffer
    else if (isScript) {
        // By the engine, because a QVariantMap sorts its keys.
        QJSEngine *engine = qmlEngine(q);
        if (!engine)
            engine = qjsEngine(q);
        if (engine) {
            const QJSValue text = engine->globalObject()
                                          .property(QStringLiteral("JSON"))
                                          .property(QStringLiteral("stringify"))
                                          .call({script});
            if (!text.isString()) {
                return EventSourceListener::tr("The body cannot be written as JSON (%1).")
                        .arg(text.toString());
            }
            request->body = text.toString().toUtf8();
            request->bodyType = "application/json";
            return {};
        }
        value = script.toVariant();
    }

    switch (value.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr:
        return {};
    case QMetaType::QString:
        request->body = value.toString().toUtf8();
        request->bodyType = "text/plain;charset=UTF-8";
        return {};
    case QMetaType::QByteArray:
        request->body = value.toByteArray();
        request->bodyType = "application/octet-stream";
        return {};
    default:
        break;
    }
    const QJsonValue json = QJsonValue::fromVariant(value);
    if (json.isObject())
        request->body = QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact);
    else if (json.isArray())
        request->body = QJsonDocument(json.toArray()).toJson(QJsonDocument::Compact);
    else
        return EventSourceListener::tr(
                "The body is neither a string, an ArrayBuffer, an object nor "
                "an array.");
    request->bodyType = "application/json";
    return {};
}

// The public class ---------------------------------------------------------------------------

/*!
    \class EventSourceListener
    \inmodule EventSource
    \brief Listens to a stream of server-sent events.

    It opens an HTTP request, keeps it open, takes the events out of its response and hands them on
    with their JSON decoded. When the connection fails or ends it opens another one and asks the
    server to go on where the last event was. The format and the protocol are those of the HTML
    standard, section "Server-sent events".

    \code
    EventSourceListener {
        url: "https://ci.example.com/stream"
        onMessage: event => list.append(event.data)
        onError: error => console.warn(error.message)
    }
    \endcode

    From C++ it works the same way: it opens when control returns to the event loop.

    Events are delivered in slices: all listeners of a thread together take at most 8 ms of one turn
    of its event loop. What is not delivered yet stays in the network, so a server that is faster
    than the application is slowed down and memory stays flat. A handler that runs an event loop of
    its own pauses the stream. In a handler the listener may be stopped, restarted, pointed to
    another url or deleted; nothing of the old stream is delivered afterwards.

    Move a listener to another thread before it starts, not while it is active.

    \sa EventSourceReconnectPolicy, EventSourceEvent, EventSourceError
*/

/*!
    \enum EventSourceListener::Status
    \value Closed      not listening
    \value Connecting  a request is on its way
    \value Open        the server answered with a stream
    \value Waiting     for the next attempt, or for a change that makes one worth while
*/

/*!
    \enum EventSourceListener::Format
    \value Json  the payload is decoded as JSON
    \value Text  the payload is the text
*/

/*!
    \enum EventSourceListener::ErrorCode
    \value NoError                no error
    \value NetworkError           no connection, or it broke; tried again
    \value TimeoutError           connectTimeout or idleTimeout passed; tried again
    \value HttpStatusError        an HTTP status that is no stream. 408, 425, 429 and 5xx are tried
                                  again; 401 and 403 wait for a change; others end the stream
    \value ContentTypeError       status 200, but no \c text/event-stream; ends the stream
    \value SslError               no secure connection; tried again
    \value TooManyRedirectsError  more than 20 redirects; ends the stream
    \value InsecureRedirectError  a redirect from https to http, or one that would have carried the
                                  body to another origin; ends the stream
    \value InvalidUrlError        not an http or https address; waits for a change
    \value InvalidRequestError    headers, method or body cannot be sent; waits for a change
    \value EventTooLargeError     an event was larger than maximumEventSize and was skipped
*/

/*!
    \fn void EventSourceListener::opened()
    The server accepted the request and the stream is open.
*/

/*!
    \fn void EventSourceListener::message(const EventSourceEvent &event)
    An \a event that passed eventTypes arrived.
*/

/*!
    \fn void EventSourceListener::parseError(const EventSourceEvent &event, const QString &message)
    The data of \a event is not JSON; \a message says what is wrong and at which offset, and the
    event's \c text has the data. The stream goes on.
*/

/*!
    \fn void EventSourceListener::error(const EventSourceError &error)
    An attempt failed, or an event was too large. Emitted once per failed attempt; status, active
    and errorString have their new values already.
*/

/*!
    \fn void EventSourceListener::comment(const QString &text)
    A comment line arrived; \a text is all that follows its colon. Servers send them to keep the
    connection alive.
*/

/*!
    \fn void EventSourceListener::finished()
    The stream ended for good without an error: by endMarker, by status 204, or by the clean end of
    a response that is not to be repeated.
*/

EventSourceListener::EventSourceListener(QObject *parent)
    : QObject(parent), d(std::make_unique<ListenerPrivate>(this))
{
    // A QML document says when the object is complete; in C++ it is when control returns.
    QCoreApplication::postEvent(this, new QEvent(wakeUpEvent));
}

/*!
    Makes a listener for \a url, which opens when control returns to the event loop.
*/
EventSourceListener::EventSourceListener(const QUrl &url, QObject *parent)
    : EventSourceListener(parent)
{
    d->url = url;
}

EventSourceListener::~EventSourceListener() = default;

/*!
    \property EventSourceListener::url
    \brief the http or https address of the stream.

    By default empty: nothing is open and that is no error. In a QML document that came over http or
    https it may be relative to it. A change clears lastEventId and, while active, drops the old
    stream at once and opens the new one. Anything but an http or https address gives
    InvalidUrlError, and nothing is sent.
*/
QUrl EventSourceListener::url() const
{
    return d->url;
}

void EventSourceListener::setUrl(const QUrl &url)
{
    if (d->url == url)
        return;
    const QPointer<EventSourceListener> self(this);
    d->changeUrl(url);
    Q_EMIT urlChanged();
    if (self)
        d->notify();
}

/*!
    \property EventSourceListener::lazy
    \brief whether the stream opens only when it is told to.

    By default false: it opens by itself once the listener is complete. With true it opens with
    startListening() or when active becomes true.
*/
bool EventSourceListener::isLazy() const
{
    return d->lazy;
}

void EventSourceListener::setLazy(bool lazy)
{
    if (d->lazy == lazy)
        return;
    d->lazy = lazy;
    Q_EMIT lazyChanged();
}

/*!
    \property EventSourceListener::active
    \brief whether the stream is wanted.

    True between start and stop, also while url is empty and while waiting to reconnect. Writing it
    starts or stops. It becomes false by itself when the stream ends for good; writing the value
    that was last written does nothing, so that a binding that is evaluated again does not revive an
    ended stream.
*/
bool EventSourceListener::isActive() const
{
    return d->state.active;
}

void EventSourceListener::setActive(bool active)
{
    if (d->writtenActive == active)
        return;
    d->writtenActive = active;
    if (active)
        d->start();
    else
        d->stop();
}

/*!
    \property EventSourceListener::status
    \brief what the connection does at present.
*/
EventSourceListener::Status EventSourceListener::status() const
{
    return d->state.status;
}

/*!
    \property EventSourceListener::data
    \brief the payload of the last message; undefined before the first.

    However many messages arrive in one slice, the change is notified once.
*/
QJsonValue EventSourceListener::data() const
{
    return d->lastEvent.data();
}

QVariant EventSourceListener::dataVariant() const
{
    return d->lastEvent.dataVariant();
}

/*!
    \property EventSourceListener::lastEvent
    \brief the last message. Notified like data.
*/
EventSourceEvent EventSourceListener::lastEvent() const
{
    return d->lastEvent;
}

/*!
    \property EventSourceListener::lastEventId
    \brief the id of the last event that was dealt with: delivered, filtered out, undecodable or too
    large.

    The next request asks the server to go on after it. Write it before the start to go on from a
    stored position. A value with CR, LF or NUL is refused with a warning. It is in step with the
    events, also within a handler; its change is notified once per slice.
*/
QString EventSourceListener::lastEventId() const
{
    return textFromUtf8(d->state.lastEventId);
}

void EventSourceListener::setLastEventId(const QString &id)
{
    if (breaksHeader(id)) {
        d->warn(tr("lastEventId cannot have CR, LF or NUL; it stays as it was."));
        return;
    }
    d->setLastEventId(id.toUtf8());
}

/*!
    \property EventSourceListener::errorString
    \brief the text of the last error; empty again when a connection opens.
*/
QString EventSourceListener::errorString() const
{
    return d->state.errorString;
}

/*!
    \property EventSourceListener::format
    \brief what the payload is: Json (default) or Text.

    Any JSON value is decoded, also a single number or string. An event with empty text is delivered
    with undefined data.
*/
EventSourceListener::Format EventSourceListener::format() const
{
    return d->format;
}

void EventSourceListener::setFormat(Format format)
{
    if (format != Json && format != Text) {
        d->warn(tr("format takes EventSourceListener.Json or EventSourceListener.Text, not %1.")
                        .arg(int(format)));
        return;
    }
    if (d->format == format)
        return;
    d->format = format;
    Q_EMIT formatChanged();
}

/*!
    \property EventSourceListener::eventTypes
    \brief the types of events to deliver; empty (default) for all.

    An event without a type has the type "message". What is filtered out is not decoded; its id
    counts.
*/
QStringList EventSourceListener::eventTypes() const
{
    return d->eventTypes;
}

void EventSourceListener::setEventTypes(const QStringList &types)
{
    if (d->eventTypes == types)
        return;
    d->eventTypes = types;
    Q_EMIT eventTypesChanged();
}

/*!
    \property EventSourceListener::headers
    \brief further request headers, as an object of names and strings.

    They are read anew at every attempt; a null or undefined value is not sent. \c Accept and
    \c Cache-Control may be replaced. A name or value that HTTP cannot carry gives
    InvalidRequestError, and nothing is sent. They never go to another origin.
*/
QVariantMap EventSourceListener::headers() const
{
    return d->headers;
}

void EventSourceListener::setHeaders(const QVariantMap &headers)
{
    if (d->headers == headers)
        return;
    const QPointer<EventSourceListener> self(this);
    d->headers = headers;
    d->requestChanged();
    Q_EMIT headersChanged();
    if (self)
        d->notify();
}

/*!
    \property EventSourceListener::method
    \brief the HTTP method; "GET" by default.
*/
QString EventSourceListener::method() const
{
    return d->method;
}

void EventSourceListener::setMethod(const QString &method)
{
    if (d->method == method)
        return;
    const QPointer<EventSourceListener> self(this);
    d->method = method;
    d->requestChanged();
    Q_EMIT methodChanged();
    if (self)
        d->reconnect.setDefaultResend(normalizedMethod(method) == "GET");
    if (self)
        d->notify();
}

/*!
    \property EventSourceListener::body
    \brief what is sent with a method other than GET.

    A string (as \c{text/plain;charset=UTF-8}), an ArrayBuffer or QByteArray (as
    \c{application/octet-stream}), or an object or array (as JSON, \c{application/json}, keys in
    their order, unless they were given as an initial property of \c{Component.createObject()}, where
    Qt sorts them). A \c Content-Type in headers takes precedence. With GET nothing is sent.
*/
QVariant EventSourceListener::body() const
{
    return d->body;
}

void EventSourceListener::setBody(const QVariant &body)
{
    const QPointer<EventSourceListener> self(this);
    d->body = body;
    d->requestChanged();
    Q_EMIT bodyChanged();
    if (self)
        d->notify();
}

/*!
    \property EventSourceListener::http2
    \brief whether HTTP/2 may be used; false by default.

    Qt's HTTP/2 does not honour the bounded read buffer: a server that is faster than the
    application fills memory.
*/
bool EventSourceListener::http2() const
{
    return d->http2;
}

void EventSourceListener::setHttp2(bool http2)
{
    if (d->http2 == http2)
        return;
    d->http2 = http2;
    Q_EMIT http2Changed();
}

/*!
    \property EventSourceListener::endMarker
    \brief the data by which the server says that all is sent, such as \c{[DONE]}; empty by default.

    The event is not delivered, whatever its type; the stream ends for good with finished().
*/
QString EventSourceListener::endMarker() const
{
    return d->endMarker;
}

void EventSourceListener::setEndMarker(const QString &marker)
{
    if (d->endMarker == marker)
        return;
    d->endMarker = marker;
    d->endMarkerUtf8 = marker.toUtf8();
    Q_EMIT endMarkerChanged();
}

/*!
    \property EventSourceListener::connectTimeout
    \brief how long the response head may take, redirects included, in milliseconds.

    The default is 30000; 0 is no limit. The body of an error response gets the same time again.
    Then comes TimeoutError and a new attempt.
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
    if (d->connectTimeout == milliseconds)
        return;
    d->connectTimeout = milliseconds;
    Q_EMIT connectTimeoutChanged();
}

/*!
    \property EventSourceListener::idleTimeout
    \brief the longest silence of an open stream, in milliseconds.

    The default is 0, no limit. Comments count as life. Then comes TimeoutError and a new attempt.
    Twice the interval of the server's heartbeat is a good value.
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
    if (d->idleTimeout == milliseconds)
        return;
    d->idleTimeout = milliseconds;
    Q_EMIT idleTimeoutChanged();
}

/*!
    \property EventSourceListener::maximumEventSize
    \brief what may be held for one event, its data and the line being read, in bytes.

    The default is 16 MiB. A larger event is skipped with EventTooLargeError; the stream goes on
    with the next one.
*/
int EventSourceListener::maximumEventSize() const
{
    return d->maximumEventSize;
}

void EventSourceListener::setMaximumEventSize(int bytes)
{
    if (bytes <= 0) {
        d->warn(tr("maximumEventSize takes 1 or more bytes, not %1.").arg(bytes));
        return;
    }
    if (d->maximumEventSize == bytes)
        return;
    d->maximumEventSize = bytes;
    d->applyMaximumEventSize();
    Q_EMIT maximumEventSizeChanged();
}

/*!
    \property EventSourceListener::reconnect
    \brief when and how often the listener tries again.
*/
EventSourceReconnectPolicy *EventSourceListener::reconnect() const
{
    return &d->reconnect;
}

/*!
    \property EventSourceListener::retryIn
    \brief the time left until the next attempt, in milliseconds; -1 if none is due.

    Notified about once a second while waiting.
*/
int EventSourceListener::retryIn() const
{
    return d->remainingDelay();
}

/*!
    The maker of network access managers that was set; null if none was.
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
    host, and a stream holds its connection for good.

    Handlers may run while a reply of such a manager emits: an application that deletes one by
    itself leaves that to deleteLater().
*/
void EventSourceListener::setNetworkAccessManagerFactory(QQmlNetworkAccessManagerFactory *factory)
{
    d->managerFactory = factory;
}

#if QT_CONFIG(ssl)
/*!
    The TLS configuration that was set; Qt's default if none was.
*/
QSslConfiguration EventSourceListener::sslConfiguration() const
{
    return d->sslConfiguration.value_or(QSslConfiguration::defaultConfiguration());
}

/*!
    Lets this listener use \a configuration for https: certificate authorities of one's own, say, or
    a client certificate. Used from the next attempt on. For the whole application there is
    QSslConfiguration::setDefaultConfiguration().
*/
void EventSourceListener::setSslConfiguration(const QSslConfiguration &configuration)
{
    d->sslConfiguration = configuration;
    // Its manager would go on with what it was given for its first request.
    d->forgetManagers();
}
#endif

/*!
    Starts to listen. Does nothing while active. The request leaves when control returns to the event
    loop.
*/
void EventSourceListener::startListening()
{
    d->start();
}

/*!
    Ends the stream. This is final at once: no signal of the old stream is emitted after it returned,
    even within a handler. lastEventId stays, so that startListening() goes on from there.
*/
void EventSourceListener::stopListening()
{
    d->stop();
}

/*!
    Drops the connection or the wait for one and connects anew, going on after lastEventId.
*/
void EventSourceListener::restart()
{
    d->restart();
}

void EventSourceListener::classBegin()
{
    d->isDeclared = true;
}

void EventSourceListener::componentComplete()
{
    d->complete();
}

bool EventSourceListener::event(QEvent *event)
{
    if (event->type() != wakeUpEvent)
        return QObject::event(event);
    d->wakeUp();
    return true;
}

/*!
    \class EventSourceError
    \inmodule EventSource
    \brief One failure of a listener.

    In QML it is the value type \c eventSourceError.
*/

/*!
    \property EventSourceError::code
    What kind of failure it is.
*/

/*!
    \property EventSourceError::message
    What happened, where, and what to do, for people. It never has a query, user info or payload.
*/

/*!
    \property EventSourceError::httpStatus
    The HTTP status of the response; 0 if there was none.
*/

/*!
    \property EventSourceError::body
    The first 64 KiB of an error response, as text.
*/

/*!
    \property EventSourceError::willRetry
    Whether a new attempt is due by itself.
*/

/*!
    \property EventSourceError::retryIn
    The time until that attempt in milliseconds; -1 if there is none.
*/
