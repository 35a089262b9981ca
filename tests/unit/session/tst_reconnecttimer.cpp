// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/reachability_p.h"
#include "session/reconnecttimer_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qthread.h>
#include <QtCore/qurl.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

// Delays of an hour stand for "never within this test".
class tst_ReconnectTimer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void waitsForNothingAtFirst();
    void isDueSoon();
    void isDueSoonOnce();
    void isDueAfterTheDelay_data();
    void isDueAfterTheDelay();
    void countsDown();
    void replacesWhatItWaitedFor_data();
    void replacesWhatItWaitedFor();
    void stops_data();
    void stops();
    void mayBeStartedWhenItIsDue();
    void mayBeStoppedWhenItIsDue();
    void mayBeDeletedWhenItIsDue();
    void waitsForAChange();
    void waitsForTheRestOfTheTimeAfterAChange();
    void isDueSoonAfterALateChange();
    void slowsDownWithoutANetwork_data();
    void slowsDownWithoutANetwork();
    void isDueAtOnceWithTheNetwork_data();
    void isDueAtOnceWithTheNetwork();
    void ignoresTheNetworkWhileItDoesNotCount_data();
    void ignoresTheNetworkWhileItDoesNotCount();
    void isDueInItsOwnThreadWithTheNetwork();
};

namespace {

constexpr int hour = 60 * 60 * 1000;
const QUrl remote(u"http://one.example/stream"_s);
const QUrl local(u"http://127.0.0.1/stream"_s);

// All that is posted and due; whatever comes later is no answer to what was just done.
void processPosted()
{
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

} // namespace

void tst_ReconnectTimer::cleanup()
{
    Reachability::instance()->setOnline(true);
}

void tst_ReconnectTimer::waitsForNothingAtFirst()
{
    QObject parent;
    ReconnectTimer timer(&parent);
    QCOMPARE(timer.parent(), &parent);
    QCOMPARE(timer.remaining(), -1);
    QVERIFY(!timer.isCounting());
    QVERIFY(!timer.noticeChange());
    QSignalSpy due(&timer, &ReconnectTimer::due);
    processPosted();
    QCOMPARE(due.size(), 0);
}

void tst_ReconnectTimer::isDueSoon()
{
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    timer.startSoon();
    QCOMPARE(due.size(), 0); // when control returns to the event loop
    QCOMPARE(timer.remaining(), -1);
    QVERIFY(!timer.isCounting());
    processPosted();
    QCOMPARE(due.size(), 1);
}

void tst_ReconnectTimer::isDueSoonOnce()
{
    ReconnectTimer timer(nullptr);
    int count = 0;
    connect(&timer, &ReconnectTimer::due, this, [&] {
        ++count;
        timer.stop(); // as the listener does when it opens
    });
    timer.startSoon();
    timer.startSoon();
    timer.stop();
    timer.startSoon();
    processPosted();
    QCOMPARE(count, 1);
}

void tst_ReconnectTimer::isDueAfterTheDelay_data()
{
    QTest::addColumn<int>("delay");
    QTest::newRow("at once") << 0;
    QTest::newRow("some time") << 50;
}

void tst_ReconnectTimer::isDueAfterTheDelay()
{
    QFETCH(int, delay);
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    QElapsedTimer elapsed;
    elapsed.start();
    timer.startAfter(delay, hour, remote);
    QVERIFY(timer.isCounting());
    QVERIFY(timer.remaining() >= 0 && timer.remaining() <= delay);
    QCOMPARE(due.size(), 0);
    QVERIFY(due.wait());
    QVERIFY(elapsed.elapsed() >= delay - 1); // the timer counts in milliseconds of its own
    QCOMPARE(due.size(), 1);
}

void tst_ReconnectTimer::countsDown()
{
    ReconnectTimer timer(nullptr);
    QSignalSpy remainingChanged(&timer, &ReconnectTimer::remainingChanged);
    timer.startAfter(hour, 0, remote);
    const int first = timer.remaining();
    QVERIFY(first > hour - 60000 && first <= hour);
    QTRY_COMPARE(remainingChanged.size(), 2);
    QVERIFY(timer.remaining() <= first - 1500); // two of about a second
    timer.stop();
    QCOMPARE(timer.remaining(), -1);
    QVERIFY(!timer.isCounting());
}

void tst_ReconnectTimer::replacesWhatItWaitedFor_data()
{
    QTest::addColumn<int>("before");
    QTest::newRow("soon") << 0;
    QTest::newRow("after a delay") << 1;
    QTest::newRow("after a change") << 2;
}

void tst_ReconnectTimer::replacesWhatItWaitedFor()
{
    QFETCH(int, before);
    const auto startBefore = [before](ReconnectTimer *timer) {
        if (before == 0)
            timer->startSoon();
        else if (before == 1)
            timer->startAfter(0, 0, remote);
        else
            timer->startOnChange();
    };
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);

