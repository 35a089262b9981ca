// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEEVENT_P_H
#define EVENTSOURCEEVENT_P_H

#include "eventsourceevent.h"

#include "payload/payload_p.h"

#include <QtCore/qbytearray.h>

namespace EventSourcePrivate {

class EventData : public QSharedData
{
public:
    static EventSourceEvent wrap(EventData *data);
    // Type, id and origin of an event, for another payload.
    static EventData *copyWithoutPayload(const EventSourceEvent &event);

    // The same event with data for all engines.
    static EventSourceEvent withoutScripts(const EventSourceEvent &event);

    // Whether its data are for another engine than the one that knows the reader.
    static bool isForeignTo(const QObject *reader, const EventSourceEvent &event);
    static EventData *get(const EventSourceEvent &event) { return event.d.data(); }

    // What QML reads as event.data.
    static QVariant variant(const EventSourceEvent &event) { return event.dataVariant(); }

    QString type;
    QByteArray lastEventId;
    QString origin;
    Payload payload;
};

} // namespace EventSourcePrivate

#endif // EVENTSOURCEEVENT_P_H
