// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// When the things of an attempt happened, and the gaps between events. The public properties change
// a few times a second, not with each event.
Item {
    id: timings

    property EventSourceListener listener: null

    property int eventCount: 0
    property int unreadableCount: 0
    property int attemptCount: 0
    // Milliseconds since the attempt began; -1 before.
    property real headAfter: -1
    property real firstEventAfter: -1
    // Whole seconds without an event in the open stream, and since its last comment; -1 without one.
    property int silence: 0
    property int lastComment: -1
    // Between the last events, ms; -1 with fewer than two.
    property real shortestGap: -1
    property real medianGap: -1
    property real longestGap: -1

    function clear() {
        state.clear();
        publish();
    }

    function publish() {
        const gaps = Array.from(state.gaps).sort((a, b) => a - b);
        const now = Date.now();
        silence = (now - Math.max(state.lastEvent, state.openedAt)) / 1000;
        lastComment = state.lastComment >= 0 ? (now - state.lastComment) / 1000 : -1;
        eventCount = state.events;
        unreadableCount = state.unreadable;
        attemptCount = state.attempts;
        headAfter = state.headAfter;
        firstEventAfter = state.firstAfter;
        shortestGap = gaps[0] ?? -1;
        medianGap = gaps[gaps.length >> 1] ?? -1;
        longestGap = gaps[gaps.length - 1] ?? -1;
    }

    QtObject {
        id: state

        readonly property int maximumGaps: 1000

        property int events: 0
        property int unreadable: 0
        property int attempts: 0
        property real begun: -1
        property real headAfter: -1
        property real firstAfter: -1
        property real lastEvent: -1
        property real lastComment: -1
        property real openedAt: -1
        property int nextGap: 0
        property var gaps: []

        function clear() {
            events = unreadable = attempts = nextGap = 0;
            begun = headAfter = firstAfter = lastEvent = lastComment = openedAt = -1;
            gaps = [];
        }

        function begin() {
            ++attempts;
            begun = Date.now();
            headAfter = firstAfter = lastEvent = lastComment = openedAt = -1;
        }

        function take() {
            const now = Date.now();
            ++events;
            if (firstAfter < 0)
                firstAfter = now - begun;
            if (lastEvent >= 0) {
                gaps[nextGap] = now - lastEvent; // the oldest one goes
                nextGap = (nextGap + 1) % maximumGaps;
            }
            lastEvent = now;
        }
    }

    Connections {
        target: timings.listener

        function onStatusChanged() {
            if (timings.listener.status === EventSourceListener.Connecting)
                state.begin();
            timings.publish();
        }
        function onOpened() {
            state.openedAt = Date.now();
            state.headAfter = state.openedAt - state.begun;
            timings.publish();
        }
        function onComment() {
            state.lastComment = Date.now();
        }
        function onMessage() {
            state.take();
        }
        function onParseError() {
            state.take();
            ++state.unreadable;
        }
    }

    Timer {
        interval: 250
        repeat: true
        running: timings.visible && timings.listener !== null
                 && timings.listener.status === EventSourceListener.Open
        onTriggered: timings.publish()
    }
}
