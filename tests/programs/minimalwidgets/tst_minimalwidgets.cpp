// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#define main minimalWidgetsMain
#include "main.cpp"
#undef main

#include "answeringserver.h"

#include <QtCore/qprocess.h>
#include <QtTest/qtest.h>

// The sample, in a window, with a server.
class tst_MinimalWidgets : public QObject
{
    Q_OBJECT

private slots:
    void showsAStream();
    void showsAnErrorUntilTheStreamIsBack();
    void keepsTheLatestHundred();
    void runsWithTheAddressAsArgument();

private:
    // What stands in the window: the status, the error and the rows.
    static QString status(const QWidget &window) { return labels(window).value(0)->text(); }
    static QString error(const QWidget &window) { return labels(window).value(1)->text(); }
    static QStringList rows(const QWidget &window)
    {
        const auto list = window.findChild<QListWidget *>();
        QStringList texts;
        for (int row = 0; row < list->count(); ++row)
            texts.append(list->item(row)->text());
        return texts;
    }
    static QList<QLabel *> labels(const QWidget &window)
    {
        return window.findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly);
    }
};

void tst_MinimalWidgets::showsAStream()
{
    AnsweringServer server;
    server.answers = {
            AnsweringServer::stream("event: metrics\ndata: {\"host\":\"web-1\",\"cpu\":38.2}\n\n"
                                    "event: deployment\ndata: {\"service\":\"orders\"}\n\n"
                                    "event: metrics\ndata: {\"host\":\"db-1\",\"cpu\":12}\n\n")};
    LoadWindow window(server.url());
    window.show();
    QTRY_COMPARE(rows(window), (QStringList {"db-1: 12 %", "web-1: 38.2 %"}));
    QCOMPARE(status(window), "Open");
    QCOMPARE(error(window), "");
}

void tst_MinimalWidgets::showsAnErrorUntilTheStreamIsBack()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("503 Service Unavailable"),
                      AnsweringServer::stream({})};
    LoadWindow window(server.url());
    window.show();
    const int width = window.width();
    QTRY_COMPARE(status(window), "Waiting");
    QTRY_VERIFY2(error(window).contains("503"), qPrintable(error(window)));
    window.layout()->activate();
    QCOMPARE(window.width(), width); // a long sentence does not widen the window
    QTRY_COMPARE(status(window), "Open");
    QTRY_COMPARE(error(window), "");
}

void tst_MinimalWidgets::keepsTheLatestHundred()
{
    QByteArray events;
    for (int i = 1; i <= 120; ++i)
        events +=
                "event: metrics\ndata: {\"host\":\"a\",\"cpu\":" + QByteArray::number(i) + "}\n\n";
    AnsweringServer server;
    server.answers = {AnsweringServer::stream(events)};
    LoadWindow window(server.url());
    QTRY_COMPARE(rows(window).value(0), "a: 120 %");
    QCOMPARE(rows(window).size(), 100);
}

void tst_MinimalWidgets::runsWithTheAddressAsArgument()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream({})};
    QProcess program;
    program.start(QStringLiteral(MINIMAL_WIDGETS_PROGRAM), {server.address()});
    QTRY_COMPARE_WITH_TIMEOUT(server.requests.size(), 1, 20000);
    QCOMPARE(program.state(), QProcess::Running);
    program.kill();
    QVERIFY(program.waitForFinished());
}

QTEST_MAIN(tst_MinimalWidgets)

#include "tst_minimalwidgets.moc"
