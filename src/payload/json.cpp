// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/json_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qvarlengtharray.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace EventSourcePrivate {

namespace {

// QJsonDocument stops at 1024, and JSON.parse counts on the stack.
constexpr qsizetype maximumDepth = 200;

// Nobody finds these out of a double's range, with exponents of two digits.
constexpr qsizetype maximumNumberSize = 40;

// Beyond these, values that are alike in shape become rare, and calls with an argument for each
// scalar expensive.
constexpr qsizetype maximumOutlineSize = 4096;
constexpr size_t maximumScalars = 48;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Bytes that end the plain part of a string: its quote, an escape, and controls, which JSON forbids.
constexpr std::array<bool, 256> makeStringStops()
{
    std::array<bool, 256> stops {};
    for (size_t i = 0; i < 0x20; ++i)
        stops[i] = true;
    stops['"'] = stops['\\'] = true;
    return stops;
}
constexpr std::array<bool, 256> stringStops = makeStringStops();

// The parts of RFC 8259's grammar without structure. Each moves the position behind what it has
// read, and returns false if something else is there.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text) : m_pos(text.begin()), m_end(text.end()) { }

    qsizetype remaining() const { return m_end - m_pos; }

    // These bytes as they are.
    bool readBytes(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return true;
        if (remaining() < bytes.size()
            || std::memcmp(m_pos, bytes.data(), size_t(bytes.size())) != 0)
            return false;
        m_pos += bytes.size();
        return true;
    }

    bool readScalar(JsonOutline::Scalar *scalar, bool *hasEscapes)
    {
        using Kind = JsonOutline::Scalar::Kind;
        if (m_pos == m_end)
            return false;
        const char *begin = m_pos;
        switch (*begin) {
        case '"':
            if (!readString(hasEscapes))
                return false;
            *scalar = {{begin + 1, m_pos - 1}, Kind::String};
            return true;
        case 't':
            return readWord("true", Kind::True, scalar);
        case 'f':
            return readWord("false", Kind::False, scalar);
        case 'n':
            return readWord("null", Kind::Null, scalar);
        default:
            if (!readNumber())
                return false;
            *scalar = {{begin, m_pos}, Kind::Number};
            return true;
        }
    }

protected:
    bool readString(bool *hasEscapes)
    {
        if (!take('"'))
            return false;
        for (;;) {
            while (m_pos != m_end && !stringStops[uchar(*m_pos)])
                ++m_pos;
            if (m_pos == m_end)
                return false;
            if (*m_pos == '"') {
                ++m_pos;
                return true;
            }
            if (*m_pos != '\\' || m_end - m_pos < 2 || !std::strchr("\"\\/bfnrt", m_pos[1])
                || m_pos[1] == '\0')
                return false;
            *hasEscapes = true;
            m_pos += 2;
        }
    }

    bool readNumber()
    {
        const char *begin = m_pos;
        take('-');
        if (!take('0') && !readDigits())
            return false;
        if (take('.') && !readDigits())
            return false;
        if (take('e') || take('E')) {
            if (!take('-'))
                take('+');
            const char *digits = m_pos;
            if (!readDigits() || m_pos - digits > 2)
                return false;
        }
        return m_pos - begin <= maximumNumberSize;
    }

    bool readWord(QByteArrayView word, JsonOutline::Scalar::Kind kind, JsonOutline::Scalar *scalar)
    {
        *scalar = {{m_pos, word.size()}, kind};
        return readBytes(word);
    }

    bool readDigits()
    {
        const char *begin = m_pos;
        while (m_pos != m_end && isDigit(*m_pos))
            ++m_pos;
        return m_pos != begin;
    }

    bool take(char c)
    {
        if (m_pos == m_end || *m_pos != c)
            return false;
        ++m_pos;
        return true;
    }

    const char *m_pos;
    const char *m_end;
};

// RFC 8259, as far as all agree on it. A visitor gets what was found and may refuse.
template <typename Visitor>
class Reader : private Scanner
{
public:
    Reader(QByteArrayView text, Visitor &visitor) : Scanner(text), m_visitor(visitor) { }

