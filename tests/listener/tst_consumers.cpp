// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "nestedloop.h"
#include "scriptedserver.h"
#include "trigger.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>
#include <EventSource/EventSourceSubscription>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qpointer.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

class tst_Consumers;
using Action = std::function<void(tst_Consumers *)>;
Q_DECLARE_METATYPE(Action)

// Handlers of a listener, its subscriptions and its models that change who consumes the stream, or
// run an event loop.
class tst_Consumers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void comeAndGoInAnyHandler_data();
    void comeAndGoInAnyHandler();
    void pauseInANestedEventLoop_data();
    void pauseInANestedEventLoop();
    void showWhatCameWhileTheyWereShown_data();
    void showWhatCameWhileTheyWereShown();

private:
    QObject *find(const QString &name) const;
    EventSourceSubscription *subscribe(const QString &name);
    QStringList texts() const;

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<EventSourceListener> m_listener;
    std::unique_ptr<EventSourceModel> m_model;
    std::unique_ptr<QObject> m_subscriptions;
    QStringList m_log;
};

void tst_Consumers::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_listener = std::make_unique<EventSourceListener>(m_server->url());
    connect(m_listener.get(), &EventSourceListener::parseError, this, [] {}); // no warning
    m_model = std::make_unique<EventSourceModel>(m_listener.get());
    m_subscriptions = std::make_unique<QObject>();
    m_log.clear();
}

void tst_Consumers::cleanup()
{
    m_subscriptions.reset();
    m_model.reset();
    m_listener.reset();
    m_server.reset();
}

QObject *tst_Consumers::find(const QString &name) const
{
    if (name == "listener"_L1)
        return m_listener.get();
    if (name == "model"_L1)
        return m_model.get();
    return m_subscriptions->findChild<QObject *>(name);
}

EventSourceSubscription *tst_Consumers::subscribe(const QString &name)
{
    auto *subscription = new EventSourceSubscription(m_listener.get(), m_subscriptions.get());
    subscription->setObjectName(name);
    connect(subscription, &EventSourceSubscription::message, this,
            [this, name](const EventSourceEvent &event) { m_log.append(name + event.text()); });
    return subscription;
}

QStringList tst_Consumers::texts() const
{
    QStringList result;
    for (int row = 0; row < m_model->rowCount(); ++row)
        result.append(m_model->index(row).data().toString());
    return result;
}

void tst_Consumers::comeAndGoInAnyHandler_data()
{
    QTest::addColumn<QString>("object");
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<Action>("action");
    QTest::addColumn<QStringList>("later"); // of an event after that

    const QList<QPair<QString, QByteArray>> signalsOfObjects {
            {u"listener"_s, SIGNAL(opened())},
            {u"listener"_s, SIGNAL(statusChanged())},
            {u"listener"_s, SIGNAL(comment(QString))},
            {u"listener"_s, SIGNAL(message(EventSourceEvent))},
            {u"listener"_s, SIGNAL(parseError(EventSourceEvent, QString))},
            {u"listener"_s, SIGNAL(error(EventSourceError))},
            {u"listener"_s, SIGNAL(errorStringChanged())},
            {u"listener"_s, SIGNAL(dataChanged())},
            {u"listener"_s, SIGNAL(lastEventIdChanged())},
            {u"b"_s, SIGNAL(message(EventSourceEvent))},
            {u"b"_s, SIGNAL(parseError(EventSourceEvent, QString))},
            {u"b"_s, SIGNAL(lastEventChanged())},
            {u"b"_s, SIGNAL(dataChanged())},
            {u"model"_s, SIGNAL(rowsInserted(QModelIndex, int, int))},
            {u"model"_s, SIGNAL(countChanged())},
    };
    const auto all = [](tst_Consumers *test) {
        return test->m_subscriptions->findChildren<EventSourceSubscription *>();
    };
    struct
    {
        const char *name;
        Action action;
        QStringList later;
    } const actions[] = {
            {"create one",
             [](auto *test) { test->subscribe(u"new"_s); },
             {u"a9"_s, u"b9"_s, u"c9"_s, u"new9"_s}},
            {"delete the first", [](auto *test) { delete test->find(u"a"_s); }, {u"b9"_s, u"c9"_s}},
            {"delete the second",
             [](auto *test) { delete test->find(u"b"_s); },
             {u"a9"_s, u"c9"_s}},
            {"delete all", [](auto *test) { test->m_subscriptions.reset(new QObject); }, {}},
            {"delete the model",
             [](auto *test) { test->m_model.reset(); },
             {u"a9"_s, u"b9"_s, u"c9"_s}},
            {"disable all",
             [all](auto *test) {
                 for (EventSourceSubscription *subscription : all(test))
                     subscription->setEnabled(false);
             },
             {}},
            {"take the listener from all",
             [all](auto *test) {
                 for (EventSourceSubscription *subscription : all(test))
                     subscription->setListener(nullptr);
             },
             {}},
            {"delete the listener", [](auto *test) { test->m_listener.reset(); }, {}},
    };
    for (const auto &[object, signal] : signalsOfObjects) {
        for (const auto &[name, action, later] : actions) {
            QTest::addRow("%s in %s of %s", name, signal.constData() + 1, qPrintable(object))
                    << object << signal << action << later;
        }
    }
}

