// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"
#include "recorder.h"
#include "scriptedserver.h"
#include "testauthority.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtNetwork/qsslerror.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

// https with certificates of an authority that only this test knows.
class tst_Tls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void refusesABadCertificate_data();
    void refusesABadCertificate();
    void trustsByTheDefaultConfiguration();
    void trustsByTheListenersConfiguration();
    void doesNotLendItsTrust();
    void succeedsOnceTheAuthorityIsTrusted_data();
    void succeedsOnceTheAuthorityIsTrusted();
    void usesANewConfigurationAtTheNextAttempt();
    void resumesWhereTlsBreaksOff_data();
    void resumesWhereTlsBreaksOff();
    void neverFallsBackToHttp_data();
    void neverFallsBackToHttp();
    void dropsHeadersOnTheWayToHttps();
    void keepsHeadersAtTheSameOrigin();
    void opensManyWhereHttp2IsNotSpoken();

private:
    static void prepare(EventSourceListener *listener)
    {
        listener->setFormat(EventSourceListener::Text);
        listener->reconnect()->setInitialDelay(100);
        listener->reconnect()->setMultiplier(1);
    }

    const QSslConfiguration m_default = QSslConfiguration::defaultConfiguration();
    TestAuthority m_authority;
    TestAuthority m_stranger;
    TestAuthority::Identity m_good;
};

void tst_Tls::initTestCase()
{
    QVERIFY2(m_authority.create(), qPrintable(m_authority.problem()));
    QVERIFY2(m_stranger.create(), qPrintable(m_stranger.problem()));
    m_good = m_authority.issue(u"good"_s, u"IP:127.0.0.1"_s);
    QVERIFY2(m_authority.problem().isEmpty(), qPrintable(m_authority.problem()));
}

void tst_Tls::init()
{
    QSslConfiguration::setDefaultConfiguration(m_authority.trustingConfiguration());
}

void tst_Tls::cleanup()
{
    QSslConfiguration::setDefaultConfiguration(m_default);
}

void tst_Tls::refusesABadCertificate_data()
{
    QTest::addColumn<TestAuthority::Identity>("identity");
    QTest::addColumn<QSslError::SslError>("expected");

    QTest::newRow("expired") << m_authority.issue(u"expired"_s, u"IP:127.0.0.1"_s, -1)
                             << QSslError::CertificateExpired;
    QTest::newRow("another host's") << m_authority.issue(u"elsewhere"_s, u"DNS:elsewhere.example"_s)
                                    << QSslError::HostNameMismatch;
    QTest::newRow("another authority's") << m_stranger.issue(u"stranger"_s, u"IP:127.0.0.1"_s)
                                         << QSslError::UnableToGetLocalIssuerCertificate;
    QTest::newRow("self-signed") << m_authority.issueSelfSigned(u"self"_s, u"IP:127.0.0.1"_s)
                                 << QSslError::SelfSignedCertificate;
    QVERIFY2(m_authority.problem().isEmpty(), qPrintable(m_authority.problem()));
    QVERIFY2(m_stranger.problem().isEmpty(), qPrintable(m_stranger.problem()));
}

