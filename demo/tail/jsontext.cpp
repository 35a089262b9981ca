// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "jsontext.h"

#include "color.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qregularexpression.h>

#include <optional>

using namespace Qt::StringLiterals;

namespace {

// Control characters would break the line or control the terminal.
bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control;
}

void appendControl(QString &out, QChar c)
{
    out += u"\\u%1"_s.arg(int(c.unicode()), 4, 16, QLatin1Char('0'));
}

bool isLiteral(const QString &token)
{
    static const QRegularExpression number(QRegularExpression::anchoredPattern(
            uR"(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)"_s));
    return token == "true"_L1 || token == "false"_L1 || token == "null"_L1
            || number.match(token).hasMatch();
}

// The text of a JSON value without the white space between its parts. It keeps the order of keys,
// repeated keys and long numbers, which QJsonValue does not. Returns nothing if the text is not
// strict JSON, but QJsonDocument accepts it (".5", "\x").
std::optional<QString> compacted(const QString &json)
{
    QString out;
    out.reserve(json.size());
    QString token; // a number, true, false or null
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QChar c = json.at(i);
        if (inString) {
            if (isControl(c)) {
                appendControl(out, c);
                continue;
            }
            out += c;
            if (c == u'\\') {
                if (++i == json.size() || !u"\"\\/bfnrtu"_s.contains(json.at(i)))
                    return std::nullopt;
                out += json.at(i);
            } else if (c == u'"') {
                inString = false;
            }
            continue;
        }
        const bool space = c == u' ' || c == u'\t' || c == u'\n' || c == u'\r';
        if (!space && !u"{}[],:\""_s.contains(c)) {
            token += c;
            continue;
        }
        if (!token.isEmpty()) {
            if (!isLiteral(token))
                return std::nullopt;
            out += token;
            token.clear();
        }
        if (!space)
            out += c;
        inString = c == u'"';
    }
    if (!token.isEmpty() && !isLiteral(token))
        return std::nullopt;
    out += token;
    return out;
}

QString serialized(const QJsonValue &value)
{
    // QJsonDocument writes arrays and objects only.
    const QByteArray array = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

// Where a string or another scalar that begins at this place ends.
qsizetype endOfScalar(const QString &json, qsizetype begin)
{
    qsizetype i = begin + 1;
    if (json.at(begin) == u'"') {
        while (i < json.size() && json.at(i) != u'"')
            i += json.at(i) == u'\\' ? 2 : 1;
        return qMin(i + 1, json.size());
    }
    while (i < json.size() && !u"{}[],:"_s.contains(json.at(i)))
        ++i;
    return i;
}

const char *colorOfScalar(const QString &json, qsizetype begin, qsizetype end)
{
    if (json.at(begin) == u'"')
        return end < json.size() && json.at(end) == u':' ? Color::Name : Color::String;
    return json.at(begin).isLetter() ? Color::Literal : Color::Number;
}

} // namespace

QString JsonText::quoted(const QString &text)
{
    QString out;
    out.reserve(text.size() + 2);
    out += u'"';
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            out += u'\\';
        if (c == u'\n')
            out += "\\n"_L1;
        else if (isControl(c))
            appendControl(out, c);
        else
            out += c;
    }
    out += u'"';
    return out;
}

QString JsonText::compact(const EventSourceEvent &event)
{
    const std::optional<QString> json = compacted(event.text());
    return json ? *json : serialized(event.data());
}

QString JsonText::styled(const QString &json, Style style)
{
    if (!style.indent && !style.colors)
        return json;
    QString out;
    qsizetype depth = 0;
    const auto breakLine = [&] {
        if (style.indent)
            out += u'\n' + QString(2 * depth, u' ');
    };
    for (qsizetype i = 0; i < json.size();) {
        const QChar c = json.at(i);
        if (c == u'{' || c == u'[') {
            out += c;
            if (++i < json.size() && (json.at(i) == u'}' || json.at(i) == u']')) {
                out += json.at(i++); // nothing in it
                continue;
            }
            ++depth;
            breakLine();
        } else if (c == u'}' || c == u']') {
            --depth;
            breakLine();
            out += c;
            ++i;
        } else if (c == u',') {
            out += c;
            breakLine();
            ++i;
        } else if (c == u':') {
            out += style.indent ? ": "_L1 : ":"_L1;
            ++i;
        } else {
            const qsizetype end = endOfScalar(json, i);
            const QString scalar = json.mid(i, end - i);
            out += style.colors ? colored(scalar, colorOfScalar(json, i, end)) : scalar;
            i = end;
        }
    }
    return out;
}
