// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "networkwatch.h"
#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qscopeguard.h>
#include <QtCore/qtimer.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

// How long a listener waits, what it repeats, and when it gives up.
class tst_Waiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void continuesWithoutADelay_data();
    void continuesWithoutADelay();
    void keepsQuietStreamsThatAGatewayEnds_data();
    void keepsQuietStreamsThatAGatewayEnds();
    void countsStreamsThatEndAtOnce();
    void countsFailedAttempts();
    void countsNoFailureAfterAnEvent_data();
    void countsNoFailureAfterAnEvent();
    void forgetsFailuresWhileAQuietStreamStaysOpen();
    void forgetsFailuresOnRestartAndAnotherUrl();
    void changesFailedAttemptsBeforeTheOthers();
    void triesOncePerLongestDelayWhileOffline_data();
    void triesOncePerLongestDelayWhileOffline();
    void waitsForRetryAfterAndSaysSo();
};

namespace {

// As short as the policy has it: no test waits for longer than it must.
void useShortDelays(EventSourceListener *listener)
{
    listener->reconnect()->setInitialDelay(100);
    listener->reconnect()->setMaximumDelay(100);
    listener->reconnect()->setJitter(0);
}

} // namespace

void tst_Waiting::continuesWithoutADelay_data()
{
    QTest::addColumn<double>("multiplier");
    QTest::newRow("large multiplier") << 1e300;
    QTest::newRow("largest multiplier") << std::numeric_limits<double>::max();
}

// Zero times infinity was no number, and then there was no attempt any more.
void tst_Waiting::continuesWithoutADelay()
{
    QFETCH(double, multiplier);
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMultiplier(multiplier);
    QList<int> delays;
    connect(&listener, &EventSourceListener::error, this,
            [&](const EventSourceError &error) { delays.append(error.retryIn()); });
    QTRY_VERIFY(delays.size() >= 6);
    QVERIFY(std::all_of(delays.begin(), delays.end(),
                        [](int delay) { return delay >= 0 && delay <= 100; }));
}

void tst_Waiting::keepsQuietStreamsThatAGatewayEnds_data()
{
    QTest::addColumn<bool>("isClean");
    QTest::newRow("with a last chunk") << true;
    QTest::newRow("with a reset") << false;
}

// A stream without events is open for longer than the longest delay. That is no failure, however
// often it happens.
void tst_Waiting::keepsQuietStreamsThatAGatewayEnds()
{
    QFETCH(bool, isClean);
    ScriptedServer server;
    Exchange *last = nullptr;
    server.setHandler([&](Exchange *exchange) {
        last = exchange;
        exchange->sendHead();
    });
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.reconnect()->setMaximumAttempts(2);
    QList<int> delays;
    connect(&listener, &EventSourceListener::statusChanged, this, [&] {
        if (listener.status() == EventSourceListener::Waiting)
            delays.append(listener.retryIn());
    });
    QSignalSpy failedAttemptsChanged(&listener, &EventSourceListener::failedAttemptsChanged);
    connect(&listener, &EventSourceListener::opened, this,
            [&] { QTimer::singleShot(150, last, [&] { isClean ? last->end() : last->reset(); }); });
    QTRY_VERIFY(server.requestCount() >= 5);
    QVERIFY(listener.isActive());
    QCOMPARE(listener.failedAttempts(), 0);
    QCOMPARE(failedAttemptsChanged.size(), 0);
    QVERIFY(std::all_of(delays.begin(), delays.end(), [](int delay) { return delay <= 100; }));
}

void tst_Waiting::countsStreamsThatEndAtOnce()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->sendStream(": no event\nretry: 0\nid: 1\n\n");
        exchange->end();
    });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMaximumAttempts(3);
    QTRY_VERIFY(server.requestCount() > 0);
    QTRY_VERIFY(!listener.isActive());
    QCOMPARE(listener.failedAttempts(), 3);
    QVERIFY(server.requestCount() >= 3);
}

void tst_Waiting::countsFailedAttempts()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.reconnect()->setMaximumAttempts(3);
    Recorder recorder(&listener);
    QSignalSpy failedAttemptsChanged(&listener, &EventSourceListener::failedAttemptsChanged);
    QCOMPARE(listener.failedAttempts(), 0);
    for (int i = 1; i <= 3; ++i) {
        Exchange *exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(listener.failedAttempts(), i - 1);
        exchange->sendAnswer("500 Broken");
        QCOMPARE(recorder.take(1),
                 QStringList(i < 3 ? u"HttpStatusError, retries"_s : u"HttpStatusError"_s));
        QCOMPARE(listener.failedAttempts(), i);
        QCOMPARE(failedAttemptsChanged.size(), i);
    }
    QVERIFY(!listener.isActive());
    listener.startListening();
    QCOMPARE(listener.failedAttempts(), 0);
    QCOMPARE(failedAttemptsChanged.size(), 4);
}

void tst_Waiting::countsNoFailureAfterAnEvent_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::newRow("event") << QByteArray("data: 1\n\n");
    QTest::newRow("event without text") << QByteArray("data\n\n");
    QTest::newRow("event that is not JSON") << QByteArray("data: {\n\n");
    QTest::newRow("event that the filter drops") << QByteArray("event: other\ndata: 1\n\n");
    QTest::newRow("event that is too large") << "data: " + QByteArray(200, 'x') + "\n\n";
}

