// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

// What applications set as a body in QML.
class tst_ScriptBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_server = std::make_unique<ScriptedServer>(); }
    void sendTheBytesOfTypedArrays_data();
    void sendTheBytesOfTypedArrays();
    void sendObjectsThatLookLikeTypedArraysAsJson();
    void sendObjectsOfAnotherEngineAsJson();
    void mayStopTheListener();
    void mayRestartTheListener();
    void mayChangeTheUrl();
    void mayDestroyTheListener();
    void mayDeleteTheListener();
    void sendNothingIfTheyThrow();

private:
    std::unique_ptr<QObject> create(const QByteArray &body);

    QQmlEngine m_engine;
    std::unique_ptr<ScriptedServer> m_server;
};

std::unique_ptr<QObject> tst_ScriptBodies::create(const QByteArray &body)
{
    QQmlComponent component(&m_engine);
    component.setData("import EventSource\n"
                      "EventSourceListener {\n"
                      "    id: listener\n"
                      "    property int calls: 0\n"
                      "    property url other\n"
                      "    method: 'POST'\n"
                      "    body: "
                              + body
                              + "\n"
                                "}\n",
                      {});
    std::unique_ptr<QObject> object(component.createWithInitialProperties(
            {{u"url"_s, m_server->url()}, {u"other"_s, m_server->url(u"/other"_s)}}));
    if (!object)
        qWarning("%s", qPrintable(component.errorString()));
    return object;
}

void tst_ScriptBodies::sendTheBytesOfTypedArrays_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("bytes");

    const auto words = [](auto... values) {
        QByteArray bytes;
        (bytes.append(reinterpret_cast<const char *>(&values), sizeof values), ...);
        return bytes;
    };
    QTest::newRow("Int8Array") << "new Int8Array([1, -1])"_ba
                               << "\x01\xFF"_ba;
    QTest::newRow("Uint8Array") << "new Uint8Array([1, 2, 255])"_ba
                                << "\x01\x02\xFF"_ba;
    QTest::newRow("Uint8ClampedArray")
            << "new Uint8ClampedArray([1, 300, -5])"_ba << QByteArray("\x01\xFF\x00", 3);
    QTest::newRow("Int16Array") << "new Int16Array([1, -2])"_ba << words(qint16(1), qint16(-2));
    QTest::newRow("Uint16Array") << "new Uint16Array([1, 65535])"_ba
                                 << words(quint16(1), quint16(65535));
    QTest::newRow("Int32Array") << "new Int32Array([1, -2])"_ba << words(qint32(1), qint32(-2));
    QTest::newRow("Uint32Array") << "new Uint32Array([1, 4294967295])"_ba
                                 << words(quint32(1), quint32(4294967295U));
    QTest::newRow("Float32Array") << "new Float32Array([1.5])"_ba << words(1.5F);
    QTest::newRow("Float64Array") << "new Float64Array([1.5, 0.1])"_ba << words(1.5, 0.1);
    if (m_engine.globalObject().hasProperty(u"BigInt64Array"_s)) {
        QTest::newRow("BigInt64Array") << "new BigInt64Array([-2n])"_ba << words(qint64(-2));
        QTest::newRow("BigUint64Array") << "new BigUint64Array([2n])"_ba << words(quint64(2));
    }
    QTest::newRow("DataView") << "new DataView(new Uint8Array([1, 2, 255]).buffer)"_ba
                              << "\x01\x02\xFF"_ba;
    QTest::newRow("part of a buffer")
            << "new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)"_ba
            << "\x02\x03"_ba;
    QTest::newRow("DataView of a part") << "new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 2)"_ba
                                        << "\x03\x04"_ba;
    QTest::newRow("subarray") << "new Uint16Array([1, 2, 3]).subarray(1, 2)"_ba
                              << words(quint16(2));
    QTest::newRow("ArrayBuffer") << "new Uint8Array([1, 2, 255]).buffer"_ba
                                 << "\x01\x02\xFF"_ba;
    QTest::newRow("empty typed array") << "new Uint8Array(0)"_ba
                                       << ""_ba;
    QTest::newRow("empty subarray") << "new Uint8Array([1, 2]).subarray(2)"_ba
                                    << ""_ba;
    QTest::newRow("empty ArrayBuffer") << "new ArrayBuffer(0)"_ba
                                       << ""_ba;
}

void tst_ScriptBodies::sendTheBytesOfTypedArrays()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, bytes);
    const auto object = create(body);
    QVERIFY(object);
    const Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), bytes);
    if (!bytes.isEmpty())
        QCOMPARE(exchange->header("content-type"), "application/octet-stream"_ba);
    QCOMPARE(exchange->header("content-length"), QByteArray::number(bytes.size()));
}

void tst_ScriptBodies::sendObjectsThatLookLikeTypedArraysAsJson()
{
    const auto object = create("({ buffer: 'b', byteOffset: 1, byteLength: 2 })");
    QVERIFY(object);
    const Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), R"({"buffer":"b","byteOffset":1,"byteLength":2})"_ba);
    QCOMPARE(exchange->header("content-type"), "application/json"_ba);
}

