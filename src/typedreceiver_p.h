// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TYPEDRECEIVER_P_H
#define TYPEDRECEIVER_P_H

#include "eventconsumer_p.h"
#include "eventsourceevent.h"
#include "payload/typereader_p.h"

#include <QtCore/qobject.h>
#include <QtCore/qstringlist.h>

#include <atomic>
#include <memory>
#include <vector>

class EventSourceListener;

namespace EventSourcePrivate {

// An event as a value of a C++ type. Copies share it, in any thread; nobody changes it.
struct TypedMessage
{
    std::shared_ptr<const void> value;
    EventSourceEvent event;
};

// What the present event of a listener is for the types that its receivers have, each read once.
class TypedMessages
{
public:
    struct Entry
    {
        const TypePlan *plan;
        std::shared_ptr<const void> value; // null after a mismatch
        Mismatch mismatch;
        bool isReported = false; // the mismatch, for all receivers of the type
    };

    Entry read(const EventSourceEvent &event, const TypePlan *plan);
    void noteReport(const EventSourceEvent &event, const TypePlan *plan);
    void clear();

private:
    std::vector<Entry>::iterator find(const TypePlan *plan);

    EventSourceEvent m_event;
    std::vector<Entry> m_entries; // of this event
};

// One call of onMessage(): its signal has one connection, and the receiver is deleted with it.
class TypedReceiver final : public QObject, public EventConsumer
{
    Q_OBJECT

public:
    TypedReceiver(EventSourceListener *listener, QMetaType type, const QStringList &eventTypes);

    bool isEnabled() const override { return m_isConnected; }
    bool wants(const QString &type) const override;
    bool handlesParseErrors() const override { return false; }
    void eventDecoded(const EventSourceEvent &event) override;
    void eventNotDecoded(const EventSourceEvent &, const QString &) override { }
    void sliceDelivered() override;
    void listenerDestroyed() override;

Q_SIGNALS:
    void received(const EventSourcePrivate::TypedMessage &message);

protected:
    void connectNotify(const QMetaMethod &signal) override;
    void disconnectNotify(const QMetaMethod &signal) override;

private:
    EventSourceListener *m_listener;
    const TypePlan *const m_plan;
    const QStringList m_eventTypes;
    const std::shared_ptr<TypedMessages> m_messages;
    std::atomic<bool> m_isConnected = false; // the context may be destroyed in another thread
};

} // namespace EventSourcePrivate

Q_DECLARE_METATYPE(EventSourcePrivate::TypedMessage)

#endif // TYPEDRECEIVER_P_H
