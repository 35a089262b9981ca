// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "processfigures.h"
#include "threadedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qpointer.h>
#include <QtCore/qrandom.h>
#include <QtCore/qsemaphore.h>
#include <QtCore/qthread.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>
#include <QtTest/qtest.h>

#include <zlib.h>

#ifdef __GLIBC__
#  include <malloc.h>
#endif

#include <algorithm>
#include <atomic>
#include <functional>

using namespace Qt::StringLiterals;

using Peer = ThreadedServer::Peer;

// What a server cannot do to an application: fill its memory, hold it for ever, or have it take its
// own slowness for the server's silence.
class tst_Limits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesAHugeLine();
    void passesFloods_data();
    void passesFloods();
    void leavesTheFloodInTheSocket_data();
    void leavesTheFloodInTheSocket();
    void leavesPackedFloodsInTheSocket();
    void deliversBurstsToTheirEnd();
    void capsErrorBodies();
    void endsByConnectTimeout_data();
    void endsByConnectTimeout();
    void endsByIdleTimeout();
    void endsSlowRedirectsByConnectTimeout();
    void passesLongGzip();
    void deliversFlushedGzipPromptly();
    void takesCommentsForLife();
    void doesNotTakeABusyThreadForSilence();
    void doesNotTakeAPausedReaderForSilence();
};

namespace {

constexpr qint64 MiB = 1024 * 1024;

qint64 fromEnvironment(const char *name, qint64 fallback)
{
    bool ok = false;
    const qint64 value = qEnvironmentVariable(name).toLongLong(&ok);
    return ok ? value : fallback;
}

// How far memory rises above where it stood; looked at every few milliseconds.
class MemoryWatch
{
public:
    MemoryWatch() : m_before(trimmed()), m_highest(m_before)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { look(); });
        m_timer.start(5);
    }
    qint64 growth()
    {
        look();
        return m_highest - m_before;
    }

private:
    // What earlier tests freed must not hide what this one takes.
    static qint64 trimmed()
    {
#ifdef __GLIBC__
        malloc_trim(0);
#endif
        return residentBytes();
    }
    void look()
    {
        m_highest = std::max(m_highest, residentBytes());
    }

    QTimer m_timer;
    const qint64 m_before;
    qint64 m_highest;
};

// QTRY_VERIFY looks only every few dozen milliseconds.
template <typename Condition>
bool waitFor(Condition condition, int milliseconds = 60000)
{
    const QDeadlineTimer deadline(milliseconds);
    QTimer wakeUp; // so that a look is taken when nothing happens
    wakeUp.start(10);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
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

// About 200 KB a second, until the client has gone.
bool sendForEver(Peer &peer, const QByteArray &piece)
{
    QSemaphore never;
    while (peer.send(piece))
        (void)never.tryAcquire(1, 5);
    return false;
}

// Packs as a server with a compressing proxy does, flushed after each piece.
class Gzip
{
public:
    Gzip() { deflateInit2(&m_stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY); }
    ~Gzip() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Gzip)

    QByteArray pack(const QByteArray &bytes)
    {
        QByteArray packed(qsizetype(deflateBound(&m_stream, uLong(bytes.size()))) + 64,
                          Qt::Uninitialized);
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
        m_stream.avail_in = uInt(bytes.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(packed.data());
        m_stream.avail_out = uInt(packed.size());
        deflate(&m_stream, Z_SYNC_FLUSH);
        packed.chop(qsizetype(m_stream.avail_out));
        return packed;
    }

private:
    z_stream m_stream {};
};

} // namespace

// 1 GiB, or as many MiB as EVENTSOURCE_TEST_LINE says.
void tst_Limits::passesAHugeLine()
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

// Memory is told and not judged: what Qt holds of these is in docs/reliability.md.
void tst_Limits::passesFloods_data()
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

void tst_Limits::passesFloods()
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
    QVERIFY(waitFor([&] { return !listener.data().isUndefined(); }));
    QCOMPARE(listener.data(), QJsonValue(2));
    qInfo("memory grew by %.1f MiB", double(memory.growth()) / MiB);
}

// Tells which reply the listener reads.
class TellingManager : public QNetworkAccessManager
{
public:
    TellingManager(QPointer<QNetworkReply> *reply, QObject *parent)
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

class TellingFactory : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager *create(QObject *parent) override
    {
        return new TellingManager(&reply, parent);
    }
    QPointer<QNetworkReply> reply;
};

