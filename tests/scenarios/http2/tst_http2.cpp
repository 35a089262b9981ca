// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"
#include "hubpublisher.h"
#include "nginxserver.h"
#include "processfigures.h"
#include "scriptedserver.h"
#include "testauthority.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qset.h>
#include <QtCore/qthread.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <vector>

using namespace Qt::StringLiterals;

// nginx speaks TLS with HTTP/2, as a hub and as a proxy before a server that this test controls.
class tst_Http2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();

    void everyMessageArrivesOnce_data();
    void everyMessageArrivesOnce();
    void manyStreamsShareAConnection();
    void opensMoreStreamsThanAConnectionMayCarry();
    void oneStreamIsResetAndTheOthersStay();
    void comesBackAfterTheServerSaidGoodbye();
    void movesToTheNewServerOnReload();
    void leavesFloodsInTheSocketOnlyWithoutHttp2();

private:
    bool startNginx(int requests = 1000, int streams = 128, quint16 backend = 0);
    QUrl streamUrl() const
    {
        return QUrl(u"https://127.0.0.1:%1/stream"_s.arg(m_nginx->tlsPort()));
    }
    static std::unique_ptr<EventSourceListener> makeListener(const QUrl &url);
    QSet<QByteArray> connections() const
    {
        QSet<QByteArray> result;
        for (Exchange *exchange : m_exchanges)
            result.insert(exchange->header("X-Connection"));
        return result;
    }

    const QSslConfiguration m_default = QSslConfiguration::defaultConfiguration();
    TestAuthority m_authority;
    TestAuthority::Identity m_identity;
    std::unique_ptr<ScriptedServer> m_backend;
    QList<QPointer<Exchange>> m_exchanges;
    std::unique_ptr<NginxServer> m_nginx;
};

void tst_Http2::initTestCase()
{
    QVERIFY2(m_authority.create(), qPrintable(m_authority.problem()));
    m_identity = m_authority.issue(u"nginx"_s, u"IP:127.0.0.1"_s);
    QVERIFY2(m_authority.problem().isEmpty(), qPrintable(m_authority.problem()));
    QSslConfiguration::setDefaultConfiguration(m_authority.trustingConfiguration());
}

void tst_Http2::cleanupTestCase()
{
    QSslConfiguration::setDefaultConfiguration(m_default);
}

void tst_Http2::init()
{
    // Numbered events: one for each request, after the last that the client has.
    m_exchanges.clear();
    m_backend = std::make_unique<ScriptedServer>();
    m_backend->setHandler([this](Exchange *exchange) {
        m_exchanges.append(exchange);
        const int next = exchange->header("Last-Event-ID").toInt() + 1;
        exchange->sendStream("id: " + QByteArray::number(next) + "\ndata: 1\n\n");
    });
}

void tst_Http2::cleanup()
{
    if (QTest::currentTestFailed() && m_nginx)
        qWarning("nginx: %s", m_nginx->log().constData());
    m_nginx.reset();
    m_backend.reset();
}

bool tst_Http2::startNginx(int requests, int streams, quint16 backend)
{
    m_nginx = std::make_unique<NginxServer>();
    if (m_nginx->start(QStringLiteral(HTTP2_CONFIGURATION),
                       {{"CERTIFICATE", m_identity.certificateFile.toLocal8Bit()},
                        {"KEY", m_identity.keyFile.toLocal8Bit()},
                        {"REQUESTS", QByteArray::number(requests)},
                        {"STREAMS", QByteArray::number(streams)},
                        {"BACKEND", QByteArray::number(backend ? backend : m_backend->port())}}))
        return true;
    qWarning("%s", qPrintable(m_nginx->problem()));
    return false;
}

std::unique_ptr<EventSourceListener> tst_Http2::makeListener(const QUrl &url)
{
    auto listener = std::make_unique<EventSourceListener>();
    listener->setHttp2(true);
    listener->reconnect()->setInitialDelay(100);
    listener->reconnect()->setMultiplier(1);
    listener->setUrl(url);
    return listener;
}

void tst_Http2::everyMessageArrivesOnce_data()
{
    QTest::addColumn<bool>("http2");
    QTest::addColumn<CuttingProxy::Cut>("cut");
    QTest::newRow("HTTP/1.1, closed") << false << CuttingProxy::Close;
    QTest::newRow("HTTP/1.1, reset") << false << CuttingProxy::Reset;
    QTest::newRow("HTTP/2, closed") << true << CuttingProxy::Close;
    QTest::newRow("HTTP/2, reset") << true << CuttingProxy::Reset;
}

