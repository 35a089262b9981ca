// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef HERD_H
#define HERD_H

#include "session/backoff_p.h"

#include <QtCore/qglobal.h>

#include <vector>

using namespace EventSourcePrivate;

// Many clients whose server dies under all of them in the same instant and comes back, in virtual
// time: the very arithmetic the listener uses, without a network.
struct Herd
{
    int clients = 100000;
    ReconnectSettings settings;
    int serverRetry = -1; // what the server sent as "retry:" before it died, ms
    int downFor = 0; // ms; until then connections are refused
    int capacity = 0; // connections accepted each second once it is back, 0 for all; 503 beyond
    int retryAfter = 0; // s; sent with 503
    bool retryAtDate = false; // retryAfter as a date, which is the same for all
    quint32 seed = 1;
};

struct HerdResult
{
    std::vector<int> arrivals; // attempts in each 100 ms
    int worstSecond = 0; // the most attempts in any ten of these in a row
    int worstSecondAfterReturn = 0;
    double evenSpread = 0; // clients per second, evenly over the first delay window
    int lastServed = 0; // ms; when the last client had its stream again
    double attemptsPerClient = 0;
};

HerdResult simulate(const Herd &herd);

#endif // HERD_H
