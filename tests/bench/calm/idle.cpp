// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// What an open but silent stream costs: wake-ups.

#include "measuring.h"
#include "parts.h"
#include "streams.h"

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

constexpr char qml[] = R"(
import EventSource
EventSourceListener { onMessage: event => console.log(event.data) }
)";

// Of all threads: one went to sleep, and so was woken.
qint64 wakeUps()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw;
}

} // namespace

void measureIdle(const QString &base)
{
    constexpr int seconds = 10;
    QmlListeners listeners(qml);
    listeners.add(QUrl(base + u"silent"_s));
    runFor(1000);
    const qint64 before = wakeUps();
    runFor(seconds * 1000);
    const qint64 ownWakeUp = 1; // the end of the wait
    row(u"a silent listener: wake-ups of the whole process"_s,
        double(wakeUps() - before - ownWakeUp) / seconds, u"/s"_s, 0);
}
