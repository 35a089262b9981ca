// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// GUI-thread stalls: how long input waits, and how regular frames are, in a window whose listeners
// are flooded as fast as the server can send.

#include "parts.h"
#include "processfigures.h"
#include "scene.h"

using namespace Qt::StringLiterals;

void measureStalls(const QString &base)
{
    for (const int count : {0, 1, 8}) {
        Scene scene(QUrl(base + u"flood"_s), count);
        std::vector<double> intervals; // ms
        qint64 last = now();
        QObject::connect(scene.window(), &QQuickWindow::frameSwapped, scene.window(), [&] {
            const qint64 time = now();
            intervals.push_back(double(time - last) / 1e6);
            last = time;
        });
        InputProbe probe;
        runFor(1000); // start-up is not measured
        probe.delays.clear();
        intervals.clear();
        const qint64 waitedBefore = waitedForCore();
        runFor(10000);
        const double waited = double(waitedForCore() - waitedBefore) / 10e9;
        if (count > 0 && scene.window()->property("sum").toDouble() == 0)
            qFatal("There was no flood.");

        const QString name = u"window, %1 × flooded listener: "_s.arg(count);
        const auto limit = [count](double value) {
            return count > 0 ? std::optional(value) : std::nullopt;
        };
        row(name + u"input delay, 99.9 %"_s, percentile(probe.delays, 0.999), u"ms"_s, limit(10));
        row(name + u"input delay, worst"_s, largest(probe.delays), u"ms"_s, limit(33));
        row(name + u"between frames, median"_s, median(intervals), u"ms"_s);
        row(name + u"between frames, 99.9 %"_s, percentile(intervals, 0.999), u"ms"_s);
        // A high share means that the machine was busy with other work.
        row(name + u"share of the time without a core"_s, waited * 100, u"%"_s);
    }
}
