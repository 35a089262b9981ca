// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventbytes.h"
#include "networkwatch.h"
#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qscopeguard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// What follows the end of an attempt: when the next one comes, and when none does.
class tst_Reconnecting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reconnectsAfterACleanEnd();
    void reconnectsAfterAReset();
    void reconnectsWhenTheServerIsBack();
    void timesOut_data();
    void timesOut();
    void honoursRetry();
    void countsDown();
    void countdownEndsWithTheAttempt();
    void endsAfterMaximumAttempts();
    void finishesWhereReconnectingIsOff();
    void doesNotRepeatAnOpenedPost();
    void waitsForOtherHeadersAfter401();
    void waitsForTheNetwork();
};

void tst_Reconnecting::reconnectsAfterACleanEnd()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(20);
    Recorder recorder(&listener);
    QSignalSpy statusChanged(&listener, &EventSourceListener::statusChanged);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendStream(numbered(1) + "id: lost\ndata: cut off\n");
    first->end();
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Last-Event-ID"), "1");
    second->sendStream(numbered(2));
    QCOMPARE(recorder.take(4),
             QStringList({u"opened"_s, u"message: 1 #1"_s, u"opened"_s, u"message: 2 #2"_s}));
    QCOMPARE(statusChanged.size(), 5); // Connecting, Open, Waiting, Connecting, Open
}

void tst_Reconnecting::reconnectsAfterAReset()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(20);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendStream(numbered(1));
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #1"_s}));
    first->reset();
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError, retries"_s});
    QVERIFY(recorder.takeError().retryIn() >= 0);
    QVERIFY(!listener.errorString().isEmpty());
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Last-Event-ID"), "1");
    second->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    QCOMPARE(listener.errorString(), QString());
}

void tst_Reconnecting::reconnectsWhenTheServerIsBack()
{
    ScriptedServer server;
    server.stop();
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(100);
    listener.reconnect()->setMultiplier(1);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(2),
             QStringList({u"NetworkError, retries"_s, u"NetworkError, retries"_s}));
    const QString message = recorder.takeError().message();
    QVERIFY2(message.contains(u"127.0.0.1"_s), qPrintable(message));
    server.start();
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QVERIFY(recorder.take(1).contains(u"opened"_s));
}

void tst_Reconnecting::timesOut_data()
{
    QTest::addColumn<bool>("opens");
    QTest::newRow("without an answer") << false;
    QTest::newRow("in silence") << true;
}

void tst_Reconnecting::timesOut()
{
    QFETCH(bool, opens);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setResponseTimeout(100);
    listener.setIdleTimeout(opens ? 100 : 0);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    if (opens) {
        exchange->sendStream("data: 1\n\n");
        QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    }
    QCOMPARE(recorder.take(1), QStringList {u"TimeoutError, retries"_s});
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_Reconnecting::honoursRetry()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setJitter(0);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("retry: 60000\ndata: 1\n\nretry: 90000\n");
    exchange->end();
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
    QVERIFY(listener.retryIn() > 80000 && listener.retryIn() <= 90000);
    QCOMPARE(listener.reconnect()->initialDelay(), 1000);
}

void tst_Reconnecting::countsDown()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(60000);
    listener.reconnect()->setMaximumDelay(60000);
    listener.reconnect()->setJitter(0);
    Recorder recorder(&listener);
    QSignalSpy retryInChanged(&listener, &EventSourceListener::retryInChanged);
    QCOMPARE(listener.retryIn(), -1);
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    QCOMPARE(retryInChanged.size(), 1);
    const int before = listener.retryIn();
    QVERIFY(before > 59000);
    QTRY_COMPARE(retryInChanged.size(), 2);
    QVERIFY(listener.retryIn() <= before - 500);
    listener.stopListening();
    QCOMPARE(retryInChanged.size(), 3);
    QCOMPARE(listener.retryIn(), -1);
}

void tst_Reconnecting::countdownEndsWithTheAttempt()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(100);
    Recorder recorder(&listener);
    QList<int> reported;
    connect(&listener, &EventSourceListener::retryInChanged, this,
            [&] { reported.append(listener.retryIn()); });
    server.take()->sendAnswer("503 Busy");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    QCOMPARE(reported.size(), 2);
    QVERIFY(reported.constFirst() > 0);
    QCOMPARE(reported.constLast(), -1);
}

void tst_Reconnecting::endsAfterMaximumAttempts()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("500 Broken"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMultiplier(1);
    listener.reconnect()->setMaximumAttempts(3);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(3),
             QStringList({u"HttpStatusError, retries"_s, u"HttpStatusError, retries"_s,
                          u"HttpStatusError"_s}));
    QVERIFY(!listener.isActive());
    QCOMPARE(server.requestCount(), 3);
}

void tst_Reconnecting::finishesWhereReconnectingIsOff()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setEnabled(false);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    exchange->end();
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: 1"_s, u"finished"_s}));
    QVERIFY(!listener.isActive());

    listener.startListening();
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("503 Busy");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QVERIFY(!listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Closed);
}

void tst_Reconnecting::doesNotRepeatAnOpenedPost()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setMethod(u"POST"_s);
    QVERIFY(!listener.reconnect()->resend());
    listener.reconnect()->setInitialDelay(100);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer("503 Busy");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    Exchange *second = server.take();
    QVERIFY(second);
    second->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    second->reset();
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError"_s});
    QVERIFY(!listener.isActive());

    listener.restart();
    Exchange *third = server.take();
    QVERIFY(third);
    third->sendStream("data: 2\n\n");
    third->end();
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: 2"_s, u"finished"_s}));

    listener.reconnect()->setResend(true);
    listener.restart();
    Exchange *fourth = server.take();
    QVERIFY(fourth);
    fourth->sendStream("data: 3\n\n");
    fourth->end();
    QVERIFY(server.take());
    recorder.take(2);
}

void tst_Reconnecting::waitsForOtherHeadersAfter401()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setHeaders({{u"Authorization"_s, u"old"_s}});
    listener.setLastEventId(u"4"_s);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer("401 Unauthorized", "WWW-Authenticate: Bearer\r\n", "expired");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), 401);
    QCOMPARE(error.body(), u"expired"_s);
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(staysAt(server, 1));
    listener.setHeaders({{u"Authorization"_s, u"new"_s}});
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Authorization"), "new");
    QCOMPARE(second->header("Last-Event-ID"), "4");
}

void tst_Reconnecting::waitsForTheNetwork()
{
    const auto restore = qScopeGuard([] { setOnline(true); });
    setOnline(false);

    // This machine by an address that is not a loopback one by its name.
    ScriptedServer server;
    QUrl url = server.url();
    url.setHost(u"0.0.0.0"_s);
    EventSourceListener listener(url);
    Recorder recorder(&listener);

    // What reports the network may be wrong, so it is tried all the same.
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    exchange->reset();
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError, retries"_s});
    QVERIFY(recorder.takeError().retryIn() > listener.reconnect()->maximumDelay() - 1000);
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QVERIFY(listener.retryIn() > listener.reconnect()->initialDelay());

    setOnline(true);
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    QCOMPARE(listener.retryIn(), -1);
    exchange = server.take();
    QVERIFY(exchange);

    // A wait with time left is cut short.
    exchange->sendAnswer("503 Busy", "Retry-After: 3000\r\n");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    setOnline(false);
    setOnline(true);
    QVERIFY(server.take());
}

QTEST_GUILESS_MAIN(tst_Reconnecting)
#include "tst_reconnecting.moc"
