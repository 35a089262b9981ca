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

namespace EventSourcePrivate {
class EventData;
}

// One event of a stream.
class EVENTSOURCE_EXPORT EventSourceEvent
{
    Q_GADGET
    QML_VALUE_TYPE(eventSourceEvent)

    Q_PROPERTY(QString type READ type CONSTANT FINAL)
    Q_PROPERTY(QVariant data READ dataVariant CONSTANT FINAL)
    Q_PROPERTY(QString text READ text CONSTANT FINAL)
    Q_PROPERTY(QString lastEventId READ lastEventId CONSTANT FINAL)
    Q_PROPERTY(QString origin READ origin CONSTANT FINAL)

public:
    EventSourceEvent();
    EventSourceEvent(const EventSourceEvent &other);
    EventSourceEvent(EventSourceEvent &&other) noexcept;
    EventSourceEvent &operator=(const EventSourceEvent &other);
    EventSourceEvent &operator=(EventSourceEvent &&other) noexcept;
    ~EventSourceEvent();

    QString type() const;
    QJsonValue data() const;
    QString text() const;
    QString lastEventId() const;
    QString origin() const;

private:
    friend class EventSourcePrivate::EventData;
    friend class EventSourceListener;
    QVariant dataVariant() const;

    QExplicitlySharedDataPointer<EventSourcePrivate::EventData> d;
};

Q_DECLARE_METATYPE(EventSourceEvent)

#endif // EVENTSOURCEEVENT_H