    startBefore(&timer);
    timer.startAfter(hour, 0, remote);
    QVERIFY(!timer.noticeChange());
    processPosted();
    QCOMPARE(due.size(), 0);
    QVERIFY(timer.isCounting());

    startBefore(&timer);
    timer.startOnChange();
    QVERIFY(!timer.isCounting());
    QCOMPARE(timer.remaining(), -1);
    processPosted();
    QCOMPARE(due.size(), 0);

    startBefore(&timer);
    timer.startSoon();
    QVERIFY(!timer.noticeChange());
    QVERIFY(!timer.isCounting());
    processPosted();
    QVERIFY(due.size() >= 1);
}

void tst_ReconnectTimer::stops_data()
{
    replacesWhatItWaitedFor_data();
}

void tst_ReconnectTimer::stops()
{
    QFETCH(int, before);
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    if (before == 0)
        timer.startSoon();
    else if (before == 1)
        timer.startAfter(0, 0, remote);
    else
        timer.startOnChange();
    timer.stop();
    QVERIFY(!timer.noticeChange());
    processPosted();
    Reachability::instance()->setOnline(false);
    Reachability::instance()->setOnline(true);
    processPosted();
    QCOMPARE(due.size(), 0);
    QCOMPARE(timer.remaining(), -1);
    QVERIFY(!timer.isCounting());
}

void tst_ReconnectTimer::mayBeStartedWhenItIsDue()
{
    ReconnectTimer timer(nullptr);
    int count = 0;
    connect(&timer, &ReconnectTimer::due, this, [&] {
        timer.stop();
        if (++count < 3)
            timer.startAfter(0, 0, remote);
    });
    timer.startSoon();
    QTRY_COMPARE(count, 3);
    processPosted();
    QCOMPARE(count, 3);
    QVERIFY(!timer.isCounting());
}

void tst_ReconnectTimer::mayBeStoppedWhenItIsDue()
{
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    connect(&timer, &ReconnectTimer::due, &timer, &ReconnectTimer::stop);
    timer.startAfter(0, 0, remote);
    QVERIFY(due.wait());
    QVERIFY(!timer.isCounting());
    QCOMPARE(timer.remaining(), -1);
    processPosted();
    QCOMPARE(due.size(), 1);
}

void tst_ReconnectTimer::mayBeDeletedWhenItIsDue()
{
    for (const bool isSoon : {true, false}) {
        auto timer = std::make_unique<ReconnectTimer>(nullptr);
        QObject context;
        connect(timer.get(), &ReconnectTimer::due, &context, [&] { timer.reset(); });
        if (isSoon)
            timer->startSoon();
        else
            timer->startAfter(0, 0, remote);
        QTRY_VERIFY(!timer);
    }
}

void tst_ReconnectTimer::waitsForAChange()
{
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    timer.startOnChange();
    QCOMPARE(timer.remaining(), -1);
    QVERIFY(!timer.isCounting());
    processPosted();
    QCOMPARE(due.size(), 0);
    QVERIFY(timer.noticeChange());
    QVERIFY(!timer.noticeChange()); // one change is enough
    QCOMPARE(due.size(), 0);
    QVERIFY(!timer.isCounting());
    processPosted();
    QCOMPARE(due.size(), 1);
}

void tst_ReconnectTimer::waitsForTheRestOfTheTimeAfterAChange()
{
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    timer.startOnChange(hour);
    QCOMPARE(timer.remaining(), -1);
    QVERIFY(timer.noticeChange());
    QVERIFY(timer.isCounting());
    QVERIFY(timer.remaining() > hour - 60000 && timer.remaining() <= hour);
    QVERIFY(!timer.noticeChange());
    processPosted();
    QCOMPARE(due.size(), 0);

    timer.startOnChange(50);
    QVERIFY(timer.noticeChange());
    QVERIFY(due.wait());
    QCOMPARE(due.size(), 1);
}

