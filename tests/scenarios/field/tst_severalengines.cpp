// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceSubscription>

#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

// An application with several windows, each with its own QML engine, shows one listener in all.
class tst_SeveralEngines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readTheirOwnValues_data();
    void readTheirOwnValues();
    void readTheirOwnValuesOfASubscription_data();
    void readTheirOwnValuesOfASubscription();
    void readTheirOwnValuesOfAListenerThatOneMade();
    void readTheLastValueThatAnotherHasRead();
    void readValuesWhenTheFirstIsGone();
    void readValuesWhenTheFirstHasCollectedItsWrapper();
    void readValuesFromTheMomentThatAHandlerShowsThem();
    void readWhatOnlyTheirSubscriptionsGet_data();
    void readWhatOnlyTheirSubscriptionsGet();
    void keepOneValueWhenThereIsOneEngine_data();
    void keepOneValueWhenThereIsOneEngine();

private:
    Exchange *sendFirst(const QByteArray &text);

    std::unique_ptr<ScriptedServer> m_server;
};

enum class Way { ContextProperty, InitialProperty };
Q_DECLARE_METATYPE(Way)

// A window of an application, without the window.
class View
{
public:
    View(Way way, QObject *source) : m_component(&m_engine)
    {
        const QByteArray text = "import QtQml\n"
                                "QtObject {\n"
                                "    id: view\n"
                + QByteArray(way == Way::InitialProperty ? "    required property QtObject source\n"
                                                         : "    property QtObject source: shown\n")
                + "    property string bound: write(source.data)\n"
                  "    property string last: write(source.lastEvent.data)\n"
                  "    property var seen: []\n"
                  "    property bool isOneValue: true\n"
                  "    property Connections connections: Connections {\n"
                  "        target: view.source\n"
                  "        function onMessage(event) {\n"
                  "            view.seen.push(view.write(event.data))\n"
                  "            if (event.data !== event.data)\n"
                  "                view.isOneValue = false\n"
                  "        }\n"
                  "    }\n"
                  "    function write(value) {\n"
                  "        return value === undefined ? 'undefined' : JSON.stringify(value)\n"
                  "    }\n"
                  "}\n";
        m_component.setData(text, {});
        if (way == Way::ContextProperty) {
            m_engine.rootContext()->setContextProperty(u"shown"_s, source);
            m_root.reset(m_component.create());
        } else {
            m_root.reset(m_component.createWithInitialProperties(
                    {{u"source"_s, QVariant::fromValue(source)}}));
        }
        if (!m_root)
            qFatal("%s", qPrintable(m_component.errorString()));
    }

    QStringList seen() const { return m_root->property("seen").toStringList(); }
    QString bound() const { return m_root->property("bound").toString(); }
    QString last() const { return m_root->property("last").toString(); }
    void collectGarbage() { m_engine.collectGarbage(); }
    void adopt(QObject *object) { QQmlEngine::setContextForObject(object, m_engine.rootContext()); }
    bool isOneValue() const { return m_root->property("isOneValue").toBool(); }

private:
    QQmlEngine m_engine;
    QQmlComponent m_component;
    std::unique_ptr<QObject> m_root;
};

// A window that has only a subscription.
class SubscribedView
{
public:
    explicit SubscribedView(EventSourceListener *listener)
    {
        QQmlComponent component(&m_engine);
        component.setData("import QtQml\n"
                          "import EventSource\n"
                          "EventSourceSubscription {\n"
                          "    id: subscription\n"
                          "    property string bound: JSON.stringify(data) ?? ''\n"
                          "    property string last: JSON.stringify(lastEvent.data) ?? ''\n"
                          "    property var seen: []\n"
                          "    property bool isOwnValue: true\n"
                          "    eventTypes: ['tick']\n"
                          "    onMessage: event => {\n"
                          "        seen.push(JSON.stringify(event.data))\n"
                          "        isOwnValue = isOwnValue && event.data.constructor === Object\n"
                          "    }\n"
                          "}\n",
                          {});
        m_root.reset(component.createWithInitialProperties(
                {{u"listener"_s, QVariant::fromValue(listener)}}));
        if (!m_root)
            qFatal("%s", qPrintable(component.errorString()));
    }

