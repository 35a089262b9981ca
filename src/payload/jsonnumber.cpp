// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/jsonnumber_p.h"

#include "format/utf8_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>

#include <algorithm>
#include <limits>

namespace EventSourcePrivate {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

QString decodedName(QByteArrayView name)
{
    if (!name.contains('\\'))
        return textFromUtf8(name);
    const QByteArray array = QByteArray("[\"").append(name).append("\"]");
    return QJsonDocument::fromJson(array).array().first().toString();
}

// The text is JSON, so it only looks where things end. Nothing here recurses.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text) : m_pos(text.begin()), m_end(text.end())
    {
        if (text.startsWith("\xEF\xBB\xBF"))
            m_pos += 3;
    }

    // From the begin of a value to that of one inside it.
    bool enter(const JsonStep &step)
    {
        const QString *name = std::get_if<QString>(&step);
        if (!take(name ? '{' : '['))
            return false;
        const char *found = nullptr;
        for (qsizetype index = 0; peek() != '}' && peek() != ']' && peek() != '\0'; ++index) {
            if (name) {
                const QByteArrayView member = readString();
                take(':');
                if (decodedName(member) == *name) {
                    skipSpace();
                    found = m_pos;
                }
            } else if (index == std::get<qsizetype>(step)) {
                return true;
            }
            skipValue();
            take(',');
        }
        if (found)
            m_pos = found;
        return found;
    }

    QByteArrayView readNumber()
    {
        skipSpace();
        const char *begin = m_pos;
        if (m_pos == m_end || (*m_pos != '-' && !isDigit(*m_pos)))
            return {};
        skipScalar();
        return {begin, m_pos};
    }

private:
    void skipSpace()
    {
        while (m_pos != m_end
               && (*m_pos == ' ' || *m_pos == '\n' || *m_pos == '\r' || *m_pos == '\t'))
            ++m_pos;
    }

    char peek()
    {
        skipSpace();
        return m_pos == m_end ? '\0' : *m_pos;
    }

    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_pos;
        return true;
    }

    QByteArrayView readString()
    {
        if (!take('"'))
            return {};
        const char *begin = m_pos;
        while (m_pos != m_end && *m_pos != '"')
            m_pos += *m_pos == '\\' && m_end - m_pos > 1 ? 2 : 1;
        const char *end = m_pos;
        if (m_pos != m_end)
            ++m_pos;
        return {begin, end};
    }

    void skipScalar()
    {
        static constexpr QByteArrayView stops = ",:]}[{\" \n\r\t";
        while (m_pos != m_end && !stops.contains(*m_pos))
            ++m_pos;
    }

    void skipValue()
    {
        qsizetype depth = 0;
        do {
            switch (peek()) {
            case '\0':
                if (m_pos == m_end)
                    return;
                ++m_pos;
                break;
            case '{':
            case '[':
                ++depth;
                ++m_pos;
                break;
            case '}':
            case ']':
                --depth;
                ++m_pos;
                break;
            case ',':
            case ':':
                ++m_pos;
                break;
            case '"':
                readString();
                break;
            default:
                skipScalar();
            }
        } while (depth > 0);
    }

    const char *m_pos;
    const char *m_end;
};

} // namespace

QByteArrayView findNumber(QByteArrayView text, const std::vector<JsonStep> &path)
{
    Scanner scanner(text);
    if (!std::all_of(path.begin(), path.end(),
                     [&](const JsonStep &step) { return scanner.enter(step); }))
        return {};
    return scanner.readNumber();
}

ExactNumber readExactNumber(QByteArrayView number)
{
    ExactNumber result;
    const char *pos = number.begin();
    const char *end = number.end();
    result.isNegative = pos != end && *pos == '-';
    if (result.isNegative)
        ++pos;

    QByteArray digits; // without zeros in front
    qint64 exponent = 0; // the value is digits * 10^exponent
    bool isBehindPoint = false;
    for (; pos != end && (isDigit(*pos) || *pos == '.'); ++pos) {
        if (*pos == '.') {
            isBehindPoint = true;
            continue;
        }
        if (*pos != '0' || !digits.isEmpty())
            digits.append(*pos);
        if (isBehindPoint)
            --exponent;
    }
    if (pos != end && (*pos == 'e' || *pos == 'E')) {
        ++pos;
        const bool isNegative = pos != end && *pos == '-';
        if (pos != end && (*pos == '-' || *pos == '+'))
            ++pos;
        qint64 written = 0;
        for (; pos != end && isDigit(*pos); ++pos)
            written =
                    std::min<qint64>(written * 10 + (*pos - '0'), std::numeric_limits<int>::max());
        exponent += isNegative ? -written : written;
    }
    while (digits.endsWith('0')) {
        digits.chop(1);
        ++exponent;
    }

    if (digits.isEmpty()) {
        result.kind = ExactNumber::Integer;
        return result;
    }
    if (exponent < 0)
        return result;
    result.kind = ExactNumber::TooLarge;
    if (digits.size() + exponent > 20)
        return result;
    digits.append(exponent, '0');
    bool fits = false;
    result.magnitude = digits.toULongLong(&fits);
    if (fits)
        result.kind = ExactNumber::Integer;
    return result;
}

} // namespace EventSourcePrivate
