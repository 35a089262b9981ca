// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "eventfeed.h"

#include "httpconnection.h"

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace {
constexpr auto heartbeatInterval = 2s;
constexpr auto reconnectionTime = 3000; // ms, long enough to watch the countdown
constexpr qint64 writeBufferSize = 64 * 1024;
constexpr char scheme[] = "Bearer ";

constexpr auto retryAfter = "Retry-After: 4\r\n";
constexpr auto lateHeadDelay = 6s;
constexpr qsizetype hugeEventSize = 20 * 1000 * 1000;

// 50,000 events a second for five seconds. A client that does not keep up gets them later.
constexpr auto loadInterval = 20ms;
constexpr int loadPerInterval = 1000;
constexpr int loadSize = 250000;
constexpr qint64 loadBufferSize = 1024 * 1024;

QByteArray addressWithMark(const HttpRequest &request)
{
    return request.target + (request.target.contains('?') ? '&' : '?') + "moved=1";
}
} // namespace

EventFeed::EventFeed(QObject *parent)
    : RequestHandler(parent), m_heartbeatTimer(this), m_loadTimer(this)
{
    connect(&m_loadTimer, &QTimer::timeout, this, &EventFeed::sendLoad);
    connect(&m_heartbeatTimer, &QTimer::timeout, this, &EventFeed::heartbeat);
}

void EventFeed::handle(HttpConnection *connection)
{
    if (m_refusalsLeft > 0) {
        --m_refusalsLeft;
        Q_EMIT refusalsLeftChanged();
        connection->refuse(503, "The service is being upgraded.", retryAfter);
        return;
    }
    const QByteArray authorization = connection->request().header("Authorization");
    const QByteArray token = authorization.startsWith(scheme)
            ? authorization.mid(qsizetype(sizeof scheme) - 1)
            : QByteArray();
    if (m_expiredTokens.contains(token)) {
        connection->refuse(401, "The access token has expired.", "WWW-Authenticate: Bearer\r\n");
        return;
    }
    switch (std::exchange(m_nextAnswer, Answer::Stream)) {
    case Answer::Stream:
        start(connection, token);
        break;
    case Answer::WrongType:
        connection->answer(200, "text/html", "<title>Please log in</title>\n");
        break;
    case Answer::Redirect:
        connection->refuse(307, "It is at another address.",
                           "Location: " + addressWithMark(connection->request()) + "\r\n");
        break;
    case Answer::LateStream:
        QTimer::singleShot(lateHeadDelay, connection,
                           [this, connection, token] { start(connection, token); });
        break;
    }
}

void EventFeed::start(HttpConnection *connection, const QByteArray &token)
{
    Client client;
    client.token = token;
    client.next = firstFor(connection->request());
    m_clients.insert(connection, client);
    connect(connection, &HttpConnection::written, this, [this, connection] { pump(connection); });
    connect(connection, &HttpConnection::closed, this, [this, connection] {
        m_clients.remove(connection);
        Q_EMIT clientCountChanged();
    });
    if (!m_heartbeatTimer.isActive())
        m_heartbeatTimer.start(heartbeatInterval);

    connection->begin("text/event-stream");
    // The comment says where the replay ends. Clients ignore it, but the window counts with it.
    connection->send("retry: " + QByteArray::number(reconnectionTime) + "\n\n: next "
                     + QByteArray::number(nextId()) + "\n\n");
    pump(connection);
    Q_EMIT clientCountChanged();
}

void EventFeed::pump(HttpConnection *connection)
{
    const auto it = m_clients.find(connection);
    if (it == m_clients.end() || it->silent || !connection->isOpen())
        return;
    while (connection->bytesToWrite() < writeBufferSize) {
        const QByteArray events = take(connection->request(), &it->next);
        if (events.isEmpty())
            return;
        connection->send(events);
    }
}

quint64 EventFeed::firstFor(const HttpRequest &request) const
{
    bool known = false;
    const quint64 next = request.header("Last-Event-ID").toULongLong(&known) + 1;
    // A new client, or a client with an id of an earlier run of the program, gets the history.
    return known && next <= nextId() ? next : startOfHistory();
}

