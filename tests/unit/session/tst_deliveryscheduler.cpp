// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/deliveryscheduler_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qpointer.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_DeliveryScheduler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void deliversAtOnceIfNobodyWaits();
    void deliversAfterThoseThatWait();
    void deliversInTheNextTurnWhenThisOneIsUsed();
    void deliversUntilNothingIsLeft();
    void deliversOnceInALaterTurnHoweverOftenScheduled();
    void deliversAgainIfScheduledMeanwhile();
    void sharesATurn_data();
    void sharesATurn();
    void takesTurnsWhateverEachNeeds();
    void leavesTimeForTimers_data();
    void leavesTimeForTimers();
    void letsInputGoBeforeTheNextTurn();
    void forgetsDroppedClients();
    void takesDropsInDelivery();
    void takesDeletionsInDelivery();
    void continuesWithOthersInANestedEventLoop_data();
    void continuesWithOthersInANestedEventLoop();
    void takesItsOwnDeletionInANestedEventLoop();
    void isOnePerThread();
};

namespace {

constexpr std::chrono::nanoseconds turn = 8ms;

// Delivers while it exists; dropping it drops all that it was scheduled for.
class FakeClient
{
public:
    using Work = std::function<bool(const QDeadlineTimer &deadline)>;

    explicit FakeClient(Work work) : m_work(std::move(work)) { drop(); }
    ~FakeClient() { m_stream->client = nullptr; }
    Q_DISABLE_COPY_MOVE(FakeClient)

    void schedule() { DeliveryScheduler::instance().schedule(m_stream); }
    void deliver() { DeliveryScheduler::instance().deliver(m_stream); }
    void drop()
    {
        if (m_stream)
            m_stream->client = nullptr;
        m_stream = std::make_shared<Stream>(this);
    }

    int calls = 0;

private:
    class Stream final : public DeliveryScheduler::Client
    {
    public:
        explicit Stream(FakeClient *fake) : client(fake) { }

        bool deliver(const QDeadlineTimer &deadline) override
        {
            if (!client)
                return false;
            ++client->calls;
            const Work work = client->m_work; // outlives the client
            return work(deadline);
        }

        FakeClient *client;
    };

    Work m_work;
    std::shared_ptr<Stream> m_stream;
};

// Has nothing left after its first delivery.
FakeClient::Work recording(QStringList &order, const QString &name)
{
    return [&order, name](const QDeadlineTimer &) {
        order += name;
        return false;
    };
}

void spin(const QDeadlineTimer &deadline)
{
    while (!deadline.hasExpired()) { }
}

// Calls a function once in every turn of the event loop.
class TurnWatch
{
public:
    explicit TurnWatch(std::function<void()> function) : m_function(std::move(function)) { post(); }

private:
    void post()
    {
        QMetaObject::invokeMethod(
                &m_context,
                [this] {
                    post();
                    m_function();
                },
                Qt::QueuedConnection);
    }

    std::function<void()> m_function;
    QObject m_context;
};

template <typename Condition>
bool runUntil(Condition condition)
{
    const QDeadlineTimer deadline(30s);
    while (!condition() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents);
    return condition();
}

void runTurns(int count)
{
    const TurnWatch watch([&] { --count; });
    QVERIFY(runUntil([&] { return count <= 0; }));
}

} // namespace

// The next test function begins with a turn that has all its time.
void tst_DeliveryScheduler::cleanup()
{
    FakeClient client([](const QDeadlineTimer &deadline) {
        spin(deadline);
        return false;
    });
    client.deliver();
    runTurns(3);
}

void tst_DeliveryScheduler::deliversAtOnceIfNobodyWaits()
{
    FakeClient client([](const QDeadlineTimer &) { return false; });
    client.deliver();
    QCOMPARE(client.calls, 1);
    client.deliver();
    QCOMPARE(client.calls, 2);
    runTurns(3);
    QCOMPARE(client.calls, 2);
}

void tst_DeliveryScheduler::deliversAfterThoseThatWait()
{
    QStringList order;
    FakeClient first(recording(order, u"first"_s));
    FakeClient second(recording(order, u"second"_s));
    first.schedule();
    second.deliver();
    QCOMPARE(order, QStringList());
    QVERIFY(runUntil([&] { return order.size() == 2; }));
    QCOMPARE(order, QStringList({u"first"_s, u"second"_s}));
}

