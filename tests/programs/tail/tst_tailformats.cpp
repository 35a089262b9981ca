// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"
#include "program.h"

#include <QtCore/qregularexpression.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// The formats in which eventsource-tail prints events, and what it reports beside them.
class tst_TailFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsOnlyTheData_data();
    void printsOnlyTheData();
    void printsFieldsOfTheStream_data();
    void printsFieldsOfTheStream();
    void printsFieldsThatMakeTheSameEvents();
    void printsTheTimeOfEachEvent_data();
    void printsTheTimeOfEachEvent();
    void printsTheHeadFirst();
    void printsTheHeadOfEachResponse();
    void printsColorsOnDemand_data();
    void printsColorsOnDemand();
    void staysPlainOnAPipe_data();
    void staysPlainOnAPipe();
    void reportsFigures();
    void reportsFiguresOfAFailure();
    void reportsFiguresEverySoOften();
    void isQuietOnDemand();
    void saysErrorsWhenQuiet();
};

void tst_TailFormats::printsOnlyTheData_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("printed");

    QTest::newRow("JSON in one line")
            << QStringList()
            << QByteArray("id: 1\nevent: a\ndata: {\"z\": 1.50,\ndata:  \"a\": []}\n\n")
            << QByteArray("{\"z\":1.50,\"a\":[]}\n");
    QTest::newRow("not JSON") << QStringList() << QByteArray("data: a {\ndata:\tb\n\ndata: 2\n\n")
                              << QByteArray("a {\n\tb\n2\n");
    QTest::newRow("control characters stay as they are for another program")
            << QStringList {"--text"} << QByteArray("data: \x1b[31m\n\n")
            << QByteArray("\x1b[31m\n");
    QTest::newRow("no data") << QStringList() << QByteArray("data:\n\n") << QByteArray("\n");
    QTest::newRow("text") << QStringList {"--text"} << QByteArray("data: { \"a\" : 1 }\n\n")
                          << QByteArray("{ \"a\" : 1 }\n");
    QTest::newRow("of some types")
            << QStringList {"--type", "a"} << QByteArray("data: 1\n\nevent: a\ndata: 2\n\n")
            << QByteArray("2\n");
}

void tst_TailFormats::printsOnlyTheData()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, printed);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(events)};
    Program program;
    program.run(QStringList {server.address(), "--no-reconnect", "--data-only"} + arguments);
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out, printed);
}

void tst_TailFormats::printsFieldsOfTheStream_data()
{
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("printed");

    QTest::newRow("data") << QByteArray("data:1\n\n") << QByteArray("data: 1\n\n");
    QTest::newRow("not JSON") << QByteArray("data: {\r\n\r\n") << QByteArray("data: {\n\n");
    QTest::newRow("all fields") << QByteArray("data: 1\nid:7\nevent:a\n\n")
                                << QByteArray("id: 7\nevent: a\ndata: 1\n\n");
    QTest::newRow("several lines") << QByteArray("data: a\ndata:  b\ndata\n\n")
                                   << QByteArray("data: a\ndata:  b\ndata: \n\n");
    QTest::newRow("an id that stays")
            << QByteArray("id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\nid\ndata: d\n\n")
            << QByteArray("id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\nid: \ndata: d\n\n");
    QTest::newRow("what is left out")
            << QByteArray(": hi\nretry: 5\nother: x\ndata: 1\n\n") << QByteArray("data: 1\n\n");
}

void tst_TailFormats::printsFieldsOfTheStream()
{
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, printed);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(events)};
    Program program;
    program.run({server.address(), "--no-reconnect", "--raw"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out, printed);
    QVERIFY2(!program.err.contains("JSON"), program.err);
}

