// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "fleetsimulation.h"

#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>

#include <cmath>

namespace {
// Two thresholds, so that a load close to one of them does not raise an alert at every tick.
constexpr double alertAbove = 88;
constexpr double resolvedBelow = 75;

struct HostTemplate
{
    const char *name;
    const char *service;
    double base;
};
constexpr HostTemplate fleet[] = {
        {"web-1", "storefront", 38}, {"web-2", "storefront", 42}, {"api-1", "orders", 55},
        {"api-2", "orders", 50},     {"db-1", "postgres", 30},    {"cache-1", "redis", 18},
};

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

double rounded(double value)
{
    return std::round(value * 10) / 10;
}
} // namespace

FleetSimulation::FleetSimulation(quint32 seed) : m_random(seed)
{
    for (const HostTemplate &host : fleet) {
        m_hosts.append({QString::fromLatin1(host.name), QString::fromLatin1(host.service),
                        host.base, host.base, 35 + host.base / 2, host.base * 9});
    }
    m_untilDeployment = 12;
}

double FleetSimulation::noise(double amplitude)
{
    return (m_random.generateDouble() * 2 - 1) * amplitude;
}

void FleetSimulation::move(Host &host)
{
    if (host.surge > 0)
        --host.surge;
    else if (m_random.bounded(150) == 0)
        host.surge = 14 + m_random.bounded(20);

    const double target = host.surge > 0 ? 96 : host.base;
    host.cpu = qBound(2.0, host.cpu + (target - host.cpu) * 0.22 + noise(5), 100.0);
    host.memory =
            qBound(10.0, host.memory + (30 + host.cpu / 2 - host.memory) * 0.05 + noise(0.8), 99.0);
    host.requests = qMax(0.0, host.requests + (host.cpu * 9 - host.requests) * 0.4 + noise(18));
}

FleetSimulation::Event FleetSimulation::metrics(const Host &host, qint64 time) const
{
    return {"metrics",
            compact({{QStringLiteral("host"), host.name},
                     {QStringLiteral("service"), host.service},
                     {QStringLiteral("cpu"), rounded(host.cpu)},
                     {QStringLiteral("memory"), rounded(host.memory)},
                     {QStringLiteral("requests"), std::round(host.requests)},
                     {QStringLiteral("time"), time}})};
}

FleetSimulation::Event FleetSimulation::deployment(qint64 time)
{
    static const char *const authors[] = {"Amina", "Jonas", "Mei", "Tomás"};
    const Host &host = m_hosts.at(m_random.bounded(int(m_hosts.size())));
    ++m_build;
    const bool succeeded = m_random.bounded(6) != 0;
    return {"deployment",
            compact({{QStringLiteral("service"), host.service},
                     {QStringLiteral("version"),
                      QStringLiteral("1.%1.%2").arg(m_build / 100).arg(m_build % 100)},
                     {QStringLiteral("author"), QString::fromUtf8(authors[m_random.bounded(4)])},
                     {QStringLiteral("succeeded"), succeeded},
                     {QStringLiteral("time"), time}})};
}

FleetSimulation::Event FleetSimulation::alert(const Host &host, qint64 time) const
{
    return {"alert",
            compact({{QStringLiteral("host"), host.name},
                     {QStringLiteral("resolved"), !host.alerting},
                     {QStringLiteral("cpu"), rounded(host.cpu)},
                     {QStringLiteral("time"), time}})};
}

QList<FleetSimulation::Event> FleetSimulation::tick(qint64 time)
{
    QList<Event> events;
    for (Host &host : m_hosts) {
        move(host);
        events.append(metrics(host, time));
        if (host.alerting ? host.cpu < resolvedBelow : host.cpu > alertAbove) {
            host.alerting = !host.alerting;
            events.append(alert(host, time));
        }
    }
    if (--m_untilDeployment <= 0) {
        m_untilDeployment = 16 + m_random.bounded(24);
        events.append(deployment(time));
    }
    return events;
}