void tst_ScriptBodies::sendObjectsOfAnotherEngineAsJson()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    const auto object = create("null");
    QJSEngine other;
    for (const char *text : {"({ a: 1, b: [2] })", "new Uint8Array([1, 2])"}) {
        object->setProperty("body", QVariant::fromValue(other.evaluate(QString::fromLatin1(text))));
        qobject_cast<EventSourceListener *>(object.get())->restart();
        const Exchange *exchange = m_server->take();
        QVERIFY(exchange);
        QCOMPARE(exchange->body(),
                 text[0] == '(' ? R"({"a":1,"b":[2]})"_ba : QByteArray("\x01\x02"));
    }
}

void tst_ScriptBodies::mayStopTheListener()
{
    const auto object =
            create("({ toJSON() { if (++listener.calls === 1) listener.stopListening()\n"
                   "return listener.calls } })");
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QVERIFY(waitFor([&] { return object->property("calls") == 1; }));
    QCOMPARE(listener->status(), EventSourceListener::Closed);
    QVERIFY(!listener->isActive());
    listener->startListening();
    const Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), "2"_ba);
    QCOMPARE(m_server->requestCount(), 1);
}

void tst_ScriptBodies::mayRestartTheListener()
{
    const auto object = create("({ toJSON() { if (++listener.calls === 1) listener.restart()\n"
                               "return listener.calls } })");
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), "2"_ba);
    exchange->sendStream(":\n");
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QTRY_COMPARE(listener->status(), EventSourceListener::Open);
    QCOMPARE(m_server->requestCount(), 1);
}

void tst_ScriptBodies::mayChangeTheUrl()
{
    const auto object = create("({ toJSON() { if (++listener.calls === 1) listener.url = other\n"
                               "return listener.calls } })");
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/other"_ba);
    QCOMPARE(exchange->body(), "2"_ba);
    exchange->sendStream(":\n");
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QTRY_COMPARE(listener->status(), EventSourceListener::Open);
    QCOMPARE(m_server->requestCount(), 1);
}

// QML destroys it when control returns to the event loop.
void tst_ScriptBodies::mayDestroyTheListener()
{
    QQmlComponent component(&m_engine);
    component.setData("import QtQml\n"
                      "import EventSource\n"
                      "QtObject {\n"
                      "    id: root\n"
                      "    property url address\n"
                      "    property bool isDestroyed: false\n"
                      "    property Component component: Component {\n"
                      "        EventSourceListener {\n"
                      "            id: listener\n"
                      "            method: 'POST'\n"
                      "            url: root.address\n"
                      "            body: ({ toJSON() {\n"
                      "                listener.stopListening()\n"
                      "                listener.destroy()\n"
                      "                return 1\n"
                      "            } })\n"
                      "            Component.onDestruction: root.isDestroyed = true\n"
                      "        }\n"
                      "    }\n"
                      "    Component.onCompleted: component.createObject(root)\n"
                      "}\n",
                      {});
    const std::unique_ptr<QObject> object(
            component.createWithInitialProperties({{u"address"_s, m_server->url()}}));
    QVERIFY2(object, qPrintable(component.errorString()));
    QVERIFY(waitFor([&] { return object->property("isDestroyed").toBool(); }));
    const auto next = create("({ n: 2 })"); // whose request would come later
    QVERIFY(m_server->take());
    QCOMPARE(m_server->requestCount(), 1);
}

// Lets a script delete a listener of C++.
class Deleter : public QObject
{
    Q_OBJECT

public:
    std::unique_ptr<EventSourceListener> listener;
    Q_INVOKABLE void run() { listener.reset(); }
};

void tst_ScriptBodies::mayDeleteTheListener()
{
    Deleter deleter;
    QJSEngine::setObjectOwnership(&deleter, QJSEngine::CppOwnership);
    deleter.listener = std::make_unique<EventSourceListener>(m_server->url());
    QJSEngine::setObjectOwnership(deleter.listener.get(), QJSEngine::CppOwnership);
    const QJSValue known = m_engine.newQObject(deleter.listener.get());
    const QJSValue create = m_engine.evaluate(
            u"(function(deleter) { return { toJSON() { deleter.run(); return 1 } } })"_s);
    deleter.listener->setMethod(u"POST"_s);
    deleter.listener->setBody(QVariant::fromValue(create.call({m_engine.newQObject(&deleter)})));
    QVERIFY(waitFor([&] { return !deleter.listener; }));
    const auto next = this->create("({ n: 2 })");
    QVERIFY(m_server->take());
    QCOMPARE(m_server->requestCount(), 1);
}

void tst_ScriptBodies::sendNothingIfTheyThrow()
{
    const auto object = create("({ toJSON() { throw new Error('not now') } })");
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    Recorder recorder(listener);
    QCOMPARE(recorder.take(1), QStringList {u"InvalidRequestError"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(u"not now"_s), qPrintable(error.message()));
    QVERIFY(!error.willRetry());
    QCOMPARE(listener->status(), EventSourceListener::Waiting);
    listener->setBody(u"text"_s);
    const Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->body(), "text"_ba);
    QCOMPARE(m_server->requestCount(), 1);
}

QTEST_GUILESS_MAIN(tst_ScriptBodies)
#include "tst_scriptbodies.moc"
