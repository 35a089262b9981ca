// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef HOSTSFEED_H
#define HOSTSFEED_H

#include "eventfeed.h"

#include <QtCore/qrandom.h>

// A table as a stream: "snapshot" with all hosts in an array, then "host" with one that is new or has
// changed, and "removed" with its name. Only a client that joins, or has missed too much, gets the
// snapshot.
//
// A request for /hosts?rate=5000 sets how many hosts change in a second, for all clients. One without
// a rate leaves it as it is.
class HostsFeed : public EventFeed
{
    Q_OBJECT

public:
    explicit HostsFeed(quint32 seed, QObject *parent = nullptr);

    void start();

    void handle(HttpConnection *connection) override;

    static constexpr int hostCount = 500;
    static constexpr int defaultRate = 50; // changes a second

protected:
    quint64 startOfHistory() const override { return 0; } // before all events: the snapshot
    QByteArray take(const HttpRequest &request, quint64 *next) override;
    void appendBrokenJson() override;

private:
    struct Host
    {
        int number;
        int cpu;
        int memory;
        int requests;
        int minor; // of the version
        int startTick;
    };

    static QByteArray nameOf(const Host &host);
    QByteArray toJson(const Host &host) const;
    Host makeHost();
    void change(Host &host);
    QByteArray snapshot() const;
    void tick();

    QRandomGenerator m_random;
    QTimer m_timer;
    QList<Host> m_hosts;
    int m_nextNumber = 1;
    int m_ticks = 0;
    int m_rate = defaultRate;
    int m_due = 0; // changes, in parts of a tick
};

#endif // HOSTSFEED_H
