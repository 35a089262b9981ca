// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "parsedtoken.h"
#include "referenceparser.h"
#include "streamfixtures.h"
#include "utf8fixtures.h"

#include <QtCore/qcryptographichash.h>
#include <QtCore/qrandom.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <vector>

#if defined(__GLIBC__)
#  include <malloc.h>
#endif

using namespace Qt::StringLiterals;

using namespace StreamFixtures;
using Token = StreamParser::Token;

namespace {

constexpr qsizetype kibi = 1024;
constexpr qsizetype mebi = 1024 * 1024;

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

// What malloc has handed out, 0 where that cannot be told.
size_t heldMemory()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

// How many times longer the second one takes. Processor time, taken in turns: other programs on the
// machine and its changing clock disturb this least.
template <typename First, typename Second>
double timeRatio(First first, Second second)
{
    constexpr size_t rounds = 5;
    std::array<double, rounds> firsts;
    std::array<double, rounds> seconds;
    const auto measure = [](auto function) {
        const std::clock_t start = std::clock();
        function();
        return double(std::clock() - start);
    };
    for (size_t i = 0; i < rounds; ++i) {
        firsts[i] = measure(first);
        seconds[i] = measure(second);
    }
    std::sort(firsts.begin(), firsts.end());
    std::sort(seconds.begin(), seconds.end());
    return seconds[rounds / 2] / std::max(firsts[rounds / 2], 1.0);
}

// The tokens of one piece given over and over, counted only.
qsizetype countTokens(StreamParser &parser, QByteArrayView piece, qsizetype repetitions = 1)
{
    qsizetype count = 0;
    for (qsizetype i = 0; i < repetitions; ++i) {
        parser.setInput(piece);
        while (parser.next() != Token::NeedInput)
            ++count;
    }
    return count;
}

constexpr double linear = 3.0; // the most that twice the bytes may take

} // namespace

class tst_StreamParser : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

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

    void decodesAsTextDecoder();
    void decodesAsDefined();
    void decodesLongInvalidInput();

    void dispatchesAtOnce_data();
    void dispatchesAtOnce();
    void resultsStayValid();
    void largeDataStaysValid();
    void rawDataIsValidUntilNext();

    void resetInTheMiddle_data();
    void resetInTheMiddle();
    void resetKeepsTheLimit();
    void setLastEventIdInTheMiddle();
    void limitChangesInTheMiddle();

    void holdsNoMoreThanTheLimit_data();
    void holdsNoMoreThanTheLimit();
    void givesMemoryBack();
    void manyEventsInOnePiece();

    void linearInOneLongLine_data();
    void linearInOneLongLine();
    void linearInComments();
    void linearInDataLines();
    void linearInCarriageReturns();
    void linearInInvalidBytes();
    void linearInSmallPieces();
    void keepsUpWithALineScan();
};

void tst_StreamParser::initTestCase()
{
#if defined(__GLIBC__)
    // Else malloc learns to keep blocks up to 32 MiB, but gives larger ones back each time, and
    // twice the bytes take far more than twice the time whatever the parser does.
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
}

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

// Independent evidence: another implementation's results for every sequence of up to four bytes
// that matter.
void tst_StreamParser::decodesAsTextDecoder()
{
    const auto &bytes = Utf8Fixtures::interesting;
    size_t total = 1;
    for (size_t length = 1; length <= std::size(Utf8Fixtures::digests); ++length) {
        total *= std::size(bytes);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        QByteArray sequence(qsizetype(length), Qt::Uninitialized);
        for (size_t n = 0; n < total; ++n) {
            size_t rest = n;
            for (size_t i = length; i-- > 0; rest /= std::size(bytes))
                sequence[qsizetype(i)] = char(bytes[rest % std::size(bytes)]);
            hash.addData(toWellFormedUtf8(sequence));
            hash.addData(QByteArrayView("\xFF"));
        }
        QCOMPARE(hash.result().toHex(), QByteArray(Utf8Fixtures::digests[length - 1]));
    }
}

