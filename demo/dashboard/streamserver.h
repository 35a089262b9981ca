// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef STREAMSERVER_H
#define STREAMSERVER_H

#include "fleetsimulation.h"

#include <QtCore/qhash.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qtcpserver.h>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

// A server with one event stream, http://127.0.0.1:<port>/stream, that can misbehave on command. It
// lives in a thread of its own, see DemoServer.
//
// The events are stored in a ring buffer, and each client has a position in it. This makes replay
// after Last-Event-ID possible. It also bounds memory: for a client that reads slowly only its
// position is old, and there is no buffer that grows.
class StreamServer : public QObject
{
    Q_OBJECT

public:
    explicit StreamServer(quint32 seed);
    ~StreamServer() override;

    // Port 0 means any free port. Returns the port, or 0 and the reason.
    quint16 listen(quint16 port, QString *error);

    // The faults. All except the broken event affect the present connections.
    void dropConnections(); // cut in the middle of the response
    void endStreams(); // a response that is complete
    void refuse(int attempts); // drop, then answer 503 this many times
    void sendBrokenJson(); // an event with an id and incomplete data
    void fallSilent(); // keep the connections, but send nothing more, not even a heartbeat
    void requireToken(const QByteArray &token); // drop, then answer 401 to any other

Q_SIGNALS:
    void clientCountChanged(int count);
    void refusalsLeftChanged(int count);

private:
    struct Client
    {
        QByteArray head;
        quint64 next = 0; // the id of the event that is sent next
        bool chunked = true;
        bool answered = false;
        bool streaming = false;
        bool silent = false;
    };

    void acceptConnections();
    void readRequest(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &head);
    void answerError(QTcpSocket *socket, const QByteArray &status, const QByteArray &text,
                     const QByteArray &headers = {});
    void startStream(QTcpSocket *socket, Client &client, const QByteArray &lastEventId);
    void send(QTcpSocket *socket, const Client &client, const QByteArray &bytes);
    void pump(QTcpSocket *socket);
    void tick();
    void heartbeat();
    void record(const QByteArray &type, const QByteArray &data);
    void recordTick(qint64 time);
    void removeClient(QTcpSocket *socket);
    void countClients();

    FleetSimulation m_simulation;
    QTcpServer m_server;
    QTimer m_tickTimer;
    QTimer m_heartbeatTimer;
    QHash<QTcpSocket *, Client> m_clients;
    QList<QByteArray> m_ring; // the events m_firstId, m_firstId + 1, ... as they are sent
    quint64 m_firstId = 1;
    QList<quint64> m_tickIds; // the first events of the last ticks
    QByteArray m_token;
    int m_refusalsLeft = 0;
    int m_clientCount = 0;
};

#endif // STREAMSERVER_H
