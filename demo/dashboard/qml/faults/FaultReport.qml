// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// Watches what a fault costs, from the time when it is caused until the stream is as before.
Item {
    id: report

    property EventSourceListener listener: null

    // The fault that is watched, or empty.
    property string pending: ""
    // What is known of it so far.
    readonly property string progress: {
        switch (listener ? listener.status : EventSourceListener.Closed) {
        case EventSourceListener.Open:
            return pending === "flood"
                    ? qsTr("%1 events so far", "", received).arg(received)
                    : observation.wasDown ? qsTr("Connected again") : qsTr("Caused");
        case EventSourceListener.Connecting:
            return qsTr("Connecting…");
        case EventSourceListener.Waiting:
            return listener.retryIn >= 0
                    ? qsTr("Next attempt in %1 s").arg(Math.ceil(listener.retryIn / 1000))
                    : qsTr("Waiting for a change: %1").arg(listener.errorString);
        default:
            return qsTr("Not connected");
        }
    }

    // The last results by the fault's name.
    property var results: ({})

    // While a flood is watched.
    property int received: 0
    property int eventsPerSecond: 0
    property int worstFrame: 0 // ms

    function begin(fault) {
        observation.start();
        settling.stop();
        patience.restart();
        received = 0;
        eventsPerSecond = 0;
        worstFrame = 0;
        pending = fault;
    }

    function finish(text) {
        const changed = Object.assign({}, results);
        changed[pending] = text;
        results = changed;
        pending = "";
        settling.stop();
        patience.stop();
    }

    function tally() {
        const seconds = Math.max(0, observation.upAt - observation.downAt) / 1000;
        const duration = qsTr("Back after %1 s, attempts: %2.").arg(seconds.toFixed(1))
                             .arg(observation.attempts);
        return observation.numbered
                ? duration + " " + qsTr("Replayed: %1, lost: %2, repeated: %3.")
                      .arg(observation.replayed).arg(observation.lost).arg(observation.repeated)
                : duration;
    }

    onListenerChanged: {
        pending = "";
        results = {};
    }

    QtObject {
        id: observation

        property bool wasDown: false
        property double downAt: 0
        property double upAt: 0
        property int attempts: 0
        property bool numbered: false
        property double lastNumber: 0
        property double replayEnd: 0
        property int replayed: 0
        property int lost: 0
        property int repeated: 0
        property int load: 0
        property double startedAt: 0

        function start() {
            startedAt = Date.now();
            wasDown = false;
            attempts = 0;
            replayEnd = 0;
            replayed = 0;
            lost = 0;
            repeated = 0;
            load = 0;
            lastNumber = Number(report.listener.lastEventId);
            // A listener for some types does not see every number.
            numbered = lastNumber > 0 && report.listener.eventTypes.length === 0;
        }
    }

    Connections {
        target: report.listener
        enabled: report.pending.length > 0

        function onStatusChanged() {
            if (report.listener.status === EventSourceListener.Open) {
                observation.upAt = Date.now();
                if (observation.wasDown)
                    settling.restart();
                return;
            }
            if (!observation.wasDown)
                observation.downAt = Date.now();
            observation.wasDown = true;
            settling.stop();
            if (report.listener.status === EventSourceListener.Connecting)
                ++observation.attempts;
            else if (report.listener.status === EventSourceListener.Closed)
                report.finish(qsTr("The stream is closed: %1").arg(report.listener.errorString));
        }

        function onComment(text) {
            const words = text.trim().split(" ");
            if (words[0] === "next")
                observation.replayEnd = Number(words[1]);
        }

        function onError(error) {
            if (error.code === EventSourceListener.EventTooLargeError)
                report.finish(qsTr("One event was skipped. The stream stayed open, nothing else was "
                                   + "lost."));
        }
    }

    EventSourceSubscription {
        listener: report.listener
        enabled: report.pending.length > 0
        onMessage: event => {
            if (event.type === "load") {
                ++observation.load;
                return;
            }
            const number = Number(event.lastEventId);
            if (number > observation.lastNumber) {
                observation.lost += number - observation.lastNumber - 1;
                observation.replayed += number < observation.replayEnd ? 1 : 0;
                observation.lastNumber = number;
            } else if (number < observation.lastNumber) {
                ++observation.repeated;
            }
        }
        onParseError: event => {
            if (report.pending === "broken-json") {
                report.finish(qsTr("Event %1 was reported as unreadable. The stream stayed open, "
                                   + "nothing else was lost.").arg(event.lastEventId));
            }
        }
    }

    // What is replayed comes right after the response's head.
    Timer {
        id: settling

        interval: 1500
        onTriggered: report.finish(report.tally())
    }

    // A fault that has no effect, for example on a stream without JSON.
    Timer {
        id: patience

        interval: 15000
        onTriggered: {
            if (!observation.wasDown)
                report.finish(qsTr("Nothing has happened on this page."));
        }
    }

    Timer {
        interval: 1000
        running: report.pending === "flood"
        repeat: true
        onTriggered: {
            const fresh = observation.load - report.received;
            report.received = observation.load;
            if (fresh === 0 && observation.load > 0) {
                const seconds = Math.max(1, (Date.now() - observation.startedAt) / 1000 - 1);
                report.finish(qsTr("%1 events in %2 s. The longest frame took %3 ms. Lost: %4.")
                                  .arg(observation.load).arg(seconds.toFixed(1))
                                  .arg(report.worstFrame).arg(250000 - observation.load));
            } else {
                report.eventsPerSecond = fresh;
            }
        }
    }

    // It renders all the time, so it runs only as long as needed.
    FrameAnimation {
        running: report.pending === "flood"
        onTriggered: report.worstFrame = Math.max(report.worstFrame, Math.round(frameTime * 1000))
    }
}
