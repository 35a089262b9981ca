// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/deliveryscheduler_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qcoreevent.h>
#include <QtCore/qthreadstorage.h>

#include <algorithm>
#include <chrono>

namespace EventSourcePrivate {

using namespace std::chrono_literals;

namespace {

// Half a frame at 60 Hz: what remains is for the application and for drawing.
constexpr std::chrono::nanoseconds turnBudget = 8ms;
constexpr std::chrono::nanoseconds smallestSlice = 500us;

const auto turnEvent = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

DeliveryScheduler &DeliveryScheduler::instance()
{
    static QThreadStorage<DeliveryScheduler *> schedulers;
    if (!schedulers.hasLocalData())
        schedulers.setLocalData(new DeliveryScheduler);
    return *schedulers.localData();
}

void DeliveryScheduler::schedule(const ClientPointer &client)
{
    if (!m_waiting.contains(client))
        m_waiting.append(client);
    post();
}

// Bytes that have just come need not wait for another turn of the loop, which costs more than most
// events do. When a part of the time is used, an event that begins the next turn is posted.
void DeliveryScheduler::deliver(const ClientPointer &client)
{
    const auto left = turnBudget - m_used;
    if (m_waiting.isEmpty() && left >= smallestSlice)
        runSlice(client, left);
    else
        schedule(client);
    if (m_used >= turnBudget / 4)
        post();
}

// An event that is posted while others are delivered waits for the next turn of the loop, after
// sockets and timers: that is the yield. It is posted when a turn begins, and what others post during
// the turn, such as input, goes before it because of its low priority.
void DeliveryScheduler::post()
{
    if (m_posted)
        return;
    m_posted = true;
    QCoreApplication::postEvent(this, new QEvent(turnEvent), Qt::LowEventPriority);
}

bool DeliveryScheduler::event(QEvent *event)
{
    if (event->type() != turnEvent)
        return QObject::event(event);
    m_posted = false;
    m_used = 0ns;
    runTurn();
    return true;
}

void DeliveryScheduler::runTurn()
{
    while (!m_waiting.isEmpty()) {
        const auto left = turnBudget - m_used;
        if (left <= 0ns)
            break;
        const auto slice =
                std::max(std::chrono::nanoseconds(turnBudget / m_waiting.size()), smallestSlice);
        runSlice(m_waiting.takeFirst(), std::min(slice, left));
    }
    if (!m_waiting.isEmpty() || m_used >= turnBudget / 4)
        post();
}

// Handlers may run nested event loops and so come here again, and drop any client meanwhile: nothing
// is remembered over a call but the client that is called and when it began.
void DeliveryScheduler::runSlice(const ClientPointer &client, std::chrono::nanoseconds time)
{
    const auto begin = std::chrono::steady_clock::now();
    // While a handler runs an event loop, the others continue in its turns.
    if (!m_waiting.isEmpty())
        post();
    if (client->deliver(QDeadlineTimer(time, Qt::PreciseTimer)))
        schedule(client);
    m_used += std::chrono::steady_clock::now() - begin;
}

} // namespace EventSourcePrivate
