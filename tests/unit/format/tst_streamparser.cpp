// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "parsedtoken.h"
#include "referenceparser.h"
#include "streamfixtures.h"
#include "utf8fixtures.h"

#include <QtCore/qrandom.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace StreamFixtures;

using Token = StreamParser::Token;

namespace {

void addFixtures()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<Tokens>("expected");
    QTest::addColumn<qsizetype>("limit");
    QTest::addColumn<QByteArray>("startId");
    QTest::addColumn<int>("retry");

    for (const Fixture &f : fixtures())
        QTest::newRow(f.tag) << f.input << f.tokens << f.limit << f.startId << f.retry;

    // Invalid UTF-8 wherever text is handed out.
    for (const Utf8Fixtures::Named &f : Utf8Fixtures::named) {
        const QByteArray bytes = QByteArray::fromHex(f.bytes);
        const QByteArray decoded = QByteArray::fromHex(f.decoded);
        const bool hasNul = decoded.contains('\0');
        QTest::addRow("UTF-8: %s", f.tag)
                << ":" + bytes + "\nid:" + bytes + "\nevent:" + bytes + "\ndata:" + bytes
                        + "\ndata:" + bytes + "\n\n"
                << Tokens {comment(decoded),
                           message(decoded + '\n' + decoded, hasNul ? QByteArray() : decoded,
                                   decoded)}
                << defaultLimit << QByteArray() << -1;
    }
}

struct Outcome
{
    Tokens tokens;
    int retry;
    QByteArray lastEventId;
};

Outcome parse(const QByteArrayList &pieces, qsizetype limit = defaultLimit,
              const QByteArray &startId = {})
{
    StreamParser parser;
    parser.setMaximumEventSize(limit);
    parser.reset(startId);
    Outcome outcome;
    for (const QByteArray &piece : pieces)
        feed(parser, piece, outcome.tokens);
    outcome.retry = parser.retry();
    outcome.lastEventId = parser.lastEventId();
    return outcome;
}

QByteArrayList inPieces(const QByteArray &input, qsizetype size)
{
    QByteArrayList pieces;
    for (qsizetype at = 0; at < input.size(); at += size)
        pieces.append(input.mid(at, size));
    return pieces;
}

} // namespace

class tst_StreamParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fixturesAgreeWithReference_data() { addFixtures(); }
    void fixturesAgreeWithReference();
    void parsesWhole_data() { addFixtures(); }
    void parsesWhole();
    void parsesByteByByte_data() { addFixtures(); }
    void parsesByteByByte();
    void parsesSplitAtEveryPosition_data() { addFixtures(); }
    void parsesSplitAtEveryPosition();
    void parsesInThreePieces_data() { addFixtures(); }
    void parsesInThreePieces();
    void parsesWithEmptyPieces_data() { addFixtures(); }
    void parsesWithEmptyPieces();
    void agreesWithReferenceOnRandomStreams();

    void dispatchesAtOnce_data();
    void dispatchesAtOnce();
    void resultsStayValid();
    void largeDataStaysValid();
    void rawDataIsValidUntilNext();

    void resetInTheMiddle_data();
    void resetInTheMiddle();
    void resetKeepsTheLimit();
    void setLastEventIdInTheMiddle();
    void ignoresLongIds();
    void reportsARetryThatChanged();
    void hasTheDataOfAnUnfinishedBlock_data();
    void hasTheDataOfAnUnfinishedBlock();
    void limitChangesInTheMiddle();
};

// The table itself is checked against the standard's steps.
void tst_StreamParser::fixturesAgreeWithReference()
{
    QFETCH(QByteArray, input);
    QFETCH(Tokens, expected);
    QFETCH(qsizetype, limit);
    QFETCH(QByteArray, startId);

    QCOMPARE(Reference::parse(input, limit, startId), expected);
}

void tst_StreamParser::parsesWhole()
{
    QFETCH(QByteArray, input);
    QFETCH(Tokens, expected);
    QFETCH(qsizetype, limit);
    QFETCH(QByteArray, startId);
    QFETCH(int, retry);

    const Outcome outcome = parse({input}, limit, startId);
    QCOMPARE(outcome.tokens, expected);
    QCOMPARE(outcome.retry, retry);
    QCOMPARE(outcome.lastEventId, expected.isEmpty() ? startId : expected.last().lastEventId);
}

void tst_StreamParser::parsesByteByByte()
{
    QFETCH(QByteArray, input);
    QFETCH(Tokens, expected);
    QFETCH(qsizetype, limit);
    QFETCH(QByteArray, startId);
    QFETCH(int, retry);

    const Outcome outcome = parse(inPieces(input, 1), limit, startId);
    QCOMPARE(outcome.tokens, expected);
    QCOMPARE(outcome.retry, retry);
}