void tst_Consumers::comeAndGoInAnyHandler()
{
    QFETCH(QString, object);
    QFETCH(QByteArray, signal);
    QFETCH(Action, action);
    QFETCH(QStringList, later);

    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        subscribe(name);
    m_listener->setMaximumEventSize(100);
    bool acted = false;
    Trigger trigger;
    trigger.handler = [&] {
        if (!std::exchange(acted, true))
            action(this);
    };
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QVERIFY(connect(find(object), signal.constData(), &trigger, SLOT(fire())));
    exchange->sendStream(": hello\n\nid: 1\ndata: 1\n\ndata: {broken\n\ndata: "
                         + QByteArray(200, '7') + "\n\nid: 2\ndata: 2\n\n");
    QVERIFY(waitFor([&] { return acted && (!m_listener || m_listener->lastEventId() == "2"_L1); }));
    m_log.clear();
    if (!m_listener) {
        QTRY_VERIFY(!exchange->isConnected());
    } else {
        exchange->sendChunk("id: 3\ndata: 9\n\n");
        QVERIFY(waitFor([&] { return m_listener->lastEventId() == "3"_L1; }));
    }
    QCOMPARE(m_log, later);
}

void tst_Consumers::pauseInANestedEventLoop_data()
{
    QTest::addColumn<QString>("object");
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<bool>("ownLoop");
    const QList<QPair<QString, QByteArray>> signalsOfObjects {
            {u"listener"_s, SIGNAL(message(EventSourceEvent))},
            {u"listener"_s, SIGNAL(parseError(EventSourceEvent, QString))},
            {u"listener"_s, SIGNAL(dataChanged())},
            {u"a"_s, SIGNAL(message(EventSourceEvent))},
            {u"a"_s, SIGNAL(parseError(EventSourceEvent, QString))},
            {u"a"_s, SIGNAL(dataChanged())},
            {u"model"_s, SIGNAL(rowsAboutToBeInserted(QModelIndex, int, int))},
            {u"model"_s, SIGNAL(rowsInserted(QModelIndex, int, int))},
            {u"model"_s, SIGNAL(countChanged())},
            {u"receiver"_s, {}},
    };
    for (const auto &[object, signal] : signalsOfObjects) {
        for (const bool ownLoop : {false, true}) {
            QTest::addRow("%s in %s%s%s", ownLoop ? "QEventLoop" : "processEvents()",
                          signal.isEmpty() ? "" : signal.constData() + 1,
                          signal.isEmpty() ? "" : " of ", qPrintable(object))
                    << object << signal << ownLoop;
        }
    }
}

