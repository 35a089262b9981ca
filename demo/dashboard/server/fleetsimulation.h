// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef FLEETSIMULATION_H
#define FLEETSIMULATION_H

#include <QtCore/qbytearray.h>
#include <QtCore/qlist.h>
#include <QtCore/qrandom.h>
#include <QtCore/qstring.h>

// A small fleet of servers with changing load. The same seed gives the same events.
class FleetSimulation
{
public:
    struct Event
    {
        QByteArray type;
        QByteArray json;
    };

    explicit FleetSimulation(quint32 seed);

    // The events of one tick: one "metrics" per host, sometimes a "deployment" or an "alert". The
    // payloads contain the time, in milliseconds since the epoch.
    QList<Event> tick(qint64 time);

private:
    struct Host
    {
        QString name;
        QString service;
        double base; // the usual processor load
        double cpu;
        double memory;
        double requests;
        int surge = 0; // remaining ticks of a burst of traffic
        bool alerting = false;
    };

    double noise(double amplitude);
    void move(Host &host);
    Event metrics(const Host &host, qint64 time) const;
    Event deployment(qint64 time);
    Event alert(const Host &host, qint64 time) const;

    QRandomGenerator m_random;
    QList<Host> m_hosts;
    int m_untilDeployment = 0;
    int m_build = 480;
};

#endif // FLEETSIMULATION_H
