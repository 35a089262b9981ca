// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qregularexpression.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

// Which requests are sent a second time, and which are not.
class tst_Repeating : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsAPostAgainOnlyIfItIsUnprocessed_data();
    void sendsAPostAgainOnlyIfItIsUnprocessed();
    void sendsAPostAgainWhereItIsAllowed_data();
    void sendsAPostAgainWhereItIsAllowed();
    void sendsAPostAgainThatNeverArrived();
    void reportsAnAnswerWithoutItsEndMarker_data();
    void reportsAnAnswerWithoutItsEndMarker();
    void reconnectsAGetWithoutItsEndMarker();
    void retriesNamedStatuses_data();
    void retriesNamedStatuses();
    void endsAtNoContentWithoutAFailure();
    void refusesWrongStatuses_data();
    void refusesWrongStatuses();
    void takesStatusesFromQml();
    void waitsForAnotherTokenAfterALoginPage();
    void endsAtALoginPageByTheStandardsRule();
};

namespace {

void useShortDelays(EventSourceListener *listener)
{
    listener->reconnect()->setInitialDelay(100);
    listener->reconnect()->setMaximumDelay(100);
    listener->reconnect()->setJitter(0);
}

// Waits for longer than the delay before another attempt would be.
bool hasNoMoreThan(const ScriptedServer &server, int requests)
{
    return !QTest::qWaitFor([&] { return server.requestCount() != requests; }, 300);
}

} // namespace

void tst_Repeating::sendsAPostAgainOnlyIfItIsUnprocessed_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("again");
    QTest::newRow("408") << QByteArray("408 Request Timeout") << true;
    QTest::newRow("425") << QByteArray("425 Too Early") << true;
    QTest::newRow("429") << QByteArray("429 Too Many Requests") << true;
    QTest::newRow("503") << QByteArray("503 Service Unavailable") << true;
    QTest::newRow("500") << QByteArray("500 Internal Server Error") << false;
    QTest::newRow("502") << QByteArray("502 Bad Gateway") << false;
    QTest::newRow("504") << QByteArray("504 Gateway Timeout") << false;
    QTest::newRow("404, although it is named") << QByteArray("404 Not Found") << false;
}

void tst_Repeating::sendsAPostAgainOnlyIfItIsUnprocessed()
{
    QFETCH(QByteArray, status);
    QFETCH(bool, again);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.setMethod(u"POST"_s);
    listener.setBody(u"prompt"_s);
    listener.reconnect()->setRetryStatuses({404, 500});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status, {}, "why");
    QCOMPARE(recorder.take(1),
             QStringList(again ? u"HttpStatusError, retries"_s : u"HttpStatusError"_s));
    QCOMPARE(recorder.takeError().body(), u"why"_s);
    if (again) {
        exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->body(), "prompt");
    } else {
        QVERIFY(!listener.isActive());
        QCOMPARE(listener.status(), EventSourceListener::Closed);
        QVERIFY(hasNoMoreThan(server, 1));
    }
}

void tst_Repeating::sendsAPostAgainWhereItIsAllowed_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("500") << QByteArray("500 Internal Server Error");
    QTest::newRow("502") << QByteArray("502 Bad Gateway");
    QTest::newRow("504") << QByteArray("504 Gateway Timeout");
    QTest::newRow("404, which is named") << QByteArray("404 Not Found");
}

void tst_Repeating::sendsAPostAgainWhereItIsAllowed()
{
    QFETCH(QByteArray, status);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.setMethod(u"POST"_s);
    listener.setBody(u"prompt"_s);
    listener.reconnect()->setResend(true);
    listener.reconnect()->setRetryStatuses({404});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status);
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), "prompt");
}

void tst_Repeating::sendsAPostAgainThatNeverArrived()
{
    ScriptedServer server;
    server.stop();
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.setMethod(u"POST"_s);
    listener.setBody(u"prompt"_s);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError, retries"_s});
    server.start();
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), "prompt");
    exchange->sendHead();
    QVERIFY(recorder.take(1).contains(u"opened"_s));
}

void tst_Repeating::reportsAnAnswerWithoutItsEndMarker_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("enabled");
    QTest::newRow("POST") << u"POST"_s << true;
    QTest::newRow("GET without reconnecting") << u"GET"_s << false;
    QTest::newRow("POST without reconnecting") << u"POST"_s << false;
}

// Half of a model's answer looked like all of it.
void tst_Repeating::reportsAnAnswerWithoutItsEndMarker()
{
    QFETCH(QString, method);
    QFETCH(bool, enabled);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.setFormat(EventSourceListener::Text);
    listener.setMethod(method);
    listener.setEndMarker(u"[DONE]"_s);
    listener.reconnect()->setEnabled(enabled);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: half of\n\n");
    exchange->end();
    QCOMPARE(recorder.take(3),
             QStringList({u"opened"_s, u"message: half of"_s, u"IncompleteError"_s}));
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(u"endMarker"_s), qPrintable(error.message()));
    QCOMPARE(listener.errorString(), error.message());
    QVERIFY(!listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Closed);

    // With it, it is complete.
    listener.startListening();
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: all of it\n\ndata: [DONE]\n\n");
    exchange->end();
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: all of it"_s, u"finished"_s}));
}

