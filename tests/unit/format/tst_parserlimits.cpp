// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "parsedtoken.h"
#include "streamfixtures.h"
#include "timeratio.h"

#include <QtTest/qtest.h>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace StreamFixtures;

#if defined(__GLIBC__)
#  include <malloc.h>
#endif

using Token = StreamParser::Token;

namespace {

constexpr qsizetype kibi = 1024;
constexpr qsizetype mebi = 1024 * 1024;

// What malloc has handed out, 0 where that is not known.
size_t heldMemory()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
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

} // namespace

// Memory is bounded, and the time is linear in the bytes.
class tst_ParserLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { settleMalloc(); }

    void holdsNoMoreThanTheLimit_data();
    void holdsNoMoreThanTheLimit();
    void givesMemoryBack();
    void manyEventsInOnePiece();

    void linearInOneLongLine_data();
    void linearInOneLongLine();
    void linearInComments();
    void linearInDataLines();
    void linearInCarriageReturns();
    void linearInSmallPieces();
    void keepsUpWithALineScan();
};

void tst_ParserLimits::holdsNoMoreThanTheLimit_data()
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

void tst_ParserLimits::holdsNoMoreThanTheLimit()
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
void tst_ParserLimits::givesMemoryBack()
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
void tst_ParserLimits::manyEventsInOnePiece()
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

void tst_ParserLimits::linearInOneLongLine_data()
{
    QTest::addColumn<qsizetype>("limit");

    QTest::newRow("held") << 128 * mebi;
    QTest::newRow("over the limit") << defaultLimit;
}

// 64 MiB in pieces of 16 KiB.
void tst_ParserLimits::linearInOneLongLine()
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
void tst_ParserLimits::linearInComments()
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
void tst_ParserLimits::linearInDataLines()
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
void tst_ParserLimits::linearInCarriageReturns()
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

// Twice the pieces for the same bytes.
void tst_ParserLimits::linearInSmallPieces()
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

// Events as they are common, data owned, against a search for line feeds in the same bytes.
void tst_ParserLimits::keepsUpWithALineScan()
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

QTEST_APPLESS_MAIN(tst_ParserLimits)
#include "tst_parserlimits.moc"
