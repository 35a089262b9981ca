// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEEVENT_P_H
#define EVENTSOURCEEVENT_P_H

#include "eventsourceevent.h"

#include "payload/scriptvalues_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qfuture.h>
#include <QtQml/qjsvalue.h>

#include <mutex>

namespace EventSourcePrivate {

// JSON as far as somebody has looked at it.
struct DecodedJson
{
    QJsonValue value = QJsonValue::Undefined;
    QString error; // empty if it is JSON
    bool isComplete = true; // else value is still to be made of the text, which is JSON
};

class EventData : public QSharedData
{
public:
    ~EventData();

    static EventSourceEvent wrap(EventData *d);
    static EventData *get(const EventSourceEvent &event) { return event.d.data(); }

    QJsonValue json() const;
    QVariant variant();

    QString type;
    QByteArray text; // well-formed UTF-8
    QByteArray lastEventId;
    QString origin;
    bool isJson = true;
    mutable DecodedJson decoded;
    QExplicitlySharedDataPointer<ScriptValues> context;

private:
    mutable std::once_flag m_decode; // copies may be read in several threads
    QJSValue m_script; // what the JSON is in the engine, once somebody asked
    bool m_hasScript = false;
};

// Any JSON value. On failure the error says what and at which offset, and the value is undefined.
DecodedJson decodeJson(const QByteArray &text);

// The same, but leaves plain JSON to those who read it.
DecodedJson checkJson(const QByteArray &text);

// From this size on, in bytes, decoding takes longer than the hand-over to another thread is worth;
// it is about a millisecond.
constexpr qsizetype largeTextSize = 128 * 1024;

// One of the two above in another thread.
QFuture<DecodedJson> elsewhere(DecodedJson (*decode)(const QByteArray &), const QByteArray &text);

} // namespace EventSourcePrivate

#endif // EVENTSOURCEEVENT_P_H
