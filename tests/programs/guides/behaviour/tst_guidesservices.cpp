// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guide.h"
#include "scriptedserver.h"
#include "testauthority.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>

#include <QtCore/qjsondocument.h>
#include <QtCore/qurlquery.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

// The samples of the guide to real services, with servers that speak as those do.
class tst_GuidesServices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void mercureResumesFromThePositionOfThePage();
    void mercureTakesTheCookieOfTheEngine();
    void hueTrustsTheAuthorityOfTheBridge();
    void hueRefusesAnotherName();
    void mastodonKeepsAllDigitsOfAnId();
    void mastodonIdsAreExactInTypedMessages();
    void mastodonDeletionsDoNotFindTheRowOfAModel();
    void mastodonLeavesTheTokenAtItsHost();
    void ntfyShowsMessagesOnly();
    void wikimediaGetsItsIdBack();
    void openHabHasJsonInJson();
    void firebaseKeepsACopy();
    void firebaseEndsWhenTheTokenIsRevoked();

private:
    EventSourceListener *create(const QString &heading, const QVariantMap &properties = {});
    EventSourceListener *createFrom(const QString &sample, const QVariantMap &properties = {});
    QString sampleOf(const QString &heading, const ScriptedServer &server) const
    {
        return withServer(guideSample(u"real-services"_s, heading, u"qml"_s), server.url());
    }
    QVariant value(const char *name) const { return m_object->property(name); }

    std::unique_ptr<QQmlEngine> m_engine;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QObject> m_object;
};

void tst_GuidesServices::init()
{
    m_object.reset();
    m_engine = std::make_unique<QQmlEngine>();
    m_server = std::make_unique<ScriptedServer>();
}

EventSourceListener *tst_GuidesServices::createFrom(const QString &sample,
                                                    const QVariantMap &properties)
{
    QQmlComponent component(m_engine.get());
    component.setData(sample.toUtf8(), QUrl(u"file:///sample/Main.qml"_s));
    m_object.reset(component.createWithInitialProperties(properties));
    if (!m_object)
        qWarning("%s", qPrintable(component.errorString()));
    return qobject_cast<EventSourceListener *>(m_object.get());
}

EventSourceListener *tst_GuidesServices::create(const QString &heading,
                                                const QVariantMap &properties)
{
    return createFrom(sampleOf(heading, *m_server), properties);
}

void tst_GuidesServices::mercureResumesFromThePositionOfThePage()
{
    QVERIFY(create(u"## Mercure"_s,
                   {{u"token"_s, u"jwt"_s}, {u"positionOfPage"_s, u"urn:uuid:1"_s}}));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(QUrlQuery(QUrl(QString::fromUtf8(exchange->target())))
                     .queryItemValue(u"topic"_s, QUrl::FullyDecoded),
             u"https://example.com/books/1"_s);
    QCOMPARE(exchange->header("Last-Event-ID"), "urn:uuid:1");
    QCOMPARE(exchange->header("Authorization"), "Bearer jwt");

    // The hub has all that follows: no warning.
    QTest::ignoreMessage(QtDebugMsg, "Book: {\"title\":\"A\"}");
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\nLast-Event-ID: urn:uuid:1\r\n");
    exchange->sendChunk("id: urn:uuid:2\ndata: {\"title\":\"A\"}\n\n");
    QTRY_COMPARE(value("lastEventId").toString(), u"urn:uuid:2"_s);

    // It has lost some.
    exchange->end();
    exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "urn:uuid:2");
    QTest::ignoreMessage(QtWarningMsg, "The hub cannot replay everything: load the book again.");
    exchange->sendHead("200 OK", "Content-Type: text/event-stream\r\nLast-Event-ID: earliest\r\n");
    exchange->sendChunk(":\n\n");
    QTRY_COMPARE(value("status").toInt(), int(EventSourceListener::Open));
}

void tst_GuidesServices::mercureTakesTheCookieOfTheEngine()
{
    QQmlComponent login(m_engine.get());
    login.setData("import QtQml\nQtObject { property bool isDone: false; property string url\n"
                  "Component.onCompleted: { const request = new XMLHttpRequest;\n"
                  "request.onloadend = () => isDone = true; request.open('POST', url);\n"
                  "request.onreadystatechange = () => isDone = request.readyState === 4;\n"
                  "request.send('user') } }",
                  {});
    const std::unique_ptr<QObject> session(
            login.createWithInitialProperties({{u"url"_s, m_server->url(u"/login"_s).toString()}}));
    QVERIFY2(session, qPrintable(login.errorString()));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendAnswer("200 OK", "Set-Cookie: mercureAuthorization=jwt; Path=/; HttpOnly\r\n");
    QTRY_VERIFY(session->property("isDone").toBool());

    QVERIFY(create(u"## Mercure"_s));
    exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Cookie"), "mercureAuthorization=jwt");
    QCOMPARE(exchange->headerCount("Authorization"), 0);
    QCOMPARE(exchange->headerCount("Last-Event-ID"), 0);
}