void tst_Repeating::reconnectsAGetWithoutItsEndMarker()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.setEndMarker(u"[DONE]"_s);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: 1\n\n");
    exchange->end();
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #1"_s}));
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "1");
    exchange->sendStream("data: [DONE]\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"finished"_s}));
}

void tst_Repeating::retriesNamedStatuses_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("retryHttpErrors");
    QTest::addColumn<QStringList>("emitted");
    const QStringList error {u"HttpStatusError, retries"_s};
    QTest::newRow("404 while a service is redeployed")
            << QByteArray("404 Not Found") << true << error;
    QTest::newRow("404 by the standard's rule") << QByteArray("404 Not Found") << false << error;
    QTest::newRow("401") << QByteArray("401 Unauthorized") << true << error;
    QTest::newRow("204 is no error") << QByteArray("204 No Content") << true << QStringList();
}

void tst_Repeating::retriesNamedStatuses()
{
    QFETCH(QByteArray, status);
    QFETCH(bool, retryHttpErrors);
    QFETCH(QStringList, emitted);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    useShortDelays(&listener);
    listener.reconnect()->setRetryHttpErrors(retryHttpErrors);
    listener.reconnect()->setRetryStatuses({204, 401, 404});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status);
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(listener.failedAttempts(), 1);
    exchange->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(emitted.size() + 2),
             emitted + QStringList({u"opened"_s, u"message: 1"_s}));
}

void tst_Repeating::endsAtNoContentWithoutAFailure()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("204 No Content"); });
    EventSourceListener listener(server.url());
    QSignalSpy failedAttemptsChanged(&listener, &EventSourceListener::failedAttemptsChanged);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QCOMPARE(listener.failedAttempts(), 0);
    QCOMPARE(failedAttemptsChanged.size(), 0);
}

void tst_Repeating::refusesWrongStatuses_data()
{
    QTest::addColumn<QList<int>>("statuses");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("lowest and highest") << QList<int>({100, 599}) << true;
    QTest::newRow("none") << QList<int>() << true;
    QTest::newRow("too low") << QList<int>({404, 99}) << false;
    QTest::newRow("too high") << QList<int>({600, 404}) << false;
    QTest::newRow("negative") << QList<int>({-404}) << false;
    QTest::newRow("zero") << QList<int>({0}) << false;
}

void tst_Repeating::refusesWrongStatuses()
{
    QFETCH(QList<int>, statuses);
    QFETCH(bool, isValid);
    EventSourceListener listener;
    EventSourceReconnectPolicy *policy = listener.reconnect();
    QVERIFY(policy->retryStatuses().isEmpty());
    policy->setRetryStatuses({410});
    QSignalSpy retryStatusesChanged(policy, &EventSourceReconnectPolicy::retryStatusesChanged);
    if (!isValid) {
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"retryStatuses takes HTTP statuses from 100"_s));
    }
    policy->setRetryStatuses(statuses);
    QCOMPARE(policy->retryStatuses(), isValid ? statuses : QList<int>({410}));
    QCOMPARE(retryStatusesChanged.size(), isValid ? 1 : 0);
    policy->setRetryStatuses(policy->retryStatuses());
    QCOMPARE(retryStatusesChanged.size(), isValid ? 1 : 0);
}

void tst_Repeating::takesStatusesFromQml()
{
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import EventSource\n"
                      "EventSourceListener {\n"
                      "    lazy: true\n"
                      "    reconnect { retryStatuses: [404, 410] }\n"
                      "    property int first: reconnect.retryStatuses[0]\n"
                      "    property int attempts: failedAttempts\n"
                      "    function spoil() { reconnect.retryStatuses = [NaN] }\n"
                      "}",
                      {});
    const std::unique_ptr<QObject> object(component.create());
    QVERIFY2(object, qPrintable(component.errorString()));
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QVERIFY(listener);
    QCOMPARE(listener->reconnect()->retryStatuses(), QList<int>({404, 410}));
    QCOMPARE(object->property("first"), 404);
    QCOMPARE(object->property("attempts"), 0);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"retryStatuses takes"_s));
    QVERIFY(QMetaObject::invokeMethod(object.get(), "spoil"));
    QCOMPARE(listener->reconnect()->retryStatuses(), QList<int>({404, 410}));
}

// A proxy answers 200 with its login page until the token is renewed.
void tst_Repeating::waitsForAnotherTokenAfterALoginPage()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setLastEventId(u"4"_s);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("200 OK", "Content-Type: text/html\r\n", "<form>");
    QCOMPARE(recorder.take(1), QStringList {u"ContentTypeError"_s});
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(hasNoMoreThan(server, 1));
    listener.setHeaders({{u"Authorization"_s, u"Bearer new"_s}});
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer new");
    QCOMPARE(exchange->header("Last-Event-ID"), "4");
    exchange->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #4"_s}));
}

void tst_Repeating::endsAtALoginPageByTheStandardsRule()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setRetryHttpErrors(false);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("200 OK", "Content-Type: text/html\r\n", "<form>");
    QCOMPARE(recorder.take(1), QStringList {u"ContentTypeError"_s});
    QVERIFY(!listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Closed);
}

QTEST_GUILESS_MAIN(tst_Repeating)
#include "tst_repeating.moc"
