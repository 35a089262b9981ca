// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "streamreader.h"

#include <QtTest/qtest.h>

#include <memory>
#include <vector>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;
using Outcome = ConnectionResult::Outcome;

// Redirects from https to http need a certificate: see the tests of TLS.
class tst_StreamRedirects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOrChangesTheMethod_data();
    void keepsOrChangesTheMethod();
    void resolvesLocations_data();
    void resolvesLocations();
    void takesNoHeadersToAnotherOrigin();
    void takesNoBodyToAnotherOrigin_data();
    void takesNoBodyToAnotherOrigin();
    void sendsAGetToAnotherOriginInPlaceOfABody();
    void followsTwentyAtMost_data();
    void followsTwentyAtMost();
    void refusesLocations_data();
    void refusesLocations();
    void reportsNoStatusOfARedirectThatLedNowhere();
    void takesOnePlaceAtATime();
};

namespace {

QByteArray location(const QByteArray &target)
{
    return "Location: " + target + "\r\n";
}

StreamRequest request(const QUrl &url, const QByteArray &method)
{
    StreamRequest request;
    request.url = url;
    request.method = method;
    request.headers = {{"X-Token", "secret"}, {"Content-Language", "en"}};
    request.lastEventId = "7";
    if (method != "GET") {
        request.body = "body";
        request.bodyType = "text/plain";
    }
    return request;
}

} // namespace

void tst_StreamRedirects::keepsOrChangesTheMethod_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("next");
    for (const char *status : {"301", "302", "303", "307", "308"}) {
        const bool keepsPost = qstrcmp(status, "307") == 0 || qstrcmp(status, "308") == 0;
        const bool keepsPut = qstrcmp(status, "303") != 0;
        const auto row = [status](const char *method, const char *next) {
            QTest::addRow("%s %s", status, method)
                    << QByteArray(status) << QByteArray(method) << QByteArray(next);
        };
        row("GET", "GET");
        row("POST", keepsPost ? "POST" : "GET");
        row("PUT", keepsPut ? "PUT" : "GET");
    }
}

void tst_StreamRedirects::keepsOrChangesTheMethod()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, next);
    ScriptedServer server;
    StreamReader reader;
    reader.connection->open(request(server.url(), method));
    Exchange *first = server.take();
    QVERIFY(first);
    QCOMPARE(first->method(), method);
    QCOMPARE(first->body(), method == "GET" ? "" : "body");
    first->sendAnswer(status + " Moved", location("/next"), "not a stream");

    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->target(), "/next");
    QCOMPARE(second->method(), next);
    QCOMPARE(second->body(), next == "GET" ? "" : "body");
    QCOMPARE(second->header("Content-Type"), next == "GET" ? "" : "text/plain");
    QCOMPARE(second->headerCount("Content-Language"), next == "GET" && method != "GET" ? 0 : 1);
    QCOMPARE(second->header("X-Token"), "secret");
    QCOMPARE(second->header("Last-Event-ID"), "7");
    QCOMPARE(second->header("Accept"), "text/event-stream");
    QCOMPARE(second->header("Cache-Control"), "no-cache");
    second->sendStream("bytes");
    QVERIFY(reader.awaitBytes("bytes"));
    QCOMPARE(reader.emissions, QStringList({u"progressed"_s, u"readyRead"_s}));
    QCOMPARE(server.requestCount(), 2);
}

void tst_StreamRedirects::resolvesLocations_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("path") << QByteArray("/x/y") << QByteArray("/x/y");
    QTest::newRow("relative path") << QByteArray("z") << QByteArray("/a/z");
    QTest::newRow("parent folder") << QByteArray("../z") << QByteArray("/z");
    QTest::newRow("query") << QByteArray("?n=1") << QByteArray("/a/b?n=1");
    QTest::newRow("spaces around") << QByteArray("  /x \t") << QByteArray("/x");
    QTest::newRow("percent-encoded")
            << QByteArray("/%C3%BC%2F?q=%26") << QByteArray("/%C3%BC%2F?q=%26");
    QTest::newRow("fragment") << QByteArray("/x#part") << QByteArray("/x");
    QTest::newRow("without scheme") << QByteArray("//127.0.0.1:PORT/x") << QByteArray("/x");
    QTest::newRow("whole address") << QByteArray("HTTP://127.0.0.1:PORT/x?y") << QByteArray("/x?y");
}

void tst_StreamRedirects::resolvesLocations()
{
    QFETCH(QByteArray, value);
    ScriptedServer server;
    value.replace("PORT", QByteArray::number(server.port()));
    StreamReader reader;
    reader.open(server.url(u"/a/b?c=d"_s));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("302 Found", location(value));
    exchange = server.take();
    QVERIFY(exchange);
    QTEST(exchange->target(), "target");
}

// Another port is another origin. What was left out does not come back on the way home.
void tst_StreamRedirects::takesNoHeadersToAnotherOrigin()
{
    ScriptedServer server;
    ScriptedServer other;
    StreamReader reader;
    reader.connection->open(request(server.url(), "GET"));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("X-Token"), "secret");
    exchange->sendAnswer("307 Temporary Redirect", location(other.url(u"/x"_s).toEncoded()));

    exchange = other.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("X-Token"), 0);
    QCOMPARE(exchange->headerCount("Content-Language"), 0);
    QCOMPARE(exchange->header("Last-Event-ID"), "7");
    QCOMPARE(exchange->header("Accept"), "text/event-stream");
    QCOMPARE(exchange->header("Cache-Control"), "no-cache");
    exchange->sendAnswer("307 Temporary Redirect", location(server.url(u"/y"_s).toEncoded()));

    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("X-Token"), 0);
    QCOMPARE(exchange->header("Last-Event-ID"), "7");
    exchange->sendAnswer("307 Temporary Redirect", location(other.url(u"/z"_s).toEncoded()));
    exchange = other.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QVERIFY(reader.awaitAccepted());
    QCOMPARE(reader.connection->origin(), u"http://127.0.0.1:%1"_s.arg(other.port()));
}

