// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "logfeed.h"

#include "httprequest.h"

#include <QtCore/qdatetime.h>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace {
constexpr auto interval = 20ms;
constexpr quint64 linesOfChunk = 100;

// What the query of an address asks for. Each client of the same address gets the same lines.
struct Pace
{
    explicit Pace(const HttpRequest &request)
        : history(number(request, QStringLiteral("history"), 100000, 10000000)),
          rate(qMax(1U, number(request, QStringLiteral("rate"), 20, 1000000)))
    {
    }

    // The line after the last one.
    quint64 end(qint64 elapsed) const { return history + quint64(elapsed) * rate / 1000 + 1; }
    // The time of a line, in the clock's milliseconds; negative in the history.
    qint64 time(quint64 line) const { return (qint64(line) - history) * 1000 / rate; }

    uint history;
    uint rate;

private:
    static uint number(const HttpRequest &request, const QString &key, uint otherwise, uint maximum)
    {
        bool ok = false;
        const uint value = request.query.queryItemValue(key).toUInt(&ok);
        return ok ? qMin(value, maximum) : otherwise;
    }
};
} // namespace

LogFeed::LogFeed(quint32 seed, QObject *parent)
    : EventFeed(parent), m_log(seed), m_startTime(QDateTime::currentMSecsSinceEpoch()),
      m_timer(this)
{
    m_clock.start();
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, [this] { publish(); });
    connect(this, &EventFeed::clientCountChanged, this, [this] {
        if (clientCount() == 0)
            m_timer.stop();
        else if (!m_timer.isActive())
            m_timer.start();
    });
}

quint64 LogFeed::firstFor(const HttpRequest &request) const
{
    const Pace pace(request);
    const quint64 end = pace.end(m_clock.elapsed());
    bool known = false;
    const quint64 next = request.header("Last-Event-ID").toULongLong(&known) + 1;
    return known && next <= end ? next : end - pace.history;
}

QByteArray LogFeed::take(const HttpRequest &request, quint64 *next)
{
    const Pace pace(request);
    const quint64 end = qMin(*next + linesOfChunk, pace.end(m_clock.elapsed()));
    QByteArray events;
    for (; *next < end; ++*next) {
        BuildLog::Line line = m_log.line(*next, m_startTime + pace.time(*next));
        if (std::exchange(m_cutsNext, false))
            line.json.truncate(line.json.size() / 2);
        events += "id: " + QByteArray::number(*next) + "\nevent: " + line.type
                + "\ndata: " + line.json + "\n\n";
    }
    return events;
}
