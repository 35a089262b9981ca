// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// 300 streams with ten events a second each: the CPU time of one event in the whole process, and
// whether all streams get the same share. They need about 360 descriptors.

#include "baresource.h"
#include "measuring.h"
#include "parts.h"
#include "streams.h"

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int streamCount = 300;

constexpr char qml[] = R"(
import EventSource
EventSourceListener {
    property int count: 0
    property real last: 0
    onMessage: event => { last = event.data.sent; ++count }
}
)";

constexpr char handlerQml[] = R"(
import QtQml
Connections {
    property int count: 0
    property real last: 0
    function onMessage(event) { last = event.data.sent; ++count }
}
)";

std::vector<double> eventCounts(const std::vector<std::unique_ptr<QObject>> &objects)
{
    std::vector<double> counts;
    for (const auto &object : objects)
        counts.push_back(object->property("count").toDouble());
    return counts;
}

// Microseconds, user and system, of all threads.
double cpuTime()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
            + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

double sum(const std::vector<double> &values)
{
    double result = 0;
    for (const double value : values)
        result += value;
    return result;
}

struct Figures
{
    double cpuPerEvent; // us
    std::vector<double> counts; // by stream
};

// counts() gives the events of each stream up to now.
template <typename Counts>
Figures measure(Counts counts)
{
    runFor(1000); // start-up is not measured
    const std::vector<double> before = counts();
    const double cpuBefore = cpuTime();
    runFor(10000);
    const double cpu = cpuTime() - cpuBefore;
    std::vector<double> result = counts();
    for (size_t i = 0; i < result.size(); ++i)
        result[i] -= before[i];
    return {cpu / sum(result), result};
}

Figures measureListeners(const QUrl &url)
{
    QmlListeners listeners(qml);
    listeners.add(url, streamCount);
    return measure([&] { return eventCounts(listeners.objects()); });
}

// What an application would write by itself, with the same handler in QML.
Figures measureHandWritten(const QUrl &url)
{
    constexpr int repliesPerManager = 6;
    std::vector<std::unique_ptr<QNetworkAccessManager>> managers;
    std::vector<std::unique_ptr<BareSource>> sources;
    std::vector<std::unique_ptr<QObject>> handlers;
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData(handlerQml, {});
    for (int i = 0; i < streamCount; ++i) {
        if (i % repliesPerManager == 0)
            managers.push_back(std::make_unique<QNetworkAccessManager>());
        sources.push_back(std::make_unique<BareSource>(BareSource::Decode, QNetworkRequest(url),
                                                       managers.back().get()));
        handlers.push_back(createQml(
                component, {{u"target"_s, QVariant::fromValue<QObject *>(sources.back().get())}}));
    }
    const bool areOpen = waitFor([&] {
        const std::vector<double> counts = eventCounts(handlers);
        return *std::min_element(counts.begin(), counts.end()) > 0;
    });
    if (!areOpen)
        qFatal("Not all hand-written clients are open.");
    return measure([&] { return eventCounts(handlers); });
}

Figures measureReplies(const QUrl &url)
{
    BareReplies replies;
    replies.add(url, streamCount);
    std::vector<double> counts(streamCount);
    for (int i = 0; i < streamCount; ++i) {
        QNetworkReply *reply = replies.replies()[i].get();
        QObject::connect(reply, &QNetworkReply::readyRead, [&counts, reply, i] {
            counts[i] += double(reply->readAll().count("\n\n"));
        });
    }
    return measure([&] { return counts; });
}

} // namespace

void measureManyStreams(const QString &base)
{
    const QUrl url(base + u"100ms"_s);
    const Figures listeners = measureListeners(url);
    const Figures handWritten = measureHandWritten(url);
    const Figures replies = measureReplies(url);
    row(u"300 listeners, 10 events/s each: CPU time of the process per event"_s,
        listeners.cpuPerEvent, u"µs"_s);
    row(u"300 hand-written clients with the same QML handler: CPU time of the process per event"_s,
        handWritten.cpuPerEvent, u"µs"_s);
    row(u"300 listeners: CPU time per event relative to the hand-written clients"_s,
        listeners.cpuPerEvent / handWritten.cpuPerEvent, u"×"_s, 1.15);
    row(u"300 bare replies that are only read: CPU time of the process per event"_s,
        replies.cpuPerEvent, u"µs"_s);
    const double mean = sum(listeners.counts) / streamCount;
    const auto [fewest, most] =
            std::minmax_element(listeners.counts.begin(), listeners.counts.end());
    row(u"300 listeners: mean number of events relative to the fewest"_s, mean / *fewest, u"×"_s,
        2);
    row(u"300 listeners: most events relative to the mean number"_s, *most / mean, u"×"_s, 2);
}
