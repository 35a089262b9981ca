// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcelistener_p.h"

#include "eventsourceevent_p.h"
#include "eventsourcereconnectpolicy_p.h"
#include "net/accessmanagerpool_p.h"
#include "net/reachability_p.h"
#include "net/weburl_p.h"
#include "session/requestbuilder_p.h"
#include "typedreceiver_p.h"

#include <QtCore/qfile.h>
#include <QtCore/qloggingcategory.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qrandom.h>
#include <QtCore/qthread.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkcookiejar.h>
#if QT_CONFIG(ssl)
#  include <QtNetwork/qsslcertificate.h>
#endif
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>
#include <QtQml/qqmlinfo.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace EventSourcePrivate {

namespace {

Q_LOGGING_CATEGORY(lcEventSource, "eventsource", QtInfoMsg)

const QMetaMethod destroyedSignal = QMetaMethod::fromSignal(&QObject::destroyed);

#if QT_CONFIG(ssl)
// Qt reads and parses the files of the system at each call. On Linux that takes about 0.1 s.
const QList<QSslCertificate> &systemCertificates()
{
    static const QList<QSslCertificate> certificates = QSslConfiguration::systemCaCertificates();
    return certificates;
}
#endif

} // namespace

ListenerPrivate::ListenerPrivate(EventSourceListener *listener)
    : q(listener), reconnect(listener), timer(listener),
      typedMessages(std::make_shared<TypedMessages>()), m_engine(listener),
      m_backoff([] { return QRandomGenerator::global()->generateDouble(); })
{
    QObject::connect(&timer, &ReconnectTimer::due, q, [this] { open(); });
    QObject::connect(&timer, &ReconnectTimer::remainingChanged, q, [this] {
        mark(RetryInChange);
        notify();
    });
    m_stableTimer.setSingleShot(true);
    QObject::connect(&m_stableTimer, &QTimer::timeout, q, [this] {
        attemptSucceeded();
        notify();
    });
}

ListenerPrivate::~ListenerPrivate()
{
    dropStream();
    EventConsumers::forEach(
            consumers, [](EventConsumer *consumer) { consumer->listenerDestroyed(); },
            [] { return false; });
}

void ListenerPrivate::warn(const QString &message) const
{
    qmlWarning(q) << message;
}

// A handler may change more, which is notified by the call that changes it, or delete the listener.
void ListenerPrivate::notify()
{
    using Signal = void (EventSourceListener::*)();
    static constexpr Signal signalOf[] = {
            &EventSourceListener::urlChanged,
            &EventSourceListener::lazyChanged,
            &EventSourceListener::formatChanged,
            &EventSourceListener::eventTypesChanged,
            &EventSourceListener::headersChanged,
            &EventSourceListener::methodChanged,
            nullptr, // resend is the policy's
            &EventSourceListener::bodyChanged,
            &EventSourceListener::http2Changed,
            &EventSourceListener::endMarkerChanged,
            &EventSourceListener::connectTimeoutChanged,
            &EventSourceListener::responseTimeoutChanged,
            &EventSourceListener::idleTimeoutChanged,
            &EventSourceListener::maximumEventSizeChanged,
            &EventSourceListener::caCertificatesChanged,
            &EventSourceListener::responseHeadersChanged,
            &EventSourceListener::lastEventChanged,
            &EventSourceListener::dataChanged,
            &EventSourceListener::lastEventIdChanged,
            &EventSourceListener::failedAttemptsChanged,
            &EventSourceListener::errorStringChanged,
            &EventSourceListener::retryInChanged,
            &EventSourceListener::statusChanged,
            &EventSourceListener::activeChanged,
    };
    static_assert(std::size(signalOf) == ChangeCount);

    const std::shared_ptr<EventConsumers> others = consumers;
    const QPointer<EventSourceListener> self(q);
    for (int change = 0; self && change < ChangeCount; ++change) {
        if ((m_changes & (1U << change)) == 0)
            continue;
        m_changes &= ~(1U << change);
        // A variable of its own: UBSan of GCC 12 reports a wrong index within the call.
        const Signal signal = signalOf[change];
        if (change == ResendChange)
            Q_EMIT reconnect.resendChanged();
        else
            Q_EMIT(q->*signal)();
    }
    EventConsumers::forEach(
            others, [](EventConsumer *consumer) { consumer->sliceDelivered(); },
            [] { return false; });
}

