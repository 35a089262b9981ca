// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <QtCore/qprocess.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// The programs in C++ of the guides, as processes of their own.
class tst_GuidesPrograms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstProgramPrintsHosts();
    void widgetsProgramOpensTheStream();
    void chatPrintsTheAnswer();
};

void tst_GuidesPrograms::firstProgramPrintsHosts()
{
    ScriptedServer server;
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(QStringLiteral(FIRST_PROGRAM), {server.url().toString()});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("event: metrics\ndata: {\"host\":\"anna\"}\n\n");
    QByteArray output;
    QTRY_VERIFY((output += program.readAll()).contains("metrics anna\n"));
    output.clear();
    exchange->reset();
    QTRY_VERIFY(!(output += program.readAll()).isEmpty()); // the error
    program.kill();
    program.waitForFinished();
}

void tst_GuidesPrograms::widgetsProgramOpensTheStream()
{
    ScriptedServer server;
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(QStringLiteral(WIDGETS_PROGRAM), {server.url().toString()});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Accept"), "text/event-stream");
    exchange->sendStream("data: {}\n\n");
    exchange->end();
    // The next attempt: the program is alive and has read the end.
    QVERIFY(server.take());
    QCOMPARE(program.state(), QProcess::Running);
    program.kill();
    program.waitForFinished();
}

void tst_GuidesPrograms::chatPrintsTheAnswer()
{
    ScriptedServer server;
    QProcess program;
    program.start(QStringLiteral(CHAT_PROGRAM), {server.url().toString()});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "POST");
    QVERIFY(exchange->body().contains("\"content\":\"Hello\""));
    exchange->sendStream("data: {\"choices\":[{\"delta\":{\"content\":\"Good \"}}]}\n\n"
                         "data: {\"choices\":[{\"delta\":{\"content\":\"day\"}}]}\n\n"
                         "data: [DONE]\n\n");
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(program.readAllStandardOutput(), "Good day");
}

QTEST_MAIN(tst_GuidesPrograms)
#include "tst_guidesprograms.moc"
