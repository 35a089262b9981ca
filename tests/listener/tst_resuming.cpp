// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventbytes.h"
#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// lastEventId, and the place where the next attempt resumes.
class tst_Resuming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheIdInStep();
    void resumesFromAStoredId();
    void restartsAndKeepsTheId();
};

void tst_Resuming::keepsTheIdInStep()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QStringList ids;
    connect(&listener, &EventSourceListener::message, this,
            [&] { ids.append(listener.lastEventId()); });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QByteArray bytes;
    for (int i = 0; i < 20; ++i)
        bytes += numbered(i);
    exchange->sendStream(bytes);
    QTRY_COMPARE(ids.size(), 20);
    QCOMPARE(ids.first(), u"0"_s);
    QCOMPARE(ids.at(11), u"11"_s);
    exchange->sendChunk("id: only\n\n");
    QTRY_COMPARE(listener.lastEventId(), u"only"_s);
    exchange->sendChunk("id\n\n");
    QTRY_COMPARE(listener.lastEventId(), QString());
}

void tst_Resuming::resumesFromAStoredId()
{
    ScriptedServer server;
    EventSourceListener listener;
    listener.setLastEventId(u"stored €"_s);
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "stored \xE2\x82\xAC");
    listener.setLastEventId({});
    listener.restart();
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("Last-Event-ID"), 0);
}

void tst_Resuming::restartsAndKeepsTheId()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendStream(numbered(1));
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #1"_s}));
    first->sendChunk(numbered(2));
    listener.restart();
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Last-Event-ID"), "1");
    QTRY_VERIFY(!first->isConnected());

    // It cuts a wait short.
    second->sendAnswer("503 Busy", "Retry-After: 3000\r\n");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    QVERIFY(recorder.takeError().retryIn() > 2900000);
    listener.restart();
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(server.take());
}

QTEST_GUILESS_MAIN(tst_Resuming)
#include "tst_resuming.moc"
