// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// One event of 15 MB of JSON: how long input waits while it arrives, and how expensive its first use
// in QML is in comparison with JSON.parse().

#include "parts.h"
#include "scene.h"

using namespace Qt::StringLiterals;

namespace {

class Sink : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE double now() { return double(::now()) / 1e6; }
    Q_INVOKABLE void arrived() { isHere = true; }
    Q_INVOKABLE void used(double data, double parse, double again)
    {
        isHere = true;
        datas.push_back(data);
        parses.push_back(parse);
        agains.push_back(again);
    }

    bool isHere = false;
    std::vector<double> datas; // ms
    std::vector<double> parses;
    std::vector<double> agains;
};

constexpr char arrivingQml[] = R"(
import EventSource
EventSourceListener { onMessage: event => sink.arrived() }
)";

// The second use includes garbage collection of the first, so the order alternates.
constexpr char usedQml[] = R"(
import EventSource
EventSourceListener {
    required property bool dataFirst
    onMessage: event => {
        let data, parsed, dataTime, parseTime
        if (dataFirst) {
            const t0 = sink.now()
            data = event.data
            const t1 = sink.now()
            parsed = JSON.parse(event.text)
            const t2 = sink.now()
            dataTime = t1 - t0
            parseTime = t2 - t1
        } else {
            const t0 = sink.now()
            parsed = JSON.parse(event.text)
            const t1 = sink.now()
            data = event.data
            const t2 = sink.now()
            parseTime = t1 - t0
            dataTime = t2 - t1
        }
        const t3 = sink.now()
        const again = event.data
        const t4 = sink.now()
        if (again.length !== 100000 || data.length !== parsed.length)
            throw new Error("This is not what was sent.")
        sink.used(dataTime, parseTime, t4 - t3)
    }
}
)";

} // namespace

void measureLargeEvent(const QString &base)
{
    Scene scene({}, 0);
    Sink sink;
    scene.engine()->rootContext()->setContextProperty(u"sink"_s, &sink);
    QQmlComponent arriving(scene.engine());
    arriving.setData(arrivingQml, {});
    QQmlComponent used(scene.engine());
    used.setData(usedQml, {});
    const auto receive = [&](QQmlComponent &component, QVariantMap properties) {
        sink.isHere = false;
        properties.insert(u"url"_s, QUrl(base + u"large"_s));
        std::unique_ptr<QObject> listener = createQml(component, properties);
        if (!waitFor([&] { return sink.isHere; }))
            qFatal("The large event did not come.");
        return listener;
    };

    runFor(1000); // start-up is not measured
    std::vector<double> worst;
    for (int round = 0; round < 5; ++round) {
        InputProbe probe;
        const auto listener = receive(arriving, {});
        runFor(100); // input that waited until the handler returned
        worst.push_back(largest(probe.delays));
    }
    row(u"15 MB event until the handler returned: input delay, worst"_s, largest(worst), u"ms"_s,
        33);
    row(u"15 MB event until the handler returned: input delay, median of 5"_s, median(worst),
        u"ms"_s);

    for (int round = 0; round < 10; ++round) {
        scene.engine()->collectGarbage();
        scene.engine()->collectGarbage();
        receive(used, {{u"dataFirst"_s, round % 2 == 0}});
    }
    row(u"15 MB event: JSON.parse(event.text)"_s, median(sink.parses), u"ms"_s);
    row(u"15 MB event: first event.data"_s, median(sink.datas), u"ms"_s);
    row(u"15 MB event: first event.data relative to JSON.parse(event.text)"_s,
        median(sink.datas) / median(sink.parses), u"×"_s, 1.1);
    row(u"15 MB event: second event.data"_s, median(sink.agains) * 1e3, u"µs"_s);
}

#include "large.moc"
