// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "streamreader.h"

#include <QtCore/qdatetime.h>
#include <QtCore/qlocale.h>
#include <QtTest/qtest.h>

#include <functional>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;
using Outcome = ConnectionResult::Outcome;
using Answer = std::function<void(Exchange *)>;

Q_DECLARE_METATYPE(Answer)

// HTTP exchanges without an answer, with an answer that is no stream, and with silence.
class tst_StreamFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsMissingAnswers_data();
    void reportsMissingAnswers();
    void endsWithoutContent();
    void keepsTheBodyOfAnError_data();
    void keepsTheBodyOfAnError();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void endsByResponseTimeout_data();
    void endsByResponseTimeout();
    void limitsTheTimeForTheBodyOfAnError();
    void endsByIdleTimeout();
    void doesNotTakeUnreadBytesForSilence();
};

namespace {

constexpr qsizetype KiB = 1024;

} // namespace

void tst_StreamFailures::reportsMissingAnswers_data()
{
    QTest::addColumn<Answer>("answer"); // none: nobody listens
    QTest::newRow("refused") << Answer();
    QTest::newRow("reset") << Answer([](Exchange *exchange) { exchange->reset(); });
    QTest::newRow("closed") << Answer([](Exchange *exchange) { exchange->close(); });
    QTest::newRow("no HTTP") << Answer([](Exchange *exchange) {
        exchange->send("NONSENSE\r\n\r\n");
        exchange->close();
    });
}

void tst_StreamFailures::reportsMissingAnswers()
{
    QFETCH(Answer, answer);
    ScriptedServer server;
    server.setHandler(answer);
    if (!answer)
        server.stop();
    StreamReader reader;
    reader.open(server.url(u"/stream?token=s3cret"_s));
    QVERIFY(reader.awaitFinished());
    QVERIFY(!reader.connection->isAccepted());
    QCOMPARE(reader.connection->result().outcome, Outcome::NetworkError);
    QCOMPARE(reader.connection->result().httpStatus, 0);
    QCOMPARE(reader.emissions, QStringList {u"progressed"_s});
    const QString message = reader.connection->result().message;
    QVERIFY2(message.contains(u"127.0.0.1"_s), qPrintable(message));
    QVERIFY2(!message.contains(u"s3cret"_s), qPrintable(message));
}

void tst_StreamFailures::endsWithoutContent()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("204 No Content"); });
    StreamReader reader;
    reader.open(server.url());
    QVERIFY(reader.awaitFinished());
    QVERIFY(!reader.connection->isAccepted());
    QCOMPARE(reader.connection->result().outcome, Outcome::NoContent);
    QCOMPARE(reader.connection->result().httpStatus, 204);
    QCOMPARE(reader.connection->result().message, QString());
    QCOMPARE(reader.emissions, QStringList {u"progressed"_s});
}

void tst_StreamFailures::keepsTheBodyOfAnError_data()
{
    QTest::addColumn<QByteArray>("length"); // as announced
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("kept");
    const QByteArray limit(64 * KiB, 'x');
    QTest::newRow("none") << QByteArray("0") << QByteArray() << QByteArray();
    QTest::newRow("short") << QByteArray("4") << QByteArray("why?") << QByteArray("why?");
    QTest::newRow("64 KiB") << QByteArray("65536") << limit << limit;
    QTest::newRow("longer") << QByteArray("200000") << QByteArray(200000, 'x') << limit;
    QTest::newRow("longer, open") << QByteArray("999999999") << limit << limit;
}

void tst_StreamFailures::keepsTheBodyOfAnError()
{
    QFETCH(QByteArray, length);
    QFETCH(QByteArray, body);
    ScriptedServer server;
    StreamReader reader;
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send("HTTP/1.1 418 Teapot\r\nContent-Length: " + length + "\r\n\r\n" + body);
    QVERIFY(reader.awaitFinished());
    QVERIFY(!reader.connection->isAccepted());
    QCOMPARE(reader.connection->result().outcome, Outcome::HttpStatus);
    QCOMPARE(reader.connection->result().httpStatus, 418);
    QVERIFY(reader.connection->result().message.contains(u"418 Teapot"_s));
    QTEST(reader.connection->result().body, "kept");
    // It is no stream.
    QCOMPARE(reader.bytes, "");
    QCOMPARE(reader.emissions, QStringList {u"progressed"_s});
}

