// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "typedreceiver_p.h"

#include "eventsourceevent_p.h"
#include "eventsourcelistener_p.h"

#include <QtCore/qmetaobject.h>
#include <QtCore/qpointer.h>

#include <algorithm>
#include <utility>

namespace EventSourcePrivate {

namespace {

// The text where data() was made of it.
QByteArray jsonText(const EventSourceEvent &event)
{
    const EventData *data = EventData::get(event);
    return data && data->payload.format() == Payload::Format::Json ? data->payload.text()
                                                                   : QByteArray();
}

} // namespace

std::vector<TypedMessages::Entry>::iterator TypedMessages::find(const TypePlan *plan)
{
    return std::find_if(m_entries.begin(), m_entries.end(),
                        [&](const Entry &entry) { return entry.plan == plan; });
}

TypedMessages::Entry TypedMessages::read(const EventSourceEvent &event, const TypePlan *plan)
{
    if (EventData::get(event) != EventData::get(m_event)) {
        m_entries.clear();
        m_event = event;
    }
    const auto known = find(plan);
    if (known != m_entries.end())
        return *known;
    // Setters of the application run here. They may do anything, so the entry is added last.
    const QMetaType type = plan->type;
    const std::shared_ptr<void> value(type.create(), [type](void *value) { type.destroy(value); });
    Entry entry {plan, value, readTyped(event.data(), *plan, value.get(), jsonText(event))};
    if (!entry.mismatch.isNull())
        entry.value.reset();
    if (EventData::get(event) == EventData::get(m_event))
        m_entries.push_back(entry);
    return entry;
}

void TypedMessages::noteReport(const EventSourceEvent &event, const TypePlan *plan)
{
    const auto known = find(plan);
    if (known != m_entries.end() && EventData::get(event) == EventData::get(m_event))
        known->isReported = true;
}

void TypedMessages::clear()
{
    m_entries.clear();
    m_event = {};
}

TypedReceiver::TypedReceiver(EventSourceListener *listener, QMetaType type,
                             const QStringList &eventTypes)
    : QObject(listener), m_listener(listener), m_plan(TypePlan::of(type)), m_eventTypes(eventTypes),
      m_messages(ListenerPrivate::get(listener)->typedMessages)
{
    join(ListenerPrivate::get(listener)->consumers);
}

bool TypedReceiver::wants(const QString &type) const
{
    return m_isConnected && (m_eventTypes.isEmpty() || m_eventTypes.contains(type));
}

void TypedReceiver::eventDecoded(const EventSourceEvent &event)
{
    if (!wants(event.type()))
        return;
    const std::shared_ptr<TypedMessages> messages = m_messages;
    const QPointer<TypedReceiver> self(this);
    const TypedMessages::Entry entry = messages->read(event, m_plan);
    if (!self || !m_listener || !wants(event.type()))
        return;
    if (entry.value) {
        Q_EMIT received({entry.value, event});
    } else if (!entry.isReported) {
        messages->noteReport(event, m_plan);
        ListenerPrivate::get(m_listener)->reportMismatch(event, entry.mismatch);
    }
}

void TypedReceiver::sliceDelivered()
{
    m_messages->clear();
}

void TypedReceiver::listenerDestroyed()
{
    m_listener = nullptr;
    join(nullptr);
}

void TypedReceiver::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&TypedReceiver::received))
        m_isConnected = true;
}

// Also when the context is destroyed, in whatever thread.
void TypedReceiver::disconnectNotify(const QMetaMethod &signal)
{
    if (signal.isValid() && signal != QMetaMethod::fromSignal(&TypedReceiver::received))
        return;
    m_isConnected = false;
    deleteLater();
}

} // namespace EventSourcePrivate