    bool read()
    {
        QVarLengthArray<char, 64> open; // what closes the containers that we are in
        for (;;) {
            // A value begins here.
            skipSpace();
            if (m_pos == m_end)
                return false;
            if (*m_pos == '{' || *m_pos == '[') {
                const char closing = *m_pos == '{' ? '}' : ']';
                if (open.size() == maximumDepth || !m_visitor.begin(*m_pos))
                    return false;
                open.append(closing);
                ++m_pos;
                skipSpace();
                if (m_pos == m_end)
                    return false;
                if (*m_pos != closing) {
                    if (closing == '}' && !readName())
                        return false;
                    continue;
                }
            } else if (!readScalar()) {
                return false;
            }

            // After it containers end, or the next value follows.
            for (bool ends = true; ends;) {
                skipSpace();
                if (open.isEmpty())
                    return m_pos == m_end;
                if (m_pos == m_end)
                    return false;
                ends = *m_pos == open.last();
                if (ends) {
                    m_visitor.end(*m_pos);
                    open.removeLast();
                } else if (*m_pos != ',') {
                    return false;
                }
                ++m_pos;
            }
            if (open.last() == '}') {
                skipSpace();
                if (!readName())
                    return false;
            }
        }
    }

private:
    void skipSpace()
    {
        while (m_pos != m_end
               && (*m_pos == ' ' || *m_pos == '\n' || *m_pos == '\r' || *m_pos == '\t'))
            ++m_pos;
    }

    // The name of a member and its colon.
    bool readName()
    {
        bool hasEscapes = false;
        const char *begin = m_pos + 1;
        if (!readString(&hasEscapes) || !m_visitor.name({begin, m_pos - 1}, hasEscapes))
            return false;
        skipSpace();
        return take(':');
    }

    bool readScalar()
    {
        JsonOutline::Scalar scalar;
        bool hasEscapes = false;
        return Scanner::readScalar(&scalar, &hasEscapes) && m_visitor.scalar(scalar, hasEscapes);
    }

    Visitor &m_visitor;
};

struct NoVisitor
{
    bool begin(char) { return true; }
    void end(char) { }
    bool name(QByteArrayView, bool) { return true; }
    bool scalar(const JsonOutline::Scalar &, bool) { return true; }
};

// Names become source text, so nothing but identifiers may pass. The one that is special in an
// object literal, where it sets the prototype, is left to JSON.parse, where it is not.
bool isIdentifier(QByteArrayView name)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    };
    return !name.isEmpty() && isLetter(name.front())
            && std::all_of(name.begin(), name.end(),
                           [&](char c) { return isLetter(c) || isDigit(c); })
            && name != "__proto__";
}

class OutlineVisitor
{
public:
    // There is room for two bytes for each one of the text, which is enough.
    OutlineVisitor(char *shape, std::vector<JsonOutline::Scalar> &scalars)
        : m_end(shape), m_scalars(scalars)
    {
    }

    char *shapeEnd() const { return m_end; }

    bool begin(char bracket)
    {
        *m_end++ = bracket;
        return true;
    }
    void end(char bracket)
    {
        *m_end++ = bracket;
        *m_end++ = ',';
    }
    bool name(QByteArrayView name, bool hasEscapes)
    {
        if (hasEscapes || !isIdentifier(name))
            return false;
        m_end = std::copy_n(name.data() - 1, name.size() + 2, m_end); // with its quotes
        *m_end++ = ':';
        return true;
    }
    bool scalar(const JsonOutline::Scalar &scalar, bool hasEscapes)
    {
        if (!isPlain(scalar, hasEscapes) || m_scalars.size() == maximumScalars)
            return false;
        *m_end++ = JsonOutline::placeholder;
        *m_end++ = ',';
        m_scalars.push_back(scalar);
        return true;
    }

    // JSON.parse of Qt 6.4 takes -0 for 0, later ones may not.
    static bool isPlain(const JsonOutline::Scalar &scalar, bool hasEscapes)
    {
        const QByteArrayView text = scalar.text;
        return !hasEscapes && !(text.size() == 2 && text[0] == '-' && text[1] == '0');
    }

private:
    char *m_end;
    std::vector<JsonOutline::Scalar> &m_scalars;
};

// The end of the value that the text begins with, which is no object and no array.
qsizetype endOfScalar(QByteArrayView text)
{
    qsizetype i = 0;
    while (i < text.size() && std::strchr(" \t\r\n", text[i]))
        ++i;
    if (i < text.size() && text[i] == '"') {
        while (++i < text.size() && text[i] != '"')
            i += text[i] == '\\' ? 1 : 0;
    }
    while (i < text.size() && text[i] != ',')
        ++i;
    return i;
}

