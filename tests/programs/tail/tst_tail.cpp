// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"
#include "program.h"

#include <QtCore/qlibraryinfo.h>
#include <QtCore/qversionnumber.h>
#include <QtTest/qtest.h>

// What eventsource-tail makes of a stream and of its end.
class tst_Tail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsOneLinePerEvent_data();
    void printsOneLinePerEvent();
    void printsAtOnce();
    void printsDataAsTextOnDemand();
    void keepsWhatIsNotJson();
    void namesWhatIsNotJson();
    void filtersTypes();
    void countsUndecodableEventsAsLines();
    void endsAfterTheLastWantedLine();
    void endsAtTheMarker();
    void endsWithTheConnectionIfNotToRetry_data();
    void endsWithTheConnectionIfNotToRetry();
    void showsComments();
    void reportsStatesInWords();
    void reconnectsAfterTheLastEvent();
    void reconnectsAfterServerTrouble();
    void saysWhyBeforeItTriesAgain();
    void hintsAtTheEndMarker_data();
    void hintsAtTheEndMarker();
    void endsPermanently_data();
    void endsPermanently();
    void hidesThePassword();
    void keepsTheTerminalSafe();
};

void tst_Tail::printsOneLinePerEvent_data()
{
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QByteArray>("lines");

    QTest::newRow("object") << QByteArray("data: {\"a\":1}\n\n")
                            << QByteArray(
                                       "{\"type\":\"message\",\"id\":\"\",\"data\":{\"a\":1}}\n");
    QTest::newRow("type and id")
            << QByteArray("event: build\nid: 7\ndata: [true,null]\n\n")
            << QByteArray("{\"type\":\"build\",\"id\":\"7\",\"data\":[true,null]}\n");
    QTest::newRow("white space between the parts goes")
            << QByteArray("data: { \"a b\" : [ 1 ,\ndata:\t-2.5e3 ] }\n\n")
            << QByteArray("{\"type\":\"message\",\"id\":\"\",\"data\":{\"a b\":[1,-2.5e3]}}\n");
    QTest::newRow("order of keys, repeated keys and long numbers stay")
            << QByteArray("data: {\"z\":18446744073709551615,\"a\":0.10,\"a\":2}\n\n")
            << QByteArray("{\"type\":\"message\",\"id\":\"\","
                          "\"data\":{\"z\":18446744073709551615,\"a\":0.10,\"a\":2}}\n");
    QTest::newRow("string") << QByteArray(
            "data: \"a \\\"b\\\" \\u00e9 \xc3\xa9 \xf0\x9f\x9a\x80\"\n\n")
                            << QByteArray(
                                       "{\"type\":\"message\",\"id\":\"\",\"data\":\"a \\\"b\\\" "
                                       "\\u00e9 \xc3\xa9 \xf0\x9f\x9a\x80\"}\n");
    QTest::newRow("number") << QByteArray("data:42\n\n")
                            << QByteArray("{\"type\":\"message\",\"id\":\"\",\"data\":42}\n");
    QTest::newRow("no data") << QByteArray("id: 1\ndata:\n\n")
                             << QByteArray("{\"type\":\"message\",\"id\":\"1\"}\n");
    QTest::newRow("quotes and backslashes in type and id")
            << QByteArray("event: a\"b\\c\nid: \t\x1b\ndata: 1\n\n")
            << QByteArray("{\"type\":\"a\\\"b\\\\c\",\"id\":\"\\u0009\\u001b\",\"data\":1}\n");
    QTest::newRow("line break within a string")
            << QByteArray("data: \"a\ndata: b\"\n\n")
            << QByteArray("{\"type\":\"message\",\"id\":\"\",\"data\":\"a\\u000ab\"}\n");
    QTest::newRow("number that only Qt takes")
            << QByteArray("data: [.5]\n\n")
            << QByteArray("{\"type\":\"message\",\"id\":\"\",\"data\":[0.5]}\n");
    QTest::newRow("escape that only Qt takes")
            << QByteArray("data: \"a\\x\"\n\n")
            << QByteArray("{\"type\":\"message\",\"id\":\"\",\"data\":\"ax\"}\n");
    QTest::newRow("several") << QByteArray("data: 1\n\ndata: 2\n\ndata: 3\n\n")
                             << QByteArray("{\"type\":\"message\",\"id\":\"\",\"data\":1}\n"
                                           "{\"type\":\"message\",\"id\":\"\",\"data\":2}\n"
                                           "{\"type\":\"message\",\"id\":\"\",\"data\":3}\n");
    QTest::newRow("none") << QByteArray(": nothing yet\n\n") << QByteArray();
}

