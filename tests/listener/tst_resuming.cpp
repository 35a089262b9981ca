// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventbytes.h"
#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qlibraryinfo.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qversionnumber.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// lastEventId, and the place where the next attempt resumes.
class tst_Resuming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheIdInStep();
    void resumesFromAStoredId();
    void sendsTheIdAsItCame_data();
    void sendsTheIdAsItCame();
    void continuesWithoutAnIdThatQtDoesNotSend();
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

void tst_Resuming::sendsTheIdAsItCame_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("text") << QByteArray("a, b; \"c\" 100 % #?=");
    QTest::newRow("past ASCII") << QByteArray("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x9A\x80");
    QTest::newRow("tab inside") << QByteArray("a\tb");
    QTest::newRow("control characters past ASCII") << QByteArray("\xC2\x85\xC2\x9B");
}

void tst_Resuming::sendsTheIdAsItCame()
{
    QFETCH(QByteArray, id);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: " + id + "\ndata: 1\n\n");
    QTRY_COMPARE(listener.lastEventId(), QString::fromUtf8(id));
    listener.restart();
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), id);
}

// Qt 6.4 sends them. Qt 6.8 and later do not, and the listener warns.
void tst_Resuming::continuesWithoutAnIdThatQtDoesNotSend()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    const QByteArray id = "\x1b[31m";
    exchange->sendStream("id: " + id + "\ndata: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #\x1b[31m"_s}));

    const bool isSent = QLibraryInfo::version() < QVersionNumber(6, 8);
    if (!isSent) {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"illegal character"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"without Last-Event-ID"_s));
    }
    listener.restart();
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("Last-Event-ID"), isSent ? 1 : 0);
    if (isSent)
        QCOMPARE(exchange->header("Last-Event-ID"), id);
    exchange->sendStream("data: 2\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 2 #\x1b[31m"_s}));
    QCOMPARE(listener.lastEventId(), QString::fromUtf8(id));
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