void ListenerPrivate::setStatus(EventSourceListener::Status newStatus)
{
    set(status, newStatus, StatusChange);
}

// The life cycle ------------------------------------------------------------------------------

void ListenerPrivate::complete()
{
    if (isComplete)
        return;
    isComplete = true;
    if (!isDecided && !lazy) {
        start();
    } else if (isDeclared && active) {
        connectSoon();
        notify();
    }
}

void ListenerPrivate::start()
{
    isDecided = true;
    if (!active)
        restart();
}

void ListenerPrivate::restart()
{
    isDecided = true;
    set(active, true, ActiveChange);
    attemptSucceeded();
    if (mayConnect())
        connectSoon();
    notify();
}

void ListenerPrivate::stop()
{
    isDecided = true;
    set(active, false, ActiveChange);
    dropStream();
    setStatus(EventSourceListener::Closed);
    notify();
}

void ListenerPrivate::setUrl(const QUrl &newUrl)
{
    if (!set(url, newUrl, UrlChange))
        return;
    const std::shared_ptr<EventConsumers> others = consumers;
    const bool isNewStream = isComplete;
    if (m_isOwnPool)
        pool.reset(); // it may know credentials of the old address
    // What was set before the listener was complete is where the first stream begins.
    if (isComplete) {
        set(lastEventId, QByteArray(), LastEventIdChange);
        m_refusals = 0;
        m_backoff.reset();
        updateFailedAttempts();
    }
    if (active && mayConnect())
        connectSoon();
    notify();
    if (isNewStream) {
        EventConsumers::forEach(
                others, [](EventConsumer *consumer) { consumer->urlChanged(); },
                [] { return false; });
    }
}

void ListenerPrivate::setLastEventId(const QByteArray &id)
{
    set(lastEventId, id, LastEventIdChange);
    if (m_stream)
        m_stream->setLastEventId(id);
    notify();
}

void ListenerPrivate::maximumEventSizeChanged()
{
    if (m_stream)
        m_stream->setMaximumEventSize(delivery.maximumEventSize);
}

// What was refused once is sent anew as soon as it changes.
void ListenerPrivate::requestChanged()
{
    if (!timer.noticeChange())
        return;
    setStatus(timer.isCounting() ? EventSourceListener::Waiting : EventSourceListener::Connecting);
    if (timer.isCounting())
        mark(RetryInChange);
}

// The request leaves when control returns to the event loop, so that changes within one turn make
// one request.
void ListenerPrivate::connectSoon()
{
    dropStream();
    if (url.isEmpty()) {
        setStatus(EventSourceListener::Closed);
    } else {
        setStatus(EventSourceListener::Connecting);
        timer.startSoon();
    }
}

void ListenerPrivate::stopTimer()
{
    if (timer.isCounting())
        mark(RetryInChange);
    timer.stop();
}

// What the attempt had not delivered is forgotten, and its ids were not counted.
void ListenerPrivate::dropStream()
{
    stopTimer();
    m_stableTimer.stop();
    if (const auto stream = std::exchange(m_stream, nullptr))
        stream->drop();
}

void ListenerPrivate::open()
{
    dropStream();
    const auto stream = std::make_shared<EventStream>(this, &delivery, m_gate);
    m_stream = stream;

    RequestParts parts {resolvedUrl(), method, headers};
    if (normalizedMethod(method) != "GET") {
        // Writing it as JSON may run code of the application.
        const ScriptBody scriptBody = toScriptBody(body, q);
        if (stream->isDropped())
            return;
        parts.body = scriptBody.value;
        parts.jsonBody = scriptBody.json;
        parts.bodyProblem = scriptBody.problem;
    }
    const auto built = buildRequest(parts);
    if (const auto *failure = std::get_if<Failure>(&built)) {
        endAttempt(*failure);
        return;
    }
    StreamRequest request = std::get<StreamRequest>(built);
    request.lastEventId = lastEventId;
    request.connectTimeout = connectTimeout;
    request.responseTimeout = responseTimeout;
    request.idleTimeout = idleTimeout;
    request.http2 = http2;
    const QString problem = applyTls(&request);
    if (!problem.isEmpty()) {
        endAttempt({EventSourceListener::InvalidRequestError, Recovery::AwaitChange, problem});
        return;
    }
    choosePool(&request);
    setStatus(EventSourceListener::Connecting);
    stream->open(pool, request);
    notify();
}

