// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Memory growth when the server is faster than the handler.

#include "measuring.h"
#include "parts.h"
#include "processfigures.h"
#include "streams.h"

#include <QtCore/qthread.h>

using namespace Qt::StringLiterals;

namespace {

// The largest growth of memory, in MiB.
double growthWithin(int milliseconds)
{
    const qint64 before = residentBytes();
    qint64 most = before;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&] { most = std::max(most, residentBytes()); });
    timer.start(50);
    runFor(milliseconds);
    return double(most - before) / (1024 * 1024);
}

} // namespace

void measureMemory(const QString &base)
{
    // Qt's network thread and the pages of its libraries, once in a process.
    {
        const EventSourceListener listener(QUrl(base + u"silent"_s));
        row(u"memory, the first stream of a process, silent: growth"_s, growthWithin(1000),
            u"MiB"_s);
    }
    const QUrl flood(base + u"flood"_s);
    {
        EventSourceListener listener(flood);
        QObject::connect(&listener, &EventSourceListener::message, [] { QThread::usleep(100); });
        row(u"memory, server faster than the handler for 10 s: growth"_s, growthWithin(10000),
            u"MiB"_s, 2.5);
    }
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(flood)));
    row(u"memory, the same server and bare QNAM for 1 s: growth"_s, growthWithin(1000), u"MiB"_s);
}
