// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"
#include "nginxserver.h"
#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qjsonobject.h>
#include <QtCore/qprocess.h>
#include <QtCore/qrandom.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

// A server made with better-sse, as a process of its own. It ends with its standard input, and so
// with this process however that ends.
class NodeServer
{
public:
    ~NodeServer() { kill(); }

    // At the port that it had before, if it had one.
    bool start()
    {
        // Somebody may just pass through that port.
        for (int attempt = 0; attempt < 20; ++attempt) {
            m_process.start(QStringLiteral(PROXIES_NODE),
                            {QStringLiteral(PROXIES_SERVER), QString::number(m_port)});
            while (!m_process.canReadLine() && m_process.waitForReadyRead(20000)) { }
            m_port = m_process.readLine().trimmed().toUShort();
            if (m_port != 0)
                return true;
            m_process.waitForFinished();
            qWarning("node: %s", m_process.readAllStandardError().constData());
        }
        return false;
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    quint16 port() const { return m_port; }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

// nginx between the listener and a server.
class tst_Proxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void everyEventArrivesThroughAProxy_data();
    void everyEventArrivesThroughAProxy();
    void resumesWhenTheServerWasKilled_data();
    void resumesWhenTheServerWasKilled();
    void resumesWhenTheProxyHadNoPatience();
    void aBufferingProxyHoldsEventsBack_data();
    void aBufferingProxyHoldsEventsBack();
    void compressedEventsArriveWhenFlushed();

private:
    QUrl url(const QString &path) const
    {
        return QUrl(u"http://127.0.0.1:%1/%2"_s.arg(m_nginx.port()).arg(path));
    }
    static QList<int> numbers(int count)
    {
        QList<int> result(count);
        std::iota(result.begin(), result.end(), 1);
        return result;
    }
    // Writes down what comes.
    void prepare(EventSourceListener *listener)
    {
        listener->reconnect()->setInitialDelay(100);
        listener->reconnect()->setMultiplier(1);
        connect(listener, &EventSourceListener::message, this,
                [this](const EventSourceEvent &event) {
                    m_received.append(event.data().toObject().value("n"_L1).toInt(-1));
                });
    }

    NodeServer m_node;
    ScriptedServer m_backend;
    NginxServer m_nginx;
    QList<int> m_received;
};

void tst_Proxies::initTestCase()
{
    QVERIFY(m_node.start());
    QVERIFY2(m_nginx.start(QStringLiteral(PROXIES_CONFIGURATION),
                           {{"NODE", QByteArray::number(m_node.port())},
                            {"BACKEND", QByteArray::number(m_backend.port())}}),
             qPrintable(m_nginx.problem()));
}

void tst_Proxies::init()
{
    m_received.clear();
}

void tst_Proxies::everyEventArrivesThroughAProxy_data()
{
    QTest::addColumn<QString>("location");
    QTest::newRow("buffering off") << u"direct"_s;
    QTest::newRow("buffering on, which the server declines") << u"polite"_s;
}

void tst_Proxies::everyEventArrivesThroughAProxy()
{
    QFETCH(QString, location);
    EventSourceListener listener;
    prepare(&listener);
    listener.setUrl(url(location + u"/numbers?count=300"_s));
    QVERIFY(waitFor([&] { return m_received.size() >= 300; }));
    QCOMPARE(m_received, numbers(300));

    // One event, after which the server is silent: nothing pushes it out of a buffer.
    m_received.clear();
    listener.setUrl(url(location + u"/one"_s));
    QVERIFY(waitFor([&] { return !m_received.isEmpty(); }));
    QCOMPARE(m_received, QList<int> {1});
}

void tst_Proxies::resumesWhenTheServerWasKilled_data()
{
    QTest::addColumn<bool>("proxy");
    QTest::newRow("no proxy, which refuses connections") << false;
    QTest::newRow("a proxy, which answers 502") << true;
}

void tst_Proxies::resumesWhenTheServerWasKilled()
{
    QFETCH(bool, proxy);
    constexpr int count = 600;
    EventSourceListener listener;
    prepare(&listener);
    QList<int> killAfter {100, 350};
    int errors = 0;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        // Back only after the listener has noticed.
        if (++errors == 2) {
            QVERIFY(error.willRetry());
            QVERIFY(m_node.start());
        }
    });
    listener.setUrl(
            proxy ? url(u"direct/numbers?count=%1"_s.arg(count))
                  : QUrl(u"http://127.0.0.1:%1/numbers?count=%2"_s.arg(m_node.port()).arg(count)));
    while (!killAfter.isEmpty()) {
        const int mark = killAfter.takeFirst();
        QVERIFY(waitFor([&] { return m_received.size() >= mark; }));
        errors = 0;
        m_node.kill();
        QVERIFY(waitFor([&] { return errors >= 2; }));
    }
    QVERIFY(waitFor([&] { return m_received.size() >= count; }));
    QCOMPARE(m_received, numbers(count));
}

