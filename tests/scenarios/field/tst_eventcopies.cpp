// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qjsonobject.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

// Worker threads keep copies of events that QML reads too.
class tst_EventCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReleasedInThreadsWhileTheEngineGoes_data();
    void areReleasedInThreadsWhileTheEngineGoes();
    void areReleasedInThreadsWhileTheEngineReads();

private:
    using Events = std::vector<EventSourceEvent>;

    std::unique_ptr<QObject> createListener(QQmlEngine *engine, const QUrl &url, Events *events);
};

static constexpr int eventCount = 10000;

static QByteArray stream()
{
    QByteArray text;
    for (int i = 0; i < eventCount; ++i)
        text += "data: {\"n\":" + QByteArray::number(i) + ",\"list\":[1,2,3]}\n\n";
    return text;
}

// Starts threads that have all copies between them, wait for go and release one after the other.
// Not QThreads: ThreadSanitizer does not see their locks.
static std::vector<std::thread> startReleasing(std::vector<EventSourceEvent> events,
                                               const std::atomic<bool> *go)
{
    constexpr size_t threadCount = 4;
    std::vector<std::thread> threads;
    for (size_t i = 0; i < threadCount; ++i) {
        std::vector<EventSourceEvent> copies;
        for (size_t j = i; j < events.size(); j += threadCount)
            copies.push_back(std::move(events[j]));
        threads.emplace_back([go, copies = std::move(copies)]() mutable {
            while (!*go)
                std::this_thread::yield();
            while (!copies.empty())
                copies.pop_back();
        });
    }
    return threads;
}

std::unique_ptr<QObject> tst_EventCopies::createListener(QQmlEngine *engine, const QUrl &url,
                                                         Events *events)
{
    QQmlComponent component(engine);
    component.setData("import EventSource\n"
                      "EventSourceListener {\n"
                      "    property int sum: 0\n"
                      "    reconnect.enabled: false\n"
                      "    onMessage: event => sum += event.data.list.length\n"
                      "}",
                      {});
    std::unique_ptr<QObject> object(component.createWithInitialProperties({{u"url"_s, url}}));
    if (auto *listener = qobject_cast<EventSourceListener *>(object.get())) {
        connect(listener, &EventSourceListener::message, this,
                [events](const EventSourceEvent &event) { events->push_back(event); });
    }
    return object;
}

void tst_EventCopies::areReleasedInThreadsWhileTheEngineGoes_data()
{
    QTest::addColumn<bool>("startsEarly");
    QTest::newRow("from before its destruction") << true;
    QTest::newRow("at the end of its destruction") << false;
}

void tst_EventCopies::areReleasedInThreadsWhileTheEngineGoes()
{
    QFETCH(bool, startsEarly);
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendStream(stream()); });
    for (int round = 0; round < 20; ++round) {
        auto engine = std::make_unique<QQmlEngine>();
        Events events;
        std::unique_ptr<QObject> object = createListener(engine.get(), server.url(), &events);
        QVERIFY(object);
        QVERIFY(waitFor([&] { return events.size() == eventCount; }));
        QCOMPARE(object->property("sum").toInt(), 3 * eventCount);

        std::atomic<bool> go = false;
        auto threads = startReleasing(std::exchange(events, {}), &go);
        connect(engine.get(), &QObject::destroyed, this, [&go] { go = true; });
        object.reset();
        go = startsEarly;
        engine.reset();
        for (std::thread &thread : threads)
            thread.join();
    }
}

void tst_EventCopies::areReleasedInThreadsWhileTheEngineReads()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendStream(stream()); });
    QQmlEngine engine;
    for (int round = 0; round < 10; ++round) {
        Events events;
        std::unique_ptr<QObject> object = createListener(&engine, server.url(), &events);
        QVERIFY(object);
        QVERIFY(waitFor([&] { return events.size() == eventCount; }));

        std::atomic<bool> go = false;
        auto threads = startReleasing(std::exchange(events, {}), &go);
        go = true;
        std::unique_ptr<QObject> next = createListener(&engine, server.url(), &events);
        QVERIFY(waitFor([&] { return events.size() == eventCount; }));
        QCOMPARE(next->property("sum").toInt(), 3 * eventCount);
        for (std::thread &thread : threads)
            thread.join();
        engine.collectGarbage();
    }
}

QTEST_GUILESS_MAIN(tst_EventCopies)
#include "tst_eventcopies.moc"