void tst_Http2::everyMessageArrivesOnce()
{
    QFETCH(bool, http2);
    QFETCH(CuttingProxy::Cut, cut);
    constexpr int count = 600;
    constexpr int ahead = 20;

    QVERIFY(startNginx());
    HubPublisher publisher(m_nginx->port(), u"channel"_s);
    CuttingProxy proxy(m_nginx->tlsPort());
    // Handshake and head take about 3000 bytes, an event about 150.
    QList<qint64> cutAfter {20011, 30029, -1};
    proxy.setCut(cut, cutAfter.takeFirst());
    QList<int> received;
    EventSourceListener listener;
    listener.setHttp2(http2);
    listener.reconnect()->setInitialDelay(100);
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        received.append(event.data().toObject().value("n"_L1).toInt(-1));
        // Only a little ahead, so that the connection is cut among events of that moment.
        publisher.publishUpTo(qMin(int(received.size()) + ahead, count));
    });
    int gaps = 0;
    connect(&listener, &EventSourceListener::statusChanged, this, [&] {
        if (listener.status() != EventSourceListener::Waiting)
            return;
        ++gaps;
        if (!cutAfter.isEmpty())
            proxy.setCut(cut, cutAfter.takeFirst());
    });
    listener.setUrl(QUrl(u"https://127.0.0.1:%1/events?channel=channel"_s.arg(proxy.serverPort())));

    publisher.publishUpTo(ahead);
    QVERIFY2(waitFor([&] { return publisher.published() == count; }), publisher.problem());
    // One more as a mark: what would come twice after the last message would stand before it.
    publisher.publishUpTo(count + 1);
    QVERIFY(waitFor([&] { return !received.isEmpty() && received.last() == count; }));
    QList<int> expected(count + 1);
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(received, expected);
    QVERIFY(gaps >= 2);
    QVERIFY(proxy.cuts() >= 2);
}

void tst_Http2::manyStreamsShareAConnection()
{
    QVERIFY(startNginx());
    constexpr int count = 60;
    std::vector<std::unique_ptr<EventSourceListener>> listeners;
    int received = 0;
    for (int i = 0; i < count; ++i) {
        listeners.push_back(makeListener(streamUrl()));
        connect(listeners.back().get(), &EventSourceListener::message, this, [&] { ++received; });
    }
    QTRY_COMPARE_WITH_TIMEOUT(received, count, 20000);
    QCOMPARE(m_exchanges.size(), count);
    QCOMPARE(m_exchanges.first()->header("X-Protocol"), "HTTP/2.0");
    QCOMPARE(connections().size(), 1);

    for (Exchange *exchange : std::as_const(m_exchanges))
        exchange->sendChunk("id: 2\ndata: 2\n\n");
    QTRY_COMPARE_WITH_TIMEOUT(received, 2 * count, 20000);
}

void tst_Http2::opensMoreStreamsThanAConnectionMayCarry()
{
    QVERIFY(startNginx(1000, 128));
    constexpr int count = 150;
    std::vector<std::unique_ptr<EventSourceListener>> listeners;
    int received = 0;
    for (int i = 0; i < count; ++i) {
        listeners.push_back(makeListener(streamUrl()));
        connect(listeners.back().get(), &EventSourceListener::message, this, [&] { ++received; });
    }
    QTRY_COMPARE_WITH_TIMEOUT(received, count, 20000);
    QCOMPARE(m_exchanges.size(), count);
    QCOMPARE(connections().size(), 2);
}

void tst_Http2::oneStreamIsResetAndTheOthersStay()
{
    QVERIFY(startNginx());
    const auto first = makeListener(streamUrl());
    QTRY_COMPARE(m_exchanges.size(), 1);
    const auto second = makeListener(streamUrl());
    QTRY_COMPARE(m_exchanges.size(), 2);
    QTRY_COMPARE(first->lastEventId(), u"1"_s);
    QTRY_COMPARE(second->lastEventId(), u"1"_s);
    QList<int> errors;
    connect(first.get(), &EventSourceListener::error, this,
            [&](const EventSourceError &error) { errors.append(error.code()); });
    int otherChanges = 0;
    connect(second.get(), &EventSourceListener::statusChanged, this, [&] { ++otherChanges; });

    // nginx cannot continue this response, and resets the one stream. It says so with the next
    // bytes that it has for any stream of the connection.
    m_exchanges.first()->reset();
    QTRY_VERIFY(m_nginx->log().contains("while reading upstream"));
    m_exchanges.at(1)->sendChunk("id: 7\ndata: 7\n\n");
    QTRY_COMPARE(m_exchanges.size(), 3);
    QCOMPARE(m_exchanges.last()->header("Last-Event-ID"), "1");
    QTRY_COMPARE(first->lastEventId(), u"2"_s);
    QCOMPARE(errors, QList<int> {EventSourceListener::NetworkError});
    QTRY_COMPARE(second->lastEventId(), u"7"_s);
    QCOMPARE(otherChanges, 0);
    QCOMPARE(connections().size(), 1);
}