void tst_DeliveryScheduler::deliversInTheNextTurnWhenThisOneIsUsed()
{
    FakeClient client([](const QDeadlineTimer &deadline) {
        spin(std::min(deadline, QDeadlineTimer(1ms, Qt::PreciseTimer)));
        return false;
    });
    int turns = 0;
    const TurnWatch watch([&] { ++turns; });
    for (int i = 1; client.calls == i - 1 && i < 100; ++i)
        client.deliver();
    const int atOnce = client.calls;
    QVERIFY(atOnce > 0);
    QVERIFY2(atOnce <= 8, QByteArray::number(atOnce));
    QCOMPARE(turns, 0);
    QVERIFY(runUntil([&] { return client.calls > atOnce; }));
    QCOMPARE(turns, 1);
    QCOMPARE(client.calls, atOnce + 1);

    // Delivery at once has time again.
    runTurns(2);
    client.deliver();
    QCOMPARE(client.calls, atOnce + 2);
}

void tst_DeliveryScheduler::deliversUntilNothingIsLeft()
{
    int left = 0;
    FakeClient client([&](const QDeadlineTimer &) { return --left > 0; });
    left = 1000;
    client.schedule();
    QVERIFY(runUntil([&] { return left == 0; }));
    left = 1000;
    client.deliver();
    QVERIFY(runUntil([&] { return left == 0; }));
    runTurns(3);
    QCOMPARE(client.calls, 2000);
}

void tst_DeliveryScheduler::deliversOnceInALaterTurnHoweverOftenScheduled()
{
    QStringList order;
    FakeClient first(recording(order, u"first"_s));
    FakeClient second(recording(order, u"second"_s));
    first.schedule();
    second.schedule();
    first.schedule();
    first.deliver();
    second.deliver();
    QCOMPARE(order, QStringList());
    runTurns(3);
    QCOMPARE(order, QStringList({u"first"_s, u"second"_s}));
}

// Something came while it worked: it has said that nothing is left, but that was before.
void tst_DeliveryScheduler::deliversAgainIfScheduledMeanwhile()
{
    FakeClient *self = nullptr;
    bool isFirst = true;
    FakeClient client([&](const QDeadlineTimer &) {
        if (std::exchange(isFirst, false))
            self->schedule();
        return false;
    });
    self = &client;
    client.schedule();
    runTurns(4);
    QCOMPARE(client.calls, 2);
}

void tst_DeliveryScheduler::sharesATurn_data()
{
    QTest::addColumn<int>("clients");
    for (const int clients : {1, 2, 3, 8, 20})
        QTest::addRow("%d", clients) << clients;
}

// Each works for as long as it may. What it is given, not what it takes, is looked at: that does not
// depend on who else uses the machine.
void tst_DeliveryScheduler::sharesATurn()
{
    QFETCH(int, clients);
    QList<int> order;
    std::chrono::nanoseconds given = 0ns; // in this turn
    std::chrono::nanoseconds largest = 0ns; // given to one
    std::vector<std::unique_ptr<FakeClient>> all;
    for (int i = 0; i < clients; ++i) {
        all.push_back(std::make_unique<FakeClient>([&, i](const QDeadlineTimer &deadline) {
            const std::chrono::nanoseconds mine = deadline.remainingTimeAsDuration();
            largest = std::max(largest, mine);
            given += mine;
            order += i;
            spin(deadline);
            return true;
        }));
        all.back()->schedule();
    }
    int turns = 0;
    std::chrono::nanoseconds most = 0ns;
    const TurnWatch watch([&] {
        ++turns;
        most = std::max(most, std::exchange(given, 0ns));
    });
    QVERIFY(runUntil([&] { return order.size() >= 3 * clients; }));

    for (int i = 0; i < order.size(); ++i)
        QCOMPARE(order[i], i % clients);
    QVERIFY2(most <= turn, QByteArray::number(qint64(most.count())));
    // Nobody is given less than half a millisecond, so no more than 16 work in a turn.
    QVERIFY2(turns >= order.size() / 16, QByteArray::number(turns));
    QVERIFY(largest <= std::max<std::chrono::nanoseconds>(turn / clients, 500us));
}

