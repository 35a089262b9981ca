// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/backoff_p.h"

#include <algorithm>
#include <cmath>

namespace EventSourcePrivate {

namespace {

constexpr int smallestServerDelay = 100;
constexpr int largestServerDelay = 60 * 60 * 1000;

// No input of a server makes a client hammer it.
constexpr int smallestDelayAfterFailure = 100;

} // namespace

Backoff::Backoff(Random random) : m_random(std::move(random)) { }

void Backoff::setServerDelay(int milliseconds)
{
    m_serverDelay = std::clamp(milliseconds, smallestServerDelay, largestServerDelay);
}

void Backoff::reset()
{
    m_failures = 0;
    m_serverDelay = -1;
}

bool Backoff::isExhausted(const ReconnectSettings &settings) const
{
    return settings.maximumAttempts >= 0 && m_failures >= std::max(settings.maximumAttempts, 1);
}

int Backoff::delay(const ReconnectSettings &settings, int minimum) const
{
    const double base = m_serverDelay >= 0 ? m_serverDelay : settings.initialDelay;
    const double most = std::max(base, double(settings.maximumDelay));
    const double grown = base * std::pow(settings.multiplier, std::max(m_failures - 1, 0));
    const double delay = std::min(grown, most); // also where the power is infinite
    // A Retry-After moves the window up instead of cutting it. Otherwise, where it is a date, all
    // clients of the server would come back in the same instant.
    const double width = settings.jitter * std::max(delay, std::min(double(minimum), most));
    const double longest = std::max(delay, minimum + width);
    const double drawn = longest - width * m_random();
    const double least = m_failures > 0 ? smallestDelayAfterFailure : 0;
    return int(std::max(drawn, least));
}

} // namespace EventSourcePrivate
