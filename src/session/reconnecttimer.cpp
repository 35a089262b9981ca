// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/reconnecttimer_p.h"

#include "net/reachability_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qcoreevent.h>
#include <QtCore/qurl.h>

#include <algorithm>

namespace EventSourcePrivate {

namespace {

constexpr int countdownInterval = 1000;

const auto soonEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

ReconnectTimer::ReconnectTimer(QObject *parent) : QObject(parent)
{
    m_delay.setSingleShot(true);
    m_delay.setTimerType(Qt::PreciseTimer);
    connect(&m_delay, &QTimer::timeout, this, &ReconnectTimer::due);
    m_countdown.setInterval(countdownInterval);
    connect(&m_countdown, &QTimer::timeout, this, &ReconnectTimer::remainingChanged);
}

void ReconnectTimer::startSoon()
{
    stop();
    m_isSoon = true;
    QCoreApplication::postEvent(this, new QEvent(soonEvent));
}

void ReconnectTimer::startAfter(int milliseconds, int offlineDelay, const QUrl &url)
{
    const Reachability *reachability = Reachability::existing();
    const bool isOffline = reachability && !reachability->isInReach(url);
    start(isOffline ? std::max(milliseconds, offlineDelay) : milliseconds);
}

void ReconnectTimer::start(int milliseconds)
{
    stop();
    watchNetwork();
    m_end.setRemainingTime(milliseconds, Qt::PreciseTimer);
    m_delay.start(milliseconds);
    m_countdown.start();
}

void ReconnectTimer::startOnChange(int earliest)
{
    stop();
    m_waitsForChange = true;
    m_earliestChange.setRemainingTime(earliest);
}

bool ReconnectTimer::noticeChange()
{
    if (!m_waitsForChange)
        return false;
    const int left = int(m_earliestChange.remainingTime());
    if (left > 0)
        start(left);
    else
        startSoon();
    return true;
}

void ReconnectTimer::stop()
{
    m_isSoon = m_waitsForChange = false;
    m_delay.stop();
    m_countdown.stop();
    disconnect(m_networkReturn);
}

int ReconnectTimer::remaining() const
{
    return m_delay.isActive() ? int(m_end.remainingTime()) : -1;
}

bool ReconnectTimer::event(QEvent *event)
{
    if (event->type() != soonEvent)
        return QObject::event(event);
    if (m_isSoon)
        Q_EMIT due();
    return true;
}

void ReconnectTimer::watchNetwork()
{
    const Reachability *reachability = Reachability::existing();
    if (!reachability)
        return;
    m_networkReturn =
            connect(reachability, &Reachability::onlineChanged, this, [this, reachability] {
                // The signal may come from another thread, and late.
                if (m_networkReturn && reachability->isOnline())
                    Q_EMIT due();
            });
}

} // namespace EventSourcePrivate
