// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/timelimit_p.h"

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qelapsedtimer.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace EventSourcePrivate;

// A busy machine lengthens any wait, so these compare limits with each other, or look at the least
// time alone.
class tst_TimeLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesOnce_data();
    void passesOnce();
    void isOffWithoutATime_data();
    void isOffWithoutATime();
    void stops();
    void startsAnew();
    void countsFromTheLastRenewal();
    void doesNotCountABusyThread();
    void passesNotBeforeWhatCameMeanwhile();
    void doesNotPassWhereItIsStoppedInTheLastTurn();
    void mayBeStartedAgainWhenItPassed();
};

void tst_TimeLimit::passesOnce_data()
{
    QTest::addColumn<int>("milliseconds");
    for (const int milliseconds : {1, 7, 50, 200, 1500})
        QTest::addRow("%d ms", milliseconds) << milliseconds;
}

void tst_TimeLimit::passesOnce()
{
    QFETCH(int, milliseconds);
    TimeLimit limit;
    QSignalSpy passed(&limit, &TimeLimit::passed);
    QElapsedTimer elapsed;
    elapsed.start();
    limit.start(milliseconds);
    QVERIFY(passed.wait());
    QVERIFY2(elapsed.elapsed() >= milliseconds - 1, QByteArray::number(elapsed.elapsed()));
    QVERIFY(!passed.wait(2 * milliseconds + 50));
    QCOMPARE(passed.size(), 1);
}

void tst_TimeLimit::isOffWithoutATime_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("0") << 0;
    QTest::newRow("negative") << -1;
}

void tst_TimeLimit::isOffWithoutATime()
{
    QFETCH(int, milliseconds);
    TimeLimit limit;
    QSignalSpy passed(&limit, &TimeLimit::passed);
    limit.start(50); // which was on
    limit.start(milliseconds);
    limit.renew();
    TimeLimit longer;
    QSignalSpy longerPassed(&longer, &TimeLimit::passed);
    longer.start(200);
    QVERIFY(longerPassed.wait());
    QCOMPARE(passed.size(), 0);
}

void tst_TimeLimit::stops()
{
    TimeLimit limit;
    QSignalSpy passed(&limit, &TimeLimit::passed);
    limit.start(50);
    limit.stop();
    QVERIFY(!passed.wait(200));
}

void tst_TimeLimit::startsAnew()
{
    TimeLimit limit;
    QSignalSpy passed(&limit, &TimeLimit::passed);
    limit.start(100);
    QTest::qWait(50);
    QElapsedTimer elapsed;
    elapsed.start();
    limit.start(300);
    QVERIFY(passed.wait());
    QVERIFY2(elapsed.elapsed() >= 299, QByteArray::number(elapsed.elapsed()));
}

void tst_TimeLimit::countsFromTheLastRenewal()
{
    TimeLimit limit;
    QSignalSpy passed(&limit, &TimeLimit::passed);
    limit.start(400);
    QTimer renewing;
    connect(&renewing, &QTimer::timeout, &limit, [&] { limit.renew(); });
    renewing.start(10);
    QVERIFY(!passed.wait(1000));
    renewing.stop();
    QVERIFY(passed.wait());
}

// As a process that was stopped, or a machine that slept.
void tst_TimeLimit::doesNotCountABusyThread()
{
    TimeLimit limit;
    QSignalSpy passed(&limit, &TimeLimit::passed);
    limit.start(400);
    const QDeadlineTimer busy(1000);
    while (!busy.hasExpired()) { }
    QElapsedTimer elapsed;
    elapsed.start();
    QVERIFY(passed.wait());
    // Twice an eighth may have been counted.
    QVERIFY2(elapsed.elapsed() >= 250, QByteArray::number(elapsed.elapsed()));
}

// What the thread was too busy to see is in its queue, maybe behind the timer's event.
void tst_TimeLimit::passesNotBeforeWhatCameMeanwhile()
{
    TimeLimit limit;
    QSignalSpy passed(&limit, &TimeLimit::passed);
    QElapsedTimer elapsed;
    limit.start(80);
    // Reports what came in every turn in which the timer's event may be due.
    QTimer sender;
    int renewals = 0;
    connect(&sender, &QTimer::timeout, this, [&] {
        if (++renewals > 200)
            sender.stop();
        QMetaObject::invokeMethod(
                this,
                [&] {
                    limit.renew();
                    elapsed.restart();
                },
                Qt::QueuedConnection);
    });
    elapsed.start();
    sender.start(5);
    QVERIFY(passed.wait());
    QVERIFY(renewals > 200);
    QVERIFY2(elapsed.elapsed() >= 60, QByteArray::number(elapsed.elapsed()));
}

void tst_TimeLimit::doesNotPassWhereItIsStoppedInTheLastTurn()
{
    // Stopped as soon as possible after each event of its timer.
    class Stopper : public QObject
    {
    public:
        explicit Stopper(TimeLimit *limit) : m_limit(limit) { }
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (event->type() == QEvent::MetaCall) {
                m_limit->stop();
                ++stopped;
            }
            return false;
        }
        int stopped = 0;

    private:
        TimeLimit *m_limit;
    };
    TimeLimit limit;
    Stopper stopper(&limit);
    limit.installEventFilter(&stopper);
    QSignalSpy passed(&limit, &TimeLimit::passed);
    limit.start(20);
    QTRY_COMPARE(stopper.stopped, 1);
    QVERIFY(!passed.wait(100));
}

void tst_TimeLimit::mayBeStartedAgainWhenItPassed()
{
    TimeLimit limit;
    int passed = 0;
    connect(&limit, &TimeLimit::passed, &limit, [&] {
        if (++passed < 3)
            limit.start(10);
    });
    limit.start(10);
    QTRY_COMPARE(passed, 3);
}

QTEST_GUILESS_MAIN(tst_TimeLimit)
#include "tst_timelimit.moc"
