// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/jsonpath_p.h"

#include <QtCore/qlocale.h>

#include <algorithm>
#include <cmath>

namespace EventSourcePrivate {

namespace {

// A payload may have long texts, and many levels.
constexpr qsizetype maximumTextSize = 40;
constexpr qsizetype maximumPathSize = 200;

bool isIdentifier(const QString &name)
{
    const auto isLetter = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_' || c == u'$';
    };
    return !name.isEmpty() && isLetter(name.front()) && name.size() <= maximumTextSize
            && std::all_of(name.begin(), name.end(),
                           [&](QChar c) { return isLetter(c) || (c >= u'0' && c <= u'9'); });
}

// On one line, and never long.
QString quoted(const QString &text)
{
    QString result(u'"');
    qsizetype end = std::min(text.size(), maximumTextSize);
    if (end < text.size() && text.at(end - 1).isHighSurrogate())
        --end;
    for (const QChar c : QStringView(text).first(end)) {
        if (c == u'"' || c == u'\\')
            result += u'\\';
        if (c.isPrint() || c.isSurrogate())
            result += c;
        else
            result += QStringLiteral("\\u%1").arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
    }
    if (end < text.size())
        result += u'…';
    return result + u'"';
}

} // namespace

const TypePlan::Field *JsonPath::field() const
{
    for (const JsonPath *path = this; path; path = path->m_parent) {
        if (path->m_field)
            return path->m_field;
    }
    return nullptr;
}

std::vector<JsonStep> JsonPath::steps() const
{
    std::vector<JsonStep> steps;
    for (const JsonPath *path = this; path->m_parent; path = path->m_parent) {
        if (path->m_field)
            steps.emplace_back(path->m_field->jsonName);
        else if (path->m_key)
            steps.emplace_back(*path->m_key);
        else
            steps.emplace_back(path->m_index);
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

QString JsonPath::lastStep(Keys keys) const
{
    if (!m_field && !m_key)
        return QStringLiteral("[%1]").arg(m_index);
    if (m_key && keys == HideKeys)
        return QStringLiteral("[*]");
    const QString &name = m_field ? m_field->jsonName : *m_key;
    if (isIdentifier(name))
        return u'.' + name;
    return u'[' + quoted(name) + u']';
}

QString JsonPath::toString(Keys keys) const
{
    QStringList steps;
    for (const JsonPath *path = this; path->m_parent; path = path->m_parent)
        steps.prepend(path->lastStep(keys));
    const QString text = u'$' + steps.join(QString());
    if (text.size() <= maximumPathSize)
        return text;
    return text.first(maximumPathSize / 2) + u'…' + text.last(maximumPathSize / 2);
}

QString kindForMessage(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("a boolean");
    case QJsonValue::Double:
        return QStringLiteral("a number");
    case QJsonValue::String:
        return QStringLiteral("a string");
    case QJsonValue::Array:
        return QStringLiteral("an array");
    case QJsonValue::Object:
        return QStringLiteral("an object");
    case QJsonValue::Undefined:
        break;
    }
    return QStringLiteral("no value");
}

QString quotedForMessage(const QJsonValue &value, QByteArrayView number)
{
    if (!number.isEmpty() && number.size() <= maximumTextSize)
        return QString::fromLatin1(number);
    if (value.isString())
        return quoted(value.toString());
    if (!value.isDouble())
        return kindForMessage(value);
    const double real = value.toDouble();
    const qint64 integer = value.toInteger();
    if (double(integer) == real)
        return QString::number(integer);
    // Digits that nobody has sent do not show.
    return QString::number(real, std::abs(real) < 1e15 ? 'g' : 'e', QLocale::FloatingPointShortest);
}

} // namespace EventSourcePrivate
