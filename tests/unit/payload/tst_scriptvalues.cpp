// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/payload_p.h"
#include "payload/scriptvalues_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qthread.h>
#include <QtQml/qjsengine.h>
#include <QtTest/qtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

// The values of an engine and the events that use them.
class tst_ScriptValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areOnePerEngine();
    void haveTheDigitsOfJsonParse();
    void areFreedWithTheirEvent();
    void ofEventsReleasedInAnotherThreadAreFreedInTheEnginesThread();
    void areFreedWithoutAnEventLoopToo();
    void areFreedWithTheEngine();
    void areNotUsedInAnotherThread();
    void followAnEngineToAnotherThread();
    void endInThreadsWhileTheEngineIsDeleted();

private:
    using Payloads = std::vector<std::unique_ptr<Payload>>;
};

static std::unique_ptr<Payload> createPayload(const std::shared_ptr<ScriptValues> &values,
                                              int number = 1)
{
    auto payload = std::make_unique<Payload>();
    payload->set("{\"n\":" + QByteArray::number(number) + '}', Payload::Format::Json, values);
    payload->check();
    return payload;
}

static bool isScript(const QVariant &variant)
{
    return variant.metaType() == QMetaType::fromType<QJSValue>();
}

// Not a QThread: ThreadSanitizer does not see its locks.
template <typename Function>
static void runInThread(Function function)
{
    std::thread(std::move(function)).join();
}

void tst_ScriptValues::areOnePerEngine()
{
    QJSEngine first;
    QJSEngine second;
    QCOMPARE(ScriptValues::of(&first), ScriptValues::of(&first));
    QVERIFY(ScriptValues::of(&first) != ScriptValues::of(&second));
}

// As documented: an integer above 2^53 has all its digits in the text and in C++ only.
void tst_ScriptValues::haveTheDigitsOfJsonParse()
{
    QJSEngine engine;
    const QByteArray text = "{\"id\":9007199254740993}"_ba;
    Payload payload;
    payload.set(text, Payload::Format::Json, ScriptValues::of(&engine));
    payload.check();
    const QJSValue parsed =
            engine.evaluate(u"JSON.parse('%1').id"_s.arg(QString::fromLatin1(text)));
    QCOMPARE(payload.variant().value<QJSValue>().property(u"id"_s).toNumber(), parsed.toNumber());
    QCOMPARE(payload.value()[u"id"].toInteger(), 9007199254740993);
    QCOMPARE(payload.text(), text);
}

void tst_ScriptValues::areFreedWithTheirEvent()
{
    QJSEngine engine;
    const auto values = ScriptValues::of(&engine);
    auto unread = createPayload(values);
    auto read = createPayload(values);
    QCOMPARE(values->keptCount(), 0);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(read->variant().value<QJSValue>().property(u"n"_s).toInt(), 1);
    QCOMPARE(values->keptCount(), 1);
    unread.reset();
    QCOMPARE(values->keptCount(), 1);
    read.reset();
    QCOMPARE(values->keptCount(), 0);
}

void tst_ScriptValues::ofEventsReleasedInAnotherThreadAreFreedInTheEnginesThread()
{
    QJSEngine engine;
    const auto values = ScriptValues::of(&engine);
    Payloads payloads;
    for (int i = 0; i < 100; ++i) {
        payloads.push_back(createPayload(values, i));
        QVERIFY(isScript(payloads.back()->variant()));
    }
    runInThread([&payloads] { payloads.clear(); });
    QCOMPARE(values->keptCount(), 100);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(values->keptCount(), 0);
}

void tst_ScriptValues::areFreedWithoutAnEventLoopToo()
{
    QJSEngine engine;
    const auto values = ScriptValues::of(&engine);
    for (int i = 0; i < 10; ++i) {
        auto payload = createPayload(values, i);
        QVERIFY(isScript(payload->variant()));
        QCOMPARE(values->keptCount(), 1);
        runInThread([&payload] { payload.reset(); });
    }
}

void tst_ScriptValues::areFreedWithTheEngine()
{
    auto engine = std::make_unique<QJSEngine>();
    const auto values = ScriptValues::of(engine.get());
    auto payload = createPayload(values);
    auto last = createPayload(values);
    QVERIFY(isScript(payload->variant()));
    QVERIFY(isScript(last->variant()));
    engine.reset();
    QVERIFY(!values->isUsable());
    QCOMPARE(values->keptCount(), 0);
    QCOMPARE(payload->variant().toMap(), (QVariantMap {{u"n"_s, 1}}));
    QCOMPARE(payload->value().toObject(), (QJsonObject {{u"n"_s, 1}}));
    payload.reset();
    runInThread([&last] { last.reset(); });
}

void tst_ScriptValues::areNotUsedInAnotherThread()
{
    QJSEngine engine;
    const auto values = ScriptValues::of(&engine);
    const auto payload = createPayload(values);
    QVERIFY(isScript(payload->variant()));
    QVariant there;
    runInThread([&] { there = payload->variant(); });
    QCOMPARE(there.metaType(), QMetaType::fromType<QVariantMap>());
    QCOMPARE(there.toMap(), (QVariantMap {{u"n"_s, 1}}));
    QCOMPARE(values->keptCount(), 1);
}

void tst_ScriptValues::followAnEngineToAnotherThread()
{
    auto engine = std::make_unique<QJSEngine>();
    const auto values = ScriptValues::of(engine.get());
    auto payload = createPayload(values);
    QVERIFY(isScript(payload->variant()));

    std::promise<QThread *> started;
    std::promise<void> moved;
    std::thread thread([&] {
        started.set_value(QThread::currentThread());
        moved.get_future().wait();
        if (ScriptValues::of(engine.get()) == values && isScript(payload->variant()))
            payload.reset();
        engine.reset();
    });
    engine->moveToThread(started.get_future().get());
    const bool wasUsable = values->isUsable();
    const bool wasScript = isScript(payload->variant());
    moved.set_value();
    thread.join();
    QVERIFY(!wasUsable);
    QVERIFY(!wasScript);
    QVERIFY(!payload);
    QVERIFY(!values->isUsable());
}

void tst_ScriptValues::endInThreadsWhileTheEngineIsDeleted()
{
    constexpr int threadCount = 4;
    for (int round = 0; round < 200; ++round) {
        auto engine = std::make_unique<QJSEngine>();
        const auto values = ScriptValues::of(engine.get());
        std::atomic<int> running = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < threadCount; ++i) {
            Payloads payloads;
            for (int j = 0; j < 200; ++j) {
                payloads.push_back(createPayload(values, j));
                QVERIFY(isScript(payloads.back()->variant()));
            }
            threads.emplace_back([&running, payloads = std::move(payloads)]() mutable {
                ++running;
                while (!payloads.empty()) {
                    (void)payloads.back()->variant();
                    payloads.pop_back();
                }
            });
        }
        while (running < 1 + round % threadCount)
            std::this_thread::yield();
        engine.reset();
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(values->keptCount(), 0);
    }
}

QTEST_GUILESS_MAIN(tst_ScriptValues)
#include "tst_scriptvalues.moc"