void tst_Waiting::countsNoFailureAfterAnEvent()
{
    QFETCH(QByteArray, event);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setEventTypes({u"message"_s});
    listener.setMaximumEventSize(100);
    listener.reconnect()->setInitialDelay(100);
    listener.reconnect()->setJitter(0);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("503 Busy");
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(listener.failedAttempts(), 1);
    exchange->sendStream(": hello\n\n");
    QTRY_COMPARE(listener.status(), EventSourceListener::Open);
    QCOMPARE(listener.failedAttempts(), 1);
    QSignalSpy failedAttemptsChanged(&listener, &EventSourceListener::failedAttemptsChanged);
    exchange->sendChunk(event);
    QTRY_COMPARE(failedAttemptsChanged.size(), 1);
    QCOMPARE(listener.failedAttempts(), 0);
    exchange->end();
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.failedAttempts(), 0);
    QCOMPARE(failedAttemptsChanged.size(), 1);
}

void tst_Waiting::forgetsFailuresWhileAQuietStreamStaysOpen()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    for (int i = 0; i < 2; ++i) {
        Exchange *exchange = server.take();
        QVERIFY(exchange);
        exchange->sendAnswer("503 Busy");
    }
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(listener.failedAttempts(), 2);
    QSignalSpy failedAttemptsChanged(&listener, &EventSourceListener::failedAttemptsChanged);
    exchange->sendHead();
    QTRY_COMPARE(listener.status(), EventSourceListener::Open);
    QTRY_COMPARE(listener.failedAttempts(), 0);
    QCOMPARE(failedAttemptsChanged.size(), 1);
    QCOMPARE(listener.status(), EventSourceListener::Open);
}

void tst_Waiting::forgetsFailuresOnRestartAndAnotherUrl()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(20000);
    QTRY_COMPARE(listener.failedAttempts(), 1);
    listener.restart();
    QCOMPARE(listener.failedAttempts(), 0);
    QTRY_COMPARE(listener.failedAttempts(), 1);
    listener.setUrl(server.url(u"/other"_s));
    QCOMPARE(listener.failedAttempts(), 0);
    QTRY_COMPARE(listener.failedAttempts(), 1);
    listener.stopListening();
    QCOMPARE(listener.failedAttempts(), 1);
}

// All state is up to date when the first handler runs.
void tst_Waiting::changesFailedAttemptsBeforeTheOthers()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(20000);
    QStringList order;
    connect(&listener, &EventSourceListener::failedAttemptsChanged, this, [&] {
        order.append(u"failedAttempts"_s);
        QVERIFY(!listener.errorString().isEmpty());
        QCOMPARE(listener.status(), EventSourceListener::Waiting);
    });
    connect(&listener, &EventSourceListener::errorStringChanged, this, [&] {
        order.append(u"errorString"_s);
        QCOMPARE(listener.failedAttempts(), 1);
    });
    connect(&listener, &EventSourceListener::error, this, [&] { order.append(u"error"_s); });
    QTRY_COMPARE(order.size(), 3);
    QCOMPARE(order, QStringList({u"failedAttempts"_s, u"errorString"_s, u"error"_s}));
}

void tst_Waiting::triesOncePerLongestDelayWhileOffline_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QList<int>>("delays");
    // This machine, by an address that is not a loopback one by its name.
    QTest::newRow("a host that needs the network") << u"0.0.0.0"_s << QList<int>({300, 300, 300});
    QTest::newRow("this machine") << u"127.0.0.1"_s << QList<int>({100, 200, 300});
}

// NetworkManager says "disconnected" while an interface works that it does not manage.
void tst_Waiting::triesOncePerLongestDelayWhileOffline()
{
    QFETCH(QString, host);
    const auto restore = qScopeGuard([] { setOnline(true); });
    setOnline(false);
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
    QUrl url = server.url();
    url.setHost(host);
    EventSourceListener listener(url);
    listener.reconnect()->setInitialDelay(100);
    listener.reconnect()->setMaximumDelay(300);
    listener.reconnect()->setJitter(0);
    QList<int> delays;
    QList<EventSourceListener::Status> statuses;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        delays.append((error.retryIn() + 99) / 100
                      * 100); // it counts down from the first moment on
        if (delays.size() == 3) {
            statuses.append(listener.status());
            setOnline(true);
            statuses.append(listener.status());
        }
    });
    QTRY_VERIFY(delays.size() >= 3);
    QTEST(delays.mid(0, 3), "delays");
    // And at once when it is back.
    QCOMPARE(statuses, QList({EventSourceListener::Waiting, EventSourceListener::Connecting}));
}

void tst_Waiting::waitsForRetryAfterAndSaysSo()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("503 Busy", "Retry-After: 400\r\n");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY(error.retryIn() >= 399000 && error.retryIn() <= 415000);
    QVERIFY2(error.message().contains(u"at least 400 s (Retry-After)"_s),
             qPrintable(error.message()));
    QCOMPARE(listener.errorString(), error.message());
}

QTEST_GUILESS_MAIN(tst_Waiting)
#include "tst_waiting.moc"
