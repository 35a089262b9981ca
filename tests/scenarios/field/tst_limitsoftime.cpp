// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "nginxserver.h"
#include "recorder.h"
#include "scriptedserver.h"
#include "testauthority.h"
#include "tunnel.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qprocess.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkproxy.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>
#include <QtTest/qtest.h>

#include <cstdio>
#include <list>
#include <memory>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

class ProxyFactory : public QQmlNetworkAccessManagerFactory
{
public:
    explicit ProxyFactory(quint16 port) : m_port(port) { }
    QNetworkAccessManager *create(QObject *parent) override
    {
        auto *manager = new QNetworkAccessManager(parent);
        manager->setProxy(QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, m_port));
        return manager;
    }

private:
    const quint16 m_port;
};

// Its queue of connections is full, and nobody accepts one: the next one waits.
class FullServer
{
public:
    FullServer()
    {
        m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_address.sin_family = AF_INET;
        m_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(m_address);
        auto *generic = reinterpret_cast<sockaddr *>(&m_address);
        if (::bind(m_listening, generic, size) != 0 || ::listen(m_listening, 0) != 0
            || ::getsockname(m_listening, generic, &size) != 0)
            qFatal("The test server cannot listen.");
        for (int i = 0; i < 4; ++i) {
            m_waiting.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            (void)::connect(m_waiting.back(), generic, size);
        }
    }
    ~FullServer()
    {
        for (const int socket : m_waiting)
            ::close(socket);
        ::close(m_listening);
    }
    Q_DISABLE_COPY_MOVE(FullServer)

    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/"_s.arg(ntohs(m_address.sin_port))); }

private:
    sockaddr_in m_address {};
    int m_listening = -1;
    std::list<int> m_waiting;
};

} // namespace

// How long a server may take for what, and what is not the server's time.
class tst_LimitsOfTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void letsAServerThink_data();
    void letsAServerThink();
    void letsAServerThinkAfterARedirect();
    void letsAServerThinkBehindHttp2();
    void doesNotWaitForAConnection_data();
    void doesNotWaitForAConnection();
    void doesNotWaitForAnAnswer_data();
    void doesNotWaitForAnAnswer();
    void neverTakesAnAnswerForSilence();
    void survivesThatTheProcessIsStopped();

private:
    static constexpr int connectTimeout = 500; // until a request has left, on a busy machine

    const QSslConfiguration m_default = QSslConfiguration::defaultConfiguration();
    TestAuthority m_authority;
    TestAuthority::Identity m_identity;
};

void tst_LimitsOfTime::initTestCase()
{
    QVERIFY2(m_authority.create(), qPrintable(m_authority.problem()));
    m_identity = m_authority.issue(u"good"_s, u"IP:127.0.0.1"_s);
    QVERIFY2(m_authority.problem().isEmpty(), qPrintable(m_authority.problem()));
    QSslConfiguration::setDefaultConfiguration(m_authority.trustingConfiguration());
}

void tst_LimitsOfTime::letsAServerThink_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("proxy");
    for (const auto &method : {u"GET"_s, u"POST"_s}) {
        for (const bool tls : {false, true}) {
            for (const bool proxy : {false, true}) {
                QTest::addRow("%s over %s%s", qPrintable(method), tls ? "https" : "http",
                              proxy ? " through a proxy" : "")
                        << method << tls << proxy;
            }
        }
    }
}

// Several frameworks send the head with the first event, which may take its time: far longer than
// connectTimeout, on a connection that is new and on one that was used before.
void tst_LimitsOfTime::letsAServerThink()
{
    QFETCH(QString, method);
    QFETCH(bool, tls);
    QFETCH(bool, proxy);
    ScriptedServer server;
    if (tls)
        server.setSslConfiguration(m_identity.sslConfiguration());
    Tunnel tunnel(server.port());
    ProxyFactory factory(tls ? tunnel.port() : server.port());
    EventSourceListener listener;
    listener.setFormat(EventSourceListener::Text);
    listener.setConnectTimeout(connectTimeout);
    listener.setMethod(method);
    if (method == "POST"_L1)
        listener.setBody(u"question"_s);
    if (proxy)
        listener.setNetworkAccessManagerFactory(&factory);
    listener.reconnect()->setInitialDelay(100);
    Recorder recorder(&listener);
    listener.setUrl(server.url());
    for (const bool isReused : {false, true}) {
        Exchange *exchange = server.take();
        QVERIFY2(exchange, qPrintable(listener.errorString()));
        QTest::qWait(2 * connectTimeout);
        QVERIFY2(recorder.isEmpty(), qPrintable(listener.errorString()));
        if (isReused) {
            exchange->sendStream("data: thought\n\n");
            QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: thought"_s}));
        } else {
            exchange->sendAnswer("503 Service Unavailable", {}, "busy");
            QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
        }
    }
    QCOMPARE(server.requestCount(), 2);
    QCOMPARE(server.connectionCount(), 1);
    QCOMPARE(tunnel.connectionCount(), tls && proxy ? 1 : 0);
}

