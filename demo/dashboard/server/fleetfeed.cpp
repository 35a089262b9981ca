// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "fleetfeed.h"

#include <QtCore/qdatetime.h>

#include <chrono>

using namespace std::chrono_literals;

namespace {
constexpr auto tickInterval = 500ms;
constexpr int ticksOfHistory = 120; // what a client without a Last-Event-ID gets first
constexpr qsizetype ringSize = 3000; // about four minutes
} // namespace

FleetFeed::FleetFeed(quint32 seed, QObject *parent)
    : EventFeed(parent), m_simulation(seed), m_tickTimer(this)
{
    setRingSize(ringSize);
    connect(&m_tickTimer, &QTimer::timeout, this, &FleetFeed::tick);
}

void FleetFeed::start()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 step = std::chrono::milliseconds(tickInterval).count();
    for (int ticksAgo = ticksOfHistory; ticksAgo > 0; --ticksAgo)
        appendTick(now - ticksAgo * step);
    m_tickTimer.start(tickInterval);
}

void FleetFeed::tick()
{
    appendTick(QDateTime::currentMSecsSinceEpoch());
    publish();
}

void FleetFeed::appendTick(qint64 time)
{
    if (m_tickIds.size() == ticksOfHistory)
        m_tickIds.removeFirst();
    m_tickIds.append(nextId());
    const QList<FleetSimulation::Event> events = m_simulation.tick(time);
    for (const FleetSimulation::Event &event : events)
        append(event.type, event.json);
}

void FleetFeed::appendBrokenJson()
{
    append("metrics", R"({"host":"web-1","cpu":)");
}
