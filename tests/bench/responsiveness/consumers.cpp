// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// What subscriptions and models cost: CPU time of the thread per event, and memory per row.

#include "measuring.h"
#include "parts.h"
#include "processfigures.h"
#include "streams.h"

#include <EventSource/EventSourceModel>
#include <EventSource/EventSourceSubscription>

#include <QtCore/qjsonvalue.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int manyRows = 100000;

double costOfSubscriptions(const QUrl &url, int subscriptions)
{
    EventSourceListener listener(url);
    qint64 count = 0;
    double sum = 0;
    const auto use = [&sum](const EventSourceEvent &event) {
        sum += event.data()[u"value"].toDouble();
    };
    QObject::connect(&listener, &EventSourceListener::message, &listener,
                     [&](const EventSourceEvent &event) {
                         ++count;
                         use(event);
                     });
    std::vector<std::unique_ptr<EventSourceSubscription>> all;
    for (int i = 0; i < subscriptions; ++i) {
        all.push_back(std::make_unique<EventSourceSubscription>(&listener));
        QObject::connect(all.back().get(), &EventSourceSubscription::message, &listener, use);
    }
    return costOf(count);
}

// Calls measure() with the number of events when the table is there. It rises with each update.
template <typename Measure>
double withTable(const QString &base, int rows, Measure measure)
{
    EventSourceListener listener(QUrl(base + u"table/%1"_s.arg(rows)));
    EventSourceModel model(&listener);
    model.setKeyField(u"id"_s);
    model.setMaximumCount(0);
    model.setRoles({u"value"_s});
    qint64 count = 0;
    QObject::connect(&listener, &EventSourceListener::message, &listener, [&count] { ++count; });
    if (!waitFor([&] { return model.count() == rows; }, 300000))
        qFatal("The snapshot did not come.");
    const double result = measure(count);
    if (model.count() != rows)
        qFatal("An update did not find its row.");
    return result;
}

double costOfUpdates(const QString &base, int rows)
{
    return withTable(base, rows, costOf);
}

void printMemoryOfRows(const QUrl &url, const QString &keyField)
{
    EventSourceListener listener(url);
    EventSourceModel model;
    model.setMaximumCount(manyRows);
    model.setKeyField(keyField);
    if (!waitFor([&] { return listener.status() == EventSourceListener::Open; }))
        qFatal("The stream did not open.");
    const qint64 before = privateDirtyBytes();
    model.setListener(&listener);
    if (!waitFor([&] { return model.count() == manyRows; }))
        qFatal("The rows did not come.");
    listener.stopListening();
    QTextStream(stdout) << double(privateDirtyBytes() - before) / manyRows << Qt::endl;
}

} // namespace

void measureLogRows(const QString &base)
{
    printMemoryOfRows(QUrl(base + u"flood"_s), {});
}

void measureTableRows(const QString &base)
{
    printMemoryOfRows(QUrl(base + u"table/%1"_s.arg(manyRows)), u"id"_s);
}

// A function of its own, whose name callgrind gets: see docs/performance.md.
Q_NEVER_INLINE double takeUpdates(const qint64 &count)
{
    const qint64 countBefore = count;
    if (!waitFor([&] { return count >= countBefore + 50000; }, 300000))
        qFatal("The updates did not come.");
    return double(count - countBefore);
}

void countUpdatesOfFewRows(const QString &base)
{
    QTextStream(stdout) << withTable(base, 100, takeUpdates) << " updates" << Qt::endl;
}

void countUpdatesOfSomeRows(const QString &base)
{
    QTextStream(stdout) << withTable(base, 10000, takeUpdates) << " updates" << Qt::endl;
}

void countUpdatesOfManyRows(const QString &base)
{
    QTextStream(stdout) << withTable(base, manyRows, takeUpdates) << " updates" << Qt::endl;
}

void measureConsumers(const QString &base)
{
    const int subscriptions[] = {0, 1, 10, 100};
    std::vector<double> costs[std::size(subscriptions)];
    const int tables[] = {100, 10000, manyRows};
    std::vector<double> updates[std::size(tables)];
    for (int round = 0; round < 3; ++round) {
        for (size_t i = 0; i < std::size(subscriptions); ++i)
            costs[i].push_back(costOfSubscriptions(QUrl(base + u"flood"_s), subscriptions[i]));
        for (size_t i = 0; i < std::size(tables); ++i)
            updates[i].push_back(costOfUpdates(base, tables[i]));
    }

    for (size_t i = 0; i < std::size(subscriptions); ++i) {
        row(u"%1 subscriptions that read a field: CPU time of the thread per event"_s.arg(
                    subscriptions[i]),
            median(costs[i]), u"µs"_s);
    }
    row(u"each of 100 subscriptions: CPU time relative to an event without subscriptions"_s,
        (median(costs[3]) - median(costs[0])) / 100 / median(costs[0]), u"×"_s);
    for (size_t i = 0; i < std::size(tables); ++i) {
        row(u"model with a key field, %L1 rows: CPU time of the thread per update"_s.arg(tables[i]),
            median(updates[i]), u"µs"_s);
    }
    row(u"model with a key field: update of 100,000 rows relative to 100 rows"_s,
        median(updates[2]) / median(updates[0]), u"×"_s);

    const QString program = QCoreApplication::applicationFilePath();
    row(u"model without a key field, 100,000 events of 55 bytes: memory per row"_s,
        figureOf(program, {u"--run"_s, u"log-rows"_s, base}), u"bytes"_s);
    row(u"model with a key field, 100,000 elements of 55 bytes: memory per row"_s,
        figureOf(program, {u"--run"_s, u"table-rows"_s, base}), u"bytes"_s);
}
