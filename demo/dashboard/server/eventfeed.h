// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef EVENTFEED_H
#define EVENTFEED_H

#include "requesthandler.h"

#include <QtCore/qhash.h>
#include <QtCore/qset.h>
#include <QtCore/qtimer.h>

struct HttpRequest;

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

    // The faults of the present connections:
    void dropConnections(); // cut in the middle of the response
    void resetConnections(); // the same with RST, as a crashed process or a firewall does it
    void cutChunks(); // the response ends inside a chunk
    void endStreams(); // a response that is complete
    void fallSilent(); // keep the connections, but send nothing more, not even a heartbeat
    void sendBrokenJson(); // an event with an id and incomplete data
    void sendHugeEvent(); // 20 MB, without an id
    void flood(); // 250,000 events of the type "load" without ids, 50,000 a second
    // Drop the connections with this token, then answer it with 401.
    void expireToken(const QByteArray &token);

    // The faults of the next requests. All drop the present connections.
    void refuseAttempts(int attempts); // 503 with a Retry-After
    void sendWrongType(); // once: a page in HTML
    void redirect(); // once: to the same path with a query
    void delayHead(); // once: the response begins after six seconds

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

    quint64 firstId() const { return m_firstId; } // of the events that are left
    quint64 nextId() const { return m_firstId + quint64(m_ring.size()); }

    // The first event for a client without a Last-Event-ID: the oldest that is left.
    virtual quint64 startOfHistory() const { return m_firstId; }
    // For a feed that generates its events instead of storing them: the first event for a client,
    // and one or more events from next on as they are sent. This moves next; empty if there is none.
    virtual quint64 firstFor(const HttpRequest &request) const;
    virtual QByteArray take(const HttpRequest &request, quint64 *next);
    virtual void appendBrokenJson() { append("message", R"({"text":)"); }

private:
    enum class Answer { Stream, WrongType, Redirect, LateStream };

    struct Client
    {
        quint64 next = 0; // the id of the event that is sent next
        QByteArray token;
        int load = 0; // the events of a flood that are not sent yet
        bool silent = false;
    };

    void start(HttpConnection *connection, const QByteArray &token);
    void pump(HttpConnection *connection);
    void heartbeat();
    void sendLoad();
    void answerNextWith(Answer answer);

    QTimer m_heartbeatTimer;
    QTimer m_loadTimer;
    QHash<HttpConnection *, Client> m_clients;
    QList<QByteArray> m_ring; // the events m_firstId, m_firstId + 1, ... as they are sent
    qsizetype m_ringSize = 3000;
    quint64 m_firstId = 1;
    QSet<QByteArray> m_expiredTokens;
    int m_refusalsLeft = 0;
    Answer m_nextAnswer = Answer::Stream;
};

#endif // EVENTFEED_H
