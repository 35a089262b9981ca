// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Time to read a JSON object into a gadget of five fields, compared with hand-written access to a
// QJsonObject, which checks nothing. Both run in every round, and medians are printed: on a shared
// machine only the ratio within one run is meaningful.
//
//   bench_typedjson [ROUNDS]

#include <EventSource/EventSourceJson>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qtextstream.h>

#include <algorithm>
#include <vector>

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

static double median(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const int rounds = app.arguments().size() > 1 ? qMax(1, app.arguments().at(1).toInt()) : 51;
    const QJsonValue json = QJsonDocument::fromJson(R"({"id":4711,"host":"web-1","value":12.5,)"
                                                    R"("unit":"percent","ok":true})")
                                    .object();
    std::vector<double> byHand;
    std::vector<double> typed;
    for (int round = 0; round < rounds; ++round) {
        byHand.push_back(measure(json, readByHand));
        typed.push_back(measure(json, [](const QJsonValue &value) {
            return *EventSource::fromJson<Metric>(value);
        }));
    }
    QTextStream out(stdout);
    out.setRealNumberNotation(QTextStream::FixedNotation);
    out.setRealNumberPrecision(2);
    out << "hand-written      " << median(byHand) << " ns" << Qt::endl;
    out << "fromJson          " << median(typed) << " ns" << Qt::endl;
    out << "ratio of medians  " << median(typed) / median(byHand) << Qt::endl;
    return 0;
}

#include "bench_typedjson.moc"
