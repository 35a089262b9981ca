// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "managerfactory.h"
#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceListener>

#include <QtNetwork/qnetworkcookie.h>
#include <QtNetwork/qnetworkcookiejar.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

// Sessions that a server keeps by cookies: each listener has its own, or that of its QML engine.
class tst_Cookies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsCookieHeadersApart();
    void keepsItsCookieHeaderBehindABalancer();
    void keepsItsCookieHeaderOverARedirect();
    void carriesNoCookieToAnotherOrigin_data();
    void carriesNoCookieToAnotherOrigin();
    void givesTwoListenersTwoJars();
    void keepsItsJarOverReconnects();
    void keepsItsJarOnManyManagers();
    void knowsTheLoginOfTheQmlEngine_data();
    void knowsTheLoginOfTheQmlEngine();
    void givesItsCookiesToTheQmlEngine();
    void leavesTheQmlEnginesJarAloneWithACookieHeader();
    void leavesCookiesToTheFactorysManager();

private:
    static void prepare(EventSourceListener *listener)
    {
        listener->setFormat(EventSourceListener::Text);
        listener->reconnect()->setInitialDelay(100);
        listener->reconnect()->setMultiplier(1);
    }
};

void tst_Cookies::keepsCookieHeadersApart()
{
    ScriptedServer server;
    EventSourceListener ada(server.url());
    prepare(&ada);
    ada.setHeaders({{u"Cookie"_s, u"session=ada"_s}});
    EventSourceListener bob(server.url());
    prepare(&bob);
    bob.setHeaders({{u"Cookie"_s, u"session=bob"_s}});
    for (int round = 0; round < 3; ++round) {
        QByteArrayList cookies;
        for (int i = 0; i < 2; ++i) {
            Exchange *exchange = server.take();
            QVERIFY(exchange);
            QCOMPARE(exchange->headerCount("Cookie"), 1);
            cookies.append(exchange->header("Cookie"));
            exchange->sendHead("200 OK",
                               "Content-Type: text/event-stream\r\n"
                               "Set-Cookie: session=server; Path=/\r\n");
            exchange->sendChunk("data: 1\n\n");
            exchange->end();
        }
        std::sort(cookies.begin(), cookies.end());
        QCOMPARE(cookies, (QByteArrayList {"session=ada", "session=bob"}));
    }
}

void tst_Cookies::keepsItsCookieHeaderBehindABalancer()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    listener.setHeaders({{u"Cookie"_s, u"session=abc"_s}});
    for (int attempt = 0; attempt < 3; ++attempt) {
        Exchange *exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->header("Cookie"), "session=abc");
        QCOMPARE(exchange->headerCount("Cookie"), 1);
        exchange->sendHead("200 OK",
                           "Content-Type: text/event-stream\r\n"
                           "Set-Cookie: lb=node7; Path=/\r\n");
        exchange->sendChunk("data: 1\n\n");
        exchange->end();
    }
}

void tst_Cookies::keepsItsCookieHeaderOverARedirect()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    listener.setHeaders({{u"Cookie"_s, u"session=abc"_s}});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("302 Found", "Set-Cookie: lb=node7; Path=/\r\nLocation: /other\r\n");
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/other");
    QCOMPARE(exchange->header("Cookie"), "session=abc");
    QCOMPARE(exchange->headerCount("Cookie"), 1);
}

// A jar knows hosts, but no ports.
void tst_Cookies::carriesNoCookieToAnotherOrigin_data()
{
    QTest::addColumn<QVariantMap>("headers");
    QTest::addColumn<bool>("ownFactory");
    QTest::newRow("set by the server") << QVariantMap() << false;
    QTest::newRow("set by the application")
            << QVariantMap {{u"Cookie"_s, u"session=abc"_s}} << false;
    QTest::newRow("in the jar of the application's manager") << QVariantMap() << true;
}

void tst_Cookies::carriesNoCookieToAnotherOrigin()
{
    QFETCH(QVariantMap, headers);
    QFETCH(bool, ownFactory);
    ScriptedServer server;
    ScriptedServer other;
    ManagerFactory factory;
    EventSourceListener listener(server.url());
    prepare(&listener);
    listener.setHeaders(headers);
    if (ownFactory)
        listener.setNetworkAccessManagerFactory(&factory);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("302 Found",
                         "Set-Cookie: secret=1; Path=/\r\nLocation: " + other.url().toEncoded()
                                 + "\r\n");
    exchange = other.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("Cookie"), 0);
    // Nor does the other origin set any.
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\n"
                       "Set-Cookie: foreign=1; Path=/\r\n");
    exchange->sendChunk("data: 1\n\n");
    exchange->end();
    exchange = server.take();
    QVERIFY(exchange);
    QVERIFY2(!exchange->header("Cookie").contains("foreign"), exchange->header("Cookie"));
}

void tst_Cookies::givesTwoListenersTwoJars()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        const QByteArray name = exchange->target().mid(1);
        exchange->sendHead("200 OK",
                           "Content-Type: text/event-stream\r\nSet-Cookie: " + name
                                   + "=1; Path=/\r\n");
        exchange->sendChunk("data: with " + exchange->header("Cookie") + "\n\n");
    });
    EventSourceListener ada(server.url(u"/ada"_s));
    prepare(&ada);
    Recorder adas(&ada);
    QCOMPARE(adas.take(2), (QStringList {u"opened"_s, u"message: with "_s}));
    EventSourceListener bob(server.url(u"/bob"_s));
    prepare(&bob);
    Recorder bobs(&bob);
    QCOMPARE(bobs.take(2), (QStringList {u"opened"_s, u"message: with "_s}));
    ada.restart();
    QCOMPARE(adas.take(2), (QStringList {u"opened"_s, u"message: with ada=1"_s}));
    bob.restart();
    QCOMPARE(bobs.take(2), (QStringList {u"opened"_s, u"message: with bob=1"_s}));
}

