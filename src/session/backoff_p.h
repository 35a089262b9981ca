// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef BACKOFF_P_H
#define BACKOFF_P_H

#include <QtCore/qglobal.h>
#include <QtCore/qlist.h>

#include <functional>

namespace EventSourcePrivate {

// What the application asked for; see EventSourceReconnectPolicy.
struct ReconnectSettings
{
    int initialDelay = 1000;
    int maximumDelay = 30000;
    qreal multiplier = 2;
    qreal jitter = 0.5;
    int maximumAttempts = -1;
    bool enabled = true;
    bool retryHttpErrors = true;
    QList<int> retryStatuses = {};
};

// The delays between the attempts of one stream, and how many have failed. Arithmetic only: no timer
// and no network. No setting leads to a delay outside of 0 to longestDelay.
class Backoff
{
public:
    static constexpr int longestDelay = 24 * 60 * 60 * 1000; // ms

    // random gives numbers in [0, 1).
    using Random = std::function<double()>;

    explicit Backoff(Random random);

    // What the server asked for; it replaces the initial delay.
    void setServerDelay(int milliseconds);
    void reset(); // another stream begins

    // How an attempt ended. It succeeded when it brought an event or stayed open for the stable time.
    void succeed() { m_failures = 0; }
    void fail() { ++m_failures; }
    int failures() const { return m_failures; }

    // Milliseconds: a gateway that ends quiet streams now and then is no failure.
    int stableTime(const ReconnectSettings &settings) const;

    bool isExhausted(const ReconnectSettings &settings) const;

    // The longest delay that the settings lead to, in milliseconds. Never below the first one.
    int maximumDelay(const ReconnectSettings &settings) const;

    // Milliseconds until the next attempt; not below minimum (a Retry-After), and spread above it.
    int delay(const ReconnectSettings &settings, int minimum = 0) const;

private:
    int initialDelay(const ReconnectSettings &settings) const;

    Random m_random;
    int m_failures = 0; // in a row
    int m_serverDelay = -1;
};

} // namespace EventSourcePrivate

#endif // BACKOFF_P_H
