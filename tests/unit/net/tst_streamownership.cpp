// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "streamreader.h"

#include <QtTest/qtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;
using Outcome = ConnectionResult::Outcome;
using Answer = std::function<void(Exchange *)>;

Q_DECLARE_METATYPE(Answer)

// Connections, pools and managers that are deleted where it is least convenient. The sanitizers see
// what a crash does not show.
class tst_StreamOwnership : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isDeletedWhenItProgressed_data();
    void isDeletedWhenItProgressed();
    void isDeletedWhenItIsReadyToRead_data();
    void isDeletedWhenItIsReadyToRead();
    void isDeletedByTimeout_data();
    void isDeletedByTimeout();
    void isDeletedInANestedEventLoop();
    void isNotReenteredInANestedEventLoop();
    void reportsWhatCameInANestedEventLoop();
    void endsInANestedEventLoop();
    void reportsThatItsManagerWasDeleted_data();
    void reportsThatItsManagerWasDeleted();
    void takesThePoolWithIt_data();
    void takesThePoolWithIt();
    void leavesOtherConnectionsAlone();
};

namespace {

constexpr char wholeStream[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n5\r\nbytes\r\n0\r\n\r\n";

Answer sends(const QByteArray &bytes)
{
    return [bytes](Exchange *exchange) { exchange->send(bytes); };
}

// What the connection left behind is deleted as well.
bool awaitReplyDeleted(const StreamReader &reader)
{
    return waitFor([&] { return !reader.reply(); });
}

// A reply uses itself after it has emitted, so it must be there for those who are connected to it
// after the connection: to them it emits last.
void connectAfterConnection(QNetworkReply *reply, QObject *context, bool *isCalled)
{
    QObject::connect(reply, &QNetworkReply::readyRead, context, [isCalled] { *isCalled = true; });
}

} // namespace

void tst_StreamOwnership::isDeletedWhenItProgressed_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("which"); // of the signals
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    QTest::newRow("accepted") << sends(head + "Transfer-Encoding: chunked\r\n\r\n") << 1;
    QTest::newRow("accepted, all at once") << sends(wholeStream) << 1;
    QTest::newRow("ended") << sends(wholeStream) << 2;
    QTest::newRow("accepted, empty") << sends(head + "Content-Length: 0\r\n\r\n") << 1;
    QTest::newRow("ended, empty") << sends(head + "Content-Length: 0\r\n\r\n") << 2;
    QTest::newRow("accepted and cut") << Answer([head](Exchange *exchange) {
        exchange->send(head + "\r\n");
        exchange->close();
    }) << 1;
    QTest::newRow("no content") << sends("HTTP/1.1 204 No Content\r\n\r\n") << 1;
    QTest::newRow("wrong media type") << sends("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") << 1;
    QTest::newRow("status") << sends("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n") << 1;
    QTest::newRow("status with a long body")
            << sends("HTTP/1.1 500 Oops\r\nContent-Length: 70000\r\n\r\n" + QByteArray(70000, 'x'))
            << 1;
    QTest::newRow("redirect to nowhere")
            << sends("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n") << 1;
    QTest::newRow("too many redirects")
            << sends("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n") << 1;
    QTest::newRow("no answer") << Answer([](Exchange *exchange) { exchange->reset(); }) << 1;
}

void tst_StreamOwnership::isDeletedWhenItProgressed()
{
    QFETCH(Answer, answer);
    QFETCH(int, which);
    ScriptedServer server;
    server.setHandler(answer);
    StreamReader reader;
    int count = 0;
    connect(reader.connection.get(), &StreamConnection::progressed, this, [&] {
        if (++count == which)
            reader.connection.reset();
    });
    reader.open(server.url());
    QVERIFY(awaitReplyDeleted(reader));
    QVERIFY(!reader.connection);
    QCOMPARE(count, which);
}

void tst_StreamOwnership::isDeletedWhenItIsReadyToRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("open stream") << QByteArray(wholeStream).chopped(5);
    QTest::newRow("ended stream") << QByteArray(wholeStream);
    QTest::newRow("flood") << "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                    + QByteArray(4 * 1024 * 1024, 'x');
}

void tst_StreamOwnership::isDeletedWhenItIsReadyToRead()
{
    QFETCH(QByteArray, bytes);
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest);
    int count = 0;
    connect(reader.connection.get(), &StreamConnection::readyRead, this, [&] {
        ++count;
        reader.connection.reset();
    });
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    bool replyWasThere = false;
    connectAfterConnection(reader.reply(), this, &replyWasThere);
    exchange->send(bytes);
    QVERIFY(awaitReplyDeleted(reader));
    QVERIFY(replyWasThere);
    QTRY_VERIFY(!exchange->isConnected());
    QCOMPARE(count, 1);
}