    QStringList seen() const { return m_root->property("seen").toStringList(); }
    QString bound() const { return m_root->property("bound").toString(); }
    QString last() const { return m_root->property("last").toString(); }
    bool isOwnValue() const { return m_root->property("isOwnValue").toBool(); }
    void collectGarbage() { m_engine.collectGarbage(); }

private:
    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_root;
};

void tst_SeveralEngines::init()
{
    // Qt writes one if a value is of another engine.
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<ScriptedServer>();
}

Exchange *tst_SeveralEngines::sendFirst(const QByteArray &text)
{
    Exchange *exchange = m_server->take();
    if (exchange)
        exchange->sendStream(text);
    return exchange;
}

void tst_SeveralEngines::readTheirOwnValues_data()
{
    QTest::addColumn<Way>("first");
    QTest::addColumn<Way>("second");

    QTest::newRow("context properties") << Way::ContextProperty << Way::ContextProperty;
    QTest::newRow("initial properties") << Way::InitialProperty << Way::InitialProperty;
    QTest::newRow("context, then initial") << Way::ContextProperty << Way::InitialProperty;
    QTest::newRow("initial, then context") << Way::InitialProperty << Way::ContextProperty;
}

void tst_SeveralEngines::readTheirOwnValues()
{
    QFETCH(Way, first);
    QFETCH(Way, second);
    EventSourceListener listener(m_server->url());
    const View a(first, &listener);
    const View b(second, &listener);
    Exchange *exchange = sendFirst("data: {\"n\":1}\n\n");
    QVERIFY(exchange);
    QVERIFY(waitFor([&] { return a.seen().size() == 1 && b.seen().size() == 1; }));
    exchange->sendChunk("data: [{\"a\":\"b\"},2]\n\ndata: \"text\"\n\ndata: 3\n\n");
    const QStringList expected {u"{\"n\":1}"_s, u"[{\"a\":\"b\"},2]"_s, u"\"text\""_s, u"3"_s};
    QVERIFY(waitFor([&] { return a.seen().size() == 4 && b.seen().size() == 4; }));
    QCOMPARE(a.seen(), expected);
    QCOMPARE(b.seen(), expected);
    QVERIFY(waitFor([&] { return a.bound() == u"3" && b.bound() == u"3"; }));
    QCOMPARE(a.last(), u"3"_s);
    QCOMPARE(b.last(), u"3"_s);
}

void tst_SeveralEngines::readTheirOwnValuesOfASubscription_data()
{
    readTheirOwnValues_data();
}

// One that was made in C++, like the listener.
void tst_SeveralEngines::readTheirOwnValuesOfASubscription()
{
    QFETCH(Way, first);
    QFETCH(Way, second);
    EventSourceListener listener(m_server->url());
    EventSourceSubscription subscription(&listener);
    View a(first, &subscription);
    a.adopt(&listener);
    Exchange *exchange = sendFirst("data: {\"n\":1}\n\n");
    QVERIFY(exchange);
    QVERIFY(waitFor([&] { return a.seen().size() == 1 && a.bound() == u"{\"n\":1}"; }));
    const View b(second, &subscription);
    QCOMPARE(b.bound(), u"{\"n\":1}"_s);
    QCOMPARE(b.last(), u"{\"n\":1}"_s);
    exchange->sendChunk("data: [{\"a\":\"b\"},2]\n\n");
    const QString expected = u"[{\"a\":\"b\"},2]"_s;
    QVERIFY(waitFor([&] { return a.bound() == expected && b.bound() == expected; }));
    QCOMPARE(a.seen(), QStringList({u"{\"n\":1}"_s, expected}));
    QCOMPARE(b.seen(), QStringList {expected});
    QCOMPARE(a.last(), expected);
    QCOMPARE(b.last(), expected);
}

