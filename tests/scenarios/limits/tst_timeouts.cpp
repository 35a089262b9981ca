// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "memorywatch.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qsemaphore.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

#include <atomic>

using namespace Qt::StringLiterals;

using Peer = ThreadedServer::Peer;

namespace {

constexpr qint64 MiB = 1024 * 1024;

// About 200 KB a second, until the client has gone.
bool sendForEver(Peer &peer, const QByteArray &piece)
{
    QSemaphore never;
    while (peer.send(piece))
        (void)never.tryAcquire(1, 5);
    return false;
}

} // namespace

// A server cannot hold an application for ever, nor have it take its own slowness for silence.
class tst_Timeouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsByResponseTimeout_data();
    void endsByResponseTimeout();
    void endsByIdleTimeout();
    void limitsEveryRedirectAnew();
    void takesCommentsForLife();
    void doesNotTakeABusyThreadForSilence();
    void doesNotTakeAPausedReaderForSilence();
};

// What never becomes a response ends by responseTimeout, whatever comes meanwhile. There are pauses
// in it, because Qt's thread reads on, byte by byte, while a head comes in without one.
void tst_Timeouts::endsByResponseTimeout_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("piece"); // repeated
    const auto row = [](const char *tag, const QByteArray &first, const QByteArray &piece) {
        QTest::newRow(tag) << first << piece;
    };
    row("status line", "HTTP/1.1 200 ", QByteArray(1000, 'x'));
    row("header lines", "HTTP/1.1 200 OK\r\n", QByteArray("X-Name: 0123456789\r\n").repeated(50));
    row("one header line", "HTTP/1.1 200 OK\r\nX-Name: ", QByteArray(1000, 'x'));
    row("100 Continue", {}, QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(40));
    row("redirect without an end", "HTTP/1.1 302 Found\r\nLocation: /", QByteArray(1000, 'x'));
}

void tst_Timeouts::endsByResponseTimeout()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, piece);
    std::atomic<bool> gone = false;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.send(first);
        gone = !sendForEver(peer, piece);
    });
    EventSourceListener listener(server.url());
    listener.setResponseTimeout(1000);
    EventSourceError failure;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        failure = error;
        listener.stopListening();
    });
    MemoryWatch memory;
    QVERIFY(waitFor([&] { return failure.code() != EventSourceListener::NoError; }));
    qInfo("memory grew by %.1f MiB", double(memory.growth()) / MiB);
    QCOMPARE(failure.code(), EventSourceListener::TimeoutError);
    QVERIFY(failure.willRetry());
    QVERIFY(waitFor([&] { return gone.load(); }));
    QVERIFY2(memory.growth() < 16 * MiB, QByteArray::number(memory.growth() / MiB));
}

// In the same way what never becomes a chunk is silence.
void tst_Timeouts::endsByIdleTimeout()
{
    std::atomic<bool> gone = false;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        peer.sendChunk("data: 1\n\n");
        peer.send("5;extension=");
        gone = !sendForEver(peer, QByteArray(1000, 'x'));
    });
    EventSourceListener listener(server.url());
    listener.setIdleTimeout(1000);
    EventSourceError failure;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        failure = error;
        listener.stopListening();
    });
    MemoryWatch memory;
    QVERIFY(waitFor([&] { return failure.code() != EventSourceListener::NoError; }));
    qInfo("memory grew by %.1f MiB", double(memory.growth()) / MiB);
    QCOMPARE(failure.code(), EventSourceListener::TimeoutError);
    QCOMPARE(listener.data(), QJsonValue(1));
    QVERIFY(waitFor([&] { return gone.load(); }));
}

// Each redirect has the whole time: these together take longer than it, and the last one hangs.
void tst_Timeouts::limitsEveryRedirectAnew()
{
    std::atomic<int> requests = 0;
    ThreadedServer server([&](Peer &peer) {
        QSemaphore never;
        while (!peer.readRequest().isEmpty() && ++requests <= 10) {
            (void)never.tryAcquire(1, 150);
            peer.send("HTTP/1.1 307 On And On\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
        }
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    listener.setResponseTimeout(1000);
    EventSourceError failure;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        failure = error;
        listener.stopListening();
    });
    QVERIFY(waitFor([&] { return failure.code() != EventSourceListener::NoError; }));
    QCOMPARE(failure.code(), EventSourceListener::TimeoutError);
    QCOMPARE(requests.load(), 11);
}

void tst_Timeouts::takesCommentsForLife()
{
    std::atomic<bool> alive = true;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        peer.sendChunk("data: 1\n\n");
        QSemaphore never;
        while (alive && peer.sendChunk(":\n"))
            (void)never.tryAcquire(1, 20);
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    listener.setIdleTimeout(800);
    int errors = 0;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        ++errors;
        QCOMPARE(error.code(), EventSourceListener::TimeoutError);
    });
    QVERIFY(waitFor([&] { return listener.status() == EventSourceListener::Open; }));
    QElapsedTimer open;
    open.start();
    QVERIFY(waitFor([&] { return errors > 0 || open.hasExpired(2000); }));
    QCOMPARE(errors, 0);
    alive = false;
    QVERIFY(waitFor([&] { return errors > 0; }));
}

void tst_Timeouts::doesNotTakeABusyThreadForSilence()
{
    constexpr int idleTimeout = 300;
    QSemaphore wanted;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        peer.sendChunk("data: 0\n\n");
        for (int i = 1; i <= 3; ++i) {
            wanted.acquire();
            peer.sendChunk("data: " + QByteArray::number(i) + "\n\n");
        }
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    listener.setIdleTimeout(idleTimeout);
    int errors = 0;
    connect(&listener, &EventSourceListener::error, this, [&] { ++errors; });
    QVERIFY(waitFor([&] { return listener.data().toInt(-1) == 0; }));
    for (int i = 1; i <= 3; ++i) {
        wanted.release();
        // This thread does something else for longer than the limit.
        const QDeadlineTimer busy(2 * idleTimeout);
        while (!busy.hasExpired()) { }
        QVERIFY(waitFor([&] { return errors > 0 || listener.data().toInt() == i; }));
        QCOMPARE(errors, 0);
    }
    QVERIFY(waitFor([&] { return errors > 0; })); // and this is silence
}

void tst_Timeouts::doesNotTakeAPausedReaderForSilence()
{
    constexpr int idleTimeout = 200;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        QByteArray bytes;
        for (int i = 0; i < 20000; ++i)
            bytes += "data: " + QByteArray::number(i) + "\n\n";
        peer.sendHead();
        peer.sendChunk(bytes);
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    listener.setIdleTimeout(idleTimeout);
    int errors = 0;
    int received = 0;
    connect(&listener, &EventSourceListener::error, this, [&] { ++errors; });
    connect(&listener, &EventSourceListener::message, this, [&] {
        if (++received != 1)
            return;
        QEventLoop loop; // as a modal dialog runs it
        QTimer::singleShot(4 * idleTimeout, &loop, &QEventLoop::quit);
        loop.exec();
    });
    QVERIFY(waitFor([&] { return errors > 0 || received == 20000; }));
    QCOMPARE(errors, 0);
    QCOMPARE(received, 20000);
    QVERIFY(waitFor([&] { return errors > 0; }));
}

QTEST_GUILESS_MAIN(tst_Timeouts)
#include "tst_timeouts.moc"
