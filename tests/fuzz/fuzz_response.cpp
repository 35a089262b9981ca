// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The input is a byte of switches, a byte n, n sizes of pieces, and the bytes that a server sends
// for every request, beginning with the status line. They go over a real socket and through a real
// access manager to a listener. For every input the listener must reach a final state, its properties
// must agree with each other, and it must deliver the events that the parser finds in a plain stream.

#include "net/accessmanagerpool_p.h"
#include "parsedtoken.h"
#include "require.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceReconnectPolicy>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qloggingcategory.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkrequest.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>

#include <memory>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

namespace {

constexpr int timeToSettle = 30000; // ms, for a busy machine
constexpr int timeout = 100; // ms; after some invalid chunk headers QNAM does not report the end
constexpr auto plainHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

enum Switch {
    Resets = 1, // the connection ends with RST, not FIN
    Posts = 2,
    Text = 4,
    Retries = 8, // once
};

// Answers every connection with the same bytes, one piece after the other, and closes it.
class Server : public QTcpServer
{
public:
    Server()
    {
        require(listen(QHostAddress::LocalHost), "server listens");
        connect(this, &QTcpServer::newConnection, this, &Server::answer);
    }

    void setAnswer(QByteArrayView bytes, QByteArrayView sizes, bool resets)
    {
        qDeleteAll(findChildren<QTcpSocket *>()); // of the previous input
        m_pieces.clear();
        for (qsizetype at = 0, i = 0; at < bytes.size(); ++i) {
            const qsizetype wanted =
                    sizes.isEmpty() ? bytes.size() : uchar(sizes[i % sizes.size()]) + 1;
            const qsizetype size = std::min(wanted, bytes.size() - at);
            m_pieces.append(bytes.sliced(at, size).toByteArray());
            at += size;
        }
        m_resets = resets;
    }

private:
    void answer()
    {
        QTcpSocket *socket = nextPendingConnection();
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        // The request must be read before the socket is closed, or the kernel sends RST instead of FIN.
        connect(socket, &QTcpSocket::readyRead, socket, [this, socket, sent = false]() mutable {
            if (!sent && socket->peek(socket->bytesAvailable()).contains("\r\n\r\n")) {
                sent = true;
                socket->readAll();
                send(socket, 0);
            } else if (sent) {
                socket->readAll();
            }
        });
    }

    void send(QTcpSocket *socket, qsizetype index)
    {
        if (socket->state() != QAbstractSocket::ConnectedState)
            return;
        if (index == m_pieces.size()) {
            if (m_resets)
                socket->abort();
            else
                socket->disconnectFromHost();
            return;
        }
        const QByteArray piece = m_pieces.at(index);
        socket->write(piece);
        socket->flush();
        QMetaObject::invokeMethod(
                socket, [this, socket, index] { send(socket, index + 1); }, Qt::QueuedConnection);
    }

    QList<QByteArray> m_pieces;
    bool m_resets = false;
};

// Every URL leads to this server, so that redirects may have any target.
class Manager : public QNetworkAccessManager
{
public:
    Manager(quint16 port, QObject *parent) : QNetworkAccessManager(parent), m_port(port) { }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *data) override
    {
        QNetworkRequest here(request);
        QUrl url = request.url();
        url.setScheme(u"http"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(m_port);
        here.setUrl(url);
        return QNetworkAccessManager::createRequest(operation, here, data);
    }

private:
    quint16 m_port;
};

class Factory : public QQmlNetworkAccessManagerFactory
{
public:
    explicit Factory(quint16 port) : m_port(port) { }
    QNetworkAccessManager *create(QObject *parent) override { return new Manager(m_port, parent); }

private:
    quint16 m_port;
};

struct Delivered
{
    QByteArray type;
    QByteArray data;
    QByteArray lastEventId;