void tst_ReconnectTimer::isDueSoonAfterALateChange()
{
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    QDeadlineTimer later(100);
    timer.startOnChange(50);
    QTRY_VERIFY(later.hasExpired());
    QCOMPARE(due.size(), 0);
    QVERIFY(timer.noticeChange());
    QVERIFY(!timer.isCounting());
    processPosted();
    QCOMPARE(due.size(), 1);
}

void tst_ReconnectTimer::slowsDownWithoutANetwork_data()
{
    QTest::addColumn<bool>("isOnline");
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<int>("delay");
    QTest::addColumn<int>("offlineDelay");
    QTest::addColumn<int>("expected");
    QTest::newRow("online") << true << remote << 1000000 << hour << 1000000;
    QTest::newRow("offline") << false << remote << 1000000 << hour << hour;
    QTest::newRow("offline, a longer delay") << false << remote << 2 * hour << hour << 2 * hour;
    QTest::newRow("offline, this machine") << false << local << 1000000 << hour << 1000000;
}

void tst_ReconnectTimer::slowsDownWithoutANetwork()
{
    QFETCH(bool, isOnline);
    QFETCH(QUrl, url);
    QFETCH(int, delay);
    QFETCH(int, offlineDelay);
    QFETCH(int, expected);
    Reachability::instance()->setOnline(isOnline);
    ReconnectTimer timer(nullptr);
    timer.startAfter(delay, offlineDelay, url);
    QVERIFY(timer.isCounting());
    QVERIFY(timer.remaining() > expected - 60000 && timer.remaining() <= expected);
}

void tst_ReconnectTimer::isDueAtOnceWithTheNetwork_data()
{
    QTest::addColumn<bool>("wasOnline");
    QTest::newRow("it was lost before") << false;
    QTest::newRow("it is lost meanwhile") << true;
}

void tst_ReconnectTimer::isDueAtOnceWithTheNetwork()
{
    QFETCH(bool, wasOnline);
    Reachability *reachability = Reachability::instance();
    reachability->setOnline(wasOnline);
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    timer.startAfter(hour, hour, remote);
    reachability->setOnline(false);
    processPosted();
    QCOMPARE(due.size(), 0);
    reachability->setOnline(true);
    QCOMPARE(due.size(), 1);
}

void tst_ReconnectTimer::ignoresTheNetworkWhileItDoesNotCount_data()
{
    QTest::addColumn<bool>("waitsForChange");
    QTest::newRow("nothing is waited for") << false;
    QTest::newRow("a change is waited for") << true;
}

void tst_ReconnectTimer::ignoresTheNetworkWhileItDoesNotCount()
{
    QFETCH(bool, waitsForChange);
    ReconnectTimer timer(nullptr);
    QSignalSpy due(&timer, &ReconnectTimer::due);
    timer.startAfter(hour, hour, remote);
    if (waitsForChange)
        timer.startOnChange();
    else
        timer.stop();
    Reachability::instance()->setOnline(false);
    Reachability::instance()->setOnline(true);
    processPosted();
    QCOMPARE(due.size(), 0);
}

void tst_ReconnectTimer::isDueInItsOwnThreadWithTheNetwork()
{
    Reachability *reachability = Reachability::instance();
    reachability->setOnline(false);
    QThread thread;
    auto *timer = new ReconnectTimer(nullptr);
    timer->moveToThread(&thread);
    connect(&thread, &QThread::finished, timer, &QObject::deleteLater);
    QThread *dueIn = nullptr;
    connect(timer, &ReconnectTimer::due, timer, [&] {
        dueIn = QThread::currentThread();
        QThread::currentThread()->quit();
    });
    thread.start();
    QMetaObject::invokeMethod(
            timer, [timer] { timer->startAfter(hour, hour, remote); },
            Qt::BlockingQueuedConnection);
    reachability->setOnline(true);
    QVERIFY(thread.wait(30000));
    QCOMPARE(dueIn, &thread);
}

QTEST_GUILESS_MAIN(tst_ReconnectTimer)
#include "tst_reconnecttimer.moc"
