// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// How much the module adds to the start of a program, from main() to the first object. Every start is
// a new process; the two programs run alternately.

#include "measuring.h"
#include "parts.h"

using namespace Qt::StringLiterals;

void measureColdStart(const QString &)
{
    const QString program = QCoreApplication::applicationDirPath() + u"/responsiveness_coldstart"_s;
    std::vector<double> with; // ms
    std::vector<double> without;
    for (int round = 0; round < 21; ++round) {
        without.push_back(figureOf(program, {}) / 1e3);
        with.push_back(figureOf(program, {u"listener"_s}) / 1e3);
    }
    row(u"main() to the first object: QtObject"_s, median(without), u"ms"_s);
    row(u"main() to the first object: EventSourceListener"_s, median(with), u"ms"_s);
    row(u"main() to the first object: what EventSource adds"_s, median(with) - median(without),
        u"ms"_s, 15);
}