void tst_Limits::leavesTheFloodInTheSocket_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("GET") << u"GET"_s;
    QTest::newRow("POST") << u"POST"_s;
}

// The flood begins when the first event was received, and so after QNAM's thread has heard of the
// limit; docs/reliability.md tells of floods that are earlier.
void tst_Limits::leavesTheFloodInTheSocket()
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
    TellingFactory factory;
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
    QVERIFY(waitFor([&] { return events > 100000 || highest > tolerated; }));
    QVERIFY2(highest <= tolerated, QByteArray::number(highest / 1024) + " KiB");
}

// The same for what is packed, where the reply does not tell how much it holds.
void tst_Limits::leavesPackedFloodsInTheSocket()
{
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead("Content-Encoding: gzip\r\n");
        Gzip gzip;
        QByteArray piece;
        for (int i = 0; piece.size() < 100000; ++i)
            piece += "data: {\"n\":" + QByteArray::number(i * 7919)
                    + ",\"text\":\"0123456789\"}\n\n";
        while (peer.sendChunk(gzip.pack(piece))) { }
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

// Each burst is larger than the read buffer, and the next one is sent when its last event has come:
// whatever stays somewhere ends it.
void tst_Limits::deliversBurstsToTheirEnd()
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

void tst_Limits::capsErrorBodies()
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

// What never becomes a response ends by connectTimeout, whatever comes meanwhile. There are pauses
// in it, because Qt's thread reads on, byte by byte, while a head comes in without one.
void tst_Limits::endsByConnectTimeout_data()
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

void tst_Limits::endsByConnectTimeout()
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
    listener.setConnectTimeout(1000);
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
void tst_Limits::endsByIdleTimeout()
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

// The time for the head is that of all redirects together.
void tst_Limits::endsSlowRedirectsByConnectTimeout()
{
    std::atomic<int> requests = 0;
    ThreadedServer server([&](Peer &peer) {
        QSemaphore never;
        while (!peer.readRequest().isEmpty()) {
            ++requests;
            (void)never.tryAcquire(1, 150);
            peer.send("HTTP/1.1 307 On And On\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
        }
    });
    EventSourceListener listener(server.url());
    listener.setConnectTimeout(1000);
    EventSourceError failure;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        failure = error;
        listener.stopListening();
    });
    QVERIFY(waitFor([&] { return failure.code() != EventSourceListener::NoError; }));
    QCOMPARE(failure.code(), EventSourceListener::TimeoutError);
    QVERIFY(requests > 1);
}

void tst_Limits::passesLongGzip()
{
    // Packed about a thousandfold.
    std::atomic<qint64> packedSize = 0;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead("Content-Encoding: gzip\r\n");
        Gzip gzip;
        const QByteArray piece = "event: unwanted\ndata: " + QByteArray(256 * 1024, 'x') + "\n\n";
        for (int i = 0; i < 256; ++i) {
            const QByteArray packed = gzip.pack(piece);
            packedSize += packed.size();
            if (!peer.sendChunk(packed))
                return;
        }
        peer.sendChunk(gzip.pack("event: wanted\ndata: 2\n\n"));
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
    QVERIFY(waitFor([&] { return !listener.data().isUndefined() || !errors.isEmpty(); }));
    QCOMPARE(errors, QString());
    qInfo("64 MiB out of %lld KiB in %.1f s, memory grew by %.1f MiB", packedSize / 1024,
          double(elapsed.elapsed()) / 1e3, double(memory.growth()) / MiB);
    QVERIFY2(memory.growth() < 64 * MiB, QByteArray::number(memory.growth() / MiB));
}

// Each event is sent only after the one before was received: one that stays in a buffer ends it.
void tst_Limits::deliversFlushedGzipPromptly()
{
    constexpr int events = 200;
    QSemaphore received;
    ThreadedServer server([&](Peer &peer) {
        peer.readRequest();
        peer.sendHead("Content-Encoding: gzip\r\n");
        Gzip gzip;
        for (int i = 1; i <= events; ++i) {
            peer.sendChunk(gzip.pack("data: " + QByteArray::number(i) + "\n\n"));
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

void tst_Limits::takesCommentsForLife()
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

void tst_Limits::doesNotTakeABusyThreadForSilence()
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

void tst_Limits::doesNotTakeAPausedReaderForSilence()
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

QTEST_GUILESS_MAIN(tst_Limits)
#include "tst_limits.moc"
