// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceSubscription>

#include <QtCore/qjsonobject.h>
#include <QtCore/qregularexpression.h>
#include <QtQml/qjsengine.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

class tst_Subscriptions;
Q_DECLARE_METATYPE(std::function<void(tst_Subscriptions *, EventSourceSubscription *)>)

// Several consumers of one connection.
class tst_Subscriptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void shareOneConnection();
    void areCalledInTheOrderOfTheirCreation();
    void filterByType();
    void getWhatTheListenerFilters();
    void dropTypesThatNobodyWants_data();
    void dropTypesThatNobodyWants();
    void convertAnEventOnce();
    void reportParseErrors();
    void notifyDataOncePerSlice();
    void notifyDataWhenTheyLeave_data();
    void notifyDataWhenTheyLeave();
    void comeAndGoInHandlers_data();
    void comeAndGoInHandlers();
    void areStoppedWithTheListener();
    void outliveTheListener();
    void changeTheListener();

private:
    EventSourceSubscription *subscribe(const QString &name, const QStringList &types = {});
    bool awaitLog(const QStringList &expected);

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<EventSourceListener> m_listener;
    QObject m_subscriptions;
    QStringList m_log;
    std::function<void(const QString &)> m_handler; // called with each new line
};

void tst_Subscriptions::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_listener = std::make_unique<EventSourceListener>(m_server->url());
    m_log.clear();
    m_handler = {};
}

void tst_Subscriptions::cleanup()
{
    qDeleteAll(m_subscriptions.children());
    m_listener.reset();
    m_server.reset();
}

EventSourceSubscription *tst_Subscriptions::subscribe(const QString &name, const QStringList &types)
{
    auto *subscription = new EventSourceSubscription(m_listener.get(), &m_subscriptions);
    subscription->setEventTypes(types);
    subscription->setObjectName(name);
    connect(subscription, &EventSourceSubscription::message, this,
            [this, name](const EventSourceEvent &event) {
                m_log.append(name + u' ' + event.text());
                if (m_handler)
                    m_handler(m_log.constLast());
            });
    return subscription;
}

bool tst_Subscriptions::awaitLog(const QStringList &expected)
{
    (void)QTest::qWaitFor([&] { return m_log.size() >= expected.size(); });
    if (m_log != expected)
        qWarning() << m_log;
    return m_log == expected;
}

void tst_Subscriptions::shareOneConnection()
{
    std::vector<std::unique_ptr<QSignalSpy>> spies;
    for (int i = 0; i < 10; ++i) {
        spies.push_back(std::make_unique<QSignalSpy>(subscribe(QString::number(i)),
                                                     &EventSourceSubscription::message));
    }
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    for (const auto &spy : spies)
        QTRY_COMPARE(spy->count(), 1);
    QVERIFY(staysAt(*m_server, 1));
}

