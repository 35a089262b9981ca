// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// A stream in a ListView: how regular the frames of its window are, and how many rows arrive.

#include "measuring.h"
#include "parts.h"
#include "processfigures.h"
#include "streams.h"

#include <EventSource/EventSourceModel>

#include <QtQuick/qquickwindow.h>

using namespace Qt::StringLiterals;

namespace {

constexpr char qml[] = R"(
import QtQuick
import EventSource
Window {
    id: window
    required property url source
    property alias model: rows
    width: 640
    height: 480
    visible: true
    EventSourceListener {
        id: listener
        url: window.source
    }
    EventSourceModel {
        id: rows
        listener: listener
        roles: ["id", "value"]
    }
    ListView {
        anchors.fill: parent
        model: rows
        onCountChanged: positionViewAtEnd()
        delegate: Text {
            required property int id
            required property double value
            text: id + ": " + value
        }
    }
    Rectangle {
        anchors.centerIn: parent
        width: 240
        height: 240
        color: "seagreen"
        RotationAnimation on rotation {
            from: 0
            to: 360
            duration: 2000
            loops: Animation.Infinite
        }
    }
}
)";

struct Figures
{
    std::vector<double> intervals; // between frames, ms
    double rowsPerSecond = 0;
    double waited = 0; // share of the time
};

Figures watch(const QUrl &source)
{
    QQmlEngine engine;
    engine.addImportPath(QStringLiteral(BENCH_QML_DIR));
    QQmlComponent component(&engine);
    component.setData(qml, {});
    const auto object = createQml(component, {{u"source"_s, source}});
    const auto *window = qobject_cast<QQuickWindow *>(object.get());
    auto *model = object->property("model").value<EventSourceModel *>();

    Figures figures;
    qint64 rows = 0;
    QObject::connect(
            model, &QAbstractItemModel::rowsInserted, model,
            [&rows](const QModelIndex &, int first, int last) { rows += last - first + 1; });
    runFor(1000); // start-up is not measured
    qint64 last = now();
    QObject::connect(window, &QQuickWindow::frameSwapped, window, [&] {
        const qint64 time = now();
        figures.intervals.push_back(double(time - last) / 1e6);
        last = time;
    });
    rows = 0;
    const qint64 waitedBefore = waitedForCore();
    const qint64 start = now();
    runFor(10000);
    figures.rowsPerSecond = double(rows) * 1e9 / double(now() - start);
    figures.waited = double(waitedForCore() - waitedBefore) / 10e9;
    return figures;
}

void rows(const QString &name, const Figures &figures)
{
    row(name + u": between frames, median"_s, median(figures.intervals), u"ms"_s);
    row(name + u": between frames, 99 %"_s, percentile(figures.intervals, 0.99), u"ms"_s);
    row(name + u": between frames, worst"_s, largest(figures.intervals), u"ms"_s);
    row(name + u": share of the time without a core"_s, figures.waited * 100, u"%"_s);
}

} // namespace

void measureModelView(const QString &base)
{
    const Figures silent = watch(QUrl(base + u"silent"_s));
    rows(u"ListView without a stream"_s, silent);
    const Figures steady = watch(QUrl(base + u"steady"_s));
    const QString name = u"ListView, 50,000 events/s"_s;
    rows(name, steady);
    row(name + u": worst frame relative to the worst without a stream"_s,
        largest(steady.intervals) / largest(silent.intervals), u"×"_s, 2);
    row(name + u": rows"_s, steady.rowsPerSecond, u"/s"_s);
    const Figures flooded = watch(QUrl(base + u"flood"_s));
    rows(u"ListView, flooded"_s, flooded);
    row(u"ListView, flooded: rows"_s, flooded.rowsPerSecond, u"/s"_s);
}
