// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "contentdecoding.h"

#include <QtTest/qtest.h>

using namespace ContentDecoding;
using namespace EventSourcePrivate;

// Bodies that are cut off, damaged, mislabelled, or made to cost much.
class tst_ContentDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
#ifdef EVENTSOURCE_HAS_ZLIB
    void distinguishesWholeBodyFromTruncatedOne_data();
    void distinguishesWholeBodyFromTruncatedOne();
    void noticesEveryFlippedBit_data();
    void noticesEveryFlippedBit();
    void failsWithTheDamagedByte_data();
    void failsWithTheDamagedByte();
    void failsAtFirstBytesOfOtherFormat_data();
    void failsAtFirstBytesOfOtherFormat();
    void failsSoonOnPlainTextAsDeflate_data();
    void failsSoonOnPlainTextAsDeflate();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void staysFailed();
    void holdsLittleOfBombs_data();
    void holdsLittleOfBombs();
    void returnsDuringInputWithoutOutput_data();
    void returnsDuringInputWithoutOutput();
#endif
};

void tst_ContentDamage::initTestCase()
{
#ifndef EVENTSOURCE_HAS_ZLIB
    QSKIP("Without zlib nothing is decompressed.");
#endif
}

#ifdef EVENTSOURCE_HAS_ZLIB

void tst_ContentDamage::distinguishesWholeBodyFromTruncatedOne_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QList<qsizetype>>("ends");

    for (const NamedFormat &f : formats) {
        const QByteArray body = compressed(events(20), f.format);
        QTest::newRow(f.tag) << QByteArray(f.coding) << body << events(20)
                             << QList<qsizetype> {0, body.size()};
        Compressor compressor(f.format);
        QByteArray flushed;
        for (int i = 0; i < 5; ++i)
            flushed += compressor.add(events(1), Z_SYNC_FLUSH);
        flushed += compressor.add({}, Z_FINISH);
        QTest::addRow("%s, flushed", f.tag)
                << QByteArray(f.coding) << flushed << events(1).repeated(5)
                << QList<qsizetype> {0, flushed.size()};
    }
    const QByteArray member = compressed(events(1), Gzip);
    QTest::newRow("gzip, two members and padding")
            << QByteArray("gzip") << member + member + QByteArray(2, '\0') << events(1).repeated(2)
            << QList<qsizetype> {0, member.size(), 2 * member.size(), 2 * member.size() + 1,
                                 2 * member.size() + 2};
}

void tst_ContentDamage::distinguishesWholeBodyFromTruncatedOne()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    QFETCH(QList<qsizetype>, ends);

    for (qsizetype size = 0; size <= body.size(); ++size) {
        for (const qsizetype inputSize : {qsizetype(1), body.size()}) {
            const Decoded result = decode(coding, body.first(size), inputSize);
            QCOMPARE(result.error, QString());
            QCOMPARE(result.state, State::NeedsInput);
            QVERIFY(expected.startsWith(result.output));
            QCOMPARE(result.isComplete, ends.contains(size));
        }
    }
}

void tst_ContentDamage::noticesEveryFlippedBit_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");

    // Raw deflate has no checksum.
    const NamedFormat checked[] = {formats[0], formats[1]};
    for (const NamedFormat &f : checked) {
        for (const int level : {0, 1, 6, 9}) {
            for (const int count : {1, 20}) {
                QTest::addRow("%s, level %d, %d events", f.tag, level, count)
                        << QByteArray(f.coding) << compressed(events(count), f.format, level)
                        << events(count);
            }
        }
    }
    QTest::newRow("gzip, two members")
            << QByteArray("gzip") << compressed(events(2), Gzip) + compressed(events(1), Gzip)
            << events(2) + events(1);
}

void tst_ContentDamage::noticesEveryFlippedBit()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);

    int noticed = 0;
    for (qsizetype bit = 0; bit < 8 * body.size(); ++bit) {
        QByteArray damaged = body;
        damaged[bit / 8] = char(damaged[bit / 8] ^ (1 << bit % 8));
        const Decoded whole = decode(coding, damaged);
        const Decoded byteByByte = decode(coding, damaged, 1, 1);
        QCOMPARE(byteByByte.error, whole.error);
        QCOMPARE(byteByByte.isComplete, whole.isComplete);
        if (whole.state == State::Failed || !whole.isComplete)
            ++noticed;
        else
            QVERIFY2(whole.output == expected, qPrintable(QStringLiteral("bit %1").arg(bit)));
    }
    // It does not matter what a gzip header says of the time and the system, which are 49 bits, nor
    // what pads a block.
    const qsizetype members = body.count("\x1F\x8B\x08");
    QVERIFY(noticed >= 8 * body.size() - 64 * members - 16);
}