void tst_Tls::refusesABadCertificate()
{
    QFETCH(TestAuthority::Identity, identity);
    QFETCH(QSslError::SslError, expected);

    ScriptedServer server;
    server.setSslConfiguration(identity.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setHeaders({{u"Authorization"_s, u"Bearer secret"_s}});
    listener.setUrl(server.url());

    QCOMPARE(recorder.take(1), QStringList {u"SslError, retries"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(QSslError(expected).errorString()),
             qPrintable(error.message()));
    QVERIFY(error.willRetry());
    QVERIFY(error.retryIn() >= 0);
    QCOMPARE(listener.errorString(), error.message());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QVERIFY(listener.isActive());

    // Tried again, and refused again.
    QCOMPARE(recorder.take(1), QStringList {u"SslError, retries"_s});
    QTRY_VERIFY(server.connectionCount() >= 2);
    listener.stopListening();
    QVERIFY(!server.hasReceivedBytes());
    QCOMPARE(server.requestCount(), 0);
}

void tst_Tls::trustsByTheDefaultConfiguration()
{
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: hello\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: hello #1"_s}));
    QCOMPARE(listener.lastEvent().origin(), server.url().toString(QUrl::RemovePath));
}

void tst_Tls::trustsByTheListenersConfiguration()
{
    QSslConfiguration::setDefaultConfiguration(m_default);
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setSslConfiguration(m_authority.trustingConfiguration());
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: hello\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: hello"_s}));
}

// QNetworkAccessManager goes by the host alone when it looks for a connection that it has.
void tst_Tls::doesNotLendItsTrust()
{
    QSslConfiguration::setDefaultConfiguration(m_default);
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener trusting;
    prepare(&trusting);
    Recorder first(&trusting);
    trusting.setSslConfiguration(m_authority.trustingConfiguration());
    trusting.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: hello\n\n");
    QCOMPARE(first.take(2), (QStringList {u"opened"_s, u"message: hello"_s}));

    EventSourceListener other;
    prepare(&other);
    Recorder second(&other);
    other.setUrl(server.url());
    QCOMPARE(second.take(1), QStringList {u"SslError, retries"_s});
    other.stopListening();
    QCOMPARE(server.requestCount(), 1);

    // Nor does a connection that was left behind and could be used once more.
    exchange->end();
    QTRY_COMPARE(trusting.status(), EventSourceListener::Waiting);
    trusting.stopListening();
    other.startListening();
    QCOMPARE(second.take(1), QStringList {u"SslError, retries"_s});
    other.stopListening();
    QCOMPARE(server.requestCount(), 1);
}

void tst_Tls::succeedsOnceTheAuthorityIsTrusted_data()
{
    QTest::addColumn<bool>("byDefault");
    QTest::newRow("by the default") << true;
    QTest::newRow("by the listener") << false;
}

void tst_Tls::succeedsOnceTheAuthorityIsTrusted()
{
    QFETCH(bool, byDefault);
    QSslConfiguration::setDefaultConfiguration(m_default);
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setUrl(server.url());
    QCOMPARE(recorder.take(1), QStringList {u"SslError, retries"_s});

    if (byDefault)
        QSslConfiguration::setDefaultConfiguration(m_authority.trustingConfiguration());
    else
        listener.setSslConfiguration(m_authority.trustingConfiguration());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: hello\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: hello"_s}));
}

void tst_Tls::usesANewConfigurationAtTheNextAttempt()
{
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setSslConfiguration(m_authority.trustingConfiguration());
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: hello\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: hello"_s}));

    listener.setSslConfiguration(m_default);
    exchange->end(); // and leaves a connection that could be used once more
    QCOMPARE(recorder.take(1), QStringList {u"SslError, retries"_s});
    listener.stopListening();
    QCOMPARE(server.requestCount(), 1);
}

void tst_Tls::resumesWhereTlsBreaksOff_data()
{
    QTest::addColumn<CuttingProxy::Cut>("cut");
    QTest::addColumn<bool>("insideRecord");
    QTest::addColumn<bool>("chunked");

    QTest::newRow("closed without a close_notify") << CuttingProxy::Close << false << true;
    QTest::newRow("closed inside a record") << CuttingProxy::Close << true << true;
    QTest::newRow("reset between records") << CuttingProxy::Reset << false << true;
    QTest::newRow("reset inside a record") << CuttingProxy::Reset << true << true;
    QTest::newRow("a body that ends with the connection, without a close_notify")
            << CuttingProxy::Close << false << false;
    QTest::newRow("a body that ends with the connection, inside a record")
            << CuttingProxy::Close << true << false;
}

void tst_Tls::resumesWhereTlsBreaksOff()
{
    QFETCH(CuttingProxy::Cut, cut);
    QFETCH(bool, insideRecord);
    QFETCH(bool, chunked);

    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    CuttingProxy proxy(server.port());
    QUrl url = server.url();
    url.setPort(proxy.serverPort());
    EventSourceListener listener;
    prepare(&listener);
    QStringList messages;
    connect(&listener, &EventSourceListener::message, this,
            [&](const EventSourceEvent &event) { messages.append(event.lastEventId()); });
    QList<int> errors;
    connect(&listener, &EventSourceListener::error, this,
            [&](const EventSourceError &error) { errors.append(error.code()); });
    listener.setUrl(url);

    Exchange *exchange = server.take();
    QVERIFY(exchange);
    if (chunked)
        exchange->sendStream("id: 1\ndata: one\n\n");
    else
        exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                       "id: 1\ndata: one\n\n");
    QTRY_COMPARE(messages, QStringList {u"1"_s});
    proxy.cutOpenConnections(cut, insideRecord ? 100 : 0);
    if (insideRecord) {
        const QByteArray event = "id: 2\ndata: " + QByteArray(500, 'x') + "\n\n";
        chunked ? exchange->sendChunk(event) : exchange->send(event);
    }

    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "1");
    exchange->sendStream("id: 2\ndata: two\n\n");
    QTRY_COMPARE(messages, (QStringList {u"1"_s, u"2"_s}));
    // Reported as a broken connection or, where Qt does not notice it, as a clean end.
    for (int code : std::as_const(errors))
        QCOMPARE(code, int(EventSourceListener::NetworkError));
    QVERIFY(errors.size() <= 1);
}

