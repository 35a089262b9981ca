// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// A line of values over time. The times without a connection are shaded; when their events are
// replayed, the line grows into the shade.
Item {
    id: chart

    required property StreamHealth health

    property int span: 60000 // ms
    property real minimum: 0
    property real maximum: NaN // NaN: the largest shown value
    property string unit: ""
    property bool axes: false
    property color color: Theme.accent
    property real lineWidth: 1.5

    property int count: 0 // of the shown values
    property var points: [] // objects with time and value, the oldest first
    readonly property real upper: isNaN(maximum) ? highest : maximum
    property real highest: 1
    property string shadeText: "" // what the shade means, if there is one

    function append(time, value) {
        // A replayed event may come after a newer one.
        let place = points.length;
        while (place > 0 && points[place - 1].time > time)
            --place;
        points.splice(place, 0, { time: time, value: value });
        // A chart that is not visible is not painted.
        if (points.length > 1000)
            trim();
        canvas.requestPaint();
    }

    // What is older than the chart is forgotten, except for the point that the line comes from.
    function trim() {
        const newest = points.length > 0 ? points[points.length - 1].time : 0;
        const limit = Math.max(health.now, newest) - span;
        let first = 0;
        while (first + 1 < points.length && points[first + 1].time < limit)
            ++first;
        if (first > 0)
            points.splice(0, first);
        count = points.filter(each => each.time >= limit).length;
        let largest = 0;
        for (const point of points)
            largest = Math.max(largest, point.value);
        highest = largest > 0 ? largest * 1.1 : 1;
    }

    implicitHeight: axes ? 84 : 22

    onColorChanged: canvas.requestPaint()
    onUpperChanged: canvas.requestPaint()

    Accessible.role: Accessible.Chart

    Connections {
        target: chart.health

        function onNowChanged() {
            canvas.requestPaint();
        }

        function onFilledChanged() {
            canvas.requestPaint();
        }

        function onOutagesChanged() {
            canvas.requestPaint();
        }
    }

    Connections {
        target: Theme

        function onDarkChanged() {
            canvas.requestPaint();
        }
    }

    Canvas {
        id: canvas

        x: chart.axes ? highLabel.width + 6 : 0
        y: chart.axes ? 4 : 0
        width: chart.width - x
        height: chart.height - y - (chart.axes ? sinceLabel.height + 2 : 0)

        onPaint: {
            chart.trim();
            const context = getContext("2d");
            context.reset();
            const end = Math.max(chart.health.now, chart.points.length > 0
                                 ? chart.points[chart.points.length - 1].time : 0);
            const margin = chart.lineWidth / 2;
            const range = Math.max(1e-9, chart.upper - chart.minimum);
            const x = time => width - (end - time) / chart.span * width;
            const y = value => margin + (height - 2 * margin)
                             * (1 - Math.max(0, Math.min(1, (value - chart.minimum) / range)));

            if (chart.axes) {
                context.fillStyle = Theme.cardBorder;
                for (const part of [0, 0.5, 1])
                    context.fillRect(0, Math.min(height - 1, Math.round(part * height)), width, 1);
            }

            let shadeText = "";
            const outages = chart.health.outages;
            const last = outages[outages.length - 1];
            for (const outage of outages) {
                const isOver = outage.to > 0;
                const left = Math.max(0, x(outage.from));
                const right = Math.min(width, x(isOver ? outage.to : end));
                if (right <= left)
                    continue;
                const isFilled = isOver && (outage !== last || chart.health.filled >= 1);
                shadeText = isFilled ? qsTr("replayed") : qsTr("offline");
                context.fillStyle = isFilled ? Theme.infoTint : Theme.warningTint;
                context.fillRect(left, 0, right - left, height);
                context.fillStyle = isFilled ? Theme.accent : Theme.warning;
                context.globalAlpha = 0.6;
                context.fillRect(left, 0, 1, height);
                context.fillRect(right - 1, 0, 1, height);
                context.globalAlpha = 1;
            }

            chart.shadeText = shadeText;

            // The part of the last outage that the line has not reached yet.
            const hiddenFrom = last && last.to > 0 && chart.health.filled < 1
                             ? last.from + (last.to - last.from) * chart.health.filled : Infinity;
            const shown = chart.points.filter(point => point.time < hiddenFrom
                                                       || point.time > last.to);
            context.lineWidth = chart.lineWidth;
            context.lineJoin = "round";
            context.strokeStyle = chart.color;
            context.fillStyle = Qt.rgba(chart.color.r, chart.color.g, chart.color.b, 0.13);
            let begin = 0;
            while (begin < shown.length) {
                let next = begin;
                context.beginPath();
                context.moveTo(x(shown[begin].time), y(shown[begin].value));
                // Where events are missing there is no line.
                while (next + 1 < shown.length && shown[next + 1].time - shown[next].time < 2500) {
                    ++next;
                    context.lineTo(x(shown[next].time), y(shown[next].value));
                }
                context.stroke();
                context.lineTo(x(shown[next].time), height);
                context.lineTo(x(shown[begin].time), height);
                context.closePath();
                context.fill();
                begin = next + 1;
            }
        }
    }

    Text {
        id: highLabel

        visible: chart.axes
        text: Math.round(chart.upper) + chart.unit
        y: canvas.y - 5
        font.pixelSize: Theme.small - 1
        color: Theme.muted
    }

    Text {
        visible: chart.axes
        anchors.right: highLabel.right
        y: canvas.y + canvas.height - height + 3
        text: Math.round(chart.minimum)
        font.pixelSize: Theme.small - 1
        color: Theme.muted
    }

    Text {
        id: sinceLabel

        visible: chart.axes
        x: canvas.x
        anchors.bottom: parent.bottom
        text: qsTr("%1 s ago").arg(chart.span / 1000)
        font.pixelSize: Theme.small - 1
        color: Theme.muted
    }

    Text {
        visible: chart.axes && sinceLabel.implicitWidth + 2 * implicitWidth < canvas.width
        anchors.horizontalCenter: canvas.horizontalCenter
        anchors.bottom: parent.bottom
        text: chart.shadeText
        font.pixelSize: Theme.small - 1
        // As the shade's edges.
        color: chart.health.interrupted ? Theme.warning : Theme.accent
    }

    Text {
        visible: chart.axes
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        text: qsTr("now")
        font.pixelSize: Theme.small - 1
        color: Theme.muted
    }
}