// Relative to the QML document.
QUrl ListenerPrivate::resolved(const QUrl &address) const
{
    const QQmlContext *context = qmlContext(q);
    return address.isRelative() && context ? context->resolvedUrl(address) : address;
}

QUrl ListenerPrivate::resolvedUrl() const
{
    const QUrl absolute = resolved(withoutSurroundingSpace(url));
    return isWebUrl(absolute) ? absolute : url;
}

// Returns what is wrong.
QString ListenerPrivate::applyTls(StreamRequest *request) const
{
#if QT_CONFIG(ssl)
    request->sslConfiguration = sslConfiguration;
    if (caCertificates.isEmpty())
        return {};
    const QUrl address = resolved(caCertificates);
    const QString path = address.scheme() == QLatin1String("qrc")
            ? QLatin1Char(':') + address.path()
            : address.isRelative() ? address.path()
                                   : address.toLocalFile();
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return EventSourceListener::tr("caCertificates cannot be read: %1 (%2). Nothing was sent; "
                                       "name a PEM file with a file: or qrc: address.")
                .arg(address.toDisplayString(),
                     path.isEmpty() ? EventSourceListener::tr("not a file") : file.errorString());
    }
    const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty()) {
        return EventSourceListener::tr("caCertificates has no certificate: %1. Nothing was sent; "
                                       "name a PEM file that has one.")
                .arg(address.toDisplayString());
    }
    QSslConfiguration configuration =
            sslConfiguration.value_or(QSslConfiguration::defaultConfiguration());
    // What is listed takes the place of the system's.
    if (configuration.caCertificates().isEmpty())
        configuration.setCaCertificates(systemCertificates());
    configuration.addCaCertificates(certificates);
    request->sslConfiguration = configuration;
#endif
    return {};
}

// Which managers may serve the request, and whose cookies it has.
void ListenerPrivate::choosePool(StreamRequest *request)
{
    QQmlNetworkAccessManagerFactory *factory = managerFactory;
    QQmlEngine *engine = qmlEngine(q);
    if (!factory && engine)
        factory = engine->networkAccessManagerFactory();
    // A manager keeps connections whoever vouched for their certificates, and credentials of
    // addresses: what such a request uses is not shared.
    bool isPrivate = !request->url.userInfo().isEmpty();
#if QT_CONFIG(ssl)
    isPrivate = isPrivate || request->sslConfiguration;
#endif
    request->hasOwnManager = isPrivate;
    // The engine's jar is that of its XMLHttpRequest, where a login may have been.
    request->usesManagerCookies = managerFactory != nullptr;
    if (!managerFactory && engine) {
        request->cookieJar = engine->networkAccessManager()->cookieJar();
    } else if (!managerFactory) {
        if (!m_cookieJar)
            m_cookieJar = new QNetworkCookieJar(q);
        request->cookieJar = m_cookieJar;
    }
    AccessManagerPool::Factory make;
    if (factory)
        make = [factory](QObject *parent) { return factory->create(parent); };
    if (!isPrivate)
        pool = AccessManagerPool::shared(factory, make);
    else if (!pool || !m_isOwnPool)
        pool = AccessManagerPool::create(make);
    m_isOwnPool = isPrivate;
}

// Managers belong to the thread that made them.
void ListenerPrivate::leaveThread()
{
    pool.reset();
}

void ListenerPrivate::wait(int delay)
{
    timer.startAfter(delay, m_backoff.maximumDelay(reconnect.d->settings), resolvedUrl());
    mark(RetryInChange);
    setStatus(EventSourceListener::Waiting);
}

// The delays begin anew.
void ListenerPrivate::attemptSucceeded()
{
    m_stableTimer.stop();
    m_backoff.succeed();
    updateFailedAttempts();
}

void ListenerPrivate::updateFailedAttempts()
{
    set(failedAttempts, m_backoff.failures(), FailedAttemptsChange);
}

// What the stream brings ----------------------------------------------------------------------