void tst_StreamRedirects::takesNoBodyToAnotherOrigin_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("307 POST") << QByteArray("307 x") << QByteArray("POST");
    QTest::newRow("308 POST") << QByteArray("308 x") << QByteArray("POST");
    QTest::newRow("302 PUT") << QByteArray("302 x") << QByteArray("PUT");
}

void tst_StreamRedirects::takesNoBodyToAnotherOrigin()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, method);
    ScriptedServer server;
    ScriptedServer other;
    server.setHandler([&](Exchange *exchange) {
        exchange->sendAnswer(status, location(other.url().toEncoded()));
    });
    StreamReader reader;
    reader.connection->open(request(server.url(), method));
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::InsecureRedirect);
    QVERIFY(reader.connection->result().message.contains(u"body"_s));
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(other.connectionCount(), 0);
}

void tst_StreamRedirects::sendsAGetToAnotherOriginInPlaceOfABody()
{
    ScriptedServer server;
    ScriptedServer other;
    server.setHandler([&](Exchange *exchange) {
        exchange->sendAnswer("303 See Other", location(other.url().toEncoded()));
    });
    StreamReader reader;
    reader.connection->open(request(server.url(), "POST"));
    Exchange *exchange = other.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "GET");
    QCOMPARE(exchange->body(), "");
    QCOMPARE(exchange->headerCount("Content-Type"), 0);
    QCOMPARE(exchange->headerCount("X-Token"), 0);
}

void tst_StreamRedirects::followsTwentyAtMost_data()
{
    QTest::addColumn<int>("redirects");
    QTest::newRow("20") << 20;
    QTest::newRow("21") << 21;
}

void tst_StreamRedirects::followsTwentyAtMost()
{
    QFETCH(int, redirects);
    ScriptedServer server;
    server.setHandler([&](Exchange *exchange) {
        if (server.requestCount() <= redirects)
            exchange->sendAnswer("302 Found", location("/again?token=s3cret"));
        else
            exchange->sendHead();
    });
    StreamReader reader;
    reader.open(server.url());
    if (redirects <= 20) {
        QVERIFY(reader.awaitAccepted());
    } else {
        QVERIFY(reader.awaitFinished());
        QCOMPARE(reader.connection->result().outcome, Outcome::TooManyRedirects);
        QVERIFY(!reader.connection->result().message.contains(u"s3cret"_s));
    }
    QCOMPARE(server.requestCount(), 21);
}

void tst_StreamRedirects::refusesLocations_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("empty") << location("");
    QTest::newRow("spaces") << location("   ");
    QTest::newRow("another scheme") << location("ftp://127.0.0.1/");
    QTest::newRow("a file") << location("file:///etc/passwd");
    QTest::newRow("no host") << location("http:///x");
    QTest::newRow("invalid host") << location("http://[::zz]/");
    QTest::newRow("invalid port") << location("http://127.0.0.1:99999/");
}

void tst_StreamRedirects::refusesLocations()
{
    QFETCH(QByteArray, headers);
    ScriptedServer server;
    server.setHandler([&](Exchange *exchange) { exchange->sendAnswer("301 Moved", headers); });
    StreamReader reader;
    reader.open(server.url());
    QVERIFY(reader.awaitFinished());
    QCOMPARE(reader.connection->result().outcome, Outcome::HttpStatus);
    QCOMPARE(reader.connection->result().httpStatus, 301);
    QVERIFY(reader.connection->result().message.contains(u"301"_s));
    QCOMPARE(reader.emissions, QStringList {u"progressed"_s});
    QCOMPARE(server.requestCount(), 1);
}

// The redirect was followed, and nothing has answered after it.
void tst_StreamRedirects::reportsNoStatusOfARedirectThatLedNowhere()
{
    QUrl nowhere;
    {
        const ScriptedServer gone;
        nowhere = gone.url();
    }
    ScriptedServer server;
    server.setHandler([&](Exchange *exchange) {
        exchange->sendAnswer("302 Found", location(nowhere.toEncoded()));
    });
    StreamReader reader;
    reader.open(server.url());
    QVERIFY(reader.awaitFinished());
    QCOMPARE(server.requestCount(), 1);
    QCOMPARE(reader.connection->result().outcome, Outcome::NetworkError);
    QCOMPARE(reader.connection->result().httpStatus, 0);
}

void tst_StreamRedirects::takesOnePlaceAtATime()
{
    ScriptedServer server;
    ScriptedServer other;
    StreamReader reader;
    reader.open(server.url());
    for (int i = 0; i < 8; ++i) {
        ScriptedServer &from = i % 2 == 0 ? server : other;
        ScriptedServer &to = i % 2 == 0 ? other : server;
        Exchange *exchange = from.take();
        QVERIFY(exchange);
        exchange->sendAnswer("302 Found", location(to.url().toEncoded()));
    }
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QVERIFY(reader.awaitAccepted());
    QCOMPARE(reader.pool->managerCount(), 1);
    // The six places of that manager: this connection has one of them.
    std::vector<std::unique_ptr<AccessManagerPool::Lease>> leases;
    for (int i = 0; i < 5; ++i)
        leases.push_back(reader.pool->acquire(server.url(), false));
    QCOMPARE(reader.pool->managerCount(), 1);
    leases.push_back(reader.pool->acquire(server.url(), false));
    QCOMPARE(reader.pool->managerCount(), 2);
}

QTEST_GUILESS_MAIN(tst_StreamRedirects)
#include "tst_streamredirects.moc"