void tst_StreamOwnership::isDeletedByTimeout_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("connect timeout") << QByteArray();
    QTest::newRow("idle timeout") << QByteArray(wholeStream).chopped(5);
    QTest::newRow("body of an error")
            << QByteArray("HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\nx");
}

void tst_StreamOwnership::isDeletedByTimeout()
{
    QFETCH(QByteArray, bytes);
    ScriptedServer server;
    server.setHandler(sends(bytes));
    StreamReader reader;
    connect(reader.connection.get(), &StreamConnection::progressed, this, [&] {
        if (reader.connection->isFinished())
            reader.connection.reset();
    });
    StreamRequest request;
    request.url = server.url();
    request.responseTimeout = 300;
    request.idleTimeout = 100;
    reader.connection->open(request);
    QVERIFY(awaitReplyDeleted(reader));
    QVERIFY(!reader.connection);
}

// The connection to the server ends at once, not when the handler returns.
void tst_StreamOwnership::isDeletedInANestedEventLoop()
{
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest);
    Exchange *exchange = nullptr;
    bool hasEnded = false;
    connect(reader.connection.get(), &StreamConnection::readyRead, this, [&] {
        QMetaObject::invokeMethod(
                this, [&] { reader.connection.reset(); }, Qt::QueuedConnection);
        hasEnded = waitFor([&] { return !reader.connection && !exchange->isConnected(); });
    });
    reader.open(server.url());
    exchange = server.take();
    QVERIFY(exchange);
    bool replyWasThere = false;
    connectAfterConnection(reader.reply(), this, &replyWasThere);
    exchange->sendStream("bytes");
    QVERIFY(waitFor([&] { return hasEnded; }));
    QVERIFY(awaitReplyDeleted(reader));
    QVERIFY(replyWasThere);
    QCOMPARE(reader.emissions, QStringList({u"progressed"_s, u"readyRead"_s}));
}

void tst_StreamOwnership::isNotReenteredInANestedEventLoop()
{
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest);
    Exchange *exchange = nullptr;
    int depth = 0;
    int deepest = 0;
    bool hasWaited = false;
    connect(reader.connection.get(), &StreamConnection::readyRead, this, [&] {
        deepest = std::max(deepest, ++depth);
        reader.read();
        if (!hasWaited) {
            exchange->sendChunk("second ");
            hasWaited = waitFor([&] { return reader.heldBytes() == 7; });
            reader.read();
        }
        --depth;
    });
    reader.open(server.url());
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("first ");
    QVERIFY(reader.awaitBytes("first second "));
    QVERIFY(hasWaited);
    QCOMPARE(deepest, 1);
    // It is as before.
    exchange->sendChunk("third");
    QVERIFY(reader.awaitBytes("first second third"));
    exchange->end();
    QVERIFY(waitFor([&] { return reader.emissions.last() == u"progressed"_s; }));
    reader.read();
    QVERIFY(reader.connection->isFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::CleanEnd);
}

// The receiver has read before its loop, and does not look again.
void tst_StreamOwnership::reportsWhatCameInANestedEventLoop()
{
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest);
    Exchange *exchange = nullptr;
    bool hasWaited = false;
    connect(reader.connection.get(), &StreamConnection::readyRead, this, [&] {
        reader.read();
        if (hasWaited)
            return;
        exchange->sendChunk("second");
        hasWaited = waitFor([&] { return reader.heldBytes() == 6; });
    });
    reader.open(server.url());
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("first ");
    QVERIFY(reader.awaitBytes("first second"));
    QVERIFY(hasWaited);
}

void tst_StreamOwnership::endsInANestedEventLoop()
{
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest);
    Exchange *exchange = nullptr;
    bool hasEnded = false;
    connect(reader.connection.get(), &StreamConnection::readyRead, this, [&] {
        exchange->sendChunk(" more");
        exchange->end();
        hasEnded = waitFor([&] { return reader.emissions.last() == u"progressed"_s; });
        QVERIFY(!reader.connection->isFinished());
        reader.read();
    });
    reader.open(server.url());
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("bytes");
    QVERIFY(reader.awaitFinished());
    QVERIFY(hasEnded);
    QCOMPARE(reader.bytes, "bytes more");
    QCOMPARE(reader.connection->result().outcome, Outcome::CleanEnd);
    QCOMPARE(reader.emissions, QStringList({u"progressed"_s, u"readyRead"_s, u"progressed"_s}));
}

