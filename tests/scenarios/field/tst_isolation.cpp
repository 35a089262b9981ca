// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkproxy.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// Listeners of one thread share managers, which store credentials and cookies: none of that may
// reach a request of another listener.
class tst_Isolation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersNo401WithAnothersPassword_data();
    void answersNo401WithAnothersPassword();
    void keepsPasswordsOfTwoUrlsApart();
    void forgetsThePasswordOfThePreviousUrl();
    void answersAChallengeWithTheUrlsPassword();
    void reportsAWrongPassword();
    void sendsTheUrlsPasswordWithABody();
    void keepsThePasswordOverARedirectWithABody();
    void keepsThePasswordOfARedirectToItself();
    void answersItsProxy();

private:
    static void prepare(EventSourceListener *listener)
    {
        listener->setFormat(EventSourceListener::Text);
        listener->reconnect()->setInitialDelay(100);
        listener->reconnect()->setMultiplier(1);
    }
    static QUrl withPassword(QUrl url, const QString &user = u"user"_s)
    {
        url.setUserInfo(user + u":pa55"_s);
        return url;
    }
    static QByteArray basic(const QByteArray &user = "user")
    {
        return "Basic " + (user + ":pa55").toBase64();
    }
    static void challenge(Exchange *exchange)
    {
        exchange->sendAnswer("401 Unauthorized",
                             "WWW-Authenticate: Basic realm=\"all\"\r\n"
                             "Content-Type: text/plain\r\n",
                             "who are you?");
    }
};

// Lets in who has the password of the URL, and collects what the others had.
class GuardedServer : public ScriptedServer
{
public:
    GuardedServer()
    {
        setHandler([this](Exchange *exchange) {
            const QByteArray sent = exchange->header("Authorization");
            authorizations.append(sent);
            if (!accepted.contains(sent)) {
                exchange->sendAnswer("401 Unauthorized",
                                     "WWW-Authenticate: Basic realm=\"all\"\r\n", "who are you?");
                return;
            }
            exchange->sendStream("data: for " + sent + "\n\n");
        });
    }

    QList<QByteArray> accepted;
    QList<QByteArray> authorizations;
};

void tst_Isolation::answersNo401WithAnothersPassword_data()
{
    QTest::addColumn<QVariantMap>("headers");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("an expired token") << QVariantMap {{u"Authorization"_s, u"Bearer expired"_s}}
                                      << QByteArray("Bearer expired");
    QTest::newRow("nothing") << QVariantMap() << QByteArray();
}

void tst_Isolation::answersNo401WithAnothersPassword()
{
    QFETCH(QVariantMap, headers);
    QFETCH(QByteArray, sent);
    GuardedServer server;
    server.accepted = {basic()};
    EventSourceListener known(withPassword(server.url()));
    prepare(&known);
    Recorder first(&known);
    QCOMPARE(first.take(2), (QStringList {u"opened"_s, u"message: for "_s + basic()}));
    server.authorizations.clear();

    EventSourceListener stranger(server.url());
    prepare(&stranger);
    stranger.setHeaders(headers);
    Recorder second(&stranger);
    QCOMPARE(second.take(1), QStringList {u"HttpStatusError"_s});
    const EventSourceError error = second.takeError();
    QCOMPARE(error.httpStatus(), 401);
    QCOMPARE(error.body(), u"who are you?"_s);
    QCOMPARE(stranger.status(), EventSourceListener::Waiting);
    QCOMPARE(server.authorizations, QList<QByteArray> {sent});
}

void tst_Isolation::keepsPasswordsOfTwoUrlsApart()
{
    GuardedServer server;
    server.accepted = {basic("ada"), basic("bob")};
    EventSourceListener ada(withPassword(server.url(), u"ada"_s));
    EventSourceListener bob(withPassword(server.url(), u"bob"_s));
    prepare(&ada);
    prepare(&bob);
    Recorder adas(&ada);
    Recorder bobs(&bob);
    QCOMPARE(adas.take(2), (QStringList {u"opened"_s, u"message: for "_s + basic("ada")}));
    QCOMPARE(bobs.take(2), (QStringList {u"opened"_s, u"message: for "_s + basic("bob")}));
}

