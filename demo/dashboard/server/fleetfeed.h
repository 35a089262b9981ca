// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef FLEETFEED_H
#define FLEETFEED_H

#include "eventfeed.h"
#include "fleetsimulation.h"

// The events of a small fleet of servers, twice a second.
class FleetFeed : public EventFeed
{
    Q_OBJECT

public:
    explicit FleetFeed(quint32 seed, QObject *parent = nullptr);

    // Invents the past that new clients get first, and starts the clock.
    void start();

protected:
    quint64 startOfHistory() const override { return m_tickIds.constFirst(); }
    void appendBrokenJson() override;

private:
    void tick();
    void appendTick(qint64 time);

    FleetSimulation m_simulation;
    QTimer m_tickTimer;
    QList<quint64> m_tickIds; // the first events of the last ticks
};

#endif // FLEETFEED_H
