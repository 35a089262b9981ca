// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "managerfactory.h"
#include "recorder.h"
#include "scriptedserver.h"
#include "socks5server.h"
#include "tunnel.h"
#include "waiting.h"

#include <QtNetwork/qnetworkproxy.h>
#include <QtNetwork/qnetworkreply.h>

#include <functional>

using namespace Qt::StringLiterals;

// The proxies of an application and of the system: a stream goes the way that QNetworkAccessManager
// goes. The host 0.0.0.0 is this machine, but no loopback address, which Qt keeps from all proxies.
class tst_ApplicationProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void leadsAsQnamDoes_data();
    void leadsAsQnamDoes();
    void changesWhileListening();
    void leavesAnApplicationsManagerAlone();

private:
    enum Way { Nowhere, Direct, Http, Connect, Socks };
    using Setup = std::function<void()>;

    // Where a request arrived since the last call.
    Way way();
    QUrl url(const QString &host) const
    {
        return QUrl(u"http://%1:%2/stream"_s.arg(host).arg(m_server.port()));
    }
    QNetworkProxy proxy(QNetworkProxy::ProxyType type, quint16 port) const
    {
        return {type, u"127.0.0.1"_s, port};
    }
    QNetworkProxy httpProxy() const { return proxy(QNetworkProxy::HttpProxy, m_proxy.port()); }
    QNetworkProxy socksProxy() const { return proxy(QNetworkProxy::Socks5Proxy, m_socks.port()); }

    ScriptedServer m_server;
    ScriptedServer m_proxy; // answers itself
    Socks5Server m_socks {m_server.port()};
    Tunnel m_tunnel {m_server.port()};
    int m_seen[5] {};
};

namespace {

class ProxyFactory : public QNetworkProxyFactory
{
public:
    using Function = std::function<QNetworkProxy(const QNetworkProxyQuery &query)>;
    explicit ProxyFactory(Function answer) : m_answer(std::move(answer)) { }
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        return {m_answer(query)};
    }

private:
    Function m_answer;
};

const char *const variables[] {"http_proxy", "no_proxy", "all_proxy"};

} // namespace

void tst_ApplicationProxies::initTestCase()
{
    const auto answer = [](Exchange *exchange) { exchange->sendStream("data: {\"n\":1}\n\n"); };
    m_server.setHandler(answer);
    m_proxy.setHandler(answer);
}

void tst_ApplicationProxies::cleanup()
{
    for (const char *name : variables)
        qunsetenv(name);
    QNetworkProxyFactory::setApplicationProxyFactory(nullptr);
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
}

tst_ApplicationProxies::Way tst_ApplicationProxies::way()
{
    const int seen[5] {0, m_server.requestCount(), m_proxy.requestCount(),
                       m_tunnel.connectionCount(), m_socks.connectionCount()};
    Way result = Nowhere;
    for (int i = Direct; i <= Socks; ++i) {
        if (std::exchange(m_seen[i], seen[i]) != seen[i])
            result = Way(i);
    }
    return result;
}

