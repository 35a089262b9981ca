// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEEVENT_P_H
#define EVENTSOURCEEVENT_P_H

#include "eventsourceevent.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qfuture.h>
#include <QtCore/qpointer.h>
#include <QtQml/qjsengine.h>
#include <QtQml/qjsvalue.h>

// What turns text into values of one JavaScript engine; shared by all events of a listener.
class ScriptContext : public QSharedData
{
public:
    explicit ScriptContext(QJSEngine *scriptEngine);

    QPointer<QJSEngine> engine;
    QJSValue parseJson;
};

class EventSourceEventPrivate : public QSharedData
{
public:
    ~EventSourceEventPrivate();

    static EventSourceEvent wrap(EventSourceEventPrivate *d);
    static EventSourceEventPrivate *get(const EventSourceEvent &event) { return event.d.data(); }

    QVariant variant();

    QString type;
    QByteArray text; // well-formed UTF-8
    QByteArray lastEventId;
    QString origin;
    QJsonValue json = QJsonValue::Undefined;
    bool isJson = true;
    QExplicitlySharedDataPointer<ScriptContext> context;

private:
    QJSValue m_script; // what json is in the engine, once somebody asked
    bool m_hasScript = false;
};

// UTF-8 to UTF-16 that keeps a leading byte order mark, which is data by now.
QString textFromUtf8(const QByteArray &utf8);

// Any JSON value. On failure the error says what and at which offset, and the value is undefined.
QJsonValue decodeJson(const QByteArray &text, QString *error);

// From this size on, in bytes, decoding takes longer than the hand-over to another thread is worth;
// it is about a millisecond.
constexpr qsizetype largeTextSize = 128 * 1024;

struct DecodedJson
{
    QJsonValue value = QJsonValue::Undefined;
    QString error;
};

// The same in another thread.
QFuture<DecodedJson> decodeJsonElsewhere(const QByteArray &text);

#endif // EVENTSOURCEEVENT_P_H
