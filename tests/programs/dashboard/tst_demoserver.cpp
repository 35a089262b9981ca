// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "demoserver.h"
#include "fleetsimulation.h"

#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qregularexpression.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

#ifdef Q_OS_UNIX
#  include <cerrno>
#  include <netinet/in.h>
#  include <sys/socket.h>
#  include <unistd.h>
#endif

namespace {
// A client so plain that it cannot hide what the server sends.
class Client
{
public:
    Client(const DemoServer &server, const QByteArray &request)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(server.url().port()));
        m_socket.write(request);
    }

    // Waits until the answer has this text.
    bool waitFor(const QByteArray &text)
    {
        return QTest::qWaitFor(
                [&] {
                    m_bytes += m_socket.readAll();
                    return m_bytes.contains(text);
                },
                10000);
    }
    bool waitForEnd()
    {
        return QTest::qWaitFor(
                [&] {
                    m_bytes += m_socket.readAll();
                    return m_socket.state() == QTcpSocket::UnconnectedState;
                },
                10000);
    }

    QByteArray takeBytes() { return std::exchange(m_bytes, {}); }
    const QByteArray &bytes() const { return m_bytes; }
    QTcpSocket &socket() { return m_socket; }

    QList<quint64> ids() const
    {
        QList<quint64> result;
        static const QRegularExpression pattern(QStringLiteral("\nid: (\\d+)\n"));
        auto it = pattern.globalMatch(QString::fromUtf8(m_bytes));
        while (it.hasNext())
            result.append(it.next().captured(1).toULongLong());
        return result;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_bytes;
};

QByteArray request(const QByteArray &headers = {})
{
    return "GET /stream HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}
} // namespace

class tst_DemoServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheSameStoryForTheSameSeed();
    void sendsHistoryThenLiveEventsWithoutGap();
    void beatsWhileNothingElseIsSent();
    void replaysAfterLastEventId();
    void treatsUnknownLastEventIdAsNewClient();
    void refusesWrongRequests_data();
    void refusesWrongRequests();
    void ignoresSecondRequestOnOneConnection();
    void survivesClientThatDoesNotRead();
    void drops();
    void endsCleanly();
    void answers503ThreeTimes();
    void sendsBrokenJsonWithAnId();
    void fallsSilentOnPresentConnectionsOnly();
    void refusesExpiredTokenOnly();
    void causesFaultsOfOneStreamOnly();
    void resets();
    void endsInsideAChunk();
    void tellsWhenToTryAgain();
    void answersTheNextRequestWrongly_data();
    void answersTheNextRequestWrongly();
    void answersLate();
    void sendsAHugeEvent();
    void floodsWhoKeepsUpAndWhoDoesNot();
    void reportsTakenPort();

private:
    std::unique_ptr<DemoServer> startServer()
    {
        auto server = std::make_unique<DemoServer>(1);
        QString error;
        return server->start(0, &error) ? std::move(server) : nullptr;
    }
};

void tst_DemoServer::tellsTheSameStoryForTheSameSeed()
{
    FleetSimulation first(7);
    FleetSimulation second(7);
    FleetSimulation other(8);
    QByteArrayList firstStory;
    QByteArrayList secondStory;
    QByteArrayList otherStory;
    QSet<QByteArray> types;
    for (int i = 0; i < 500; ++i) {
        for (const FleetSimulation::Event &event : first.tick(i)) {
            firstStory.append(event.json);
            types.insert(event.type);
            QVERIFY(QJsonDocument::fromJson(event.json).isObject());
        }
        for (const FleetSimulation::Event &event : second.tick(i))
            secondStory.append(event.json);
        for (const FleetSimulation::Event &event : other.tick(i))
            otherStory.append(event.json);
    }
    QCOMPARE(firstStory, secondStory);
    QVERIFY(firstStory != otherStory);
    QCOMPARE(types, QSet<QByteArray>({"metrics", "deployment", "alert"}));
}

