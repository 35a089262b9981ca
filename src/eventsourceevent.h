// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEEVENT_H
#define EVENTSOURCEEVENT_H

#include "eventsourceglobal.h"

#include <QtCore/qjsonvalue.h>
#include <QtCore/qobjectdefs.h>
#include <QtCore/qshareddata.h>
#include <QtCore/qstring.h>
#include <QtCore/qvariant.h>
#include <QtQml/qqmlregistration.h>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace EventSourcePrivate {
class EventData;
}

/// One event of a stream.
class EVENTSOURCE_EXPORT EventSourceEvent
{
    Q_GADGET
    QML_VALUE_TYPE(eventSourceEvent)
    QML_ADDED_IN_VERSION(0, 1)

    Q_PROPERTY(QString type READ type CONSTANT FINAL)
    Q_PROPERTY(QVariant data READ dataVariant CONSTANT FINAL)
    Q_PROPERTY(QString text READ text CONSTANT FINAL)
    Q_PROPERTY(QString lastEventId READ lastEventId CONSTANT FINAL)
    Q_PROPERTY(QString origin READ origin CONSTANT FINAL)

public:
    EventSourceEvent(); ///< has no type, data, id and origin
    EventSourceEvent(const EventSourceEvent &other); ///< shares what the other one holds
    EventSourceEvent(EventSourceEvent &&other) noexcept; ///< moves
    EventSourceEvent &operator=(const EventSourceEvent &other); ///< shares what the other one holds
    EventSourceEvent &operator=(EventSourceEvent &&other) noexcept; ///< moves
    ~EventSourceEvent(); ///< destroys this copy

    void swap(EventSourceEvent &other) noexcept { d.swap(other.d); } ///< never fails

    [[nodiscard]] QString type() const; ///< the name that the server gave to it, or "message"
    [[nodiscard]] QJsonValue data() const; ///< the decoded JSON value, or the text
    [[nodiscard]] QString text() const; ///< the payload as it came
    [[nodiscard]] QString lastEventId() const; ///< the last id up to this event
    [[nodiscard]] QString origin() const; ///< scheme, host and port of the server

    /// Whether both are equal.
    friend EVENTSOURCE_EXPORT bool operator==(const EventSourceEvent &a, const EventSourceEvent &b);
    /// Whether they differ.
    friend bool operator!=(const EventSourceEvent &a, const EventSourceEvent &b)
    {
        return !(a == b);
    }
#ifndef QT_NO_DEBUG_STREAM
    /// For logs: without what may be confidential.
    friend EVENTSOURCE_EXPORT QDebug operator<<(QDebug debug, const EventSourceEvent &event);
#endif

private:
    friend class EventSourcePrivate::EventData;
    friend class EventSourceListener;
    QVariant dataVariant() const;

    QExplicitlySharedDataPointer<EventSourcePrivate::EventData> d;
};

Q_DECLARE_SHARED(EventSourceEvent)
Q_DECLARE_METATYPE(EventSourceEvent)

#endif // EVENTSOURCEEVENT_H
