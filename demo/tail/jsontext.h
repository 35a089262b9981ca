// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef JSONTEXT_H
#define JSONTEXT_H

#include <EventSource/EventSourceEvent>

#include <QtCore/qstring.h>

// JSON as text.
namespace JsonText {

QString quoted(const QString &text);

// The JSON of an event without the white space between its parts; empty if the event has none.
QString compact(const EventSourceEvent &event);

struct Style
{
    bool indent = false;
    bool colors = false;
};

// Compact JSON, with line breaks and colours on demand.
QString styled(const QString &json, Style style);

} // namespace JsonText

#endif // JSONTEXT_H
