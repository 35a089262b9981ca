// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "gzip.h"
#include "memorywatch.h"
#include "recorder.h"
#include "scriptedserver.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

#include <algorithm>

using namespace Qt::StringLiterals;

using Peer = ThreadedServer::Peer;

constexpr qint64 MiB = 1024 * 1024;

// Content codings as servers and their proxies use them, rightly and wrongly.
class tst_Codings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForWhatItDecompresses();
    void deliversFlushedEvents_data();
    void deliversFlushedEvents();
    void endsAtDamage_data();
    void endsAtDamage();
    void reportsATruncatedBody();
    void takesACompleteBodyForACleanEnd();
    void refusesCodingsThatWereNotOffered_data();
    void refusesCodingsThatWereNotOffered();
    void keepsTheApplicationsAcceptEncoding_data();
    void keepsTheApplicationsAcceptEncoding();
    void skipsABombInOneLine_data();
    void skipsABombInOneLine();
    void readsCompressedErrorBodies_data();
    void readsCompressedErrorBodies();
    void cutsABombInAnErrorBody();
    void deliversNothingOfAnErrorBody();

private:
    static void prepare(EventSourceListener *listener)
    {
        listener->setFormat(EventSourceListener::Text);
        listener->reconnect()->setInitialDelay(60000);
    }
    static QByteArray coded(const QByteArray &coding)
    {
        return "Content-Type: text/event-stream\r\nContent-Encoding: " + coding + "\r\n";
    }
};

void tst_Codings::asksForWhatItDecompresses()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Accept-Encoding"), "gzip, deflate");
    QCOMPARE(exchange->headerCount("Accept-Encoding"), 1);
}

void tst_Codings::deliversFlushedEvents_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<Compressor::Format>("format");
    QTest::newRow("gzip") << QByteArray("gzip") << Compressor::Gzip;
    QTest::newRow("x-gzip") << QByteArray("x-gzip") << Compressor::Gzip;
    QTest::newRow("upper case") << QByteArray("GZIP") << Compressor::Gzip;
    QTest::newRow("deflate") << QByteArray("deflate") << Compressor::Zlib;
    QTest::newRow("deflate without the zlib format") << QByteArray("deflate") << Compressor::Raw;
}

// Each event is sent when the one before has arrived: what stays somewhere would end it.
void tst_Codings::deliversFlushedEvents()
{
    QFETCH(QByteArray, coding);
    QFETCH(Compressor::Format, format);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    Compressor compressor(format);
    exchange->sendHead("200 OK", coded(coding));
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    for (int i = 0; i < 20; ++i) {
        exchange->sendChunk(compressor.compress("data: " + QByteArray::number(i) + "\n\n"));
        QCOMPARE(recorder.take(1), QStringList {u"message: %1"_s.arg(i)});
    }
}

void tst_Codings::endsAtDamage_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("damaged"); // after one good event, if the coding is damaged later
    QTest::addColumn<bool>("afterAnEvent");
    const QByteArray garbage(2000, '\xff');
    QTest::newRow("gzip, within") << QByteArray("gzip") << garbage << true;
    QTest::newRow("deflate, within") << QByteArray("deflate") << garbage << true;
    QTest::newRow("gzip, from the start") << QByteArray("gzip") << garbage << false;
    QTest::newRow("plain text, called gzip")
            << QByteArray("gzip") << QByteArray("data: plain\n\n") << false;
    QTest::newRow("plain text, called deflate")
            << QByteArray("deflate") << QByteArray("data: plain\n\n") << false;
    QTest::newRow("deflate, called gzip")
            << QByteArray("gzip") << Compressor(Compressor::Zlib).compress("data: 1\n\n") << false;
    QTest::newRow("plain text after the compressed end")
            << QByteArray("gzip")
            << Compressor(Compressor::Gzip).compress("data: 0\n\n", Z_FINISH) + "data: plain\n\n"
            << false;
}

