// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

// How long a listener waits, what it repeats, and when it gives up.
class tst_Waiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void continuesWithoutADelay_data();
    void continuesWithoutADelay();
};

void tst_Waiting::continuesWithoutADelay_data()
{
    QTest::addColumn<double>("multiplier");
    QTest::newRow("large multiplier") << 1e300;
    QTest::newRow("largest multiplier") << std::numeric_limits<double>::max();
}

// Zero times infinity was no number, and then there was no attempt any more.
void tst_Waiting::continuesWithoutADelay()
{
    QFETCH(double, multiplier);
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMultiplier(multiplier);
    QList<int> delays;
    connect(&listener, &EventSourceListener::error, this,
            [&](const EventSourceError &error) { delays.append(error.retryIn()); });
    QTRY_VERIFY(delays.size() >= 6);
    QVERIFY(std::all_of(delays.begin(), delays.end(),
                        [](int delay) { return delay >= 0 && delay <= 100; }));
}

QTEST_GUILESS_MAIN(tst_Waiting)
#include "tst_waiting.moc"