void ListenerPrivate::streamOpened()
{
    const std::shared_ptr<EventStream> stream = m_stream;
    m_refusals = 0;
    QVariantMap newHeaders;
    const auto received = stream->responseHeaders();
    for (const auto &[name, value] : received) {
        if (name != "set-cookie")
            newHeaders.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    }
    set(responseHeaders, newHeaders, ResponseHeadersChange);
    if (failedAttempts > 0)
        m_stableTimer.start(m_backoff.stableTime(reconnect.d->settings));
    setStatus(EventSourceListener::Open);
    set(errorString, QString(), ErrorStringChange);
    notify();
    if (!stream->isDropped())
        Q_EMIT q->opened();
}

void ListenerPrivate::lastEventIdReached(const QByteArray &id)
{
    set(lastEventId, id, LastEventIdChange);
}

void ListenerPrivate::eventArrived()
{
    attemptSucceeded();
}

// With consumers a listener that nobody listens to by itself wants nothing.
bool ListenerPrivate::wantsEvent(const QString &type) const
{
    static const QMetaMethod signalsOfEvents[] = {
            QMetaMethod::fromSignal(&EventSourceListener::message),
            QMetaMethod::fromSignal(&EventSourceListener::dataChanged),
            QMetaMethod::fromSignal(&EventSourceListener::lastEventChanged),
    };
    return !consumers->isAnyEnabled()
            || std::any_of(
                    std::begin(signalsOfEvents), std::end(signalsOfEvents),
                    [this](const QMetaMethod &signal) { return q->isSignalConnected(signal); })
            || consumers->want(type);
}

void ListenerPrivate::eventDecoded(const EventSourceEvent &event)
{
    const std::shared_ptr<EventStream> stream = m_stream;
    const std::shared_ptr<EventConsumers> others = consumers;
    // A handler may just have shown the listener to another engine.
    const bool isForSeveral = m_engine.areSeveral();
    const EventSourceEvent neutral =
            isForSeveral ? EventData::withoutScripts(event) : EventSourceEvent();
    const EventSourceEvent &shown = isForSeveral ? neutral : event;
    lastEvent = shown;
    mark(LastEventChange);
    mark(DataChange);
    Q_EMIT q->message(shown);
    if (stream->isDropped() || others->isEmpty())
        return;
    EventConsumers::forEach(
            others, [&](EventConsumer *consumer) { consumer->eventDecoded(shown); },
            [&] { return stream->isDropped(); });
}

void ListenerPrivate::eventNotDecoded(const EventSourceEvent &event, const QString &message)
{
    const std::shared_ptr<EventStream> stream = m_stream;
    const std::shared_ptr<EventConsumers> others = consumers;
    warnOfParseError(message);
    Q_EMIT q->parseError(event, message);
    if (stream->isDropped())
        return;
    EventConsumers::forEach(
            others, [&](EventConsumer *consumer) { consumer->eventNotDecoded(event, message); },
            [&] { return stream->isDropped(); });
}

// An application that does not know of parse errors would see an open stream without events.
void ListenerPrivate::warnOfParseError(const QString &message)
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&EventSourceListener::parseError);
    if (m_hasWarnedOfParseError || q->isSignalConnected(signal) || consumers->handleParseErrors())
        return;
    m_hasWarnedOfParseError = true;
    warn(EventSourceListener::tr(
                 "%1 The event is not delivered. Handle parseError, or set format to "
                 "EventSourceListener.Text if the stream is not JSON.")
                 .arg(message));
}

// Data that are JSON and not what a receiver of typed messages expects. The warning goes to a log, so
// it has nothing of the payload.
void ListenerPrivate::reportMismatch(const EventSourceEvent &event, const Mismatch &mismatch)
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&EventSourceListener::parseError);
    if (!m_hasWarnedOfParseError && !q->isSignalConnected(signal)) {
        m_hasWarnedOfParseError = true;
        warn(EventSourceListener::tr(
                     "A message is not delivered to a receiver of its type, because "
                     "the data differ: %1. Handle parseError.")
                     .arg(mismatch.loggable));
    }
    Q_EMIT q->parseError(event, mismatch.message);
}

void ListenerPrivate::eventTooLarge()
{
    const std::shared_ptr<EventStream> stream = m_stream;
    const Failure failure {
            EventSourceListener::EventTooLargeError, Recovery::None,
            EventSourceListener::tr("An event larger than maximumEventSize (%1 bytes) was skipped.")
                    .arg(delivery.maximumEventSize)};
    set(errorString, failure.message, ErrorStringChange);
    notify();
    if (!stream->isDropped())
        Q_EMIT q->error(toError(failure, -1));
}