void tst_LimitsOfTime::letsAServerThinkAfterARedirect()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setFormat(EventSourceListener::Text);
    listener.setConnectTimeout(connectTimeout);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("307 Temporary Redirect", "Location: /other\r\n");
    exchange = server.take();
    QVERIFY(exchange);
    QTest::qWait(2 * connectTimeout);
    exchange->sendStream("data: thought\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: thought"_s}));
}

void tst_LimitsOfTime::letsAServerThinkBehindHttp2()
{
    ScriptedServer backend;
    NginxServer nginx;
    QVERIFY2(nginx.start(QStringLiteral(HTTP2_CONFIGURATION),
                         {{"CERTIFICATE", m_identity.certificateFile.toLocal8Bit()},
                          {"KEY", m_identity.keyFile.toLocal8Bit()},
                          {"REQUESTS", "1000"},
                          {"STREAMS", "128"},
                          {"BACKEND", QByteArray::number(backend.port())}}),
             qPrintable(nginx.problem()));
    std::list<EventSourceListener> listeners;
    std::list<Recorder> recorders;
    QList<Exchange *> exchanges;
    for (int i = 0; i < 3; ++i) { // the second and third on the first one's connection
        EventSourceListener &listener =
                listeners.emplace_back(QUrl(u"https://127.0.0.1:%1/stream"_s.arg(nginx.tlsPort())));
        recorders.emplace_back(&listener);
        listener.setFormat(EventSourceListener::Text);
        listener.setHttp2(true);
        listener.setConnectTimeout(connectTimeout);
        exchanges.append(backend.take());
        QVERIFY2(exchanges.last(), qPrintable(listener.errorString()));
        QCOMPARE(exchanges.last()->header("X-Protocol"), "HTTP/2.0");
    }
    QTest::qWait(2 * connectTimeout);
    for (Exchange *exchange : std::as_const(exchanges))
        exchange->sendStream("data: thought\n\n");
    for (Recorder &recorder : recorders)
        QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: thought"_s}));
    for (EventSourceListener &listener : listeners)
        listener.stopListening();
}

void tst_LimitsOfTime::doesNotWaitForAConnection_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("nobody accepts it") << false;
    QTest::newRow("nobody answers the handshake") << true;
}

void tst_LimitsOfTime::doesNotWaitForAConnection()
{
    QFETCH(bool, tls);
    FullServer full;
    ScriptedServer plain; // has no answer to a handshake
    QUrl url = tls ? plain.url() : full.url();
    if (tls)
        url.setScheme(u"https"_s);
    EventSourceListener listener(url);
    listener.setConnectTimeout(300);
    listener.setResponseTimeout(0);
    Recorder recorder(&listener);
    for (int attempt = 0; attempt < 2; ++attempt) {
        QCOMPARE(recorder.take(1), QStringList {u"TimeoutError, retries"_s});
        const QString message = recorder.takeError().message();
        QVERIFY2(message.contains(u"300 ms (connectTimeout)"_s), qPrintable(message));
        listener.restart();
    }
    listener.stopListening();
}

void tst_LimitsOfTime::doesNotWaitForAnAnswer_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("tls");
    QTest::newRow("GET over http") << u"GET"_s << false;
    QTest::newRow("POST over http") << u"POST"_s << false;
    QTest::newRow("GET over https") << u"GET"_s << true;
}

