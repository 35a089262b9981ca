// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef EVENTFEED_H
#define EVENTFEED_H

#include "requesthandler.h"

#include <QtCore/qhash.h>
#include <QtCore/qset.h>
#include <QtCore/qtimer.h>

// An event stream: a handler whose clients all get the same events. It can misbehave on command.
//
// The events are stored in a ring buffer, and each client has a position in it. This makes replay
// after Last-Event-ID possible. It also bounds memory: for a client that reads slowly only its
// position is old, and there is no buffer that grows.
//
// A token is optional: a client that sends none is never asked for one. A token that has expired is
// refused, so that a fault of the window's streams does not lock other clients out.
class EventFeed : public RequestHandler
{
    Q_OBJECT

public:
    explicit EventFeed(QObject *parent = nullptr);

    void handle(HttpConnection *connection) override;

    // The faults. All except the broken event affect the present connections.
    void dropConnections(); // cut in the middle of the response
    void endStreams(); // a response that is complete
    void refuseAttempts(int attempts); // drop, then answer 503 this many times
    void sendBrokenJson(); // an event with an id and incomplete data
    void fallSilent(); // keep the connections, but send nothing more, not even a heartbeat
    // Drop the connections with this token, then answer it with 401.
    void expireToken(const QByteArray &token);

    int clientCount() const { return int(m_clients.size()); }
    int refusalsLeft() const { return m_refusalsLeft; }

Q_SIGNALS:
    void clientCountChanged();
    void refusalsLeftChanged();

protected:
    // A longer history costs memory, a shorter one loses more events of a long outage.
    void setRingSize(qsizetype events) { m_ringSize = events; }

    // Adds an event, with the next number as its id. Call publish() after the last one.
    void append(const QByteArray &type, const QByteArray &data);
    void publish();

    quint64 nextId() const { return m_firstId + quint64(m_ring.size()); }

    // The first event for a client without a Last-Event-ID: the oldest that is left.
    virtual quint64 startOfHistory() const { return m_firstId; }
    virtual void appendBrokenJson() { append("message", R"({"text":)"); }

private:
    struct Client
    {
        quint64 next = 0; // the id of the event that is sent next
        QByteArray token;
        bool silent = false;
    };

    void start(HttpConnection *connection, const QByteArray &token);
    void pump(HttpConnection *connection);
    void heartbeat();

    QTimer m_heartbeatTimer;
    QHash<HttpConnection *, Client> m_clients;
    QList<QByteArray> m_ring; // the events m_firstId, m_firstId + 1, ... as they are sent
    qsizetype m_ringSize = 3000;
    quint64 m_firstId = 1;
    QSet<QByteArray> m_expiredTokens;
    int m_refusalsLeft = 0;
};

#endif // EVENTFEED_H
