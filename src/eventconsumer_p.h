// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTCONSUMER_P_H
#define EVENTCONSUMER_P_H

#include "eventsourceevent.h"

#include <QtCore/qstring.h>

#include <memory>
#include <vector>

namespace EventSourcePrivate {

class EventConsumers;

// Who gets the events of a listener beside its own signals. It may do anything in each of these, as
// any handler may.
class EventConsumer
{
public:
    EventConsumer();
    Q_DISABLE_COPY_MOVE(EventConsumer)

    // To be one of the consumers of a listener, and of no other; of none if it is null.
    void join(std::shared_ptr<EventConsumers> consumers);

    // Consumers get events in the order of their creation.
    quint64 number() const { return m_number; }

    virtual bool isEnabled() const = 0;
    virtual bool wants(const QString &type) const = 0;
    virtual bool handlesParseErrors() const = 0;
    virtual void eventDecoded(const EventSourceEvent &event) = 0;
    virtual void eventNotDecoded(const EventSourceEvent &event, const QString &message) = 0;
    virtual void sliceDelivered() = 0; // some events, or the last ones
    virtual void urlChanged() { } // what follows belongs to another stream
    virtual void listenerDestroyed() = 0;

protected:
    ~EventConsumer();

private:
    quint64 m_number;
    std::shared_ptr<EventConsumers> m_consumers;
};

// The consumers of one listener. They may be added, removed and destroyed while they are called;
// those that are added meanwhile are not called in the same turn.
class EventConsumers
{
public:
    void add(EventConsumer *consumer);
    void remove(EventConsumer *consumer);

    bool isEmpty() const { return m_consumers.empty(); }
    bool isAnyEnabled() const;
    bool want(const QString &type) const;
    bool handleParseErrors() const;

    // Calls each consumer until the call says that it was the last one: isOver() is asked after each.
    // The object itself may be destroyed in a call.
    template <typename Call, typename IsOver>
    static void forEach(const std::shared_ptr<EventConsumers> &consumers, Call call, IsOver isOver)
    {
        const std::shared_ptr<EventConsumers> self = consumers;
        const quint64 newest = self->m_consumers.empty() ? 0 : self->m_consumers.back()->number();
        quint64 number = 0; // of the last one called
        while (EventConsumer *next = self->after(number)) {
            number = next->number();
            if (number > newest)
                break;
            call(next);
            if (isOver())
                break;
        }
    }

private:
    EventConsumer *after(quint64 number) const;

    std::vector<EventConsumer *> m_consumers; // by number
};

} // namespace EventSourcePrivate

#endif // EVENTCONSUMER_P_H