void tst_Subscriptions::areCalledInTheOrderOfTheirCreation()
{
    // The listener's own receiver is first, although it is connected last.
    auto *first = new EventSourceSubscription(&m_subscriptions);
    connect(first, &EventSourceSubscription::message, this, [this] { m_log.append(u"first"_s); });
    subscribe(u"second"_s);
    subscribe(u"third"_s);
    first->setListener(m_listener.get());
    connect(m_listener.get(), &EventSourceListener::message, this,
            [this] { m_log.append(u"listener"_s); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QVERIFY(awaitLog({u"listener"_s, u"first"_s, u"second 1"_s, u"third 1"_s}));
}

void tst_Subscriptions::filterByType()
{
    subscribe(u"all"_s);
    EventSourceSubscription *builds = subscribe(u"builds"_s, {u"build"_s});
    subscribe(u"alerts"_s, {u"alert"_s, u"message"_s});
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: build\ndata: 1\n\ndata: 2\n\n");
    QVERIFY(awaitLog({u"all 1"_s, u"builds 1"_s, u"all 2"_s, u"alerts 2"_s}));
    QCOMPARE(builds->data(), QJsonValue(1));
    QCOMPARE(builds->lastEvent().type(), u"build"_s);

    builds->setEnabled(false);
    exchange->sendChunk("event: build\ndata: 3\n\n");
    QVERIFY(awaitLog({u"all 1"_s, u"builds 1"_s, u"all 2"_s, u"alerts 2"_s, u"all 3"_s}));
    builds->setEnabled(true);
    builds->setEventTypes({u"other"_s});
    exchange->sendChunk("event: build\ndata: 4\n\nevent: other\ndata: 5\n\n");
    QVERIFY(awaitLog({u"all 1"_s, u"builds 1"_s, u"all 2"_s, u"alerts 2"_s, u"all 3"_s, u"all 4"_s,
                      u"all 5"_s, u"builds 5"_s}));
}

// The listener's own filter comes before theirs, whenever it is set.
void tst_Subscriptions::getWhatTheListenerFilters()
{
    subscribe(u"all"_s);
    subscribe(u"builds"_s, {u"build"_s});
    EventSourceSubscription *alerts = subscribe(u"alerts"_s, {u"alert"_s});
    QSignalSpy alertErrors(alerts, &EventSourceSubscription::parseError);
    m_listener->setEventTypes({u"build"_s, u"message"_s});
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    const QByteArray events = "event: alert\ndata: 1\n\nevent: alert\ndata: {broken\n\n"
                              "event: build\ndata: 2\n\ndata: 3\n\n";
    exchange->sendStream(events);
    QStringList expected {u"all 2"_s, u"builds 2"_s, u"all 3"_s};
    QVERIFY(awaitLog(expected));
    QCOMPARE(alertErrors.count(), 0);
    QVERIFY(alerts->lastEvent().text().isEmpty());

    m_handler = [this](const QString &line) {
        if (line.startsWith(u"all"))
            m_listener->setEventTypes({u"alert"_s});
    };
    exchange->sendChunk("event: build\ndata: 4\n\n" + events);
    expected += QStringList {u"all 4"_s, u"builds 4"_s, u"all 1"_s, u"alerts 1"_s};
    QVERIFY(awaitLog(expected));
    QTRY_COMPARE(alertErrors.count(), 1);
}

void tst_Subscriptions::dropTypesThatNobodyWants_data()
{
    QTest::addColumn<bool>("listens");
    QTest::newRow("nobody on the listener") << false;
    QTest::newRow("somebody on the listener") << true;
}

// What is not decoded gives no parse error.
void tst_Subscriptions::dropTypesThatNobodyWants()
{
    QFETCH(bool, listens);
    subscribe(u"builds"_s, {u"build"_s});
    QSignalSpy parseErrors(m_listener.get(), &EventSourceListener::parseError);
    std::unique_ptr<QSignalSpy> own;
    if (listens)
        own = std::make_unique<QSignalSpy>(m_listener.get(), &EventSourceListener::message);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\nevent: other\ndata: {broken\n\nid: 2\nevent: build\ndata: 1\n\n");
    QVERIFY(awaitLog({u"builds 1"_s}));
    QCOMPARE(parseErrors.count(), listens ? 1 : 0);
    QCOMPARE(m_listener->lastEventId(), u"2"_s);

    // Its id counts like that of an event that was filtered out.
    exchange->sendChunk("id: 3\nevent: other\ndata: {}\n\n");
    QTRY_COMPARE(m_listener->lastEventId(), u"3"_s);
}

void tst_Subscriptions::convertAnEventOnce()
{
    QJSEngine::setObjectOwnership(m_listener.get(), QJSEngine::CppOwnership);
    QJSEngine engine; // unlike a QQmlEngine it lets JSON.parse be replaced
    engine.globalObject().setProperty(u"listener"_s, engine.newQObject(m_listener.get()));
    const QJSValue log = engine.evaluate(uR"(
        var parsed = [], values = [], parse = JSON.parse
        JSON.parse = text => { parsed.push(text); return parse(text) }
        parsed
    )"_s);
    const QJSValue read = engine.evaluate(u"event => values.push(event.data)"_s);
    for (int i = 0; i < 10; ++i) {
        QObject *subscription = subscribe(QString::number(i), {u"read"_s});
        QJSEngine::setObjectOwnership(subscription, QJSEngine::CppOwnership);
        const QJSValue object = engine.newQObject(subscription);
        object.property(u"message"_s)
                .property(u"connect"_s)
                .callWithInstance(object.property(u"message"_s), {read});
    }
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: unwanted\ndata: {\"n\":0}\n\nevent: read\ndata: {\"n\":1}\n\n");
    QTRY_COMPARE(engine.evaluate(u"values.length"_s).toInt(), 10);
    QCOMPARE(log.property(u"length"_s).toInt(), 1);
    QVERIFY(engine.evaluate(u"values.every(value => value === values[0] && value.n === 1)"_s)
                    .toBool());
}

void tst_Subscriptions::reportParseErrors()
{
    EventSourceSubscription *builds = subscribe(u"builds"_s, {u"build"_s});
    EventSourceSubscription *alerts = subscribe(u"alerts"_s, {u"alert"_s});
    QSignalSpy buildErrors(builds, &EventSourceSubscription::parseError);
    QSignalSpy alertErrors(alerts, &EventSourceSubscription::parseError);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QTest::failOnWarning(QRegularExpression(u"parseError"_s)); // somebody handles it
    exchange->sendStream("event: build\ndata: {broken\n\nevent: build\ndata: 1\n\n");
    QVERIFY(awaitLog({u"builds 1"_s}));
    QCOMPARE(buildErrors.count(), 1);
    QCOMPARE(buildErrors.first().first().value<EventSourceEvent>().text(), u"{broken"_s);
    QCOMPARE(alertErrors.count(), 0);
}

void tst_Subscriptions::notifyDataOncePerSlice()
{
    EventSourceSubscription *subscription = subscribe(u"all"_s);
    QSignalSpy data(subscription, &EventSourceSubscription::dataChanged);
    QSignalSpy lastEvent(subscription, &EventSourceSubscription::lastEventChanged);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\ndata: 2\n\ndata: 3\n\n");
    QTRY_COMPARE(m_log.size(), 3);
    QTRY_COMPARE(data.count(), 1);
    QCOMPARE(lastEvent.count(), 1);
    QCOMPARE(subscription->data(), QJsonValue(3));

    // Also if the handler stops the listener.
    m_handler = [this](const QString &) { m_listener->stopListening(); };
    exchange->sendChunk("data: 4\n\ndata: 5\n\n");
    QTRY_COMPARE(m_log.size(), 4);
    QTRY_COMPARE(data.count(), 2);
    QCOMPARE(subscription->data(), QJsonValue(4));
}

void tst_Subscriptions::notifyDataWhenTheyLeave_data()
{
    using Action = std::function<void(tst_Subscriptions *, EventSourceSubscription *)>;
    QTest::addColumn<Action>("action");
    QTest::newRow("no listener") << Action([](auto *, auto *s) { s->setListener(nullptr); });
    QTest::newRow("another listener") << Action(
            [](auto *t, auto *s) { s->setListener(new EventSourceListener(&t->m_subscriptions)); });
    QTest::newRow("the listener goes") << Action([](auto *t, auto *) { t->m_listener.reset(); });
}

// The slice of a listener that it does not have any more has no end for a subscription.
void tst_Subscriptions::notifyDataWhenTheyLeave()
{
    QFETCH(std::function<void(tst_Subscriptions *, EventSourceSubscription *)>, action);
    EventSourceSubscription *subscription = subscribe(u"a"_s);
    QSignalSpy data(subscription, &EventSourceSubscription::dataChanged);
    QSignalSpy lastEvent(subscription, &EventSourceSubscription::lastEventChanged);
    m_handler = [&](const QString &) { action(this, subscription); };
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\ndata: 2\n\n");
    QVERIFY(awaitLog({u"a 1"_s}));
    QCOMPARE(data.count(), 1);
    QCOMPARE(lastEvent.count(), 1);
    QCOMPARE(subscription->data(), QJsonValue(1));
}

void tst_Subscriptions::comeAndGoInHandlers_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<QStringList>("second"); // of the event after that
    QTest::newRow("delete itself") << 0 << QStringList {u"a 2"_s, u"c 2"_s};
    QTest::newRow("delete the one before") << 1 << QStringList {u"b 2"_s, u"c 2"_s};
    QTest::newRow("delete the one after") << 2 << QStringList {u"a 2"_s, u"b 2"_s};
    QTest::newRow("disable itself") << 3 << QStringList {u"a 2"_s, u"c 2"_s};
    QTest::newRow("create another one")
            << 4 << QStringList {u"a 2"_s, u"b 2"_s, u"c 2"_s, u"new 2"_s};
}

void tst_Subscriptions::comeAndGoInHandlers()
{
    QFETCH(int, action);
    QFETCH(QStringList, second);
    EventSourceSubscription *a = subscribe(u"a"_s);
    EventSourceSubscription *b = subscribe(u"b"_s);
    EventSourceSubscription *c = subscribe(u"c"_s);
    m_handler = [this, action, a, b, c](const QString &line) {
        if (line != "b 1"_L1)
            return;
        switch (action) {
        case 0:
            delete b;
            break;
        case 1:
            delete a;
            break;
        case 2:
            delete c;
            break;
        case 3:
            b->setEnabled(false);
            break;
        default:
            subscribe(u"new"_s);
        }
    };
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\ndata: 2\n\n");
    QStringList expected {u"a 1"_s, u"b 1"_s};
    if (action != 2)
        expected.append(u"c 1"_s);
    QVERIFY(awaitLog(expected + second));
}

void tst_Subscriptions::areStoppedWithTheListener()
{
    subscribe(u"a"_s);
    subscribe(u"b"_s);
    m_handler = [this](const QString &) { m_listener->stopListening(); };
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: 1\n\ndata: 2\n\n");
    QVERIFY(awaitLog({u"a 1"_s}));
    QTRY_VERIFY(!exchange->isConnected());
    QCOMPARE(m_log.size(), 1);
    QCOMPARE(m_listener->lastEventId(), u"1"_s);
}

void tst_Subscriptions::outliveTheListener()
{
    EventSourceSubscription *a = subscribe(u"a"_s);
    EventSourceSubscription *b = subscribe(u"b"_s);
    QSignalSpy changes(b, &EventSourceSubscription::listenerChanged);
    m_handler = [this](const QString &) { m_listener.reset(); };
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QVERIFY(awaitLog({u"a 1"_s}));
    QTRY_VERIFY(!exchange->isConnected());
    QCOMPARE(a->listener(), nullptr);
    QCOMPARE(b->listener(), nullptr);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(a->data(), QJsonValue(1));
    QCOMPARE(m_log.size(), 1);
}

void tst_Subscriptions::changeTheListener()
{
    ScriptedServer otherServer;
    EventSourceListener other(otherServer.url());
    EventSourceSubscription *subscription = subscribe(u"a"_s);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    Exchange *otherExchange = otherServer.take();
    QVERIFY(otherExchange);
    m_handler = [&](const QString &) { subscription->setListener(&other); };
    exchange->sendStream("data: 1\n\ndata: 2\n\n");
    QVERIFY(awaitLog({u"a 1"_s}));
    m_handler = {};
    otherExchange->sendStream("data: 3\n\n");
    QVERIFY(awaitLog({u"a 1"_s, u"a 3"_s}));
    subscription->setListener(nullptr);
    QSignalSpy messages(&other, &EventSourceListener::message);
    otherExchange->sendChunk("data: 4\n\n");
    QTRY_COMPARE(messages.count(), 1);
    QCOMPARE(m_log.size(), 2);
}

QTEST_GUILESS_MAIN(tst_Subscriptions)
#include "tst_subscriptions.moc"
