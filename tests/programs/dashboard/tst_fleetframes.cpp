// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <QtCore/qelapsedtimer.h>

#include <algorithm>

using namespace Qt::StringLiterals;

// How smooth the fleet page is while 5,000 hosts a second change, compared with the page at rest.
class tst_FleetFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysSmooth();
};

namespace {

struct Frames
{
    double median = 0; // ms
    double worst = 0;
};

// The times between the frames of a window that is painted all the time.
Frames measure(QQuickWindow *window, int milliseconds)
{
    QList<double> times;
    QElapsedTimer sinceFrame;
    sinceFrame.start();
    const auto connection = QObject::connect(
            window, &QQuickWindow::frameSwapped, window,
            [&] {
                times += sinceFrame.nsecsElapsed() / 1e6;
                sinceFrame.start();
                window->update();
            },
            Qt::QueuedConnection);
    window->update();
    QTest::qWait(milliseconds);
    QObject::disconnect(connection);
    if (times.size() < 5)
        return {};
    times.removeFirst();
    std::sort(times.begin(), times.end());
    qInfo("%d frames: median %.1f ms, 99 %% %.1f ms, worst %.1f ms", int(times.size()),
          times.at(times.size() / 2), times.at(times.size() * 99 / 100), times.last());
    return {times.at(times.size() / 2), times.last()};
}

} // namespace

void tst_FleetFrames::staysSmooth()
{
    Options options;
    options.page = u"fleet"_s;
    Screen screen(options);
    QTRY_VERIFY_WITH_TIMEOUT(screen.text(u"hostCount"_s).contains(u" of 500 "_s)
                                     || screen.text(u"hostCount"_s).contains(u" of 49"_s),
                             patience);
    screen.click(u"sort-metrics.cpu"_s);
    const int span = qEnvironmentVariableIntValue("FLEET_FRAMES_MS") > 0
            ? qEnvironmentVariableIntValue("FLEET_FRAMES_MS")
            : 2000;
    QTest::qWait(1000);
    const Frames slow = measure(screen.window(), span);
    screen.click(u"fast"_s);
    QTest::qWait(2500);
    qInfo("%s", qPrintable(screen.text(u"hostCount"_s)));
    const Frames fast = measure(screen.window(), span);
    qInfo("%s", qPrintable(screen.text(u"hostCount"_s)));
    screen.click(u"startStop"_s); // Stop
    QTest::qWait(1500);
    const Frames still = measure(screen.window(), span);
    Q_UNUSED(slow);
    Q_UNUSED(fast);
    Q_UNUSED(still);
}

QTEST_MAIN(tst_FleetFrames)
#include "tst_fleetframes.moc"
