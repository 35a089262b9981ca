// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceEvent>
#include <EventSource/EventSourceListener>

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qmetaobject.h>
#include <QtQml/qjsvalue.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <array>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

// Events as a listener delivers them.
class tst_EventSourceEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyByDefault();
    void hasWhatTheServerSent_data();
    void hasWhatTheServerSent();
    void hasTheOriginOfTheStream();
    void decodesData_data();
    void decodesData();
    void isTextOnRequest();
    void hasTextButNoDataOnParseError();
    void isAValue();
    void sharesItsDataWithCopies();
    void hasPropertiesLikeItsAccessors();
    void outlivesListenerAndEngine();
    void isReadInSeveralThreads_data();
    void isReadInSeveralThreads();
};

namespace {

// A listener, with a QML engine on request, and the events of one stream.
class Stream
{
public:
    enum Engine { WithoutEngine, WithEngine };

    explicit Stream(Engine engine = WithoutEngine,
                    EventSourceListener::Format format = EventSourceListener::Json)
    {
        listener = std::make_unique<EventSourceListener>();
        if (engine == WithEngine) {
            this->engine.emplace();
            QQmlEngine::setContextForObject(listener.get(), this->engine->rootContext());
        }
        listener->setFormat(format);
        const auto add = [this](const EventSourceEvent &event) { m_events.push_back(event); };
        QObject::connect(listener.get(), &EventSourceListener::message, &m_context, add);
        QObject::connect(listener.get(), &EventSourceListener::parseError, &m_context, add);
        listener->setUrl(server.url());
        m_exchange = server.take();
        if (!m_exchange)
            qFatal("No request came.");
        m_exchange->sendHead();
    }

    // The one event that these bytes make.
    EventSourceEvent send(const QByteArray &bytes)
    {
        m_exchange->sendChunk(bytes);
        if (!waitFor([this] { return !m_events.empty(); }))
            qFatal("No event came.");
        const EventSourceEvent event = m_events.back();
        if (m_events.size() != 1)
            qFatal("More than one event came.");
        m_events.clear();
        return event;
    }

    ScriptedServer server;
    std::optional<QQmlEngine> engine;
    std::unique_ptr<EventSourceListener> listener;

private:
    QObject m_context;
    Exchange *m_exchange = nullptr;
    std::vector<EventSourceEvent> m_events;
};

QByteArray largeJson()
{
    QByteArray json = "[0";
    while (json.size() < 300 * 1024)
        json += ",{\"name\":\"value\"}";
    return json + ']';
}

} // namespace

void tst_EventSourceEvent::isEmptyByDefault()
{
    const EventSourceEvent event;
    QCOMPARE(event.type(), QString());
    QCOMPARE(event.text(), QString());
    QCOMPARE(event.lastEventId(), QString());
    QCOMPARE(event.origin(), QString());
    QVERIFY(event.data().isUndefined());
    const QMetaObject &meta = EventSourceEvent::staticMetaObject;
    QCOMPARE(meta.property(meta.indexOfProperty("data")).readOnGadget(&event), QVariant());
}

void tst_EventSourceEvent::hasWhatTheServerSent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("lastEventId");
    QTest::newRow("data alone") << QByteArray("data: 1\n\n") << u"message"_s << u"1"_s << u""_s;
    QTest::newRow("all fields") << QByteArray("event: build\nid: 7\ndata: {\"n\":1}\n\n")
                                << u"build"_s << u"{\"n\":1}"_s << u"7"_s;
    QTest::newRow("several lines")
            << QByteArray("data: [1,\ndata: 2]\n\n") << u"message"_s << u"[1,\n2]"_s << u""_s;
    QTest::newRow("id of an earlier block")
            << QByteArray("id: a\n\ndata: 1\n\n") << u"message"_s << u"1"_s << u"a"_s;
    QTest::newRow("past ASCII") << QByteArray("event: \xc3\xa4\nid: \xe2\x82\xac\n"
                                              "data: \"\xf0\x9f\x98\x80\"\n\n")
                                << u"ä"_s << u"\"😀\""_s << u"€"_s;
    QTest::newRow("no UTF-8") << QByteArray("data: \"\xe2\x82"
                                            "A\"\n\n")
                              << u"message"_s << u"\"\uFFFDA\""_s << u""_s;
    QTest::newRow("empty") << QByteArray("data\n\n") << u"message"_s << u""_s << u""_s;
}

void tst_EventSourceEvent::hasWhatTheServerSent()
{
    QFETCH(QByteArray, bytes);
    Stream stream;
    const EventSourceEvent event = stream.send(bytes);
    QTEST(event.type(), "type");
    QTEST(event.text(), "text");
    QTEST(event.lastEventId(), "lastEventId");
}

