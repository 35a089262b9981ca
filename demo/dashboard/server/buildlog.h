// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef BUILDLOG_H
#define BUILDLOG_H

#include <QtCore/qbytearray.h>

// The log of a machine that builds and tests one branch after the other. A line follows from its
// number, so none has to be kept to be sent again. The same seed gives the same lines.
class BuildLog
{
public:
    struct Line
    {
        QByteArray type; // "step", "line", "warning" or "error"
        QByteArray json; // time (ms since the epoch), level, job, step, text, and details
    };

    explicit BuildLog(quint32 seed) : m_seed(seed) { }

    // Numbers start with 1.
    Line line(quint64 number, qint64 time) const;

private:
    quint64 random(quint64 number, quint64 bound) const;

    quint32 m_seed;
};

#endif // BUILDLOG_H
