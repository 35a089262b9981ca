// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "chatmodel.h"
#include "httpconnection.h"
#include "httpserver.h"
#include "requesthandler.h"

#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

namespace {
// Answers with what it has understood.
class Mirror : public RequestHandler
{
public:
    QByteArrayList methods() const override { return {"GET", "POST"}; }
    void handle(HttpConnection *connection) override
    {
        const HttpRequest &request = connection->request();
        connection->answer(
                200, "text/plain",
                request.method + '|' + request.path + '|'
                        + request.query.queryItemValue(QStringLiteral("q"), QUrl::FullyDecoded)
                                  .toUtf8()
                        + '|' + request.header("x-mark") + '|' + request.body);
    }
};

// Answers in two pieces.
class Pieces : public RequestHandler
{
public:
    void handle(HttpConnection *connection) override
    {
        connection->begin("text/plain", "X-Pieces: 2\r\n");
        connection->send("one,");
        connection->send({});
        connection->send("two");
        connection->end();
    }
};
} // namespace

// The HTTP part of the embedded server.
class tst_HttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_server.reset(); }
    void givesTheRequestToItsHandler_data();
    void givesTheRequestToItsHandler();
    void takesTheRequestInAnyPieces();
    void refuses_data();
    void refuses();
    void sendsChunksToThoseWhoKnowThem();
    void answersManyConnections();
    void remembersTheLastRefusalsOnly();

private:
    QByteArray exchange(const QByteArray &request, qsizetype pieceSize = 1 << 20)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        QByteArray answer;
        const auto hasAnswer = [&] {
            answer += socket.readAll();
            return socket.state() == QTcpSocket::UnconnectedState;
        };
        if (!QTest::qWaitFor([&] { return socket.state() == QTcpSocket::ConnectedState; }, 10000))
            return {};
        for (qsizetype i = 0; i < request.size(); i += pieceSize) {
            socket.write(request.mid(i, pieceSize));
            socket.flush();
            QCoreApplication::processEvents();
        }
        return QTest::qWaitFor(hasAnswer, 10000) ? answer : QByteArray();
    }

    std::unique_ptr<HttpServer> m_server;
    quint16 m_port = 0;
};

void tst_HttpServer::init()
{
    m_server = std::make_unique<HttpServer>();
    m_server->addHandler("/mirror", new Mirror);
    m_server->addHandler("/v1/pieces", new Pieces);
    QString error;
    m_port = m_server->listen(0, &error);
    QVERIFY2(m_port != 0, qPrintable(error));
}

void tst_HttpServer::givesTheRequestToItsHandler_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("mirrored");

    QTest::newRow("GET") << QByteArray("GET /mirror HTTP/1.1\r\n\r\n")
                         << QByteArray("GET|/mirror|||");
    QTest::newRow("query") << QByteArray("GET /mirror?a=1&q=x%20%26y HTTP/1.1\r\n\r\n")
                           << QByteArray("GET|/mirror|x &y||");
    QTest::newRow("header in any case")
            << QByteArray("GET /mirror HTTP/1.1\r\nX-MARK:  a: b \r\n\r\n")
            << QByteArray("GET|/mirror||a: b|");
    QTest::newRow("body") << QByteArray("POST /mirror HTTP/1.1\r\nContent-Length: 9\r\n\r\n"
                                        "{\r\n\r\n[1]}and more")
                          << QByteArray("POST|/mirror|||{\r\n\r\n[1]}");
    QTest::newRow("empty body") << QByteArray("POST /mirror HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
                                << QByteArray("POST|/mirror|||");
}

void tst_HttpServer::givesTheRequestToItsHandler()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, mirrored);
    const QByteArray answer = exchange(request);
    QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    QVERIFY2(answer.endsWith("\r\n\r\n" + mirrored), answer);
}