void tst_EventSourceEvent::hasTheOriginOfTheStream()
{
    ScriptedServer target;
    target.setHandler([](Exchange *exchange) { exchange->sendStream("data: 1\n\n"); });
    ScriptedServer server;
    server.setHandler([&](Exchange *exchange) {
        exchange->sendAnswer("302 Found", "Location: " + target.url().toEncoded() + "\r\n");
    });
    QUrl url = server.url(u"/path?query"_s);
    url.setUserInfo(u"user:secret"_s);
    EventSourceListener listener(url);
    EventSourceEvent event;
    connect(&listener, &EventSourceListener::message, this,
            [&](const EventSourceEvent &message) { event = message; });
    QVERIFY(waitFor([&] { return !event.text().isEmpty(); }));
    QCOMPARE(event.origin(), u"http://127.0.0.1:%1"_s.arg(target.port()));
}

void tst_EventSourceEvent::decodesData_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QJsonValue>("data");
    QTest::newRow("object") << QByteArray("{\"a\":[1,null]}")
                            << QJsonValue(QJsonObject {{u"a"_s, QJsonArray {1, QJsonValue::Null}}});
    QTest::newRow("array") << QByteArray("[1,\"b\"]") << QJsonValue(QJsonArray {1, u"b"_s});
    QTest::newRow("number") << QByteArray("1.5") << QJsonValue(1.5);
    QTest::newRow("string") << QByteArray("\"a\\n\"") << QJsonValue(u"a\n"_s);
    QTest::newRow("true") << QByteArray("true") << QJsonValue(true);
    QTest::newRow("null") << QByteArray("null") << QJsonValue(QJsonValue::Null);
    QTest::newRow("empty text") << QByteArray() << QJsonValue(QJsonValue::Undefined);
}

void tst_EventSourceEvent::decodesData()
{
    QFETCH(QByteArray, text);
    QFETCH(QJsonValue, data);
    for (const auto engine : {Stream::WithoutEngine, Stream::WithEngine}) {
        Stream stream(engine);
        const EventSourceEvent event = stream.send("data: " + text + "\n\n");
        QCOMPARE(event.text(), QString::fromUtf8(text));
        QCOMPARE(event.data().type(), data.type());
        QCOMPARE(event.data(), data);
    }
}

void tst_EventSourceEvent::isTextOnRequest()
{
    Stream stream(Stream::WithoutEngine, EventSourceListener::Text);
    EventSourceEvent event = stream.send("data: {\"a\"\ndata: \xc3\xa4\n\n");
    QCOMPARE(event.text(), u"{\"a\"\nä"_s);
    QCOMPARE(event.data(), QJsonValue(u"{\"a\"\nä"_s));
    event = stream.send("data\n\n");
    QCOMPARE(event.text(), QString());
    QVERIFY(event.data().isString());
    QCOMPARE(event.data().toString(), QString());
}

void tst_EventSourceEvent::hasTextButNoDataOnParseError()
{
    for (const auto engine : {Stream::WithoutEngine, Stream::WithEngine}) {
        Stream stream(engine);
        const EventSourceEvent event = stream.send("event: build\nid: 7\ndata: {oops\n\n");
        QCOMPARE(event.type(), u"build"_s);
        QCOMPARE(event.text(), u"{oops"_s);
        QCOMPARE(event.lastEventId(), u"7"_s);
        QVERIFY(event.data().isUndefined());
    }
}

void tst_EventSourceEvent::isAValue()
{
    Stream stream;
    const EventSourceEvent one = stream.send("event: a\nid: 1\ndata: 1\n\n");
    const EventSourceEvent two = stream.send("event: b\nid: 2\ndata: 2\n\n");
    QCOMPARE(one.text(), u"1"_s);

    EventSourceEvent copy = one;
    QCOMPARE(copy.type(), u"a"_s);
    QCOMPARE(copy.text(), u"1"_s);
    QCOMPARE(copy.lastEventId(), u"1"_s);
    QCOMPARE(copy.origin(), one.origin());
    QCOMPARE(copy.data(), QJsonValue(1));
    copy = two;
    QCOMPARE(copy.text(), u"2"_s);
    QCOMPARE(one.text(), u"1"_s);
    const EventSourceEvent &alias = copy;
    copy = alias;
    QCOMPARE(copy.text(), u"2"_s);

    EventSourceEvent moved = std::move(copy);
    QCOMPARE(moved.text(), u"2"_s);
    copy = one; // a value that was moved from takes another
    QCOMPARE(copy.text(), u"1"_s);
    copy = std::move(moved);
    QCOMPARE(copy.text(), u"2"_s);
    copy = EventSourceEvent();
    QCOMPARE(copy.text(), QString());
    QVERIFY(copy.data().isUndefined());

    const QVariant variant = QVariant::fromValue(one);
    QCOMPARE(variant.value<EventSourceEvent>().data(), QJsonValue(1));
    QCOMPARE(QMetaType::fromType<EventSourceEvent>().name(), "EventSourceEvent");
}