void tst_TailFormats::printsFieldsThatMakeTheSameEvents()
{
    const QByteArray events = "id: 1\nevent: a\ndata:  x\ndata:\n\ndata: [1, 2]\n\n"
                              "id: \xc3\xa9\ndata: 3\n\nid\ndata: 4\n\n";
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(events)};
    Program raw;
    raw.run({server.address(), "--no-reconnect", "--raw", "--timestamps"});
    COMPARE_EXIT(raw, 0);
    Program fromRaw;
    server.answers = {AnsweringServer::endedStream(raw.out)};
    fromRaw.run({server.address(), "--no-reconnect"});
    COMPARE_EXIT(fromRaw, 0);
    Program direct;
    server.answers = {AnsweringServer::endedStream(events)};
    direct.run({server.address(), "--no-reconnect"});
    COMPARE_EXIT(direct, 0);
    QVERIFY(raw.out != events);
    QCOMPARE(fromRaw.out, direct.out);
}

void tst_TailFormats::printsTheTimeOfEachEvent_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("JSON") << QStringList() << u"{\"time\":\""_s
                          << u"\",\"type\":\"message\",\"id\":\"\",\"data\":1}\n"_s;
    QTest::newRow("data") << QStringList {"--data-only"} << QString() << u" 1\n"_s;
    QTest::newRow("fields") << QStringList {"--raw"} << u": "_s << u"\ndata: 1\n\n"_s;
}

void tst_TailFormats::printsTheTimeOfEachEvent()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, before);
    QFETCH(QString, after);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    const QDateTime start = QDateTime::currentDateTimeUtc();
    program.run(QStringList {server.address(), "--no-reconnect", "--timestamps"} + arguments);
    COMPARE_EXIT(program, 0);
    const QString out = QString::fromUtf8(program.out);
    QVERIFY2(out.startsWith(before) && out.endsWith(after), program.out);
    const QString text = out.mid(before.size(), out.size() - before.size() - after.size());
    QVERIFY2(text.endsWith(u'Z') && text.contains(u'.'), program.out);
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    QVERIFY2(time >= start && time <= QDateTime::currentDateTimeUtc(), program.out);
}

void tst_TailFormats::printsTheHeadFirst()
{
    AnsweringServer server;
    server.answers = {"HTTP/1.1 200 Fine\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                      "X-Model: a\r\nx-model: b\r\nSet-Cookie: id=secret\r\n"
                      "Content-Length: 9\r\n\r\ndata: 1\n\n"};
    Program program;
    program.run({server.address(), "--no-reconnect", "-i", "--data-only"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out,
             "HTTP 200\ncontent-length: 9\ncontent-type: text/event-stream; charset=utf-8\n"
             "x-model: a, b\n\n1\n");
}

void tst_TailFormats::printsTheHeadOfEachResponse()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("retry: 100\ndata: 1\n\n"),
                      AnsweringServer::status("503 Service Unavailable"),
                      AnsweringServer::stream("data: 2\n\n")};
    Program program;
    program.run({server.address(), "--include", "--raw", "--max", "2"});
    COMPARE_EXIT(program, 0);
    const QByteArray head =
            "HTTP 200\ncontent-type: text/event-stream\ntransfer-encoding: chunked\n\n";
    QCOMPARE(program.out, head + "data: 1\n\n" + head + "data: 2\n\n");
}

void tst_TailFormats::printsColorsOnDemand_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("JSON") << QStringList();
    QTest::newRow("data") << QStringList {"--data-only"};
    QTest::newRow("fields") << QStringList {"--raw"};
    QTest::newRow("head") << QStringList {"-i"};
}

void tst_TailFormats::printsColorsOnDemand()
{
    QFETCH(QStringList, arguments);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(
            "event: a\nid: 1\ndata: {\"a\":[1,-2.50,\"x\\\\\\\"y:{\",true,null,{},[]]}\n\n")};
    Program plain;
    plain.run(QStringList {server.address(), "--no-reconnect"} + arguments);
    COMPARE_EXIT(plain, 0);
    Program program;
    program.run(QStringList {server.address(), "--no-reconnect", "--color", "always"} + arguments);
    COMPARE_EXIT(program, 0);
    static const QRegularExpression control(u"\x1b\\[[0-9;]*m"_s);
    QVERIFY2(program.out.contains("\x1b["), program.out);
    QVERIFY2(program.err.contains("\x1b["), program.err);
    QCOMPARE(QString::fromUtf8(program.out).remove(control).toUtf8(), plain.out);
    QCOMPARE(QString::fromUtf8(program.err).remove(control).toUtf8(), plain.err);
}