void tst_Tls::neverFallsBackToHttp_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const char *status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect",
                               "308 Permanent Redirect"})
        QTest::newRow(status) << QByteArray(status);
}

void tst_Tls::neverFallsBackToHttp()
{
    QFETCH(QByteArray, status);
    ScriptedServer plain;
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status, "Location: " + plain.url().toEncoded() + "\r\n");

    QCOMPARE(recorder.take(1), QStringList {u"InsecureRedirectError"_s});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    // What comes after a redirect that was followed would be there before this.
    EventSourceListener mark(plain.url(u"/mark"_s));
    exchange = plain.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/mark");
    QCOMPARE(plain.connectionCount(), 1);
}

void tst_Tls::dropsHeadersOnTheWayToHttps()
{
    ScriptedServer plain;
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setHeaders({{u"Authorization"_s, u"Bearer secret"_s}, {u"X-Tenant"_s, u"7"_s}});
    listener.setUrl(plain.url());
    listener.setLastEventId(u"41"_s);
    Exchange *exchange = plain.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer secret");
    exchange->sendAnswer("302 Found",
                         "Set-Cookie: session=1\r\nLocation: " + server.url().toEncoded() + "\r\n");

    exchange = server.take();
    QVERIFY(exchange);
    QVERIFY(exchange->header("Authorization").isEmpty());
    QVERIFY(exchange->header("X-Tenant").isEmpty());
    QCOMPARE(exchange->header("Last-Event-ID"), "41");
    exchange->sendStream("id: 42\ndata: safe\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: safe #42"_s}));
    QCOMPARE(listener.lastEvent().origin(), server.url().toString(QUrl::RemovePath));
}

void tst_Tls::keepsHeadersAtTheSameOrigin()
{
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setHeaders({{u"Authorization"_s, u"Bearer secret"_s}});
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("307 Temporary Redirect", "Location: /other\r\n");
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/other");
    QCOMPARE(exchange->header("Authorization"), "Bearer secret");
    exchange->sendStream("data: same\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: same"_s}));
}

// The places on a connection that http2 counts on are not there, and requests beyond the sixth would
// wait for ever.
void tst_Tls::opensManyWhereHttp2IsNotSpoken()
{
    ScriptedServer server;
    server.setSslConfiguration(m_good.sslConfiguration());
    server.setHandler([](Exchange *exchange) { exchange->sendHead(); });
    std::vector<std::unique_ptr<EventSourceListener>> listeners;
    const auto listen = [&] {
        listeners.push_back(std::make_unique<EventSourceListener>(server.url()));
        listeners.back()->setHttp2(true);
    };
    const auto allAreOpen = [&] {
        return std::all_of(listeners.begin(), listeners.end(), [](const auto &listener) {
            return listener->status() == EventSourceListener::Open;
        });
    };
    for (int i = 0; i < 20; ++i)
        listen();
    QTRY_VERIFY_WITH_TIMEOUT(allAreOpen(), 15000);
    // Whoever comes later does not wait either.
    listen();
    QTRY_VERIFY_WITH_TIMEOUT(allAreOpen(), 15000);
}

QTEST_GUILESS_MAIN(tst_Tls)
#include "tst_tls.moc"
