// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef JSONPATH_P_H
#define JSONPATH_P_H

#include "payload/jsonnumber_p.h"
#include "payload/typeplan_p.h"

#include <QtCore/qjsonvalue.h>
#include <QtCore/qstring.h>

#include <vector>

namespace EventSourcePrivate {

// Where a value is in its JSON text. One lives on the stack for each level, and refers to the one
// above it; a text is made only of a mismatch.
class JsonPath
{
public:
    enum Keys { ShowKeys, HideKeys };

    JsonPath() = default;
    JsonPath(const JsonPath &parent, const TypePlan::Field &field)
        : m_parent(&parent), m_field(&field)
    {
    }
    JsonPath(const JsonPath &parent, const QString &key) : m_parent(&parent), m_key(&key) { }
    JsonPath(const JsonPath &parent, qsizetype index) : m_parent(&parent), m_index(index) { }
    Q_DISABLE_COPY_MOVE(JsonPath)

    // The property that the value is for, or that it is a part of.
    const TypePlan::Field *field() const;
    std::vector<JsonStep> steps() const;

    // "$.steps[2].status". Keys of a map are data of the payload, names of fields are not.
    QString toString(Keys keys = ShowKeys) const;

private:
    QString lastStep(Keys keys) const;

    const JsonPath *m_parent = nullptr;
    const TypePlan::Field *m_field = nullptr;
    const QString *m_key = nullptr;
    qsizetype m_index = 0;
};

// "a number"
QString kindForMessage(const QJsonValue &value);
// "300", or the beginning of a string. The number is as the text has it, or empty if that is unknown.
QString quotedForMessage(const QJsonValue &value, QByteArrayView number);

} // namespace EventSourcePrivate

#endif // JSONPATH_P_H
