// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"
#include "program.h"

#include <QtCore/qfile.h>
#include <QtCore/qregularexpression.h>
#include <QtTest/qtest.h>

// The command line of eventsource-tail, and the request that it makes.
class tst_TailArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsHeaders();
    void beginsAfterTheGivenEvent();
    void sendsMethodAndBody();
    void aBodyMakesItAPost();
    void refusesTheCommandLine_data();
    void refusesTheCommandLine();
    void refusesWhatCannotBeSent_data();
    void refusesWhatCannotBeSent();
    void explainsItself();
    void hasEachOptionInItsManual();
    void printsItsVersion();
};

void tst_TailArguments::sendsHeaders()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream({})};
    Program program;
    program.run({"-H", "Authorization: Bearer a:b", server.address(), "--header",
                 "X-Empty:", "-HX-Tight:1", "--no-retry"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 1);
    const Exchange *request = server.requests.first();
    QCOMPARE(request->method(), "GET");
    QCOMPARE(request->target(), "/stream");
    QCOMPARE(request->header("accept"), "text/event-stream");
    QCOMPARE(request->header("authorization"), "Bearer a:b");
    QCOMPARE(request->headerCount("x-empty"), 1);
    QCOMPARE(request->header("x-empty"), "");
    QCOMPARE(request->header("x-tight"), "1");
    QCOMPARE(request->headerCount("last-event-id"), 0);
}

void tst_TailArguments::beginsAfterTheGivenEvent()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--no-retry", "--last-event-id", "a-41"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(server.requests.first()->header("last-event-id"), "a-41");
    QCOMPARE(program.out, "{\"type\":\"message\",\"id\":\"a-41\",\"data\":1}\n");
    QVERIFY2(program.err.contains(", after event id 'a-41'\n"), program.err);
}

void tst_TailArguments::sendsMethodAndBody()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--method", "REPORT", "--body", "{\"q\": \"\xc3\xa9\"}", "-H",
                 "Content-Type: application/json"});
    // A request that is not a GET is not repeated after its stream, so its end is the end.
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(server.requests.first()->method(), "REPORT");
    QCOMPARE(server.requests.first()->header("content-type"), "application/json");
    QCOMPARE(server.requests.first()->body(), "{\"q\": \"\xc3\xa9\"}");
    QCOMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
}

