// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef DEMOBACKEND_H
#define DEMOBACKEND_H

#include "httpserver.h"

class EventFeed;
class FleetFeed;
class HostsFeed;

// Everything that the embedded server serves. It lives in a thread of its own, see DemoServer.
class DemoBackend : public QObject
{
    Q_OBJECT

public:
    explicit DemoBackend(quint32 seed, QObject *parent = nullptr);

    // Port 0 means any free port. Returns the port, or 0 and the reason.
    quint16 listen(quint16 port, QString *error);

    // The event stream at that path, for its faults. Null if there is none.
    EventFeed *feed(const QByteArray &path) const { return m_feeds.value(path); }

Q_SIGNALS:
    // Of all streams together.
    void clientCountChanged(int count);
    void refusalsLeftChanged(int count);

private:
    void addFeed(const QByteArray &path, EventFeed *feed);

    HttpServer m_server;
    QMap<QByteArray, EventFeed *> m_feeds;
    FleetFeed *m_fleet;
    HostsFeed *m_hosts;
};

#endif // DEMOBACKEND_H
