// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// How the head of a response is classified, and how redirects are followed.
class tst_Responses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsHttpStatus_data();
    void reportsHttpStatus();
    void acceptsMediaTypes_data();
    void acceptsMediaTypes();
    void finishesOnNoContent();
    void followsRedirects_data();
    void followsRedirects();
    void takesNothingToAnotherOrigin();
    void refusesRedirects_data();
    void refusesRedirects();
};

void tst_Responses::reportsHttpStatus_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<EventSourceListener::Status>("then");
    const auto row = [](const char *status, EventSourceListener::Status then) {
        QTest::newRow(status) << QByteArray(status) << then;
    };
    row("201 Created", EventSourceListener::Closed);
    row("206 Partial Content", EventSourceListener::Closed);
    row("304 Not Modified", EventSourceListener::Closed);
    row("400 Bad Request", EventSourceListener::Closed);
    row("404 Not Found", EventSourceListener::Closed);
    row("410 Gone", EventSourceListener::Closed);
    row("401 Unauthorized", EventSourceListener::Waiting);
    row("403 Forbidden", EventSourceListener::Waiting);
    row("408 Request Timeout", EventSourceListener::Waiting);
    row("425 Too Early", EventSourceListener::Waiting);
    row("429 Too Many Requests", EventSourceListener::Waiting);
    row("500 Internal Server Error", EventSourceListener::Waiting);
    row("503 Service Unavailable", EventSourceListener::Waiting);
    row("599 Whatever", EventSourceListener::Waiting);
}

void tst_Responses::reportsHttpStatus()
{
    QFETCH(QByteArray, status);
    QFETCH(EventSourceListener::Status, then);
    ScriptedServer server;
    server.setHandler([status](Exchange *exchange) {
        const bool hasBody = !status.startsWith("304");
        exchange->sendAnswer(status, "Content-Type: text/event-stream\r\n",
                             hasBody ? "data: why\n\n" : "");
    });
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    const int code = status.left(3).toInt();
    const bool retries = then == EventSourceListener::Waiting && code != 401 && code != 403;
    QCOMPARE(recorder.take(1),
             QStringList {retries ? u"HttpStatusError, retries"_s : u"HttpStatusError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), code);
    QCOMPARE(error.body(), code == 304 ? QString() : u"data: why\n\n"_s);
    QVERIFY2(error.message().contains(QString::fromLatin1(status)), qPrintable(error.message()));
    QCOMPARE(error.retryIn() > 0, retries);
    QCOMPARE(listener.status(), then);
    QCOMPARE(listener.retryIn() > 0, retries);
    QCOMPARE(listener.isActive(), then == EventSourceListener::Waiting);

    listener.reconnect()->setRetryHttpErrors(false);
    listener.restart();
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
}

void tst_Responses::acceptsMediaTypes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("plain") << QByteArray("Content-Type: text/event-stream\r\n") << true;
    QTest::newRow("parameter") << QByteArray("Content-Type: text/event-stream;charset=utf-8\r\n")
                               << true;
    QTest::newRow("any parameter")
            << QByteArray("Content-Type: text/event-stream ; charset=x\r\n") << true;
    QTest::newRow("upper case") << QByteArray("content-type: TEXT/Event-Stream\r\n") << true;
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("html") << QByteArray("Content-Type: text/html\r\n") << false;
    QTest::newRow("longer") << QByteArray("Content-Type: text/event-streams\r\n") << false;
    QTest::newRow("json") << QByteArray("Content-Type: application/json\r\n") << false;
}

void tst_Responses::acceptsMediaTypes()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, accepted);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK", header);
    exchange->sendChunk("data: 1\n\n");
    if (accepted) {
        QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    } else {
        QCOMPARE(recorder.take(1), QStringList {u"ContentTypeError"_s});
        QCOMPARE(listener.status(), EventSourceListener::Waiting);
        QCOMPARE(listener.retryIn(), -1);
        QVERIFY(listener.isActive());
        QCOMPARE(recorder.takeError().httpStatus(), 200);
        QTRY_VERIFY(!exchange->isConnected());
    }
}

void tst_Responses::finishesOnNoContent()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("204 No Content");
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QCOMPARE(listener.errorString(), QString());
}

