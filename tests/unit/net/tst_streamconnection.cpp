// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "streamreader.h"

#include <QtTest/qtest.h>

#include <functional>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;
using Outcome = ConnectionResult::Outcome;
using Answer = std::function<void(Exchange *)>;

Q_DECLARE_METATYPE(Answer)

// One HTTP exchange that is answered by a stream, or should be. Refusals, timeouts and redirects have
// tests of their own.
class tst_StreamConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTheHeadersOfTheStandard();
    void sendsLastEventIdUnlessEmpty_data();
    void sendsLastEventIdUnlessEmpty();
    void sendsHeadersAndBodyOfTheApplication();
    void acceptsEventStreamsOnly_data();
    void acceptsEventStreamsOnly();
    void handsOutBytesOnRequest();
    void reportsAcceptanceBeforeBytesOfTheSameSegment();
    void slowsTheServerDown();
    void endsCleanly_data();
    void endsCleanly();
    void reportsCutBodies_data();
    void reportsCutBodies();
    void decodesContentCodings_data();
    void decodesContentCodings();
    void givesItsPlaceBack_data();
    void givesItsPlaceBack();
};

namespace {

constexpr qsizetype KiB = 1024;

} // namespace

void tst_StreamConnection::sendsTheHeadersOfTheStandard()
{
    ScriptedServer server;
    StreamReader reader;
    reader.open(server.url(u"/a/b?c=d#e"_s));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "GET");
    QCOMPARE(exchange->target(), "/a/b?c=d");
    QCOMPARE(exchange->body(), "");
    QCOMPARE(exchange->header("Accept"), "text/event-stream");
    QCOMPARE(exchange->headerCount("Accept"), 1);
    QCOMPARE(exchange->header("Cache-Control"), "no-cache");
    QCOMPARE(exchange->headerCount("Cache-Control"), 1);
    for (const char *name : {"Last-Event-ID", "Content-Type", "Content-Length", "Cookie", "Pragma",
                             "Authorization", "Upgrade", "If-None-Match", "If-Modified-Since"})
        QVERIFY2(exchange->headerCount(name) == 0, name);
}

void tst_StreamConnection::sendsLastEventIdUnlessEmpty_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("count");
    QTest::newRow("ASCII") << QByteArray("event 7") << 1;
    QTest::newRow("UTF-8") << QByteArray("\xc3\xbc\xf0\x9f\x98\x80") << 1;
    QTest::newRow("zero") << QByteArray("0") << 1;
    QTest::newRow("empty") << QByteArray("") << 0;
}

void tst_StreamConnection::sendsLastEventIdUnlessEmpty()
{
    QFETCH(QByteArray, id);
    ScriptedServer server;
    StreamReader reader;
    StreamRequest request;
    request.url = server.url();
    request.lastEventId = id;
    reader.connection->open(request);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), id);
    QTEST(exchange->headerCount("Last-Event-ID"), "count");
}

void tst_StreamConnection::sendsHeadersAndBodyOfTheApplication()
{
    ScriptedServer server;
    StreamReader reader;
    StreamRequest request;
    request.url = server.url();
    request.method = "REPORT";
    request.headers = {{"Authorization", "Bearer one"}, {"X-Name", "two"}};
    request.body = "{\"q\":1}";
    request.bodyType = "application/json";
    reader.connection->open(request);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "REPORT");
    QCOMPARE(exchange->body(), "{\"q\":1}");
    QCOMPARE(exchange->header("Content-Type"), "application/json");
    QCOMPARE(exchange->header("Authorization"), "Bearer one");
    QCOMPARE(exchange->header("X-Name"), "two");
    QCOMPARE(exchange->header("Accept"), "text/event-stream");
    QCOMPARE(exchange->header("Cache-Control"), "no-cache");
    exchange->sendStream("answer");
    QVERIFY(reader.awaitBytes("answer"));
}

void tst_StreamConnection::acceptsEventStreamsOnly_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("the type alone") << QByteArray("Content-Type: text/event-stream\r\n") << true;
    QTest::newRow("with a parameter")
            << QByteArray("Content-Type: text/event-stream;charset=utf-8\r\n") << true;
    QTest::newRow("with a parameter after a space")
            << QByteArray("Content-Type: text/event-stream ; x=\"y;z\"\r\n") << true;
    QTest::newRow("upper case") << QByteArray("content-type: TEXT/Event-Stream\r\n") << true;
    QTest::newRow("a page") << QByteArray("Content-Type: text/html\r\n") << false;
    QTest::newRow("a longer name") << QByteArray("Content-Type: text/event-stream2\r\n") << false;
    QTest::newRow("in a parameter")
            << QByteArray("Content-Type: text/plain; x=text/event-stream\r\n") << false;
    QTest::newRow("empty") << QByteArray("Content-Type:\r\n") << false;
    QTest::newRow("none") << QByteArray() << false;
}

