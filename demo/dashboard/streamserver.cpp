// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "streamserver.h"

#include <QtCore/qdatetime.h>
#include <QtNetwork/qtcpsocket.h>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace {
constexpr auto tickInterval = 500ms;
constexpr auto heartbeatInterval = 2s;
constexpr auto reconnectionTime = 3000; // ms, long enough to watch the countdown

constexpr qsizetype ringSize = 3000; // about four minutes
constexpr int ticksOfHistory = 60; // what a client without a Last-Event-ID gets first

constexpr qint64 writeBufferSize = 64 * 1024;
constexpr qsizetype maximumHeadSize = 16 * 1024;
constexpr qsizetype maximumClients = 64;

// The value of a header in a request's head; empty if it is missing.
QByteArray headerValue(const QByteArray &head, const QByteArray &name)
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}
} // namespace

StreamServer::StreamServer(quint32 seed)
    : m_simulation(seed), m_server(this), m_tickTimer(this), m_heartbeatTimer(this)
{
    connect(&m_server, &QTcpServer::newConnection, this, &StreamServer::acceptConnections);
    connect(&m_tickTimer, &QTimer::timeout, this, &StreamServer::tick);
    connect(&m_heartbeatTimer, &QTimer::timeout, this, &StreamServer::heartbeat);
}

StreamServer::~StreamServer()
{
    // Sockets that are closed below must not call into a partly destroyed server.
    for (auto it = m_clients.cbegin(); it != m_clients.cend(); ++it)
        it.key()->disconnect(this);
}

quint16 StreamServer::listen(quint16 port, QString *error)
{
    if (!m_server.listen(QHostAddress::LocalHost, port)) {
        *error = m_server.errorString();
        return 0;
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 step = std::chrono::milliseconds(tickInterval).count();
    for (int ticksAgo = ticksOfHistory; ticksAgo > 0; --ticksAgo)
        recordTick(now - ticksAgo * step);
    m_tickTimer.start(tickInterval);
    m_heartbeatTimer.start(heartbeatInterval);
    return m_server.serverPort();
}

void StreamServer::dropConnections()
{
    const QList<QTcpSocket *> sockets = m_clients.keys();
    for (QTcpSocket *socket : sockets)
        socket->abort();
}

void StreamServer::endStreams()
{
    const QList<QTcpSocket *> sockets = m_clients.keys();
    for (QTcpSocket *socket : sockets) {
        if (m_clients.value(socket).chunked)
            socket->write("0\r\n\r\n");
        socket->disconnectFromHost();
    }
}

void StreamServer::refuse(int attempts)
{
    m_refusalsLeft = attempts;
    Q_EMIT refusalsLeftChanged(m_refusalsLeft);
    dropConnections();
}

void StreamServer::sendBrokenJson()
{
    record("metrics", R"({"host":"web-1","cpu":)");
    const QList<QTcpSocket *> sockets = m_clients.keys();
    for (QTcpSocket *socket : sockets)
        pump(socket);
}

void StreamServer::fallSilent()
{
    for (Client &client : m_clients)
        client.silent = true;
}

void StreamServer::requireToken(const QByteArray &token)
{
    m_token = token;
    dropConnections();
}

void StreamServer::acceptConnections()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] { removeClient(socket); });
        if (m_clients.size() >= maximumClients) {
            socket->abort();
            continue;
        }
        socket->setReadBufferSize(maximumHeadSize);
        m_clients.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readRequest(socket); });
        connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { pump(socket); });
    }
}

void StreamServer::removeClient(QTcpSocket *socket)
{
    m_clients.remove(socket);
    socket->deleteLater();
    countClients();
}

void StreamServer::countClients()
{
    const auto isStreaming = [](const Client &client) { return client.streaming; };
    const int count = int(std::count_if(m_clients.cbegin(), m_clients.cend(), isStreaming));
    if (count == m_clientCount)
        return;
    m_clientCount = count;
    Q_EMIT clientCountChanged(count);
}

void StreamServer::readRequest(QTcpSocket *socket)
{
    Client &client = m_clients[socket];
    const QByteArray bytes = socket->readAll();
    if (client.answered)
        return; // one request per connection
    client.head += bytes;
    const qsizetype end = client.head.indexOf("\r\n\r\n");
    client.answered = end >= 0 || client.head.size() >= maximumHeadSize;
    if (end >= 0)
        answer(socket, client.head.left(end));
    else if (client.answered)
        answerError(socket, "431 Request Header Fields Too Large", "The request is too large.\n");
}