void tst_HttpServer::takesTheRequestInAnyPieces()
{
    const QByteArray request = "POST /mirror?q=1 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
    for (const qsizetype size : {1, 2, 7}) {
        const QByteArray answer = exchange(request, size);
        QVERIFY2(answer.endsWith("POST|/mirror|1||abc"), answer);
    }
    const QByteArray body(1024 * 1024, 'x');
    const QByteArray answer = exchange("POST /mirror HTTP/1.1\r\nContent-Length: "
                                       + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY(answer.endsWith('|' + body));
}

void tst_HttpServer::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("unknown path") << QByteArray("GET /mirror/x HTTP/1.1\r\n\r\n")
                                  << QByteArray("HTTP/1.1 404 Not Found\r\n")
                                  << QByteArray("something at /mirror, /v1/pieces.\n");
    QTest::newRow("unknown method") << QByteArray("PUT /mirror HTTP/1.1\r\n\r\n")
                                    << QByteArray("HTTP/1.1 405 Method Not Allowed\r\n")
                                    << QByteArray("Allow: GET, POST\r\n");
    QTest::newRow("method of another path")
            << QByteArray("POST /v1/pieces HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
            << QByteArray("HTTP/1.1 405 Method Not Allowed\r\n") << QByteArray("Allow: GET\r\n");
    QTest::newRow("large body") << QByteArray(
            "POST /mirror HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n")
                                << QByteArray("HTTP/1.1 413 Content Too Large\r\n")
                                << QByteArray("1 MiB is the limit");
    QTest::newRow("body without a length")
            << QByteArray("POST /mirror HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
            << QByteArray("HTTP/1.1 411 Length Required\r\n") << QByteArray("Content-Length.\n");
    for (const char *length : {"-1", "x", "1, 1"}) {
        QTest::addRow("length %s", length)
                << "POST /mirror HTTP/1.1\r\nContent-Length: " + QByteArray(length) + "\r\n\r\n"
                << QByteArray("HTTP/1.1 400 Bad Request\r\n") << QByteArray("not an HTTP request");
    }
    QTest::newRow("another protocol")
            << QByteArray("EHLO example.com\r\n\r\n") << QByteArray("HTTP/1.1 400 Bad Request\r\n")
            << QByteArray("not an HTTP request");
}

void tst_HttpServer::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, statusLine);
    QFETCH(QByteArray, text);
    const QByteArray answer = exchange(request);
    QVERIFY2(answer.startsWith(statusLine), answer);
    QVERIFY2(answer.contains(text), answer);
}

void tst_HttpServer::sendsChunksToThoseWhoKnowThem()
{
    const QByteArray chunked = exchange("GET /v1/pieces HTTP/1.1\r\n\r\n");
    QVERIFY2(chunked.contains("\r\nX-Pieces: 2\r\n"), chunked);
    QVERIFY2(chunked.endsWith("\r\n\r\n4\r\none,\r\n3\r\ntwo\r\n0\r\n\r\n"), chunked);
    const QByteArray plain = exchange("GET /v1/pieces HTTP/1.0\r\n\r\n");
    QVERIFY2(plain.endsWith("\r\n\r\none,two"), plain);
}

void tst_HttpServer::answersManyConnections()
{
    // More than are possible at the same time: each is released.
    for (int i = 0; i < 200; ++i)
        QVERIFY(exchange("GET /mirror HTTP/1.1\r\n\r\n").endsWith("GET|/mirror|||"));
}

void tst_HttpServer::remembersTheLastRefusalsOnly()
{
    m_server->addHandler("/chat", new ChatModel(1));
    const auto isRefused = [&](int question) {
        const QByteArray body = R"({"stream":true,"messages":[{"role":"user","content":"429, )"
                + QByteArray::number(question) + "\"}]}";
        return exchange("POST /chat HTTP/1.0\r\nContent-Length: " + QByteArray::number(body.size())
                        + "\r\n\r\n" + body)
                .startsWith("HTTP/1.1 429");
    };
    QVERIFY(isRefused(0));
    QVERIFY(!isRefused(0)); // once
    for (int question = 0; question <= ChatModel::maximumRefused; ++question)
        QVERIFY(isRefused(question));
    QVERIFY(isRefused(0));
}

QTEST_GUILESS_MAIN(tst_HttpServer)
#include "tst_httpserver.moc"
