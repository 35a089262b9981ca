// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"

#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#ifdef Q_OS_UNIX
#  include <fcntl.h>
#  include <poll.h>
#  include <signal.h>
#  include <unistd.h>
#endif

// Runs the real program. What it wrote is kept, and it never outlives the test.
class Program : public QProcess
{
public:
    ~Program() override
    {
        if (state() == NotRunning)
            return;
        kill();
        waitForFinished();
    }

    void run(const QStringList &arguments)
    {
        connect(this, &QProcess::readyReadStandardOutput, this, &Program::collect);
        connect(this, &QProcess::readyReadStandardError, this, &Program::collect);
        start(QStringLiteral(TAIL_PROGRAM), arguments);
    }
    bool hasEnded() const { return state() == NotRunning; }
    void collect()
    {
        out += readAllStandardOutput();
        err += readAllStandardError();
    }

    QByteArray out;
    QByteArray err;
};

#define COMPARE_EXIT(program, code) \
  do { \
    QTRY_VERIFY2((program).hasEnded(), (program).err.constData()); \
    (program).collect(); \
    QVERIFY2((program).exitStatus() == QProcess::NormalExit, (program).err.constData()); \
    if ((program).exitCode() != (code)) \
      qWarning("stderr: %s", (program).err.constData()); \
    QCOMPARE((program).exitCode(), (code)); \
  } while (false)

class tst_Tail : public QObject
{
    Q_OBJECT

private slots:
    void printsOneLinePerEvent_data();
    void printsOneLinePerEvent();
    void printsAtOnce();
    void printsDataAsTextOnDemand();
    void keepsWhatIsNotJson();
    void filtersTypes();
    void sendsHeaders();
    void beginsAfterTheGivenEvent();
    void endsAfterTheLastWantedLine();
    void countsUndecodableEventsAsLines();
    void sendsMethodAndBody();
    void aBodyMakesItAPost();
    void endsAtTheMarker();
    void endsWithTheConnectionIfNotToRetry_data();
    void endsWithTheConnectionIfNotToRetry();
    void showsComments();
    void tellsStatesInWords();
    void reconnectsAfterTheLastEvent();
    void goesOnAfterServerTrouble();
    void endsForGood_data();
    void endsForGood();
    void hidesThePassword();
    void keepsTheTerminalSafe();
    void refusesTheCommandLine_data();
    void refusesTheCommandLine();
    void refusesWhatCannotBeSent_data();
    void refusesWhatCannotBeSent();
    void explainsItself();
    void tellsItsVersion();
#ifdef Q_OS_UNIX
    void stopsOnSignal_data();
    void stopsOnSignal();
    void stopsOnSignalWhileWaitingToReconnect();
    void stopsOnSignalWhileNobodyReads();
    void waitsForANonBlockingReader();
    void endsWhenTheReaderLeaves_data();
    void endsWhenTheReaderLeaves();
    void failsWhenTheOutputIsFull();
#endif
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
    QVERIFY2(program.err.contains("the event with id '5' is not JSON, printed as text: "),
             program.err);
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

void tst_Tail::sendsHeaders()
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

void tst_Tail::beginsAfterTheGivenEvent()
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

void tst_Tail::sendsMethodAndBody()
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

void tst_Tail::aBodyMakesItAPost()
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

void tst_Tail::tellsStatesInWords()
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

void tst_Tail::goesOnAfterServerTrouble()
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
    QVERIFY2(program.err.contains("; the server says: later\n"), program.err);
    QVERIFY2(program.err.contains("trying again in "), program.err);
}

void tst_Tail::endsForGood_data()
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

void tst_Tail::endsForGood()
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
    AnsweringServer server;
    server.answers = {
            AnsweringServer::stream(
                    ": \x1b]0;x\x07\xc2\x9b\n\n"
                    "id: \x1b[31m\ndata: \"\x1b[31m\xc2\x9b\"\n\ndata: \x1b[31m\n\n"),
            AnsweringServer::status("404 Not \x1b[31mFound", "\x1b[31m" + QByteArray(9999, 'x'))};
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

void tst_Tail::refusesTheCommandLine_data()
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
    QTest::newRow("unknown option")
            << QStringList {"URL", "--nonsense"} << QByteArray("Unknown option 'nonsense'.");
}

void tst_Tail::refusesTheCommandLine()
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

void tst_Tail::refusesWhatCannotBeSent_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("name of a header") << QStringList {"-H", "X Y: 1"};
    QTest::newRow("value of a header") << QStringList {"-H", "X: 1\r\nY: 2"};
    QTest::newRow("method") << QStringList {"--method", "NO GOOD"};
}

void tst_Tail::refusesWhatCannotBeSent()
{
    QFETCH(QStringList, arguments);

    AnsweringServer server;
    Program program;
    program.run(QStringList(server.address()) + arguments);
    COMPARE_EXIT(program, 2);
    QVERIFY2(program.err.contains("error: "), program.err);
    QCOMPARE(server.requests.size(), 0);
}

void tst_Tail::explainsItself()
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
}

void tst_Tail::tellsItsVersion()
{
    Program program;
    program.run({"--version"});
    COMPARE_EXIT(program, 0);
    QVERIFY2(program.out.startsWith("eventsource-tail "), program.out);
}

