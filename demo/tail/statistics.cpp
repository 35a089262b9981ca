// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "statistics.h"

using namespace Qt::StringLiterals;

namespace {

QString counted(qint64 count, QLatin1String noun)
{
    return u"%1 %2%3"_s.arg(count).arg(noun, count == 1 ? ""_L1 : "s"_L1);
}

qint64 withThreeDigits(qint64 number)
{
    qint64 unit = 1;
    while (number / unit >= 1000)
        unit *= 10;
    return number / unit * unit;
}

QString duration(qint64 microseconds)
{
    const double milliseconds = double(withThreeDigits(microseconds)) / 1000;
    return milliseconds < 1000 ? QString::number(milliseconds, 'g', 3) + " ms"_L1
                               : QString::number(milliseconds / 1000, 'f', 1) + " s"_L1;
}

} // namespace

Statistics::Statistics()
{
    m_all.time.start();
    m_interval.time.start();
}

void Statistics::addConnection()
{
    ++m_connections;
}

void Statistics::addEvent(qint64 size)
{
    const qint64 gap = m_sinceEvent.isValid() ? m_sinceEvent.nsecsElapsed() / 1000 : -1;
    m_sinceEvent.start();
    for (Figures *figures : {&m_all, &m_interval}) {
        ++figures->events;
        figures->size += size;
        if (gap >= 0)
            figures->addGap(gap);
    }
}

QString Statistics::takeInterval()
{
    const QString text = m_interval.toString();
    m_interval = {};
    m_interval.time.start();
    return text;
}

QString Statistics::summary() const
{
    return u"in all %1, %2"_s.arg(m_all.toString(),
                                  counted(qMax<qint64>(m_connections - 1, 0), "reconnect"_L1));
}

void Statistics::Figures::addGap(qint64 microseconds)
{
    ++gaps[withThreeDigits(microseconds)];
    longestGap = qMax(longestGap, microseconds);
}

// The lower one of the two in the middle.
qint64 Statistics::Figures::medianGap() const
{
    qint64 total = 0;
    for (const qint64 count : gaps)
        total += count;
    qint64 passed = 0;
    for (auto gap = gaps.begin(); gap != gaps.end(); ++gap) {
        passed += gap.value();
        if (2 * passed >= total)
            return gap.key();
    }
    return 0;
}

QString Statistics::Figures::toString() const
{
    const qint64 nanoseconds = time.nsecsElapsed();
    QString text = u"%1 (%2 of data) in %3"_s.arg(
            counted(events, "event"_L1), counted(size, "byte"_L1), duration(nanoseconds / 1000));
    if (events > 0 && nanoseconds > 0)
        text += u", %1/s"_s.arg(double(events) * 1e9 / double(nanoseconds), 0, 'f', 1);
    if (!gaps.isEmpty()) {
        text += u", gaps: median %1, longest %2"_s.arg(duration(medianGap()), duration(longestGap));
    }
    return text;
}
