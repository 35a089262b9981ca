// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "contentdecoding.h"

#include <QtTest/qtest.h>

using namespace ContentDecoding;
using namespace EventSourcePrivate;

class tst_ContentDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsCodingsByName_data();
    void knowsCodingsByName();
    void offersWhatItDecodes();
    void handsOutIdentityUnchanged();
    void takesNoBytesForWholeBody_data();
    void takesNoBytesForWholeBody();

#ifdef EVENTSOURCE_HAS_ZLIB
    void decodesHoweverCut_data();
    void decodesHoweverCut();
    void readsMembersAsOneBody_data();
    void readsMembersAsOneBody();
    void skipsFieldsOfGzipHeader();
    void handsOutFlushedEventsAtOnce_data();
    void handsOutFlushedEventsAtOnce();
    void handsOutNoMoreThanAskedFor();
    void survivesMoveInsideStream();
#endif
};

void tst_ContentDecoder::knowsCodingsByName_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("coding"); // empty: not supported

    QTest::newRow("no header") << QByteArray() << QByteArray("identity");
    QTest::newRow("blank") << QByteArray(" \t") << QByteArray("identity");
    QTest::newRow("identity") << QByteArray("Identity") << QByteArray("identity");
    for (const char *value :
         {"br", "zstd", "compress", "x-deflate", "gzi", "gzipp", "gzip;q=1", "gzip, gzip",
          "gzip,identity", "identity, gzip", "gzip,", "gzip gzip", "\"gzip\""})
        QTest::newRow(value) << QByteArray(value) << QByteArray();
    QTest::newRow("zero-width space") << QByteArray("\xE2\x80\x8Bgzip") << QByteArray();
    QTest::newRow("NUL") << QByteArray("gzip\0", 5) << QByteArray();
    QTest::newRow("long") << QByteArray(mebi, 'g') << QByteArray();
#ifdef EVENTSOURCE_HAS_ZLIB
    const QByteArray gzip = "gzip";
    const QByteArray deflate = "deflate";
#else
    const QByteArray gzip;
    const QByteArray deflate;
#endif
    QTest::newRow("gzip") << QByteArray("gzip") << gzip;
    QTest::newRow("upper case") << QByteArray("GZIP") << gzip;
    QTest::newRow("spaces around") << QByteArray("\t gZip  ") << gzip;
    QTest::newRow("old name") << QByteArray("X-GZip") << gzip;
    QTest::newRow("deflate") << QByteArray(" Deflate") << deflate;
}

void tst_ContentDecoder::knowsCodingsByName()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, coding);

    const std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding(value);
    QCOMPARE(decoder.has_value(), !coding.isEmpty());
    if (!decoder)
        return;
    QCOMPARE(decoder->coding(), coding);
    QCOMPARE(decoder->isIdentity(), coding == "identity");
    QCOMPARE(decoder->state(), State::NeedsInput);
}

void tst_ContentDecoder::offersWhatItDecodes()
{
    const QList<QByteArray> offered = ContentDecoder::acceptEncoding().split(',');
    for (const QByteArray &coding : offered)
        QVERIFY(ContentDecoder::forContentEncoding(coding).has_value());
#ifdef EVENTSOURCE_HAS_ZLIB
    QCOMPARE(offered.size(), 2);
#else
    QCOMPARE(offered, QList<QByteArray> {"identity"});
#endif
}

void tst_ContentDecoder::handsOutIdentityUnchanged()
{
    const QByteArray body("data: 1\n\n\0\x1f\x8b\b", 13);
    for (qsizetype inputSize = 1; inputSize <= body.size(); ++inputSize) {
        for (qsizetype outputSize = 1; outputSize <= body.size(); ++outputSize) {
            const Decoded result = decode("identity", body, inputSize, outputSize);
            QCOMPARE(result.output, body);
            QCOMPARE(result.state, State::NeedsInput);
            QVERIFY(result.isWithinSize);
            QVERIFY(result.isComplete);
        }
    }
}

void tst_ContentDecoder::takesNoBytesForWholeBody_data()
{
    QTest::addColumn<QByteArray>("coding");

    for (const QByteArray &coding : ContentDecoder::acceptEncoding().split(','))
        QTest::newRow(coding.trimmed().constData()) << coding;
    QTest::newRow("no header") << QByteArray();
}

void tst_ContentDecoder::takesNoBytesForWholeBody()
{
    QFETCH(QByteArray, coding);

    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding(coding);
    QVERIFY(decoder);
    decoder->setInput({});
    QCOMPARE(decoder->state(), State::NeedsInput);
    char byte = 'x';
    QCOMPARE(decoder->read(&byte, 1), 0);
    QCOMPARE(byte, 'x');
    QCOMPARE(decoder->state(), State::NeedsInput);
    QVERIFY(decoder->isComplete());
}