QByteArray EventFeed::take(const HttpRequest &, quint64 *next)
{
    *next = qMax(*next, m_firstId); // older events are no longer in the ring buffer
    return *next < nextId() ? m_ring.at(qsizetype((*next)++ - m_firstId)) : QByteArray();
}

void EventFeed::publish()
{
    const QList<HttpConnection *> connections = m_clients.keys();
    for (HttpConnection *connection : connections)
        pump(connection);
}

void EventFeed::append(const QByteArray &type, const QByteArray &data)
{
    m_ring.append("id: " + QByteArray::number(nextId()) + "\nevent: " + type + "\ndata: " + data
                  + "\n\n");
    if (m_ring.size() > m_ringSize) {
        m_ring.removeFirst();
        ++m_firstId;
    }
}

void EventFeed::heartbeat()
{
    for (auto it = m_clients.cbegin(); it != m_clients.cend(); ++it) {
        if (!it->silent && it.key()->isOpen() && it.key()->bytesToWrite() < writeBufferSize)
            it.key()->send(": heartbeat\n\n");
    }
}

void EventFeed::dropConnections()
{
    const QList<HttpConnection *> connections = m_clients.keys();
    for (HttpConnection *connection : connections)
        connection->abort();
}

void EventFeed::resetConnections()
{
    const QList<HttpConnection *> connections = m_clients.keys();
    for (HttpConnection *connection : connections)
        connection->reset();
}

void EventFeed::cutChunks()
{
    const QList<HttpConnection *> connections = m_clients.keys();
    for (HttpConnection *connection : connections)
        connection->cutInside("event: metrics\ndata: {\"host\":\"web-1\"}\n\n");
}

void EventFeed::endStreams()
{
    const QList<HttpConnection *> connections = m_clients.keys();
    for (HttpConnection *connection : connections)
        connection->end();
}

void EventFeed::refuseAttempts(int attempts)
{
    m_refusalsLeft = attempts;
    Q_EMIT refusalsLeftChanged();
    dropConnections();
}

void EventFeed::answerNextWith(Answer answer)
{
    m_nextAnswer = answer;
    dropConnections();
}

void EventFeed::sendWrongType()
{
    answerNextWith(Answer::WrongType);
}

void EventFeed::redirect()
{
    answerNextWith(Answer::Redirect);
}

void EventFeed::delayHead()
{
    answerNextWith(Answer::LateStream);
}

void EventFeed::sendBrokenJson()
{
    appendBrokenJson();
    publish();
}

void EventFeed::fallSilent()
{
    for (Client &client : m_clients)
        client.silent = true;
}

void EventFeed::sendHugeEvent()
{
    const QByteArray event = "data: {\"text\":\"" + QByteArray(hugeEventSize, 'x') + "\"}\n\n";
    for (auto it = m_clients.cbegin(); it != m_clients.cend(); ++it) {
        if (!it->silent && it.key()->isOpen())
            it.key()->send(event);
    }
}

void EventFeed::flood()
{
    for (Client &client : m_clients)
        client.load = loadSize;
    m_loadTimer.start(loadInterval);
}

void EventFeed::sendLoad()
{
    QByteArray events;
    for (int i = 0; i < loadPerInterval; ++i)
        events += "event: load\ndata: {\"value\":" + QByteArray::number(i) + "}\n\n";
    bool isDone = true;
    for (auto it = m_clients.begin(); it != m_clients.end(); ++it) {
        if (it->load == 0 || it->silent || !it.key()->isOpen())
            continue;
        isDone = false;
        if (it.key()->bytesToWrite() < loadBufferSize) {
            it->load -= loadPerInterval;
            it.key()->send(events);
        }
    }
    if (isDone)
        m_loadTimer.stop();
}

void EventFeed::expireToken(const QByteArray &token)
{
    m_expiredTokens.insert(token);
    const QHash<HttpConnection *, Client> clients = m_clients;
    for (auto it = clients.cbegin(); it != clients.cend(); ++it) {
        if (it->token == token)
            it.key()->abort();
    }
}