void tst_Responses::followsRedirects_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("then");
    for (const char *status : {"301 A", "302 B", "303 C", "307 D", "308 E"}) {
        const bool keeps = status[1] == '0' && (status[2] == '7' || status[2] == '8');
        QTest::addRow("%s GET", status)
                << QByteArray(status) << QByteArray("GET") << QByteArray("GET");
        QTest::addRow("%s POST", status)
                << QByteArray(status) << QByteArray("POST") << QByteArray(keeps ? "POST" : "GET");
    }
    QTest::newRow("301 PUT") << QByteArray("301 A") << QByteArray("PUT") << QByteArray("PUT");
    QTest::newRow("303 PUT") << QByteArray("303 A") << QByteArray("PUT") << QByteArray("GET");
}

void tst_Responses::followsRedirects()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, then);
    ScriptedServer server;
    EventSourceListener listener(server.url(u"/old/path"_s));
    listener.setMethod(QString::fromLatin1(method));
    listener.setBody(u"text"_s);
    listener.setHeaders({{u"Authorization"_s, u"Bearer t"_s}});
    listener.setLastEventId(u"5"_s);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer(status, "Location: ../new?x=y\r\n", "moved");
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->target(), "/new?x=y");
    QCOMPARE(second->method(), then);
    QCOMPARE(second->body(), then == "GET" ? "" : "text");
    QCOMPARE(second->headerCount("Content-Type"), then == "GET" ? 0 : 1);
    QCOMPARE(second->header("Authorization"), "Bearer t");
    QCOMPARE(second->header("Last-Event-ID"), "5");
    second->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #5"_s}));

    // The next attempt starts where the application pointed to.
    listener.restart();
    Exchange *third = server.take();
    QVERIFY(third);
    QCOMPARE(third->target(), "/old/path");
}

void tst_Responses::takesNothingToAnotherOrigin()
{
    ScriptedServer server;
    ScriptedServer other;
    EventSourceListener listener(server.url());
    listener.setHeaders(
            {{u"Authorization"_s, u"Bearer t"_s}, {u"Cookie"_s, u"a=b"_s}, {u"X-Key"_s, u"k"_s}});
    listener.setLastEventId(u"5"_s);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer("307 Temporary Redirect", "Location: " + other.url().toEncoded() + "\r\n");
    Exchange *second = other.take();
    QVERIFY(second);
    QCOMPARE(second->headerCount("Authorization"), 0);
    QCOMPARE(second->headerCount("Cookie"), 0);
    QCOMPARE(second->headerCount("X-Key"), 0);
    QCOMPARE(second->header("Accept"), "text/event-stream");
    QCOMPARE(second->header("Last-Event-ID"), "5");

    // Nor does the way back give them again.
    second->sendAnswer("307 Temporary Redirect", "Location: " + server.url().toEncoded() + "\r\n");
    Exchange *third = server.take();
    QVERIFY(third);
    QCOMPARE(third->headerCount("Authorization"), 0);
    third->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
}

void tst_Responses::refusesRedirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("error");
    QTest::newRow("missing") << QByteArray() << u"HttpStatusError"_s;
    QTest::newRow("empty") << QByteArray("Location: \r\n") << u"HttpStatusError"_s;
    QTest::newRow("file") << QByteArray("Location: file:///etc/passwd\r\n") << u"HttpStatusError"_s;
    QTest::newRow("no host") << QByteArray("Location: http://\r\n") << u"HttpStatusError"_s;
    QTest::newRow("to itself") << QByteArray("Location: /stream\r\n") << u"TooManyRedirectsError"_s;
    QTest::newRow("body to another origin")
            << QByteArray("Location: http://localhost:1/\r\n") << u"InsecureRedirectError"_s;
}

void tst_Responses::refusesRedirects()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, error);
    ScriptedServer server;
    server.setHandler([location](Exchange *exchange) {
        exchange->sendAnswer("307 Temporary Redirect", location);
    });
    EventSourceListener listener(server.url());
    listener.setMethod(u"POST"_s);
    listener.setBody(u"text"_s);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(1), QStringList {error});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QCOMPARE(server.requestCount(), error == u"TooManyRedirectsError"_s ? 21 : 1);
}

QTEST_GUILESS_MAIN(tst_Responses)
#include "tst_responses.moc"