void tst_StreamOwnership::reportsThatItsManagerWasDeleted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isDeletedToo");
    const QByteArray stream = QByteArray(wholeStream).chopped(5);
    QTest::newRow("before the answer") << QByteArray() << false;
    QTest::newRow("after the answer") << stream << false;
    QTest::newRow("before the answer, connection, too") << QByteArray() << true;
    QTest::newRow("after the answer, connection, too") << stream << true;
}

// A factory of the application may delete what it made.
void tst_StreamOwnership::reportsThatItsManagerWasDeleted()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isDeletedToo);
    ScriptedServer server;
    StreamReader reader;
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send(bytes);
    if (!bytes.isEmpty())
        QVERIFY(reader.awaitBytes("bytes"));
    reader.emissions.clear();
    QString message;
    connect(reader.connection.get(), &StreamConnection::progressed, this, [&] {
        message = reader.connection->result().message;
        if (isDeletedToo)
            reader.connection.reset();
    });

    delete reader.manager.data();
    QCOMPARE(reader.emissions, QStringList {u"progressed"_s});
    QVERIFY2(message.contains(u"manager"_s), qPrintable(message));
    QTRY_VERIFY(!exchange->isConnected());
    if (isDeletedToo)
        return;
    QVERIFY(reader.connection->isFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::NetworkError);
    char piece[8];
    QCOMPARE(reader.connection->read(piece, sizeof(piece)), -1);
    // The pool has others.
    StreamReader next(StreamReader::AtOnce, reader.pool);
    next.open(server.url());
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QVERIFY(next.awaitAccepted());
}

void tst_StreamOwnership::takesThePoolWithIt_data()
{
    QTest::addColumn<bool>("inNestedLoop");
    QTest::newRow("in the handler") << false;
    QTest::newRow("in a nested event loop") << true;
}

// The last owner of the pool goes while a reply of one of its managers emits.
void tst_StreamOwnership::takesThePoolWithIt()
{
    QFETCH(bool, inNestedLoop);
    ScriptedServer server;
    const int key = 0;
    std::shared_ptr<AccessManagerPool> shared = AccessManagerPool::shared(
            &key, [](QObject *parent) { return new QNetworkAccessManager(parent); });
    const QPointer<AccessManagerPool> pool = shared.get();
    auto connection = std::make_unique<StreamConnection>(std::move(shared));
    bool isDone = false;
    connect(connection.get(), &StreamConnection::readyRead, this, [&] {
        if (inNestedLoop) {
            QMetaObject::invokeMethod(
                    this, [&] { connection.reset(); }, Qt::QueuedConnection);
            isDone = waitFor([&] { return !connection; });
        } else {
            connection.reset();
            isDone = true;
        }
    });
    StreamRequest request;
    request.url = server.url();
    connection->open(request);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    bool replyWasThere = false;
    connectAfterConnection(pool->findChild<QNetworkReply *>(), this, &replyWasThere);
    exchange->sendStream("bytes");
    QVERIFY(waitFor([&] { return !pool; }));
    QVERIFY(isDone);
    QVERIFY(replyWasThere);
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_StreamOwnership::leavesOtherConnectionsAlone()
{
    ScriptedServer server;
    StreamReader stays;
    StreamReader leaves(StreamReader::OnRequest, stays.pool);
    stays.open(server.url(u"/stays"_s));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("one ");
    QVERIFY(stays.awaitBytes("one "));

    connect(leaves.connection.get(), &StreamConnection::readyRead, this, [&] {
        QMetaObject::invokeMethod(
                this, [&] { leaves.connection.reset(); }, Qt::QueuedConnection);
        exchange->sendChunk("two ");
        QVERIFY(stays.awaitBytes("one two "));
        QVERIFY(!leaves.connection);
    });
    leaves.open(server.url(u"/leaves"_s));
    Exchange *other = server.take();
    QVERIFY(other);
    QCOMPARE(stays.pool->managerCount(), 1);
    other->sendStream("bytes");
    QTRY_VERIFY(!other->isConnected());
    exchange->sendChunk("three");
    QVERIFY(stays.awaitBytes("one two three"));
}

QTEST_GUILESS_MAIN(tst_StreamOwnership)
#include "tst_streamownership.moc"