void tst_TailArguments::aBodyMakesItAPost()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream({})};
    Program program;
    program.run({server.address(), "--body", "all"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(server.requests.first()->method(), "POST");
    QCOMPARE(server.requests.first()->header("content-type"), "text/plain;charset=UTF-8");
    QCOMPARE(server.requests.first()->body(), "all");
}

void tst_TailArguments::refusesTheCommandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");

    // URL stands for a server that answers.
    QTest::newRow("nothing") << QStringList() << QByteArray("The URL of a stream is missing.");
    QTest::newRow("two URLs") << QStringList {"URL", "http://two"}
                              << QByteArray("one URL too many: 'http://two'");
    QTest::newRow("URL without scheme") << QStringList {"localhost:8080/events"}
                                        << QByteArray("Write it in full, such as http://");
    QTest::newRow("URL of another scheme")
            << QStringList {"ftp://localhost/events"} << QByteArray("'ftp://localhost/events'");
    QTest::newRow("path") << QStringList {"/events"} << QByteArray("neither http:// nor https://");
    QTest::newRow("URL without host")
            << QStringList {"http:///events"} << QByteArray("names no host");
    QTest::newRow("URL with a bad port")
            << QStringList {"http://localhost:99999/"} << QByteArray("is not valid: ");
    QTest::newRow("empty URL") << QStringList {""} << QByteArray("The URL of a stream is missing.");
    QTest::newRow("header without colon") << QStringList {"URL", "-H", "Authorization"}
                                          << QByteArray("'Authorization' has no colon. Write it");
    QTest::newRow("header without name")
            << QStringList {"URL", "-H", ": x"} << QByteArray("': x' has no name. Write it as -H ");
    QTest::newRow("empty header") << QStringList {"URL", "-H", ""} << QByteArray("has no colon");
    QTest::newRow("header twice") << QStringList {"URL", "-H", "X-A: 1", "-H", "x-a: 2"}
                                  << QByteArray("'x-a' is given twice");
    QTest::newRow("header missing") << QStringList {"URL", "-H"} << QByteArray("'-H'");
    QTest::newRow("max is a word") << QStringList {"URL", "--max", "ten"} << QByteArray("'ten'");
    QTest::newRow("max is zero") << QStringList {"URL", "--max", "0"} << QByteArray("from 1 up");
    QTest::newRow("max is negative") << QStringList {"URL", "--max=-1"} << QByteArray("'-1'");
    QTest::newRow("max is huge") << QStringList {"URL", "--max", "99999999999999999999"}
                                 << QByteArray("not a whole number");
    QTest::newRow("id of two lines")
            << QStringList {"URL", "--last-event-id", "a\nb"} << QByteArray("An id is one line.");
    QTest::newRow("id with a carriage return")
            << QStringList {"URL", "--last-event-id", "a\rb"} << QByteArray("An id is one line.");
    QTest::newRow("body on GET") << QStringList {"URL", "--method", "GET", "--body", "x"}
                                 << QByteArray("A GET request has no body.");
    QTest::newRow("empty method") << QStringList {"URL", "--method", ""}
                                  << QByteArray("The value of --method is empty.");
    QTest::newRow("data on GET") << QStringList {"URL", "-X", "get", "-d", "x"}
                                 << QByteArray("Leave out --data, or name another method");
    QTest::newRow("two bodies") << QStringList {"URL", "-d", "x", "--json", "{}"}
                                << QByteArray("--data and --json exclude each other. A request");
    QTest::newRow("body and data") << QStringList {"URL", "-d", "x", "--body", "y"}
                                   << QByteArray("--data and --body exclude each other.");
    QTest::newRow("input twice") << QStringList {"URL", "-d", "-", "-d", "@-"}
                                 << QByteArray("The standard input can be read once.");
    QTest::newRow("certificates without a check")
            << QStringList {"URL", "-k", "--cacert", "/dev/null"}
            << QByteArray("--insecure and --cacert exclude each other.");
    QTest::newRow("two formats") << QStringList {"URL", "--raw", "--data-only"}
                                 << QByteArray("--raw and --data-only exclude each other.");
    QTest::newRow("fields as text") << QStringList {"URL", "--text", "--raw"}
                                    << QByteArray("--raw and --text exclude each other.");
    QTest::newRow("fields indented") << QStringList {"URL", "--pretty", "--raw"}
                                     << QByteArray("--raw and --pretty exclude each other.");
    QTest::newRow("text indented") << QStringList {"URL", "--pretty", "--text"}
                                   << QByteArray("--text and --pretty exclude each other.");
    QTest::newRow("retry, but not again")
            << QStringList {"URL", "--no-retry", "--retry-status", "404"}
            << QByteArray("--no-reconnect and --retry-status exclude each other.");
    QTest::newRow("status is a word")
            << QStringList {"URL", "--retry-status", "404,gone"}
            << QByteArray("The value of --retry-status has 'gone', which is no HTTP status");
    QTest::newRow("status is missing") << QStringList {"URL", "--retry-status", "404,"}
                                       << QByteArray("The value of --retry-status has ''");
    QTest::newRow("status is success")
            << QStringList {"URL", "--retry-status", "200"} << QByteArray("'200'");
    QTest::newRow("status is huge")
            << QStringList {"URL", "--retry-status", "600"} << QByteArray("'600'");
    QTest::newRow("color of no kind") << QStringList {"URL", "--color", "red"}
                                      << QByteArray("'red', is none of auto, always and never");
    for (const char *option : {"--connect-timeout", "--response-timeout", "--idle-timeout"}) {
        const QByteArray said = "The value of " + QByteArray(option);
        for (const char *value : {"soon", "-1", "nan", "inf", "2147484", "1,5", ""}) {
            QTest::addRow("%s %s", option, value) << QStringList {"URL", option, value}
                                                  << said + ", '" + value
                            + "', is not a number of seconds from 0 (no limit) to 2147483.";
        }
    }
    QTest::newRow("interval of nothing")
            << QStringList {"URL", "--stats-interval", "0"}
            << QByteArray("'0', is not a number of seconds above 0 to 2147483.");
    QTest::newRow("unknown option")
            << QStringList {"URL", "--nonsense"} << QByteArray("Unknown option 'nonsense'.");
}

