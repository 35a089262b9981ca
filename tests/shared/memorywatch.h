// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef MEMORYWATCH_H
#define MEMORYWATCH_H

#include "processfigures.h"

#include <QtCore/qtimer.h>

#ifdef __GLIBC__
#  include <malloc.h>
#endif

#include <algorithm>

// How far memory rises above where it stood; looked at every few milliseconds.
class MemoryWatch
{
public:
    MemoryWatch() : m_before(trimmed()), m_highest(m_before)
    {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { look(); });
        m_timer.start(5);
    }
    qint64 growth()
    {
        look();
        return m_highest - m_before;
    }

private:
    // What earlier tests freed must not hide what this one takes.
    static qint64 trimmed()
    {
#ifdef __GLIBC__
        malloc_trim(0);
#endif
        return residentBytes();
    }
    void look()
    {
        m_highest = std::max(m_highest, residentBytes());
    }

    QTimer m_timer;
    const qint64 m_before;
    qint64 m_highest;
};

#endif // MEMORYWATCH_H