void tst_Cookies::keepsItsJarOverReconnects()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    QByteArray expected;
    for (int attempt = 0; attempt < 3; ++attempt) {
        Exchange *exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->header("Cookie"), expected);
        expected = "lb=node" + QByteArray::number(attempt);
        exchange->sendHead("200 OK",
                           "Content-Type: text/event-stream\r\nSet-Cookie: " + expected
                                   + "; Path=/\r\n");
        exchange->sendChunk("data: 1\n\n");
        exchange->end();
    }
}

// The six places of the manager that the first attempt used are taken when it comes back.
void tst_Cookies::keepsItsJarOnManyManagers()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    prepare(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\n"
                       "Set-Cookie: lb=node7; Path=/\r\n");
    QTRY_COMPARE(listener.status(), EventSourceListener::Open);
    listener.stopListening();
    std::vector<std::unique_ptr<EventSourceListener>> others;
    for (int i = 0; i < 8; ++i) {
        others.push_back(std::make_unique<EventSourceListener>(server.url(u"/other"_s)));
        exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->target(), "/other");
        QCOMPARE(exchange->headerCount("Cookie"), 0);
        exchange->sendStream("data: 1\n\n");
    }
    listener.startListening();
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/stream");
    QCOMPARE(exchange->header("Cookie"), "lb=node7");
}

namespace {

// A QML document with a listener and a function that sends an ordinary request.
class Page
{
public:
    explicit Page(const QUrl &address, QQmlNetworkAccessManagerFactory *factory = nullptr)
    {
        m_engine.setNetworkAccessManagerFactory(factory);
        QQmlComponent component(&m_engine);
        component.setData(R"(
            import QtQml
            import EventSource
            QtObject {
                property string address
                property string answer
                property EventSourceListener listener: EventSourceListener {
                    lazy: true
                    url: address + "stream"
                }
                function request(path) {
                    const xhr = new XMLHttpRequest
                    xhr.onreadystatechange = () => {
                        if (xhr.readyState === XMLHttpRequest.DONE)
                            answer = xhr.responseText
                    }
                    xhr.open("GET", address + path)
                    xhr.send()
                }
            })",
                          {});
        object.reset(component.createWithInitialProperties({{u"address"_s, address.toString()}}));
        if (!object)
            qFatal("%s", qPrintable(component.errorString()));
    }

    EventSourceListener *listener() const
    {
        return object->property("listener").value<EventSourceListener *>();
    }
    void request(const QString &path)
    {
        QMetaObject::invokeMethod(object.get(), "request",
                                  Q_ARG(QVariant, QVariant::fromValue(path)));
    }

private:
    QQmlEngine m_engine;

public:
    std::unique_ptr<QObject> object;
};

} // namespace

void tst_Cookies::knowsTheLoginOfTheQmlEngine_data()
{
    QTest::addColumn<bool>("hasFactory");
    QTest::newRow("an engine with Qt's managers") << false;
    QTest::newRow("an engine with the application's managers") << true;
}

void tst_Cookies::knowsTheLoginOfTheQmlEngine()
{
    QFETCH(bool, hasFactory);
    ScriptedServer server;
    ManagerFactory factory;
    Page page(server.url(u"/"_s), hasFactory ? &factory : nullptr);
    page.request(u"login"_s);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/login");
    exchange->sendAnswer("200 OK", "Set-Cookie: session=abc; Path=/; HttpOnly\r\n", "welcome");
    QTRY_COMPARE(page.object->property("answer").toString(), u"welcome"_s);
    for (int attempt = 0; attempt < 2; ++attempt) {
        page.listener()->restart();
        exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->target(), "/stream");
        QCOMPARE(exchange->header("Cookie"), "session=abc");
    }
}

void tst_Cookies::givesItsCookiesToTheQmlEngine()
{
    ScriptedServer server;
    Page page(server.url(u"/"_s));
    page.listener()->startListening();
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\n"
                       "Set-Cookie: session=abc; Path=/\r\n");
    QTRY_COMPARE(page.listener()->status(), EventSourceListener::Open);
    page.request(u"data"_s);
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/data");
    QCOMPARE(exchange->header("Cookie"), "session=abc");
}

void tst_Cookies::leavesTheQmlEnginesJarAloneWithACookieHeader()
{
    ScriptedServer server;
    Page page(server.url(u"/"_s));
    page.listener()->setHeaders({{u"cookie"_s, u"mine=1"_s}});
    page.listener()->startListening();
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\n"
                       "Set-Cookie: session=abc; Path=/\r\n");
    QTRY_COMPARE(page.listener()->status(), EventSourceListener::Open);
    page.request(u"data"_s);
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/data");
    QCOMPARE(exchange->headerCount("Cookie"), 0);
}

void tst_Cookies::leavesCookiesToTheFactorysManager()
{
    ScriptedServer server;
    ManagerFactory factory;
    EventSourceListener listener(server.url());
    prepare(&listener);
    listener.setNetworkAccessManagerFactory(&factory);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\n"
                       "Set-Cookie: session=abc; Path=/\r\n");
    QTRY_COMPARE(listener.status(), EventSourceListener::Open);
    const QList<QNetworkCookie> cookies = factory.manager->cookieJar()->cookiesForUrl(server.url());
    QCOMPARE(cookies.size(), 1);
    QCOMPARE(cookies.first().name(), "session");
    listener.restart();
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Cookie"), "session=abc");
    QCOMPARE(factory.count, 1);
}

QTEST_GUILESS_MAIN(tst_Cookies)
#include "tst_cookies.moc"