void tst_DemoServer::sendsHistoryThenLiveEventsWithoutGap()
{
    const auto server = startServer();
    Client client(*server, request());
    QVERIFY(client.waitFor("\r\n\r\n"));
    QVERIFY(client.bytes().startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(client.bytes().contains("Content-Type: text/event-stream\r\n"));
    QVERIFY(client.waitFor("retry: 3000\n\n"));
    QTRY_VERIFY(client.waitFor("\n") && client.ids().size() > 60 * 6);
    const qsizetype history = client.ids().size();
    QTRY_VERIFY(client.waitFor("\n") && client.ids().size() > history + 12);
    const QList<quint64> ids = client.ids();
    for (qsizetype i = 1; i < ids.size(); ++i)
        QCOMPARE(ids.at(i), ids.at(i - 1) + 1);
    QTRY_COMPARE(server->clientCount(), 1);
    client.socket().abort();
    QTRY_COMPARE(server->clientCount(), 0);
}

void tst_DemoServer::beatsWhileNothingElseIsSent()
{
    const auto server = startServer();
    Client client(*server, request());
    QVERIFY(client.waitFor(": heartbeat\n\n"));
}

void tst_DemoServer::replaysAfterLastEventId()
{
    const auto server = startServer();
    Client client(*server, request("Last-Event-ID: 41\r\n"));
    QTRY_VERIFY(client.waitFor("\n") && client.ids().size() > 10);
    QCOMPARE(client.ids().constFirst(), 42u);
}

void tst_DemoServer::treatsUnknownLastEventIdAsNewClient()
{
    const auto server = startServer();
    Client client(*server, request("Last-Event-ID: 99999999\r\n"));
    QTRY_VERIFY(client.waitFor("\n") && client.ids().size() > 60 * 6);
}

void tst_DemoServer::refusesWrongRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("statusLine");

    QTest::newRow("other path") << QByteArray("GET /x HTTP/1.1\r\n\r\n")
                                << QByteArray("HTTP/1.1 404 Not Found\r\n");
    QTest::newRow("other method") << QByteArray("POST /stream HTTP/1.1\r\n\r\n")
                                  << QByteArray("HTTP/1.1 405 Method Not Allowed\r\n");
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n")
                             << QByteArray("HTTP/1.1 400 Bad Request\r\n");
    QTest::newRow("nothing") << QByteArray("\r\n\r\n")
                             << QByteArray("HTTP/1.1 400 Bad Request\r\n");
    QTest::newRow("too large") << "GET /stream HTTP/1.1\r\nX: " + QByteArray(20000, 'x')
                               << QByteArray("HTTP/1.1 431 ");
}

void tst_DemoServer::refusesWrongRequests()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, statusLine);
    const auto server = startServer();
    Client client(*server, bytes);
    QVERIFY(client.waitForEnd());
    QVERIFY2(client.bytes().startsWith(statusLine), client.bytes());
}

void tst_DemoServer::ignoresSecondRequestOnOneConnection()
{
    const auto server = startServer();
    Client client(*server, request() + request());
    QVERIFY(client.waitFor("\nid: "));
    client.socket().write(request());
    QVERIFY(client.waitFor(": heartbeat"));
    QCOMPARE(client.bytes().count("HTTP/1.1"), 1);
}

void tst_DemoServer::survivesClientThatDoesNotRead()
{
    const auto server = startServer();
    Client idle(*server, request());
    idle.socket().setReadBufferSize(1);
    QTRY_COMPARE(server->clientCount(), 1);
    Client reader(*server, request());
    QVERIFY(reader.waitFor(": heartbeat"));
    // Nothing was skipped for the slow one either.
    idle.socket().setReadBufferSize(0);
    QTRY_VERIFY(idle.waitFor("\n") && idle.ids().size() > 60 * 6);
    const QList<quint64> ids = idle.ids();
    QCOMPARE(ids.constLast() - ids.constFirst() + 1, quint64(ids.size()));
}

void tst_DemoServer::drops()
{
    const auto server = startServer();
    Client client(*server, request());
    QVERIFY(client.waitFor("\nid: "));
    server->cause(DemoServer::Drop);
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.bytes().endsWith("\r\n0\r\n\r\n"));
}

void tst_DemoServer::endsCleanly()
{
    const auto server = startServer();
    Client client(*server, request());
    QVERIFY(client.waitFor("\nid: "));
    server->cause(DemoServer::End);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.bytes().endsWith("\r\n0\r\n\r\n"));
}

