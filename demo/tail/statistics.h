// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef STATISTICS_H
#define STATISTICS_H

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qmap.h>
#include <QtCore/qstring.h>

// Counts events and the time between them.
class Statistics
{
public:
    Statistics();

    void addConnection();
    void addEvent(qint64 size); // bytes of its data

    // Since the last call, and since the start.
    QString takeInterval();
    QString summary() const;

private:
    struct Figures
    {
        void addGap(qint64 microseconds);
        qint64 medianGap() const;
        QString toString() const;

        QElapsedTimer time;
        qint64 events = 0;
        qint64 size = 0;
        qint64 longestGap = 0;
        // How often each gap occurred. Gaps have three digits here, so memory is limited.
        QMap<qint64, qint64> gaps;
    };

    Figures m_all;
    Figures m_interval;
    QElapsedTimer m_sinceEvent;
    qint64 m_connections = 0;
};

#endif // STATISTICS_H