// The same sequences against the definition, which says where they differ if they do; with text
// around them long enough for vectorised code.
void tst_StreamParser::decodesAsDefined()
{
    const auto &bytes = Utf8Fixtures::interesting;
    constexpr size_t count = std::size(Utf8Fixtures::interesting);
    const QByteArray text(33, 'x');
    QByteArray sequence(3, Qt::Uninitialized);
    for (size_t n = 0; n < count * count * count; ++n) {
        sequence[0] = char(bytes[n / count / count]);
        sequence[1] = char(bytes[n / count % count]);
        sequence[2] = char(bytes[n % count]);
        QCOMPARE(toWellFormedUtf8(sequence), Reference::decode(sequence));
        const QByteArray longer = text + sequence + text + sequence;
        QCOMPARE(toWellFormedUtf8(longer), Reference::decode(longer));
    }
}

void tst_StreamParser::decodesLongInvalidInput()
{
    const QByteArray input(100000, '\xFF');
    QCOMPARE(toWellFormedUtf8(input), QByteArray("\xEF\xBF\xBD").repeated(100000));
    QCOMPARE(toWellFormedUtf8({}), QByteArray());
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
    // The id of a block that has begun gives way too: the caller spoke last.
    QCOMPARE(parser.next(), Token::Comment);
    parser.setLastEventId("y");
    QCOMPARE(parser.next(), Token::NeedInput);
    Tokens tokens;
    feed(parser, "data: c\n\n", tokens);
    QCOMPARE(tokens, Tokens {message("c", "y")});
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

void tst_StreamParser::holdsNoMoreThanTheLimit_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<Tokens>("expected");

    const QByteArray text(16 * kibi, 'x');
    QByteArray dataLines;
    for (int i = 0; i < 16; ++i)
        dataLines += "\ndata:" + text.first(kibi);

    QTest::newRow("data") << "data:"_ba << text << Tokens {tooLarge("1")};
    QTest::newRow("data in many lines") << ""_ba << dataLines << Tokens {tooLarge("1")};
    QTest::newRow("type") << "event:"_ba << text << Tokens {tooLarge("1")};
    QTest::newRow("id") << "id:"_ba << text << Tokens {tooLarge("1")};
    QTest::newRow("comment") << ":"_ba << text << Tokens {idOnly("1")};
    QTest::newRow("unknown field") << "x:"_ba << text << Tokens {idOnly("1")};
    QTest::newRow("unknown name") << ""_ba << text << Tokens {idOnly("1")};
    QTest::newRow("retry") << "retry:"_ba << QByteArray(16 * kibi, '0') << Tokens {idOnly("1")};
    QTest::newRow("data after much data")
            << "data:" + QByteArray(mebi - 16, 'x') + "\ndata:" << text << Tokens {tooLarge("1")};
    QTest::newRow("id after much data")
            << "data:" + QByteArray(mebi - 16, 'x') + "\nid:" << text << Tokens {tooLarge("1")};
}

void tst_StreamParser::holdsNoMoreThanTheLimit()
{
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, piece);
    QFETCH(Tokens, expected);

    StreamParser parser;
    parser.setMaximumEventSize(mebi);
    const size_t before = heldMemory();
    size_t most = 0;
    Tokens tokens;
    feed(parser, begin, tokens);
    for (int i = 0; i < 4096; ++i) {
        parser.setInput(piece);
        QCOMPARE(parser.next(), Token::NeedInput);
        const size_t now = heldMemory();
        most = std::max(most, now > before ? now - before : 0);
    }
    // A buffer that grows has up to twice its size.
    QVERIFY2(most <= size_t(3 * mebi), qPrintable(QString::number(most)));

    feed(parser, "\nid: 1\n\n", tokens);
    QCOMPARE(tokens, expected);
    tokens.clear();
    feed(parser, "data: next\n\n", tokens);
    QCOMPARE(tokens, Tokens {message("next", "1")});
}

