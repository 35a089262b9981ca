// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import QtQuick

/*!
    \qmltype Sparkline
    \inqmlmodule EventSource.Controls
    \inherits Item
    \since EventSource 0.1
    \brief A small line chart of the last values, for example of numbers from a stream.

    \qml
    Sparkline {
        id: load
        maximum: 100
        Accessible.name: "Load"

        EventSourceListener {
            url: "https://ci.example.com/load"
            onMessage: event => load.append(event.data.load)
        }
    }
    \endqml

    The newest value is at the right edge. Many values in one turn of the event loop need one paint.

    \sa EventSourceListener::message()
*/
Item {
    id: control

    /*! The number of values that the line shows, 60 by default; older values are removed at the left. */
    property int capacity: 60

    /*! The value at the lower edge. NaN (default): the smallest shown value. */
    property real minimum: NaN
    /*! The value at the upper edge. NaN (default): the largest shown value. */
    property real maximum: NaN

    /*! The colour of the line; that of the palette's highlight by default. */
    property color color: palette.highlight
    /*! The colour below the line; by default \l color with an opacity of 15 %. */
    property color fillColor: Qt.rgba(color.r, color.g, color.b, 0.15)
    /*! The width of the line in pixels; 1.5 by default. */
    property real lineWidth: 1.5

    /*! The number of shown values. */
    readonly property int count: Math.min(__count, Math.max(0, capacity))
    /*! The newest value; NaN if there is none, or if it is a gap. */
    readonly property real lastValue: __last

    property var __values: []
    property int __count: 0
    property real __last: NaN

    /*!
        \qmlmethod void Sparkline::append(real value)
        Adds \a value at the right edge. A value that is not a finite number is a gap in the line.
    */
    function append(value) {
        const number = typeof value === "number" && isFinite(value) ? value : NaN;
        __values.push(number);
        // Many values are removed at once, so that append() needs constant time on average.
        if (__values.length > 2 * Math.max(1, capacity))
            __values = __values.slice(-Math.max(1, capacity));
        __count = __values.length;
        __last = number;
        canvas.requestPaint();
    }

    /*! Removes all values. */
    function clear() {
        __values = [];
        __count = 0;
        __last = NaN;
        canvas.requestPaint();
    }

    /*!
        \qmlmethod list<real> Sparkline::values()
        Returns the shown values, the oldest first.
    */
    function values() {
        return count > 0 ? __values.slice(-count) : [];
    }

    implicitWidth: 120
    implicitHeight: 32

    onCapacityChanged: canvas.requestPaint()
    onMinimumChanged: canvas.requestPaint()
    onMaximumChanged: canvas.requestPaint()
    onColorChanged: canvas.requestPaint()
    onFillColorChanged: canvas.requestPaint()
    onLineWidthChanged: canvas.requestPaint()

    Accessible.role: Accessible.Chart
    Accessible.name: qsTr("Chart of the last values")
    Accessible.description: isNaN(lastValue) ? qsTr("No value yet")
                                             : qsTr("The last value is %1").arg(lastValue)

    Canvas {
        id: canvas

        anchors.fill: parent
        onPaint: {
            const context = getContext("2d");
            context.reset();
            const shown = control.values();
            let low = control.minimum;
            let high = control.maximum;
            for (const value of shown) {
                if (isNaN(control.minimum) && !(low <= value) && !isNaN(value))
                    low = value;
                if (isNaN(control.maximum) && !(high >= value) && !isNaN(value))
                    high = value;
            }
            // If all values are equal, the line is in the middle.
            if (!(high > low)) {
                low -= 0.5;
                high = low + 1;
            }
            // Space for the width of the line at the edges.
            const margin = control.lineWidth / 2;
            const span = Math.max(0, height - 2 * margin);
            const step = (width - 2 * margin) / Math.max(1, control.capacity - 1);
            const x = index => width - margin - (shown.length - 1 - index) * step;
            const y = value => margin + span
                             * (1 - Math.max(0, Math.min(1, (value - low) / (high - low))));

            context.lineWidth = control.lineWidth;
            context.lineJoin = "round";
            context.strokeStyle = control.color;
            context.fillStyle = control.fillColor;
            let begin = 0;
            while (begin < shown.length) {
                if (isNaN(shown[begin])) {
                    ++begin;
                    continue;
                }
                let end = begin;
                context.beginPath();
                context.moveTo(x(begin), y(shown[begin]));
                while (end + 1 < shown.length && !isNaN(shown[end + 1])) {
                    ++end;
                    context.lineTo(x(end), y(shown[end]));
                }
                context.stroke();
                context.lineTo(x(end), height);
                context.lineTo(x(begin), height);
                context.closePath();
                context.fill();
                begin = end + 1;
            }
        }
    }
}
