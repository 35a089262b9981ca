// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Time to read a JSON object into a gadget of five fields, compared with hand-written access to a
// QJsonObject, which checks nothing.

#include "measuring.h"
#include "parts.h"

#include <EventSource/EventSourceJson>

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

void measureTypedJson(const QString &)
{
    const QJsonValue json = QJsonDocument::fromJson(R"({"id":4711,"host":"web-1","value":12.5,)"
                                                    R"("unit":"percent","ok":true})")
                                    .object();
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
}

#include "typedjson.moc"
