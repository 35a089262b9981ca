// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef STREAMFIXTURES_H
#define STREAMFIXTURES_H

#include "parsedtoken.h"

#include <QtTest/qtest.h>

// QCOMPARE's view of a token.
inline char *toString(const ParsedToken &token)
{
    static const char *const kinds[] = {"NeedInput", "Event", "IdOnly", "Comment", "TooLarge"};
    QByteArray text = kinds[int(token.kind)];
    text += " type=" + token.type + " data=" + token.data + " comment=" + token.comment
            + " lastEventId=" + token.lastEventId + " retry=" + QByteArray::number(token.retry);
    return QTest::toPrettyCString(text.constData(), text.size());
}

// Streams and what they mean, one row for every rule and corner of the format. The names of the
// rows say the case.
namespace StreamFixtures {

using namespace Qt::StringLiterals;
using Tokens = QList<ParsedToken>;

inline constexpr qsizetype defaultLimit = 16 * 1024 * 1024;
inline ParsedToken message(const QByteArray &data, const QByteArray &id = {},
                           const QByteArray &type = "message"_ba)
{
    return {StreamParser::Token::Event, type, data, {}, id};
}

inline ParsedToken comment(const QByteArray &text, const QByteArray &id = {})
{
    return {StreamParser::Token::Comment, {}, {}, text, id};
}

inline ParsedToken idOnly(const QByteArray &id)
{
    return {StreamParser::Token::IdOnly, {}, {}, {}, id};
}

inline ParsedToken tooLarge(const QByteArray &id = {})
{
    return {StreamParser::Token::TooLarge, {}, {}, {}, id};
}

struct Fixture
{
    const char *tag;
    QByteArray input;
    Tokens tokens;
    qsizetype limit = defaultLimit;
    QByteArray startId = {};
    int retry = -1; // when all is read
};

inline const QList<Fixture> &fixtures()
{
    static const QList<Fixture> list = {
            // Line ends
            {"LF", "data: a\ndata: b\n\n", {message("a\nb")}},
            {"CR LF", "data: a\r\ndata: b\r\n\r\n", {message("a\nb")}},
            {"CR", "data: a\rdata: b\r\r", {message("a\nb")}},
            {"CR, then LF for the next line",
             "data: a\r\n\ndata: b\n\r\n",
             {message("a"), message("b")}},
            {"LF CR is two line ends", "data: a\n\rdata: b\n\r", {message("a"), message("b")}},
            {"CR CR LF is two line ends",
             "data: a\r\r\ndata: b\r\r\n",
             {message("a"), message("b")}},
            {"CR LF LF", "data: a\r\n\n", {message("a")}},
            {"all three in one block",
             "id: 1\revent: t\r\ndata: a\ndata: b\r\n\n",
             {message("a\nb", "1", "t")}},
            {"line ends only", "\n\n\r\r\r\n\r\n\n", {}},
            {"line ends before the first event", "\r\n\n\rdata: a\n\n", {message("a")}},
            {"vertical tab, form feed, NEL and U+2028 end no line",
             "data: a\vb\fc\xC2\x85"
             "d\xE2\x80\xA8"
             "e\n\n",
             {message("a\vb\fc\xC2\x85"
                      "d\xE2\x80\xA8"
                      "e")}},
            {"empty stream", "", {}},

            // What the end of the response cuts off
            {"no empty line at the end", "data: a\n\ndata: b\n", {message("a")}},
            {"unfinished line", "data: a\n\ndata: b", {message("a")}},
            {"unfinished line after whole ones", "data: a\n\ndata: b\ndata: c", {message("a")}},
            {"id of an unfinished block",
             "id: 1\ndata: a\n\nid: 2\ndata: b\n",
             {message("a", "1")}},
            {"unfinished comment", ": a\n: b", {comment(" a")}},

            // Byte order marks
            {"byte order mark",
             "\xEF\xBB\xBF"
             "data: a\n\n",
             {message("a")}},
            {"byte order mark before an empty line", "\xEF\xBB\xBF\n\ndata: a\n\n", {message("a")}},
            {"byte order mark alone", "\xEF\xBB\xBF", {}},
            {"two byte order marks: the second belongs to the name",
             "\xEF\xBB\xBF\xEF\xBB\xBF"
             "data: a\ndata: b\n\n",
             {message("b")}},
            {"byte order mark before a later block",
             "data: a\n\n\xEF\xBB\xBF"
             "data: b\n\n",
             {message("a")}},
            {"byte order mark after an empty line",
             "\n\xEF\xBB\xBF"
             "data: b\ndata: c\n\n",
             {message("c")}},
            {"byte order mark in data",
             "data:\xEF\xBB\xBF"
             "a\n\n",
             {message("\xEF\xBB\xBF"
                      "a")}},
            {"a third of a byte order mark",
             "\xEF"
             "data: a\ndata: b\n\n",
             {message("b")}},
            {"two thirds of a byte order mark",
             "\xEF\xBB"
             "data: a\ndata: b\n\n",
             {message("b")}},
            {"two thirds of a byte order mark, then a line end",
             "\xEF\xBB\ndata: a\n\n",
             {message("a")}},
            {"a third of a byte order mark, then CR LF", "\xEF\r\ndata: a\r\n\r\n", {message("a")}},
            {"two thirds of a byte order mark, then a whole one",
             "\xEF\xBB\xEF\xBB\xBF"
             "data: a\ndata: b\n\n",
             {message("b")}},
            {"two thirds of a byte order mark, then a colon",
             "\xEF\xBB: a\ndata: b\n\n",
             {message("b")}},
            {"byte order mark before a comment", "\xEF\xBB\xBF:a\n", {comment("a")}},

            // Fields
            {"one space is dropped", "data:  a\n\n", {message(" a")}},
            {"no space", "data:a\n\n", {message("a")}},
            {"a tab is not a space", "data:\ta\n\n", {message("\ta")}},
            {"space at the end stays", "data: a \n\n", {message("a ")}},
            {"only the first colon divides", "data: a: b:c\n\n", {message("a: b:c")}},
            {"value is a colon", "data::\n\n", {message(":")}},
            {"no colon", "data\n\n", {message("")}},
            {"colon without a value", "data:\n\n", {message("")}},
            {"colon and one space", "data: \n\n", {message("")}},
            {"two lines without value", "data\ndata\n\n", {message("\n")}},
            {"three lines without value", "data:\ndata\ndata: \n\n", {message("\n\n")}},
            {"empty lines around text", "data:\ndata: a\ndata:\n\n", {message("\na\n")}},
            {"unknown field", "foo: bar\ndata: a\nfoo\n\n", {message("a")}},
            {"unknown field alone", "foo: bar\n\n", {}},
            {"names are not case folded", "Data: a\nDATA: b\nEvent: c\nID: d\nRetry: 5\n\n", {}},
            {"space before the colon", "data : a\ndata: b\n\n", {message("b")}},
            {"space before the name", " data: a\ndata: b\n\n", {message("b")}},
            {"names that begin like known ones", "dat: a\ndataa: b\nidd: c\ni: d\neven: e\n\n", {}},
            {"NUL in a name", "da\0ta: a\ndata\0: b\ndata: c\n\n"_ba, {message("c")}},
            {"NUL in data", "data: a\0b\n\n"_ba, {message("a\0b"_ba)}},
            {"data of NUL alone", "data:\0\n\n"_ba, {message("\0"_ba)}},
            {"invalid bytes in a name",
             "data\xFF: a\n\xFF"
             "data: b\ndata: c\n\n",
             {message("c")}},
            {"a block without data", "event: t\n\ndata: a\n\n", {message("a")}},

            // Comments
            {"comment", ": a\n", {comment(" a")}},
            {"empty comment", ":\n", {comment("")}},
            {"comment keeps its spaces and colons", ":  a: b\n", {comment("  a: b")}},
            {"comment inside a block",
             "data: a\n: c\ndata: b\n\n",
             {comment(" c"), message("a\nb")}},
            {"comment that looks like a field", ":data: a\n\n", {comment("data: a")}},
            {"comment before the id is final",
             "id: 1\n:c\ndata: a\n\n:d\n",
             {comment("c"), message("a", "1"), comment("d", "1")}},
            {"comment does not end a block",
             "data: a\n:\n:\ndata: b\n\n",
             {comment(""), comment(""), message("a\nb")}},
            {"NUL and invalid bytes in a comment",
             ":a\0b\xFF\n"_ba,
             {comment("a\0b\xEF\xBF\xBD"_ba)}},

            // Type
            {"type", "event: t\ndata: a\n\n", {message("a", {}, "t")}},
            {"type after data", "data: a\nevent: t\n\n", {message("a", {}, "t")}},
            {"the last type counts", "event: t\nevent: u\ndata: a\n\n", {message("a", {}, "u")}},
            {"an empty type is message", "event: t\nevent:\ndata: a\n\n", {message("a")}},
            {"type without colon is message", "event: t\nevent\ndata: a\n\n", {message("a")}},
            {"type is forgotten after an event",
             "event: t\ndata: a\n\ndata: b\n\n",
             {message("a", {}, "t"), message("b")}},
            {"types take turns",
             "event: t\ndata: a\n\nevent: u\ndata: b\n\nevent: t\ndata: c\n\nevent: \xFF\ndata: "
             "d\n\nevent: \xFE\ndata: e\n\n",
             {message("a", {}, "t"), message("b", {}, "u"), message("c", {}, "t"),
              message("d", {}, "\xEF\xBF\xBD"), message("e", {}, "\xEF\xBF\xBD")}},
            {"type is forgotten after a block without data",
             "event: t\n\ndata: b\n\n",
             {message("b")}},
            {"type keeps its spaces", "event:  t \ndata: a\n\n", {message("a", {}, " t ")}},
            {"NUL and invalid bytes in a type",
             "event: t\0\xE2\x82\ndata: a\n\n"_ba,
             {message("a", {}, "t\0\xEF\xBF\xBD"_ba)}},

            // Id
            {"id", "id: 1\ndata: a\n\n", {message("a", "1")}},
            {"id after data", "data: a\nid: 1\n\n", {message("a", "1")}},
            {"the last id counts", "id: 1\nid: 2\ndata: a\n\n", {message("a", "2")}},
            {"id is kept for later events",
             "id: 1\ndata: a\n\ndata: b\n\ndata: c\n\n",
             {message("a", "1"), message("b", "1"), message("c", "1")}},
            {"id in a block of its own", "id: 1\n\ndata: a\n\n", {idOnly("1"), message("a", "1")}},
            {"the same id in a block of its own",
             "id: 1\ndata: a\n\nid: 1\n\n",
             {message("a", "1")}},
            {"id and type without data",
             "id: 1\nevent: t\n\ndata: a\n\n",
             {idOnly("1"), message("a", "1")}},
            {"an empty id resets it",
             "id: 1\ndata: a\n\nid:\ndata: b\n\n",
             {message("a", "1"), message("b")}},
            {"id without colon resets it",
             "id: 1\ndata: a\n\nid\ndata: b\n\n",
             {message("a", "1"), message("b")}},
            {"an empty id in a block of its own",
             "id: 1\ndata: a\n\nid\n\ndata: b\n\n",
             {message("a", "1"), idOnly(""), message("b")}},
            {"id with NUL is ignored",
             "id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n"_ba,
             {message("a", "1"), message("b", "1")}},
            {"id with NUL leaves an earlier one of the block",
             "id: 1\nid: \0\ndata: a\n\n"_ba,
             {message("a", "1")}},
            {"id keeps its spaces", "id:  1 \ndata: a\n\n", {message("a", " 1 ")}},
            {"id beyond ASCII", "id: \xC3\xA4\ndata: a\n\n", {message("a", "\xC3\xA4")}},
            {"invalid bytes in an id",
             "id: \xFF\ndata: a\n\nid: \xFF\n\n",
             {message("a", "\xEF\xBF\xBD")}},
            {"id known from before",
             "data: a\n\nid: 8\ndata: b\n\n",
             {message("a", "7"), message("b", "8")},
             defaultLimit,
             "7"},
            {"id known from before is reset",
             "id\n\ndata: a\n\n",
             {idOnly(""), message("a")},
             defaultLimit,
             "7"},

            // Retry
            {"retry",
             "retry: 250\ndata: a\n\n",
             {message("a").withRetry(250)},
             defaultLimit,
             "",
             250},
            {"retry needs no block's end",
             "retry: 250\n:\n",
             {comment("").withRetry(250)},
             defaultLimit,
             "",
             250},
            {"retry alone is no event", "retry: 250\n\n", {}, defaultLimit, "", 250},
            {"the last retry counts", "retry: 1\nretry: 2\n", {}, defaultLimit, "", 2},
            {"retry of zero", "retry: 0\n", {}, defaultLimit, "", 0},
            {"retry with leading zeros",
             "retry: 0000000000000000000000007\n",
             {},
             defaultLimit,
             "",
             7},
            {"empty retry", "retry: 9\nretry:\nretry\nretry: \n", {}, defaultLimit, "", 9},
            {"retry with a sign", "retry: 9\nretry: -1\nretry: +1\n", {}, defaultLimit, "", 9},
            {"retry with spaces",
             "retry: 9\nretry:  1\nretry: 1 \nretry: 1 2\n",
             {},
             defaultLimit,
             "",
             9},
            {"retry with a fraction, an exponent, a letter",
             "retry: 9\nretry: 1.5\nretry: 1e3\nretry: 1s\nretry: 0x10\n",
             {},
             defaultLimit,
             "",
             9},
            {"retry with digits that are not ASCII",
             "retry: 9\nretry: \xD9\xA1\n",
             {},
             defaultLimit,
             "",
             9},
            {"retry with NUL", "retry: 9\nretry: 1\0\n"_ba, {}, defaultLimit, "", 9},
            {"retry of an hour", "retry: 3600000\n", {}, defaultLimit, "", 3600000},
            {"retry past an hour", "retry: 3600001\n", {}, defaultLimit, "", 3600000},
            {"retry past 64 bits",
             "retry: 99999999999999999999999999999\n",
             {},
             defaultLimit,
             "",
             3600000},

            // The limit: data and the line being read, line ends not counted
            {"exactly the limit", "data: abcd\n\n", {message("abcd")}, 10},
            {"one byte over", "data: abcde\n\n", {tooLarge()}, 10},
            {"exactly the limit with earlier data",
             "data: abcd\ndata:xy\n\n",
             {message("abcd\nxy")},
             11},
            {"one byte over with earlier data", "data: abcd\ndata:xyz\n\n", {tooLarge()}, 11},
            {"the joining line end counts once held",
             "data:ab\ndata:c\ndata\n\n",
             {message("ab\nc\n")},
             8},
            {"the joining line end puts it over", "data:ab\ndata:c\ndata\n\n", {tooLarge()}, 7},
            {"many small lines", "data:a\ndata:b\ndata:c\ndata:d\n\n", {tooLarge()}, 9},
            {"the next event arrives",
             "data: abcde\n\ndata: b\n\n",
             {tooLarge(), message("b")},
             10},
            {"several in a row", "data: abcde\n\ndata: abcdef\n\n", {tooLarge(), tooLarge()}, 10},
            {"the rest of the block is skipped",
             "data: abcdefghijkl\ndata: a\nevent: t\ndata: b\n\ndata: c\n\n",
             {tooLarge(), message("c")},
             10},
            {"id before too much data",
             "id: 1\ndata: abcdefghijkl\n\ndata: b\n\n",
             {tooLarge("1"), message("b", "1")},
             10},
            {"id after too much data",
             "data: abcdefghijkl\nid: 1\n\ndata: b\n\n",
             {tooLarge("1"), message("b", "1")},
             10},
            {"id that fits, but not beside the data",
             "data:abcde\nid:1\n\ndata:b\n\n",
             {message("abcde", "1"), message("b", "1")},
             10},
            {"id that puts the event over",
             "data:abcde\nid:123\n\ndata:b\n\n",
             {tooLarge("123"), message("b", "123")},
             10},
            {"id with NUL that puts the event over",
             "data:abcde\nid:\0\0\0\n\n"_ba,
             {tooLarge()},
             10},
            {"long id that puts the event over",
             "data:abcde\nid:1234567\n\n",
             {tooLarge("1234567")},
             10},
            {"id over the limit",
             "id: 12345678\ndata: a\n\ndata: b\n\n",
             {tooLarge(), message("b")},
             10},
            {"id over the limit leaves the last one",
             "id: 1\n\nid: 12345678\ndata: a\n\n",
             {idOnly("1"), tooLarge("1")},
             10},
            {"id over the limit alone", "id: 12345678\n\n", {tooLarge()}, 10},
            {"type over the limit",
             "event: abcdef\ndata: a\n\ndata: b\n\n",
             {tooLarge(), message("b")},
             10},
            {"type that puts the event over", "data:abcde\nevent:t\n\n", {tooLarge()}, 10},
            {"comment over the limit", ": abcdefghijkl\ndata: a\n\n", {message("a")}, 10},
            {"comment exactly the limit", ":abcdefghi\n", {comment("abcdefghi")}, 10},
            {"unknown field over the limit", "foo: abcdefghijkl\ndata: a\n\n", {message("a")}, 10},
            {"unknown name over the limit", "dataabcdefghijkl\ndata: a\n\n", {message("a")}, 10},
            {"unknown name over the limit with a late colon",
             "dataabcdefghijkl:b\ndata: a\n\n",
             {message("a")},
             10},
            {"retry over the limit", "retry: 0000001\ndata: a\n\n", {message("a")}, 10},
            {"comment over the limit inside a block",
             "data:a\n: abcdefghijkl\ndata:b\n\n",
             {message("a\nb")},
             10},
            {"comment inside an event that is skipped",
             "data: abcdefghijkl\n:c\n\n",
             {comment("c"), tooLarge()},
             10},
            {"retry inside an event that is skipped",
             "data: abcdefghijkl\nretry:5\n\n",
             {tooLarge().withRetry(5)},
             10,
             "",
             5},
            {"type inside an event that is skipped is forgotten",
             "data: abcdefghijkl\nevent:t\n\ndata:a\n\n",
             {tooLarge(), message("a")},
             10},
            {"CR LF after too long a line",
             "data: abcdefghijkl\r\nid: 1\r\n\r\ndata: b\r\n\r\n",
             {tooLarge("1"), message("b", "1")},
             10},
            {"CR after too long a line",
             "data: abcdefghijkl\rid: 1\r\rdata: b\r\r",
             {tooLarge("1"), message("b", "1")},
             10},
            {"an event over the limit that is cut off", "data: abcdefghijkl\nid: 1\n", {}, 10},
            {"bytes are counted before decoding",
             "data:\xFF\xFF\xFF\n\n",
             {message("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD")},
             8},
            {"the byte order mark does not count",
             "\xEF\xBB\xBF"
             "data:a\n\n",
             {message("a")},
             6},
            {"a limit of one byte",
             "data\n\nid\n\nevent\n\n:\nx\n:a\nretry:1\n\n",
             {tooLarge(), tooLarge(), tooLarge(), comment("")},
             1},
            {"a limit of one byte and a third of a byte order mark",
             "\xEF"
             "d\ndata\n\n",
             {tooLarge()},
             1},
            {"a limit of four bytes", "data\n\ndata:\n\n", {message(""), tooLarge()}, 4},
            {"a limit of seven bytes",
             "retry:1\nevent:t\ndata:ab\n\n",
             {message("ab", "", "t").withRetry(1)},
             7,
             "",
             1},

            // Whole streams
            {"example of the standard, stock ticker",
             "data: YHOO\ndata: +2\ndata: 10\n\n",
             {message("YHOO\n+2\n10")}},
            {"example of the standard, four blocks",
             ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  "
             "third "
             "event\n",
             {comment(" test stream"), message("first event", "1"), message("second event")}},
            {"example of the standard, two events",
             "data\n\ndata\ndata\n\ndata:",
             {message(""), message("\n")}},
            {"example of the standard, the space is ignored",
             "data:test\n\ndata: test\n\n",
             {message("test"), message("test")}},
    };
    return list;
}

} // namespace StreamFixtures

#endif // STREAMFIXTURES_H