void tst_StreamParser::parsesSplitAtEveryPosition()
{
    QFETCH(QByteArray, input);
    QFETCH(Tokens, expected);
    QFETCH(qsizetype, limit);
    QFETCH(QByteArray, startId);
    QFETCH(int, retry);

    for (qsizetype at = 0; at <= input.size(); ++at) {
        const Outcome outcome = parse({input.first(at), input.sliced(at)}, limit, startId);
        if (outcome.tokens != expected)
            qWarning("split at %lld", qlonglong(at));
        QCOMPARE(outcome.tokens, expected);
        QCOMPARE(outcome.retry, retry);
    }
}

void tst_StreamParser::parsesInThreePieces()
{
    QFETCH(QByteArray, input);
    QFETCH(Tokens, expected);
    QFETCH(qsizetype, limit);
    QFETCH(QByteArray, startId);
    QFETCH(int, retry);

    QRandomGenerator random(42);
    for (int i = 0; i < 100; ++i) {
        qsizetype first = random.bounded(int(input.size()) + 1);
        qsizetype second = random.bounded(int(input.size()) + 1);
        if (first > second)
            std::swap(first, second);
        const Outcome outcome = parse(
                {input.first(first), input.sliced(first, second - first), input.sliced(second)},
                limit, startId);
        if (outcome.tokens != expected)
            qWarning("split at %lld and %lld", qlonglong(first), qlonglong(second));
        QCOMPARE(outcome.tokens, expected);
        QCOMPARE(outcome.retry, retry);
    }
}

void tst_StreamParser::parsesWithEmptyPieces()
{
    QFETCH(QByteArray, input);
    QFETCH(Tokens, expected);
    QFETCH(qsizetype, limit);
    QFETCH(QByteArray, startId);

    QByteArrayList pieces = {""_ba};
    for (const QByteArray &piece : inPieces(input, 3))
        pieces << piece << QByteArray() << ""_ba;
    QCOMPARE(parse(pieces, limit, startId).tokens, expected);
}

// Streams put together from what matters to a parser, cut at random.
void tst_StreamParser::agreesWithReferenceOnRandomStreams()
{
    static const QByteArray parts[] = {
            "data",
            "data:",
            "data: ",
            "event",
            "event:",
            "id",
            "id:",
            "retry:",
            ":",
            " ",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\r\r",
            "\r\n\r\n",
            "\0"_ba,
            "\xEF\xBB\xBF",
            "\xEF",
            "\xBB",
            "\xE2\x82\xAC",
            "\xE2\x82",
            "\xF0\x9F\x98\x80",
            "\xF0\x9F",
            "\xFF",
            "7",
            "42",
            "text",
            "data:a\n\n",
            "dat",
            "id:1\n",
            "abcdefghijklmnop",
    };
    QRandomGenerator random(7);
    for (int round = 0; round < 20000; ++round) {
        QByteArray input;
        for (int i = random.bounded(24); i >= 0; --i)
            input += parts[random.bounded(int(std::size(parts)))];
        const qsizetype limit = random.bounded(3) == 0 ? 1 + random.bounded(24) : defaultLimit;

        QByteArrayList pieces;
        for (qsizetype at = 0; at < input.size();) {
            const qsizetype size = std::min<qsizetype>(1 + random.bounded(12), input.size() - at);
            pieces.append(input.sliced(at, size));
            at += size;
        }
        const Tokens expected = Reference::parse(input, limit);
        const Tokens whole = parse({input}, limit).tokens;
        const Tokens cut = parse(pieces, limit).tokens;
        if (whole != expected || cut != expected)
            qWarning() << "input" << input << "pieces" << pieces << "limit" << limit;
        QCOMPARE(whole, expected);
        QCOMPARE(cut, expected);
    }
}