void tst_Isolation::forgetsThePasswordOfThePreviousUrl()
{
    GuardedServer server;
    server.accepted = {basic()};
    EventSourceListener listener(withPassword(server.url()));
    prepare(&listener);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: for "_s + basic()}));
    server.authorizations.clear();

    listener.setUrl(server.url());
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(server.authorizations, QList<QByteArray> {QByteArray()});
}

void tst_Isolation::answersAChallengeWithTheUrlsPassword()
{
    ScriptedServer server;
    EventSourceListener listener(withPassword(server.url()));
    prepare(&listener);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    challenge(exchange);
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), basic());
    exchange->sendStream("data: in\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: in"_s}));
}

void tst_Isolation::reportsAWrongPassword()
{
    GuardedServer server;
    EventSourceListener listener(withPassword(server.url()));
    prepare(&listener);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), 401);
    QCOMPARE(error.body(), u"who are you?"_s);
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
}

void tst_Isolation::sendsTheUrlsPasswordWithABody()
{
    GuardedServer server;
    server.accepted = {basic()};
    EventSourceListener listener(withPassword(server.url()));
    prepare(&listener);
    listener.setMethod(u"POST"_s);
    listener.setBody(u"question"_s);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: for "_s + basic()}));
    QCOMPARE(server.authorizations, QList<QByteArray> {basic()}); // once, with it
}

void tst_Isolation::keepsThePasswordOverARedirectWithABody()
{
    ScriptedServer server;
    EventSourceListener listener(withPassword(server.url()));
    prepare(&listener);
    listener.setMethod(u"POST"_s);
    listener.setBody(u"question"_s);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("307 Temporary Redirect",
                         "Location: " + server.url(u"/other"_s).toEncoded() + "\r\n");
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/other");
    QCOMPARE(exchange->body(), "question");
    QCOMPARE(exchange->header("Authorization"), basic());
    exchange->sendStream("data: in\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: in"_s}));
}

// The address that a server redirects to may have a password as well.
void tst_Isolation::keepsThePasswordOfARedirectToItself()
{
    GuardedServer server;
    server.accepted = {basic()};
    ScriptedServer door;
    door.setHandler([&](Exchange *exchange) {
        exchange->sendAnswer("302 Found",
                             "Location: " + withPassword(server.url()).toEncoded() + "\r\n");
    });
    EventSourceListener known(door.url());
    prepare(&known);
    Recorder first(&known);
    QCOMPARE(first.take(2), (QStringList {u"opened"_s, u"message: for "_s + basic()}));
    server.authorizations.clear();

    EventSourceListener stranger(server.url());
    prepare(&stranger);
    Recorder second(&stranger);
    QCOMPARE(second.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(server.authorizations, QList<QByteArray> {QByteArray()});
}

// What keeps listeners apart must leave a proxy with a password usable.
void tst_Isolation::answersItsProxy()
{
    class ProxyFactory : public QQmlNetworkAccessManagerFactory
    {
    public:
        QNetworkAccessManager *create(QObject *parent) override
        {
            auto *manager = new QNetworkAccessManager(parent);
            manager->setProxy(proxy);
            return manager;
        }
        QNetworkProxy proxy;
    } factory;
    ScriptedServer server; // takes the part of the proxy
    factory.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, server.port(),
                                  u"user"_s, u"pa55"_s);
    EventSourceListener listener;
    prepare(&listener);
    Recorder recorder(&listener);
    listener.setNetworkAccessManagerFactory(&factory);
    listener.setUrl(QUrl(u"http://stream.example/stream"_s));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "http://stream.example/stream");
    if (exchange->header("Proxy-Authorization").isEmpty()) {
        exchange->sendAnswer("407 Proxy Authentication Required",
                             "Proxy-Authenticate: Basic realm=\"proxy\"\r\n", "who are you?");
        exchange = server.take();
        QVERIFY2(exchange, qPrintable(listener.errorString()));
    }
    QCOMPARE(exchange->header("Proxy-Authorization"), basic());
    exchange->sendStream("data: in\n\n");
    QCOMPARE(recorder.take(2), (QStringList {u"opened"_s, u"message: in"_s}));
}

QTEST_GUILESS_MAIN(tst_Isolation)
#include "tst_isolation.moc"
