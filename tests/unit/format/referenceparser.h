// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef REFERENCEPARSER_H
#define REFERENCEPARSER_H

#include "parsedtoken.h"

#include <algorithm>

// The standard's steps on a whole stream at once, written as plainly as possible and without a look
// at speed: what the incremental parser has to agree with.
namespace Reference {

// A row of the Unicode standard's table "Well-Formed UTF-8 Byte Sequences".
struct Utf8Row
{
    int length;
    uchar range[4][2];
};

inline constexpr Utf8Row wellFormedUtf8[] = {
        {1, {{0x00, 0x7F}}},
        {2, {{0xC2, 0xDF}, {0x80, 0xBF}}},
        {3, {{0xE0, 0xE0}, {0xA0, 0xBF}, {0x80, 0xBF}}},
        {3, {{0xE1, 0xEC}, {0x80, 0xBF}, {0x80, 0xBF}}},
        {3, {{0xED, 0xED}, {0x80, 0x9F}, {0x80, 0xBF}}},
        {3, {{0xEE, 0xEF}, {0x80, 0xBF}, {0x80, 0xBF}}},
        {4, {{0xF0, 0xF0}, {0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
        {4, {{0xF1, 0xF3}, {0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
        {4, {{0xF4, 0xF4}, {0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}}},
};

// Each longest beginning of a character that is not a whole one becomes one U+FFFD, and so does
// each byte that begins none.
inline QByteArray decode(QByteArrayView bytes)
{
    QByteArray result;
    while (!bytes.isEmpty()) {
        qsizetype longest = 0;
        bool whole = false;
        for (const Utf8Row &row : wellFormedUtf8) {
            qsizetype length = 0;
            while (length < row.length && length < bytes.size()
                   && uchar(bytes[length]) >= row.range[length][0]
                   && uchar(bytes[length]) <= row.range[length][1])
                ++length;
            if (length > longest) {
                longest = length;
                whole = length == row.length;
            }
        }
        result += whole ? bytes.first(longest).toByteArray() : QByteArray("\xEF\xBF\xBD");
        bytes = bytes.sliced(std::max<qsizetype>(longest, 1));
    }
    return result;
}

// The finished lines, undecoded. Line ends are ASCII: they mean the same before and after decoding.
inline QList<QByteArray> lines(QByteArray stream)
{
    if (stream.startsWith("\xEF\xBB\xBF"))
        stream.remove(0, 3);
    QList<QByteArray> result;
    qsizetype start = 0;
    for (qsizetype i = 0; i < stream.size(); ++i) {
        if (stream[i] != '\r' && stream[i] != '\n')
            continue;
        result.append(stream.sliced(start, i - start));
        if (stream[i] == '\r' && i + 1 < stream.size() && stream[i + 1] == '\n')
            ++i;
        start = i + 1;
    }
    return result;
}

inline int reconnectionTime(const QByteArray &digits, int previous)
{
    if (digits.isEmpty())
        return previous;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return previous;
    }
    bool fits = false;
    const int value = digits.toInt(&fits);
    return fits ? std::min(value, 3600000) : 3600000;
}

inline QList<ParsedToken> parse(const QByteArray &stream, qsizetype limit,
                                QByteArray lastEventId = {})
{
    using Token = StreamParser::Token;
    QList<ParsedToken> tokens;
    QByteArray id = lastEventId;
    QByteArray type;
    QList<QByteArray> data;
    qsizetype held = 0; // bytes of data as they came
    bool tooLarge = false;
    int retry = -1;

    for (const QByteArray &bytes : lines(stream)) {
        if (bytes.isEmpty()) {
            const bool newId = lastEventId != id;
            lastEventId = id;
            if (tooLarge) {
                tokens.append({Token::TooLarge, {}, {}, {}, lastEventId, retry});
            } else if (!data.isEmpty()) {
                tokens.append({Token::Event,
                               type.isEmpty() ? "message" : type,
                               data.join('\n'),
                               {},
                               lastEventId,
                               retry});
            } else if (newId) {
                tokens.append({Token::IdOnly, {}, {}, {}, lastEventId, retry});
            }
            type.clear();
            data.clear();
            held = 0;
            tooLarge = false;
            continue;
        }

        const QByteArray line = decode(bytes);
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = colon < 0 ? line : line.first(colon);
        QByteArray value = colon < 0 ? QByteArray() : line.sliced(colon + 1);
        bool over = held + bytes.size() > limit;

        if (colon == 0) {
            if (!over)
                tokens.append({Token::Comment, {}, {}, value, lastEventId, retry});
            continue;
        }
        if (value.startsWith(' '))
            value.remove(0, 1);

        if (over && (name == "data" || name == "event" || name == "id")) {
            tooLarge = true;
            data.clear();
            held = 0;
            // An id counts if it fits by itself.
            over = name != "id" || bytes.size() > limit;
        }
        if (over)
            continue;
        if (name == "data" && !tooLarge) {
            // In bytes as they came, which decoding may have changed.
            const qsizetype prefix =
                    colon < 0 ? bytes.size() : 5 + (bytes.mid(5, 1) == " " ? 1 : 0);
            held += bytes.size() - prefix + (data.isEmpty() ? 0 : 1);
            data.append(value);
        } else if (name == "event") {
            type = value;
        } else if (name == "id") {
            const qsizetype size = colon < 0 ? 0 : bytes.size() - 3 - (bytes.mid(3, 1) == " ");
            if (!value.contains('\0') && size <= StreamParser::maximumIdSize)
                id = value;
        } else if (name == "retry") {
            retry = reconnectionTime(value, retry);
        }
    }
    return tokens;
}

} // namespace Reference

#endif // REFERENCEPARSER_H
