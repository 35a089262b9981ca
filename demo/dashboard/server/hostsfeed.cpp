// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "hostsfeed.h"

#include "httpconnection.h"

#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>

#include <chrono>

using namespace std::chrono_literals;

namespace {

constexpr auto tickInterval = 20ms;
constexpr int ticksPerSecond = 50;
constexpr int ticksPerArrival = 150; // and per removal
constexpr int maximumRate = 20000;
constexpr qsizetype ringSize = 3000; // a minute at the default rate

constexpr const char *roles[] = {"web", "api", "db", "cache", "worker"};
constexpr const char *regions[] = {"eu-west", "eu-north", "us-east", "us-west", "ap-south"};

} // namespace

HostsFeed::HostsFeed(quint32 seed, QObject *parent)
    : EventFeed(parent), m_random(seed), m_timer(this)
{
    setRingSize(ringSize);
    connect(&m_timer, &QTimer::timeout, this, &HostsFeed::tick);
    for (int i = 0; i < hostCount; ++i)
        m_hosts += makeHost();
}

void HostsFeed::start()
{
    m_timer.start(tickInterval);
}

void HostsFeed::handle(HttpConnection *connection)
{
    bool ok = false;
    const int rate = connection->request().query.queryItemValue(QStringLiteral("rate")).toInt(&ok);
    if (ok)
        m_rate = qBound(1, rate, maximumRate);
    EventFeed::handle(connection);
}

HostsFeed::Host HostsFeed::makeHost()
{
    return {m_nextNumber++,           m_random.bounded(10, 60),
            m_random.bounded(20, 80), m_random.bounded(1000),
            m_random.bounded(4, 7),   m_ticks - ticksPerSecond * m_random.bounded(2000000)};
}

void HostsFeed::change(Host &host)
{
    // Now and then a host is busy for a while.
    const int target = m_random.bounded(20) == 0 ? 97 : 35;
    host.cpu = qBound(1, host.cpu + (target - host.cpu) / 4 + m_random.bounded(-6, 7), 100);
    host.memory = qBound(5, host.memory + m_random.bounded(-2, 3), 98);
    host.requests = qBound(0, host.requests + m_random.bounded(-60, 61), 2000);
}

QByteArray HostsFeed::nameOf(const Host &host)
{
    return QByteArray(roles[host.number % std::size(roles)]) + '-'
            + QByteArray::number(host.number).rightJustified(3, '0');
}

QByteArray HostsFeed::toJson(const Host &host) const
{
    const char *state = host.number % 97 == 0 ? "down"
            : host.cpu > 85                   ? "critical"
            : host.cpu > 65                   ? "warning"
                                              : "ok";
    const QJsonObject metrics {
            {QStringLiteral("cpu"), host.cpu},
            {QStringLiteral("memory"), host.memory},
            {QStringLiteral("requests"), host.requests},
    };
    const QJsonObject object {
            {QStringLiteral("name"), QString::fromLatin1(nameOf(host))},
            {QStringLiteral("role"), QLatin1String(roles[host.number % std::size(roles)])},
            {QStringLiteral("region"),
             QLatin1String(regions[host.number / 7 % std::size(regions)])},
            {QStringLiteral("state"), QLatin1String(state)},
            {QStringLiteral("version"), QStringLiteral("1.%1.0").arg(host.minor)},
            {QStringLiteral("uptime"), (m_ticks - host.startTick) / ticksPerSecond},
            {QStringLiteral("metrics"), metrics},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray HostsFeed::snapshot() const
{
    QByteArray all;
    for (const Host &host : m_hosts)
        all += (all.isEmpty() ? '[' : ',') + toJson(host);
    return all + ']';
}

QByteArray HostsFeed::take(const HttpRequest &request, quint64 *next)
{
    if (*next >= firstId())
        return EventFeed::take(request, next);
    *next = nextId();
    return "id: " + QByteArray::number(nextId() - 1) + "\nevent: snapshot\ndata: " + snapshot()
            + "\n\n";
}

void HostsFeed::appendBrokenJson()
{
    append("host", R"({"name":"web-001","metrics":)");
}

void HostsFeed::tick()
{
    ++m_ticks;
    // What is due does not always divide by the ticks.
    m_due += m_rate;
    for (; m_due >= ticksPerSecond; m_due -= ticksPerSecond) {
        Host &host = m_hosts[m_random.bounded(int(m_hosts.size()))];
        change(host);
        append("host", toJson(host));
    }
    if (m_ticks % ticksPerArrival == 0) {
        m_hosts += makeHost();
        m_hosts.last().startTick = m_ticks;
        append("host", toJson(m_hosts.last()));
    }
    if (m_ticks % ticksPerArrival == ticksPerArrival / 2) {
        const Host gone = m_hosts.takeFirst(); // the oldest one
        append("removed", "{\"name\":\"" + nameOf(gone) + "\"}");
    }
    publish();
}
