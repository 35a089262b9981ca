// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidesample.h"

#include <EventSource/EventSourceListener>

#include <QtNetwork/qnetworkcookie.h>
#include <QtNetwork/qnetworkcookiejar.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

// The sample itself, for the class in it.
#include "tokens-and-sessions-1.cpp"

using namespace Qt::StringLiterals;

class tst_GuideTokensAndSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingMakesOneAttempt();
    void newTokenDoesNotCutAnOpenStream();
    void refusedTokenIsRefreshed();
    void sameTokenStartsNothing();
    void loginCountsForTheStream();
    void failedLoginStartsNothing();
    void listenersShareAJar();
};

void tst_GuideTokensAndSessions::typingMakesOneAttempt()
{
    GuideSample sample(u"tokens-and-sessions"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    QQuickItem *field = sample.item("placeholderText", u"Token"_s);
    QVERIFY(field);
    QVERIFY(QTest::qWaitForWindowActive(sample.window()));
    field->forceActiveFocus();
    sample.type("abc");
    QCOMPARE(field->property("text").toString(), u"abc"_s);
    QVERIFY(staysAt(sample.server, 0));

    QTest::keyClick(sample.window(), Qt::Key_Return);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer abc");
    exchange->sendAnswer("401 Unauthorized");
    QTRY_VERIFY(sample.shows(u"The token is refused"_s));

    sample.type("def");
    QVERIFY(staysAt(sample.server, 1));
    QTest::keyClick(sample.window(), Qt::Key_Return);
    exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer abcdef");
    exchange->sendStream("data: \"welcome\"\n\n");
    QTRY_VERIFY(sample.shows(u"welcome"_s));
}

void tst_GuideTokensAndSessions::newTokenDoesNotCutAnOpenStream()
{
    GuideSample sample(u"tokens-and-sessions"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    sample.root->setProperty("token", u"old"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QTRY_VERIFY(sample.shows(u"1"_s));
    sample.root->setProperty("token", u"new"_s);
    QVERIFY(staysAt(sample.server, 1));
    exchange->sendChunk("data: 2\n\n");
    QTRY_VERIFY(sample.shows(u"2"_s));

    exchange->end();
    exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer new");
}

void tst_GuideTokensAndSessions::refusedTokenIsRefreshed()
{
    GuideSample sample(u"tokens-and-sessions"_s, 2);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 5\ndata: 1\n\n");
    QTRY_VERIFY(sample.shows(u"1"_s));
    exchange->end();
    exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("401 Unauthorized");

    exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "POST");
    QCOMPARE(exchange->target(), "/token");
    exchange->sendAnswer("200 OK", "Content-Type: application/json\r\n", "{\"token\":\"new\"}");
    exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/stream");
    QCOMPARE(exchange->header("Authorization"), "Bearer new");
    QCOMPARE(exchange->header("Last-Event-ID"), "5");
}

void tst_GuideTokensAndSessions::sameTokenStartsNothing()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy errors(&listener, &EventSourceListener::error);
    listener.setHeaders({{u"Authorization"_s, u"Bearer a"_s}});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("401 Unauthorized");
    QTRY_COMPARE(errors.count(), 1);
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);
    listener.setHeaders({{u"Authorization"_s, u"Bearer a"_s}});
    QVERIFY(staysAt(server, 1));
    listener.restart();
    QVERIFY(server.take());
}

void tst_GuideTokensAndSessions::loginCountsForTheStream()
{
    GuideSample sample(u"tokens-and-sessions"_s, 3);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/login");
    QCOMPARE(exchange->body(), R"({"user":"ada","password":"secret"})");
    exchange->sendAnswer("200 OK", "Set-Cookie: session=7; Path=/\r\n", "{}");
    exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/stream");
    QCOMPARE(exchange->header("Cookie"), "session=7");
    exchange->sendStream("data: \"welcome\"\n\n");
    QTRY_VERIFY(sample.shows(u"welcome"_s));
}

void tst_GuideTokensAndSessions::failedLoginStartsNothing()
{
    GuideSample sample(u"tokens-and-sessions"_s, 3);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("403 Forbidden");
    QTRY_VERIFY(sample.shows(u"The login has failed."_s));
    QVERIFY(staysAt(sample.server, 1));
}

void tst_GuideTokensAndSessions::listenersShareAJar()
{
    ScriptedServer server;
    QNetworkCookieJar jar;
    jar.setCookiesFromUrl({QNetworkCookie("session", "7")}, server.url());
    SessionFactory factory(&jar);
    {
        EventSourceListener first(server.url());
        EventSourceListener second(server.url());
        useSession(&first, &factory);
        useSession(&second, &factory);
        for (int i = 0; i < 2; ++i) {
            Exchange *exchange = server.take();
            QVERIFY(exchange);
            QCOMPARE(exchange->header("Cookie"), "session=7");
        }
    }
    QCOMPARE(jar.cookiesForUrl(server.url()).size(), 1); // and it outlives them
}

QTEST_MAIN(tst_GuideTokensAndSessions)
#include "tst_guide_tokens_and_sessions.moc"
