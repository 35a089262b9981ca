// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import EventSource.Controls
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// What came: events, errors, the head of the response, and when.
Card {
    id: results

    required property EventSourceListener listener
    required property StreamTimings timings
    required property ExplorerStore store

    readonly property var panes: [
        { name: "events", title: qsTr("Events") },
        { name: "errors", title: qsTr("Errors") },
        { name: "response", title: qsTr("Response") },
        { name: "timings", title: qsTr("Timings") }
    ]
    property string pane: "events"
    property string note: "" // of the export
    property string end: "" // why it has ended for good

    // What the stream does now.
    readonly property string situation: {
        switch (listener.status) {
        case EventSourceListener.Connecting:
            return qsTr("Waits for the server's answer.");
        case EventSourceListener.Open:
            return timings.silence < 3 && timings.eventCount > 0
                   ? qsTr("Events so far: %1").arg(timings.eventCount)
                   : timings.silence < 3 ? qsTr("Connected. Waits for the first event.")
                   : timings.lastComment < 0 ? qsTr("No event for %1 s.").arg(timings.silence)
                   : qsTr("No event for %1 s, last comment %2 s ago.").arg(timings.silence)
                         .arg(timings.lastComment);
        case EventSourceListener.Waiting:
            return listener.retryIn >= 0
                   ? qsTr("Next attempt in %1 s.").arg(Math.ceil(listener.retryIn / 1000))
                   : qsTr("On hold. Stop, change the request, and start again.");
        default:
            return end.length > 0 ? end
                   : timings.attemptCount > 0 ? qsTr("Stopped.")
                                              : qsTr("Nothing has been requested yet.");
        }
    }

    function clear() {
        end = "";
        log.clear();
        errors.clear();
        note = "";
    }

    // The rows of the list, the oldest first, one JSON text a line.
    function exported() {
        const lines = [];
        for (let row = log.count - 1; row >= 0; --row) {
            const { type, text, lastEventId, received } = log.model.get(row);
            const line = {
                type: type,
                id: lastEventId,
                received: received.toISOString(),
                data: text
            };
            if (isCut(text))
                line.cut = true; // its end is missing
            lines.push(JSON.stringify(line));
        }
        return lines.join("\n") + (lines.length > 0 ? "\n" : "");
    }

    function described(event, text) {
        const lines = [Theme.filled(qsTr("%1 · id %2 · %3"), event.type, event.lastEventId || "–",
                                    event.received)];
        if (event.problem.length > 0)
            lines.push(event.problem);
        if (isCut(event.text))
            lines.push(qsTr("Only the beginning is shown."));
        return lines.concat(text).join("\n");
    }

    function responseHead() {
        const headers = Object.entries(listener.responseHeaders ?? {});
        return headers.length > 0 ? headers.map(([name, value]) => name + ": " + value).join("\n")
                                  : qsTr("No response was accepted yet");
    }

    // A long text ends with an ellipsis in place of the rest.
    function isCut(text) {
        return text.length >= log.maximumTextLength && text.endsWith("…");
    }

    function exportEvents() {
        const path = store.exportPath();
        const problem = store.write(path, exported());
        note = problem.length > 0 ? problem
                                  : Theme.filled(qsTr("Events: %1. Written to %2"), log.count, path);
    }

    function duration(milliseconds) {
        return milliseconds < 0 ? "–"
             : milliseconds < 10000 ? qsTr("%1 ms").arg(Math.round(milliseconds))
                                    : qsTr("%1 s").arg((milliseconds / 1000).toFixed(1));
    }

    Connections {
        target: results.listener

        function onFinished() {
            results.end = qsTr("Ended by the server: there are no more events.");
        }
        function onError(error) {
            if (results.listener.status === EventSourceListener.Closed)
                results.end = qsTr("Failed, and is not tried again. See the errors.");
            if (errors.count === 200)
                errors.remove(199);
            errors.insert(0, {
                time: Qt.formatTime(new Date(), "hh:mm:ss.zzz"),
                message: error.message,
                next: error.willRetry
                      ? qsTr("Tries again after %1.").arg(results.duration(error.retryIn))
                      : results.listener.status === EventSourceListener.Open
                        ? qsTr("The stream goes on.")
                      : results.listener.status === EventSourceListener.Waiting
                        ? qsTr("Waits for another request.") : qsTr("Does not try again."),
                body: error.body.slice(0, 2000)
            });
        }
    }

    ListModel { id: errors }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.padding
        spacing: 10

        Flow {
            Layout.fillWidth: true
            spacing: 6

            Repeater {
                model: results.panes

                ActionButton {
                    required property var modelData

                    objectName: "pane-" + modelData.name
                    text: modelData.name === "errors" && errors.count > 0
                          ? modelData.title + " (" + errors.count + ")" : modelData.title
                    selected: results.pane === modelData.name
                    leftPadding: 8
                    rightPadding: 8
                    Accessible.role: Accessible.PageTab
                    Accessible.selected: selected
                    onClicked: results.pane = modelData.name
                }
            }
        }

        RowLayout {
            spacing: 8

            Text {
                objectName: "situation"
                Layout.fillWidth: true
                Layout.minimumHeight: exportButton.implicitHeight // the panes begin at the same place
                text: results.situation
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                verticalAlignment: Text.AlignVCenter
                font.pixelSize: Theme.body
                color: Theme.muted
            }

            ActionButton {
                id: exportButton

                objectName: "export"
                visible: results.pane === "events"
                enabled: log.count > 0
                text: qsTr("Export")
                hint: qsTr("Writes the events of the list to a file, one JSON text a line")
                onClicked: results.exportEvents()
            }

            ActionButton {
                objectName: "clearEvents"
                visible: results.pane === "events"
                enabled: log.count > 0
                text: qsTr("Clear")
                hint: qsTr("Empties the list")
                onClicked: log.clear()
            }
        }

        Text {
            objectName: "exportNote"
            Layout.fillWidth: true
            visible: text.length > 0 && results.pane === "events"
            text: results.note
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.small
            color: Theme.muted
        }

        EventLogView {
            id: log

            objectName: "explorerLog"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 200
            visible: results.pane === "events"
            listener: results.listener
            maximumTextLength: 65536
            textColor: Theme.text
            mutedColor: Theme.muted
            problemColor: Theme.bad
            textFont.pixelSize: Theme.body
            emptyText: results.listener.active ? qsTr("No events yet")
                                               : qsTr("Start sends the request")
            onActivated: details.takeFocus()
        }

        OutputText {
            id: details

            name: "explorerDetails"
            label: qsTr("The selected event")
            Layout.fillWidth: true
            Layout.preferredHeight: 160
            Layout.maximumHeight: results.height / 3
            visible: results.pane === "events" && log.currentEvent !== null
            text: log.currentEvent ? results.described(log.currentEvent, log.currentText) : ""
            Keys.onEscapePressed: log.forceActiveFocus(Qt.OtherFocusReason)
        }

        ListView {
            objectName: "errors"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: results.pane === "errors"
            clip: true
            spacing: 10
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ScrollBar { }
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Errors")
            model: errors
            delegate: Column {
                id: failure

                required property string time
                required property string message
                required property string next
                required property string body

                width: ListView.view.width - 12
                spacing: 2
                Accessible.role: Accessible.ListItem
                Accessible.name: message + " " + next

                Text {
                    width: parent.width
                    text: failure.time + "  " + failure.message
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.body
                    color: Theme.text
                }

                Text {
                    width: parent.width
                    text: failure.next
                    font.pixelSize: Theme.small
                    color: Theme.muted
                }

                Text {
                    width: parent.width
                    visible: text.length > 0
                    text: failure.body
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                    elide: Text.ElideRight
                    font.pixelSize: Theme.small
                    color: Theme.muted
                }
            }

            Text {
                anchors.centerIn: parent
                visible: errors.count === 0
                text: qsTr("No errors")
                font.pixelSize: Theme.body
                color: Theme.muted
            }
        }

        OutputText {
            name: "responseHead"
            label: qsTr("The head of the response")
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: results.pane === "response"
            text: results.responseHead()
        }

        GridLayout {
            id: figures

            readonly property var values: [
                results.timings.attemptCount,
                results.duration(results.timings.headAfter),
                results.duration(results.timings.firstEventAfter),
                results.timings.eventCount,
                results.timings.unreadableCount,
                results.duration(results.timings.shortestGap),
                results.duration(results.timings.medianGap),
                results.duration(results.timings.longestGap)
            ]

            visible: results.pane === "timings"
            flow: GridLayout.TopToBottom
            rows: labels.count
            columnSpacing: 24
            rowSpacing: 8

            Repeater {
                id: labels

                model: [
                    qsTr("Attempts"), qsTr("Response head after"), qsTr("First event after"),
                    qsTr("Events"), qsTr("of these not JSON"),
                    qsTr("Shortest gap between events"), qsTr("Median gap"), qsTr("Longest gap")
                ]

                Text {
                    required property string modelData

                    text: modelData
                    font.pixelSize: Theme.body
                    color: Theme.muted
                    Accessible.ignored: true // the value has it
                }
            }

            Repeater {
                model: figures.values.length

                Text {
                    required property int index

                    objectName: "timing" + index
                    text: figures.values[index]
                    font.pixelSize: Theme.body
                    color: Theme.text
                    Accessible.role: Accessible.StaticText
                    Accessible.name: labels.model[index] + ": " + text
                }
            }
        }

        Item {
            Layout.fillHeight: true
            visible: figures.visible
        }
    }
}
