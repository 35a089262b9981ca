// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "herd.h"

#include <QtTest/qtest.h>

// A server that comes back is not run over by its own clients.
class tst_Herd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spreadsItsArrivals_data();
    void spreadsItsArrivals();
    void doesNotComeBackAsOneAtADate();
};

void tst_Herd::spreadsItsArrivals_data()
{
    QTest::addColumn<int>("retry");
    QTest::addColumn<int>("downFor");
    QTest::addColumn<int>("capacity");
    QTest::addColumn<int>("retryAfter");
    const struct
    {
        const char *name;
        int retry;
    } policies[] {{"defaults", -1}, {"retry: 3000", 3000}, {"retry: 10000", 10000}};
    for (const auto &policy : policies) {
        for (const int downFor : {0, 5, 20, 60}) {
            QTest::addRow("%s, down for %d s", policy.name, downFor)
                    << policy.retry << downFor * 1000 << 0 << 0;
        }
        QTest::addRow("%s, 5000 a second served", policy.name) << policy.retry << 5000 << 5000 << 0;
        QTest::addRow("%s, 5000 a second served, Retry-After", policy.name)
                << policy.retry << 5000 << 5000 << 5;
    }
}

void tst_Herd::spreadsItsArrivals()
{
    QFETCH(int, retry);
    QFETCH(int, downFor);
    QFETCH(int, capacity);
    QFETCH(int, retryAfter);
    Herd herd;
    herd.serverRetry = retry;
    herd.downFor = downFor;
    herd.capacity = capacity;
    herd.retryAfter = retryAfter;
    const HerdResult result = simulate(herd);
    qInfo("even spread %.0f/s, worst second %d, after the return %d, last served at %.1f s, "
          "%.1f attempts each",
          result.evenSpread, result.worstSecond, result.worstSecondAfterReturn,
          result.lastServed / 1000.0, result.attemptsPerClient);
    QVERIFY(result.worstSecond < 2 * result.evenSpread);
    QVERIFY(result.worstSecondAfterReturn < 2 * result.evenSpread);
    QVERIFY(result.attemptsPerClient >= 1);
}

// An overloaded server that names one date to all must not get all of them at that date.
void tst_Herd::doesNotComeBackAsOneAtADate()
{
    Herd herd;
    herd.serverRetry = 10000;
    herd.capacity = 1000;
    herd.retryAfter = 60;
    herd.retryAtDate = true;
    const HerdResult result = simulate(herd);
    qInfo("even spread %.0f/s, worst second %d", result.evenSpread, result.worstSecond);
    QVERIFY(result.worstSecond < 2 * result.evenSpread);
}

QTEST_GUILESS_MAIN(tst_Herd)
#include "tst_herd.moc"