void tst_DemoServer::answers503ThreeTimes()
{
    const auto server = startServer();
    server->cause(DemoServer::Refuse);
    QTRY_COMPARE(server->refusalsLeft(), 3);
    for (int left = 2; left >= 0; --left) {
        Client client(*server, request());
        QVERIFY(client.waitForEnd());
        QVERIFY(client.bytes().startsWith("HTTP/1.1 503 Service Unavailable\r\n"));
        QVERIFY(client.bytes().endsWith("\r\n\r\nThe service is being upgraded.\n"));
        QTRY_COMPARE(server->refusalsLeft(), left);
    }
    Client client(*server, request());
    QVERIFY(client.waitFor("HTTP/1.1 200 OK"));
}

void tst_DemoServer::sendsBrokenJsonWithAnId()
{
    const auto server = startServer();
    Client client(*server, request());
    QVERIFY(client.waitFor("\nid: "));
    server->cause(DemoServer::BrokenJson);
    QVERIFY(client.waitFor("\nevent: metrics\ndata: {\"host\":\"web-1\",\"cpu\":\n\n"));
}

void tst_DemoServer::fallsSilentOnPresentConnectionsOnly()
{
    const auto server = startServer();
    Client silent(*server, request());
    QVERIFY(silent.waitFor(": heartbeat"));
    server->cause(DemoServer::Silence);
    Client live(*server, request());
    QVERIFY(live.waitFor(": heartbeat"));
    silent.waitFor("\n");
    silent.takeBytes();
    const qsizetype before = live.ids().size();
    QTRY_VERIFY(live.waitFor("\n") && live.ids().size() > before + 20);
    QVERIFY(!silent.socket().bytesAvailable());
    QCOMPARE(silent.socket().state(), QTcpSocket::ConnectedState);
}

void tst_DemoServer::refusesExpiredTokenOnly()
{
    const auto server = startServer();
    const auto authorization = [&] {
        return "authorization: Bearer " + server->issueToken().toLatin1() + "\r\n";
    };
    const QByteArray expired = authorization();
    Client with(*server, request(expired));
    QVERIFY(with.waitFor("\nid: "));
    Client without(*server, request());
    QVERIFY(without.waitFor("\nid: "));
    Client foreign(*server, request("Authorization: Basic eDp5\r\n"));
    QVERIFY(foreign.waitFor("\nid: "));

    server->cause(DemoServer::ExpireToken);
    QVERIFY(with.waitForEnd());
    Client again(*server, request(expired));
    QVERIFY(again.waitForEnd());
    QVERIFY(again.bytes().startsWith("HTTP/1.1 401 Unauthorized\r\n"));
    Client renewed(*server, request(authorization()));
    QVERIFY(renewed.waitFor("HTTP/1.1 200 OK"));

    // Clients that know nothing of this notice nothing of it.
    without.takeBytes();
    foreign.takeBytes();
    QVERIFY(without.waitFor("\nid: "));
    QVERIFY(foreign.waitFor("\nid: "));
    Client later(*server, request());
    QVERIFY(later.waitFor("HTTP/1.1 200 OK"));
}

void tst_DemoServer::causesFaultsOfOneStreamOnly()
{
    const auto server = startServer();
    QCOMPARE(server->address(QStringLiteral("/stream")), server->url());
    Client client(*server, request());
    QVERIFY(client.waitFor("\nid: "));
    server->cause(DemoServer::Drop, QStringLiteral("/none"));
    QVERIFY(client.waitFor(": heartbeat"));
    server->cause(DemoServer::Drop, QStringLiteral("/stream"));
    QVERIFY(client.waitForEnd());
}

