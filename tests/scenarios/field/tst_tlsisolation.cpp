// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"
#include "testauthority.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qfile.h>
#include <QtCore/qprocess.h>
#include <QtCore/qresource.h>
#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qsslkey.h>
#include <QtNetwork/qsslsocket.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

// What a listener trusts, and who it says it is, concerns its own server alone.
class tst_TlsIsolation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void presentsItsCertificateToItsOrigin();
    void presentsNoCertificateToAnotherOrigin();
    void presentsNoCertificateOfAnotherListener();
    void trustsItsCaCertificates_data();
    void trustsItsCaCertificates();
    void trustsThemInAdditionToItsConfiguration();
    void trustsThemForItselfAlone();
    void trustsThemFromQml();
    void sendsNothingWithoutThem_data();
    void sendsNothingWithoutThem();

private:
    static void prepare(EventSourceListener *listener)
    {
        listener->setFormat(EventSourceListener::Text);
        listener->reconnect()->setInitialDelay(100);
        listener->reconnect()->setMultiplier(1);
    }
    // Asks for a client certificate, and takes clients without one.
    QSslConfiguration asking() const
    {
        QSslConfiguration configuration = m_server.sslConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::QueryPeer);
        return configuration;
    }
    QSslConfiguration withClientCertificate() const
    {
        const QSslConfiguration client = m_client.sslConfiguration();
        QSslConfiguration configuration = m_authority.trustingConfiguration();
        configuration.setLocalCertificateChain(client.localCertificateChain());
        configuration.setPrivateKey(client.privateKey());
        return configuration;
    }
    // Of the client whose request this is.
    static QString presented(Exchange *exchange)
    {
        const auto *socket = qobject_cast<QSslSocket *>(exchange->parent());
        if (!socket)
            return u"no TLS"_s;
        return socket->peerCertificate().subjectInfo(QSslCertificate::CommonName).join(u' ');
    }
    QString written(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        file.write(bytes);
        return file.fileName();
    }

    QTemporaryDir m_folder;
    TestAuthority m_authority;
    TestAuthority::Identity m_server;
    TestAuthority::Identity m_client;
    QUrl m_certificates;
};

void tst_TlsIsolation::initTestCase()
{
    QVERIFY2(m_authority.create(), qPrintable(m_authority.problem()));
    m_server = m_authority.issue(u"server"_s, u"IP:127.0.0.1"_s);
    m_client = m_authority.issue(u"client"_s, u"DNS:client.example"_s);
    QVERIFY2(m_authority.problem().isEmpty(), qPrintable(m_authority.problem()));
    m_certificates = QUrl::fromLocalFile(
            written(u"authority file.pem"_s, m_authority.certificate().toPem()));
    // The same as a resource, which an application has from its build.
    written(u"authority.pem"_s, m_authority.certificate().toPem());
    const QString list = written(u"field.qrc"_s,
                                 "<RCC><qresource prefix=\"/field\"><file>authority.pem</file>"
                                 "</qresource></RCC>");
    const QString resources = m_folder.filePath(u"field.rcc"_s);
    QCOMPARE(QProcess::execute(QStringLiteral(RCC_PROGRAM),
                               {u"--binary"_s, u"-o"_s, resources, list}),
             0);
    QVERIFY(QResource::registerResource(resources));
}

void tst_TlsIsolation::presentsItsCertificateToItsOrigin()
{
    ScriptedServer server;
    server.setSslConfiguration(asking());
    EventSourceListener listener;
    prepare(&listener);
    listener.setSslConfiguration(withClientCertificate());
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(presented(exchange), u"client"_s);
    exchange->sendAnswer("302 Found", "Location: /other\r\n");
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/other");
    QCOMPARE(presented(exchange), u"client"_s);
}

void tst_TlsIsolation::presentsNoCertificateToAnotherOrigin()
{
    ScriptedServer server;
    ScriptedServer other;
    server.setSslConfiguration(asking());
    other.setSslConfiguration(asking());
    EventSourceListener listener;
    prepare(&listener);
    listener.setSslConfiguration(withClientCertificate());
    listener.setUrl(server.url());
    for (int attempt = 0; attempt < 2; ++attempt) {
        Exchange *exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(presented(exchange), u"client"_s);
        exchange->sendAnswer("302 Found", "Location: " + other.url().toEncoded() + "\r\n");
        exchange = other.take();
        QVERIFY(exchange);
        QCOMPARE(presented(exchange), QString());
        exchange->sendStream("data: 1\n\n");
        exchange->end();
    }
}

void tst_TlsIsolation::presentsNoCertificateOfAnotherListener()
{
    ScriptedServer server;
    server.setSslConfiguration(asking());
    EventSourceListener known;
    prepare(&known);
    known.setSslConfiguration(withClientCertificate());
    known.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(presented(exchange), u"client"_s);
    exchange->sendStream("data: 1\n\n");

    EventSourceListener stranger;
    prepare(&stranger);
    stranger.setCaCertificates(m_certificates);
    stranger.setUrl(server.url());
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(presented(exchange), QString());
}