// One huge event does not leave its buffers behind.
void tst_StreamParser::givesMemoryBack()
{
    const QByteArray half(4 * mebi, 'x');
    StreamParser parser;
    const size_t before = heldMemory();
    countTokens(parser, "data:" + half);
    QCOMPARE(countTokens(parser, "\nevent:" + half + "\ndata:" + half + "\n\n"), 1);
    countTokens(parser, "data: next\n\n");
    const size_t now = heldMemory();
    QVERIFY2(now < before + size_t(mebi), qPrintable(QString::number(now - before)));
}

// A recursion per event would overflow the stack here.
void tst_StreamParser::manyEventsInOnePiece()
{
    constexpr int count = 200000;
    StreamParser parser;
    QCOMPARE(countTokens(parser, QByteArray("data: a\n\n").repeated(count)), count);
    // The same without any token.
    QCOMPARE(countTokens(parser, QByteArray("event: a\n\n").repeated(count)), 0);
    QCOMPARE(countTokens(parser, QByteArray("\n").repeated(count)), 0);
    QCOMPARE(countTokens(parser, QByteArray("\r\n").repeated(count)), 0);
    parser.setMaximumEventSize(3);
    QCOMPARE(countTokens(parser, QByteArray("data\n\n").repeated(count)), count);
}

void tst_StreamParser::linearInOneLongLine_data()
{
    QTest::addColumn<qsizetype>("limit");

    QTest::newRow("held") << 128 * mebi;
    QTest::newRow("over the limit") << defaultLimit;
}

// 64 MiB in pieces of 16 KiB.
void tst_StreamParser::linearInOneLongLine()
{
    QFETCH(qsizetype, limit);

    const QByteArray piece(16 * kibi, 'x');
    qsizetype tokens = 0;
    const auto run = [&](qsizetype size) {
        StreamParser parser;
        parser.setMaximumEventSize(limit);
        countTokens(parser, "data:");
        countTokens(parser, piece, size / piece.size());
        tokens += countTokens(parser, "\n\n");
    };
    const double ratio = timeRatio([&] { run(32 * mebi); }, [&] { run(64 * mebi); });
    QVERIFY(tokens > 0);
    QVERIFY2(ratio < linear, qPrintable(QString::number(ratio)));
}

// A million, in one piece and in pieces of 16 KiB.
void tst_StreamParser::linearInComments()
{
    const QByteArray million = QByteArray(": keep alive\n").repeated(1000000);
    const QByteArrayView half = QByteArrayView(million).first(million.size() / 2);
    const QByteArrayView small = QByteArrayView(million).first(16 * kibi);
    StreamParser parser;
    qsizetype tokens = 0;
    const double ratio = timeRatio([&] { tokens += countTokens(parser, half); },
                                   [&] { tokens += countTokens(parser, million); });
    QVERIFY(tokens >= 1500000);
    QVERIFY2(ratio < linear, qPrintable(QString::number(ratio)));

    const double smallRatio = timeRatio([&] { tokens += countTokens(parser, small, 400); },
                                        [&] { tokens += countTokens(parser, small, 800); });
    QVERIFY2(smallRatio < linear, qPrintable(QString::number(smallRatio)));
}

// One event of 10,000 lines, many times, so that there is something to measure.
void tst_StreamParser::linearInDataLines()
{
    const QByteArray line = "data: some text of a common length\n";
    const auto run = [&](int lines) {
        const QByteArray block = line.repeated(lines) + '\n';
        StreamParser parser;
        qsizetype tokens = 0;
        for (int i = 0; i < 50; ++i) {
            // In pieces, and read, as a client would.
            for (qsizetype at = 0; at < block.size(); at += 16 * kibi)
                tokens += countTokens(
                        parser,
                        QByteArrayView(block).sliced(at, std::min(16 * kibi, block.size() - at)));
        }
        QCOMPARE(tokens, 50);
    };
    const double ratio = timeRatio([&] { run(5000); }, [&] { run(10000); });
    QVERIFY2(ratio < linear, qPrintable(QString::number(ratio)));
}

