// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcesubscription.h"

#include "eventconsumer_p.h"
#include "eventsourceevent_p.h"
#include "eventsourcelistener_p.h"

#include <QtCore/qmetaobject.h>
#include <QtCore/qpointer.h>
#include <QtCore/qthread.h>
#include <QtQml/qqml.h>

using namespace EventSourcePrivate;

namespace EventSourcePrivate {

class SubscriptionPrivate final : public EventConsumer
{
public:
    explicit SubscriptionPrivate(EventSourceSubscription *subscription) : q(subscription) { }

    bool isEnabled() const override { return enabled; }

    bool wants(const QString &type) const override
    {
        return enabled && (eventTypes.isEmpty() || eventTypes.contains(type));
    }

    bool handlesParseErrors() const override
    {
        static const QMetaMethod signal =
                QMetaMethod::fromSignal(&EventSourceSubscription::parseError);
        return enabled && q->isSignalConnected(signal);
    }

    void eventDecoded(const EventSourceEvent &event) override
    {
        if (!wants(event.type()))
            return;
        if (isForReaders(event))
            deliver(event);
        else
            deliver(EventData::withoutScripts(event));
    }

    void eventNotDecoded(const EventSourceEvent &event, const QString &message) override
    {
        if (wants(event.type()))
            Q_EMIT q->parseError(event, message);
    }

    void sliceDelivered() override
    {
        if (!m_hasNewEvent)
            return;
        m_hasNewEvent = false;
        const QPointer<EventSourceSubscription> self(q);
        Q_EMIT q->lastEventChanged();
        if (self)
            Q_EMIT q->dataChanged();
    }

    void listenerDestroyed() override { q->setListener(nullptr); }

    // An item connects to what a document declares in it, too.
    void noticeConnection(const QMetaMethod &signal)
    {
        if (signal == destroyedSignal() && q->thread() == QThread::currentThread()
            && !qmlContext(q))
            m_engine.noticeConnection();
    }

    // Another engine may read it than the one for which it was delivered.
    const EventSourceEvent &lastEventForReaders()
    {
        m_engine.find(q->isSignalConnected(destroyedSignal()));
        if (!isForReaders(lastEvent))
            lastEvent = EventData::withoutScripts(lastEvent);
        return lastEvent;
    }

    EventSourceSubscription *const q;
    EventSourceListener *listener = nullptr;
    QStringList eventTypes;
    EventSourceEvent lastEvent;
    bool enabled = true;

private:
    static QMetaMethod destroyedSignal() { return QMetaMethod::fromSignal(&QObject::destroyed); }

    // The listener may be known to another engine than the subscription, and that to several.
    bool isForReaders(const EventSourceEvent &event) const
    {
        return !m_engine.areSeveral() && !EventData::isForeignTo(q, event);
    }

    void deliver(const EventSourceEvent &event)
    {
        lastEvent = event;
        m_hasNewEvent = true;
        Q_EMIT q->message(event);
    }

    EngineFinder m_engine {q};
    bool m_hasNewEvent = false;
};

} // namespace EventSourcePrivate

/*!
    \class EventSourceSubscription
    \inheaderfile EventSource/EventSourceSubscription
    \inmodule EventSource
    \since EventSource 0.1
    \brief One of several consumers of a listener's stream.

//! [description]
    Many parts of an application can use one connection: each has a subscription to the listener, and
    gets the events of the types that it names. An event is parsed once and converted at most once,
    however many subscriptions read it.

    \qml
    EventSourceSubscription {
        listener: App.events
        eventTypes: ["alert"]
        onMessage: event => alerts.append(event.data)
    }
    \endqml

    The receivers of the listener's own signals come first, then the subscriptions in the order of
    their creation. The listener's own filter, EventSourceListener::eventTypes, applies before. While
    there are subscriptions and the listener's own message, data and lastEvent have no receiver,
    events of types that no subscription wants are dropped before they are decoded.

    A subscription may be changed, disabled, created or deleted in any handler. One that was created
    while an event is delivered gets the next one first. A handler that stops or restarts the listener
    stops the event for the subscriptions that follow.

    A listener that is destroyed leaves its subscriptions without one. Subscription and listener
    belong to the same thread. In another QML engine than that of the listener a subscription reads
    values of its own, converted at each read. So does each of several engines that show a
    subscription made in C++.
//! [description]
*/

