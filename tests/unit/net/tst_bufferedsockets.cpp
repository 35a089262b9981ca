// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/bufferedsockets_p.h"
#include "scriptedserver.h"
#include "streamreader.h"

#include <QtNetwork/qnetworkproxy.h>
#include <QtTest/qtest.h>

#include <functional>
#include <memory>

#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

class tst_BufferedSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void needDirectConnections_data();
    void needDirectConnections();
    void takeWhatTheReplyHasNoRoomFor_data();
    void takeWhatTheReplyHasNoRoomFor();
};

namespace {

using Answer = std::function<bool(const QNetworkProxyQuery &query)>; // by a proxy?

// Names a proxy for what it is asked about.
class ProxyFactory : public QNetworkProxyFactory
{
public:
    explicit ProxyFactory(Answer needsProxy) : m_needsProxy(std::move(needsProxy)) { }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (m_needsProxy(query))
            return {QNetworkProxy(QNetworkProxy::HttpProxy, u"proxy.example"_s, 3128)};
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    }

private:
    Answer m_needsProxy;
};

// What the socket of this process that is connected to that port holds in the system's buffer.
int unreadBytes(quint16 port)
{
    for (int descriptor = 3; descriptor < 1024; ++descriptor) {
        sockaddr_in peer {};
        socklen_t size = sizeof(peer);
        int count = 0;
        if (getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &size) == 0
            && peer.sin_family == AF_INET && ntohs(peer.sin_port) == port
            && ioctl(descriptor, FIONREAD, &count) == 0)
            return count;
    }
    return -1;
}

} // namespace

void tst_BufferedSockets::cleanup()
{
    QNetworkProxyFactory::setApplicationProxyFactory(nullptr);
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
}

void tst_BufferedSockets::needDirectConnections_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QNetworkProxy>("proxy");
    QTest::addColumn<Answer>("needsProxy"); // of a factory, if there is one
    QTest::addColumn<bool>("buffered");
    const QUrl url(u"http://one.example/"_s);
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    const QNetworkProxy http(QNetworkProxy::HttpProxy, u"proxy.example"_s, 3128);
    const QNetworkProxy socks(QNetworkProxy::Socks5Proxy, u"proxy.example"_s, 1080);
    QTest::newRow("no proxy") << url << none << Answer() << true;
    QTest::newRow("the default") << url << QNetworkProxy() << Answer() << true;
    QTest::newRow("upper case") << QUrl(u"HTTP://ONE.EXAMPLE"_s) << none << Answer() << true;
    QTest::newRow("https") << QUrl(u"https://one.example/"_s) << none << Answer() << false;
    QTest::newRow("HTTP proxy") << url << http << Answer() << false;
    QTest::newRow("SOCKS5 proxy") << url << socks << Answer() << false;
    QTest::newRow("factory, no proxy")
            << url << none << Answer([](const auto &) { return false; }) << true;
    QTest::newRow("factory, proxy for URLs")
            << url << none << Answer([](const QNetworkProxyQuery &query) {
                   return query.queryType() == QNetworkProxyQuery::UrlRequest
                           && !query.url().isEmpty();
               })
            << false;
    QTest::newRow("factory, proxy for sockets")
            << url << none << Answer([](const QNetworkProxyQuery &query) {
                   return query.queryType() == QNetworkProxyQuery::TcpSocket
                           && !query.peerHostName().isEmpty();
               })
            << false;
    QTest::newRow("factory, proxy for the port")
            << QUrl(u"http://one.example:8080/"_s) << none
            << Answer([](const QNetworkProxyQuery &query) { return query.peerPort() == 8080; })
            << false;
    QTest::newRow("factory, proxy for other hosts")
            << url << none << Answer([](const QNetworkProxyQuery &query) {
                   return query.peerHostName() != u"one.example"_s;
               })
            << false; // an engine asks without a host
}

void tst_BufferedSockets::needDirectConnections()
{
    QFETCH(QUrl, url);
    QFETCH(QNetworkProxy, proxy);
    QFETCH(Answer, needsProxy);
    QNetworkProxy::setApplicationProxy(proxy);
    if (needsProxy)
        QNetworkProxyFactory::setApplicationProxyFactory(new ProxyFactory(needsProxy));
    QTEST(canBufferSockets(url), "buffered");
}

void tst_BufferedSockets::takeWhatTheReplyHasNoRoomFor_data()
{
    QTest::addColumn<bool>("buffered");
    QTest::newRow("the library's manager") << true;
    QTest::newRow("an application's manager") << false;
}

// The difference that can be seen: a full reply leaves the rest in the system's buffer, or the socket
// takes it from there.
void tst_BufferedSockets::takeWhatTheReplyHasNoRoomFor()
{
    QFETCH(bool, buffered);
    ScriptedServer server;
    StreamReader reader(StreamReader::OnRequest,
                        buffered ? AccessManagerPool::create({}) : nullptr);
    reader.open(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QVERIFY(waitFor([&] { return reader.connection->isAccepted(); }));
    constexpr qint64 size = 4 * StreamConnection::readBufferSize;
    exchange->sendChunk(QByteArray(size, 'x'));
    if (buffered) {
        QVERIFY(waitFor(
                [&] { return exchange->bytesToWrite() == 0 && unreadBytes(server.port()) == 0; }));
    } else {
        QVERIFY(waitFor(
                [&] { return exchange->bytesToWrite() == 0 && unreadBytes(server.port()) > 0; }));
    }
    // All of it comes, whoever held it.
    qint64 count = 0;
    QVERIFY(waitFor([&] {
        char bytes[4096];
        for (qint64 got; (got = reader.connection->read(bytes, sizeof(bytes))) > 0;)
            count += got;
        return count == size;
    }));
}

QTEST_GUILESS_MAIN(tst_BufferedSockets)
#include "tst_bufferedsockets.moc"
