// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourceevent.h"
#include "eventsourceevent_p.h"

#include "format/utf8_p.h"

#include <QtCore/qdebug.h>

using namespace EventSourcePrivate;

EventSourceEvent EventData::wrap(EventData *data)
{
    EventSourceEvent event;
    event.d = data;
    return event;
}

EventData *EventData::copyWithoutPayload(const EventSourceEvent &event)
{
    auto *copy = new EventData;
    if (const EventData *data = get(event)) {
        copy->type = data->type;
        copy->lastEventId = data->lastEventId;
        copy->origin = data->origin;
    }
    return copy;
}

EventSourceEvent EventData::withoutScripts(const EventSourceEvent &event)
{
    const EventData *data = get(event);
    if (!data || !data->payload.isForScripts())
        return event;
    EventData *copy = copyWithoutPayload(event);
    EventSourceEvent result = wrap(copy);
    copy->payload.set(data->payload.text(), data->payload.format(), nullptr);
    copy->payload.setCheckResult({{QJsonValue::Undefined, data->payload.error()}, false});
    return result;
}

bool EventData::isForeignTo(const QObject *reader, const EventSourceEvent &event)
{
    const EventData *data = get(event);
    return data && data->payload.isForeignTo(reader);
}

/*!
    \class EventSourceEvent
    \inheaderfile EventSource/EventSourceEvent
    \inmodule EventSource
    \since EventSource 0.1
    \brief One event of a stream.

//! [description]
    A value: copies are cheap and share what they hold.
//! [description]
    In QML it is the value type \l eventSourceEvent.

    \sa EventSourceListener::message()
*/

/*!
    Makes an event without type, data, id and origin.
*/
EventSourceEvent::EventSourceEvent() = default;

/*!
    Makes a copy of \a other, which shares what it holds.
*/
EventSourceEvent::EventSourceEvent(const EventSourceEvent &other) = default;

/*!
    Moves \a other to a new event.
*/
EventSourceEvent::EventSourceEvent(EventSourceEvent &&other) noexcept = default;

/*!
    Makes this event a copy of \a other.
*/
EventSourceEvent &EventSourceEvent::operator=(const EventSourceEvent &other) = default;

/*!
    Moves \a other to this event.
*/
EventSourceEvent &EventSourceEvent::operator=(EventSourceEvent &&other) noexcept = default;

/*!
    Destroys this copy of the event.
*/
EventSourceEvent::~EventSourceEvent() = default;

/*!
    \property EventSourceEvent::type
//! [type]
    The name that the server gave to the event; "message" if it gave none.

    \sa EventSourceListener::eventTypes
//! [type]
*/
QString EventSourceEvent::type() const
{
    return d ? d->type : QString();
}

/*!
    \property EventSourceEvent::data
//! [data]
    The payload: the decoded JSON value, or the text where the listener's format is
    EventSourceListener::Text. Undefined for an event with empty text and where decoding failed.

    In QML it becomes a JavaScript value when it is first read, and stays the same value then:
    \c{event.data === event.data}. All its readers share this one object: the handlers and bindings
    of an engine, \c{EventSourceListener.data} and all copies of the event. What one of them changes
    in the object is changed for the others, so a reader that wants to change it makes a copy first.
    (A listener that several QML engines show converts at each read; see EventSourceListener.)

    Numbers in QML are doubles, as with \c{JSON.parse()}: an integer above 2\sup{53} loses its last
    digits. \l text has them all, and in C++ QJsonValue::toInteger() has those of
    64-bit integers. A server that has such ids
    should send them as strings.

    \sa text
//! [data]

    In C++ the text may be decoded when it is first read, too: that is so for a listener that has a
    QML engine. Copies may be read and destroyed in several threads at once, also while the engine is
    deleted; without the engine, or in another thread, \c data in scripts is a new value at each read.
*/

/*!
    \fn QJsonValue EventSourceEvent::data() const
    Returns the data as a JSON value.
*/
QJsonValue EventSourceEvent::data() const
{
    return d ? d->payload.value() : QJsonValue(QJsonValue::Undefined);
}

QVariant EventSourceEvent::dataVariant() const
{
    return d ? d->payload.variant() : QVariant();
}

/*!
    \property EventSourceEvent::text
//! [text]
    The payload as it came, lines joined with LF; also the digits of large numbers.

    \sa data
//! [text]
*/
QString EventSourceEvent::text() const
{
    return d ? textFromUtf8(d->payload.text()) : QString();
}

/*!
    \property EventSourceEvent::lastEventId
//! [lastEventId]
    The id of the last event that had one, up to and including this one.

    \sa EventSourceListener::lastEventId
//! [lastEventId]
*/
QString EventSourceEvent::lastEventId() const
{
    return d ? textFromUtf8(d->lastEventId) : QString();
}

/*!
    \property EventSourceEvent::origin
//! [origin]
    Scheme, host and port of the server that the stream came from, after redirects.

    \sa EventSourceListener::url
//! [origin]
*/
QString EventSourceEvent::origin() const
{
    return d ? d->origin : QString();
}

/*!
    \fn void EventSourceEvent::swap(EventSourceEvent &other)
    Swaps this event with \a other. Never fails.
*/

/*!
    \fn bool EventSourceEvent::operator!=(const EventSourceEvent &a, const EventSourceEvent &b)
    Returns whether \a a and \a b are different events.
*/

/*!
    \fn bool EventSourceEvent::operator==(const EventSourceEvent &a, const EventSourceEvent &b)
    Returns whether \a a and \a b are the same event: type, text, id, origin, and how the text is read.
*/
bool operator==(const EventSourceEvent &a, const EventSourceEvent &b)
{
    if (a.d == b.d)
        return true;
    if (!a.d || !b.d)
        return false;
    return a.d->type == b.d->type && a.d->lastEventId == b.d->lastEventId
            && a.d->origin == b.d->origin && a.d->payload.format() == b.d->payload.format()
            && a.d->payload.text() == b.d->payload.text();
}

#ifndef QT_NO_DEBUG_STREAM
/*!
    \fn QDebug EventSourceEvent::operator<<(QDebug debug, const EventSourceEvent &event)
    Writes the type, the id, the origin and the size of \a event. The text may be confidential and is
    left out. Returns \a debug.
*/
QDebug operator<<(QDebug debug, const EventSourceEvent &event)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << "EventSourceEvent(" << event.type() << ", id " << event.lastEventId() << ", "
                    << (event.d ? event.d->payload.text().size() : 0) << " bytes from "
                    << event.origin() << ')';
    return debug;
}
#endif