#ifdef Q_OS_UNIX

void tst_Tail::stopsOnSignal_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("SIGINT") << SIGINT << 130;
    QTest::newRow("SIGTERM") << SIGTERM << 143;
}

void tst_Tail::stopsOnSignal()
{
    QFETCH(int, number);
    QFETCH(int, exitCode);

    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address()});
    QTRY_COMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    ::kill(pid_t(program.processId()), number);
    COMPARE_EXIT(program, exitCode);
    QTRY_VERIFY(!server.requests.last()->isConnected());
}

void tst_Tail::stopsOnSignalWhileWaitingToReconnect()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("retry: 3600000\ndata: 1\n\n")};
    Program program;
    program.run({server.address()});
    QTRY_VERIFY2(program.err.contains("trying again in "), program.err);
    ::kill(pid_t(program.processId()), SIGINT);
    COMPARE_EXIT(program, 130);
}

namespace {

// A pipe as the program's output that nobody reads until the test does.
class OutputPipe
{
public:
    OutputPipe()
    {
        valid = ::pipe(m_ends) == 0;
        ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK);
        // The program gets the end for writing only: it must see when the other one is closed.
        ::fcntl(m_ends[0], F_SETFD, FD_CLOEXEC);
    }
    ~OutputPipe()
    {
        closeEnd(0);
        closeEnd(1);
    }
    void attachTo(Program &program)
    {
        program.setChildProcessModifier([write = m_ends[1]] { ::dup2(write, STDOUT_FILENO); });
    }
    void closeEnd(int end)
    {
        if (m_ends[end] >= 0)
            ::close(m_ends[end]);
        m_ends[end] = -1;
    }
    void setNonBlocking() { ::fcntl(m_ends[1], F_SETFL, O_NONBLOCK); }
    bool isFull() const
    {
        pollfd output = {m_ends[1], POLLOUT, 0};
        return ::poll(&output, 1, 0) == 0;
    }
    // All that came so far.
    QByteArray read()
    {
        char bytes[65536];
        ssize_t count;
        while ((count = ::read(m_ends[0], bytes, sizeof bytes)) > 0)
            m_received.append(bytes, count);
        return m_received;
    }

    bool valid = false;

private:
    int m_ends[2] = {-1, -1};
    QByteArray m_received;
};

QByteArray manyEvents(int count)
{
    QByteArray events;
    for (int i = 0; i < count; ++i)
        events += "data: {\"n\":" + QByteArray::number(i) + ",\"fill\":\"" + QByteArray(80, 'x')
                + "\"}\n\n";
    return events;
}

} // namespace

void tst_Tail::stopsOnSignalWhileNobodyReads()
{
    OutputPipe pipe;
    QVERIFY(pipe.valid);
    AnsweringServer server;
    server.answers = {AnsweringServer::stream(manyEvents(5000))};
    Program program;
    pipe.attachTo(program);
    program.run({server.address()});
    QTRY_VERIFY(pipe.isFull());
    QVERIFY(!program.hasEnded());
    ::kill(pid_t(program.processId()), SIGINT);
    COMPARE_EXIT(program, 130);
}

void tst_Tail::waitsForANonBlockingReader()
{
    OutputPipe pipe;
    QVERIFY(pipe.valid);
    pipe.setNonBlocking();
    AnsweringServer server;
    server.answers = {AnsweringServer::stream(manyEvents(5000))};
    Program program;
    pipe.attachTo(program);
    program.run({server.address(), "--max", "5000"});
    QTRY_VERIFY(program.state() == QProcess::Running && server.requests.size() == 1);

    QTRY_COMPARE(pipe.read().count('\n'), 5000);
    COMPARE_EXIT(program, 0);
    QVERIFY(pipe.read().contains("\"data\":{\"n\":4999,"));
}

void tst_Tail::endsWhenTheReaderLeaves_data()
{
    QTest::addColumn<QByteArray>("afterwards");
    QTest::newRow("while a line waits for it") << manyEvents(5000);
    QTest::newRow("in silence") << QByteArray();
}

void tst_Tail::endsWhenTheReaderLeaves()
{
    QFETCH(QByteArray, afterwards);

    OutputPipe pipe;
    QVERIFY(pipe.valid);
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    pipe.attachTo(program);
    program.run({server.address()});
    QTRY_COMPARE(pipe.read(), "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    server.requests.last()->sendChunk(afterwards);
    QTRY_VERIFY(afterwards.isEmpty() || pipe.isFull());
    pipe.closeEnd(0);
    COMPARE_EXIT(program, 0);
    QVERIFY2(!program.err.contains("error"), program.err);
    QTRY_VERIFY(!server.requests.last()->isConnected());
}

void tst_Tail::failsWhenTheOutputIsFull()
{
    if (!QFile::exists("/dev/full"))
        QSKIP("/dev/full is not there");
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.setStandardOutputFile("/dev/full");
    program.run({server.address()});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.contains("error: the output cannot be written: No space left"),
             program.err);
}

#endif

QTEST_GUILESS_MAIN(tst_Tail)

#include "tst_tail.moc"