void tst_GuidesServices::hueTrustsTheAuthorityOfTheBridge()
{
    TestAuthority authority;
    QVERIFY2(authority.create(), qPrintable(authority.problem()));
    m_server->setSslConfiguration(
            authority.issue(u"bridge"_s, u"IP:127.0.0.1"_s).sslConfiguration());
    const QString sample = sampleOf(u"## Philips Hue bridge"_s, *m_server)
                                   .replace(u"url: \"http:"_s, u"url: \"https:"_s)
                                   .replace(u"Qt.resolvedUrl(\"hue-root.pem\")"_s,
                                            u"\"file:%1\""_s.arg(authority.certificateFile()));
    QVERIFY(createFrom(sample, {{u"applicationKey"_s, u"key"_s}}));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/eventstream/clip/v2");
    QCOMPARE(exchange->header("hue-application-key"), "key");

    QTest::ignoreMessage(QtDebugMsg, "light 1 {\"on\":true}");
    QTest::ignoreMessage(QtDebugMsg, "temperature 2 {}");
    exchange->sendStream(
            ": hi\n\nid: 1634576695:0\ndata: [{\"creationtime\":\"2021-10-18T17:04:55Z\","
            "\"data\":[{\"id\":\"1\",\"on\":{\"on\":true},\"type\":\"light\"},"
            "{\"id\":\"2\",\"type\":\"temperature\"}],\"id\":\"a\",\"type\":\"update\"},"
            "{\"data\":[{\"id\":\"3\",\"type\":\"scene\"}],\"id\":\"b\",\"type\":\"add\"}]\n\n");
    QTRY_COMPARE(value("lastEventId").toString(), u"1634576695:0"_s);
}

void tst_GuidesServices::hueRefusesAnotherName()
{
    TestAuthority authority;
    QVERIFY2(authority.create(), qPrintable(authority.problem()));
    m_server->setSslConfiguration(
            authority.issue(u"ecb5fafffe000000"_s, u"DNS:ecb5fafffe000000"_s).sslConfiguration());
    QUrl url = m_server->url();
    url.setScheme(u"https"_s);
    EventSourceListener listener(url);
    listener.setCaCertificates(QUrl::fromLocalFile(authority.certificateFile()));
    QSignalSpy errors(&listener, &EventSourceListener::error);
    QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 1, 20000);
    QCOMPARE(qvariant_cast<EventSourceError>(errors[0][0]).code(), EventSourceListener::SslError);
    QVERIFY(!m_server->hasReceivedBytes());
}

void tst_GuidesServices::mastodonKeepsAllDigitsOfAnId()
{
    EventSourceListener *listener = create(u"## Mastodon"_s, {{u"token"_s, u"t"_s}});
    QVERIFY(listener);
    QSignalSpy parseErrors(listener, &EventSourceListener::parseError);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer t");
    exchange->sendStream(":)\n\n:thump\n\nevent: filters_changed\ndata: undefined\n\n"
                         "event: update\ndata: {\"id\":\"108914327388663283\",\"content\":\"\"}\n\n"
                         "event: delete\ndata: 108914343542683797\n\n");
    QTRY_COMPARE(value("deleted").toString(), u"108914343542683797"_s);
    QCOMPARE(value("newest").toString(), u"108914327388663283"_s);
    QCOMPARE(parseErrors.size(), 0);

    // What event.data would say.
    QVERIFY(m_engine->evaluate(u"String(108914343542683797)"_s).toString()
            != u"108914343542683797"_s);
}

void tst_GuidesServices::mastodonIdsAreExactInTypedMessages()
{
    EventSourceListener listener(m_server->url());
    quint64 deleted = 0;
    listener.onMessage<quint64>("delete", &listener, [&](quint64 id) { deleted = id; });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: delete\ndata: 108914343542683797\n\n");
    QTRY_COMPARE(deleted, Q_UINT64_C(108914343542683797));
}

void tst_GuidesServices::mastodonDeletionsDoNotFindTheRowOfAModel()
{
    EventSourceListener listener(m_server->url());
    EventSourceModel model(&listener);
    model.setKeyField(u"id"_s);
    model.setRemoveTypes({u"delete"_s});
    QSignalSpy messages(&listener, &EventSourceListener::message);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: update\ndata: {\"id\":\"108914343542683797\"}\n\n"
                         "event: delete\ndata: 108914343542683797\n\n");
    QTRY_COMPARE(messages.size(), 2);
    QTRY_COMPARE(model.count(), 1);
}

void tst_GuidesServices::mastodonLeavesTheTokenAtItsHost()
{
    ScriptedServer streaming;
    QVERIFY(create(u"## Mastodon"_s, {{u"token"_s, u"t"_s}}));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendAnswer("301 Moved Permanently",
                         "Location: " + streaming.url().toEncoded() + "\r\n");
    exchange = streaming.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("Authorization"), 0);
}