    friend bool operator==(const Delivered &a, const Delivered &b)
    {
        return a.type == b.type && a.data == b.data && a.lastEventId == b.lastEventId;
    }
};

QList<Delivered> expectedEvents(QByteArrayView body)
{
    StreamParser parser;
    QList<ParsedToken> tokens;
    feed(parser, body, tokens);
    QList<Delivered> events;
    for (const ParsedToken &token : std::as_const(tokens)) {
        if (token.kind == StreamParser::Token::Event)
            events.append({token.type, token.data, token.lastEventId});
    }
    return events;
}

void checkState(const EventSourceListener &listener)
{
    for (const QChar c : listener.lastEventId())
        require(c != u'\r' && c != u'\n' && !c.isNull(), "an id that a header can carry");
    require(listener.isActive() || listener.status() == EventSourceListener::Closed,
            "a listener that is not active is closed");
}

void checkError(const EventSourceListener &listener, const EventSourceError &error)
{
    require(error.code() != EventSourceListener::NoError, "an error has a code");
    require(!error.message().isEmpty(), "an error has a message");
    require(error.body().size() <= 64 * 1024, "the body of an error is bounded");
    require(error.retryIn() >= -1, "a delay or none");
    if (error.code() == EventSourceListener::EventTooLargeError)
        return;
    require(listener.status() == EventSourceListener::Waiting
                    || listener.status() == EventSourceListener::Closed,
            "after an error the listener waits or is closed");
    require(!error.willRetry() || listener.isActive(), "a listener that retries is active");
    require(listener.errorString() == error.message(), "the message is the errorString");
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    new QCoreApplication(*argc, *argv); // until the process ends
    QLoggingCategory::setFilterRules(u"*=false"_s);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    static Server server;
    static Factory factory(server.serverPort());
    // Managers and their threads are reused for the next input.
    QQmlNetworkAccessManagerFactory *const key = &factory;
    static const std::shared_ptr<AccessManagerPool> pool =
            AccessManagerPool::shared(key, [](QObject *parent) { return factory.create(parent); });

    const QByteArrayView input(bytes, qsizetype(size));
    const int switches = bytes[0];
    const qsizetype count = std::min<qsizetype>(bytes[1], input.size() - 2);
    const QByteArrayView sizes = input.sliced(2, count);
    const QByteArrayView answer = input.sliced(2 + count);
    server.setAnswer(answer, sizes, switches & Resets);

    EventSourceListener listener;
    listener.setNetworkAccessManagerFactory(&factory);
    if (switches & Text)
        listener.setFormat(EventSourceListener::Text);
    if (switches & Posts) {
        listener.setMethod(u"POST"_s);
        listener.setBody(u"body"_s);
    }
    listener.setConnectTimeout(timeout);
    listener.setResponseTimeout(timeout);
    listener.setIdleTimeout(timeout);
    listener.reconnect()->setEnabled(switches & Retries);
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMaximumDelay(1);
    listener.reconnect()->setMaximumAttempts(1);

    QList<Delivered> delivered;
    int opened = 0;
    int errors = 0;
    bool timedOut = false;
    QObject::connect(&listener, &EventSourceListener::opened, [&] {
        ++opened;
        require(listener.status() == EventSourceListener::Open, "opened means open");
        checkState(listener);
        // A stream may end and be opened again without limit, so it is stopped here.
        if (opened > 2)
            listener.stopListening();
    });
    QObject::connect(&listener, &EventSourceListener::message, [&](const EventSourceEvent &event) {
        require(listener.status() == EventSourceListener::Open, "messages come while it is open");
        require(event.lastEventId() == listener.lastEventId(), "the id belongs to the event");
        checkState(listener);
        delivered.append(
                {event.type().toUtf8(), event.text().toUtf8(), event.lastEventId().toUtf8()});
    });
    QObject::connect(&listener, &EventSourceListener::error, [&](const EventSourceError &error) {
        ++errors;
        timedOut |= error.code() == EventSourceListener::TimeoutError;
        checkError(listener, error);
        checkState(listener);
        if (errors > 5)
            listener.stopListening();
    });
    listener.setUrl(QUrl(u"http://127.0.0.1:%1/stream"_s.arg(server.serverPort())));

    const auto isSettled = [&] {
        if (listener.status() == EventSourceListener::Closed)
            return !listener.isActive();
        return listener.status() == EventSourceListener::Waiting && listener.retryIn() < 0;
    };
    listener.startListening();
    QTimer deadline;
    deadline.start(timeToSettle);
    QObject::connect(&deadline, &QTimer::timeout,
                     [] { require(false, "it reaches a final state"); });
    while (!isSettled())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    checkState(listener);
    const bool plain = answer.startsWith(QByteArrayView(plainHead));
    if (plain && switches == Text && opened == 1 && !timedOut) {
        require(delivered == expectedEvents(answer.sliced(qstrlen(plainHead))),
                "all events of a plain stream");
    }
    listener.stopListening();
    require(listener.status() == EventSourceListener::Closed, "a stopped listener is closed");
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return 0;
}
