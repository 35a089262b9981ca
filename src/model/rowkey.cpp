// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "model/rowkey_p.h"

#include <QtCore/qjsonobject.h>

#include <cstring>

namespace EventSourcePrivate {

FieldPath::FieldPath(const QString &path) : m_path(path)
{
    if (path.contains(u'.'))
        m_steps = path.split(u'.');
}

QJsonValue FieldPath::in(const QJsonValue &value) const
{
    if (!value.isObject())
        return QJsonValue::Undefined;
    QJsonValue found = value.toObject().value(m_path);
    if (!found.isUndefined() || m_steps.isEmpty())
        return found;
    found = value;
    for (const QString &step : m_steps) {
        if (!found.isObject())
            return QJsonValue::Undefined;
        found = found.toObject().value(step);
    }
    return found;
}

RowKey::RowKey(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        m_kind = Kind::Boolean;
        m_number = value.toBool();
        break;
    case QJsonValue::Double:
        // 7 and 7.0 are the same; the digits of a 64-bit integer count, of which a double has not
        // all. The default value is returned for what is not an integer.
        m_number = value.toInteger(0);
        if (m_number != 0 || value.toInteger(1) == 0) {
            m_kind = Kind::Integer;
        } else {
            m_kind = Kind::Double;
            const double number = value.toDouble();
            static_assert(sizeof number == sizeof m_number);
            std::memcpy(&m_number, &number, sizeof number);
        }
        break;
    case QJsonValue::String:
        m_kind = Kind::String;
        m_text = value.toString();
        break;
    default:
        break;
    }
}

} // namespace EventSourcePrivate