void tst_SeveralEngines::readTheirOwnValuesOfAListenerThatOneMade()
{
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import EventSource\n"
                      "EventSourceListener {\n"
                      "    property var seen: []\n"
                      "    onMessage: event => seen.push(JSON.stringify(event.data))\n"
                      "}",
                      {});
    std::unique_ptr<QObject> object(
            component.createWithInitialProperties({{u"url"_s, m_server->url()}}));
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QVERIFY2(listener, qPrintable(component.errorString()));
    const View view(Way::InitialProperty, listener);
    QVERIFY(sendFirst("data: {\"n\":1}\n\n"));
    QVERIFY(waitFor([&] { return view.seen().size() == 1; }));
    QCOMPARE(view.seen(), QStringList {u"{\"n\":1}"_s});
    QCOMPARE(object->property("seen").toStringList(), QStringList {u"{\"n\":1}"_s});
    QVERIFY(waitFor([&] { return view.bound() == u"{\"n\":1}"; }));
}

void tst_SeveralEngines::readTheLastValueThatAnotherHasRead()
{
    EventSourceListener listener(m_server->url());
    const View a(Way::ContextProperty, &listener);
    Exchange *exchange = sendFirst("data: {\"n\":1}\n\n");
    QVERIFY(waitFor([&] { return a.bound() == u"{\"n\":1}"; }));
    const View b(Way::ContextProperty, &listener);
    QCOMPARE(b.bound(), u"{\"n\":1}"_s);
    QCOMPARE(b.last(), u"{\"n\":1}"_s);
    exchange->sendChunk("data: {\"n\":2}\n\n");
    QVERIFY(waitFor([&] { return a.bound() == u"{\"n\":2}" && b.bound() == u"{\"n\":2}"; }));
}

void tst_SeveralEngines::readValuesWhenTheFirstIsGone()
{
    EventSourceListener listener(m_server->url());
    auto a = std::make_unique<View>(Way::ContextProperty, &listener);
    const View b(Way::ContextProperty, &listener);
    Exchange *exchange = sendFirst("data: {\"n\":1}\n\n");
    QVERIFY(waitFor([&] { return b.bound() == u"{\"n\":1}"; }));
    a.reset();
    exchange->sendChunk("data: {\"n\":2}\n\n");
    QVERIFY(waitFor([&] { return b.bound() == u"{\"n\":2}"; }));
    const View c(Way::InitialProperty, &listener);
    QCOMPARE(c.bound(), u"{\"n\":2}"_s);
    exchange->sendChunk("data: {\"n\":3}\n\n");
    QVERIFY(waitFor([&] { return b.bound() == u"{\"n\":3}" && c.bound() == u"{\"n\":3}"; }));
    QCOMPARE(b.seen().size(), 3);
    QCOMPARE(c.seen(), QStringList {u"{\"n\":3}"_s});
}

// As long as no script uses the listener itself, only its signals.
void tst_SeveralEngines::readValuesWhenTheFirstHasCollectedItsWrapper()
{
    EventSourceListener listener(m_server->url());
    View a(Way::InitialProperty, &listener);
    Exchange *exchange = sendFirst("data: {\"n\":1}\n\n");
    QVERIFY(waitFor([&] { return a.seen().size() == 1; }));
    a.collectGarbage();
    const View b(Way::InitialProperty, &listener);
    QCOMPARE(b.bound(), u"{\"n\":1}"_s);
    exchange->sendChunk("data: {\"n\":2}\n\n");
    QVERIFY(waitFor([&] { return a.seen().size() == 2 && b.seen().size() == 1; }));
    QCOMPARE(a.seen().constLast(), u"{\"n\":2}"_s);
    QCOMPARE(b.seen().constLast(), u"{\"n\":2}"_s);
}

void tst_SeveralEngines::readValuesFromTheMomentThatAHandlerShowsThem()
{
    EventSourceListener listener(m_server->url());
    const View a(Way::InitialProperty, &listener);
    std::unique_ptr<View> b;
    connect(&listener, &EventSourceListener::message, this, [&] {
        if (!b)
            b = std::make_unique<View>(Way::InitialProperty, &listener);
    });
    QVERIFY(sendFirst("data: {\"n\":1}\n\ndata: {\"n\":2}\n\n"));
    QVERIFY(waitFor([&] { return a.seen().size() == 2 && b->seen().size() == 1; }));
    QCOMPARE(b->seen(), QStringList {u"{\"n\":2}"_s});
    QVERIFY(waitFor([&] { return b->bound() == u"{\"n\":2}"; }));
}

