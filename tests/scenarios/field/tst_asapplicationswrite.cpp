// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qjsonobject.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qregularexpression.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <functional>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<void(EventSourceListener *, const QUrl &)>)

// Code as applications have it, and what servers answer to it.
class tst_AsApplicationsWrite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settersInAnyOrderOfOneTurn_data();
    void settersInAnyOrderOfOneTurn();
    void urlTakenBackInTheSameTurn();
    void activeFalseAlwaysStops();
    void spaceAroundTheAddress();
    void idWrittenWithinABlock();
    void idThatNoServerTakesBack();
    void markerWithoutTheLastEmptyLine_data();
    void markerWithoutTheLastEmptyLine();
    void textStreamUnderTheDefaultFormat();
    void reasonInTheBodyOfAnError_data();
    void reasonInTheBodyOfAnError();
};

void tst_AsApplicationsWrite::settersInAnyOrderOfOneTurn_data()
{
    using Use = std::function<void(EventSourceListener *, const QUrl &)>;
    QTest::addColumn<Use>("use");
    const auto row = [](const char *tag, const Use &use) { QTest::newRow(tag) << use; };
    row("url, then start", [](EventSourceListener *listener, const QUrl &url) {
        listener->setUrl(url);
        listener->startListening();
    });
    row("start, then url", [](EventSourceListener *listener, const QUrl &url) {
        listener->startListening();
        listener->setUrl(url);
    });
    row("active, then url", [](EventSourceListener *listener, const QUrl &url) {
        listener->setActive(true);
        listener->setUrl(url);
    });
    row("lazy, active, another url, url", [](EventSourceListener *listener, const QUrl &url) {
        listener->setLazy(true);
        listener->setActive(true);
        listener->setUrl(QUrl(u"http://127.0.0.1:1/"_s));
        listener->setUrl(url);
    });
    row("restart, then url", [](EventSourceListener *listener, const QUrl &url) {
        listener->restart();
        listener->setUrl(url);
    });
}

void tst_AsApplicationsWrite::settersInAnyOrderOfOneTurn()
{
    using Use = std::function<void(EventSourceListener *, const QUrl &)>;
    QFETCH(Use, use);
    ScriptedServer server;
    EventSourceListener listener;
    Recorder recorder(&listener);
    use(&listener, server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    QCOMPARE(server.requestCount(), 1);
}

void tst_AsApplicationsWrite::urlTakenBackInTheSameTurn()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    listener.startListening();
    listener.setUrl({});
    QVERIFY(staysAt(server, 0));
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(listener.isActive());
    QVERIFY(listener.errorString().isEmpty());
    listener.setUrl(server.url());
    QVERIFY(server.take());
}

void tst_AsApplicationsWrite::activeFalseAlwaysStops()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setActive(false);
    listener.startListening();
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    listener.setActive(false);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_AsApplicationsWrite::spaceAroundTheAddress()
{
    ScriptedServer server;
    EventSourceListener listener(QUrl(u" \n"_s + server.url().toString() + u" "_s));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/stream");
}

// The application stores a position while a block is under way; the block's own id counts after it.
void tst_AsApplicationsWrite::idWrittenWithinABlock()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    connect(&listener, &EventSourceListener::comment, &listener,
            [&] { listener.setLastEventId(u"stored"_s); });
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 7\n: heartbeat\ndata: 1\n\ndata: 2\n\n");
    QCOMPARE(recorder.take(4),
             QStringList({u"opened"_s, u"comment: heartbeat"_s, u"message: 1 #7"_s,
                          u"message: 2 #7"_s}));
    QCOMPARE(listener.lastEventId(), u"7"_s);
}

void tst_AsApplicationsWrite::idThatNoServerTakesBack()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"An id longer than 4096 bytes was ignored"_s));
    const QByteArray tooLong(4097, 'x');
    exchange->sendStream("id: 1\ndata: 1\n\nid: " + tooLong + "\ndata: 2\n\nid: " + tooLong
                         + "\ndata: 3\n\n");
    QCOMPARE(
            recorder.take(4),
            QStringList({u"opened"_s, u"message: 1 #1"_s, u"message: 2 #1"_s, u"message: 3 #1"_s}));
    exchange->end();
    Exchange *next = server.take();
    QVERIFY(next);
    QCOMPARE(next->header("Last-Event-ID"), "1");
}

void tst_AsApplicationsWrite::markerWithoutTheLastEmptyLine_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<bool>("isReset");
    QTest::newRow("no empty line") << QByteArray("data: [DONE]\n") << false;
    QTest::newRow("no line end") << QByteArray("data: [DONE]") << false;
    QTest::newRow("reset") << QByteArray("data: [DONE]\n") << true;
}

// A GET that generates an answer would begin the generation again.
void tst_AsApplicationsWrite::markerWithoutTheLastEmptyLine()
{
    QFETCH(QByteArray, end);
    QFETCH(bool, isReset);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setEndMarker(u"[DONE]"_s);
    listener.reconnect()->setInitialDelay(0);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    exchange->sendChunk(end + "");
    if (isReset) {
        // What was sent has to arrive before, or it is lost with the connection.
        QTRY_COMPARE(exchange->bytesToWrite(), 0);
        exchange->close();
    } else {
        exchange->end();
    }
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QVERIFY(staysAt(server, 1));
    QVERIFY(!listener.isActive());
}

void tst_AsApplicationsWrite::textStreamUnderTheDefaultFormat()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy messages(&listener, &EventSourceListener::message);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    // Once, with what to do and without the payload; a second warning would fail the test run.
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"parseError.*format.*Text"_s));
    QTest::failOnWarning(QRegularExpression(u"secret|parseError"_s));
    exchange->sendStream("data: secret words\n\ndata: secret words\n\ndata: 3\n\n");
    QTRY_COMPARE(messages.count(), 1);
    QCOMPARE(listener.data(), QJsonValue(3));
}

void tst_AsApplicationsWrite::reasonInTheBodyOfAnError_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QJsonValue>("data");
    QTest::newRow("JSON") << QByteArray("401 Unauthorized")
                          << QByteArray("{\"error\":{\"message\":\"expired\"}}")
                          << QJsonValue(QJsonObject {
                                     {u"error"_s, QJsonObject {{u"message"_s, u"expired"_s}}}});
    QTest::newRow("text") << QByteArray("500 Oops") << QByteArray("<h1>Oops</h1>")
                          << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("nothing") << QByteArray("429 Slowly") << QByteArray()
                             << QJsonValue(QJsonValue::Undefined);
}

void tst_AsApplicationsWrite::reasonInTheBodyOfAnError()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, body);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    EventSourceError failure;
    connect(&listener, &EventSourceListener::error, &listener,
            [&](const EventSourceError &error) { failure = error; });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status, {}, body);
    QTRY_COMPARE(failure.code(), EventSourceListener::HttpStatusError);
    QCOMPARE(failure.body(), QString::fromUtf8(body));
    QTEST(failure.data(), "data");
}

QTEST_GUILESS_MAIN(tst_AsApplicationsWrite)
#include "tst_asapplicationswrite.moc"