void tst_TlsIsolation::trustsItsCaCertificates_data()
{
    QTest::addColumn<QUrl>("address");
    QTest::newRow("a file") << m_certificates;
    QTest::newRow("a resource") << QUrl(u"qrc:/field/authority.pem"_s);
    QTest::newRow("a resource, without the slash") << QUrl(u"qrc:field/authority.pem"_s);
}

void tst_TlsIsolation::trustsItsCaCertificates()
{
    QFETCH(QUrl, address);
    ScriptedServer server;
    server.setSslConfiguration(m_server.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setCaCertificates(address);
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY2(exchange, qPrintable(listener.errorString()));
    exchange->sendStream("data: safe\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: safe"_s}));
}

void tst_TlsIsolation::trustsThemInAdditionToItsConfiguration()
{
    TestAuthority second;
    QVERIFY2(second.create(), qPrintable(second.problem()));
    const TestAuthority::Identity identity = second.issue(u"second"_s, u"IP:127.0.0.1"_s);
    EventSourceListener listener;
    prepare(&listener);
    listener.setSslConfiguration(second.trustingConfiguration());
    listener.setCaCertificates(m_certificates);
    for (const TestAuthority::Identity &shown : {identity, m_server}) {
        ScriptedServer server;
        server.setSslConfiguration(shown.sslConfiguration());
        listener.setUrl(server.url());
        QVERIFY2(server.take(), qPrintable(listener.errorString()));
        listener.stopListening();
        listener.startListening();
    }
}

void tst_TlsIsolation::trustsThemForItselfAlone()
{
    ScriptedServer server;
    server.setSslConfiguration(m_server.sslConfiguration());
    EventSourceListener trusting;
    prepare(&trusting);
    Recorder first(&trusting);
    trusting.setCaCertificates(m_certificates);
    trusting.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: safe\n\n");
    QCOMPARE(first.take(2), (QStringList {u"opened"_s, u"message: safe"_s}));

    EventSourceListener other;
    prepare(&other);
    Recorder second(&other);
    other.setUrl(server.url());
    QCOMPARE(second.take(1), QStringList {u"SslError, retries"_s});
    QCOMPARE(server.requestCount(), 1);

    // It starts as soon as it trusts them, too, and ends its trust with the property.
    other.setCaCertificates(m_certificates);
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: safe\n\n");
    QCOMPARE(second.take(2), (QStringList {u"opened"_s, u"message: safe"_s}));
    other.setCaCertificates({});
    other.restart();
    QCOMPARE(second.take(1), QStringList {u"SslError, retries"_s});
    QCOMPARE(server.requestCount(), 2);
}

// A path beside the document is the usual way to name a file there.
void tst_TlsIsolation::trustsThemFromQml()
{
    written(u"beside.pem"_s, m_authority.certificate().toPem());
    ScriptedServer server;
    server.setSslConfiguration(m_server.sslConfiguration());
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import EventSource\nEventSourceListener { caCertificates: \"beside.pem\" }",
                      QUrl::fromLocalFile(m_folder.filePath(u"Page.qml"_s)));
    const std::unique_ptr<QObject> object(
            component.createWithInitialProperties({{u"url"_s, server.url()}}));
    QVERIFY2(object, qPrintable(component.errorString()));
    QVERIFY2(server.take(), qPrintable(object->property("errorString").toString()));
}

void tst_TlsIsolation::sendsNothingWithoutThem_data()
{
    QTest::addColumn<QUrl>("address");
    QTest::newRow("no such file") << QUrl::fromLocalFile(m_folder.filePath(u"missing.pem"_s));
    QTest::newRow("a folder") << QUrl::fromLocalFile(m_folder.path());
    QTest::newRow("an empty file") << QUrl::fromLocalFile(written(u"empty.pem"_s, {}));
    QTest::newRow("a file without a certificate")
            << QUrl::fromLocalFile(written(u"letter.pem"_s, "To whom it may concern\n"));
    QTest::newRow("a damaged certificate") << QUrl::fromLocalFile(written(
            u"damaged.pem"_s, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    QTest::newRow("a key") << QUrl::fromLocalFile(m_server.keyFile);
    QTest::newRow("no such resource") << QUrl(u"qrc:/field/missing.pem"_s);
    QTest::newRow("from the web") << QUrl(u"https://127.0.0.1/authority.pem"_s);
}

void tst_TlsIsolation::sendsNothingWithoutThem()
{
    QFETCH(QUrl, address);
    ScriptedServer server;
    server.setSslConfiguration(m_server.sslConfiguration());
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setCaCertificates(address);
    listener.setUrl(server.url());
    QCOMPARE(recorder.take(1), QStringList {u"InvalidRequestError"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY(!error.willRetry());
    QVERIFY2(error.message().contains(u"caCertificates"_s), qPrintable(error.message()));
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QVERIFY(listener.isActive());
    QCOMPARE(listener.retryIn(), -1);
    QCOMPARE(server.connectionCount(), 0);

    listener.setCaCertificates(m_certificates);
    Exchange *exchange = server.take();
    QVERIFY2(exchange, qPrintable(listener.errorString()));
    exchange->sendStream("data: safe\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: safe"_s}));
}

QTEST_GUILESS_MAIN(tst_TlsIsolation)
#include "tst_tlsisolation.moc"