// The connection stays open, and good events would follow.
void tst_Codings::endsAtDamage()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, damaged);
    QFETCH(bool, afterAnEvent);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    Compressor compressor(coding == "gzip" ? Compressor::Gzip : Compressor::Zlib);
    exchange->sendHead("200 OK", coded(coding));
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    if (afterAnEvent) {
        exchange->sendChunk(compressor.compress("id: 1\ndata: good\n\n"));
        QCOMPARE(recorder.take(1), QStringList {u"message: good #1"_s});
    }
    exchange->sendChunk(damaged);
    exchange->sendChunk(compressor.compress("id: 2\ndata: after\n\n"));
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
    QStringList expected {u"DecodingError, retries"_s};
    if (damaged.contains("data: plain") && !damaged.startsWith("data")) // complete before it
        expected.prepend(u"message: 0"_s);
    QCOMPARE(recorder.take(1), expected);
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(QString::fromLatin1(coding)), qPrintable(error.message()));
    QCOMPARE(listener.errorString(), error.message());
    QCOMPARE(listener.lastEventId(), afterAnEvent ? u"1"_s : QString());
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_Codings::reportsATruncatedBody()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK", coded("gzip"));
    exchange->sendChunk(Compressor(Compressor::Gzip).compress("data: 1\n\n"));
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: 1"_s}));
    exchange->end(); // in good order for HTTP
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError, retries"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(u"gzip"_s), qPrintable(error.message()));
}

void tst_Codings::takesACompleteBodyForACleanEnd()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    listener.reconnect()->setEnabled(false);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK", coded("gzip"));
    exchange->sendChunk(Compressor(Compressor::Gzip).compress("data: 1\n\n", Z_FINISH));
    exchange->end();
    QCOMPARE(recorder.take(3), (QStringList {u"opened"_s, u"message: 1"_s, u"finished"_s}));
}

void tst_Codings::refusesCodingsThatWereNotOffered_data()
{
    QTest::addColumn<QByteArray>("coding");
    for (const char *coding :
         {"br", "zstd", "compress", "dcb", "aws-chunked", "gzip, br", "gzip, gzip"})
        QTest::newRow(coding) << QByteArray(coding);
}

