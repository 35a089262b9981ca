// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidesample.h"

#include <EventSource/EventSourceSubscription>

#include <QtCore/qjsonvalue.h>
#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

class tst_GuideGettingStarted : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qmlShowsStateAndMessage();
    void pagesShareOneStream();
    void pagesShareASingleton();
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

void tst_GuideGettingStarted::pagesShareOneStream()
{
    GuideSample sample(u"getting-started"_s, 2);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    QVERIFY(sample.shows(u"no metrics yet"_s));
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream("event: metrics\ndata: {\"host\":\"a\",\"cpu\":7}\n\n"
                         "event: alert\ndata: {\"level\":1}\n\n");
    QTRY_VERIFY(sample.shows(u"a: 7 %"_s));

    const auto select = [&sample](const QString &tab) {
        QQuickItem *button = sample.item("text", tab);
        return button && QMetaObject::invokeMethod(button, "toggle");
    };
    QVERIFY(select(u"Alerts"_s));
    QTRY_VERIFY(!sample.shows(u"a: 7 %"_s));
    exchange->sendChunk("event: alert\ndata: {\"level\":2}\n\n"
                        "event: metrics\ndata: {\"host\":\"b\",\"cpu\":8}\n\n");
    QTRY_VERIFY(sample.shows(u"{\"level\":2}"_s));
    QVERIFY(!sample.shows(u"{\"level\":1}"_s)); // it came before the page

    QVERIFY(select(u"Load"_s));
    QTRY_VERIFY(sample.shows(u"no metrics yet"_s));
    exchange->sendChunk("event: metrics\ndata: {\"host\":\"c\",\"cpu\":9}\n\n");
    QTRY_VERIFY(sample.shows(u"c: 9 %"_s));
    QVERIFY(staysAt(sample.server, 1));
    QCOMPARE(sample.warnings, QStringList());
}

void tst_GuideGettingStarted::pagesShareASingleton()
{
    ScriptedServer server;
    const QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(u"qmldir"_s, "singleton Events 1.0 Events.qml\n"));
    QVERIFY(write(u"Events.qml"_s,
                  "pragma Singleton\nimport EventSource\n"
                  "EventSourceListener { url: '"
                          + server.url().toEncoded() + "' }\n"));
    QVERIFY(write(u"Page.qml"_s,
                  "import EventSource\nimport '.'\n"
                  "EventSourceSubscription { listener: Events }\n"));
    QQmlEngine engine;
    QQmlComponent page(&engine, QUrl::fromLocalFile(folder.filePath(u"Page.qml"_s)));
    using Page = std::unique_ptr<EventSourceSubscription>;
    Page first(qobject_cast<EventSourceSubscription *>(page.create()));
    QVERIFY2(first, qPrintable(page.errorString()));
    const Page second(qobject_cast<EventSourceSubscription *>(page.create()));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QTRY_COMPARE(first->data().toInt(), 1);
    QTRY_COMPARE(second->data().toInt(), 1);
    first.reset();
    exchange->sendChunk("data: 2\n\n");
    QTRY_COMPARE(second->data().toInt(), 2);
    QVERIFY(staysAt(server, 1));
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