void tst_Tail::printsOneLinePerEvent()
{
    QFETCH(QByteArray, events);
    QFETCH(QByteArray, lines);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(events)};
    Program program;
    program.run({server.address(), "--no-retry"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out, lines);
}

void tst_Tail::printsAtOnce()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address()});
    QTRY_COMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    server.requests.last()->sendChunk("data: 2\n\n");
    QTRY_COMPARE(program.out,
                 "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n"
                 "{\"type\":\"message\",\"id\":\"\",\"data\":2}\n");
    QVERIFY(!program.hasEnded());
}

void tst_Tail::printsDataAsTextOnDemand()
{
    AnsweringServer server;
    server.answers = {
            AnsweringServer::endedStream("data: {\"a\": 1}\ndata:  b\t\"\\\x7f\n\ndata\n\n")};
    Program program;
    program.run({server.address(), "--no-retry", "--text"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out,
             "{\"type\":\"message\",\"id\":\"\","
             "\"data\":\"{\\\"a\\\": 1}\\n b\\u0009\\\"\\\\\\u007f\"}\n"
             "{\"type\":\"message\",\"id\":\"\",\"data\":\"\"}\n");
}

void tst_Tail::keepsWhatIsNotJson()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("id: 5\ndata: {\"a\":\n\ndata: 1\n\n")};
    Program program;
    program.run({server.address(), "--no-retry"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out,
             "{\"type\":\"message\",\"id\":\"5\",\"text\":\"{\\\"a\\\":\"}\n"
             "{\"type\":\"message\",\"id\":\"5\",\"data\":1}\n");
    QVERIFY2(program.err.contains(
                     "the event with id '5' is printed as text. The data is not JSON: "),
             program.err);
}

void tst_Tail::namesWhatIsNotJson()
{
    const QByteArray events = "data: {\n\nid: 5\nevent: a\ndata: {\n\nevent: a\ndata: {\n\n"
                              "id: 6\nevent: b\ndata: {\n\nevent: a\ndata: {\n\n";
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(events)};
    Program program;
    program.run({server.address(), "--no-retry", "--last-event-id", "4"});
    COMPARE_EXIT(program, 0);
    QStringList names;
    const QStringList lines = QString::fromUtf8(program.err).split('\n');
    for (const QString &line : lines) {
        if (line.contains(" is printed as text. The data is not JSON: "))
            names += line.section(": ", 1, 1).section(" is printed", 0, 0);
    }
    // An id holds for the events after it.
    QCOMPARE(names,
             (QStringList {"an event with the last event id '4'", "the event with id '5'",
                           "an event with the last event id '5'", "the event with id '6'",
                           "an event with the last event id '6'"}));
    QVERIFY2(!program.err.contains(".:") && !program.err.contains(".."), program.err);

    // The event that brought the id may be one that is not shown.
    Program filtered;
    filtered.run({server.address(), "--no-retry", "--type", "a"});
    COMPARE_EXIT(filtered, 0);
    QVERIFY2(!filtered.err.contains("the event with id"), filtered.err);
    QVERIFY2(filtered.err.contains("an event with the last event id '6' is printed"), filtered.err);
}

void tst_Tail::filtersTypes()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(
            "event: a\ndata: 1\n\ndata: 2\n\nevent: b\ndata: 3\n\nevent: c\ndata: 4\n\n")};
    Program program;
    program.run({server.address(), "--no-retry", "--type", "a", "--type=b"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out,
             "{\"type\":\"a\",\"id\":\"\",\"data\":1}\n{\"type\":\"b\",\"id\":\"\",\"data\":3}\n");
}