// Whoever runs the loop: nobody gets an event of this stream before it has ended.
void tst_Consumers::pauseInANestedEventLoop()
{
    QFETCH(QString, object);
    QFETCH(QByteArray, signal);
    QFETCH(bool, ownLoop);

    const QAbstractItemModelTester tester(m_model.get());
    subscribe(u"a"_s);
    Exchange *exchange = nullptr;
    bool isNested = false;
    bool hasNested = false;
    int insideLoop = 0; // of all that is emitted
    const auto count = [&] { insideLoop += isNested; };
    connect(m_listener.get(), &EventSourceListener::message, this, count);
    connect(m_listener.get(), &EventSourceListener::parseError, this, count);
    connect(m_listener.get(), &EventSourceListener::dataChanged, this, count);
    connect(m_listener.get(), &EventSourceListener::lastEventIdChanged, this, count);
    connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, count);
    const auto *subscription = qobject_cast<EventSourceSubscription *>(find(u"a"_s));
    connect(subscription, &EventSourceSubscription::message, this, count);
    connect(subscription, &EventSourceSubscription::dataChanged, this, count);

    Trigger trigger;
    trigger.handler = [&] {
        if (std::exchange(hasNested, true))
            return;
        exchange->sendChunk("id: 4\ndata: 4\n\n");
        isNested = true;
        runUntilMessage(m_server->url(u"/other"_s), ownLoop);
        isNested = false;
    };
    if (signal.isEmpty()) {
        m_listener->onMessage<QJsonValue>(this,
                                          [&trigger](const QJsonValue &) { trigger.handler(); });
    } else {
        QVERIFY(connect(find(object), signal.constData(), &trigger, SLOT(fire())));
    }

    exchange = m_server->take();
    QVERIFY(exchange);
    m_server->setHandler([](Exchange *other) { other->sendStream("data: 1\n\n"); });
    exchange->sendStream("id: 1\ndata: 1\n\ndata: {broken\n\nid: 3\ndata: 3\n\n");
    QVERIFY(waitFor([&] { return m_log.size() == 3 && m_model->count() == 3; }));
    QVERIFY(hasNested);
    QCOMPARE(insideLoop, 0);
    QCOMPARE(m_log, QStringList({u"a1"_s, u"a3"_s, u"a4"_s}));
    QCOMPARE(texts(), QStringList({u"1"_s, u"3"_s, u"4"_s}));
}

void tst_Consumers::showWhatCameWhileTheyWereShown_data()
{
    QTest::addColumn<QByteArray>("signal");
    QTest::newRow("removal") << QByteArray(SIGNAL(rowsRemoved(QModelIndex, int, int)));
    QTest::newRow("update") << QByteArray(
            SIGNAL(dataChanged(QModelIndex, QModelIndex, QList<int>)));
    QTest::newRow("insertion") << QByteArray(SIGNAL(rowsInserted(QModelIndex, int, int)));
}

// Outside of a delivery the stream does not pause. What it brings while rows are shown comes after
// that, in changes of its own.
void tst_Consumers::showWhatCameWhileTheyWereShown()
{
    QFETCH(QByteArray, signal);
    const QAbstractItemModelTester tester(m_model.get());
    m_model->setKeyField(u"k"_s);
    m_model->setRemoveTypes({u"gone"_s});
    m_model->setMaximumCount(3);
    subscribe(u"a"_s);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: [{\"k\":0},{\"k\":1},{\"k\":2}]\n\n");
    QVERIFY(waitFor([&] { return m_model->count() == 3; }));
    m_model->setPaused(true);
    exchange->sendChunk("event: gone\ndata: 1\n\ndata: {\"k\":2,\"v\":1}\n\ndata: {\"k\":3}\n\n");
    QVERIFY(waitFor([&] { return m_log.size() == 4; }));

    int depth = 0;
    int deepest = 0;
    bool hasNested = false;
    QStringList first; // after the changes of the model that are shown first
    Trigger trigger;
    trigger.handler = [&] {
        deepest = std::max(deepest, ++depth);
        if (!std::exchange(hasNested, true)) {
            exchange->sendChunk("event: gone\ndata: 2\n\ndata: {\"k\":3,\"v\":2}\n\n"
                                "data: [{\"k\":1},{\"k\":4},{\"k\":5}]\n\n");
            while (m_log.size() < 7)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        --depth;
    };
    QVERIFY(connect(m_model.get(), signal.constData(), &trigger, SLOT(fire())));
    connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, [&] {
        if (first.isEmpty())
            first = texts();
    });
    m_model->setPaused(false);
    QVERIFY(hasNested);
    QCOMPARE(deepest, 1);
    QCOMPARE(first, QStringList({uR"({"k":0})"_s, uR"({"k":2,"v":1})"_s, uR"({"k":3})"_s}));
    QCOMPARE(texts(), QStringList({uR"({"k":1})"_s, uR"({"k":4})"_s, uR"({"k":5})"_s}));
    for (int row = 0; row < m_model->count(); ++row)
        QCOMPARE(m_model->indexOf(m_model->get(row).value(u"data"_s).toMap().value(u"k"_s)), row);
}

QTEST_GUILESS_MAIN(tst_Consumers)

#include "tst_consumers.moc"
