// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qsemaphore.h>
#include <QtTest/qtest.h>

#include <atomic>

using namespace Qt::StringLiterals;

using Peer = ThreadedServer::Peer;

// A request with a body starts something: a generation, an order. It leaves once in an attempt.
class tst_Bodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesOnceWhereNoAnswerComes_data();
    void leavesOnceWhereNoAnswerComes();
    void leavesOnceOnAReusedConnection_data();
    void leavesOnceOnAReusedConnection();
    void arrivesWhole_data();
    void arrivesWhole();
    void arrivesOnceWhereItIsAnsweredEarly();
};

void tst_Bodies::leavesOnceWhereNoAnswerComes_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer"); // a part of one
    QTest::addColumn<int>("delay"); // ms
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("reconnects");

    const struct
    {
        const char *tag;
        QByteArray answer;
        int delay;
    } ends[] = {{"at once", "", 0},
                {"after a while", "", 200},
                {"within the status line", "HTTP/1.1 2", 0},
                {"within the head", "HTTP/1.1 200 OK\r\nContent-Ty", 0},
                {"within the head, after a while", "HTTP/1.1 200 OK\r\nContent-Ty", 200}};
    const struct
    {
        const char *tag;
        QString method;
        QByteArray body;
    } requests[] = {{"POST", u"POST"_s, "question"},
                    {"POST without a body", u"POST"_s, ""},
                    {"POST of 1 MiB", u"POST"_s, QByteArray(1024 * 1024, 'x')},
                    {"PUT", u"PUT"_s, "question"},
                    {"QUERY", u"QUERY"_s, "question"},
                    {"DELETE without a body", u"DELETE"_s, ""}};
    for (const auto &request : requests) {
        for (const auto &end : ends) {
            for (const bool reset : {false, true}) {
                for (const bool reconnects : {false, true}) {
                    QTest::addRow("%s, %s %s%s", request.tag, reset ? "reset" : "closed", end.tag,
                                  reconnects ? ", reconnects" : "")
                            << request.method << request.body << end.answer << end.delay << reset
                            << reconnects;
                }
            }
        }
    }
}

// The server counts what arrives, also on connections that the client opens later.
void tst_Bodies::leavesOnceWhereNoAnswerComes()
{
    QFETCH(QString, method);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, answer);
    QFETCH(int, delay);
    QFETCH(bool, reset);
    QFETCH(bool, reconnects);

    std::atomic<int> arrived = 0;
    ThreadedServer server([&](Peer &peer) {
        const QByteArray head = peer.readRequest();
        if (head.isEmpty())
            return;
        ++arrived;
        if (peer.readBody(head).size() != body.size())
            return;
        QSemaphore never;
        (void)never.tryAcquire(1, delay);
        peer.send(answer);
        if (reset)
            peer.resetOnClose();
    });
    EventSourceListener listener;
    listener.setMethod(method);
    if (!body.isEmpty())
        listener.setBody(body);
    listener.reconnect()->setEnabled(reconnects);
    int errors = 0;
    int arrivedBefore = -1;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        ++errors;
        arrivedBefore = arrived;
        QVERIFY2(error.code() == EventSourceListener::NetworkError, qPrintable(error.message()));
        // What is to follow by itself is decided with the attempt and not in it.
        listener.stopListening();
    });
    listener.setUrl(server.url());
    QVERIFY(waitFor([&] { return errors > 0; }));
    QCOMPARE(arrivedBefore, 1);
    // A repetition that is on its way would arrive before this.
    ThreadedServer mark([](Peer &peer) { peer.readRequest(); });
    EventSourceListener marking(mark.url());
    int marked = 0;
    connect(&marking, &EventSourceListener::error, this, [&] {
        ++marked;
        marking.stopListening();
    });
    QVERIFY(waitFor([&] { return marked > 0; }));
    QCOMPARE(arrived.load(), 1);
    QCOMPARE(errors, 1);
}

void tst_Bodies::leavesOnceOnAReusedConnection_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed") << false;
    QTest::newRow("reset") << true;
}

// A connection that was used before may have been closed meanwhile, for all that a client knows:
// the reason for which clients repeat.
void tst_Bodies::leavesOnceOnAReusedConnection()
{
    QFETCH(bool, reset);
    std::atomic<int> connections = 0;
    std::atomic<int> arrived = 0;
    ThreadedServer server([&](Peer &peer) {
        ++connections;
        for (;;) {
            const QByteArray head = peer.readRequest();
            if (head.isEmpty())
                return;
            peer.readBody(head);
            if (++arrived > 1)
                break;
            peer.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        }
        if (reset)
            peer.resetOnClose();
    });
    EventSourceListener listener;
    listener.setMethod(u"POST"_s);
    listener.setBody(u"question"_s);
    listener.reconnect()->setInitialDelay(100);
    QList<int> codes;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        codes.append(error.code());
        if (codes.size() == 2)
            listener.stopListening();
    });
    listener.setUrl(server.url());
    QVERIFY(waitFor([&] { return codes.size() == 2; }));
    QCOMPARE(
            codes,
            (QList<int> {EventSourceListener::HttpStatusError, EventSourceListener::NetworkError}));
    QCOMPARE(connections.load(), 1);
    QCOMPARE(arrived.load(), 2);
}

void tst_Bodies::arrivesWhole_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("redirects");
    QTest::newRow("POST") << u"POST"_s << false;
    QTest::newRow("PUT") << u"PUT"_s << false;
    QTest::newRow("POST after a redirect") << u"POST"_s << true;
}

void tst_Bodies::arrivesWhole()
{
    QFETCH(QString, method);
    QFETCH(bool, redirects);
    QByteArray body(5 * 1000 * 1000, Qt::Uninitialized);
    for (qsizetype i = 0; i < body.size(); ++i)
        body[i] = char(i * 31 + i / 251);
    std::atomic<int> arrived = 0;
    ThreadedServer server([&](Peer &peer) {
        for (;;) {
            const QByteArray head = peer.readRequest();
            if (head.isEmpty())
                return;
            const bool isWhole = peer.readBody(head) == body;
            if (redirects && ++arrived == 1) {
                peer.send("HTTP/1.1 307 Temporary Redirect\r\nLocation: /x\r\n"
                          "Content-Length: 0\r\n\r\n");
                continue;
            }
            peer.sendHead();
            peer.sendChunk(isWhole ? "data: \"whole\"\n\n" : "data: \"spoiled\"\n\n");
        }
    });
    EventSourceListener listener;
    Recorder recorder(&listener);
    listener.setMethod(method);
    listener.setBody(body);
    listener.setUrl(server.url());
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: \"whole\""_s}));
}

// A server may refuse by the head alone.
void tst_Bodies::arrivesOnceWhereItIsAnsweredEarly()
{
    std::atomic<int> arrived = 0;
    ThreadedServer server([&](Peer &peer) {
        const QByteArray head = peer.readRequest();
        if (head.isEmpty())
            return;
        ++arrived;
        peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Type: text/plain\r\n"
                  "Content-Length: 8\r\nConnection: close\r\n\r\ntoo much");
        peer.readBody(head);
    });
    EventSourceListener listener;
    Recorder recorder(&listener);
    listener.setMethod(u"POST"_s);
    listener.setBody(QByteArray(5 * 1000 * 1000, 'x'));
    listener.setUrl(server.url());
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), 413);
    QCOMPARE(error.body(), u"too much"_s);
    QCOMPARE(arrived.load(), 1);
}

QTEST_GUILESS_MAIN(tst_Bodies)
#include "tst_bodies.moc"