/*!
    \fn void EventSourceSubscription::message(const EventSourceEvent &event)
//! [message-signal]
    An \a event of one of the wanted types arrived.

    \sa data, parseError()
//! [message-signal]
*/

/*!
    \fn void EventSourceSubscription::parseError(const EventSourceEvent &event, const QString &message)
//! [parseError-signal]
    The data of an \a event of one of the wanted types are not JSON; \a message says why.

    \sa EventSourceListener::parseError()
//! [parseError-signal]
*/

/*!
    Makes a subscription without a listener, with \a parent.
*/
EventSourceSubscription::EventSourceSubscription(QObject *parent)
    : QObject(parent), d(std::make_unique<SubscriptionPrivate>(this))
{
}

/*!
    Makes a subscription to \a listener with \a parent.
*/
EventSourceSubscription::EventSourceSubscription(EventSourceListener *listener, QObject *parent)
    : EventSourceSubscription(parent)
{
    setListener(listener);
}

/*!
    Leaves the listener. The subscription may be deleted in any handler.
*/
EventSourceSubscription::~EventSourceSubscription() = default;

/*!
    \property EventSourceSubscription::listener
//! [listener]
    Whose events these are; null by default, and again when the listener is destroyed.

    \sa enabled
//! [listener]
*/
EventSourceListener *EventSourceSubscription::listener() const
{
    return d->listener;
}

void EventSourceSubscription::setListener(EventSourceListener *listener)
{
    if (d->listener == listener)
        return;
    d->listener = listener;
    // A disabled subscription is one of them, too: the listener reports its end to them.
    d->join(listener ? ListenerPrivate::get(listener)->consumers : nullptr);
    const QPointer<EventSourceSubscription> self(this);
    d->sliceDelivered(); // of the former listener, which does not report it any more
    if (self)
        Q_EMIT listenerChanged();
}

/*!
    \property EventSourceSubscription::eventTypes
//! [eventTypes]
    The types of events that are wanted; empty (default) for all.

    \sa EventSourceListener::eventTypes
//! [eventTypes]
*/
QStringList EventSourceSubscription::eventTypes() const
{
    return d->eventTypes;
}

void EventSourceSubscription::setEventTypes(const QStringList &types)
{
    if (d->eventTypes == types)
        return;
    d->eventTypes = types;
    Q_EMIT eventTypesChanged();
}

/*!
    \property EventSourceSubscription::enabled
//! [enabled]
    Whether events are delivered; true by default.

    A subscription that is disabled does not count as a consumer.

    \sa eventTypes
//! [enabled]
*/
bool EventSourceSubscription::isEnabled() const
{
    return d->enabled;
}

void EventSourceSubscription::setEnabled(bool enabled)
{
    if (d->enabled == enabled)
        return;
    d->enabled = enabled;
    Q_EMIT enabledChanged();
}

/*!
    \property EventSourceSubscription::data
//! [data]
    The payload of the last message of this subscription; undefined before the first.

    However many messages arrive in one slice, the change is notified once.

    \sa lastEvent, message()
//! [data]
*/

/*!
    \fn QJsonValue EventSourceSubscription::data() const
    Returns the data as a JSON value. In QML they are a JavaScript value.
*/
QJsonValue EventSourceSubscription::data() const
{
    return d->lastEvent.data();
}

QVariant EventSourceSubscription::dataVariant() const
{
    return EventData::variant(d->lastEventForReaders());
}

/*!
    \property EventSourceSubscription::lastEvent
//! [lastEvent]
    The last message of this subscription. Notified like data.

    \sa data
//! [lastEvent]
*/
EventSourceEvent EventSourceSubscription::lastEvent() const
{
    return d->lastEventForReaders();
}

void EventSourceSubscription::connectNotify(const QMetaMethod &signal)
{
    d->noticeConnection(signal);
}