void tst_Tail::countsUndecodableEventsAsLines()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: {\n\ndata: 2\n\ndata: 3\n\n")};
    Program program;
    program.run({server.address(), "--max", "2"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out,
             "{\"type\":\"message\",\"id\":\"\",\"text\":\"{\"}\n"
             "{\"type\":\"message\",\"id\":\"\",\"data\":2}\n");
}

void tst_Tail::endsAfterTheLastWantedLine()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n")};
    Program program;
    program.run({server.address(), "--max", "2"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out,
             "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n"
             "{\"type\":\"message\",\"id\":\"\",\"data\":2}\n");
    QTRY_VERIFY(!server.requests.last()->isConnected());
    QCOMPARE(server.requests.size(), 1);
}

void tst_Tail::endsAtTheMarker()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n")};
    Program program;
    program.run({server.address(), "--end-marker", "[DONE]"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    QVERIFY2(program.err.endsWith("the stream ended\n"), program.err);
}

void tst_Tail::endsWithTheConnectionIfNotToRetry_data()
{
    QTest::addColumn<bool>("clean");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("clean end") << true << 0;
    QTest::newRow("broken connection") << false << 1;
}

void tst_Tail::endsWithTheConnectionIfNotToRetry()
{
    QFETCH(bool, clean);
    QFETCH(int, exitCode);

    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--no-retry"});
    QTRY_COMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    if (clean)
        server.requests.last()->end();
    else
        server.requests.last()->reset();
    COMPARE_EXIT(program, exitCode);
    QCOMPARE(server.requests.size(), 1);
    QVERIFY2(program.err.contains("error: ") != clean, program.err);
}

void tst_Tail::showsComments()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream(": hi\n\n")};
    Program silent;
    silent.run({server.address(), "--no-retry"});
    COMPARE_EXIT(silent, 0);
    QVERIFY2(!silent.err.contains("hi"), silent.err);

    Program program;
    program.run({server.address(), "--no-retry", "--comments"});
    COMPARE_EXIT(program, 0);
    QVERIFY2(program.err.contains("eventsource-tail: comment: hi\n"), program.err);
    QCOMPARE(program.out, "");
}

void tst_Tail::reportsStatesInWords()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--no-retry"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.err,
             "eventsource-tail: connecting to " + server.url().toEncoded()
                     + "\neventsource-tail: connected\neventsource-tail: the stream ended\n");
}

void tst_Tail::reconnectsAfterTheLastEvent()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("retry: 100\nid: 1\ndata: 1\n\n"),
                      AnsweringServer::endedStream("id: 2\ndata: 2\n\n"),
                      AnsweringServer::stream("id: 3\ndata: 3\n\n")};
    Program program;
    program.run({server.address(), "--max", "3"});
    QTRY_COMPARE(program.out, "{\"type\":\"message\",\"id\":\"1\",\"data\":1}\n");
    server.requests.last()->reset();
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out,
             "{\"type\":\"message\",\"id\":\"1\",\"data\":1}\n"
             "{\"type\":\"message\",\"id\":\"2\",\"data\":2}\n"
             "{\"type\":\"message\",\"id\":\"3\",\"data\":3}\n");
    QCOMPARE(server.requests.size(), 3);
    QVERIFY(server.requests.at(0)->headerCount("last-event-id") == 0);
    QCOMPARE(server.requests.at(1)->header("last-event-id"), "1");
    QCOMPARE(server.requests.at(2)->header("last-event-id"), "2");
    QCOMPARE(program.err.count("trying again in 0.1 s\n"), 2);
    QVERIFY2(program.err.contains(", after event id '2'\n"), program.err);
}

void tst_Tail::reconnectsAfterServerTrouble()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("503 Service Unavailable", "later"),
                      AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--max", "1"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 2);
    QCOMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    QVERIFY2(program.err.contains("503"), program.err);
    QVERIFY2(program.err.contains(". The server says: later\n"), program.err);
    QVERIFY2(program.err.contains("trying again in "), program.err);
}

void tst_Tail::saysWhyBeforeItTriesAgain()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("503 Service Unavailable", "Later!"),
                      AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--max", "1"});
    COMPARE_EXIT(program, 0);
    const QStringList lines = QString::fromUtf8(program.err).split('\n');
    QVERIFY2(lines.size() > 3, program.err);
    QCOMPARE(lines.at(1),
             "eventsource-tail: error: " + server.address()
                     + " answered 503 Service Unavailable. The server says: Later!");
    QVERIFY2(lines.at(2).startsWith("eventsource-tail: trying again in "), program.err);
    QVERIFY2(lines.at(3).startsWith("eventsource-tail: connecting to "), program.err);
}

