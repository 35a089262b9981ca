// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "managerfactory.h"
#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qjsonobject.h>
#include <QtTest/qtest.h>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

// What is sent, and by which access manager.
class tst_Requests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTheStandardsHeaders();
    void sendsTheApplicationsHeaders();
    void sendsBodies_data();
    void sendsBodies();
    void refusesWrongRequests_data();
    void refusesWrongRequests();
    void makesOneRequestOfOneTurn();
    void usesTheFactory();
    void opensMoreStreamsThanOneManagerCan();
};

void tst_Requests::sendsTheStandardsHeaders()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Accept"), "text/event-stream");
    QCOMPARE(exchange->headerCount("Accept"), 1);
    QCOMPARE(exchange->header("Cache-Control"), "no-cache");
    QCOMPARE(exchange->headerCount("Last-Event-ID"), 0);
    QCOMPARE(exchange->headerCount("Content-Type"), 0);
    QVERIFY(exchange->body().isEmpty());
}

void tst_Requests::sendsTheApplicationsHeaders()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setHeaders({{u"Authorization"_s, u"Bearer ü"_s},
                         {u"X-Count"_s, 3},
                         {u"X-Null"_s, QVariant::fromValue(nullptr)},
                         {u"X-Undefined"_s, QVariant()},
                         {u"Accept"_s, u"application/json, text/event-stream"_s}});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer \xC3\xBC");
    QCOMPARE(exchange->header("X-Count"), "3");
    QCOMPARE(exchange->headerCount("X-Null"), 0);
    QCOMPARE(exchange->headerCount("X-Undefined"), 0);
    QCOMPARE(exchange->header("Accept"), "application/json, text/event-stream");
}

void tst_Requests::sendsBodies_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QVariant>("body");
    QTest::addColumn<QByteArray>("sentBody");
    QTest::addColumn<QByteArray>("sentType");
    const QByteArray none;
    QTest::newRow("string") << u"POST"_s << QVariant(u"grüße"_s)
                            << QByteArray("gr\xC3\xBC\xC3\x9F"
                                          "e")
                            << QByteArray("text/plain;charset=UTF-8");
    QTest::newRow("bytes") << u"POST"_s << QVariant(QByteArray("\0\1", 2)) << QByteArray("\0\1", 2)
                           << QByteArray("application/octet-stream");
    QTest::newRow("object") << u"PUT"_s << QVariant(QVariantMap {{u"a"_s, 1}})
                            << QByteArray("{\"a\":1}") << QByteArray("application/json");
    QTest::newRow("array") << u"QUERY"_s << QVariant(QVariantList {1, u"b"_s})
                           << QByteArray("[1,\"b\"]") << QByteArray("application/json");
    QTest::newRow("JSON object") << u"POST"_s << QVariant(QJsonObject {{u"a"_s, true}})
                                 << QByteArray("{\"a\":true}") << QByteArray("application/json");
    QTest::newRow("lower case method") << u"post"_s << QVariant(u"x"_s) << QByteArray("x")
                                       << QByteArray("text/plain;charset=UTF-8");
    QTest::newRow("none") << u"POST"_s << QVariant() << none << none;
    QTest::newRow("null") << u"POST"_s << QVariant::fromValue(nullptr) << none << none;
    QTest::newRow("not with GET") << u"GET"_s << QVariant(u"x"_s) << none << none;
}

void tst_Requests::sendsBodies()
{
    QFETCH(QString, method);
    QFETCH(QVariant, body);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setMethod(method);
    listener.setBody(body);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), method.toUpper().toLatin1());
    QTEST(exchange->body(), "sentBody");
    QTEST(exchange->header("Content-Type"), "sentType");
    if (!exchange->body().isEmpty()) {
        listener.setHeaders({{u"content-type"_s, u"x/y"_s}});
        listener.restart();
        exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->header("Content-Type"), "x/y");
        QCOMPARE(exchange->headerCount("Content-Type"), 1);
    }
}