void tst_ApplicationProxies::leadsAsQnamDoes_data()
{
    QTest::addColumn<Setup>("setup");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("expected"); // Nowhere: depends on the system
    const auto application = [](const QNetworkProxy &proxy) {
        return Setup([proxy] { QNetworkProxy::setApplicationProxy(proxy); });
    };
    const auto factory = [](const ProxyFactory::Function &answer) {
        return Setup([answer] {
            QNetworkProxyFactory::setApplicationProxyFactory(new ProxyFactory(answer));
        });
    };
    const auto environment = [](const QByteArrayList &values) {
        return Setup([values] {
            for (int i = 0; i < values.size(); ++i)
                qputenv(variables[i], values.at(i));
            QNetworkProxyFactory::setUseSystemConfiguration(true);
        });
    };
    const auto address = [](const char *scheme, quint16 port) {
        return QByteArray(scheme) + "://127.0.0.1:" + QByteArray::number(port);
    };
    QNetworkProxy tunnel = proxy(QNetworkProxy::HttpProxy, m_tunnel.port());
    tunnel.setCapabilities(QNetworkProxy::TunnelingCapability
                           | QNetworkProxy::HostNameLookupCapability);
    const QNetworkProxy none(QNetworkProxy::NoProxy);
    const QNetworkProxy http = httpProxy();
    const QNetworkProxy socks = socksProxy();
    const QString far = u"stream.test"_s; // no resolver knows it
    const QString near = u"0.0.0.0"_s;
    const QString loopback = u"127.0.0.1"_s;

    QTest::newRow("none") << application(none) << near << int(Direct);
    QTest::newRow("none, loopback") << application(none) << loopback << int(Direct);
    QTest::newRow("HTTP, loopback") << application(http) << loopback << int(Direct);
    QTest::newRow("HTTP") << application(http) << far << int(Http);
    QTest::newRow("HTTP, an address") << application(http) << near << int(Http);
    QTest::newRow("HTTP that only tunnels") << application(tunnel) << far << int(Connect);
    QTest::newRow("SOCKS5") << application(socks) << far << int(Socks);
    QTest::newRow("SOCKS5, an address") << application(socks) << near << int(Socks);
    QTest::newRow("factory, for this host") << factory([=](const QNetworkProxyQuery &query) {
        return query.peerHostName() == far ? http : none;
    }) << far << int(Http);
    QTest::newRow("factory, for another host") << factory([=](const QNetworkProxyQuery &query) {
        return query.peerHostName() == far ? http : none;
    }) << near << int(Direct);
    QTest::newRow("factory, for sockets alone") << factory([=](const QNetworkProxyQuery &query) {
        const bool isSocket = query.queryType() == QNetworkProxyQuery::TcpSocket
                && !query.peerHostName().isEmpty();
        return isSocket ? socks : none;
    }) << near << int(Direct);
    QTest::newRow("factory, unless the host is known")
            << factory([=](const QNetworkProxyQuery &query) {
                   return query.peerHostName() == near ? none : http;
               })
            << near << int(Direct);
    const QByteArray system = address("http", m_proxy.port());
    QTest::newRow("http_proxy") << environment({system}) << far << int(Http);
    QTest::newRow("http_proxy, loopback") << environment({system}) << loopback << int(Direct);
    QTest::newRow("no_proxy") << environment({system, "0.0.0.0"}) << near << int(Direct);
    QTest::newRow("no_proxy, another host") << environment({system, "0.0.0.0"}) << far << int(Http);
    QTest::newRow("all_proxy") << environment({"", "", address("socks5", m_socks.port())}) << near
                               << int(Nowhere);
    QTest::newRow("nothing in the environment") << environment({}) << near << int(Direct);
}

void tst_ApplicationProxies::leadsAsQnamDoes()
{
    QFETCH(Setup, setup);
    QFETCH(QString, host);
    QFETCH(int, expected);
    setup();
    way();
    QNetworkAccessManager manager;
    manager.setTransferTimeout(10000);
    std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(url(host))));
    QVERIFY(waitFor([&] { return reply->bytesAvailable() > 0 || reply->isFinished(); }));
    const Way reference = way();
    if (expected != Nowhere)
        QCOMPARE(int(reference), expected);

    EventSourceListener listener(url(host));
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: {\"n\":1}"_s}));
    QCOMPARE(way(), reference);
}

// Sockets to the same host, by which manager soever, follow the proxy of their own time.
void tst_ApplicationProxies::changesWhileListening()
{
    const QStringList answer {u"opened"_s, u"message: {\"n\":1}"_s};
    EventSourceListener steady(url(u"0.0.0.0"_s));
    Recorder steadyRecorder(&steady);
    QCOMPARE(steadyRecorder.take(2), answer);
    EventSourceListener listener(url(u"0.0.0.0"_s));
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(2), answer);
    way();
    const std::pair<QNetworkProxy, Way> steps[] {{httpProxy(), Http},
                                                 {QNetworkProxy::NoProxy, Direct},
                                                 {socksProxy(), Socks},
                                                 {httpProxy(), Http},
                                                 {QNetworkProxy::NoProxy, Direct}};
    for (const auto &[proxy, expected] : steps) {
        QNetworkProxy::setApplicationProxy(proxy);
        listener.restart();
        QCOMPARE(recorder.take(2), answer);
        QCOMPARE(way(), expected);
    }
    QVERIFY(steadyRecorder.isEmpty()); // undisturbed
    QCOMPARE(steady.status(), EventSourceListener::Open);
}

void tst_ApplicationProxies::leavesAnApplicationsManagerAlone()
{
    class Factory : public ManagerFactory
    {
    public:
        QNetworkAccessManager *create(QObject *parent) override
        {
            ManagerFactory::create(parent)->setProxy(proxy);
            return manager;
        }
        QNetworkProxy proxy;
    };
    for (const auto &[proxy, expected] :
         {std::pair(httpProxy(), Http), std::pair(socksProxy(), Socks),
          std::pair(QNetworkProxy(QNetworkProxy::NoProxy), Direct)}) {
        way();
        Factory factory;
        factory.proxy = proxy;
        EventSourceListener listener;
        listener.setNetworkAccessManagerFactory(&factory);
        listener.setUrl(url(u"0.0.0.0"_s));
        Recorder recorder(&listener);
        QCOMPARE(recorder.take(2).size(), 2);
        QCOMPARE(way(), expected);
        QCOMPARE(factory.manager->proxy(), proxy);
        QVERIFY(!factory.manager->proxyFactory());
    }
}

QTEST_GUILESS_MAIN(tst_ApplicationProxies)
#include "tst_applicationproxies.moc"
