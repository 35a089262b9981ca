// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Time to read a JSON object into a gadget, compared with hand-written access to a QJsonObject, which
// checks nothing: the object alone, a whole event, and what the first object of a class costs.

#include "measuring.h"
#include "parts.h"

#include <EventSource/EventSourceJson>
#include <EventSource/EventSourceListener>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>

using namespace Qt::StringLiterals;

struct Metric
{
    Q_GADGET
    Q_PROPERTY(QString host MEMBER host)
    Q_PROPERTY(int id MEMBER id)
    Q_PROPERTY(double value MEMBER value)
    Q_PROPERTY(bool ok MEMBER ok)
    Q_PROPERTY(QString unit MEMBER unit)

public:
    QString host;
    int id = 0;
    double value = 0;
    bool ok = false;
    QString unit;
};

// What an event of the flooding server has.
struct HostState
{
    Q_GADGET
    Q_PROPERTY(int id MEMBER id)
    Q_PROPERTY(QString host MEMBER host)
    Q_PROPERTY(double value MEMBER value)
    Q_PROPERTY(QString state MEMBER state)

public:
    int id = -1;
    QString host;
    double value = 0;
    QString state;
};

static Metric readByHand(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    Metric metric;
    metric.host = object["host"_L1].toString();
    metric.id = object["id"_L1].toInt();
    metric.value = object["value"_L1].toDouble();
    metric.ok = object["ok"_L1].toBool();
    metric.unit = object["unit"_L1].toString();
    return metric;
}

// Nanoseconds for one.
template <typename Read>
static double measure(const QJsonValue &json, Read read)
{
    constexpr int count = 20000;
    double sum = 0;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i)
        sum += read(json).value;
    const double time = double(timer.nsecsElapsed()) / count;
    if (sum != count * 12.5)
        qFatal("The values are wrong.");
    return time;
}

static HostState readStateByHand(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    HostState state;
    state.id = object["id"_L1].toInt();
    state.host = object["host"_L1].toString();
    state.value = object["value"_L1].toDouble();
    state.state = object["state"_L1].toString();
    return state;
}

// CPU time of the thread per event, in µs. connect() makes the receiver, which calls its argument.
template <typename Connect>
static double costOfEvents(const QUrl &url, Connect connect)
{
    EventSourceListener listener(url);
    qint64 count = 0;
    connect(&listener, [&count](const HostState &state) {
        if (state.id < 0 || state.value < 0.5 || state.host.isEmpty() || state.state.isEmpty())
            qFatal("The values are wrong.");
        ++count;
    });
    return costOf(count);
}

static QJsonValue metric()
{
    return QJsonDocument::fromJson(R"({"id":4711,"host":"web-1","value":12.5,)"
                                   R"("unit":"percent","ok":true})")
            .object();
}

static void measureEvents(const QUrl &url)
{
    std::vector<double> byHand;
    std::vector<double> typed;
    for (int round = 0; round < 5; ++round) {
        byHand.push_back(costOfEvents(url, [](EventSourceListener *listener, auto use) {
            QObject::connect(
                    listener, &EventSourceListener::message, listener,
                    [use](const EventSourceEvent &event) { use(readStateByHand(event.data())); });
        }));
        typed.push_back(costOfEvents(url, [](EventSourceListener *listener, auto use) {
            listener->onMessage<HostState>(listener, use);
        }));
    }
    row(u"event of four fields, slot with hand-written access: CPU time of the thread"_s,
        median(byHand), u"µs"_s);
    row(u"event of four fields, onMessage(): CPU time of the thread"_s, median(typed), u"µs"_s);
    row(u"event of four fields: onMessage() relative to the slot"_s, median(typed) / median(byHand),
        u"×"_s);
}

// In a new process, which has read objects of another class before. Microseconds.
void measureTypePlan(const QString &)
{
    const QJsonValue json = metric();
    double sum = EventSource::fromJson<HostState>(json)->value;
    QElapsedTimer timer;
    timer.start();
    sum += EventSource::fromJson<Metric>(json)->value;
    const qint64 first = timer.nsecsElapsed();
    timer.start();
    sum += EventSource::fromJson<Metric>(json)->value;
    const qint64 second = timer.nsecsElapsed();
    if (sum != 3 * 12.5)
        qFatal("The values are wrong.");
    QTextStream(stdout) << double(first - second) / 1e3 << Qt::endl;
}

void measureTypedJson(const QString &base)
{
    const QJsonValue json = metric();
    std::vector<double> byHand;
    std::vector<double> typed;
    for (int round = 0; round < 51; ++round) {
        byHand.push_back(measure(json, readByHand));
        typed.push_back(measure(json, [](const QJsonValue &value) {
            return *EventSource::fromJson<Metric>(value);
        }));
    }
    row(u"gadget of five fields: hand-written access to QJsonObject"_s, median(byHand), u"ns"_s);
    row(u"gadget of five fields: fromJson()"_s, median(typed), u"ns"_s);
    row(u"gadget of five fields: fromJson() relative to hand-written access"_s,
        median(typed) / median(byHand), u"×"_s, 1.5);

    std::vector<double> plans;
    for (int i = 0; i < 21; ++i) {
        plans.push_back(figureOf(QCoreApplication::applicationFilePath(),
                                 {u"--run"_s, u"type-plan"_s, base}));
    }
    row(u"gadget of five fields: what the first of a process costs in addition"_s, median(plans),
        u"µs"_s);
    measureEvents(QUrl(base + u"flood"_s));
}

#include "typedjson.moc"
