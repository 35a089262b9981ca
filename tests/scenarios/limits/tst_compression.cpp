// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "gzip.h"
#include "memorywatch.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qsemaphore.h>
#include <QtCore/qthread.h>
#include <QtTest/qtest.h>

#include <atomic>

using namespace Qt::StringLiterals;

using Peer = ThreadedServer::Peer;

constexpr qint64 MiB = 1024 * 1024;

// The same of a server that compresses what it sends.
class tst_Compression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesCompressedFloodsInTheSocket();
    void passesLongGzip();
    void deliversFlushedGzipPromptly();
};

// The same for compressed data, where the reply does not report how much it holds.
void tst_Compression::leavesCompressedFloodsInTheSocket()
{
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead("Content-Encoding: gzip\r\n");
        Gzip gzip;
        QByteArray piece;
        for (int i = 0; piece.size() < 100000; ++i)
            piece += "data: {\"n\":" + QByteArray::number(i * 7919)
                    + ",\"text\":\"0123456789\"}\n\n";
        while (peer.sendChunk(gzip.compress(piece))) { }
    });
    EventSourceListener listener(server.url());
    qint64 events = 0;
    connect(&listener, &EventSourceListener::message, this, [&] {
        if (++events % 20 == 0)
            QThread::usleep(1000); // the server is faster
    });
    MemoryWatch memory;
    QVERIFY(waitFor([&] { return events > 100000 || memory.growth() > 16 * MiB; }, 100000));
    qInfo("%lld events, memory grew by %.1f MiB", events, double(memory.growth()) / MiB);
    QVERIFY2(memory.growth() < 16 * MiB, QByteArray::number(memory.growth() / MiB));
}

void tst_Compression::passesLongGzip()
{
    // Compressed about a thousandfold.
    std::atomic<qint64> compressedSize = 0;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead("Content-Encoding: gzip\r\n");
        Gzip gzip;
        const QByteArray piece = "event: unwanted\ndata: " + QByteArray(256 * 1024, 'x') + "\n\n";
        for (int i = 0; i < 256; ++i) {
            const QByteArray compressed = gzip.compress(piece);
            compressedSize += compressed.size();
            if (!peer.sendChunk(compressed))
                return;
        }
        peer.sendChunk(gzip.compress("event: wanted\ndata: 2\n\n"));
        peer.awaitClose();
    });
    EventSourceListener listener(server.url());
    listener.setEventTypes({u"wanted"_s});
    QString errors;
    connect(&listener, &EventSourceListener::error, this,
            [&](const EventSourceError &error) { errors += error.message(); });
    MemoryWatch memory;
    QElapsedTimer elapsed;
    elapsed.start();
    QVERIFY(waitFor([&] { return !listener.data().isUndefined() || !errors.isEmpty(); }, 60000));
    QCOMPARE(errors, QString());
    qInfo("64 MiB out of %lld KiB in %.1f s, memory grew by %.1f MiB", compressedSize / 1024,
          double(elapsed.elapsed()) / 1e3, double(memory.growth()) / MiB);
    QVERIFY2(memory.growth() < 64 * MiB, QByteArray::number(memory.growth() / MiB));
}

// Each event is sent only after the one before was received: one that stays in a buffer ends it.
void tst_Compression::deliversFlushedGzipPromptly()
{
    constexpr int events = 200;
    QSemaphore received;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead("Content-Encoding: gzip\r\n");
        Gzip gzip;
        for (int i = 1; i <= events; ++i) {
            peer.sendChunk(gzip.compress("data: " + QByteArray::number(i) + "\n\n"));
            if (!received.tryAcquire(1, 20000))
                return;
        }
        peer.awaitClose();
    });
    int expected = 0;
    {
        EventSourceListener listener(server.url());
        connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
            QCOMPARE(event.data().toInt(), ++expected);
            received.release();
        });
        QVERIFY(waitFor([&] { return expected == events; }));
        QCOMPARE(listener.status(), EventSourceListener::Open);
    }
}

QTEST_GUILESS_MAIN(tst_Compression)
#include "tst_compression.moc"