void tst_ContentDamage::failsWithTheDamagedByte_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("damage");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("expected");

    const QByteArray event = "data: 1\n\n";
    for (const NamedFormat &f : formats) {
        // A flush ends with a whole byte, where a block of the type 3 may be put, which is none.
        Compressor compressor(f.format);
        const QByteArray before = compressor.add(event, Z_SYNC_FLUSH);
        const QByteArray after = compressor.add(event, Z_SYNC_FLUSH);
        QTest::addRow("%s, block type", f.tag)
                << QByteArray(f.coding) << before << QByteArray("\x06") << after << event;
        QTest::addRow("%s, length of stored block", f.tag)
                << QByteArray(f.coding) << before + QByteArray("\0\x01\0\xFE", 4)
                << QByteArray("\xFE") << after << event;
    }
    const QByteArray gzip = compressed(event, Gzip);
    QTest::newRow("gzip, checksum")
            << QByteArray("gzip") << gzip.first(gzip.size() - 5)
            << QByteArray(1, char(~gzip[gzip.size() - 5])) << gzip.last(4) + gzip << event;
    QTest::newRow("gzip, length") << QByteArray("gzip") << gzip.first(gzip.size() - 1)
                                  << QByteArray("\x01") << gzip << event;
    QTest::newRow("gzip, after the end")
            << QByteArray("gzip") << gzip << QByteArray("d") << QByteArray("ata: 2\n\n") << event;
    const QByteArray zlib = compressed(event, Zlib);
    QTest::newRow("deflate, checksum") << QByteArray("deflate") << zlib.first(zlib.size() - 1)
                                       << QByteArray(1, char(~zlib.back())) << zlib << event;
    QTest::newRow("deflate, after the end")
            << QByteArray("deflate") << zlib << QByteArray("x") << zlib.sliced(1) << event;
    QTest::newRow("raw deflate, after the end") << QByteArray("deflate") << compressed(event, Raw)
                                                << QByteArray(1, '\0') << zlib << event;
}

void tst_ContentDamage::failsWithTheDamagedByte()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, damage);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, expected);

    // What precedes it is handed out.
    const Decoded healthy = decode(coding, before);
    QCOMPARE(healthy.state, State::NeedsInput);
    QCOMPARE(healthy.output, expected);
    const Decoded damaged = decode(coding, before + damage);
    QCOMPARE(damaged.state, State::Failed);
    QCOMPARE(damaged.output, expected);
    QVERIFY(!damaged.error.isEmpty());
    QVERIFY(!damaged.isComplete);

    // And nothing that follows, also where it came with the damage.
    for (const qsizetype inputSize : {1, 1'000'000}) {
        for (const qsizetype outputSize : {1, 1'000'000}) {
            const Decoded result = decode(coding, before + damage + after, inputSize, outputSize);
            QCOMPARE(result.state, State::Failed);
            QCOMPARE(result.error, damaged.error);
            QCOMPARE(result.output, expected);
        }
    }

    // The bytes and the error come from one call.
    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding(coding);
    const QByteArray body = before + damage + after;
    decoder->setInput(body);
    QByteArray buffer(1000, Qt::Uninitialized);
    QCOMPARE(decoder->read(buffer.data(), buffer.size()), expected.size());
    QCOMPARE(decoder->state(), State::Failed);
}

