// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "tail.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceReconnectPolicy>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qsocketnotifier.h>
#include <QtNetwork/qtnetworkglobal.h>

#if QT_CONFIG(ssl)
#  include <QtNetwork/qsslconfiguration.h>
#endif

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#ifdef Q_OS_UNIX
#  include <climits>
#  include <csignal>
#  include <fcntl.h>
#  include <poll.h>
#  include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

QString seconds(int milliseconds)
{
    return u"%1 s"_s.arg(milliseconds / 1000.0, 0, 'f', 1);
}

#ifdef Q_OS_UNIX
// A signal handler may do almost nothing. It writes a byte to a pipe, which the event loop and a
// waiting write() watch.
volatile std::sig_atomic_t caughtSignal = 0;
int signalPipe[2] = {-1, -1};

void onSignal(int number)
{
    const int savedErrno = errno;
    caughtSignal = number;
    const char wake = 0;
    [[maybe_unused]] const ssize_t ignored = ::write(signalPipe[1], &wake, 1);
    errno = savedErrno;
}
#endif

} // namespace

Tail::Tail(const Options &options, const Console &console, QObject *parent)
    : QObject(parent), m_options(options), m_console(console), m_printer(options),
      m_lastEventId(options.lastEventId)
{
    configureListener();
    connect(&m_listener, &EventSourceListener::opened, this, &Tail::onOpened);
    connect(&m_listener, &EventSourceListener::message, this, &Tail::onEvent);
    connect(&m_listener, &EventSourceListener::parseError, this, &Tail::onParseError);
    connect(&m_listener, &EventSourceListener::error, this, &Tail::onError);
    connect(&m_listener, &EventSourceListener::statusChanged, this, &Tail::onStatusChanged);
    connect(&m_listener, &EventSourceListener::finished, this, [this] {
        m_console.note(u"the stream ended"_s);
        end(Ended);
    });
    if (options.comments) {
        connect(&m_listener, &EventSourceListener::comment, this,
                [this](const QString &text) { m_console.report(u"comment: "_s + harmless(text)); });
    }
    if (options.statsInterval > 0) {
        connect(&m_statisticsTimer, &QTimer::timeout, this,
                [this] { m_console.report(u"stats: "_s + m_statistics.takeInterval()); });
        m_statisticsTimer.setTimerType(Qt::PreciseTimer);
        m_statisticsTimer.start(options.statsInterval);
    }

    if (options.pretty && !isTerminal(stdout))
        m_console.note(u"the output is no terminal, so --pretty has no effect"_s);
    if (options.insecure)
        m_console.note(u"the identity of the server is not checked (--insecure)"_s);
    watchSignals();
    watchOutput();
    m_listener.setUrl(options.url);
}

void Tail::configureListener()
{
    m_listener.setHeaders(m_options.headers);
    m_listener.setEventTypes(m_options.types);
    m_listener.setLastEventId(m_options.lastEventId);
    const bool isText = m_options.text || m_options.output == Options::RawOutput;
    m_listener.setFormat(isText ? EventSourceListener::Text : EventSourceListener::Json);
    m_listener.setEndMarker(m_options.endMarker);
    if (!m_options.method.isEmpty())
        m_listener.setMethod(m_options.method);
    m_listener.setBody(m_options.body);
    if (m_options.connectTimeout >= 0)
        m_listener.setConnectTimeout(m_options.connectTimeout);
    if (m_options.responseTimeout >= 0)
        m_listener.setResponseTimeout(m_options.responseTimeout);
    if (m_options.idleTimeout >= 0)
        m_listener.setIdleTimeout(m_options.idleTimeout);
    m_listener.reconnect()->setEnabled(m_options.reconnect);
    m_listener.reconnect()->setRetryStatuses(m_options.retryStatuses);
    m_listener.setCaCertificates(m_options.caCertificates);
#if QT_CONFIG(ssl)
    if (m_options.insecure) {
        QSslConfiguration configuration = m_listener.sslConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_listener.setSslConfiguration(configuration);
    }
#endif
}

void Tail::onOpened()
{
    m_statistics.addConnection();
    if (m_options.include)
        write(m_printer.head(m_listener.responseHeaders()));
}

void Tail::onEvent(const EventSourceEvent &event)
{
    countEvent(event);
    print(m_printer.event(event));
}

void Tail::onParseError(const EventSourceEvent &event, const QString &message)
{
    // The id may be that of an earlier event, which need not have been printed with --type.
    QString name = u"an event"_s;
    const QString id = harmless(event.lastEventId());
    if (event.lastEventId() != m_lastEventId && m_options.types.isEmpty() && !id.isEmpty())
        name = u"the event with id '%1'"_s.arg(id);
    else if (!id.isEmpty())
        name += u" with the last event id '%1'"_s.arg(id);
    m_console.note(joined(name + u" is printed as text"_s, harmless(message)));
    countEvent(event);
    print(m_printer.undecodable(event));
}

