// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef FLEETSIMULATION_H
#define FLEETSIMULATION_H

#include <QtCore/qbytearray.h>
#include <QtCore/qlist.h>
#include <QtCore/qrandom.h>
#include <QtCore/qstring.h>

// A small fleet of servers whose load rises and falls. The same seed tells the same story.
class FleetSimulation
{
public:
    struct Event
    {
        QByteArray type;
        QByteArray json;
    };

    explicit FleetSimulation(quint32 seed);

    // What happened in one tick: one "metrics" per host, now and then a "deployment" or "alert".
    // The time goes into the payloads, in milliseconds since the epoch.
    QList<Event> tick(qint64 time);

private:
    struct Host
    {
        QString name;
        QString service;
        double base; // where the processor load settles
        double cpu;
        double memory;
        double requests;
        int surge = 0; // ticks that a burst of traffic still lasts
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
