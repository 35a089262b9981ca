// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventconsumer_p.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace EventSourcePrivate {

namespace {

bool isBefore(const EventConsumer *consumer, quint64 number)
{
    return consumer->number() < number;
}

} // namespace

EventConsumer::EventConsumer()
{
    static std::atomic<quint64> count = 0;
    m_number = ++count;
}

EventConsumer::~EventConsumer()
{
    join(nullptr);
}

void EventConsumer::join(std::shared_ptr<EventConsumers> consumers)
{
    if (const auto former = std::exchange(m_consumers, std::move(consumers)))
        former->remove(this);
    if (m_consumers)
        m_consumers->add(this);
}

void EventConsumers::add(EventConsumer *consumer)
{
    m_consumers.insert(
            std::lower_bound(m_consumers.begin(), m_consumers.end(), consumer->number(), isBefore),
            consumer);
}

void EventConsumers::remove(EventConsumer *consumer)
{
    m_consumers.erase(std::remove(m_consumers.begin(), m_consumers.end(), consumer),
                      m_consumers.end());
}

bool EventConsumers::isAnyEnabled() const
{
    return std::any_of(m_consumers.begin(), m_consumers.end(),
                       [](const EventConsumer *consumer) { return consumer->isEnabled(); });
}

bool EventConsumers::want(const QString &type) const
{
    return std::any_of(m_consumers.begin(), m_consumers.end(),
                       [&](const EventConsumer *consumer) { return consumer->wants(type); });
}

bool EventConsumers::handleParseErrors() const
{
    return std::any_of(m_consumers.begin(), m_consumers.end(), [](const EventConsumer *consumer) {
        return consumer->handlesParseErrors();
    });
}

EventConsumer *EventConsumers::after(quint64 number) const
{
    const auto next =
            std::lower_bound(m_consumers.begin(), m_consumers.end(), number + 1, isBefore);
    return next == m_consumers.end() ? nullptr : *next;
}

} // namespace EventSourcePrivate