// What one copy has converted, all have.
void tst_EventSourceEvent::sharesItsDataWithCopies()
{
    Stream stream(Stream::WithEngine);
    const EventSourceEvent event = stream.send("data: {\"b\":1,\"a\":2}\n\n");
    const EventSourceEvent copy = event;
    const auto data = [&](const EventSourceEvent &of) {
        return stream.engine->toScriptValue(QVariant::fromValue(of)).property(u"data"_s);
    };
    const QJSValue first = data(event);
    QVERIFY(first.isObject());
    QVERIFY(first.strictlyEquals(data(event)));
    QVERIFY(first.strictlyEquals(data(copy)));
    QVERIFY(first.strictlyEquals(data(stream.listener->lastEvent())));
    const EventSourceEvent other = stream.send("data: {\"b\":1,\"a\":2}\n\n");
    QVERIFY(!first.strictlyEquals(data(other)));
}

void tst_EventSourceEvent::hasPropertiesLikeItsAccessors()
{
    Stream stream;
    const EventSourceEvent event = stream.send("event: a\nid: 1\ndata: {\"n\":1}\n\n");
    const QMetaObject &meta = EventSourceEvent::staticMetaObject;
    const auto property = [&](const char *name) {
        return meta.property(meta.indexOfProperty(name)).readOnGadget(&event);
    };
    QCOMPARE(meta.propertyCount(), 5);
    QCOMPARE(property("type"), QVariant(u"a"_s));
    QCOMPARE(property("text"), QVariant(u"{\"n\":1}"_s));
    QCOMPARE(property("lastEventId"), QVariant(u"1"_s));
    QCOMPARE(property("origin"), QVariant(event.origin()));
    QCOMPARE(QJsonValue::fromVariant(property("data")), event.data());
    for (int i = 0; i < meta.propertyCount(); ++i) {
        QVERIFY2(!meta.property(i).isWritable(), meta.property(i).name());
        QVERIFY2(meta.property(i).isConstant(), meta.property(i).name());
    }
}

void tst_EventSourceEvent::outlivesListenerAndEngine()
{
    EventSourceEvent read;
    EventSourceEvent unread;
    {
        Stream stream(Stream::WithEngine);
        read = stream.send("event: a\nid: 1\ndata: {\"n\":1}\n\n");
        QVERIFY(stream.engine->toScriptValue(QVariant::fromValue(read))
                        .property(u"data"_s)
                        .isObject());
        unread = stream.send("event: b\nid: 2\ndata: {\"n\":2}\n\n");
    }
    QCOMPARE(read.data(), QJsonValue(QJsonObject {{u"n"_s, 1}}));
    QCOMPARE(unread.data(), QJsonValue(QJsonObject {{u"n"_s, 2}}));
    QCOMPARE(unread.type(), u"b"_s);
    QCOMPARE(unread.lastEventId(), u"2"_s);
    QVERIFY(unread.origin().startsWith(u"http://127.0.0.1:"_s));
}

void tst_EventSourceEvent::isReadInSeveralThreads_data()
{
    QTest::addColumn<bool>("hasEngine");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("small") << false << QByteArray("[{\"n\":1}]");
    QTest::newRow("small, with an engine") << true << QByteArray("[{\"n\":1}]");
    QTest::newRow("large") << false << largeJson();
    QTest::newRow("large, with an engine") << true << largeJson();
}

// With an engine it is decoded by whoever reads it first.
void tst_EventSourceEvent::isReadInSeveralThreads()
{
    QFETCH(bool, hasEngine);
    QFETCH(QByteArray, text);
    Stream stream(hasEngine ? Stream::WithEngine : Stream::WithoutEngine);
    EventSourceEvent event = stream.send("event: a\nid: 1\ndata: " + text + "\n\n");
    struct Seen
    {
        QString type;
        QString text;
        QString lastEventId;
        QString origin;
        QJsonValue data;
        QVariant property;
    };
    std::array<Seen, 4> seen;
    std::vector<std::thread> threads;
    for (Seen &mine : seen) {
        threads.emplace_back([&mine, copy = event] {
            mine = {copy.type(), copy.text(), copy.lastEventId(), copy.origin(), copy.data(), {}};
            const QMetaObject &meta = EventSourceEvent::staticMetaObject;
            mine.property = meta.property(meta.indexOfProperty("data")).readOnGadget(&copy);
        });
    }
    // The last copy may be any thread's, and the listener is deleted meanwhile.
    const QString origin = event.origin();
    event = EventSourceEvent();
    stream.listener.reset();
    for (std::thread &thread : threads)
        thread.join();
    for (const Seen &one : seen) {
        QCOMPARE(one.type, u"a"_s);
        QCOMPARE(one.text, QString::fromUtf8(text));
        QCOMPARE(one.lastEventId, u"1"_s);
        QCOMPARE(one.origin, origin);
        QVERIFY(one.data.isArray());
        QCOMPARE(one.data, seen.front().data);
        QCOMPARE(QJsonValue::fromVariant(one.property), one.data);
    }
}

QTEST_GUILESS_MAIN(tst_EventSourceEvent)
#include "tst_eventsourceevent.moc"