#ifdef EVENTSOURCE_HAS_ZLIB

void tst_ContentDecoder::decodesHoweverCut_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");

    for (const NamedFormat &f : formats) {
        const auto add = [&](const char *tag, const QByteArray &data, int level) {
            QTest::addRow("%s, %s", f.tag, tag)
                    << QByteArray(f.coding) << compressed(data, f.format, level) << data;
        };
        add("nothing", {}, 6);
        add("one byte", "\n", 6);
        add("events", events(3), 6);
        add("events in fixed codes", events(1), 1);
        add("many events", events(2000), 9);
        add("stored", events(50), 0);
        add("stored in several blocks", noise(100 * kibi), 0);
        add("noise", noise(40 * kibi), 6);
        add("longer than the window", events(500) + noise(30 * kibi) + events(500), 9);
        add("zeros", QByteArray(100 * kibi, '\0'), 6);
    }
}

void tst_ContentDecoder::decodesHoweverCut()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);

    for (const qsizetype inputSize : {1, 2, 3, 10, 1000, 4096, 4097, 1'000'000}) {
        for (const qsizetype outputSize : {1, 2, 7, 258, 32'768, 1'000'000}) {
            const Decoded result = decode(coding, body, inputSize, outputSize);
            QCOMPARE(result.error, QString());
            QVERIFY(result.output == expected);
            QCOMPARE(result.state, State::NeedsInput);
            QVERIFY(result.isComplete);
            QVERIFY(result.isWithinSize);
        }
    }
}

void tst_ContentDecoder::readsMembersAsOneBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QString>("error");

    const QByteArray one = compressed("data: 1\n\n", Gzip);
    const QByteArray two = compressed("data: 2\n\n", Gzip);
    const QByteArray none = compressed({}, Gzip);
    const QByteArray padding(600, '\0');
    const QString afterEnd = QStringLiteral("data after the end");

    QTest::newRow("two") << one + two << QByteArray("data: 1\n\ndata: 2\n\n") << QString();
    QTest::newRow("empty ones between") << none + one + none + none + two + none
                                        << QByteArray("data: 1\n\ndata: 2\n\n") << QString();
    QTest::newRow("one for each event")
            << one.repeated(300) << QByteArray("data: 1\n\n").repeated(300) << QString();
    QTest::newRow("zero padding") << one + padding << QByteArray("data: 1\n\n") << QString();
    QTest::newRow("one zero") << one + padding.first(1) << QByteArray("data: 1\n\n") << QString();
    QTest::newRow("member after padding")
            << one + padding + two << QByteArray("data: 1\n\n") << afterEnd;
    QTest::newRow("text after the end") << one + "data: 2\n\n"
                                        << QByteArray("data: 1\n\n") << afterEnd;
    QTest::newRow("zlib after the end")
            << one + compressed("data: 2\n\n", Zlib) << QByteArray("data: 1\n\n") << afterEnd;
    QTest::newRow("padding first")
            << padding + one << QByteArray() << QStringLiteral("incorrect header check");
}

void tst_ContentDecoder::readsMembersAsOneBody()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    QFETCH(QString, error);

    for (const qsizetype inputSize : {1, 2, 5, 17, 4096, 1'000'000}) {
        for (const qsizetype outputSize : {1, 9, 10, 32'768}) {
            const Decoded result = decode("gzip", body, inputSize, outputSize);
            QCOMPARE(result.output, expected);
            QCOMPARE(result.error, error);
            QCOMPARE(result.state, error.isEmpty() ? State::NeedsInput : State::Failed);
            QCOMPARE(result.isComplete, error.isEmpty());
        }
    }
}