// A piece's tokens come with that piece: a CR ends its line at once (rule 3), whatever follows.
void tst_StreamParser::dispatchesAtOnce_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<QList<int>>("counts"); // of tokens after each piece

    QTest::newRow("CR CR") << QByteArrayList {"data: a\r\r"} << QList<int> {1};
    QTest::newRow("CR, CR") << QByteArrayList {"data: a\r", "\r"} << QList<int> {0, 1};
    QTest::newRow("CR LF CR, LF") << QByteArrayList {"data: a\r\n\r", "\n"} << QList<int> {1, 1};
    QTest::newRow("CR LF CR, LF and more")
            << QByteArrayList {"data: a\r\n\r", "\ndata: b\r\n\r", "\n"} << QList<int> {1, 2, 2};
    QTest::newRow("CR, LF CR, LF")
            << QByteArrayList {"data: a\r", "\n\r", "\n"} << QList<int> {0, 1, 1};
    QTest::newRow("CR LF CR, CR") << QByteArrayList {"data: a\r\n\r", "\r"} << QList<int> {1, 1};
    QTest::newRow("CR LF CR, empty, LF LF")
            << QByteArrayList {"data: a\r\n\r", "", "\n\ndata: b\n\n"} << QList<int> {1, 1, 2};
    QTest::newRow("LF LF") << QByteArrayList {"data: a\n", "\n"} << QList<int> {0, 1};
    QTest::newRow("comment CR") << QByteArrayList {":a\r", "\n", ":b\r"} << QList<int> {1, 1, 2};
    QTest::newRow("line split before its CR")
            << QByteArrayList {"data: a", "\r", "\r"} << QList<int> {0, 0, 1};
    QTest::newRow("byte order mark, CR")
            << QByteArrayList {"\xEF\xBB\xBF", "\r", "\ndata: a\r\r"} << QList<int> {0, 0, 1};
}

void tst_StreamParser::dispatchesAtOnce()
{
    QFETCH(QByteArrayList, pieces);
    QFETCH(QList<int>, counts);

    StreamParser parser;
    Tokens tokens;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        feed(parser, pieces[i], tokens);
        QCOMPARE(int(tokens.size()), counts[i]);
    }
}

// What data(), type(), comment() and lastEventId() return is the caller's, whatever the parser and
// the input's buffer do next.
void tst_StreamParser::resultsStayValid()
{
    QByteArray input = ":one\nid:1\nevent:t\ndata:first\n\n:two\nid:2\nevent:u\ndata:second\n\n";
    StreamParser parser;
    parser.setInput(input);
    QCOMPARE(parser.next(), Token::Comment);
    const QByteArray text = parser.comment();
    QCOMPARE(parser.next(), Token::Event);
    const QByteArray data = parser.data();
    const QByteArray type = parser.type();
    const QByteArray id = parser.lastEventId();
    QCOMPARE(parser.next(), Token::Comment);
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.next(), Token::NeedInput);
    input.fill('#');
    parser.reset({});

    QCOMPARE(text, "one");
    QCOMPARE(data, "first");
    QCOMPARE(type, "t");
    QCOMPARE(id, "1");
}

// Large data is handed over without a copy; the parser must not write there again.
void tst_StreamParser::largeDataStaysValid()
{
    StreamParser parser;
    Tokens tokens;
    Tokens expected;
    for (char c = 'a'; c <= 'z'; ++c) {
        const QByteArray half(c % 2 ? 5000 : 50000, c);
        for (const QByteArray &piece : {"data:" + half, "\ndata:" + half + "\n\n"})
            feed(parser, piece, tokens);
        expected.append(message(half + '\n' + half));
    }
    QCOMPARE(tokens, expected);
}

void tst_StreamParser::rawDataIsValidUntilNext()
{
    const QByteArray input = "data:\xFF\n\ndata:a\ndata:b\n\n";
    StreamParser parser;
    parser.setInput(input);
    QCOMPARE(parser.next(), Token::Event);
    // As it came, and in place.
    QCOMPARE(parser.rawData(), QByteArrayView("\xFF"));
    QCOMPARE(parser.rawData().data(), input.constData() + 5);
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.rawData(), QByteArrayView("a\nb"));
}

void tst_StreamParser::resetInTheMiddle_data()
{
    QTest::addColumn<QByteArray>("before");

    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("a field") << "data: old\n"_ba;
    QTest::newRow("a block without its end") << "id: 5\nevent: t\ndata: old\n"_ba;
    QTest::newRow("half a line") << "data: ol"_ba;
    QTest::newRow("half a line after another") << "data: old\nda"_ba;
    QTest::newRow("CR that waits for its LF") << "data: old\r"_ba;
    QTest::newRow("half a byte order mark") << "\xEF\xBB"_ba;
    QTest::newRow("an event") << "id: 5\nevent: t\ndata: old\n\n"_ba;
    QTest::newRow("too large an event") << "data: 0123456789012345678901234567890123456789\n"_ba;
    QTest::newRow("half a line too long") << "data: 0123456789012345678901234567890123456789"_ba;
    QTest::newRow("retry") << "retry: 5\n"_ba;
}

// Rule 11, and rule 2 for the new response.
void tst_StreamParser::resetInTheMiddle()
{
    QFETCH(QByteArray, before);

    StreamParser parser;
    parser.setMaximumEventSize(32);
    Tokens ignored;
    feed(parser, before, ignored);
    parser.reset("7");
    QCOMPARE(parser.lastEventId(), "7");
    QCOMPARE(parser.retry(), -1);

    Tokens tokens;
    feed(parser, "\n", tokens);
    QCOMPARE(tokens, Tokens());

    parser.reset("7");
    feed(parser,
         "\xEF\xBB\xBF"
         "data: new\n\n",
         tokens);
    QCOMPARE(tokens, Tokens {message("new", "7")});

    // Input that is left is dropped too.
    parser.setInput("data: a\n\ndata: b\n\n");
    QCOMPARE(parser.next(), Token::Event);
    parser.reset({});
    QCOMPARE(parser.next(), Token::NeedInput);
}

