// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef MEASURING_H
#define MEASURING_H

#include <QtCore/qcoreapplication.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstring.h>
#include <QtCore/qtextstream.h>
#include <QtCore/qtimer.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>
#include <vector>

// Shared by all parts: a clock, a wait, and the output format.

// Nanoseconds; the same clock in all processes.
inline qint64 now()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

// Waits in an event loop, as an application does.
inline void runFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

inline qint64 threadTime() // ns
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1000000000 + time.tv_nsec;
}

// CPU time of this thread per event, in µs. The count rises with each event.
inline double costOf(const qint64 &count)
{
    runFor(200);
    const qint64 countBefore = count;
    const qint64 timeBefore = threadTime();
    runFor(2000);
    if (count == countBefore)
        qFatal("There were no events.");
    return double(threadTime() - timeBefore) / double(count - countBefore) / 1e3;
}

inline double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        qFatal("A percentile needs at least one value.");
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(share * double(values.size())))];
}

inline double median(const std::vector<double> &values)
{
    return percentile(values, 0.5);
}

inline double largest(const std::vector<double> &values)
{
    return percentile(values, 1);
}

// A row of the table in docs/performance.md: what | measured | limit | met. A row without a limit is
// for comparison.
inline void row(const QString &what, double value, const QString &unit,
                std::optional<double> limit = {})
{
    QTextStream out(stdout);
    out << what << " | " << QString::number(value, 'f', 2) << ' ' << unit << " | ";
    if (limit)
        out << QStringLiteral("≤ ") << *limit << ' ' << unit << " | "
            << (value <= *limit ? "yes" : "no");
    else
        out << " | ";
    out << Qt::endl;
}

// Runs a program and returns the number that it prints.
inline double figureOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    bool isNumber = false;
    const double figure = process.waitForFinished(60000)
            ? process.readAllStandardOutput().trimmed().toDouble(&isNumber)
            : 0;
    if (!isNumber)
        qFatal("%s failed.", qPrintable(program));
    return figure;
}

#endif // MEASURING_H