void Tail::onError(const EventSourceError &error)
{
    QString text = harmless(error.message());
    if (!error.body().isEmpty())
        text = joined(text, u"The server says: "_s + harmless(error.body()));
    m_console.error(text);
    if (error.code() == EventSourceListener::SslError && !m_options.insecure
        && !std::exchange(m_hasHintedAtTrust, true)) {
        m_console.note(u"a certificate that this system does not know is trusted with "
                       "--cacert FILE, and any with --insecure"_s);
    }

    // One event was skipped. The stream continues.
    if (error.willRetry() || error.code() == EventSourceListener::EventTooLargeError)
        return;

    // A listener whose credentials were refused waits for other ones. A console program cannot get
    // other ones, so it ends.
    switch (error.code()) {
    case EventSourceListener::InvalidUrlError:
    case EventSourceListener::InvalidRequestError:
        end(WrongUsage);
        break;
    default:
        if (error.httpStatus() == 401 || error.httpStatus() == 403)
            m_console.note(u"give credentials with -H, such as -H 'Authorization: Bearer …'"_s);
        end(Failed);
        break;
    }
}

void Tail::onStatusChanged()
{
    switch (m_listener.status()) {
    case EventSourceListener::Connecting: {
        QString text = u"connecting to "_s + m_options.url.toDisplayString();
        if (!m_listener.lastEventId().isEmpty())
            text += u", after event id '%1'"_s.arg(harmless(m_listener.lastEventId()));
        m_console.note(text);
        break;
    }
    case EventSourceListener::Open:
        m_console.note(u"connected"_s);
        break;
    case EventSourceListener::Waiting:
        // The listener reports the error after its new state, and it is to be read before.
        if (m_listener.retryIn() >= 0) {
            QMetaObject::invokeMethod(
                    this, [this, delay = m_listener.retryIn()] { noteRetry(delay); },
                    Qt::QueuedConnection);
        }
        break;
    case EventSourceListener::Closed:
        break;
    }
}

void Tail::noteRetry(int milliseconds)
{
    if (m_ended)
        return;
    m_console.note(u"trying again in "_s + seconds(milliseconds));
    if (m_isAfterDone && m_options.endMarker.isEmpty() && !std::exchange(m_hasHintedAtMarker, true))
        m_console.note(u"the last event was [DONE]: --end-marker '[DONE]' ends the stream there"_s);
    m_isAfterDone = false;
}

void Tail::countEvent(const EventSourceEvent &event)
{
    m_lastEventId = event.lastEventId();
    m_isAfterDone = event.text() == "[DONE]"_L1;
    if (m_options.stats)
        m_statistics.addEvent(event.text().toUtf8().size());
}

void Tail::print(const QByteArray &event)
{
    if (write(event) && ++m_printed == m_options.maximum)
        end(Ended);
}

void Tail::end(int exitCode)
{
    // Stopping may make the listener report its end. The first reason counts.
    if (m_ended)
        return;
    m_ended = true;
    m_listener.stopListening();
    if (m_options.stats)
        m_console.report(u"stats: "_s + m_statistics.summary());
    QCoreApplication::exit(exitCode);
}

#ifdef Q_OS_UNIX

void Tail::watchSignals()
{
    if (::pipe(signalPipe) != 0) {
        m_console.error(
                u"no pipe for signals: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno))));
        return;
    }
    for (const int end : signalPipe) {
        ::fcntl(end, F_SETFL, O_NONBLOCK);
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }

    auto notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        end(128 + caughtSignal);
    });

    // Only once: a second Ctrl+C must end the program in any case.
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESETHAND;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);

    // write() reports a reader that has ended instead. Qt's sockets ignore the signal as well, but
    // this program should not depend on that.
    std::signal(SIGPIPE, SIG_IGN);
}

void Tail::watchOutput()
{
    // A stream may be silent for hours. This notices that the reader has ended without a write.
    auto notifier = new QSocketNotifier(STDOUT_FILENO, QSocketNotifier::Exception, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        end(Ended);
    });
}

bool Tail::write(const QByteArray &bytes)
{
    const char *data = bytes.constData();
    size_t left = size_t(bytes.size());
    while (left > 0) {
        // Wait for the reader or for a signal, whichever comes first. A blocking write would miss a
        // signal that arrives just before it.
        pollfd waiting[] = {{STDOUT_FILENO, POLLOUT, 0}, {signalPipe[0], POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0 && errno != EINTR)
            break;
        if (waiting[1].revents != 0) {
            end(128 + caughtSignal);
            return false;
        }
        if (waiting[0].revents == 0)
            continue;
        // A pipe that is ready has room for this much, so the write does not block.
        const ssize_t written = ::write(STDOUT_FILENO, data, qMin(left, size_t(PIPE_BUF)));
        if (written < 0 && errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
            break;
        data += qMax<ssize_t>(written, 0);
        left -= size_t(qMax<ssize_t>(written, 0));
    }
    if (left == 0)
        return true;
    if (errno == EPIPE) {
        end(Ended);
    } else {
        m_console.error(u"the output cannot be written: %1"_s.arg(
                QString::fromLocal8Bit(std::strerror(errno))));
        end(Failed);
    }
    return false;
}

#else

void Tail::watchSignals() { }

void Tail::watchOutput() { }

bool Tail::write(const QByteArray &bytes)
{
    const size_t size = size_t(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return true;
    m_console.error(u"the output cannot be written: %1"_s.arg(
            QString::fromLocal8Bit(std::strerror(errno))));
    end(Failed);
    return false;
}

#endif
