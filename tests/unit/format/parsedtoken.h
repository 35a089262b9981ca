// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef PARSEDTOKEN_H
#define PARSEDTOKEN_H

#include "format/streamparser_p.h"
#include "format/utf8_p.h"

#include <QtCore/qlist.h>

#include <cstring>
#include <memory>

using namespace EventSourcePrivate;

// A token with all that belongs to it, so that whole sequences can be compared.
struct ParsedToken
{
    StreamParser::Token kind;
    QByteArray type;
    QByteArray data;
    QByteArray comment;
    QByteArray lastEventId;
    int retry = -1;

    ParsedToken withRetry(int milliseconds) const
    {
        ParsedToken token = *this;
        token.retry = milliseconds;
        return token;
    }

    friend bool operator==(const ParsedToken &a, const ParsedToken &b)
    {
        return a.kind == b.kind && a.type == b.type && a.data == b.data && a.comment == b.comment
                && a.lastEventId == b.lastEventId && a.retry == b.retry;
    }
    friend bool operator!=(const ParsedToken &a, const ParsedToken &b) { return !(a == b); }
};

inline ParsedToken readToken(const StreamParser &parser, StreamParser::Token kind)
{
    ParsedToken token {kind, {}, {}, {}, parser.lastEventId(), parser.retry()};
    if (kind == StreamParser::Token::Event) {
        token.type = parser.type();
        token.data = parser.data();
        // Both ways to read the data give the same.
        if (toWellFormedUtf8(parser.rawData()) != token.data)
            token.type = "rawData() and data() differ";
    } else if (kind == StreamParser::Token::Comment) {
        token.comment = parser.comment();
    }
    return token;
}

// Feeds one piece and reads all its tokens. The bytes lie in a buffer of their own that is
// overwritten and gone afterwards, so that a view kept too long shows up in the results.
inline void feed(StreamParser &parser, QByteArrayView piece, QList<ParsedToken> &tokens)
{
    const size_t size = size_t(piece.size());
    const std::unique_ptr<char[]> buffer(new char[size]);
    if (size > 0)
        std::memcpy(buffer.get(), piece.data(), size);
    parser.setInput(QByteArrayView(buffer.get(), piece.size()));
    for (;;) {
        const StreamParser::Token kind = parser.next();
        if (kind == StreamParser::Token::NeedInput)
            break;
        // Every token has the present retry, and an ignored id changes nothing.
        if (kind != StreamParser::Token::Retry && kind != StreamParser::Token::LongId)
            tokens.append(readToken(parser, kind));
    }
    if (size > 0)
        std::memset(buffer.get(), '#', size);
}

#endif // PARSEDTOKEN_H
