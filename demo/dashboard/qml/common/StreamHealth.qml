// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// The history of a connection: when it was open, and what has gone wrong.
Item {
    id: health

    required property EventSourceListener listener

    // How far back the history goes, in milliseconds.
    readonly property int span: 180000

    // What the history ends with. It moves once a second.
    property double now: Date.now()
    // Objects with from and status, the oldest first. A new array with each change.
    property var segments: [{ from: Date.now(), status: EventSourceListener.Closed }]
    // The times without a connection, as objects with from and to; to is 0 as long as one lasts.
    property var outages: []
    // From 0 to 1 after a reconnection: the part of the last outage that charts have filled in.
    readonly property real filled: Math.round(filling.progress * 20) / 20
    property int reconnects: 0
    property int failures: 0 // attempts that did not open a stream

    // A connection that is cut all the time must not fill the memory.
    readonly property int maximumCount: 200

    readonly property bool open: listener.status === EventSourceListener.Open
    readonly property bool interrupted: outages.length > 0 && outages[outages.length - 1].to === 0
    // In words, for those who do not see the strip.
    readonly property string summary: {
        const first = Math.max(now - span, segments[0].from);
        let total = 0;
        for (let i = 0; i < segments.length; ++i) {
            const end = i + 1 < segments.length ? segments[i + 1].from : now;
            if (segments[i].status === EventSourceListener.Open)
                total += Math.max(0, end - Math.max(first, segments[i].from));
        }
        return qsTr("Open for %1 of the last %2 s, interruptions: %3")
                   .arg(Math.round(total / 1000)).arg(Math.round((now - first) / 1000))
                   .arg(outages.length);
    }

    function record() {
        const time = Date.now();
        now = time;
        const status = listener.status;
        if (segments[segments.length - 1].status === status)
            return;
        const before = segments[segments.length - 1].status;
        if (before === EventSourceListener.Connecting && status !== EventSourceListener.Open
            && (status === EventSourceListener.Waiting || listener.errorString.length > 0)) {
            ++failures;
        }
        const first = segments.findIndex((each, i) => i + 1 === segments.length
                                                      || segments[i + 1].from > time - span);
        segments = segments.slice(Math.max(first, segments.length - maximumCount))
                           .concat({ from: time, status: status });
        if (status === EventSourceListener.Open) {
            if (interrupted) {
                outages = outages.slice(0, -1).concat({ from: outages[outages.length - 1].from,
                                                        to: time });
                ++reconnects;
                fillingAnimation.restart();
            }
        } else if (!interrupted && before === EventSourceListener.Open) {
            fillingAnimation.stop();
            filling.progress = 0;
            outages = outages.filter(each => each.to > time - span).slice(-maximumCount)
                             .concat({ from: time, to: 0 });
        }
    }

    function clear() {
        segments = [{ from: Date.now(), status: listener.status }];
        outages = [];
        fillingAnimation.stop();
        filling.progress = 1;
        reconnects = 0;
        failures = 0;
    }

    onVisibleChanged: now = Date.now()

    Connections {
        target: health.listener

        function onStatusChanged() {
            health.record();
        }

        function onUrlChanged() {
            health.clear();
        }
    }

    Timer {
        interval: 1000
        running: health.visible
        repeat: true
        onTriggered: health.now = Date.now()
    }

    // In steps, because each of them paints all charts.
    QtObject {
        id: filling

        property real progress: 1
    }

    NumberAnimation {
        id: fillingAnimation

        target: filling
        property: "progress"
        from: 0
        to: 1
        duration: Theme.reducedMotion ? 0 : 1200
        easing.type: Easing.InOutQuad
    }
}
