// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "deliveryscheduler_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qcoreevent.h>
#include <QtCore/qthreadstorage.h>

#include <algorithm>
#include <chrono>

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

void DeliveryScheduler::schedule(Client *client)
{
    if (!m_waiting.contains(client))
        m_waiting.append(client);
    post();
}

void DeliveryScheduler::remove(Client *client)
{
    m_waiting.removeOne(client);
}

// An event that is posted while others are delivered waits for the next turn of the loop, after
// sockets and timers: that is the yield.
void DeliveryScheduler::post()
{
    if (m_posted)
        return;
    m_posted = true;
    QCoreApplication::postEvent(this, new QEvent(turnEvent));
}

bool DeliveryScheduler::event(QEvent *event)
{
    if (event->type() != turnEvent)
        return QObject::event(event);
    m_posted = false;
    runTurn();
    return true;
}

// Handlers may run nested event loops and so come here again, and any client may leave meanwhile:
// nothing is remembered over a call but the end of the turn.
void DeliveryScheduler::runTurn()
{
    const QDeadlineTimer turnEnd(turnBudget, Qt::PreciseTimer);
    while (!m_waiting.isEmpty()) {
        const auto left = turnEnd.remainingTimeAsDuration();
        if (left <= 0ns) {
            post();
            return;
        }
        const auto slice =
                std::max(std::chrono::nanoseconds(turnBudget / m_waiting.size()), smallestSlice);
        Client *client = m_waiting.takeFirst();
        if (client->deliver(QDeadlineTimer(std::min(slice, left), Qt::PreciseTimer)))
            schedule(client);
    }
}
