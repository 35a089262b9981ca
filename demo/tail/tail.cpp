// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "tail.h"

#include "jsonline.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceReconnectPolicy>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qsocketnotifier.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#ifdef Q_OS_UNIX
#  include <climits>
#  include <csignal>
#  include <fcntl.h>
#  include <poll.h>
#  include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

// Text from a server, safe for a terminal: one line, no control characters, limited length.
QString harmless(const QString &text)
{
    constexpr qsizetype longest = 500;
    QString out = text.left(longest).simplified();
    for (QChar &c : out) {
        if (c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    }
    if (text.size() > longest)
        out += u'…';
    return out;
}

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

Tail::Tail(const Options &options, QObject *parent) : QObject(parent), m_options(options)
{
    m_listener.setHeaders(options.headers);
    m_listener.setEventTypes(options.types);
    m_listener.setLastEventId(options.lastEventId);
    m_listener.setFormat(options.text ? EventSourceListener::Text : EventSourceListener::Json);
    m_listener.setEndMarker(options.endMarker);
    if (!options.method.isEmpty())
        m_listener.setMethod(options.method);
    if (options.hasBody)
        m_listener.setBody(options.body);
    m_listener.reconnect()->setEnabled(options.retry);

    connect(&m_listener, &EventSourceListener::message, this, &Tail::onEvent);
    connect(&m_listener, &EventSourceListener::parseError, this, &Tail::onParseError);
    connect(&m_listener, &EventSourceListener::error, this, &Tail::onError);
    connect(&m_listener, &EventSourceListener::statusChanged, this, &Tail::onStatusChanged);
    connect(&m_listener, &EventSourceListener::finished, this, [this] {
        say(u"the stream ended"_s);
        end(Ended);
    });
    if (options.comments) {
        connect(&m_listener, &EventSourceListener::comment, this,
                [](const QString &text) { say(u"comment: "_s + harmless(text)); });
    }

    watchSignals();
    watchOutput();
    m_listener.setUrl(options.url);
}

void Tail::say(const QString &text)
{
    const QByteArray line = "eventsource-tail: " + text.toLocal8Bit() + '\n';
    std::fputs(line.constData(), stderr);
}

void Tail::onEvent(const EventSourceEvent &event)
{
    print(m_options.text ? JsonLine::withDataAsText(event) : JsonLine::withData(event));
}

void Tail::onParseError(const EventSourceEvent &event, const QString &message)
{
    const QString name = event.lastEventId().isEmpty()
            ? u"an event"_s
            : u"the event with id '%1'"_s.arg(harmless(event.lastEventId()));
    say(u"%1 is not JSON, printed as text: %2"_s.arg(name, harmless(message)));
    print(JsonLine::withText(event));
}

void Tail::onError(const EventSourceError &error)
{
    QString text = u"error: "_s + harmless(error.message());
    if (!error.body().isEmpty())
        text += u"; the server says: "_s + harmless(error.body());
    say(text);

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
            say(u"give credentials with -H, such as -H 'Authorization: Bearer …'"_s);
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
        say(text);
        break;
    }
    case EventSourceListener::Open:
        say(u"connected"_s);
        break;
    case EventSourceListener::Waiting:
        if (m_listener.retryIn() >= 0)
            say(u"trying again in "_s + seconds(m_listener.retryIn()));
        break;
    case EventSourceListener::Closed:
        break;
    }
}

void Tail::print(const QByteArray &line)
{
    if (write(line) && ++m_printed == m_options.maximum)
        end(Ended);
}

void Tail::end(int exitCode)
{
    // Stopping may make the listener report its end. The first reason counts.
    if (m_ended)
        return;
    m_ended = true;
    m_listener.stopListening();
    QCoreApplication::exit(exitCode);
}

#ifdef Q_OS_UNIX

void Tail::watchSignals()
{
    if (::pipe(signalPipe) != 0) {
        say(u"no pipe for signals: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno))));
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

bool Tail::write(const QByteArray &line)
{
    const char *data = line.constData();
    size_t left = size_t(line.size());
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
        say(u"error: the output cannot be written: %1"_s.arg(
                QString::fromLocal8Bit(std::strerror(errno))));
        end(Failed);
    }
    return false;
}

#else

void Tail::watchSignals() { }

void Tail::watchOutput() { }

bool Tail::write(const QByteArray &line)
{
    const size_t size = size_t(line.size());
    if (std::fwrite(line.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return true;
    say(u"error: the output cannot be written: %1"_s.arg(
            QString::fromLocal8Bit(std::strerror(errno))));
    end(Failed);
    return false;
}

#endif