void tst_StreamParser::resetKeepsTheLimit()
{
    StreamParser parser;
    parser.setMaximumEventSize(10);
    parser.reset({});
    Tokens tokens;
    feed(parser, "data: abcde\n\n", tokens);
    QCOMPARE(tokens, Tokens {tooLarge()});
}

void tst_StreamParser::setLastEventIdInTheMiddle()
{
    StreamParser parser;
    parser.setInput("id: 1\ndata: a\n\ndata: b\n\nid: 2\n:\n");
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.lastEventId(), "1");
    parser.setLastEventId("x");
    QCOMPARE(parser.lastEventId(), "x");
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.lastEventId(), "x");
    QCOMPARE(parser.rawData(), QByteArrayView("b"));
    // A block that has begun keeps the id that it has.
    QCOMPARE(parser.next(), Token::Comment);
    parser.setLastEventId("y");
    QCOMPARE(parser.next(), Token::NeedInput);
    Tokens tokens;
    feed(parser, "data: c\n\n", tokens);
    QCOMPARE(parser.lastEventId(), "2");
    QCOMPARE(tokens, Tokens {message("c", "2")});
}

void tst_StreamParser::ignoresLongIds()
{
    const QByteArray longest(StreamParser::maximumIdSize, 'x');
    StreamParser parser;
    const QByteArray stream =
            "id: 1\ndata: a\n\nid: " + longest + "y\ndata: b\n\nid: " + longest + "\ndata: c\n\n";
    parser.setInput(stream);
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.next(), Token::LongId);
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.lastEventId(), "1");
    QCOMPARE(parser.data(), "b");
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.lastEventId(), longest);
}

void tst_StreamParser::reportsARetryThatChanged()
{
    StreamParser parser;
    parser.setInput("retry: 5\nretry: 5\nretry: x\ndata: a\nretry: 7\ndata: b\n\n");
    QCOMPARE(parser.next(), Token::Retry);
    QCOMPARE(parser.retry(), 5);
    QCOMPARE(parser.next(), Token::Retry);
    QCOMPARE(parser.retry(), 7);
    QCOMPARE(parser.next(), Token::Event);
    QCOMPARE(parser.data(), "a\nb");
    QCOMPARE(parser.next(), Token::NeedInput);
}

void tst_StreamParser::hasTheDataOfAnUnfinishedBlock_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("nothing") << QByteArrayList {} << QByteArray();
    QTest::newRow("a finished block") << QByteArrayList {"data: a\n\n"} << QByteArray();
    QTest::newRow("without the empty line")
            << QByteArrayList {"data: [DONE]\n"} << QByteArray("[DONE]");
    QTest::newRow("without a line end") << QByteArrayList {"data: [DONE]"} << QByteArray("[DONE]");
    QTest::newRow("in pieces") << QByteArrayList {"da", "ta:[DO", "NE]"} << QByteArray("[DONE]");
    QTest::newRow("two lines") << QByteArrayList {"data: a\ndata: b"} << QByteArray("a\nb");
    QTest::newRow("another field") << QByteArrayList {"data: a\nid: b"} << QByteArray("a");
    QTest::newRow("a comment") << QByteArrayList {": a"} << QByteArray();
}

void tst_StreamParser::hasTheDataOfAnUnfinishedBlock()
{
    QFETCH(QByteArrayList, pieces);
    StreamParser parser;
    Tokens tokens;
    for (const QByteArray &piece : pieces)
        feed(parser, piece, tokens);
    QTEST(parser.unfinishedData(), "data");
}

void tst_StreamParser::limitChangesInTheMiddle()
{
    StreamParser parser;
    Tokens tokens;
    feed(parser, "data: 0123456789", tokens);
    parser.setMaximumEventSize(10);
    feed(parser, "0\nid: 1\n\n", tokens);
    feed(parser, "data: 0123456789", tokens);
    parser.setMaximumEventSize(100);
    feed(parser, "0\nid: 2\n\ndata: 0123456789", tokens);
    feed(parser, "0\n\n", tokens);
    QCOMPARE(tokens, (Tokens {tooLarge("1"), tooLarge("2"), message("01234567890", "2")}));
}

QTEST_APPLESS_MAIN(tst_StreamParser)
#include "tst_streamparser.moc"
