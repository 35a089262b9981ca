// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtQml/qjsengine.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// What becomes of the bytes of a stream: events, their values, and what is no event.
class tst_Events : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversEventsFromBytes();
    void deliversAcrossChunkBorders();
    void decodesJson_data();
    void decodesJson();
    void reportsWhatIsNotJson_data();
    void reportsWhatIsNotJson();
    void deliversText();
    void convertsOnlyWhatIsRead();
    void filtersTypesBeforeDecoding();
    void skipsTooLargeEvents();
    void endsAtTheMarker();
};

void tst_Events::deliversEventsFromBytes()
{
    ScriptedServer server;
    EventSourceListener listener(server.url(u"/a/b?c=d"_s));
    Recorder recorder(&listener);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.data().isNull());
    QVERIFY(listener.data().isUndefined());

    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "GET");
    QCOMPARE(exchange->target(), "/a/b?c=d");
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    QVERIFY(recorder.isEmpty());

    exchange->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    QCOMPARE(listener.status(), EventSourceListener::Open);

    exchange->sendChunk(": hello\nevent: build\nid: 7\ndata: {\"state\":\"done\",\"n\":[1,2]}\n\n");
    QCOMPARE(recorder.take(2),
             QStringList({u"comment: hello"_s, u"build: {\"state\":\"done\",\"n\":[1,2]} #7"_s}));
    const EventSourceEvent last = listener.lastEvent();
    QCOMPARE(last.type(), u"build"_s);
    QCOMPARE(last.text(), u"{\"state\":\"done\",\"n\":[1,2]}"_s);
    QCOMPARE(last.lastEventId(), u"7"_s);
    QCOMPARE(last.origin(), server.url().toString().remove(u"/stream"_s));
    QCOMPARE(last.data()["state"_L1].toString(), u"done"_s);
    QCOMPARE(listener.data()["n"_L1].toArray().size(), 2);
    QCOMPARE(listener.property("data").toMap()[u"state"_s].toString(), u"done"_s);
    QCOMPARE(listener.lastEventId(), u"7"_s);

    listener.stopListening();
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_Events::deliversAcrossChunkBorders()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setFormat(EventSourceListener::Text);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    const QByteArray bytes = "\xEF\xBB\xBF"
                             "data: a\xE2\x82\xAC\r\ndata: b\r\n\r\nevent: x\rdata:c\r\r";
    for (const char byte : bytes)
        exchange->sendChunk(QByteArray(1, byte));
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: a€\nb"_s, u"x: c"_s}));
    exchange->sendChunk("data: cut off by the end");
    exchange->end();
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
}

void tst_Events::decodesJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *tag, const QByteArray &text, const QJsonValue &value) {
        QTest::newRow(tag) << text << value;
    };
    row("object", R"({"a":{"b":[1]}})",
        QJsonObject {{u"a"_s, QJsonObject {{u"b"_s, QJsonArray {1}}}}});
    row("object after space", " \t {\"a\":1}", QJsonObject {{u"a"_s, 1}});
    row("array", "[1,2]", QJsonArray {1, 2});
    row("empty array", "[]", QJsonArray());
    row("string", R"("a\u00e9")", u"aé"_s);
    row("number", "-12.5e1", -125);
    row("large number", "9007199254740993", qint64(9007199254740993));
    row("true", "true", true);
    row("null", "null", QJsonValue::Null);
    row("scalar with space", "  42 ", 42);
    row("empty text", "", QJsonValue::Undefined);
    row("beyond the basic plane", "\"\xF0\x9F\x98\x80\"", u"😀"_s);
    row("over lines", "{\ndata: \"a\":\ndata: 1}", QJsonObject {{u"a"_s, 1}});
}

void tst_Events::decodesJson()
{
    QFETCH(QByteArray, text);
    QFETCH(QJsonValue, value);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy messages(&listener, &EventSourceListener::message);
    QSignalSpy parseErrors(&listener, &EventSourceListener::parseError);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: " + text + "\n\n");
    QTRY_COMPARE(messages.size(), 1);
    const auto event = messages.at(0).at(0).value<EventSourceEvent>();
    QCOMPARE(event.data(), value);
    QCOMPARE(listener.data(), value);
    QCOMPARE(parseErrors.size(), 0);
}

void tst_Events::reportsWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::newRow("word") << QByteArray("hello") << 0;
    QTest::newRow("object cut off") << QByteArray("{\"a\":1") << 6;
    QTest::newRow("two values") << QByteArray("1,2") << 1;
    QTest::newRow("object and more") << QByteArray("{} x") << 3;
    QTest::newRow("space only") << QByteArray("   ") << 0;
    QTest::newRow("closing bracket") << QByteArray("1],[2") << -1;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF{}") << -1;
}