void tst_StreamConnection::acceptsEventStreamsOnly()
{
    QFETCH(QByteArray, headers);
    QFETCH(bool, accepted);
    ScriptedServer server;
    StreamReader reader;
    reader.open(server.url(u"/stream?token=s3cret"_s));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK", headers);
    QVERIFY(reader.awaitEmissions({u"progressed"_s}));
    QCOMPARE(reader.connection->isAccepted(), accepted);
    QCOMPARE(reader.connection->isFinished(), !accepted);
    QCOMPARE(reader.connection->result().httpStatus, 200);
    if (accepted) {
        QCOMPARE(reader.connection->origin(), u"http://127.0.0.1:%1"_s.arg(server.port()));
        exchange->sendChunk("bytes");
        QVERIFY(reader.awaitBytes("bytes"));
        return;
    }
    QCOMPARE(reader.connection->result().outcome, Outcome::ContentType);
    const QString message = reader.connection->result().message;
    QVERIFY2(message.contains(u"text/event-stream"_s), qPrintable(message));
    QVERIFY2(!message.contains(u"s3cret"_s), qPrintable(message));
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_StreamConnection::handsOutBytesOnRequest()
{
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest);
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    char piece[8];
    QCOMPARE(reader.connection->read(piece, sizeof(piece)), -1);
    exchange->sendHead();
    QVERIFY(reader.awaitEmissions({u"progressed"_s}));
    QVERIFY(reader.connection->isAccepted());
    QCOMPARE(reader.connection->read(piece, sizeof(piece)), -1);

    exchange->sendChunk("0123456789");
    QVERIFY(reader.awaitEmissions({u"progressed"_s, u"readyRead"_s}));
    QVERIFY(waitFor([&] { return reader.heldBytes() == 10; }));
    QCOMPARE(reader.connection->read(piece, 8), 8);
    QCOMPARE(QByteArray(piece, 8), "01234567");

    // The end does not hide what was not read yet.
    exchange->end();
    QVERIFY(reader.awaitEmissions({u"progressed"_s, u"readyRead"_s, u"progressed"_s}));
    QVERIFY(!reader.connection->isFinished());
    QCOMPARE(reader.connection->read(piece, 8), 2);
    QCOMPARE(QByteArray(piece, 2), "89");
    QVERIFY(!reader.connection->isFinished());
    QCOMPARE(reader.connection->read(piece, 8), -1);
    QVERIFY(reader.connection->isFinished());
    QVERIFY(reader.connection->isAccepted());
    QCOMPARE(reader.connection->result().outcome, Outcome::CleanEnd);
    QCOMPARE(reader.emissions.size(), 3);
}

void tst_StreamConnection::reportsAcceptanceBeforeBytesOfTheSameSegment()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                       "Transfer-Encoding: chunked\r\n\r\n5\r\nbytes\r\n0\r\n\r\n");
    });
    StreamReader reader;
    reader.open(server.url());
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.bytes, "bytes");
    QCOMPARE(reader.emissions.first(), u"progressed"_s);
    QCOMPARE(reader.emissions.last(), u"progressed"_s);
    QCOMPARE(reader.emissions.count(u"progressed"_s), 2);
    QCOMPARE(reader.connection->result().outcome, Outcome::CleanEnd);
}

void tst_StreamConnection::slowsTheServerDown()
{
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest);
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QVERIFY(reader.awaitAccepted());

    // Until nothing moves any more: the sockets' buffers, up to 32 MiB on some systems, are full.
    const QByteArray piece = QByteArray("0123456789abcdef").repeated(64 * KiB);
    int pieces = 0;
    do {
        exchange->sendChunk(piece);
    } while (++pieces < 256 && QTest::qWaitFor([&] { return exchange->bytesToWrite() == 0; }, 500));
    QVERIFY2(pieces < 256, "The server was not slowed down.");
    QVERIFY2(reader.heldBytes() > 0 && reader.heldBytes() <= 32 * KiB,
             QByteArray::number(reader.heldBytes()));
    exchange->end();

    const auto readOn = [&] { reader.read(); };
    connect(reader.connection.get(), &StreamConnection::readyRead, this, readOn);
    connect(reader.connection.get(), &StreamConnection::progressed, this, readOn);
    readOn();
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::CleanEnd);
    QCOMPARE(reader.bytes.size(), pieces * piece.size());
    QVERIFY(reader.bytes == piece.repeated(pieces));
}

