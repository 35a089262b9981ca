// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/backoff_p.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace EventSourcePrivate {

namespace {

constexpr int smallestServerDelay = 100;
constexpr int largestServerDelay = 60 * 60 * 1000;

// No input of a server makes a client hammer it.
constexpr int smallestDelayAfterFailure = 100;

constexpr int longestStableTime = 10000;

// The value within the bounds; least if it is not a number.
double bounded(double value, double least, double most)
{
    return value > least ? std::min(value, most) : least;
}

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

// A connection that ends sooner than the least delay counts as failed in any case, so that there is
// no request loop where the longest delay is 0.
int Backoff::stableTime(const ReconnectSettings &settings) const
{
    return std::clamp(maximumDelay(settings), smallestDelayAfterFailure, longestStableTime);
}

int Backoff::initialDelay(const ReconnectSettings &settings) const
{
    return std::clamp(m_serverDelay >= 0 ? m_serverDelay : settings.initialDelay, 0, longestDelay);
}

int Backoff::maximumDelay(const ReconnectSettings &settings) const
{
    return std::clamp(settings.maximumDelay, initialDelay(settings), longestDelay);
}

int Backoff::delay(const ReconnectSettings &settings, int minimum) const
{
    const double least = bounded(minimum, 0, longestDelay);
    const double most = maximumDelay(settings);
    const double factor = bounded(settings.multiplier, 1, std::numeric_limits<double>::max());
    // The power may be infinite, and zero times that is no number.
    const double grown = initialDelay(settings) * std::pow(factor, std::max(m_failures - 1, 0));
    const double delay = bounded(grown, 0, most);
    // A Retry-After moves the window up instead of cutting it. Otherwise, where it is a date, all
    // clients of the server would come back in the same instant.
    const double width = bounded(settings.jitter, 0, 1) * std::max(delay, std::min(least, most));
    const double longest = std::max(delay, least + width);
    const double drawn = longest - width * bounded(m_random(), 0, 1);
    const double floor = m_failures > 0 ? smallestDelayAfterFailure : 0;
    return int(bounded(drawn, std::max(floor, least), longestDelay));
}

} // namespace EventSourcePrivate
