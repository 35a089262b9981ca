// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsonvalue.h>
#include <QtTest/qtest.h>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

using Answer = std::function<void(Exchange *)>;
using Setup = std::function<void(EventSourceListener *)>;
Q_DECLARE_METATYPE(Answer)
Q_DECLARE_METATYPE(Setup)

// Whatever a server says, it does not get more than ten attempts a second from one listener, even
// where the application asked for no delay.
class tst_Hammering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsBack_data();
    void holdsBack();
    void endsPermanently_data();
    void endsPermanently();
    void retriesAFirstRefusalAtOnce();
};

void tst_Hammering::holdsBack_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Setup>("setUp");
    const auto row = [](const char *tag, const Answer &answer, const Setup &setUp = {}) {
        QTest::newRow(tag) << answer << setUp;
    };
    row("retry: 0 and an end", [](Exchange *exchange) {
        exchange->sendStream("retry: 0\n\n");
        exchange->end();
    });
    row("retry: 0, then an end without events", [first = true](Exchange *exchange) mutable {
        exchange->sendStream(first ? "retry: 0\ndata: 1\n\n" : "");
        first = false;
        exchange->end();
    });
    row("retry: 0 and 503", [first = true](Exchange *exchange) mutable {
        if (std::exchange(first, false)) {
            exchange->sendStream("retry: 0\ndata: 1\n\n");
            exchange->end();
        } else {
            exchange->sendAnswer("503 Busy", "Retry-After: 0\r\n");
        }
    });
    row("head and end", [](Exchange *exchange) {
        exchange->sendHead();
        exchange->end();
    });
    row("head and close", [](Exchange *exchange) {
        exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        exchange->close();
    });
    row("head and reset", [](Exchange *exchange) {
        exchange->sendHead();
        exchange->reset();
    });
    row("only comments", [](Exchange *exchange) {
        exchange->sendStream(": hello\n\n");
        exchange->end();
    });
    row("only ids", [n = 0](Exchange *exchange) mutable {
        exchange->sendStream("id: " + QByteArray::number(++n) + "\n\n");
        exchange->end();
    });
    row("500", [](Exchange *exchange) { exchange->sendAnswer("500 Broken"); });
    row("429 with Retry-After in the past", [](Exchange *exchange) {
        exchange->sendAnswer("429 Slow Down", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
    });
    const auto refuse = [](Exchange *exchange) { exchange->sendAnswer("401 Unauthorized"); };
    const auto changeToken = [](EventSourceListener *listener) {
        connect(listener, &EventSourceListener::error, listener, [listener, n = 0]() mutable {
            listener->setHeaders({{u"Authorization"_s, QString::number(++n)}});
        });
    };
    row("401 and another token each time", refuse, changeToken);
    row(
            "200 that is no stream and another token each time",
            [](Exchange *exchange) {
                exchange->sendAnswer("200 OK", "Content-Type: text/html\r\n", "<p>");
            },
            changeToken);
    row(
            "204 that is to be retried",
            [](Exchange *exchange) { exchange->sendAnswer("204 No Content"); },
            [](EventSourceListener *listener) { listener->reconnect()->setRetryStatuses({204}); });
    row(
            "403 and another body each time",
            [](Exchange *exchange) { exchange->sendAnswer("403 Forbidden"); },
            [](EventSourceListener *listener) {
                listener->setMethod(u"POST"_s);
                connect(listener, &EventSourceListener::error, listener,
                        [listener, n = 0]() mutable { listener->setBody(QString::number(++n)); });
            });
}

void tst_Hammering::holdsBack()
{
    QFETCH(Answer, answer);
    QFETCH(Setup, setUp);
    ScriptedServer server;
    server.setHandler(answer);
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMaximumDelay(0);
    if (setUp)
        setUp(&listener);
    QTRY_VERIFY(server.requestCount() > 0);
    QElapsedTimer elapsed;
    elapsed.start();
    const int before = server.requestCount();
    QTRY_VERIFY(server.requestCount() >= before + 16 || elapsed.hasExpired(1000));
    // At most one attempt for each 100 ms that passed, the one that was under way and the first after
    // an event; and Qt may repeat each where answer and end come at once.
    const int requests = server.requestCount() - before;
    QVERIFY2(requests <= 2 * (int(elapsed.elapsed() / 100) + 2),
             qPrintable(u"%1 in %2 ms"_s.arg(requests).arg(elapsed.elapsed())));
    QVERIFY2(requests > 2, QByteArray::number(requests)); // it does try again
}

void tst_Hammering::endsPermanently_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("requests");
    const auto row = [](const char *tag, const Answer &answer, int requests) {
        QTest::newRow(tag) << answer << requests;
    };
    row(
            "204", [](Exchange *exchange) { exchange->sendAnswer("204 No Content"); }, 1);
    row(
            "404", [](Exchange *exchange) { exchange->sendAnswer("404 Not Found"); }, 1);
    row(
            "redirect to itself",
            [](Exchange *exchange) {
                exchange->sendAnswer("302 Found", "Location: " + exchange->target() + "\r\n");
            },
            21);
    row(
            "redirect to a new place each time",
            [](Exchange *exchange) {
                exchange->sendAnswer("307 Temporary Redirect",
                                     "Location: " + exchange->target() + "x\r\n");
            },
            21);
}

void tst_Hammering::endsPermanently()
{
    QFETCH(Answer, answer);
    QFETCH(int, requests);
    ScriptedServer server;
    server.setHandler(answer);
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    QTRY_VERIFY(listener.isActive());
    QTRY_VERIFY(!listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    // Another second of the same brings nothing more.
    QVERIFY(!QTest::qWaitFor([&] { return server.requestCount() > requests; }, 300));
    QCOMPARE(server.requestCount(), requests);
}

// Holding back is for those who are refused again and again: a token that ran out is replaced
// without a wait, and so is one that a person typed wrong a while ago.
void tst_Hammering::retriesAFirstRefusalAtOnce()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        if (exchange->header("Authorization") == "good")
            exchange->sendStream("data: 1\n\n");
        else
            exchange->sendAnswer("401 Unauthorized");
    });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(20000);
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
    listener.setHeaders({{u"Authorization"_s, u"good"_s}});
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    QTRY_COMPARE(listener.data(), QJsonValue(1));

    listener.setHeaders({});
    listener.restart();
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
    listener.setHeaders({{u"Authorization"_s, u"good"_s}});
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    QTRY_COMPARE(listener.status(), EventSourceListener::Open);
}

QTEST_GUILESS_MAIN(tst_Hammering)
#include "tst_hammering.moc"
