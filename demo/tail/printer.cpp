// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "printer.h"

#include "color.h"
#include "console.h"

#include <QtCore/qdatetime.h>

#include <cstdio>

using namespace Qt::StringLiterals;

Printer::Printer(const Options &options)
    : m_options(options), m_isTerminal(isTerminal(stdout)), m_id(options.lastEventId)
{
    m_style.colors = hasColors(options.color, stdout);
    // Whatever reads a pipe or a file expects one line per event.
    m_style.indent = options.pretty && m_isTerminal;
}

QByteArray Printer::head(const QVariantMap &headers) const
{
    // Only 200 opens a stream. What the server calls it is not known.
    QString out = u"HTTP 200\n"_s;
    for (auto header = headers.begin(); header != headers.end(); ++header)
        out += field(header.key(), header.value().toString());
    return (out + u'\n').toUtf8();
}

QByteArray Printer::event(const EventSourceEvent &event)
{
    if (m_options.output == Options::RawOutput)
        return fields(event);
    if (m_options.output == Options::DataOutput) {
        return data(m_options.text ? shown(event.text())
                                   : JsonText::styled(JsonText::compact(event), m_style));
    }
    return json(event, "data"_L1,
                m_options.text ? JsonText::quoted(event.text()) : JsonText::compact(event));
}

QByteArray Printer::undecodable(const EventSourceEvent &event)
{
    if (m_options.output == Options::DataOutput)
        return data(shown(event.text()));
    return json(event, "text"_L1, JsonText::quoted(event.text()));
}

// value: the JSON after the key; if it is empty, key and value are omitted.
QByteArray Printer::json(const EventSourceEvent &event, QLatin1String key,
                         const QString &value) const
{
    QString out = u"{"_s;
    if (m_options.timestamps)
        out += "\"time\":\""_L1 + time() + "\","_L1;
    out += "\"type\":"_L1 + JsonText::quoted(event.type()) + ",\"id\":"_L1
            + JsonText::quoted(event.lastEventId());
    if (!value.isEmpty())
        out += ",\""_L1 + key + "\":"_L1 + value;
    return JsonText::styled(out + u'}', m_style).toUtf8() + '\n';
}

QByteArray Printer::data(const QString &text) const
{
    return (m_options.timestamps ? time() + u' ' + text : text).toUtf8() + '\n';
}

// The event as a server could have sent it.
QByteArray Printer::fields(const EventSourceEvent &event)
{
    QString out;
    if (m_options.timestamps)
        out += field({}, time()); // a comment
    if (event.lastEventId() != m_id)
        out += field(u"id"_s, event.lastEventId());
    m_id = event.lastEventId();
    if (event.type() != "message"_L1)
        out += field(u"event"_s, event.type());
    const QStringList lines = event.text().split(u'\n');
    for (const QString &line : lines)
        out += field(u"data"_s, line);
    return (out + u'\n').toUtf8();
}

QString Printer::field(const QString &name, const QString &value) const
{
    const QString start = m_style.colors && !name.isEmpty() ? colored(name, Color::Name) : name;
    return start + ": "_L1 + shown(value) + u'\n';
}

QString Printer::time() const
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

// A file or another program gets the text as it is. A terminal must not be controlled by it.
QString Printer::shown(const QString &text) const
{
    return m_isTerminal ? withoutControls(text) : text;
}