void tst_DeliveryScheduler::takesTurnsWhateverEachNeeds()
{
    FakeClient slow([](const QDeadlineTimer &deadline) {
        spin(deadline);
        return true;
    });
    FakeClient quick([](const QDeadlineTimer &) { return true; });
    int callsBeforeLate = 0;
    FakeClient late([&](const QDeadlineTimer &) {
        callsBeforeLate = quick.calls;
        return false;
    });
    slow.schedule();
    quick.schedule();
    QVERIFY(runUntil([&] { return slow.calls >= 10; }));
    QVERIFY(qAbs(slow.calls - quick.calls) <= 1);

    // One that comes later waits no longer than for each of them once.
    const int before = quick.calls;
    late.schedule();
    QVERIFY(runUntil([&] { return late.calls == 1; }));
    QVERIFY(callsBeforeLate - before <= 1);
}

void tst_DeliveryScheduler::leavesTimeForTimers_data()
{
    QTest::addColumn<int>("interval");
    QTest::newRow("as soon as nothing else is to be done") << 0;
    QTest::newRow("soon") << 1;
}

// Two floods: what else the thread has to do is done between two turns.
void tst_DeliveryScheduler::leavesTimeForTimers()
{
    QFETCH(int, interval);
    enum Step { Slice, Turn, Timer };
    QList<Step> steps;
    const auto work = [&](const QDeadlineTimer &deadline) {
        steps += Slice;
        spin(deadline);
        return true;
    };
    FakeClient first(work);
    FakeClient second(work);
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    connect(&timer, &QTimer::timeout, this, [&] { steps += Timer; });
    timer.start(interval);
    const TurnWatch watch([&] { steps += Turn; });
    first.schedule();
    second.schedule();
    QVERIFY(runUntil([&] { return steps.count(Turn) >= 12; }));

    const auto slices = steps.count(Slice);
    QVERIFY2(slices >= 10, QByteArray::number(slices));
    // Two slices of half a turn each, then all others; a slice that took longer than it should is the
    // only one of its turn.
    int slicesInARow = 0;
    int turnsWithoutTimer = 0;
    for (const Step step : std::as_const(steps)) {
        slicesInARow = step == Slice ? slicesInARow + 1 : 0;
        QVERIFY(slicesInARow <= 2);
        turnsWithoutTimer = step == Timer ? 0 : turnsWithoutTimer + int(step == Turn);
        // Qt's event dispatcher on top of GLib runs timers in every other turn.
        QVERIFY(turnsWithoutTimer <= 4);
    }
}

// An event that comes within a turn does not wait for the next one, too.
void tst_DeliveryScheduler::letsInputGoBeforeTheNextTurn()
{
    QStringList order;
    QObject input;
    const auto use = [&](const QString &name) {
        return [&, name](const QDeadlineTimer &deadline) {
            if (order.isEmpty()) {
                QMetaObject::invokeMethod(
                        &input, [&order] { order += u"input"_s; }, Qt::QueuedConnection);
            }
            order += name;
            spin(deadline);
            return order.size() < 20;
        };
    };
    FakeClient a(use(u"a"_s));
    FakeClient b(use(u"b"_s));
    a.schedule();
    b.schedule();
    QTRY_VERIFY(order.contains(u"input"_s));
    // A slice that took longer than it should is the only one of its turn.
    QVERIFY2(order.indexOf(u"input"_s) <= 2, qPrintable(order.join(u' ')));
}

void tst_DeliveryScheduler::forgetsDroppedClients()
{
    QStringList order;
    FakeClient removed(recording(order, u"removed"_s));
    FakeClient stays(recording(order, u"stays"_s));
    removed.drop(); // never seen
    removed.schedule();
    stays.schedule();
    removed.drop();
    runTurns(3);
    QCOMPARE(order, QStringList {u"stays"_s});

    removed.schedule();
    runTurns(3);
    QCOMPARE(order, QStringList({u"stays"_s, u"removed"_s}));
}

void tst_DeliveryScheduler::takesDropsInDelivery()
{
    FakeClient *self = nullptr;
    FakeClient before([](const QDeadlineTimer &) { return true; });
    FakeClient after([](const QDeadlineTimer &) { return true; });
    FakeClient last([](const QDeadlineTimer &) { return false; });
    FakeClient remover([&](const QDeadlineTimer &) {
        for (FakeClient *client : {self, &before, &after})
            client->drop();
        return false;
    });
    self = &remover;
    for (FakeClient *client : {&before, &remover, &after, &last})
        client->schedule();
    QVERIFY(runUntil([&] { return last.calls > 0; }));
    runTurns(3);
    QCOMPARE(before.calls, 1);
    QCOMPARE(remover.calls, 1);
    QCOMPARE(after.calls, 0);
    QCOMPARE(last.calls, 1);
}