void tst_TailArguments::refusesTheCommandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);

    AnsweringServer server;
    arguments.replaceInStrings("URL", server.address());
    Program program;
    program.run(arguments);
    COMPARE_EXIT(program, 2);
    QCOMPARE(program.out, "");
    QVERIFY2(program.err.contains(said), program.err);
    QVERIFY2(program.err.endsWith("eventsource-tail: See eventsource-tail --help.\n"), program.err);
    QCOMPARE(server.requests.size(), 0);
}

void tst_TailArguments::refusesWhatCannotBeSent_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("name of a header") << QStringList {"-H", "X Y: 1"};
    QTest::newRow("value of a header") << QStringList {"-H", "X: 1\r\nY: 2"};
    QTest::newRow("method") << QStringList {"--method", "NO GOOD"};
}

void tst_TailArguments::refusesWhatCannotBeSent()
{
    QFETCH(QStringList, arguments);

    AnsweringServer server;
    Program program;
    program.run(QStringList(server.address()) + arguments);
    COMPARE_EXIT(program, 2);
    QVERIFY2(program.err.contains("error: "), program.err);
    QCOMPARE(server.requests.size(), 0);
}

void tst_TailArguments::explainsItself()
{
    Program program;
    program.run({"--help"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.err, "");
    for (const char *word : {"URL", "-H, --header", "--text", "--type", "--last-event-id", "--max",
                             "--method", "--body", "--end-marker", "--no-retry", "--comments",
                             "Exit codes:", "  0 ", "  1 ", "  2 ", "  130 ", "143"}) {
        QVERIFY2(program.out.contains(word), word);
    }
    const QStringList lines = QString::fromUtf8(program.out).split('\n');
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 80 && !line.endsWith(' '), qPrintable(line));
}

// The manual is written in the macros of mdoc: ".It Fl X , Fl -method Ar METHOD".
void tst_TailArguments::hasEachOptionInItsManual()
{
    Program program;
    program.run({"--help"});
    COMPARE_EXIT(program, 0);
    static const QRegularExpression line("^ {2,6}(--?[A-Za-z].*)$",
                                         QRegularExpression::MultilineOption);
    static const QRegularExpression name("(?<![^ ])--?([A-Za-z][a-z-]*)(?=,| |$)");
    QStringList inHelp;
    const QString help = QString::fromUtf8(program.out).section("Exit codes:", 0, 0);
    auto match = line.globalMatch(help);
    while (match.hasNext()) {
        const QString names = match.next().captured(1).section("  ", 0, 0);
        auto each = name.globalMatch(names);
        while (each.hasNext())
            inHelp += each.next().captured(0);
    }

    QFile manual(TAIL_MANUAL);
    QVERIFY2(manual.open(QFile::ReadOnly), TAIL_MANUAL);
    QStringList inManual;
    const QStringList manualLines = QString::fromUtf8(manual.readAll()).split('\n');
    for (const QString &manualLine : manualLines) {
        if (!manualLine.startsWith(".It Fl "))
            continue;
        const QStringList words = manualLine.split(' ');
        for (qsizetype i = 1; i + 1 < words.size(); ++i) {
            if (words.at(i) == "Fl")
                inManual += '-' + words.at(i + 1);
        }
    }
    QVERIFY(inHelp.contains("-X") && inHelp.contains("--stats-interval"));
    inHelp.sort();
    inManual.sort();
    QCOMPARE(inManual, inHelp);
}

void tst_TailArguments::printsItsVersion()
{
    Program program;
    program.run({"--version"});
    COMPARE_EXIT(program, 0);
    QVERIFY2(program.out.startsWith("eventsource-tail "), program.out);
}

QTEST_GUILESS_MAIN(tst_TailArguments)
#include "tst_tailarguments.moc"
