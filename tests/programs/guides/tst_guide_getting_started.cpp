// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidesample.h"

#include <QtCore/qprocess.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

class tst_GuideGettingStarted : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qmlShowsStateAndMessage();
    void consoleProgramPrintsAndEnds();
    void widgetsProgramResumes();
};

void tst_GuideGettingStarted::qmlShowsStateAndMessage()
{
    GuideSample sample(u"getting-started"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    QVERIFY(sample.shows(u"no message yet"_s));
    QVERIFY(sample.shows(u"not open"_s));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/stream");
    exchange->sendStream("data: {\"content\": \"hello\"}\n\n");
    QTRY_VERIFY(sample.shows(u"{\"content\":\"hello\"}"_s));
    QVERIFY(!sample.shows(u"not open"_s));
}

void tst_GuideGettingStarted::consoleProgramPrintsAndEnds()
{
    ScriptedServer server;
    QProcess program;
    program.start(QStringLiteral(PROGRAM_1), {server.url().toString()});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("event: alert\ndata: {\"a\":1}\n\n");
    QByteArray printed;
    QTRY_VERIFY((printed += program.readAllStandardOutput()).contains("alert: {\"a\":1}\n"));

    // 204 ends the stream: the program gets to the end of main().
    exchange->reset();
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("204 No Content");
    QTRY_COMPARE(program.state(), QProcess::NotRunning);
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(program.readAllStandardOutput().contains("error: "));
}

void tst_GuideGettingStarted::widgetsProgramResumes()
{
    ScriptedServer server;
    QProcess program;
    program.start(QStringLiteral(PROGRAM_2), {server.url().toString()});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 7\ndata: {\"a\":1}\n\n");
    exchange->end();
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "7");
    program.kill();
    program.waitForFinished();
}

QTEST_MAIN(tst_GuideGettingStarted)
#include "tst_guide_getting_started.moc"
