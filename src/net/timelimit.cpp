// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/timelimit_p.h"

#include <QtCore/qmetaobject.h>

#include <algorithm>

namespace EventSourcePrivate {

namespace {

constexpr int ticksPerLimit = 8;
constexpr int longestTick = 1000;

} // namespace

TimeLimit::TimeLimit()
{
    m_tick.setSingleShot(true);
    connect(&m_tick, &QTimer::timeout, this, &TimeLimit::tick);
}

void TimeLimit::start(int milliseconds)
{
    stop();
    m_limit = milliseconds;
    m_waited = 0;
    m_wasRenewed = false;
    if (milliseconds > 0)
        startTick();
}

void TimeLimit::stop()
{
    m_tick.stop();
    m_isLastTurn = false;
}

void TimeLimit::startTick()
{
    const int tick = std::clamp(m_limit / ticksPerLimit, 1, longestTick);
    m_tick.start(std::clamp(m_limit - m_waited, 1, tick));
    m_sinceTick.start();
}

void TimeLimit::tick()
{
    const qint64 most = 2 * m_tick.interval();
    m_waited = m_wasRenewed ? 0 : m_waited + int(std::min(m_sinceTick.elapsed(), most));
    m_wasRenewed = false;
    if (m_waited < m_limit) {
        startTick();
        return;
    }
    // What was waited for may stand behind this very event.
    m_isLastTurn = true;
    QMetaObject::invokeMethod(this, &TimeLimit::pass, Qt::QueuedConnection);
}

void TimeLimit::pass()
{
    if (!m_isLastTurn)
        return;
    m_isLastTurn = false;
    if (m_wasRenewed)
        start(m_limit);
    else
        Q_EMIT passed();
}

} // namespace EventSourcePrivate
