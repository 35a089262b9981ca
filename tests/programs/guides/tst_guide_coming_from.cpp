// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidesample.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qtextstream.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

void watch(EventSourceListener *listener, QTextStream *out);

class tst_GuideComingFrom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void browserSampleFiltersAndEnds();
    void logIsNotAskedForAgain();
    void postIsRepeatedWhereAllowed();
    void errorEndsThePost();
    void hookShowsTheLastMessage();
    void cppSampleWatches();
};

void tst_GuideComingFrom::browserSampleFiltersAndEnds()
{
    GuideSample sample(u"coming-from"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream("event: build\ndata: {\"name\":\"app\"}\n\n"
                         "event: alert\ndata: {\"name\":\"no\"}\n\n"
                         "data: {\"name\":\"no\"}\n\n"
                         "event: deployment\ndata: {\"name\":\"web\"}\n\n");
    QTRY_VERIFY(sample.shows(u"build: app\ndeployment: web\n"_s));
    QVERIFY(sample.shows(u"open"_s));
    exchange->end(); // no error, and not the end
    exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("204 No Content");
    QTRY_VERIFY(sample.shows(u"ended"_s));
}

void tst_GuideComingFrom::logIsNotAskedForAgain()
{
    GuideSample sample(u"coming-from"_s, 2);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/jobs/7/log");
    exchange->sendStream("data: first\n\ndata: {last\n\n");
    exchange->end();
    QTRY_VERIFY(sample.shows(u"first\n{last\n(end)"_s));
    QVERIFY(staysAt(sample.server, 1));
}

void tst_GuideComingFrom::postIsRepeatedWhereAllowed()
{
    GuideSample sample(u"coming-from"_s, 3);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    QVERIFY(QTest::qWaitForWindowActive(sample.window()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "POST");
    QCOMPARE(exchange->body(), R"({"query":"temperature"})");
    exchange->sendStream("data: {\"title\":\"one\"}\n\n");
    QTRY_VERIFY(sample.shows(u"one\n"_s));
    sample.root->setProperty("query", u"rain"_s); // an open stream keeps its request
    QVERIFY(staysAt(sample.server, 1));
    exchange->reset();
    exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), R"({"query":"rain"})");
}

void tst_GuideComingFrom::errorEndsThePost()
{
    GuideSample sample(u"coming-from"_s, 3);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("500 Internal Server Error");
    QTRY_VERIFY(sample.root->findChild<EventSourceListener *>()->status()
                == EventSourceListener::Closed);
    QVERIFY(staysAt(sample.server, 1));
}

void tst_GuideComingFrom::hookShowsTheLastMessage()
{
    GuideSample sample(u"coming-from"_s, 4);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QTest::ignoreMessage(QtDebugMsg, "7");
    exchange->sendStream("id: 7\ndata: {\"content\":\"hello\"}\n\n");
    QTRY_VERIFY(sample.shows(u"hello"_s));
}

void tst_GuideComingFrom::cppSampleWatches()
{
    ScriptedServer server;
    QString shown;
    QTextStream out(&shown);
    EventSourceListener listener(server.url());
    watch(&listener, &out);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer secret");
    exchange->sendStream("event: alert\ndata: {\"name\":\"no\"}\n\n"
                         "event: build\ndata: {\"name\":\"app\"}\n\n");
    QTRY_COMPARE(shown, u"app\n"_s);
}

QTEST_MAIN(tst_GuideComingFrom)
#include "tst_guide_coming_from.moc"
