// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventbytes.h"
#include "managerfactory.h"
#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qthread.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

// When events are delivered: soon, but never for longer than a slice, and no faster than they are handled.
class tst_Slices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notifiesDataOncePerSlice();
    void deliversWhenBytesArrive();
    void keepsTheThreadResponsive();
    void decodesLargeEventsInThreadPool();
    void emitsNoSignalsAfterStopWhileDecoding();
    void appliesBackpressure();
};

void tst_Slices::notifiesDataOncePerSlice()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy messages(&listener, &EventSourceListener::message);
    QSignalSpy dataChanged(&listener, &EventSourceListener::dataChanged);
    QSignalSpy lastEventChanged(&listener, &EventSourceListener::lastEventChanged);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QByteArray bytes;
    for (int i = 0; i < 200; ++i)
        bytes += numbered(i);
    exchange->sendStream(bytes);
    QTRY_COMPARE(messages.size(), 200);
    QTRY_COMPARE(listener.data().toInt(), 199);
    QVERIFY2(dataChanged.size() >= 1 && dataChanged.size() <= 20,
             QByteArray::number(dataChanged.size()));
    QCOMPARE(lastEventChanged.size(), dataChanged.size());
}

// Another turn of the loop for each batch would cost more than most events.
void tst_Slices::deliversWhenBytesArrive()
{
    ManagerFactory factory;
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setNetworkAccessManagerFactory(&factory);
    int messages = 0;
    connect(&listener, &EventSourceListener::message, this, [&] { ++messages; });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QTRY_COMPARE(messages, 1);
    // Notified after the listener.
    auto *reply = factory.manager->findChild<QNetworkReply *>();
    QVERIFY(reply);
    QList<int> messagesThen;
    connect(reply, &QNetworkReply::readyRead, this, [&] { messagesThen.append(messages); });
    exchange->sendChunk("data: 2\n\n");
    QTRY_COMPARE(messages, 2);
    QCOMPARE(messagesThen, QList<int>({2}));
}

void tst_Slices::keepsTheThreadResponsive()
{
    // Two listeners of a flood whose handlers are slow: a timer of the thread still gets its turn
    // about once per slice, not once per flood.
    QThread thread;
    thread.start();
    auto *server = new ScriptedServer;
    const QUrl url = server->url();
    server->moveToThread(&thread);
    QMetaObject::invokeMethod(server, [server] {
        server->setHandler([](Exchange *exchange) {
            exchange->sendHead();
            QByteArray bytes;
            for (int i = 0; i < 20000; ++i)
                bytes += numbered(i);
            exchange->sendChunk(bytes);
        });
    });
    EventSourceListener one(url);
    EventSourceListener two(url);
    int delivered = 0;
    const auto slow = [&] {
        ++delivered;
        QElapsedTimer busy;
        busy.start();
        while (busy.nsecsElapsed() < 50000) { }
    };
    connect(&one, &EventSourceListener::message, this, slow);
    connect(&two, &EventSourceListener::message, this, slow);

    QTRY_VERIFY(delivered > 0);
    QList<int> perTurn; // events between two runs of the timer
    int before = delivered;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this,
            [&] { perTurn.append(delivered - std::exchange(before, delivered)); });
    timer.start(0);
    QTRY_VERIFY_WITH_TIMEOUT(delivered >= 4000, 30000);
    timer.stop();
    // 8 ms hold at most 160 events of 50 us for both together; twice that leaves room for noise.
    std::sort(perTurn.begin(), perTurn.end());
    QVERIFY2(perTurn.constLast() <= 320, QByteArray::number(perTurn.constLast()));

    one.stopListening();
    two.stopListening();
    QMetaObject::invokeMethod(server, &QObject::deleteLater);
    thread.quit();
    thread.wait();
}

