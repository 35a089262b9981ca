// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef JSONLINE_H
#define JSONLINE_H

#include <EventSource/EventSourceEvent>

#include <QtCore/qbytearray.h>

// An event as one line of JSON, including the line end.
namespace JsonLine {

// {"type":…,"id":…,"data":…} with the JSON of the event.
QByteArray withData(const EventSourceEvent &event);
// The same with the event's data as a string.
QByteArray withDataAsText(const EventSourceEvent &event);
// {"type":…,"id":…,"text":…} for data that is not JSON.
QByteArray withText(const EventSourceEvent &event);

} // namespace JsonLine

#endif // JSONLINE_H
