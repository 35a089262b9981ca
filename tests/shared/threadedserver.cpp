// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "threadedserver.h"

#include "processfigures.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iterator>

QByteArray ThreadedServer::Peer::readRequest()
{
    for (;;) {
        const qsizetype end = m_received.indexOf("\r\n\r\n");
        if (end >= 0) {
            const QByteArray head = m_received.left(end);
            m_received.remove(0, end + 4);
            return head;
        }
        char piece[4096];
        const ssize_t count = ::recv(m_socket, piece, sizeof(piece), 0);
        if (count <= 0)
            return {};
        m_received.append(piece, count);
    }
}

QByteArray ThreadedServer::Peer::readBody(const QByteArray &head)
{
    static const QByteArray name("\r\ncontent-length:");
    const qsizetype found = head.toLower().indexOf(name);
    if (found < 0)
        return {};
    const qsizetype value = found + name.size();
    const qsizetype end = head.indexOf("\r\n", value);
    const qsizetype size = head.mid(value, end < 0 ? -1 : end - value).trimmed().toLongLong();
    while (m_received.size() < size) {
        char piece[64 * 1024];
        const ssize_t count = ::recv(m_socket, piece, sizeof(piece), 0);
        if (count <= 0)
            break;
        m_received.append(piece, count);
    }
    const QByteArray body = m_received.left(size);
    m_received.remove(0, body.size());
    return body;
}

bool ThreadedServer::Peer::send(const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t count = ::send(m_socket, bytes.constData() + done,
                                     size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

bool ThreadedServer::Peer::sendChunk(const QByteArray &bytes)
{
    return send(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}

bool ThreadedServer::Peer::sendHead(const QByteArray &headers)
{
    return send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                "Transfer-Encoding: chunked\r\n"
                + headers + "\r\n");
}

void ThreadedServer::Peer::awaitClose()
{
    char piece[4096];
    while (::recv(m_socket, piece, sizeof(piece), 0) > 0) { }
}

void ThreadedServer::Peer::resetOnClose()
{
    const linger hard {1, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
}

ThreadedServer::ThreadedServer(Handler handler) : m_handler(std::move(handler))
{
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (m_listening < 0 || ::bind(m_listening, generic, size) != 0
        || ::listen(m_listening, SOMAXCONN) != 0 || ::getsockname(m_listening, generic, &size) != 0)
        qFatal("The test server cannot listen.");
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptAll(); });
}

ThreadedServer::~ThreadedServer()
{
    m_stopping = true;
    ::shutdown(m_listening, SHUT_RDWR); // wakes accept()
    m_acceptor.join();
    joinFinished(true);
    ::close(m_listening);
}

QUrl ThreadedServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
}

int ThreadedServer::clientThreads() const
{
    const int all = threadCount();
    return all - m_open - 1; // the one that accepts
}

int ThreadedServer::clientDescriptors() const
{
    const int all = descriptorCount();
    return all - m_open;
}

void ThreadedServer::acceptAll()
{
    while (!m_stopping) {
        const int socket = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        const int now = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &now, sizeof(now));
        joinFinished(false);
        const std::lock_guard<std::mutex> lock(m_mutex);
        Connection &connection = m_connections.emplace_back();
        connection.socket = socket;
        ++m_open;
        connection.thread = std::thread([this, &connection, socket] {
            Peer peer(socket);
            m_handler(peer);
            // The socket is closed where nobody else could still mean it by its number.
            const std::lock_guard<std::mutex> closing(m_mutex);
            ::close(socket);
            connection.done = true;
            --m_open;
        });
    }
}

void ThreadedServer::joinFinished(bool all)
{
    std::list<Connection> finished;
    {
        const std::lock_guard<std::mutex> lock(m_mutex);
        for (auto connection = m_connections.begin(); connection != m_connections.end();) {
            const auto next = std::next(connection);
            if (all && !connection->done)
                ::shutdown(connection->socket, SHUT_RDWR); // wakes recv() and send()
            if (all || connection->done)
                finished.splice(finished.end(), m_connections, connection);
            connection = next;
        }
    }
    for (Connection &connection : finished)
        connection.thread.join();
}
