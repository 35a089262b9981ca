// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "memorywatch.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qpointer.h>
#include <QtCore/qrandom.h>
#include <QtCore/qsemaphore.h>
#include <QtCore/qthread.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

using Peer = ThreadedServer::Peer;

namespace {

constexpr qint64 MiB = 1024 * 1024;

qint64 fromEnvironment(const char *name, qint64 fallback)
{
    bool ok = false;
    const qint64 value = qEnvironmentVariable(name).toLongLong(&ok);
    return ok ? value : fallback;
}

// Sends one piece until so much is sent or the client has gone.
bool repeat(Peer &peer, const QByteArray &piece, qint64 total)
{
    for (qint64 sent = 0; sent < total; sent += piece.size()) {
        if (!peer.send(piece))
            return false;
    }
    return true;
}

QByteArray chunkOf(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

// Knows which reply the listener reads.
class ReplyManager : public QNetworkAccessManager
{
public:
    ReplyManager(QPointer<QNetworkReply> *reply, QObject *parent)
        : QNetworkAccessManager(parent), m_reply(reply)
    {
    }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *data) override
    {
        *m_reply = QNetworkAccessManager::createRequest(operation, request, data);
        return *m_reply;
    }

private:
    QPointer<QNetworkReply> *m_reply;
};

class ReplyFactory : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager *create(QObject *parent) override
    {
        return new ReplyManager(&reply, parent);
    }
    QPointer<QNetworkReply> reply;
};

} // namespace

// A server that sends much, or faster than the application reads, does not fill its memory.
class tst_Floods : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesAHugeLine();
    void passesFloods_data();
    void passesFloods();
    void leavesTheFloodInTheSocket_data();
    void leavesTheFloodInTheSocket();
    void deliversBurstsToTheirEnd();
    void capsErrorBodies();
};

// 1 GiB, or as many MiB as EVENTSOURCE_TEST_LINE says.
void tst_Floods::passesAHugeLine()
{
    const qint64 size = fromEnvironment("EVENTSOURCE_TEST_LINE", 1024) * MiB;
    ThreadedServer server([size](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        peer.sendChunk("id: 1\ndata: ");
        repeat(peer, chunkOf(QByteArray(64 * 1024, 'x')), size);
        peer.sendChunk("\n\ndata: 2\n\n");
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    int tooLarge = 0;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        tooLarge += error.code() == EventSourceListener::EventTooLargeError;
    });
    MemoryWatch memory;
    QElapsedTimer elapsed;
    elapsed.start();
    QVERIFY(waitFor([&] { return !listener.data().isUndefined(); }, 200000));
    qInfo("%lld MiB in %.1f s, memory grew by %.1f MiB", size / MiB,
          double(elapsed.elapsed()) / 1e3, double(memory.growth()) / MiB);
    QCOMPARE(listener.data(), QJsonValue(2));
    QCOMPARE(listener.lastEventId(), u"1"_s);
    QCOMPARE(tooLarge, 1);
    QCOMPARE(listener.status(), EventSourceListener::Open);
    // The 16 MiB of maximumEventSize, some times over while an array grows.
    QVERIFY2(memory.growth() < 128 * MiB, QByteArray::number(memory.growth() / MiB));
}

// Memory is reported and not limited: what Qt holds of these is in docs/reliability.md.
void tst_Floods::passesFloods_data()
{
    QTest::addColumn<QByteArray>("piece"); // repeated
    QTest::addColumn<QByteArray>("then"); // before the event
    const auto row = [](const char *tag, const QByteArray &piece, const QByteArray &then = {}) {
        QTest::newRow(tag) << piece << then;
    };
    row("comment lines", QByteArray(": 0123456789 0123456789 0123456789\n").repeated(400));
    row("one comment line", QByteArray(16000, ':'), "\n");
    row("empty lines", QByteArray(16000, '\n'));
    row("data lines of one event", QByteArray("data: 0123456789 0123456789\n").repeated(500), "\n");
    row("id lines", QByteArray("id: 0123456789\n").repeated(1000), "id\n\n");
    row("one id line", "id: " + QByteArray(16000, 'i'), "\n\n");
    row("one event line", "event: " + QByteArray(16000, 'e'), "\n\n");
    row("one line of an unknown field", QByteArray(16000, 'u'), "\n\n");
    row("NUL bytes", QByteArray(16000, '\0'), "\n\n");
    row("bytes that are no UTF-8", "data: " + QByteArray(16000, '\xff'), "\n\n");
    row("events of unwanted types",
        QByteArray("event: unwanted\ndata: {\"a\":[1,2,3]}\n\n").repeated(400));
}