void tst_Requests::refusesWrongRequests_data()
{
    QTest::addColumn<QString>("property");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("words");
    const auto header = [](const QString &name, const QVariant &value) {
        return QVariant(QVariantMap {{name, value}});
    };
    const QString headers = u"headers"_s;
    QTest::newRow("header name with space") << headers << header(u"X Y"_s, u"z"_s) << u"\"X Y\""_s;
    QTest::newRow("header name with LF") << headers << header(u"X\nY"_s, u"z"_s) << u"name"_s;
    QTest::newRow("empty header name") << headers << header(u""_s, u"z"_s) << u"name"_s;
    QTest::newRow("header name past ASCII") << headers << header(u"Ü"_s, u"z"_s) << u"\"Ü\""_s;
    QTest::newRow("value with CR") << headers << header(u"X"_s, u"secret\rY: z"_s) << u"X"_s;
    QTest::newRow("value with LF") << headers << header(u"X"_s, u"secret\nY: z"_s) << u"X"_s;
    QTest::newRow("value with NUL") << headers << header(u"X"_s, QString(QChar(0))) << u"X"_s;
    QTest::newRow("value is an object")
            << headers << header(u"X"_s, QVariantMap {{u"a"_s, 1}}) << u"X"_s;
    QTest::newRow("framing header")
            << headers << header(u"Content-Length"_s, u"5"_s) << u"Content-Length"_s;
    QTest::newRow("empty method") << u"method"_s << QVariant(u""_s) << u"method"_s;
    QTest::newRow("method with space") << u"method"_s << QVariant(u"GE T"_s) << u"GE T"_s;
    QTest::newRow("method with line") << u"method"_s << QVariant(u"GET\r\nX: y"_s) << u"method"_s;
    QTest::newRow("body is a number") << u"body"_s << QVariant(5) << u"body"_s;
}

void tst_Requests::refusesWrongRequests()
{
    QFETCH(QString, property);
    QFETCH(QVariant, value);
    QFETCH(QString, words);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    listener.setMethod(u"POST"_s);
    const QByteArray name = property.toLatin1();
    const QVariant good = listener.property(name);
    QVERIFY(listener.setProperty(name, value));
    QCOMPARE(recorder.take(1), QStringList {u"InvalidRequestError"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(words), qPrintable(error.message()));
    QVERIFY2(!error.message().contains(u"secret"_s), qPrintable(error.message()));
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(staysAt(server, 0));

    QVERIFY(listener.setProperty(name, good));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "POST");
}

void tst_Requests::makesOneRequestOfOneTurn()
{
    ScriptedServer server;
    EventSourceListener listener;
    listener.setUrl(server.url(u"/first"_s));
    listener.startListening();
    listener.stopListening();
    listener.startListening();
    listener.setUrl(server.url(u"/second"_s));
    listener.setHeaders({{u"X-A"_s, u"b"_s}});
    listener.restart();
    listener.setMethod(u"POST"_s);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/second");
    QCOMPARE(exchange->method(), "POST");
    QCOMPARE(exchange->header("X-A"), "b");
    QVERIFY(staysAt(server, 1));
}

void tst_Requests::usesTheFactory()
{
    ManagerFactory factory;
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setNetworkAccessManagerFactory(&factory);
    QVERIFY(server.take());
    QCOMPARE(factory.count, 1);
    listener.restart();
    QVERIFY(server.take());
    QCOMPARE(factory.count, 1); // the manager is used again
}

void tst_Requests::opensMoreStreamsThanOneManagerCan()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendStream("data: 1\n\n"); });
    std::vector<std::unique_ptr<EventSourceListener>> listeners;
    for (int i = 0; i < 20; ++i)
        listeners.push_back(std::make_unique<EventSourceListener>(server.url()));
    for (const auto &listener : listeners) {
        QTRY_COMPARE(listener->status(), EventSourceListener::Open);
        QTRY_COMPARE(listener->data().toInt(), 1);
    }
}

QTEST_GUILESS_MAIN(tst_Requests)
#include "tst_requests.moc"