void tst_TailFormats::staysPlainOnAPipe_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("by default") << QStringList();
    QTest::newRow("auto") << QStringList {"--color", "auto"};
    QTest::newRow("never") << QStringList {"--color=never"};
    QTest::newRow("pretty") << QStringList {"--pretty"};
}

void tst_TailFormats::staysPlainOnAPipe()
{
    QFETCH(QStringList, arguments);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: {\"a\":1}\n\n")};
    Program program;
    program.run(QStringList {server.address(), "--no-reconnect"} + arguments);
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":{\"a\":1}}\n");
    QVERIFY2(!program.err.contains('\x1b'), program.err);
    QCOMPARE(program.err.contains("the output is no terminal, so --pretty has no effect\n"),
             arguments.contains("--pretty"));
}

void tst_TailFormats::reportsFigures()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("retry: 100\ndata: \"\xc3\xa9\"\n\n"),
                      AnsweringServer::stream("data: 1\n\ndata: {\n\n")};
    Program program;
    program.run({server.address(), "--max", "3", "--stats"});
    COMPARE_EXIT(program, 0);
    const QString last = QString::fromUtf8(program.err.trimmed()).section(u'\n', -1);
    static const QRegularExpression figures(QRegularExpression::anchoredPattern(
            u"eventsource-tail: stats: in all 3 events \\(6 bytes of data\\) in [0-9.]+ m?s, "
            "[0-9.]+/s, gaps: median [0-9.]+ m?s, longest [0-9.]+ m?s, 1 reconnect"_s));
    QVERIFY2(figures.match(last).hasMatch(), program.err);
}

void tst_TailFormats::reportsFiguresOfAFailure()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("404 Not Found")};
    Program program;
    program.run({server.address(), "--stats"});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.contains("stats: in all 0 events (0 bytes of data) in "), program.err);
    QVERIFY2(program.err.endsWith("s, 0 reconnects\n"), program.err);
}

void tst_TailFormats::reportsFiguresEverySoOften()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--stats-interval", "0.05"});
    QTRY_VERIFY2(program.err.contains("stats: 1 event (1 byte of data) in "), program.err);
    // An interval has only the events since the one before.
    QTRY_VERIFY2(program.err.count("stats: 0 events (0 bytes of data) in ") >= 2, program.err);
    server.requests.last()->sendChunk("data: 2\n\n");
    QTRY_VERIFY2(program.err.count("stats: 1 event (1 byte of data) in ") == 2, program.err);
    server.requests.last()->sendChunk("data: 3\n\n");
    QTRY_VERIFY2(program.err.count("stats: 1 event (1 byte of data) in ") == 3, program.err);
    program.terminate();
    COMPARE_EXIT(program, 143);
    QVERIFY2(program.err.contains("stats: in all 3 events (3 bytes of data) in "), program.err);
}

void tst_TailFormats::isQuietOnDemand()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("retry: 100\ndata: {\n\n"),
                      AnsweringServer::stream(": hi\ndata: 2\n\n")};
    Program program;
    program.run({server.address(), "-q", "--max", "2"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.err, "");
    QCOMPARE(program.out.count('\n'), 2);

    Program asked; // what is asked for comes nevertheless
    server.requests.clear();
    asked.run({server.address(), "--quiet", "--max", "2", "--comments", "--stats"});
    COMPARE_EXIT(asked, 0);
    QVERIFY2(asked.err.startsWith("eventsource-tail: comment: hi\neventsource-tail: stats: "),
             asked.err);
}

void tst_TailFormats::saysErrorsWhenQuiet()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("404 Not Found")};
    Program program;
    program.run({server.address(), "-q"});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.startsWith("eventsource-tail: error: "), program.err);
    QCOMPARE(program.err.count('\n'), 1);

    Program wrong;
    wrong.run({server.address(), "-q", "--max", "0"});
    COMPARE_EXIT(wrong, 2);
    QVERIFY2(wrong.err.contains("from 1 up"), wrong.err);
}

QTEST_GUILESS_MAIN(tst_TailFormats)
#include "tst_tailformats.moc"