void tst_ContentDecoder::skipsFieldsOfGzipHeader()
{
    const QByteArray data = events(3);
    QByteArray extra(1000, 'x');
    QByteArray name("events.txt");
    QByteArray comment("\xE9v\xE9nements");
    const auto bytes = [](QByteArray &array) { return reinterpret_cast<Bytef *>(array.data()); };

    // Each field by itself and together with the others.
    for (int fields = 0; fields < 32; ++fields) {
        gz_header header = {};
        header.time = 1'700'000'000;
        header.os = 3;
        header.text = fields & 1;
        if (fields & 2) {
            header.extra = bytes(extra);
            header.extra_len = uInt(extra.size());
        }
        if (fields & 4)
            header.name = bytes(name);
        if (fields & 8)
            header.comment = bytes(comment);
        header.hcrc = fields & 16 ? 1 : 0;
        Compressor compressor(Gzip);
        QCOMPARE(deflateSetHeader(compressor.stream(), &header), Z_OK);
        const QByteArray body = compressor.add(data, Z_FINISH);
        QCOMPARE(uchar(body[3]) & 0x1f, ((fields & 14) << 1) | (fields & 16) >> 3 | (fields & 1));
        for (const qsizetype inputSize : {1, 100, 1'000'000}) {
            const Decoded result = decode("gzip", body, inputSize);
            QCOMPARE(result.output, data);
            QVERIFY(result.isComplete);
        }
    }
}

void tst_ContentDecoder::handsOutFlushedEventsAtOnce_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("flush");

    for (const NamedFormat &f : formats) {
        const QByteArray coding = f.coding;
        QTest::addRow("%s, partial flush", f.tag) << coding << int(f.format) << Z_PARTIAL_FLUSH;
        QTest::addRow("%s, sync flush", f.tag) << coding << int(f.format) << Z_SYNC_FLUSH;
        QTest::addRow("%s, full flush", f.tag) << coding << int(f.format) << Z_FULL_FLUSH;
        QTest::addRow("%s, stored", f.tag) << coding << int(f.format) << -1;
    }
}

void tst_ContentDecoder::handsOutFlushedEventsAtOnce()
{
    QFETCH(QByteArray, coding);
    QFETCH(int, format);
    QFETCH(int, flush);

    Compressor compressor(Format(format), flush < 0 ? 0 : 6);
    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding(coding);
    QVERIFY(decoder);
    char buffer[100];
    for (int i = 0; i < 100; ++i) {
        // Its end still comes when all input is used up.
        const QByteArray event = "data: " + QByteArray::number(i) + QByteArray(1000, ' ') + "\n\n";
        const QByteArray piece = compressor.add(event, flush < 0 ? Z_SYNC_FLUSH : flush);
        decoder->setInput(piece);
        QByteArray output;
        while (decoder->state() == State::HasMore)
            output.append(buffer, decoder->read(buffer, sizeof buffer));
        QCOMPARE(output, event);
        QCOMPARE(decoder->state(), State::NeedsInput);
        QVERIFY(!decoder->isComplete());
    }
    const QByteArray last = compressor.add({}, Z_FINISH);
    decoder->setInput(last);
    QCOMPARE(decoder->read(buffer, sizeof buffer), 0);
    QCOMPARE(decoder->state(), State::NeedsInput);
    QVERIFY(decoder->isComplete());
}

void tst_ContentDecoder::handsOutNoMoreThanAskedFor()
{
    const QByteArray body = compressed("data: 1\n\n", Gzip);
    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding("gzip");
    decoder->setInput(body);
    char buffer[] = "---------";
    QCOMPARE(decoder->read(buffer, 0), 0);
    QCOMPARE(decoder->state(), State::HasMore);
    QCOMPARE(decoder->read(buffer, -1), 0);
    QCOMPARE(decoder->read(buffer, 2), 2);
    QCOMPARE(QByteArray(buffer), QByteArray("da-------"));
    QCOMPARE(decoder->state(), State::HasMore);
    QVERIFY(!decoder->isComplete());
    QCOMPARE(decoder->read(buffer, 7), 7);
    QCOMPARE(QByteArray(buffer), QByteArray("ta: 1\n\n--"));
    // Whatever is left is the end of the member.
    while (decoder->state() == State::HasMore)
        QCOMPARE(decoder->read(buffer, 9), 0);
    QCOMPARE(decoder->state(), State::NeedsInput);
    QVERIFY(decoder->isComplete());
}

void tst_ContentDecoder::survivesMoveInsideStream()
{
    const QByteArray data = events(100);
    const QByteArray body = compressed(data, Gzip);
    std::optional<ContentDecoder> first = ContentDecoder::forContentEncoding("gzip");
    QByteArray buffer(data.size(), Qt::Uninitialized);
    first->setInput(body);
    QCOMPARE(first->read(buffer.data(), 100), 100);
    ContentDecoder second = std::move(*first);
    first.reset();
    QCOMPARE(second.read(buffer.data() + 100, 100), 100);
    first = std::move(second);
    QCOMPARE(first->read(buffer.data() + 200, data.size() - 200), data.size() - 200);
    QCOMPARE(buffer, data);
}

#endif

QTEST_APPLESS_MAIN(tst_ContentDecoder)
#include "tst_contentdecoder.moc"
