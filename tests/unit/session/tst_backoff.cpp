// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/backoff_p.h"

#include <QtTest/qtest.h>

using namespace EventSourcePrivate;

class tst_Backoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growsByTheMultiplierUpToTheMaximum();
    void startsAnewAfterSuccess();
    void drawsFromTheJitterWindow_data();
    void drawsFromTheJitterWindow();
    void takesTheServersRetryForTheBase_data();
    void takesTheServersRetryForTheBase();
    void holdsAFloorAfterFailure();
    void spreadsAboveAMinimum_data();
    void spreadsAboveAMinimum();
    void countsAttemptsInARow_data();
    void countsAttemptsInARow();
    void isStableAfterTenSecondsOrTheLongestDelay_data();
    void isStableAfterTenSecondsOrTheLongestDelay();
};

static Backoff::Random always(double value)
{
    return [value] { return value; };
}

void tst_Backoff::growsByTheMultiplierUpToTheMaximum()
{
    Backoff policy(always(0));
    const ReconnectSettings settings;
    QList<int> delays;
    for (int i = 0; i < 8; ++i) {
        policy.fail();
        delays.append(policy.delay(settings));
    }
    QCOMPARE(delays, QList<int>({1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000}));
    for (int i = 0; i < 5000; ++i) // past what a double holds
        policy.fail();
    QCOMPARE(policy.delay(settings), 30000);
}

void tst_Backoff::startsAnewAfterSuccess()
{
    Backoff policy(always(0));
    const ReconnectSettings settings;
    for (int i = 0; i < 5; ++i)
        policy.fail();
    policy.succeed();
    QCOMPARE(policy.delay(settings), 1000);
    policy.fail();
    QCOMPARE(policy.delay(settings), 1000);
}

void tst_Backoff::drawsFromTheJitterWindow_data()
{
    QTest::addColumn<double>("jitter");
    QTest::addColumn<double>("random");
    QTest::addColumn<int>("delay");
    QTest::newRow("no jitter") << 0.0 << 0.999 << 1000;
    QTest::newRow("longest") << 0.5 << 0.0 << 1000;
    QTest::newRow("middle") << 0.5 << 0.5 << 750;
    QTest::newRow("all of it, and then the floor") << 1.0 << 0.9999 << 100;
}

void tst_Backoff::drawsFromTheJitterWindow()
{
    QFETCH(double, jitter);
    QFETCH(double, random);
    Backoff policy(always(random));
    ReconnectSettings settings;
    settings.jitter = jitter;
    policy.fail();
    QTEST(policy.delay(settings), "delay");
}

void tst_Backoff::takesTheServersRetryForTheBase_data()
{
    QTest::addColumn<int>("retry");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::newRow("in range") << 3000 << 3000 << 6000;
    QTest::newRow("zero does not hammer") << 0 << 100 << 200;
    QTest::newRow("an hour at most, not cut by the maximum delay") << 7200000 << 3600000 << 3600000;
}

void tst_Backoff::takesTheServersRetryForTheBase()
{
    QFETCH(int, retry);
    Backoff policy(always(0));
    const ReconnectSettings settings;
    policy.setServerDelay(retry);
    policy.fail();
    QTEST(policy.delay(settings), "first");
    policy.fail();
    QTEST(policy.delay(settings), "second");
    policy.reset();
    QCOMPARE(policy.delay(settings), 1000);
}

void tst_Backoff::holdsAFloorAfterFailure()
{
    Backoff policy(always(0));
    ReconnectSettings settings;
    settings.initialDelay = 0;
    QCOMPARE(policy.delay(settings), 0);
    policy.fail();
    QCOMPARE(policy.delay(settings), 100);
}

void tst_Backoff::spreadsAboveAMinimum_data()
{
    QTest::addColumn<double>("random");
    QTest::addColumn<int>("minimum");
    QTest::addColumn<int>("delay");
    const double almostOne = 1 - 1e-9;
    QTest::newRow("below the window, longest") << 0.0 << 10 << 1000;
    QTest::newRow("below the window, shortest") << almostOne << 10 << 500;
    QTest::newRow("within the window, longest") << 0.0 << 800 << 1300;
    QTest::newRow("within the window, shortest") << almostOne << 800 << 800;
    QTest::newRow("a few seconds, longest") << 0.0 << 5000 << 7500;
    QTest::newRow("a few seconds, shortest") << almostOne << 5000 << 5000;
    QTest::newRow("minutes, by no more than the longest delay's") << 0.0 << 120000 << 135000;
    QTest::newRow("minutes, shortest") << almostOne << 120000 << 120000;
}

void tst_Backoff::spreadsAboveAMinimum()
{
    QFETCH(double, random);
    QFETCH(int, minimum);
    Backoff policy(always(random));
    policy.fail();
    QTEST(policy.delay(ReconnectSettings(), minimum), "delay");
}

void tst_Backoff::countsAttemptsInARow_data()
{
    QTest::addColumn<int>("maximum");
    QTest::addColumn<int>("failures");
    QTest::addColumn<bool>("exhausted");
    QTest::newRow("no limit") << -1 << 1000 << false;
    QTest::newRow("one is no retry") << 1 << 1 << true;
    QTest::newRow("below") << 3 << 2 << false;
    QTest::newRow("reached") << 3 << 3 << true;
}

void tst_Backoff::countsAttemptsInARow()
{
    QFETCH(int, maximum);
    QFETCH(int, failures);
    Backoff policy(always(0));
    ReconnectSettings settings;
    settings.maximumAttempts = maximum;
    for (int i = 0; i < failures; ++i)
        policy.fail();
    QCOMPARE(policy.failures(), failures);
    QTEST(policy.isExhausted(settings), "exhausted");
    policy.succeed();
    QCOMPARE(policy.failures(), 0);
    QVERIFY(!policy.isExhausted(settings));
}

void tst_Backoff::isStableAfterTenSecondsOrTheLongestDelay_data()
{
    QTest::addColumn<int>("initialDelay");
    QTest::addColumn<int>("maximumDelay");
    QTest::addColumn<int>("retry");
    QTest::addColumn<int>("stableTime");
    QTest::newRow("defaults") << 1000 << 30000 << -1 << 10000;
    QTest::newRow("a shorter longest delay") << 1000 << 5000 << -1 << 5000;
    QTest::newRow("never below the first delay") << 3000 << 2000 << -1 << 3000;
    QTest::newRow("never below the server's delay") << 1000 << 2000 << 4000 << 4000;
    QTest::newRow("no delay is no request loop") << 0 << 0 << -1 << 100;
    QTest::newRow("very long delays") << 1000000 << 2000000 << -1 << 10000;
}

void tst_Backoff::isStableAfterTenSecondsOrTheLongestDelay()
{
    QFETCH(int, initialDelay);
    QFETCH(int, maximumDelay);
    QFETCH(int, retry);
    ReconnectSettings settings;
    settings.initialDelay = initialDelay;
    settings.maximumDelay = maximumDelay;
    Backoff policy(always(0));
    if (retry >= 0)
        policy.setServerDelay(retry);
    QTEST(policy.stableTime(settings), "stableTime");
}

QTEST_GUILESS_MAIN(tst_Backoff)
#include "tst_backoff.moc"
