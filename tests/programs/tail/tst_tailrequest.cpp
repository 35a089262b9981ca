// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"
#include "program.h"

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// The body that eventsource-tail sends, and how long it waits for what.
class tst_TailRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsData_data();
    void sendsData();
    void sendsTheContentsOfAFile_data();
    void sendsTheContentsOfAFile();
    void sendsItsInput_data();
    void sendsItsInput();
    void refusesAFileThatCannotBeRead();
    void leavesTheMethodToTheUser();
    void limitsConnecting();
    void limitsTheWaitForAnAnswer();
    void limitsSilence();
    void connectsOnceWithoutReconnect();
    void retriesTheGivenStatuses();
};

void tst_TailRequest::sendsData_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");

    const QByteArray form = "application/x-www-form-urlencoded";
    const QByteArray json = "application/json";
    QTest::newRow("-d") << QStringList {"-d", "q=\u00e9"} << form << QByteArray("q=\xc3\xa9");
    QTest::newRow("--data") << QStringList {"--data=q"} << form << QByteArray("q");
    QTest::newRow("empty") << QStringList {"-d", ""} << form << QByteArray();
    QTest::newRow("in parts") << QStringList {"-d", "a=1", "-d", "b=2"} << form
                              << QByteArray("a=1&b=2");
    QTest::newRow("with a type") << QStringList {"-d", "<a/>", "-H", "content-type: text/xml"}
                                 << QByteArray("text/xml") << QByteArray("<a/>");
    QTest::newRow("--json") << QStringList {"--json", "{\"a\": 1}"} << json
                            << QByteArray("{\"a\": 1}");
    QTest::newRow("--json with a type")
            << QStringList {"--json", "{}", "-H", "Content-Type: application/ld+json"}
            << QByteArray("application/ld+json") << QByteArray("{}");
    QTest::newRow("text that begins with @")
            << QStringList {"--body", "@a"} << QByteArray("text/plain;charset=UTF-8")
            << QByteArray("@a");
}

void tst_TailRequest::sendsData()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.run(QStringList(server.address()) + arguments);
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 1);
    const Exchange *request = server.requests.first();
    QCOMPARE(request->method(), "POST");
    QCOMPARE(request->header("accept"), "text/event-stream");
    QCOMPARE(request->headerCount("content-type"), 1);
    QCOMPARE(request->header("content-type"), type);
    QCOMPARE(request->body(), body);
}

void tst_TailRequest::sendsTheContentsOfAFile_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("-d") << u"-d"_s;
    QTest::newRow("--json") << u"--json"_s;
}

void tst_TailRequest::sendsTheContentsOfAFile()
{
    QFETCH(QString, option);

    const QByteArray contents("{\n  \"a\": \"\0\xff\"\r\n}\n", 18); // no byte is changed
    QTemporaryDir folder;
    QFile file(folder.filePath("a file"));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(contents);
    file.close();
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.setWorkingDirectory(folder.path());
    program.run({server.address(), option, "@a file"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.first()->body(), contents);
}

void tst_TailRequest::sendsItsInput_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("-") << u"-"_s;
    QTest::newRow("@-") << u"@-"_s;
}

void tst_TailRequest::sendsItsInput()
{
    QFETCH(QString, value);

    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "-d", value});
    program.write("one\n");
    program.write(QByteArray(200000, 'x'));
    program.closeWriteChannel();
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.first()->method(), "POST");
    QCOMPARE(server.requests.first()->body(), "one\n" + QByteArray(200000, 'x'));
}

void tst_TailRequest::refusesAFileThatCannotBeRead()
{
    AnsweringServer server;
    for (const char *option : {"data", "json"}) {
        Program program;
        program.run({server.address(), "--"_L1 + QLatin1String(option), "@/nowhere/file"});
        COMPARE_EXIT(program, 2);
        QVERIFY2(program.err.contains("The file '/nowhere/file' of --" + QByteArray(option)
                                      + " cannot be read: No such file"),
                 program.err);
        QCOMPARE(server.requests.size(), 0);
    }
}

void tst_TailRequest::leavesTheMethodToTheUser()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program withBody;
    withBody.run({server.address(), "-X", "PUT", "-d", "a"});
    COMPARE_EXIT(withBody, 0);
    QCOMPARE(server.requests.last()->method(), "PUT");
    QCOMPARE(server.requests.last()->body(), "a");

    Program withoutBody;
    withoutBody.run({server.address(), "-XPOST"});
    COMPARE_EXIT(withoutBody, 0);
    QCOMPARE(server.requests.last()->method(), "POST");
    QCOMPARE(server.requests.last()->headerCount("content-type"), 0);
}

void tst_TailRequest::limitsConnecting()
{
    // A server of plain HTTP waits for the rest of the request while a handshake is expected of it.
    AnsweringServer server;
    QUrl url = server.url();
    url.setScheme("https");
    Program program;
    program.run({url.toString(), "--connect-timeout", "0.2", "--no-reconnect"});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.contains(" within 200 ms (connectTimeout)."), program.err);
}

void tst_TailRequest::limitsTheWaitForAnAnswer()
{
    AnsweringServer server; // says nothing
    Program program;
    program.run({server.address(), "--response-timeout", ".2", "--no-reconnect"});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.contains(" within 200 ms (responseTimeout)."), program.err);
    QCOMPARE(server.requests.size(), 1);
}

void tst_TailRequest::limitsSilence()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("retry: 100\ndata: 1\n\n"),
                      AnsweringServer::stream("data: 2\n\n")};
    Program program;
    program.run({server.address(), "--idle-timeout", "0.2", "--max", "2"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 2);
    QVERIFY2(program.err.contains(" longer than 200 ms (idleTimeout)."), program.err);
}

void tst_TailRequest::connectsOnceWithoutReconnect()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("503 Service Unavailable")};
    Program program;
    program.run({server.address(), "--no-reconnect"});
    COMPARE_EXIT(program, 1);
    QCOMPARE(server.requests.size(), 1);
    QVERIFY2(!program.err.contains("trying again"), program.err);
}

void tst_TailRequest::retriesTheGivenStatuses()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::status("404 Not Found"), AnsweringServer::status("410 Gone"),
                      AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--retry-status", "410, 404", "--max", "1"});
    COMPARE_EXIT(program, 0);
    QCOMPARE(server.requests.size(), 3);
    QCOMPARE(program.err.count("trying again in "), 2);

    Program other;
    server.requests.clear();
    other.run({server.address(), "--retry-status", "410"});
    COMPARE_EXIT(other, 1);
    QCOMPARE(server.requests.size(), 1);
}

QTEST_GUILESS_MAIN(tst_TailRequest)
#include "tst_tailrequest.moc"
