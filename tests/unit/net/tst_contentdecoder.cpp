// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/contentdecoder_p.h"

#include <QtCore/qlist.h>
#include <QtCore/qrandom.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <vector>

#ifdef EVENTSOURCE_HAS_ZLIB
#  include <zlib.h>
#endif
#if defined(__GLIBC__)
#  include <malloc.h>
#endif

using namespace EventSourcePrivate;
using State = ContentDecoder::State;

namespace {

constexpr qsizetype kibi = 1024;
constexpr qsizetype mebi = 1024 * 1024;

// What malloc has handed out, 0 where that cannot be found out.
size_t heldMemory()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

struct Decoded
{
    QByteArray output;
    QString error;
    State state = State::NeedsInput;
    bool isComplete = false;
    bool isWithinSize = true; // of each call
    qsizetype calls = 0;
    size_t mostMemory = 0; // held by the decoder
};

enum class Output { Kept, Counted };

// The body cut into pieces, each of which is read to its end.
Decoded decode(const QByteArray &coding, const QByteArray &body, qsizetype inputSize = 16 * kibi,
               qsizetype outputSize = 32 * kibi, Output keep = Output::Kept)
{
    Decoded result;
    std::vector<char> buffer(static_cast<size_t>(outputSize));
    qint64 count = 0;
    const size_t memory = heldMemory();
    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding(coding);
    if (!decoder)
        return result;
    for (qsizetype at = 0; at < body.size() && decoder->state() != State::Failed; at += inputSize) {
        decoder->setInput(QByteArrayView(body).sliced(at, std::min(inputSize, body.size() - at)));
        while (decoder->state() == State::HasMore) {
            const qint64 written = decoder->read(buffer.data(), outputSize);
            ++result.calls;
            count += written;
            result.isWithinSize = result.isWithinSize && written >= 0 && written <= outputSize;
            if (keep == Output::Kept)
                result.output.append(buffer.data(), written);
            else
                result.mostMemory = std::max(result.mostMemory, heldMemory() - memory);
        }
    }
    if (keep == Output::Counted)
        result.output = QByteArray::number(count);
    result.state = decoder->state();
    result.error = decoder->errorString();
    result.isComplete = decoder->isComplete();
    return result;
}

#ifdef EVENTSOURCE_HAS_ZLIB

enum Format { Gzip = MAX_WBITS + 16, Zlib = MAX_WBITS, Raw = -MAX_WBITS };

struct NamedFormat
{
    const char *tag;
    const char *coding;
    Format format;
};

constexpr NamedFormat formats[] = {
        {"gzip", "gzip", Gzip},
        {"deflate", "deflate", Zlib},
        {"raw deflate", "deflate", Raw},
};

class Compressor
{
public:
    explicit Compressor(Format format, int level = Z_DEFAULT_COMPRESSION)
    {
        if (deflateInit2(&m_stream, level, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            qFatal("deflateInit2");
    }
    ~Compressor() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Compressor)

    z_stream *stream() { return &m_stream; }

    QByteArray add(const QByteArray &data, int flush)
    {
        QByteArray result;
        QByteArray buffer(64 * kibi, Qt::Uninitialized);
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.constData()));
        m_stream.avail_in = uInt(data.size());
        do {
            m_stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
            m_stream.avail_out = uInt(buffer.size());
            deflate(&m_stream, flush);
            result.append(buffer.constData(), buffer.size() - m_stream.avail_out);
        } while (m_stream.avail_out == 0);
        return result;
    }

private:
    z_stream m_stream = {};
};

QByteArray compressed(const QByteArray &data, Format format, int level = Z_DEFAULT_COMPRESSION)
{
    return Compressor(format, level).add(data, Z_FINISH);
}

// So that a part of it is the data of no other part.
QByteArray events(int count)
{
    QByteArray result;
    for (int i = 0; i < count; ++i)
        result += "id: " + QByteArray::number(i)
                + "\ndata: {\"value\": " + QByteArray::number(i * i) + "}\n\n";
    return result;
}

QByteArray noise(qsizetype size)
{
    QRandomGenerator random(1);
    QByteArray result(size, Qt::Uninitialized);
    std::generate(result.begin(), result.end(), [&] { return char(random.generate()); });
    return result;
}

#endif

} // namespace

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

void tst_ContentDecoder::distinguishesWholeBodyFromTruncatedOne_data()
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

void tst_ContentDecoder::distinguishesWholeBodyFromTruncatedOne()
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

void tst_ContentDecoder::noticesEveryFlippedBit_data()
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

void tst_ContentDecoder::noticesEveryFlippedBit()
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

void tst_ContentDecoder::failsWithTheDamagedByte_data()
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

void tst_ContentDecoder::failsWithTheDamagedByte()
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

void tst_ContentDecoder::failsAtFirstBytesOfOtherFormat_data()
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

void tst_ContentDecoder::failsAtFirstBytesOfOtherFormat()
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
void tst_ContentDecoder::failsSoonOnPlainTextAsDeflate_data()
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

void tst_ContentDecoder::failsSoonOnPlainTextAsDeflate()
{
    QFETCH(QByteArray, text);

    const Decoded result = decode("deflate", text.repeated(64).first(64));
    QCOMPARE(result.state, State::Failed);
    QVERIFY(!result.output.contains("\n\n"));
}

void tst_ContentDecoder::saysWhatIsWrong_data()
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

void tst_ContentDecoder::saysWhatIsWrong()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    QFETCH(QString, error);

    for (const qsizetype inputSize : {1, 1'000'000})
        QCOMPARE(decode(coding, body, inputSize).error, error);
}

void tst_ContentDecoder::staysFailed()
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

void tst_ContentDecoder::holdsLittleOfBombs_data()
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

void tst_ContentDecoder::holdsLittleOfBombs()
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

void tst_ContentDecoder::returnsDuringInputWithoutOutput_data()
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

void tst_ContentDecoder::returnsDuringInputWithoutOutput()
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

QTEST_APPLESS_MAIN(tst_ContentDecoder)

#include "tst_contentdecoder.moc"