bool ListenerPrivate::wantsComments() const
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&EventSourceListener::comment);
    return q->isSignalConnected(signal);
}

void ListenerPrivate::commentArrived(const QString &text)
{
    Q_EMIT q->comment(text);
}

void ListenerPrivate::retryArrived(int milliseconds)
{
    m_backoff.setServerDelay(milliseconds);
}

void ListenerPrivate::longIdArrived()
{
    if (m_hasWarnedOfLongId)
        return;
    m_hasWarnedOfLongId = true;
    warn(EventSourceListener::tr(
                 "An id longer than %1 bytes was ignored: no server accepts it in a "
                 "header. lastEventId stays as it was.")
                 .arg(StreamParser::maximumIdSize));
}

void ListenerPrivate::sliceDelivered()
{
    notify();
}

std::shared_ptr<ScriptValues> ListenerPrivate::scriptValues()
{
    return m_engine.find(q->isSignalConnected(destroyedSignal));
}

void ListenerPrivate::noticeConnection(const QMetaMethod &signal)
{
    if (signal != destroyedSignal || q->thread() != QThread::currentThread())
        return;
    // An item connects to what a document declares in it. Until the document is complete, only its own
    // engine uses that.
    if (!isDeclared || isComplete)
        m_engine.noticeConnection();
}

// Another engine may read it than the one for which it was delivered.
const EventSourceEvent &ListenerPrivate::lastEventForReaders()
{
    if (!scriptValues())
        lastEvent = EventData::withoutScripts(lastEvent);
    return lastEvent;
}

void ListenerPrivate::endMarkerArrived()
{
    endAttempt({});
}

void ListenerPrivate::streamEnded()
{
    const ReconnectSettings &settings = reconnect.d->settings;
    if (m_stream->hasEvents() || m_stream->wasOpenFor(m_backoff.stableTime(settings)))
        m_backoff.succeed();
    else
        m_backoff.fail();
    AttemptContext context;
    context.mayResend = reconnect.resend();
    context.isExhausted = m_backoff.isExhausted(settings);
    context.expectsEndMarker = !delivery.endMarker.isEmpty();
    const ConnectionResult &result = m_stream->result();
    const Failure failure = classify(result, settings, context);
    // The server has no more for the listener, which is no failure.
    if (result.outcome == ConnectionResult::Outcome::NoContent
        && failure.recovery == Recovery::None)
        m_backoff.succeed();
    updateFailedAttempts();
    endAttempt(failure);
}

// The attempt stays until the end of this function, so that it is dropped if a handler stops,
// restarts or deletes the listener: then nothing more is emitted for it.
void ListenerPrivate::endAttempt(const Failure &failure)
{
    const std::shared_ptr<EventStream> stream = m_stream;
    stream->close();
    m_stableTimer.stop();
    const ReconnectSettings &settings = reconnect.d->settings;
    const bool isError = failure.code != EventSourceListener::NoError;
    if (isError) {
        qCDebug(lcEventSource).noquote() << failure.message;
        set(errorString, failure.message, ErrorStringChange);
    }
    switch (failure.recovery) {
    case Recovery::Retry:
        if (failure.code == EventSourceListener::NetworkError)
            Reachability::instance(); // from now on it is watched
        wait(m_backoff.delay(settings, failure.retryAfter));
        break;
    case Recovery::AwaitChange: {
        const bool isRefusal = failure.httpStatus != 0;
        timer.startOnChange(isRefusal && ++m_refusals > 1 ? m_backoff.delay(settings) : 0);
        setStatus(EventSourceListener::Waiting);
        break;
    }
    case Recovery::None:
        set(active, false, ActiveChange);
        setStatus(EventSourceListener::Closed);
        break;
    }
    const EventSourceError error = toError(failure, timer.remaining());
    notify();
    if (stream->isDropped())
        return;
    stream->drop();
    m_stream.reset();
    if (isError)
        Q_EMIT q->error(error);
    else if (failure.recovery == Recovery::None)
        Q_EMIT q->finished();
}

} // namespace EventSourcePrivate