void tst_GuidesServices::ntfyShowsMessagesOnly()
{
    QVERIFY(create(u"## ntfy"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/mytopic/sse?since=10m");
    QTest::ignoreMessage(QtDebugMsg, "mytopic Hi!");
    exchange->sendStream(
            "event: open\ndata: "
            "{\"id\":\"a\",\"time\":1,\"event\":\"open\",\"topic\":\"mytopic\"}\n\n"
            "data: "
            "{\"id\":\"b\",\"time\":2,\"event\":\"message\",\"topic\":\"mytopic\",\"message\":\"Hi!"
            "\"}\n\n"
            "event: keepalive\ndata: "
            "{\"id\":\"c\",\"time\":3,\"event\":\"keepalive\",\"topic\":\"mytopic\"}\n\n");
    QTRY_COMPARE(value("newestTime").toInt(), 2);
    QCOMPARE(value("lastEventId").toString(), QString());

    // A new position is a new request.
    m_object->setProperty("since", 2);
    exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/mytopic/sse?since=2");
}

void tst_GuidesServices::wikimediaGetsItsIdBack()
{
    QVERIFY(create(u"## Wikimedia EventStreams"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QVERIFY(exchange->header("User-Agent").startsWith("my-viewer/1.0"));
    const QByteArray id =
            R"([{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":17},)"
            R"({"topic":"codfw.mediawiki.recentchange","partition":0,"offset":-1}])";
    QTest::ignoreMessage(QtDebugMsg, "en.wikipedia.org Title");
    exchange->sendStream(":ok\n\nevent: message\ndata: {\"meta\":{\"domain\":\"canary\"}}\n\n"
                         "event: message\nid: "
                         + id
                         + "\ndata: {\"meta\":{\"domain\":\"en.wikipedia.org\"},"
                           "\"server_name\":\"en.wikipedia.org\",\"title\":\"Title\"}\n\n");
    QTRY_COMPARE(value("lastEventId").toByteArray(), id);
    exchange->end();
    exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), id);
}

void tst_GuidesServices::openHabHasJsonInJson()
{
    QVERIFY(create(u"## openHAB"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/rest/events?topics=openhab/items/*/statechanged");
    exchange->sendStream(
            "event: message\ndata: {\"topic\":\"openhab/items/Lamp/statechanged\","
            R"("payload":"{\"type\":\"OnOff\",\"value\":\"ON\",\"oldType\":\"OnOff\",\"oldValue\":\"OFF\"}",)"
            "\"type\":\"ItemStateChangedEvent\"}\n\n");
    QTRY_COMPARE(value("state").toString(), u"Lamp: ON"_s);
}

void tst_GuidesServices::firebaseKeepsACopy()
{
    ScriptedServer shard;
    QVERIFY(create(u"## Firebase Realtime Database (REST)"_s, {{u"token"_s, u"t"_s}}));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/rooms/1.json?auth=t");
    exchange->sendAnswer("307 Temporary Redirect",
                         "Location: " + shard.url(u"/rooms/1.json?auth=t&ns=project"_s).toEncoded()
                                 + "\r\n");
    exchange = shard.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/rooms/1.json?auth=t&ns=project");

    const auto copy = [this] {
        return QString::fromUtf8(
                QJsonDocument::fromVariant(value("value").value<QJSValue>().toVariant())
                        .toJson(QJsonDocument::Compact));
    };
    exchange->sendStream("event: put\ndata: {\"path\":\"/\",\"data\":{\"a\":1,\"b\":{\"c\":2}}}\n\n"
                         "event: keep-alive\ndata: null\n\n");
    QTRY_COMPARE(copy(), uR"({"a":1,"b":{"c":2}})"_s);
    exchange->sendChunk("event: put\ndata: {\"path\":\"/b/c\",\"data\":3}\n\n");
    QTRY_COMPARE(copy(), uR"({"a":1,"b":{"c":3}})"_s);
    exchange->sendChunk("event: patch\ndata: {\"path\":\"/b\",\"data\":{\"d\":4}}\n\n");
    QTRY_COMPARE(copy(), uR"({"a":1,"b":{"c":3,"d":4}})"_s);
    exchange->sendChunk("event: put\ndata: {\"path\":\"/new/x\",\"data\":5}\n\n");
    QTRY_COMPARE(copy(), uR"({"a":1,"b":{"c":3,"d":4},"new":{"x":5}})"_s);
}

void tst_GuidesServices::firebaseEndsWhenTheTokenIsRevoked()
{
    QVERIFY(create(u"## Firebase Realtime Database (REST)"_s, {{u"token"_s, u"t"_s}}));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: auth_revoked\ndata: \"credential is no longer valid\"\n\n");
    QTRY_COMPARE(value("status").toInt(), int(EventSourceListener::Closed));

    // A new token is a new URL; the stream has to be started again.
    m_object->setProperty("token", u"u"_s);
    QVERIFY(QMetaObject::invokeMethod(m_object.get(), "startListening"));
    exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/rooms/1.json?auth=u");
}

QTEST_MAIN(tst_GuidesServices)
#include "tst_guidesservices.moc"