void tst_DemoServer::resets()
{
#ifdef Q_OS_UNIX
    const auto server = startServer();
    // For QTcpSocket a reset looks like an end.
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(quint16(server->url().port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QCOMPARE(::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    const QByteArray bytes = request();
    QCOMPARE(::send(socket, bytes.constData(), size_t(bytes.size()), 0), ssize_t(bytes.size()));
    QTRY_COMPARE(server->clientCount(), 1);
    server->cause(DemoServer::Reset);
    char buffer[4096];
    ssize_t count = 0;
    do {
        count = ::recv(socket, buffer, sizeof buffer, 0);
    } while (count > 0);
    const int error = errno;
    ::close(socket);
    QCOMPARE(count, ssize_t(-1));
    QCOMPARE(error, ECONNRESET);
#else
    QSKIP("The server does not reset connections on this system.");
#endif
}

void tst_DemoServer::endsInsideAChunk()
{
    const auto server = startServer();
    Client client(*server, request());
    QVERIFY(client.waitFor(": heartbeat"));
    server->cause(DemoServer::CutChunk);
    QVERIFY(client.waitForEnd());
    // The last chunk is shorter than it says.
    const QByteArray bytes = client.bytes();
    const qsizetype data = bytes.lastIndexOf("\r\n") + 2;
    const qsizetype sizeAt = bytes.lastIndexOf("\r\n", data - 3) + 2;
    const qsizetype size = bytes.mid(sizeAt, data - 2 - sizeAt).toInt(nullptr, 16);
    QVERIFY2(bytes.size() - data > 0 && bytes.size() - data < size, bytes.right(200));
}

void tst_DemoServer::tellsWhenToTryAgain()
{
    const auto server = startServer();
    server->cause(DemoServer::Refuse);
    Client client(*server, request());
    QVERIFY(client.waitForEnd());
    QVERIFY2(client.bytes().contains("\r\nRetry-After: 4\r\n"), client.bytes());
}

void tst_DemoServer::answersTheNextRequestWrongly_data()
{
    QTest::addColumn<DemoServer::Fault>("fault");
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<QByteArray>("header");

    QTest::newRow("wrong type") << DemoServer::WrongType << QByteArray("HTTP/1.1 200 OK\r\n")
                                << QByteArray("Content-Type: text/html\r\n");
    QTest::newRow("redirect") << DemoServer::Redirect
                              << QByteArray("HTTP/1.1 307 Temporary Redirect\r\n")
                              << QByteArray("Location: /stream?moved=1\r\n");
}

void tst_DemoServer::answersTheNextRequestWrongly()
{
    QFETCH(DemoServer::Fault, fault);
    QFETCH(QByteArray, statusLine);
    QFETCH(QByteArray, header);
    const auto server = startServer();
    Client present(*server, request());
    QVERIFY(present.waitFor("\nid: "));
    server->cause(fault);
    QVERIFY(present.waitForEnd());
    Client next(*server, request());
    QVERIFY(next.waitForEnd());
    QVERIFY2(next.bytes().startsWith(statusLine) && next.bytes().contains(header), next.bytes());
    // Once. The other address has the same stream.
    Client later(*server, "GET /stream?moved=1 HTTP/1.1\r\nLast-Event-ID: 7\r\n\r\n");
    QVERIFY(later.waitFor("\nid: 8\n"));
}

void tst_DemoServer::answersLate()
{
    const auto server = startServer();
    server->cause(DemoServer::LateHead);
    Client late(*server, request());
    Client next(*server, request());
    QVERIFY(next.waitFor("HTTP/1.1 200 OK"));
    QVERIFY(late.bytes().isEmpty() && late.socket().bytesAvailable() == 0);
    QVERIFY(late.waitFor("HTTP/1.1 200 OK"));
}

void tst_DemoServer::sendsAHugeEvent()
{
    const auto server = startServer();
    Client client(*server, request());
    QVERIFY(client.waitFor("\nid: "));
    client.takeBytes();
    server->cause(DemoServer::HugeEvent);
    QTRY_VERIFY(client.waitFor("\n") && client.bytes().size() > 20 * 1000 * 1000);
    QVERIFY(client.waitFor("xxx\"}\n\n"));
}

void tst_DemoServer::floodsWhoKeepsUpAndWhoDoesNot()
{
    const auto server = startServer();
    Client quick(*server, request());
    Client slow(*server, request());
    QVERIFY(quick.waitFor("\nid: "));
    QVERIFY(slow.waitFor("\nid: "));
    slow.socket().setReadBufferSize(1);
    server->cause(DemoServer::Flood);
    const auto loads = [](const Client &client) { return client.bytes().count("event: load\n"); };
    QTRY_VERIFY_WITH_TIMEOUT(quick.waitFor("\n") && loads(quick) == 250000, 30000);
    // It is not sent more than its buffers take, and nothing is lost for it.
    slow.socket().setReadBufferSize(0);
    QTRY_VERIFY_WITH_TIMEOUT(slow.waitFor("\n") && loads(slow) == 250000, 30000);
}

void tst_DemoServer::reportsTakenPort()
{
    const auto first = startServer();
    DemoServer second(1);
    QString error;
    QVERIFY(!second.start(quint16(first->url().port()), &error));
    QVERIFY(!error.isEmpty());
}

QTEST_GUILESS_MAIN(tst_DemoServer)
#include "tst_demoserver.moc"