void StreamServer::answer(QTcpSocket *socket, const QByteArray &head)
{
    const QList<QByteArray> requestLine = head.split('\r').constFirst().split(' ');
    if (requestLine.size() != 3 || !requestLine.at(2).startsWith("HTTP/1.")) {
        answerError(socket, "400 Bad Request", "This is not an HTTP request.\n");
        return;
    }
    if (requestLine.at(1) != "/stream") {
        answerError(socket, "404 Not Found", "The stream is at /stream.\n");
        return;
    }
    if (requestLine.at(0) != "GET") {
        answerError(socket, "405 Method Not Allowed", "Only GET is possible.\n", "Allow: GET\r\n");
        return;
    }
    if (m_refusalsLeft > 0) {
        Q_EMIT refusalsLeftChanged(--m_refusalsLeft);
        answerError(socket, "503 Service Unavailable", "The service is being upgraded.\n");
        return;
    }
    if (!m_token.isEmpty() && headerValue(head, "Authorization") != "Bearer " + m_token) {
        answerError(socket, "401 Unauthorized", "The access token has expired.\n",
                    "WWW-Authenticate: Bearer\r\n");
        return;
    }
    Client &client = m_clients[socket];
    client.head.clear();
    client.chunked = requestLine.at(2) != "HTTP/1.0";
    startStream(socket, client, headerValue(head, "Last-Event-ID"));
}

void StreamServer::answerError(QTcpSocket *socket, const QByteArray &status, const QByteArray &text,
                               const QByteArray &headers)
{
    socket->write("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: "
                  + QByteArray::number(text.size()) + "\r\nConnection: close\r\n" + headers + "\r\n"
                  + text);
    socket->disconnectFromHost();
}

void StreamServer::startStream(QTcpSocket *socket, Client &client, const QByteArray &lastEventId)
{
    const quint64 nextId = m_firstId + quint64(m_ring.size());
    bool known = false;
    client.next = lastEventId.toULongLong(&known) + 1;
    if (!known || client.next > nextId) {
        // A new client, or a client with an id of an earlier run of the program.
        client.next = m_tickIds.constFirst();
    }
    client.streaming = true;

    socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                  "Cache-Control: no-store\r\n"
                  + QByteArray(client.chunked ? "Transfer-Encoding: chunked\r\n"
                                              : "Connection: close\r\n")
                  + "\r\n");
    send(socket, client, "retry: " + QByteArray::number(reconnectionTime) + "\n\n");
    pump(socket);
    countClients();
}

void StreamServer::send(QTcpSocket *socket, const Client &client, const QByteArray &bytes)
{
    if (client.chunked)
        socket->write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
    else
        socket->write(bytes);
}

void StreamServer::pump(QTcpSocket *socket)
{
    const auto it = m_clients.find(socket);
    if (it == m_clients.end() || !it->streaming || it->silent
        || socket->state() != QTcpSocket::ConnectedState) {
        return;
    }
    const quint64 nextId = m_firstId + quint64(m_ring.size());
    it->next = qMax(it->next, m_firstId); // older events are no longer in the ring buffer
    while (it->next < nextId && socket->bytesToWrite() < writeBufferSize) {
        send(socket, *it, m_ring.at(qsizetype(it->next - m_firstId)));
        ++it->next;
    }
}

void StreamServer::tick()
{
    recordTick(QDateTime::currentMSecsSinceEpoch());
    const QList<QTcpSocket *> sockets = m_clients.keys();
    for (QTcpSocket *socket : sockets)
        pump(socket);
}

void StreamServer::heartbeat()
{
    for (auto it = m_clients.cbegin(); it != m_clients.cend(); ++it) {
        if (it->streaming && !it->silent && it.key()->state() == QTcpSocket::ConnectedState
            && it.key()->bytesToWrite() < writeBufferSize) {
            send(it.key(), *it, ": heartbeat\n\n");
        }
    }
}

void StreamServer::recordTick(qint64 time)
{
    if (m_tickIds.size() == ticksOfHistory)
        m_tickIds.removeFirst();
    m_tickIds.append(m_firstId + quint64(m_ring.size()));
    const QList<FleetSimulation::Event> events = m_simulation.tick(time);
    for (const FleetSimulation::Event &event : events)
        record(event.type, event.json);
}

void StreamServer::record(const QByteArray &type, const QByteArray &data)
{
    const quint64 id = m_firstId + quint64(m_ring.size());
    m_ring.append("id: " + QByteArray::number(id) + "\nevent: " + type + "\ndata: " + data
                  + "\n\n");
    if (m_ring.size() > ringSize) {
        m_ring.removeFirst();
        ++m_firstId;
    }
}