void tst_DeliveryScheduler::takesDeletionsInDelivery()
{
    const auto more = [](const QDeadlineTimer &) { return true; };
    auto before = std::make_unique<FakeClient>(more);
    auto after = std::make_unique<FakeClient>(more);
    FakeClient last([](const QDeadlineTimer &) { return false; });
    int deletions = 0;
    std::unique_ptr<FakeClient> self;
    self = std::make_unique<FakeClient>([&](const QDeadlineTimer &) {
        ++deletions;
        before.reset();
        after.reset();
        self.reset();
        return false;
    });
    for (FakeClient *client : {before.get(), self.get(), after.get(), &last})
        client->schedule();
    runTurns(3);
    QCOMPARE(deletions, 1);
    QCOMPARE(last.calls, 1);
}

void tst_DeliveryScheduler::continuesWithOthersInANestedEventLoop_data()
{
    QTest::addColumn<bool>("atOnce");
    QTest::newRow("scheduled") << false;
    QTest::newRow("at once") << true;
}

void tst_DeliveryScheduler::continuesWithOthersInANestedEventLoop()
{
    QFETCH(bool, atOnce);
    int depth = 0;
    int deepest = 0;
    bool hasWaited = false;
    FakeClient waiting([](const QDeadlineTimer &) { return true; });
    FakeClient later([](const QDeadlineTimer &) { return true; });
    FakeClient nesting([&](const QDeadlineTimer &) {
        deepest = std::max(deepest, ++depth);
        if (!hasWaited) {
            if (atOnce)
                waiting.schedule();
            later.schedule();
            hasWaited = runUntil([&] { return waiting.calls >= 10 && later.calls >= 10; });
        }
        --depth;
        return true;
    });
    if (atOnce) {
        nesting.deliver();
    } else {
        nesting.schedule();
        waiting.schedule();
    }
    QVERIFY(runUntil([&] { return hasWaited; }));
    QCOMPARE(nesting.calls, 1);
    QCOMPARE(deepest, 1);
    // All continue afterwards.
    const int before = std::max(waiting.calls, later.calls);
    QVERIFY(runUntil([&] {
        return nesting.calls >= 10 && waiting.calls >= before + 10 && later.calls >= before + 10;
    }));
}

void tst_DeliveryScheduler::takesItsOwnDeletionInANestedEventLoop()
{
    FakeClient other([](const QDeadlineTimer &) { return true; });
    std::unique_ptr<FakeClient> nesting;
    bool hasReturned = false;
    nesting = std::make_unique<FakeClient>([&](const QDeadlineTimer &) {
        QMetaObject::invokeMethod(
                this, [&] { nesting.reset(); }, Qt::QueuedConnection);
        hasReturned = runUntil([&] { return !nesting && other.calls >= 10; });
        return false;
    });
    nesting->schedule();
    other.schedule();
    QVERIFY(runUntil([&] { return hasReturned; }));
    const int before = other.calls;
    QVERIFY(runUntil([&] { return other.calls >= before + 10; }));
}

void tst_DeliveryScheduler::isOnePerThread()
{
    FakeClient waiting([](const QDeadlineTimer &) { return false; });
    waiting.schedule();
    QPointer<QObject> ofThread;
    bool isSame = false;
    std::thread::id deliveredIn;
    std::thread thread([&] {
        ofThread = &DeliveryScheduler::instance();
        isSame = ofThread == &DeliveryScheduler::instance();
        QEventLoop loop;
        FakeClient client([&](const QDeadlineTimer &) {
            deliveredIn = std::this_thread::get_id();
            loop.quit();
            return false;
        });
        client.schedule();
        loop.exec();
    });
    const auto id = thread.get_id();
    thread.join(); // this one does nothing meanwhile
    QVERIFY(deliveredIn == id);
    QVERIFY(isSame);
    QVERIFY(!ofThread); // it was deleted with its thread
    QCOMPARE(waiting.calls, 0);
    QVERIFY(runUntil([&] { return waiting.calls == 1; }));
}

QTEST_GUILESS_MAIN(tst_DeliveryScheduler)
#include "tst_deliveryscheduler.moc"