void tst_ContentDamage::failsAtFirstBytesOfOtherFormat_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("size"); // of what is enough to know

    const QByteArray event = "data: 1\n\n";
    const QByteArray gzip = compressed(event, Gzip);
    QTest::newRow("text as gzip") << QByteArray("gzip") << event << 1;
    QTest::newRow("byte order mark as gzip") << QByteArray("gzip") << "\xEF\xBB\xBF" + event << 1;
    QTest::newRow("zlib as gzip") << QByteArray("gzip") << compressed(event, Zlib) << 1;
    QTest::newRow("raw deflate as gzip") << QByteArray("gzip") << compressed(event, Raw) << 1;
    QTest::newRow("zstd as gzip") << QByteArray("gzip") << QByteArray("\x28\xB5\x2F\xFD") << 1;
    QTest::newRow("zeros as gzip") << QByteArray("gzip") << QByteArray(100, '\0') << 1;
    QTest::newRow("compress as gzip") << QByteArray("gzip") << QByteArray("\x1F\x9D\x90") << 2;
    QTest::newRow("gzip of another method")
            << QByteArray("gzip") << "\x1F\x8B\x07" + gzip.sliced(3) << 4;
    QTest::newRow("gzip with unknown flags")
            << QByteArray("gzip") << "\x1F\x8B\x08\x20" + gzip.sliced(4) << 4;
    QTest::newRow("gzip as deflate") << QByteArray("deflate") << gzip << 1;
    QTest::newRow("byte order mark as deflate")
            << QByteArray("deflate") << "\xEF\xBB\xBF" + event << 1;
    QTest::newRow("id as deflate") << QByteArray("deflate") << QByteArray("id: 1\n") << 1;
    QTest::newRow("zstd as deflate")
            << QByteArray("deflate") << QByteArray("\x28\xB5\x2F\xFD") << 2;
    QTest::newRow("window too large") << QByteArray("deflate") << QByteArray("\x88\x1C") << 1;
    QTest::newRow("zlib header check") << QByteArray("deflate") << QByteArray("\x78\x9D\x03") << 2;
}

void tst_ContentDamage::failsAtFirstBytesOfOtherFormat()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(int, size);

    QCOMPARE(decode(coding, body.first(size - 1), 1).state, State::NeedsInput);
    for (const qsizetype inputSize : {1, 1'000'000}) {
        const Decoded result = decode(coding, body.first(size), inputSize);
        QCOMPARE(result.state, State::Failed);
        QCOMPARE(result.output, QByteArray());
        QVERIFY(!result.error.isEmpty());
        QCOMPARE(decode(coding, body, inputSize).output, QByteArray());
    }
}

// Raw deflate has no header to check, but text is not valid for long.
void tst_ContentDamage::failsSoonOnPlainTextAsDeflate_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("data") << QByteArray("data: {\"value\": 1}\n\n");
    QTest::newRow("data without space") << QByteArray("data:1\n\n");
    QTest::newRow("event") << QByteArray("event: update\ndata: 1\n\n");
    QTest::newRow("id") << QByteArray("id: 17\ndata: 1\n\n");
    QTest::newRow("retry") << QByteArray("retry: 1000\n\n");
    QTest::newRow("comment") << QByteArray(": connected\n\n");
    QTest::newRow("empty comment") << QByteArray(":\n\n");
    QTest::newRow("empty lines first") << QByteArray("\n\ndata: 1\n\n");
    QTest::newRow("empty lines, CR LF") << QByteArray("\r\n\r\n");
    QTest::newRow("HTML") << QByteArray("<!DOCTYPE html>\n<html>");
    QTest::newRow("HTML without type") << QByteArray("<html><head><title>Sign in</title>");
    QTest::newRow("JSON object") << QByteArray("{\"error\": \"unauthorized\"}\n");
    QTest::newRow("JSON array") << QByteArray("[1,2,3]");
    QTest::newRow("prose") << QByteArray("Service Unavailable");
}

void tst_ContentDamage::failsSoonOnPlainTextAsDeflate()
{
    QFETCH(QByteArray, text);

    const Decoded result = decode("deflate", text.repeated(64).first(64));
    QCOMPARE(result.state, State::Failed);
    QVERIFY(!result.output.contains("\n\n"));
}

void tst_ContentDamage::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("error");

    const QByteArray gzip = compressed("data: 1\n\n", Gzip);
    QTest::newRow("header") << QByteArray("gzip") << QByteArray("data: 1\n\n")
                            << QStringLiteral("incorrect header check");
    QTest::newRow("checksum") << QByteArray("gzip")
                              << gzip.first(gzip.size() - 8) + "abcd" + gzip.last(4)
                              << QStringLiteral("incorrect data check");
    QTest::newRow("length") << QByteArray("gzip") << gzip.first(gzip.size() - 4) + "abcd"
                            << QStringLiteral("incorrect length check");
    QTest::newRow("after the end") << QByteArray("gzip") << gzip + "\n"
                                   << QStringLiteral("data after the end");
    QTest::newRow("block") << QByteArray("deflate") << gzip << QStringLiteral("invalid block type");

    QByteArray dictionary = "data: event: id: ";
    Compressor compressor(Zlib);
    deflateSetDictionary(compressor.stream(), reinterpret_cast<Bytef *>(dictionary.data()),
                         uInt(dictionary.size()));
    QTest::newRow("dictionary") << QByteArray("deflate") << compressor.add("data: 1\n\n", Z_FINISH)
                                << QStringLiteral("a preset dictionary is needed");

    gz_header header = {};
    header.hcrc = 1;
    Compressor withHeader(Gzip);
    deflateSetHeader(withHeader.stream(), &header);
    QByteArray damaged = withHeader.add("data: 1\n\n", Z_FINISH);
    damaged[11] = char(~damaged[11]);
    QTest::newRow("checksum of the header")
            << QByteArray("gzip") << damaged << QStringLiteral("header crc mismatch");
}