enum class First { Nobody, Reads, Makes, Subscribes };
Q_DECLARE_METATYPE(First)

void tst_SeveralEngines::readWhatOnlyTheirSubscriptionsGet_data()
{
    QTest::addColumn<First>("first");
    QTest::newRow("no other engine") << First::Nobody;
    QTest::newRow("another reads the listener") << First::Reads;
    QTest::newRow("another made the listener") << First::Makes;
    QTest::newRow("another subscribes") << First::Subscribes;
}

void tst_SeveralEngines::readWhatOnlyTheirSubscriptionsGet()
{
    QFETCH(First, first);
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import EventSource\n"
                      "EventSourceListener { property var value: data; onMessage: e => e.data }",
                      {});
    std::unique_ptr<EventSourceListener> listener;
    if (first == First::Makes) {
        listener.reset(qobject_cast<EventSourceListener *>(
                component.createWithInitialProperties({{u"url"_s, m_server->url()}})));
        QVERIFY2(listener, qPrintable(component.errorString()));
    } else {
        listener = std::make_unique<EventSourceListener>(m_server->url());
    }
    std::unique_ptr<View> reader;
    if (first == First::Reads)
        reader = std::make_unique<View>(Way::InitialProperty, listener.get());
    std::unique_ptr<SubscribedView> subscriber;
    if (first == First::Subscribes)
        subscriber = std::make_unique<SubscribedView>(listener.get());

    SubscribedView view(listener.get());
    Exchange *exchange =
            sendFirst("event: tick\ndata: {\"n\":1}\n\nevent: other\ndata: {\"n\":9}\n\n");
    QVERIFY(exchange);
    QVERIFY(waitFor([&] { return view.bound() == u"{\"n\":1}"; }));
    QCOMPARE(view.last(), u"{\"n\":1}"_s);
    if (subscriber)
        QVERIFY(waitFor([&] { return subscriber->bound() == u"{\"n\":1}"; }));
    if (reader)
        QVERIFY(waitFor([&] { return reader->bound() == u"{\"n\":9}"; }));
    view.collectGarbage();

    // The others leave, the next one comes.
    reader.reset();
    subscriber.reset();
    const SubscribedView late(listener.get());
    exchange->sendChunk("event: tick\ndata: {\"n\":2}\n\n");
    QVERIFY(waitFor([&] { return view.bound() == u"{\"n\":2}" && late.bound() == u"{\"n\":2}"; }));
    QCOMPARE(late.last(), u"{\"n\":2}"_s);
    QCOMPARE(view.seen(), QStringList({u"{\"n\":1}"_s, u"{\"n\":2}"_s}));
    QCOMPARE(late.seen(), QStringList {u"{\"n\":2}"_s});
    QVERIFY(view.isOwnValue());
    QVERIFY(late.isOwnValue());
}

void tst_SeveralEngines::keepOneValueWhenThereIsOneEngine_data()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("context property") << Way::ContextProperty;
    QTest::newRow("initial property") << Way::InitialProperty;
}

void tst_SeveralEngines::keepOneValueWhenThereIsOneEngine()
{
    QFETCH(Way, way);
    EventSourceListener listener(m_server->url());
    View a(way, &listener);
    Exchange *exchange = sendFirst("data: {\"n\":1}\n\n");
    QVERIFY(waitFor([&] { return a.seen().size() == 1; }));
    a.collectGarbage();
    exchange->sendChunk("data: {\"n\":2}\n\n");
    QVERIFY(waitFor([&] { return a.seen().size() == 2; }));
    QVERIFY(a.isOneValue());
}

QTEST_GUILESS_MAIN(tst_SeveralEngines)
#include "tst_severalengines.moc"