void tst_Tail::hintsAtTheEndMarker_data()
{
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("hints");
    const QByteArray done = "retry: 100\ndata: 1\n\ndata: [DONE]\n\n";
    QTest::newRow("at the end") << done << QStringList() << true;
    QTest::newRow("as text") << done << QStringList {"--text"} << true;
    QTest::newRow("as fields") << done << QStringList {"--raw"} << true;
    QTest::newRow("not at the end") << done + "data: 2\n\n" << QStringList() << false;
    QTest::newRow("never") << QByteArray("retry: 100\ndata: 1\n\ndata: 2\n\n") << QStringList()
                           << false;
    QTest::newRow("with another marker") << done << QStringList {"--end-marker", "END"} << false;
    QTest::newRow("when nothing is to be told") << done << QStringList {"-q"} << false;
}

void tst_Tail::hintsAtTheEndMarker()
{
    QFETCH(QByteArray, events);
    QFETCH(QStringList, arguments);
    QFETCH(bool, hints);

    AnsweringServer server;
    server.answers = {
            AnsweringServer::endedStream(events), AnsweringServer::endedStream(events),
            AnsweringServer::stream("event: last\n" + QByteArray("data: 1\n\n").repeated(4))};
    Program program;
    program.run(QStringList {server.address(), "--max", "5"} + arguments);
    COMPARE_EXIT(program, 0);
    // Once is enough.
    QCOMPARE(program.err.count("the last event was [DONE]: --end-marker '[DONE]' ends the "
                               "stream there\n"),
             hints ? 1 : 0);
}

void tst_Tail::endsPermanently_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("said");

    // The listener itself waits for better headers here: a console program must not.
    QTest::newRow("401") << AnsweringServer::status("401 Unauthorized", "who are you?") << 1
                         << QByteArray("who are you?\neventsource-tail: give credentials with -H");
    QTest::newRow("403") << AnsweringServer::status("403 Forbidden") << 1
                         << QByteArray("give credentials with -H");
    QTest::newRow("404") << AnsweringServer::status("404 Not Found", "no \x1b[31mstream") << 1
                         << QByteArray("404");
    QTest::newRow("no event stream")
            << AnsweringServer::status("200 OK", "hello") << 1 << QByteArray("text/plain");
    QTest::newRow("204") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 0
                         << QByteArray("the stream ended");
}

void tst_Tail::endsPermanently()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, said);

    AnsweringServer server;
    server.answers = {answer};
    Program program;
    program.run({server.address()});
    COMPARE_EXIT(program, exitCode);
    QCOMPARE(server.requests.size(), 1);
    QCOMPARE(program.out, "");
    QVERIFY2(program.err.contains(said), program.err);
    QVERIFY2(!program.err.contains("trying again"), program.err);
}

void tst_Tail::hidesThePassword()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("404 Not Found")};
    QUrl url = server.url();
    url.setUserName("ann");
    url.setPassword("secret");
    Program program;
    program.run({url.toString()});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.contains("connecting to http://ann@127.0.0.1"), program.err);
    QVERIFY2(!program.err.contains("secret"), program.err);
}

void tst_Tail::keepsTheTerminalSafe()
{
    // Qt 6.11 does not accept a status line with control characters.
    const bool isAccepted = QLibraryInfo::version() < QVersionNumber(6, 9);
    const QByteArray control = isAccepted ? "\x1b[31m" : "";
    AnsweringServer server;
    server.answers = {AnsweringServer::stream(
                              ": \x1b]0;x\x07\xc2\x9b\n\n"
                              "id: \x1b[31m\ndata: \"\x1b[31m\xc2\x9b\"\n\ndata: \x1b[31m\n\n"),
                      AnsweringServer::status("404 Not " + control + "Found",
                                              "\x1b[31m" + QByteArray(9999, 'x'))};
    Program program;
    program.run({server.address(), "--comments"});
    QTRY_COMPARE(program.out.count('\n'), 2);
    server.requests.last()->reset();
    COMPARE_EXIT(program, 1);
    QCOMPARE(program.out,
             "{\"type\":\"message\",\"id\":\"\\u001b[31m\",\"data\":\"\\u001b[31m\\u009b\"}\n"
             "{\"type\":\"message\",\"id\":\"\\u001b[31m\",\"text\":\"\\u001b[31m\"}\n");
    QVERIFY(program.err.contains("comment: "));
    QVERIFY(!program.err.contains('\x1b'));
    QVERIFY(!program.err.contains("\xc2\x9b"));
    QVERIFY(program.err.size() < 3000);
}

QTEST_GUILESS_MAIN(tst_Tail)
#include "tst_tail.moc"