void tst_Http2::comesBackAfterTheServerSaidGoodbye()
{
    constexpr int requests = 5;
    QVERIFY(startNginx(requests));
    const auto patient = makeListener(streamUrl());
    QTRY_COMPARE(patient->lastEventId(), u"1"_s);
    const auto restless = makeListener(streamUrl());
    QTRY_COMPARE(restless->lastEventId(), u"1"_s);
    int patientChanges = 0;
    connect(patient.get(), &EventSourceListener::statusChanged, this, [&] { ++patientChanges; });
    restless->setConnectTimeout(1000);
    restless->setResponseTimeout(1000);
    QSet<int> errors;
    connect(restless.get(), &EventSourceListener::error, this,
            [&](const EventSourceError &error) { errors.insert(error.code()); });

    // After so many requests the server accepts no more on this connection (GOAWAY), but streams
    // that are open stay. QNAM reports nothing: the next one needs another connection.
    for (int i = 2; i < 3 * requests; ++i) {
        restless->restart();
        QTRY_COMPARE_WITH_TIMEOUT(restless->lastEventId(), QString::number(i), 20000);
    }
    QVERIFY((errors - QSet<int> {EventSourceListener::TimeoutError}).isEmpty());
    QVERIFY(connections().size() >= 3);
    QCOMPARE(patientChanges, 0);
    m_exchanges.first()->sendChunk("id: 99\ndata: 99\n\n");
    QTRY_COMPARE(patient->lastEventId(), u"99"_s);
}

void tst_Http2::movesToTheNewServerOnReload()
{
    QVERIFY(startNginx());
    const auto listener = makeListener(streamUrl());
    QTRY_COMPARE(listener->lastEventId(), u"1"_s);
    m_nginx->reload();
    QTRY_COMPARE_WITH_TIMEOUT(listener->lastEventId(), u"2"_s, 20000);
    QTRY_COMPARE(listener->status(), EventSourceListener::Open);
    QCOMPARE(m_exchanges.last()->header("Last-Event-ID"), "1");
    QCOMPARE(connections().size(), 2);
}

// The price of http2: what a handler has not taken yet is held in memory. Over HTTP/1.1, also with
// TLS, the server is slowed down.
void tst_Http2::leavesFloodsInTheSocketOnlyWithoutHttp2()
{
    constexpr qint64 MiB = 1024 * 1024;
    ThreadedServer server([&](ThreadedServer::Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        const QByteArray events =
                QByteArray("data: {\"n\":1,\"text\":\"0123456789\"}\n\n").repeated(400);
        while (peer.sendChunk(events)) { }
    });
    QVERIFY(startNginx(1000, 128, quint16(server.url().port())));
    for (const bool http2 : {false, true}) {
        auto listener = makeListener(streamUrl());
        listener->setHttp2(http2);
        int events = 0;
        connect(listener.get(), &EventSourceListener::message, this, [&] {
            if (++events % 20 == 0)
                QThread::usleep(1000); // the server is faster
        });
        const qint64 before = residentBytes();
        QElapsedTimer elapsed;
        elapsed.start();
        QTRY_VERIFY_WITH_TIMEOUT(events >= 50000, 60000);
        const qint64 growth = residentBytes() - before;
        qInfo("%s: memory grew by %.1f MiB in %.1f s", http2 ? "HTTP/2" : "HTTP/1.1",
              double(growth) / MiB, double(elapsed.elapsed()) / 1e3);
        if (!http2)
            QVERIFY2(growth < 16 * MiB, QByteArray::number(growth / MiB));
    }
}

QTEST_GUILESS_MAIN(tst_Http2)
#include "tst_http2.moc"