void tst_StreamConnection::endsCleanly_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n")
                             << QByteArray("0\r\n\r\n");
    QTest::newRow("length") << QByteArray("Content-Length: 8\r\n\r\nbody") << QByteArray("last");
    QTest::newRow("end of connection")
            << QByteArray("Connection: close\r\n\r\nbody") << QByteArray();
}

void tst_StreamConnection::endsCleanly()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, end);
    ScriptedServer server;
    StreamReader reader;
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + head);
    QVERIFY(reader.awaitBytes("body"));
    exchange->send(end);
    if (end.isEmpty())
        exchange->close();
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::CleanEnd);
    QCOMPARE(reader.connection->result().message, QString());
    QCOMPARE(reader.bytes, end == "last" ? "bodylast" : "body");
    QCOMPARE(reader.emissions.last(), u"progressed"_s);
}

void tst_StreamConnection::reportsCutBodies_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isReset");
    QTest::newRow("between chunks")
            << QByteArray("Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n") << false;
    QTest::newRow("inside a chunk")
            << QByteArray("Transfer-Encoding: chunked\r\n\r\nff\r\nbody") << false;
    QTest::newRow("too short") << QByteArray("Content-Length: 8\r\n\r\nbody") << false;
    QTest::newRow("reset") << QByteArray("Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n") << true;
}

void tst_StreamConnection::reportsCutBodies()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, isReset);
    ScriptedServer server;
    StreamReader reader;
    reader.open(server.url(u"/stream?token=s3cret"_s));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + head);
    // QNAM may lose what comes together with the end, and the error, too.
    QVERIFY(reader.awaitBytes("body"));
    if (isReset)
        exchange->reset();
    else
        exchange->close();
    QVERIFY(reader.awaitFinished());
    QVERIFY(reader.connection->isAccepted());
    QCOMPARE(reader.connection->result().outcome, Outcome::NetworkError);
    const QString message = reader.connection->result().message;
    QVERIFY2(message.contains(u"127.0.0.1"_s), qPrintable(message));
    QVERIFY2(!message.contains(u"s3cret"_s), qPrintable(message));
}

void tst_StreamConnection::decodesContentCodings_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("gzip") << QByteArray("gzip")
                          << QByteArray::fromHex("1f8b08000000000002034b492c49b452c8cf4be5e24a0133"
                                                 "4bcaf3b9b800a20d4a3f16000000")
                          << QByteArray("data: one\n\ndata: two\n\n");
    const QByteArray text = QByteArray("data: again\n\n").repeated(20000);
    QTest::newRow("long deflate") << QByteArray("deflate") << qCompress(text).mid(4) << text;
}

void tst_StreamConnection::decodesContentCodings()
{
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, body);
    ScriptedServer server;
    StreamReader reader;
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QVERIFY(exchange->header("Accept-Encoding").contains(coding));
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\nContent-Encoding: " + coding + "\r\n");
    exchange->sendChunk(body.left(body.size() / 2));
    exchange->sendChunk(body.mid(body.size() / 2));
    exchange->end();
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::CleanEnd);
    QTEST(reader.bytes, "text");
}

void tst_StreamConnection::givesItsPlaceBack_data()
{
    QTest::addColumn<Answer>("answer");
    const auto status = [](const QByteArray &line, const QByteArray &headers = {}) {
        return Answer([=](Exchange *exchange) { exchange->sendAnswer(line, headers); });
    };
    QTest::newRow("end of a stream") << Answer([](Exchange *exchange) {
        exchange->sendStream("bytes");
        exchange->end();
    });
    QTest::newRow("no content") << status("204 No Content");
    QTest::newRow("wrong media type") << status("200 OK", "Content-Type: text/html\r\n");
    QTest::newRow("status") << status("500 Oops");
    QTest::newRow("redirect to nowhere") << status("302 Found");
    QTest::newRow("no answer") << Answer([](Exchange *exchange) { exchange->reset(); });
}

void tst_StreamConnection::givesItsPlaceBack()
{
    QFETCH(Answer, answer);
    ScriptedServer server;
    server.setHandler(answer);
    StreamReader reader;
    reader.open(server.url());
    QCOMPARE(reader.pool->managerCount(), 1);
    QVERIFY(reader.awaitFinished());
    // What is accepted has a place until it is deleted.
    if (reader.connection->isAccepted())
        reader.connection.reset();
    QTRY_COMPARE(reader.pool->managerCount(), 0);
    QVERIFY(!reader.manager);
}

QTEST_GUILESS_MAIN(tst_StreamConnection)
#include "tst_streamconnection.moc"