void tst_StreamFailures::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    const auto dateIn = [](qint64 seconds) {
        return QLocale::c()
                .toString(QDateTime::currentDateTimeUtc().addSecs(seconds),
                          u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
                .toLatin1();
    };
    constexpr int hour = 60 * 60 * 1000;
    QTest::newRow("seconds") << QByteArray("120") << 120000 << 120000;
    QTest::newRow("none") << QByteArray("0") << 0 << 0;
    QTest::newRow("two hours") << QByteArray("7200") << hour << hour;
    QTest::newRow("past 64 bits") << QByteArray("99999999999999999999") << hour << hour;
    // The test starts after the date was made.
    QTest::newRow("date") << dateIn(1800) << hour / 4 << hour / 2;
    QTest::newRow("date tomorrow") << dateIn(86400) << hour << hour;
    QTest::newRow("date of yesterday") << dateIn(-86400) << 0 << 0;
    QTest::newRow("garbage") << QByteArray("soon") << 0 << 0;
    QTest::newRow("negative") << QByteArray("-5") << 0 << 0;
    QTest::newRow("garbage after a number") << QByteArray("5 minutes") << 0 << 0;
    QTest::newRow("impossible date") << QByteArray("Mon, 99 Jan 2024 99:00:00 GMT") << 0 << 0;
    QTest::newRow("empty") << QByteArray() << 0 << 0;
}

void tst_StreamFailures::readsRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(int, least);
    QFETCH(int, most);
    ScriptedServer server;
    server.setHandler([&](Exchange *exchange) {
        exchange->sendAnswer("503 Busy", "Retry-After: " + value + "\r\n");
    });
    StreamReader reader;
    reader.open(server.url());
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().httpStatus, 503);
    const int retryAfter = reader.connection->result().retryAfter;
    QVERIFY2(retryAfter >= least && retryAfter <= most, QByteArray::number(retryAfter));
}

void tst_StreamFailures::endsByResponseTimeout_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("silence") << QByteArray();
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: te");
}

void tst_StreamFailures::endsByResponseTimeout()
{
    QFETCH(QByteArray, answer);
    ScriptedServer server;
    StreamReader reader;
    StreamRequest request;
    request.url = server.url();
    request.responseTimeout = 100;
    reader.connection->open(request);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send(answer);
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::Timeout);
    QVERIFY(reader.connection->result().message.contains(u"responseTimeout"_s));
    QCOMPARE(reader.emissions, QStringList {u"progressed"_s});
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_StreamFailures::limitsTheTimeForTheBodyOfAnError()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->send("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nnot all");
    });
    StreamReader reader;
    StreamRequest request;
    request.url = server.url();
    reader.connection->open(request);
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::HttpStatus);
    QCOMPARE(reader.connection->result().body, "not all");
}

void tst_StreamFailures::endsByIdleTimeout()
{
    ScriptedServer server;
    StreamReader reader;
    StreamRequest request;
    request.url = server.url();
    request.idleTimeout = 100;
    reader.connection->open(request);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    // It does not count before the head.
    QVERIFY(!QTest::qWaitFor([&] { return reader.connection->isFinished(); }, 300));
    exchange->sendStream("bytes");
    QVERIFY(reader.awaitFinished());
    QVERIFY(reader.connection->isAccepted());
    QCOMPARE(reader.bytes, "bytes");
    QCOMPARE(reader.connection->result().outcome, Outcome::Timeout);
    QVERIFY(reader.connection->result().message.contains(u"idleTimeout"_s));
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_StreamFailures::doesNotTakeUnreadBytesForSilence()
{
    ScriptedServer server;
    StreamRequest request;
    request.url = server.url();
    request.idleTimeout = 100;
    StreamReader slow(StreamReader::OnRequest);
    slow.connection->open(request);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("bytes");
    QVERIFY(waitFor([&] { return slow.heldBytes() == 5; }));

    // Others with the same limit end one after the other meanwhile.
    server.setHandler([](Exchange *silent) { silent->sendHead(); });
    for (int i = 0; i < 3; ++i) {
        StreamReader other;
        other.connection->open(request);
        QVERIFY(other.awaitFinished());
        QCOMPARE(other.connection->result().outcome, Outcome::Timeout);
    }
    QVERIFY(!slow.connection->isFinished());
    QVERIFY(exchange->isConnected());
    slow.read();
    QCOMPARE(slow.bytes, "bytes");
    QVERIFY(!slow.connection->isFinished());
    QVERIFY(slow.awaitFinished());
    QCOMPARE(slow.connection->result().outcome, Outcome::Timeout);
}

QTEST_GUILESS_MAIN(tst_StreamFailures)
#include "tst_streamfailures.moc"