// In words that help. QJsonDocument takes for a number whatever it does not know. The text may be
// secret and the message may go to a log, so nothing of the text is in it.
QString describe(const QByteArray &text, const QJsonParseError &error, bool isDocument)
{
    if (text.trimmed().isEmpty())
        return QCoreApplication::translate("EventSourceListener", "there is no value");
    const bool isUnknown = error.error == QJsonParseError::IllegalNumber
            || error.error == QJsonParseError::IllegalValue;
    // At most one character of UTF-8.
    const QString rest = QString::fromUtf8(text.mid(error.offset, 4));
    const bool isCharacter = !rest.isEmpty()
            && (rest.at(0).isHighSurrogate() || rest.at(0).isPrint())
            && !QStringLiteral("-0123456789+.").contains(rest.at(0))
            && rest.at(0) != QChar::ReplacementCharacter;
    if (isUnknown && isCharacter)
        return QCoreApplication::translate("EventSourceListener", "unexpected character");
    if (error.error == QJsonParseError::MissingValueSeparator && !isDocument)
        return QCoreApplication::translate("EventSourceListener", "more than one value");
    // Which of these it is depends on the version of Qt.
    if (error.error == QJsonParseError::TerminationByNumber
        || error.error == QJsonParseError::UnterminatedArray
        || error.error == QJsonParseError::UnterminatedObject)
        return QCoreApplication::translate("EventSourceListener", "unexpected end");
    return error.errorString();
}

} // namespace

// QJsonDocument accepts objects and arrays only: anything else is tried as the one element of an
// array.
ParsedJson parseJson(const QByteArray &text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    const auto first = std::find_if_not(text.begin(), text.end(), isSpace);
    const bool isDocument = first != text.end() && (*first == '{' || *first == '[');

    QJsonParseError parseError;
    ParsedJson parsed;
    if (isDocument) {
        const QJsonDocument document = QJsonDocument::fromJson(text, &parseError);
        if (document.isObject())
            parsed.value = document.object();
        else if (document.isArray())
            parsed.value = document.array();
    } else {
        const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &parseError);
        parseError.offset = qBound(0, parseError.offset - 1, int(text.size()));
        if (parseError.error == QJsonParseError::MissingValueSeparator)
            --parseError.offset; // Qt has read what is in the place of the separator
        if (parseError.error == QJsonParseError::NoError) {
            const QJsonArray array = document.array();
            if (array.size() == 1) {
                parsed.value = array.first();
            } else {
                parseError.error = QJsonParseError::MissingValueSeparator;
                parseError.offset = array.isEmpty() ? 0 : int(endOfScalar(text));
            }
        }
    }
    if (parseError.error != QJsonParseError::NoError) {
        parsed.error = QCoreApplication::translate("EventSourceListener",
                                                   "The data is not JSON: %1 at offset %2.")
                               .arg(describe(text, parseError, isDocument))
                               .arg(parseError.offset);
    }
    return parsed;
}

bool isPlainJson(QByteArrayView text)
{
    NoVisitor visitor;
    return Reader<NoVisitor>(text, visitor).read();
}

bool JsonOutline::read(QByteArrayView text)
{
    if (readLikeLast(text))
        return true;
    m_scalars.clear();
    m_gapSizes.clear();
    if (text.size() > maximumOutlineSize)
        return false;
    m_buffer.resize(2 * size_t(text.size()));
    OutlineVisitor visitor(m_buffer.data(), m_scalars);
    if (!Reader<OutlineVisitor>(text, visitor).read())
        return false;
    m_shape = QByteArrayView(m_buffer.data(), visitor.shapeEnd());
    ++m_shapeNumber;
    keepGaps(text);
    return true;
}

// Most texts of a stream differ from the one before in their scalars only. What is between these is
// compared then, without looking for names and brackets in it.
bool JsonOutline::readLikeLast(QByteArrayView text)
{
    if (m_gapSizes.empty() || text.size() > maximumOutlineSize)
        return false;
    Scanner scanner(text);
    const char *gap = m_gaps.data();
    for (size_t i = 0; i < m_scalars.size(); ++i) {
        bool hasEscapes = false;
        if (!scanner.readBytes({gap, m_gapSizes[i]})
            || !scanner.readScalar(&m_scalars[i], &hasEscapes)
            || !OutlineVisitor::isPlain(m_scalars[i], hasEscapes))
            return false;
        gap += m_gapSizes[i];
    }
    return scanner.readBytes({gap, m_gapSizes.back()}) && scanner.remaining() == 0;
}

void JsonOutline::keepGaps(QByteArrayView text)
{
    m_gaps.clear();
    const char *pos = text.begin();
    const auto keepUntil = [&](const char *end) {
        m_gaps.insert(m_gaps.end(), pos, end);
        m_gapSizes.push_back(end - pos);
    };
    for (const Scalar &scalar : m_scalars) {
        const qsizetype quote = scalar.kind == Scalar::String ? 1 : 0;
        keepUntil(scalar.text.begin() - quote);
        pos = scalar.text.end() + quote;
    }
    keepUntil(text.end());
}

} // namespace EventSourcePrivate
