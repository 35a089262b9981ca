// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qregularexpression.h>

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
    // Takes calls that are still queued with it.
    const auto receiver = std::make_unique<QObject>();
    QObject::connect(
            window, &QQuickWindow::frameSwapped, receiver.get(),
            [&] {
                times += sinceFrame.nsecsElapsed() / 1e6;
                sinceFrame.start();
                window->update();
            },
            Qt::QueuedConnection);
    window->update();
    QTest::qWait(milliseconds);
    if (times.size() < 5)
        return {};
    times.removeFirst();
    std::sort(times.begin(), times.end());
    qInfo("%d frames: median %.1f ms, 99 %% %.1f ms, worst %.1f ms", int(times.size()),
          times.at(times.size() / 2), times.at(times.size() * 99 / 100), times.last());
    return {times.at(times.size() / 2), times.last()};
}

} // namespace

// FLEET_FRAMES_MS measures longer, for figures.
void tst_FleetFrames::staysSmooth()
{
    const int span = qEnvironmentVariableIsSet("FLEET_FRAMES_MS")
            ? qEnvironmentVariableIntValue("FLEET_FRAMES_MS")
            : 1000;
    Options options;
    options.page = u"fleet"_s;
    Screen screen(options);
    static const QRegularExpression figures(u"of (\\d+) hosts · (\\d+) events/s"_s);
    const auto figure = [&screen](int capture) {
        return figures.match(screen.text(u"hostCount"_s)).captured(capture).toInt();
    };
    QTRY_VERIFY_WITH_TIMEOUT(figure(1) > 450, patience);
    screen.click(u"sort-metrics.cpu"_s);
    screen.click(u"fast"_s);
    QVERIFY(QTest::qWaitFor([&] { return figure(2) > 2500; }, patience));
    const Frames fast = measure(screen.window(), span);
    QVERIFY(figure(2) > 2500);
    screen.click(u"startStop"_s);
    QTRY_COMPARE_WITH_TIMEOUT(figure(2), 0, patience);
    const Frames still = measure(screen.window(), span);
    QVERIFY(still.median > 0 && fast.median > 0);
    // It was a hundredfold when each change was sorted in.
    QVERIFY2(fast.median < 10 * still.median, QByteArray::number(fast.median / still.median));
}

QTEST_MAIN(tst_FleetFrames)
#include "tst_fleetframes.moc"