void tst_Codings::refusesCodingsThatWereNotOffered()
{
    QFETCH(QByteArray, coding);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK", coded(coding)); // and nothing more
    QCOMPARE(recorder.take(1), QStringList {u"DecodingError, retries"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(QString::fromLatin1(coding)), qPrintable(error.message()));
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_Codings::keepsTheApplicationsAcceptEncoding_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QString>("then");
    QTest::newRow("gzip") << u"gzip"_s << QByteArray("gzip") << u"message: 1"_s;
    QTest::newRow("identity") << u"identity"_s << QByteArray() << u"message: 1"_s;
    QTest::newRow("brotli, but it was not used")
            << u"br"_s << QByteArray("gzip") << u"message: 1"_s;
    QTest::newRow("brotli, which was used")
            << u"br"_s << QByteArray("br") << u"DecodingError, retries"_s;
}

void tst_Codings::keepsTheApplicationsAcceptEncoding()
{
    QFETCH(QString, wanted);
    QFETCH(QByteArray, coding);
    QFETCH(QString, then);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    listener.setHeaders({{u"accept-encoding"_s, wanted}});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Accept-Encoding"), wanted.toLatin1());
    QCOMPARE(exchange->headerCount("Accept-Encoding"), 1);
    exchange->sendHead("200 OK",
                       coding.isEmpty() ? "Content-Type: text/event-stream\r\n" : coded(coding));
    exchange->sendChunk(coding == "gzip" ? Compressor(Compressor::Gzip).compress("data: 1\n\n")
                                         : QByteArray("data: 1\n\n"));
    const bool opens = then.startsWith(u"message"_s);
    QCOMPARE(recorder.take(opens ? 2 : 1),
             opens ? QStringList({u"opened"_s, then}) : QStringList {then});
}

void tst_Codings::skipsABombInOneLine_data()
{
    QTest::addColumn<int>("size"); // MiB
    QTest::newRow("10 MiB") << 10;
    QTest::newRow("200 MiB") << 200;
}

// The longest turn is noted by a timer that is always due. A busy machine lengthens turns, too, and
// so the limit is far above the slice's; decompressing all of it in one turn took seconds.
void tst_Codings::skipsABombInOneLine()
{
    QFETCH(int, size);
    constexpr int maximumEventSize = 64 * 1024;
    QByteArray bomb;
    {
        Compressor compressor(Compressor::Gzip);
        const QByteArray zeros(MiB, '0');
        bomb = compressor.compress("data: ");
        for (int i = 0; i < size; ++i)
            bomb += compressor.compress(zeros, Z_NO_FLUSH);
        bomb += compressor.compress("\n\nevent: wanted\ndata: after\n\n");
    }
    ThreadedServer server([&bomb](Peer &peer) {
        peer.readRequest();
        peer.sendHead("Content-Encoding: gzip\r\n");
        peer.sendChunk(bomb);
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    prepare(&listener);
    listener.setMaximumEventSize(maximumEventSize);
    QStringList errors;
    QString data;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        errors.append(error.code() == EventSourceListener::EventTooLargeError ? u"too large"_s
                                                                              : error.message());
    });
    connect(&listener, &EventSourceListener::message, this,
            [&](const EventSourceEvent &event) { data = event.text(); });
    MemoryWatch memory;
    QTimer always;
    always.start(0);
    QElapsedTimer sinceTurn;
    sinceTurn.start();
    qint64 longest = 0;
    connect(&always, &QTimer::timeout, this,
            [&] { longest = std::max(longest, sinceTurn.restart()); });
    QVERIFY(waitFor([&] { return !data.isEmpty() || errors.size() > 1; }));
    QCOMPARE(errors, QStringList {u"too large"_s});
    QCOMPARE(data, u"after"_s);
    const qint64 grown = memory.growth();
    qInfo("memory grew by %.2f MiB, longest turn %lld ms", double(grown) / MiB, longest);
    QVERIFY2(grown < 2 * MiB + maximumEventSize, QByteArray::number(grown));
    QVERIFY2(longest < 500, QByteArray::number(longest));
}

void tst_Codings::readsCompressedErrorBodies_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto compressed = [](Compressor::Format format) {
        return Compressor(format).compress("{\"why\":\"quota\"}", Z_FINISH);
    };
    const QByteArray json = "Content-Type: application/json\r\nContent-Encoding: ";
    const QString why = u"{\"why\":\"quota\"}"_s;
    QTest::newRow("403, gzip") << QByteArray("403 Forbidden") << json + "gzip\r\n"
                               << compressed(Compressor::Gzip) << why;
    QTest::newRow("403, deflate") << QByteArray("403 Forbidden") << json + "deflate\r\n"
                                  << compressed(Compressor::Zlib) << why;
    QTest::newRow("200 with another media type, gzip") << QByteArray("200 OK") << json + "gzip\r\n"
                                                       << compressed(Compressor::Gzip) << why;
    QTest::newRow("damaged") << QByteArray("403 Forbidden") << json + "gzip\r\n"
                             << QByteArray("{\"why\":1}") << QString();
    QTest::newRow("not readable") << QByteArray("403 Forbidden") << json + "br\r\n"
                                  << QByteArray("\x8b\x06\x80") << QString();
}

void tst_Codings::readsCompressedErrorBodies()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status, headers, body);
    const bool isStatus = !status.startsWith("200");
    QCOMPARE(recorder.take(1),
             QStringList {isStatus ? u"HttpStatusError"_s : u"ContentTypeError"_s});
    QCOMPARE(recorder.takeError().body(), expected);
}

void tst_Codings::cutsABombInAnErrorBody()
{
    QByteArray bomb;
    Compressor compressor(Compressor::Gzip);
    const QByteArray zeros(MiB, '0');
    for (int i = 0; i < 50; ++i)
        bomb += compressor.compress(zeros, Z_NO_FLUSH);
    bomb += compressor.compress({}, Z_FINISH);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    MemoryWatch memory;
    exchange->sendAnswer("403 Forbidden", "Content-Encoding: gzip\r\n", bomb);
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(recorder.takeError().body(), QString(64 * 1024, u'0'));
    QVERIFY2(memory.growth() < 4 * MiB, QByteArray::number(memory.growth()));
}

// What stands behind the part that is read is no stream either.
void tst_Codings::deliversNothingOfAnErrorBody()
{
    const QByteArray events = QByteArray("data: refused\n\n").repeated(20000);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("403 Forbidden",
                         "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n",
                         Compressor(Compressor::Gzip).compress(events, Z_FINISH));
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(recorder.takeError().body(), QString::fromLatin1(events.left(64 * 1024)));
}

QTEST_GUILESS_MAIN(tst_Codings)
#include "tst_codings.moc"