void tst_LimitsOfTime::doesNotWaitForAnAnswer()
{
    QFETCH(QString, method);
    QFETCH(bool, tls);
    ScriptedServer server;
    if (tls)
        server.setSslConfiguration(m_identity.sslConfiguration());
    EventSourceListener listener;
    listener.setConnectTimeout(0);
    listener.setResponseTimeout(300);
    listener.setMethod(method);
    if (method == "POST"_L1)
        listener.setBody(u"question"_s);
    Recorder recorder(&listener);
    listener.setUrl(server.url());
    QCOMPARE(recorder.take(1),
             QStringList {method == "GET"_L1 ? u"TimeoutError, retries"_s : u"TimeoutError"_s});
    const QString message = recorder.takeError().message();
    QVERIFY2(message.contains(u"300 ms (responseTimeout)"_s), qPrintable(message));
    QCOMPARE(server.requestCount(), 1);
}

// The limit passes just as the head comes in.
void tst_LimitsOfTime::neverTakesAnAnswerForSilence()
{
    constexpr int rounds = 150;
    ScriptedServer server;
    int requests = 0;
    server.setHandler([&requests](Exchange *exchange) {
        QTimer::singleShot(20 + ++requests % 16, Qt::PreciseTimer, exchange, [exchange] {
            if (exchange->isConnected())
                exchange->sendStream("data: 1\n\n");
        });
    });
    EventSourceListener listener(server.url());
    listener.setResponseTimeout(25);
    int open = 0;
    int timeouts = 0;
    int events = 0;
    QString wrong;
    connect(&listener, &EventSourceListener::opened, this, [&] { ++open; });
    connect(&listener, &EventSourceListener::message, this, [&] {
        ++events;
        // What comes in the next turns belongs to this stream.
        QTimer::singleShot(5, &listener, [&] { listener.restart(); });
    });
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        ++timeouts;
        if (!error.message().contains(u"25 ms (responseTimeout)"_s))
            wrong = error.message();
        listener.restart();
    });
    QTRY_VERIFY_WITH_TIMEOUT(events + timeouts >= rounds || !wrong.isEmpty(), 30000);
    QCOMPARE(wrong, QString());
    QVERIFY(open - events <= 1);
    qInfo("%d opened, %d timed out", open, timeouts);
    listener.stopListening();
}

// A debugger, a container that is paused, an app freezer: the server has sent all the time, and what
// the socket holds is read afterwards. The client is this program once more; see main().
void tst_LimitsOfTime::survivesThatTheProcessIsStopped()
{
    ScriptedServer server;
    int sent = 0;
    QTimer heartbeat;
    server.setHandler([&](Exchange *exchange) {
        exchange->sendHead();
        connect(&heartbeat, &QTimer::timeout, exchange, [&sent, exchange] {
            exchange->sendChunk("data: " + QByteArray::number(++sent) + "\n\n");
        });
    });
    heartbeat.start(50);
    QProcess client;
    client.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    client.start(QCoreApplication::applicationFilePath(), {u"--client"_s, server.url().toString()});
    int received = 0;
    const auto readAll = [&] {
        while (client.canReadLine()) {
            const QByteArray line = client.readLine().trimmed();
            if (line != QByteArray::number(++received))
                QFAIL(line);
        }
    };
    for (int round = 0; round < 6; ++round) {
        const int before = sent;
        QTRY_VERIFY_WITH_TIMEOUT((readAll(), QTest::currentTestFailed() || received > before),
                                 10000);
        QVERIFY(!QTest::currentTestFailed());
        ::kill(pid_t(client.processId()), SIGSTOP);
        QTest::qWait(2000); // four times its idleTimeout
        ::kill(pid_t(client.processId()), SIGCONT);
    }
    const int before = sent;
    QTRY_VERIFY_WITH_TIMEOUT((readAll(), QTest::currentTestFailed() || received > before), 10000);
    QVERIFY(!QTest::currentTestFailed());
    QCOMPARE(server.requestCount(), 1);
    client.kill();
    client.waitForFinished();
}

// Prints the data of each event, and errors.
static int runClient(QCoreApplication &application, const QString &url)
{
    EventSourceListener listener {QUrl(url)};
    listener.setIdleTimeout(500);
    QObject::connect(&listener, &EventSourceListener::message, &listener,
                     [](const EventSourceEvent &event) {
                         std::printf("%s\n", qPrintable(event.text()));
                         std::fflush(stdout);
                     });
    QObject::connect(&listener, &EventSourceListener::error, &listener,
                     [](const EventSourceError &error) {
                         std::printf("%s\n", qPrintable(error.message()));
                         std::fflush(stdout);
                     });
    return application.exec();
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--client"_L1)
        return runClient(application, arguments.value(2));
    tst_LimitsOfTime test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_limitsoftime.moc"
