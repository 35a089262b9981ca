// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "program.h"

#include <QtCore/qfile.h>
#include <QtCore/qregularexpression.h>
#include <QtTest/qtest.h>

// The program as a process of its own.
class tst_DashboardProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesBadArguments_data();
    void refusesBadArguments();
    void showsHelp();
    void takesScreenshotWithoutDisplay_data();
    void takesScreenshotWithoutDisplay();
    void printsTheAddress_data();
    void printsTheAddress();
    void failsWhenScreenshotCannotBeWritten();
    void saysThatThereIsNoDisplay();
};

void tst_DashboardProgram::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");

    QTest::newRow("unknown option") << QStringList {"--colour"} << "Unknown option 'colour'";
    QTest::newRow("stray argument")
            << QStringList {"http://x/"} << "A stream's address goes behind --url.";
    QTest::newRow("URL without a value") << QStringList {"--url"} << "Missing value";
    QTest::newRow("empty URL") << QStringList {"--url", ""} << "\"\" is not a complete address";
    QTest::newRow("URL of another scheme") << QStringList {"--url", "ftp://x/y"}
                                           << "\"ftp://x/y\" is not an http or https address";
    QTest::newRow("URL without scheme")
            << QStringList {"--url", "localhost:8080/s"} << "Did you mean http://localhost:8080/s?";
    QTest::newRow("URL without host")
            << QStringList {"--url", "http:///s"} << "is not a complete address";
    QTest::newRow("broken URL") << QStringList {"--url", "http://[::1/"}
                                << "is not a complete address";
    QTest::newRow("URL and fault") << QStringList {"--url", "http://x/", "--fault", "drop"}
                                   << "--fault is for the embedded server";
    QTest::newRow("unknown page") << QStringList {"--page", "rain"}
                                  << "\"rain\" is none of overview, log, fleet, chat, explorer";
    QTest::newRow("chat URL without scheme") << QStringList {"--chat-url", "localhost:8080/s"}
                                             << "--chat-url: \"localhost:8080/s\" has no http";
    QTest::newRow("chat URL of another scheme")
            << QStringList {"--chat-url", "ftp://x/"} << "is not an http or https address";
    QTest::newRow("unknown fault") << QStringList {"--fault", "rain"} << "\"rain\" is none of drop";
    QTest::newRow("after without screenshot")
            << QStringList {"--after", "5"} << "--after goes with --screenshot";
    QTest::newRow("no format of a picture")
            << QStringList {"--screenshot", "x.txt"} << "\"x.txt\" does not end in .png or .jpg.";
    QTest::newRow("negative time")
            << QStringList {"--screenshot", "x.png", "--after", "-5"} << "is not a number of milli";
    QTest::newRow("empty file name") << QStringList {"--screenshot", ""} << "name is empty";
    QTest::newRow("bad size") << QStringList {"--size", "big"} << "\"big\" is not a size";
    QTest::newRow("tiny size") << QStringList {"--size", "10x10"} << "\"10x10\" is not a size";
    QTest::newRow("bad port") << QStringList {"--port", "70000"} << "\"70000\" is not a port";
    QTest::newRow("bad seed") << QStringList {"--seed", "x"} << "\"x\" is not a whole number";
    QTest::newRow("both schemes") << QStringList {"--dark", "--light"} << "exclude each other";
}

void tst_DashboardProgram::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const Result result = run(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.contains(message), qPrintable(result.errors));
    QVERIFY2(result.errors.startsWith(QLatin1String("eventsource-dashboard: ")),
             qPrintable(result.errors));
    QCOMPARE(result.output, QString());
}

// The manual is written in the macros of mdoc: ".It Fl h , Fl -help".
void tst_DashboardProgram::showsHelp()
{
    const Result result = run({QStringLiteral("--help")},
                              {QStringLiteral("DISPLAY"), QStringLiteral("QT_QPA_PLATFORM")});
    QCOMPARE(result.exitCode, 0);
    QStringList options;
    static const QRegularExpression option(QStringLiteral("^  .*--([a-z-]+)"),
                                           QRegularExpression::MultilineOption);
    auto match = option.globalMatch(result.output);
    while (match.hasNext())
        options += match.next().captured(1);
    QVERIFY(options.contains(QLatin1String("url")) && options.contains(QLatin1String("help")));

    QFile manual(QStringLiteral(DASHBOARD_MANUAL));
    QVERIFY(manual.open(QFile::ReadOnly));
    QStringList documented;
    static const QRegularExpression item(QStringLiteral("Fl -([a-z-]+)"));
    const QStringList lines = QString::fromUtf8(manual.readAll()).split(QLatin1Char('\n'));
    for (const QString &line : lines.filter(QRegularExpression(QStringLiteral("^\\.It ")))) {
        auto match = item.globalMatch(line);
        while (match.hasNext())
            documented += match.next().captured(1);
    }
    options.sort();
    documented.sort();
    QCOMPARE(documented, options);
}

void tst_DashboardProgram::takesScreenshotWithoutDisplay_data()
{
    QTest::addColumn<QString>("page");

    for (const char *page : {"overview", "log", "fleet", "chat", "explorer"})
        QTest::newRow(page) << QString::fromLatin1(page);
}

void tst_DashboardProgram::takesScreenshotWithoutDisplay()
{
    QFETCH(QString, page);
    const QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("shot.png"));
    const Result result =
            run({QStringLiteral("--screenshot"), file, QStringLiteral("--after"),
                 QStringLiteral("1500"), QStringLiteral("--size"), QStringLiteral("900x700"),
                 QStringLiteral("--page"), page},
                {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"),
                 QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("QML_IMPORT_PATH")});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QImage image(file);
    QCOMPARE(image.size(), QSize(900, 700));
    QVERIFY(distinctColors(image) > 20);
    // No binding loop, no missing property.
    QCOMPARE(result.errors, QString());
}

void tst_DashboardProgram::printsTheAddress_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("isPrinted");

    QTest::newRow("free port") << QStringList {"--port", "0"} << true;
    QTest::newRow("no port") << QStringList() << false;
}

void tst_DashboardProgram::printsTheAddress()
{
    QFETCH(QStringList, arguments);
    QFETCH(bool, isPrinted);
    const QTemporaryDir dir;
    arguments << QStringLiteral("--screenshot") << dir.filePath(QStringLiteral("x.png"))
              << QStringLiteral("--after") << QStringLiteral("0");
    const Result result = run(arguments);
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    static const QRegularExpression address(
            QStringLiteral("^http://127\\.0\\.0\\.1:[1-9]\\d*/stream\n$"));
    QCOMPARE(address.match(result.output).hasMatch(), isPrinted);
    QCOMPARE(result.output.isEmpty(), !isPrinted);
}

void tst_DashboardProgram::failsWhenScreenshotCannotBeWritten()
{
    const Result result =
            run({QStringLiteral("--screenshot"), QStringLiteral("/nonexistent/directory/x.png"),
                 QStringLiteral("--after"), QStringLiteral("0")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(
            result.errors.contains(QLatin1String("/nonexistent/directory/x.png cannot be written")),
            qPrintable(result.errors));
}

void tst_DashboardProgram::saysThatThereIsNoDisplay()
{
#if !defined(Q_OS_LINUX)
    QSKIP("Other systems have a display.");
#endif
    const Result result = run({},
                              {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"),
                               QStringLiteral("QT_QPA_PLATFORM")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.contains(QLatin1String("There is no display")),
             qPrintable(result.errors));
}

QTEST_MAIN(tst_DashboardProgram)
#include "tst_dashboardprogram.moc"