void tst_Floods::passesFloods()
{
    QFETCH(QByteArray, piece);
    QFETCH(QByteArray, then);
    ThreadedServer server([=](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        repeat(peer, chunkOf(piece.repeated(4)), 32 * MiB);
        peer.sendChunk(then + "event: wanted\ndata: 2\n\n");
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    listener.setEventTypes({u"wanted"_s});
    listener.setMaximumEventSize(2 * MiB);
    MemoryWatch memory;
    QVERIFY(waitFor([&] { return !listener.data().isUndefined(); }, 60000));
    QCOMPARE(listener.data(), QJsonValue(2));
    qInfo("memory grew by %.1f MiB", double(memory.growth()) / MiB);
}

void tst_Floods::leavesTheFloodInTheSocket_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("GET") << u"GET"_s;
    QTest::newRow("POST") << u"POST"_s;
}

// The flood begins when the first event was received, and so after QNAM's thread knows the
// limit; docs/reliability.md describes floods that are earlier.
void tst_Floods::leavesTheFloodInTheSocket()
{
    QFETCH(QString, method);
    constexpr qint64 tolerated = 128 * 1024;
    const QByteArray event = "data: {\"n\":1,\"text\":\"0123456789\"}\n\n";
    const QByteArray piece = chunkOf(event.repeated(400));
    QSemaphore received;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        peer.sendChunk(event);
        if (received.tryAcquire(1, 20000))
            while (peer.send(piece)) { }
    });
    ReplyFactory factory;
    EventSourceListener listener(server.url());
    listener.setNetworkAccessManagerFactory(&factory);
    listener.setMethod(method);
    if (method != "GET"_L1)
        listener.setBody(u"body"_s);
    qint64 highest = 0;
    qint64 events = 0;
    connect(&listener, &EventSourceListener::message, this, [&] {
        received.release();
        highest = std::max(highest, factory.reply->bytesAvailable());
        if (++events % 100 == 0)
            QThread::usleep(1000); // the server is faster
    });
    QVERIFY(waitFor([&] { return events > 100000 || highest > tolerated; }, 60000));
    QVERIFY2(highest <= tolerated, QByteArray::number(highest / 1024) + " KiB");
}

// Each burst is larger than the read buffer, and the next one is sent when its last event has come:
// whatever stays somewhere ends it.
void tst_Floods::deliversBurstsToTheirEnd()
{
    constexpr int bursts = 1000;
    QSemaphore received;
    std::atomic<int> burst = 0;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        QRandomGenerator random(1);
        const QByteArray event = "data: {\"n\":1,\"text\":\"0123456789\"}\n\n";
        for (burst = 1; burst <= bursts; ++burst) {
            for (int sent = 0, size = 0; sent < 40000; sent += size) {
                size = int(random.bounded(4000));
                peer.sendChunk(event.repeated(size / event.size() + 1));
            }
            peer.sendChunk("event: last\ndata: " + QByteArray::number(burst) + "\n\n");
            if (!received.tryAcquire(1, 20000))
                return;
        }
        peer.awaitClose();
    });
    int last = 0;
    {
        EventSourceListener listener(server.url());
        connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
            if (event.type() != "last"_L1)
                return;
            QCOMPARE(event.data().toInt(), ++last);
            received.release();
        });
        (void)waitFor([&] { return last == bursts || burst > bursts; }, 120000);
    }
    QCOMPARE(last, bursts);
}

void tst_Floods::capsErrorBodies()
{
    std::atomic<bool> gone = false;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.send("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n");
        while (peer.send(QByteArray(16000, 'e'))) { }
        gone = true;
    });
    EventSourceListener listener(server.url());
    EventSourceError failure;
    connect(&listener, &EventSourceListener::error, this,
            [&](const EventSourceError &error) { failure = error; });
    MemoryWatch memory;
    QVERIFY(waitFor([&] { return failure.code() != EventSourceListener::NoError; }));
    QCOMPARE(failure.httpStatus(), 404);
    QCOMPARE(failure.body().size(), 64 * 1024);
    QVERIFY(waitFor([&] { return gone.load(); }));
    QVERIFY2(memory.growth() < 16 * MiB, QByteArray::number(memory.growth() / MiB));
}

QTEST_GUILESS_MAIN(tst_Floods)
#include "tst_floods.moc"