void tst_Slices::decodesLargeEventsInThreadPool()
{
    QByteArray large = "[";
    for (int i = 0; large.size() < 8 * 1024 * 1024; ++i)
        large += "{\"n\":" + QByteArray::number(i) + ",\"text\":\"0123456789\"},";
    large += "0]";
    QByteArray broken = large;
    broken.chop(1);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QElapsedTimer turn;
    qint64 longest = 0; // ns without a turn for timers
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        longest = std::max(longest, turn.nsecsElapsed());
        turn.start();
    });
    QStringList log;
    QJsonArray decoded;
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        log.append(event.lastEventId() + u' ' + listener.lastEventId());
        if (event.data().isArray())
            decoded = event.data().toArray();
    });
    connect(&listener, &EventSourceListener::parseError, this, [&](const EventSourceEvent &event) {
        log.append(u"parseError "_s + listener.lastEventId());
        QCOMPARE(event.text().size(), broken.size());
    });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: 1\n\nid: 2\ndata: " + large
                         + "\n\nid: 3\ndata: 3\n\nid: 4\ndata: " + broken
                         + "\n\nid: 5\ndata: 5\n\n");
    exchange->end(); // and a new attempt comes after the last event only
    timer.start(0);
    turn.start();
    QTRY_COMPARE_WITH_TIMEOUT(log.size(), 5, 60000);
    timer.stop();
    QCOMPARE(log, QStringList({u"1 1"_s, u"2 2"_s, u"3 3"_s, u"parseError 4"_s, u"5 5"_s}));
    QVERIFY(decoded.size() > 100000);
    QCOMPARE(decoded.at(99999)["n"_L1], QJsonValue(99999));

    QElapsedTimer decoding;
    decoding.start();
    QVERIFY(QJsonDocument::fromJson(large).isArray());
    const qint64 needed = decoding.nsecsElapsed();
    QVERIFY2(longest < needed / 2,
             qPrintable(u"longest turn %1 ms, decoding %2 ms"_s.arg(double(longest) / 1e6)
                                .arg(double(needed) / 1e6)));
}

void tst_Slices::emitsNoSignalsAfterStopWhileDecoding()
{
    // Stopped a little later each time, so now and then while the event is decoded: neither it nor
    // its id may come after that.
    const QByteArray large = '[' + QByteArray("0,").repeated(1024 * 1024) + "0]";
    ScriptedServer server;
    server.setHandler([&](Exchange *exchange) {
        QCOMPARE(exchange->header("Last-Event-ID"), QByteArray("0"));
        exchange->sendStream("id: " + QByteArray::number(server.requestCount()) + "\ndata: " + large
                             + "\n\n");
    });
    EventSourceListener listener;
    listener.setLazy(true);
    listener.setUrl(server.url());
    listener.setLastEventId(u"0"_s);
    int messages = 0;
    connect(&listener, &EventSourceListener::message, this, [&] {
        ++messages;
        QVERIFY(listener.isActive());
    });
    int stops = 0;
    for (int patience = 1; messages == 0; patience += 1 + patience / 10) {
        listener.startListening();
        QVERIFY(waitFor([&] { return listener.status() == EventSourceListener::Open; }));
        (void)waitFor([&] { return messages > 0; }, patience);
        if (messages > 0)
            break;
        ++stops;
        listener.stopListening();
        QCOMPARE(listener.lastEventId(), u"0"_s);
    }
    QCOMPARE(listener.lastEventId(), QString::number(server.requestCount()));
    QVERIFY(stops > 3);
}

void tst_Slices::appliesBackpressure()
{
    // A paused handler: the bytes must stay with the server, not pile up here.
    constexpr qint64 total = 64 * 1024 * 1024;
    ScriptedServer server;
    QByteArray block;
    for (int i = 0; block.size() < 1024 * 1024; ++i)
        block += numbered(i);
    EventSourceListener listener(server.url());
    listener.setFormat(EventSourceListener::Text);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    bool paused = false;
    connect(&listener, &EventSourceListener::message, this, [&] {
        if (std::exchange(paused, true))
            return;
        for (qint64 sent = 0; sent < total; sent += block.size())
            exchange->sendChunk(block);
        // Until nothing moves any more.
        qint64 left = -1;
        QEventLoop loop;
        QTimer timer;
        connect(&timer, &QTimer::timeout, &loop, [&] {
            if (std::exchange(left, exchange->bytesToWrite()) == exchange->bytesToWrite())
                loop.quit();
        });
        timer.start(200);
        loop.exec();
        // What left the server is in the kernel's buffers and the listener's small ones.
        QVERIFY2(left > total - 16 * 1024 * 1024, QByteArray::number(total - left));
        listener.stopListening();
    });
    exchange->sendChunk(numbered(0));
    QTRY_VERIFY(!listener.isActive());
    QVERIFY(paused);
}

QTEST_GUILESS_MAIN(tst_Slices)
#include "tst_slices.moc"
