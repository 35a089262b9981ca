// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// The stream, its counters, and the messages for the user.
Item {
    id: state

    property alias listener: listener
    property alias url: listener.url
    property alias lazy: listener.lazy

    // The embedded server's events are numbered without a gap, and a comment says where a replay
    // ends. This shows that a reconnection loses and repeats nothing.
    property bool numbered: false
    property string token: ""

    readonly property bool open: listener.status === EventSourceListener.Open
    readonly property int received: shown.received
    readonly property int eventsPerSecond: counters.rate
    readonly property string lastEventId: shown.lastEventId
    readonly property int replayed: shown.replayed
    readonly property int lost: counters.lost
    readonly property int repeated: counters.repeated
    readonly property int unreadable: counters.unreadable
    // Of the events with a number as id; 0 without one.
    readonly property double firstNumber: shown.firstNumber
    readonly property double lastNumber: shown.lastNumber
    readonly property alias health: health

    // The message strip: a level ("good", "info", "warning", "bad"), what happened, what comes next.
    readonly property string level: note.level.length > 0 ? note.level
                                                     : open && counters.silence <= 2 ? "good"
                                                     : "info"
    readonly property string headline: note.headline.length > 0 ? note.headline
                                                              : situation.headline
    readonly property string explanation: note.headline.length > 0
                                          ? (note.detail + " " + outlook).trim()
                                          : situation.explanation

    // Only the user can fix this, with the button of the message strip.
    readonly property bool tokenExpired: listener.active && note.errorCode
                                         === EventSourceListener.HttpStatusError
                                         && note.httpStatus === 401

    // What happens next without an action of the user.
    readonly property string outlook: {
        const resume = listener.lastEventId.length > 0
                     ? qsTr(", from event %1 on").arg(listener.lastEventId) : "";
        switch (listener.status) {
        case EventSourceListener.Waiting:
            if (listener.retryIn >= 0) {
                const seconds = Math.ceil(listener.retryIn / 1000);
                return seconds > 0 ? qsTr("Next attempt in %1 s%2.").arg(seconds).arg(resume)
                                   : qsTr("Trying again now%1.").arg(resume);
            }
            if (note.errorCode === EventSourceListener.InvalidUrlError)
                return qsTr("It connects as soon as the address is right.");
            if (tokenExpired)
                return qsTr("Nothing is sent until there is a new token.");
            return qsTr("It tries again when the address or the network has changed.");
        case EventSourceListener.Connecting:
            return qsTr("Trying again now%1.").arg(resume);
        case EventSourceListener.Closed:
            return listener.active ? qsTr("It needs an address.")
                 : note.level === "bad" ? qsTr("It does not try again by itself: press Start.")
                                        : qsTr("Start connects%1.").arg(resume);
        default:
            return note.outlook;
        }
    }

    readonly property string tally: lost === 0 && repeated === 0
                                    ? qsTr("None was lost or repeated.")
                                    : qsTr("Lost: %1, repeated: %2.").arg(lost).arg(repeated)

    // For the feed: changes of the connection itself.
    signal incident(string level, string title, string detail)

    function toggle() {
        if (listener.active) {
            listener.stopListening();
            note.set("info", qsTr("Stopped"), qsTr("No connection is open, nothing is requested."));
            incident("info", qsTr("Stopped"), qsTr("By you"));
        } else {
            note.clear();
            note.outage = listener.lastEventId.length > 0;
            listener.startListening();
        }
    }

    function watch(address) {
        note.clear();
        if (String(listener.url) === address && listener.active)
            listener.restart();
        listener.url = address;
        listener.startListening();
    }

    function reconnect() {
        note.clear();
        listener.restart();
    }

    function describe(error) {
        switch (error.code) {
        case EventSourceListener.TimeoutError:
            return note.wasOpen
                    ? qsTr("The server has fallen silent")
                    : qsTr("The server does not answer");
        case EventSourceListener.HttpStatusError:
            if (error.httpStatus === 401)
                return qsTr("The server wants a new access token (401)");
            if (error.httpStatus === 503)
                return qsTr("The server is not available (503)");
            return qsTr("The server refused the request (%1)").arg(error.httpStatus);
        case EventSourceListener.ContentTypeError:
            return qsTr("This address has no event stream");
        case EventSourceListener.SslError:
            return qsTr("The server's identity could not be verified");
        case EventSourceListener.TooManyRedirectsError:
        case EventSourceListener.InsecureRedirectError:
            return qsTr("The server's redirect is not safe to follow");
        case EventSourceListener.InvalidUrlError:
            return qsTr("This is not the address of a stream");
        case EventSourceListener.InvalidRequestError:
            return qsTr("The request is not valid");
        case EventSourceListener.EventTooLargeError:
            return qsTr("An event was too large and was skipped");
        case EventSourceListener.DecodingError:
            return qsTr("The response could not be decompressed");
        case EventSourceListener.IncompleteError:
            return qsTr("The response ended too early");
        default:
            return note.wasOpen ? qsTr("The connection was lost")
                                : qsTr("The server cannot be reached");
        }
    }

    function explain(error) {
        const body = error.body.trim();
        if (body.length > 0 && body.length < 200 && !body.startsWith("<"))
            return qsTr("It says: “%1”").arg(body);
        if (note.wasOpen && error.code === EventSourceListener.NetworkError)
            return qsTr("It broke in the middle of the stream.");
        if (note.wasOpen && error.code === EventSourceListener.TimeoutError)
            return qsTr("Nothing has come for %1 s, not even a heartbeat.")
                       .arg(listener.idleTimeout / 1000);
        if (error.code === EventSourceListener.InvalidUrlError)
            return qsTr("An address begins with http:// or https:// and names a server.");
        return sentence(error.message);
    }

    function sentence(text) {
        const trimmed = text.trim();
        return trimmed.length === 0 || /[.!?]$/.test(trimmed) ? trimmed : trimmed + ".";
    }

    EventSourceListener {
        id: listener

        // The embedded server sends a heartbeat every 2 s. Other servers may send none.
        idleTimeout: state.numbered ? 5000 : 0
        // The embedded server sends JSON. Other servers may send anything.
        format: state.numbered ? EventSourceListener.Json : EventSourceListener.Text
        headers: state.numbered && state.token.length > 0 ? { Authorization: "Bearer " + state.token } : ({})

        onOpened: {
            counters.open();
            if (note.outage) {
                note.set("good", qsTr("Connected again"), "");
                note.outlook = Qt.binding(() => state.numbered
                        ? qsTr("Events from the meantime that were replayed: %1. %2")
                              .arg(state.replayed).arg(state.tally) : "");
                note.fade.interval = 9000;
                note.fade.restart();
                state.incident("good", qsTr("Connected again"), listener.lastEventId.length > 0
                        ? qsTr("After event %1").arg(listener.lastEventId) : "");
            }
            note.outage = false;
            note.failed = false;
            note.wasOpen = true;
        }

        onComment: text => {
            counters.silence = 0;
            const words = text.trim().split(" ");
            if (state.numbered && words[0] === "next")
                counters.replayEnd = Number(words[1]);
        }

        onMessage: event => {
            if (!updating.running)
                updating.start();
            counters.count(event);
        }

        onParseError: (event, message) => {
            ++counters.unreadable;
            updating.start();
            counters.count(event);
            note.set("warning", qsTr("An event could not be read"),
                     Theme.filled(qsTr("Event %1 of type “%2”: %3"),
                                  event.lastEventId, event.type, state.sentence(message)));
            note.outlook = qsTr("It was skipped. The stream continues.");
            note.fade.interval = 4000;
            note.fade.restart();
            state.incident("warning", qsTr("Unreadable event %1").arg(event.lastEventId),
                           state.sentence(message) + " " + event.text.slice(0, 80));
        }

        onError: error => {
            const headline = state.describe(error);
            const said = state.explain(error);
            note.set(error.willRetry || listener.active ? "warning" : "bad", headline, said);
            note.errorCode = error.code;
            note.httpStatus = error.httpStatus;
            note.failed = true;
            note.wasOpen = listener.status === EventSourceListener.Open;
            note.outage = listener.status !== EventSourceListener.Open;
            if (!note.outage) {
                note.outlook = qsTr("The stream continues.");
                note.fade.interval = 4000;
                note.fade.restart();
            }
            state.incident(error.willRetry ? "warning" : "bad", headline, said);
        }

        onFinished: {
            note.set("info", qsTr("The stream has ended"), qsTr("The server has no more events."));
            state.incident("info", qsTr("The stream has ended"), "");
        }

        onStatusChanged: {
            if (status === EventSourceListener.Connecting) {
                note.failed = false;
            } else if (status === EventSourceListener.Waiting && !note.failed) {
                // A clean end is not an error. The message of an error replaces this one.
                note.set("info", qsTr("The server closed the stream"),
                         qsTr("It was a clean end."));
                note.outage = true;
            }
            if (status !== EventSourceListener.Open)
                counters.rate = 0;
        }

        onLastEventIdChanged: {
            if (!updating.running)
                updating.start();
        }

        onUrlChanged: {
            counters.clear();
            note.wasOpen = false;
            note.outage = false;
            note.clear();
        }
    }

    // The text of the message strip when there is no special message.
    QtObject {
        id: situation

        readonly property string headline: {
            switch (listener.status) {
            case EventSourceListener.Open:
                return counters.silence > 2 ? qsTr("Quiet for %1 s").arg(counters.silence)
                                            : qsTr("Live");
            case EventSourceListener.Connecting:
                return qsTr("Connecting…");
            case EventSourceListener.Waiting:
                return qsTr("Waiting");
            default:
                return qsTr("Not connected");
            }
        }
        readonly property string explanation: {
            switch (listener.status) {
            case EventSourceListener.Open:
                if (counters.silence > 2 && listener.idleTimeout > 0)
                    return qsTr("Not even a heartbeat has come. After %1 s of silence it will "
                                + "connect anew.").arg(listener.idleTimeout / 1000);
                return state.numbered
                        ? qsTr("Events arrive as the server sends them. %1").arg(state.tally)
                        : qsTr("Events arrive as the server sends them.");
            case EventSourceListener.Connecting:
                return qsTr("The request is on its way to %1.").arg(listener.url);
            case EventSourceListener.Closed:
                return listener.lazy && state.received === 0
                        ? qsTr("The listener is lazy: nothing is requested until you press Start.")
                        : state.outlook;
            default:
                return state.outlook;
            }
        }
    }

    // The last special message, until it is out of date.
    QtObject {
        id: note

        property string level: ""
        property string headline: ""
        property string detail: ""
        property string outlook: ""
        property int errorCode: EventSourceListener.NoError
        property int httpStatus: 0
        property bool failed: false // the current attempt
        property bool outage: false // since the last time it was open
        property bool wasOpen: false

        readonly property Timer fade: Timer {
            interval: 9000
            // The message of an outage stays until the connection is open again.
            onTriggered: if (state.open) note.clear()
        }

        function set(newLevel, newHeadline, newDetail) {
            fade.stop();
            fade.interval = 9000;
            errorCode = EventSourceListener.NoError;
            httpStatus = 0;
            outlook = "";
            level = newLevel;
            headline = newHeadline;
            detail = newDetail;
        }

        function clear() {
            set("", "", "");
        }
    }

    StreamHealth {
        id: health

        listener: listener
        visible: state.visible
    }

    // What is shown of the counters. Many events need one update.
    QtObject {
        id: shown

        property int received: 0
        property string lastEventId: ""
        property int replayed: 0
        property double firstNumber: 0
        property double lastNumber: 0

        function update() {
            received = counters.received;
            lastEventId = listener.lastEventId;
            replayed = counters.replayed;
            firstNumber = counters.firstNumber;
            lastNumber = counters.lastNumber;
        }
    }

    Timer {
        id: updating

        interval: 0
        onTriggered: shown.update()
    }

    QtObject {
        id: counters

        property int received: 0
        property int recent: 0
        property int rate: 0
        property int replayed: 0 // since the connection was opened
        property int lost: 0 // since the connection was opened
        property int repeated: 0
        property int unreadable: 0
        property int silence: 0 // whole seconds
        property double replayEnd: 0 // what has a smaller number happened before the connection
        property double firstNumber: 0
        property double lastNumber: 0
        property int inSequence: 0 // events in a row whose numbers have no gap
        property bool justOpened: false

        function clear() {
            received = 0;
            replayed = 0;
            lost = 0;
            repeated = 0;
            unreadable = 0;
            replayEnd = 0;
            firstNumber = 0;
            lastNumber = 0;
            inSequence = 0;
            shown.update();
        }

        function open() {
            silence = 0;
            replayed = 0;
            lost = 0;
            repeated = 0;
            replayEnd = 0;
            justOpened = true;
        }

        function count(event) {
            ++received;
            ++recent;
            silence = 0;
            const number = Number(event.lastEventId);
            // Without an id of its own an event has that of the one before.
            if (number === lastNumber && !justOpened)
                return;
            if (!Number.isInteger(number) || number <= 0) {
                inSequence = 0;
            } else if (lastNumber === 0 || number < lastNumber - 100) {
                // The first event ever, or of a server that has started anew.
                firstNumber = number;
            } else if (number <= lastNumber) {
                ++repeated;
            } else {
                replayed += number < replayEnd ? 1 : 0;
                const gap = number - lastNumber - 1;
                if (gap > 0)
                    miss(gap, number);
                inSequence = gap > 0 ? 0 : inSequence + 1;
            }
            justOpened = false;
            if (number > 0)
                lastNumber = Math.max(number, number < lastNumber - 100 ? 0 : lastNumber);
        }

        // Of another server's numbers we know only whether they had no gap until now.
        function miss(gap, number) {
            if (!state.numbered && inSequence < 20)
                return;
            const jump = Theme.filled(qsTr("The ids jump from %1 to %2."), lastNumber, number);
            if (state.numbered) {
                lost += gap;
                note.set("warning", qsTr("Connected again, but %1 events are missing", "", gap).arg(gap),
                         qsTr("The server keeps its last 3000 events, and the outage was longer. %1")
                             .arg(jump));
            } else {
                note.set("warning", qsTr("%1 events may be missing", "", gap).arg(gap),
                         qsTr("%1 The server has skipped numbers, or it did not keep these events.")
                             .arg(jump));
            }
            note.outlook = qsTr("The stream continues.");
            note.fade.interval = 15000;
            note.fade.restart();
            state.incident("warning", qsTr("Missing events: %1").arg(gap), jump);
        }
    }

    Timer {
        interval: 1000
        running: state.open
        repeat: true
        onTriggered: {
            counters.rate = counters.recent;
            counters.recent = 0;
            ++counters.silence;
        }
    }
}