void tst_Proxies::resumesWhenTheProxyHadNoPatience()
{
    EventSourceListener listener;
    prepare(&listener);
    QList<int> errors;
    connect(&listener, &EventSourceListener::error, this,
            [&](const EventSourceError &error) { errors.append(error.code()); });
    listener.setUrl(url(u"impatient/one"_s));
    // One event for each connection, and then silence until the proxy closes it.
    QVERIFY(waitFor([&] { return m_received.size() >= 4; }));
    listener.stopListening();
    QCOMPARE(m_received, numbers(4));
    for (int code : std::as_const(errors))
        QCOMPARE(code, int(EventSourceListener::NetworkError));
}

void tst_Proxies::aBufferingProxyHoldsEventsBack_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<bool>("chunked");
    // Chunks pass through nginx one by one, also when it buffers, unless it compresses them.
    QTest::newRow("a body that ends with the connection") << u"buffering"_s << false;
    QTest::newRow("compressed by the proxy") << u"buffering-gzip"_s << true;
}

void tst_Proxies::aBufferingProxyHoldsEventsBack()
{
    QFETCH(QString, location);
    QFETCH(bool, chunked);
    EventSourceListener listener;
    prepare(&listener);
    listener.setUrl(url(location + u"/stream"_s));
    Exchange *exchange = m_backend.take();
    QVERIFY(exchange);
    const auto send = [&](const QByteArray &bytes) {
        chunked ? exchange->sendChunk(bytes) : exchange->send(bytes);
    };
    if (chunked)
        exchange->sendHead();
    else
        exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    for (int i = 1; i <= 3; ++i)
        send("data: {\"n\":" + QByteArray::number(i) + "}\n\n");
    // Another stream passes by; not even the head of this one does.
    EventSourceListener other(url(u"direct/numbers?count=300"_s));
    int others = 0;
    connect(&other, &EventSourceListener::message, this, [&] { ++others; });
    QVERIFY(waitFor([&] { return others == 300; }));
    QCOMPARE(m_received, QList<int>());
    QCOMPARE(listener.status(), EventSourceListener::Connecting);

    // What fills the buffers lets them go, and none is lost.
    QByteArray filler(300000, '\0');
    QRandomGenerator random(1);
    std::generate(filler.begin(), filler.end(), [&] { return char('0' + random.bounded(64)); });
    send("data: {\"n\":4}\n\n:" + filler + "\n");
    QVERIFY(waitFor([&] { return m_received.size() >= 4; }));
    QCOMPARE(m_received, numbers(4));
    QCOMPARE(listener.status(), EventSourceListener::Open);
}

void tst_Proxies::compressedEventsArriveWhenFlushed()
{
    CuttingProxy wire(m_nginx.port());
    QUrl address = url(u"gzip/stream"_s);
    address.setPort(wire.serverPort());
    EventSourceListener listener;
    prepare(&listener);
    listener.setUrl(address);
    Exchange *exchange = m_backend.take();
    QVERIFY(exchange);
    exchange->sendHead();
    // The next one is sent when the last one has arrived: what is held back would stop this.
    constexpr int count = 300;
    for (int i = 1; i <= count; ++i) {
        exchange->sendChunk("data: {\"n\":" + QByteArray::number(i) + ",\"fill\":\""
                            + QByteArray(1000, 'x') + "\"}\n\n");
        QVERIFY(waitFor([&] { return m_received.size() >= i; }));
    }
    QCOMPARE(m_received, numbers(count));
    QVERIFY(wire.responses().first().toLower().contains("content-encoding: gzip"));
}

QTEST_GUILESS_MAIN(tst_Proxies)
#include "tst_proxies.moc"
