// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The cost of an open stream without events: wake-ups and memory.

#include "measuring.h"
#include "parts.h"
#include "processfigures.h"
#include "streams.h"

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

constexpr char qml[] = R"(
import EventSource
EventSourceListener { onMessage: event => console.log(event.data) }
)";

// Of all threads. A voluntary context switch means that a thread went to sleep, so it woke up before.
qint64 wakeUps()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw;
}

// The first six also allocate what all streams share, so they are not counted.
template <typename Streams>
void printBytesPerStream(Streams &streams, const QUrl &url)
{
    constexpr int count = 60;
    streams.add(url, 6);
    runFor(300);
    const qint64 before = privateDirtyBytes();
    streams.add(url, count);
    runFor(300);
    QTextStream(stdout) << (privateDirtyBytes() - before) / count << Qt::endl;
}

} // namespace

void measureIdleListeners(const QString &base)
{
    QmlListeners listeners(qml);
    printBytesPerStream(listeners, QUrl(base + u"idle"_s));
}

void measureIdleReplies(const QString &base)
{
    BareReplies replies;
    printBytesPerStream(replies, QUrl(base + u"idle"_s));
}

void measureIdle(const QString &base)
{
    constexpr int seconds = 10;
    {
        QmlListeners listeners(qml);
        listeners.add(QUrl(base + u"idle"_s));
        runFor(1000);
        const qint64 before = wakeUps();
        runFor(seconds * 1000);
        const qint64 ownWakeUp = 1; // the end of the wait
        row(u"an idle listener: wake-ups of the whole process"_s,
            double(wakeUps() - before - ownWakeUp) / seconds, u"/s"_s, 0);
    }

    std::vector<double> listeners; // KiB
    std::vector<double> replies;
    const QString program = QCoreApplication::applicationFilePath();
    for (int round = 0; round < 5; ++round) {
        listeners.push_back(figureOf(program, {u"--run"_s, u"idle-listeners"_s, base}) / 1024);
        replies.push_back(figureOf(program, {u"--run"_s, u"idle-replies"_s, base}) / 1024);
    }
    row(u"60 idle bare replies: memory of each"_s, median(replies), u"KiB"_s);
    row(u"60 idle listeners: memory of each"_s, median(listeners), u"KiB"_s);
    row(u"60 idle listeners: memory of each in addition to bare QNAM"_s,
        median(listeners) - median(replies), u"KiB"_s, 30);
}
