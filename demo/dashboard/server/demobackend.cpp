// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "demobackend.h"

#include "chatmodel.h"
#include "echo.h"
#include "fleetfeed.h"
#include "hostsfeed.h"
#include "logfeed.h"

DemoBackend::DemoBackend(quint32 seed, QObject *parent)
    : QObject(parent), m_server(this), m_fleet(new FleetFeed(seed)), m_hosts(new HostsFeed(seed))
{
    // What else the server can do goes here: addFeed() for an event stream, which gets the faults,
    // m_server.addHandler() for everything else.
    addFeed("/stream", m_fleet);
    addFeed("/log", new LogFeed(seed));
    addFeed("/hosts", m_hosts);
    m_server.addHandler("/v1/chat/completions", new ChatModel(seed));
    m_server.addHandler("/echo", new Echo(this));
}

void DemoBackend::addFeed(const QByteArray &path, EventFeed *feed)
{
    m_feeds.insert(path, feed);
    m_server.addHandler(path, feed);
    connect(feed, &EventFeed::clientCountChanged, this, [this] {
        int count = 0;
        for (const EventFeed *each : std::as_const(m_feeds))
            count += each->clientCount();
        Q_EMIT clientCountChanged(count);
    });
    connect(feed, &EventFeed::refusalsLeftChanged, this, [this] {
        int count = 0;
        for (const EventFeed *each : std::as_const(m_feeds))
            count += each->refusalsLeft();
        Q_EMIT refusalsLeftChanged(count);
    });
}

quint16 DemoBackend::listen(quint16 port, QString *error)
{
    const quint16 actualPort = m_server.listen(port, error);
    if (actualPort != 0) {
        m_fleet->start();
        m_hosts->start();
    }
    return actualPort;
}