void tst_Events::reportsWhatIsNotJson()
{
    QFETCH(QByteArray, text);
    QFETCH(int, offset);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy parseErrors(&listener, &EventSourceListener::parseError);
    QSignalSpy messages(&listener, &EventSourceListener::message);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 3\nevent: x\ndata: " + text + "\n\n");
    QTRY_COMPARE(parseErrors.size(), 1);
    const auto event = parseErrors.at(0).at(0).value<EventSourceEvent>();
    QCOMPARE(event.text().toUtf8(), text);
    QCOMPARE(event.type(), u"x"_s);
    QVERIFY(event.data().isUndefined());
    QCOMPARE(listener.lastEventId(), u"3"_s);
    QVERIFY(listener.data().isUndefined());
    const QString message = parseErrors.at(0).at(1).toString();
    const QString place = offset < 0 ? u"at offset"_s : u"at offset %1."_s.arg(offset);
    QVERIFY2(message.contains(place), qPrintable(message));

    exchange->sendChunk("data: 1\n\n");
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(listener.status(), EventSourceListener::Open);
}

void tst_Events::deliversText()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setFormat(EventSourceListener::Text);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"a\n\ndata\n\ndata:\xEF\xBB\xBFx\n\n");
    QCOMPARE(recorder.take(4),
             QStringList({u"opened"_s, u"message: {\"a"_s, u"message: "_s, u"message: \uFEFFx"_s}));
    QCOMPARE(listener.data(), QJsonValue(u"\uFEFFx"_s));
}

void tst_Events::convertsOnlyWhatIsRead()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->sendStream("event: dropped\ndata: {\"n\":1}\n\n"
                             "event: unread\ndata: {\"n\":2}\n\n"
                             "event: read\ndata: {\"n\":3}\n\n"
                             "event: unread\ndata: {\"n\":4}\n\n");
    });
    EventSourceListener listener(server.url());
    listener.setEventTypes({u"read"_s, u"unread"_s});
    QJSEngine::setObjectOwnership(&listener, QJSEngine::CppOwnership);
    QJSEngine engine; // unlike a QQmlEngine it lets JSON.parse be replaced
    engine.globalObject().setProperty(u"listener"_s, engine.newQObject(&listener));
    const QJSValue log = engine.evaluate(uR"(
        var parsed = [], parse = JSON.parse, count = 0, sum = 0
        JSON.parse = text => { parsed.push(text); return parse(text) }
        listener.message.connect(event => {
            ++count
            if (event.type === "read")
                sum += event.data.n + event.data.n
        })
        parsed
    )"_s);
    QVERIFY2(log.isArray(), qPrintable(log.toString()));
    QTRY_COMPARE(engine.globalObject().property(u"count"_s).toInt(), 3);
    QCOMPARE(engine.globalObject().property(u"sum"_s).toInt(), 6);
    QCOMPARE(log.property(u"length"_s).toInt(), 1);
    QCOMPARE(log.property(0).toString(), u"{\"n\":3}"_s);
}

void tst_Events::filtersTypesBeforeDecoding()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setEventTypes({u"build"_s, u"message"_s});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\nevent: build\ndata: 1\n\n"
                         "data: 2\n\n"
                         "id: 3\nevent: other\ndata: {broken\n\n");
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"build: 1 #1"_s, u"message: 2 #1"_s}));
    QTRY_COMPARE(listener.lastEventId(), u"3"_s);
}

void tst_Events::skipsTooLargeEvents()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setMaximumEventSize(100);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: " + QByteArray(200, 'x') + "\n\ndata: 2\n\n");
    QCOMPARE(recorder.take(3),
             QStringList({u"opened"_s, u"EventTooLargeError"_s, u"message: 2 #1"_s}));
    QVERIFY(!recorder.takeError().willRetry());
    QCOMPARE(listener.status(), EventSourceListener::Open);
    QVERIFY(listener.isActive());
}

void tst_Events::endsAtTheMarker()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setEndMarker(u"[DONE]"_s);
    listener.setEventTypes({u"message"_s});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\nid: 9\nevent: end\ndata: [DONE]\n\ndata: 2\n\n");
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: 1"_s, u"finished"_s}));
    QCOMPARE(listener.lastEventId(), u"9"_s);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QTRY_VERIFY(!exchange->isConnected());
    QVERIFY(staysAt(server, 1));
}

QTEST_GUILESS_MAIN(tst_Events)
#include "tst_events.moc"