// CR alone, in pieces of 1 MiB: the search for a line's end must not run on to a far LF for every
// line.
void tst_StreamParser::linearInCarriageReturns()
{
    const QByteArray piece = QByteArray("data: a\r\r").repeated(mebi / 9);
    StreamParser parser;
    qsizetype tokens = 0;
    const auto run = [&](qsizetype size) {
        tokens += countTokens(parser, QByteArrayView(piece).first(size), 8);
    };
    const double ratio = timeRatio([&] { run(piece.size() / 18 * 9); }, [&] { run(piece.size()); });
    QVERIFY(tokens > 0);
    QVERIFY2(ratio < linear, qPrintable(QString::number(ratio)));
}

void tst_StreamParser::linearInInvalidBytes()
{
    const QByteArray bytes = QByteArray("\xE2\x82").repeated(mebi);
    const double ratio = timeRatio([&] { toWellFormedUtf8(QByteArrayView(bytes).first(mebi)); },
                                   [&] { toWellFormedUtf8(bytes); });
    QVERIFY2(ratio < linear, qPrintable(QString::number(ratio)));
}

// Twice the pieces for the same bytes.
void tst_StreamParser::linearInSmallPieces()
{
    const QByteArray line(2 * mebi, 'x');
    const auto run = [&](qsizetype size) {
        StreamParser parser;
        countTokens(parser, "data:");
        for (qsizetype at = 0; at < line.size(); at += size)
            countTokens(parser, QByteArrayView(line).sliced(at, size));
        QCOMPARE(countTokens(parser, "\n\n"), 1);
    };
    const double ratio = timeRatio([&] { run(2); }, [&] { run(1); });
    QVERIFY2(ratio < linear, qPrintable(QString::number(ratio)));
}

// QCOMPARE's view of a token.
char *toString(const ParsedToken &token)
{
    static const char *const kinds[] = {"NeedInput", "Event", "IdOnly", "Comment", "TooLarge"};
    QByteArray text = kinds[int(token.kind)];
    text += " type=" + token.type + " data=" + token.data + " comment=" + token.comment
            + " lastEventId=" + token.lastEventId + " retry=" + QByteArray::number(token.retry);
    return QTest::toPrettyCString(text.constData(), text.size());
}

// Events as they are common, data owned, against a search for line feeds in the same bytes.
void tst_StreamParser::keepsUpWithALineScan()
{
    QByteArray stream;
    for (int i = 1000000; stream.size() < 4 * mebi; ++i) {
        const QByteArray number = QByteArray::number(i);
        stream += "id: " + number + "\nevent: metric\ndata: {\"host\":\"web-" + number.right(2)
                + "\",\"cpu\":0." + number.right(4) + ",\"memory\":0.7215}\n\n";
    }
    const auto forEachPiece = [&](auto function) {
        for (qsizetype at = 0; at < stream.size(); at += 16 * kibi)
            function(QByteArrayView(stream).sliced(at, qMin(16 * kibi, stream.size() - at)));
    };
    qsizetype lines = 0;
    qsizetype bytes = 0;
    StreamParser parser;
    const double ratio = timeRatio(
            [&] {
                forEachPiece([&](QByteArrayView piece) {
                    const char *pos = piece.begin();
                    while (const void *found = std::memchr(pos, '\n', size_t(piece.end() - pos))) {
                        ++lines;
                        pos = static_cast<const char *>(found) + 1;
                    }
                });
            },
            [&] {
                forEachPiece([&](QByteArrayView piece) {
                    parser.setInput(piece);
                    while (parser.next() != Token::NeedInput)
                        bytes += parser.data().size();
                });
            });
    QVERIFY(lines > 100000 && bytes > mebi);
    qInfo("parser %.1f times as long as a search for line feeds", ratio);
    // Seven times with optimization; the rest is for noise, -O1 and sanitizers.
    QVERIFY2(ratio < 60, qPrintable(QString::number(ratio)));
}

QTEST_APPLESS_MAIN(tst_StreamParser)

#include "tst_streamparser.moc"
