// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef DELIVERYSCHEDULER_P_H
#define DELIVERYSCHEDULER_P_H

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qlist.h>
#include <QtCore/qobject.h>

#include <chrono>
#include <memory>

namespace EventSourcePrivate {

// Shares the time of one thread among its streams. In each turn of the event loop they deliver for
// at most 8 ms together, round robin; then input, timers and animation have their turn. A budget
// for each would add up.
class DeliveryScheduler : public QObject
{
public:
    class Client
    {
    public:
        virtual ~Client() = default;

        // Works until the deadline or until nothing is left. Returns whether something is left.
        virtual bool deliver(const QDeadlineTimer &deadline) = 0;
    };
    using ClientPointer = std::shared_ptr<Client>;

    // The one of the present thread.
    static DeliveryScheduler &instance();

    // In a turn of its own, soon.
    void schedule(const ClientPointer &client);

    // At once, if nobody waits and this turn of the loop has time left; otherwise soon.
    void deliver(const ClientPointer &client);

protected:
    bool event(QEvent *event) override;

private:
    void post();
    void runTurn();
    void runSlice(const ClientPointer &client, std::chrono::nanoseconds time);

    QList<ClientPointer> m_waiting;
    std::chrono::nanoseconds m_used {0}; // of this turn's time
    bool m_posted = false;
};

} // namespace EventSourcePrivate

#endif // DELIVERYSCHEDULER_P_H
