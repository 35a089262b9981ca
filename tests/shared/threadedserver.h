// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef THREADEDSERVER_H
#define THREADEDSERVER_H

#include <QtCore/qbytearray.h>
#include <QtCore/qstring.h>
#include <QtCore/qurl.h>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

// A server for floods: plain blocking sockets, one thread for each connection, nothing queued. What
// a process grows by while it talks to this server is the client's.
class ThreadedServer
{
public:
    // One connection; used by its own thread only.
    class Peer
    {
    public:
        // The head of the next request; empty when the client has gone.
        QByteArray readRequest();
        // What follows that head, by its Content-Length; less when the client has gone.
        QByteArray readBody(const QByteArray &head);
        // Returns false when the client has gone. Waits while the client does not read.
        bool send(const QByteArray &bytes);
        bool sendChunk(const QByteArray &bytes);
        bool sendHead(const QByteArray &headers = {}); // of a stream, chunked
        // Returns when the client has gone.
        void awaitClose();
        // RST instead of FIN when the handler returns.
        void resetOnClose();

    private:
        friend class ThreadedServer;
        explicit Peer(int socket) : m_socket(socket) { }

        int m_socket;
        QByteArray m_received;
    };
    using Handler = std::function<void(Peer &peer)>; // closes the connection by returning

    explicit ThreadedServer(Handler handler);
    ~ThreadedServer();
    Q_DISABLE_COPY_MOVE(ThreadedServer)

    QUrl url(const QString &path = QStringLiteral("/stream")) const;

    // What this process has beside the server. A connection that closes while they count is the
    // client's for a moment, never the other way round: wait with waitFor(), which looks once more
    // only while the bound is not met (QTRY_VERIFY looks again after it was).
    int clientThreads() const;
    int clientDescriptors() const;

private:
    struct Connection
    {
        int socket;
        std::thread thread;
        bool done = false;
    };

    void acceptAll();
    void joinFinished(bool all);

    Handler m_handler;
    int m_listening = -1;
    quint16 m_port = 0;
    std::mutex m_mutex; // guards the list
    std::list<Connection> m_connections;
    std::atomic<int> m_open {0};
    std::atomic<bool> m_stopping {false};
    std::thread m_acceptor;
};

#endif // THREADEDSERVER_H