void tst_ContentDamage::saysWhatIsWrong()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(QString, error);

    for (const qsizetype inputSize : {1, 1'000'000})
        QCOMPARE(decode(coding, body, inputSize).error, error);
}

void tst_ContentDamage::staysFailed()
{
    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding("gzip");
    char buffer[100];
    decoder->setInput("data: 1\n\n");
    QCOMPARE(decoder->read(buffer, sizeof buffer), 0);
    QCOMPARE(decoder->state(), State::Failed);
    const QByteArray good = compressed("data: 1\n\n", Gzip);
    decoder->setInput(good);
    QCOMPARE(decoder->state(), State::Failed);
    QCOMPARE(decoder->read(buffer, sizeof buffer), 0);
    QCOMPARE(decoder->errorString(), QStringLiteral("incorrect header check"));
    QVERIFY(!decoder->isComplete());
}

void tst_ContentDamage::holdsLittleOfBombs_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("size");

    for (const NamedFormat &f : formats) {
        QTest::addRow("%s, 10 MiB of zeros", f.tag)
                << QByteArray(f.coding) << compressed(QByteArray(10 * mebi, '\0'), f.format, 9)
                << qint64(10 * mebi);
        QTest::addRow("%s, 10 MiB of short lines", f.tag)
                << QByteArray(f.coding)
                << compressed(QByteArray("data\n").repeated(2 * mebi), f.format, 9)
                << qint64(10 * mebi);
    }
    QTest::newRow("gzip, 64 members of 1 MiB")
            << QByteArray("gzip") << compressed(QByteArray(mebi, '\n'), Gzip, 9).repeated(64)
            << qint64(64 * mebi);
}

void tst_ContentDamage::holdsLittleOfBombs()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(qint64, size);

    const Decoded result = decode(coding, body, 16 * kibi, 32 * kibi, Output::Counted);
    QCOMPARE(result.output, QByteArray::number(size));
    QVERIFY(result.isComplete);
    QVERIFY(result.isWithinSize);
    QVERIFY(result.calls >= size / (32 * kibi));
    QVERIFY2(result.mostMemory <= 64 * kibi, QByteArray::number(qulonglong(result.mostMemory)));
}

void tst_ContentDamage::returnsDuringInputWithoutOutput_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");

    const QByteArray storedBlock("\0\0\0\xFF\xFF", 5);
    // Four empty blocks, each with a code of its own.
    const QByteArray dynamicBlocks =
            QByteArray::fromHex("04c081000000000090ff6b100007020000000040feaf41"
                                "001c080000000000f9bf060170200000000000e4ff1a");
    QTest::newRow("empty stored blocks") << QByteArray("deflate") << storedBlock.repeated(mebi / 5);
    QTest::newRow("empty fixed blocks")
            << QByteArray("deflate") << QByteArray::fromHex("0208208000").repeated(mebi / 5);
    QTest::newRow("empty members")
            << QByteArray("gzip") << compressed({}, Gzip).repeated(mebi / 20);
    QTest::newRow("padding") << QByteArray("gzip") << compressed({}, Gzip) + QByteArray(mebi, '\0');
    QTest::newRow("file name without end")
            << QByteArray("gzip")
            << QByteArray::fromHex("1f8b0808000000000003") + QByteArray(mebi, 'n');
    QTest::newRow("empty dynamic blocks")
            << QByteArray("deflate") << dynamicBlocks.repeated(mebi / 45);
}

void tst_ContentDamage::returnsDuringInputWithoutOutput()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);

    // All in one piece: the decoder itself takes small ones.
    const Decoded result = decode(coding, body, body.size(), 32 * kibi, Output::Counted);
    QCOMPARE(result.error, QString());
    QCOMPARE(result.output, QByteArray("0"));
    QVERIFY(result.calls >= body.size() / (4 * kibi));
    QVERIFY2(result.mostMemory <= 64 * kibi, QByteArray::number(qulonglong(result.mostMemory)));
}

#endif

QTEST_APPLESS_MAIN(tst_ContentDamage)
#include "tst_contentdamage.moc"
