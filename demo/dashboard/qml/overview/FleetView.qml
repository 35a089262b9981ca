// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import EventSource
import EventSource.Controls
import QtQuick
import QtQuick.Layouts

// The embedded server's fleet: a tile for each host, and the activity.
Item {
    id: view

    required property StreamState stream

    readonly property bool wide: width >= 900
    // Below this the page scrolls.
    readonly property real minimumHeight: wide ? Math.max(320, grid.implicitHeight)
                                               : main.height + Theme.gap + 420
    // The tiles and the activity beside them get their widths from here. If they used each other's
    // width, there would be a binding loop whenever wide changes.
    readonly property real sideWidth: wide ? Math.round(Math.min(560, Math.max(320, width * 0.27)))
                                           : width
    property var hosts: ({})

    // Three consumers of one connection.
    EventSourceSubscription {
        listener: view.stream.listener
        eventTypes: ["metrics"]
        onMessage: event => {
            const name = event.data.host;
            if (!(name in view.hosts)) {
                const state = hostState.createObject(view, { name: name });
                view.hosts[name] = state;
                tiles.append({ host: state });
            }
            view.hosts[name].take(event.data);
        }
    }

    EventSourceSubscription {
        listener: view.stream.listener
        eventTypes: ["deployment"]
        onMessage: event => {
            const data = event.data;
            feed.addEntry(data.succeeded ? "info" : "bad", qsTr("Deployment"),
                     data.succeeded ? Theme.filled(qsTr("%1 %2 deployed"), data.service, data.version)
                                    : Theme.filled(qsTr("%1 %2 failed"), data.service, data.version),
                     qsTr("by %1").arg(data.author), data.time);
        }
    }

    EventSourceSubscription {
        listener: view.stream.listener
        eventTypes: ["alert"]
        onMessage: event => {
            const data = event.data;
            feed.addEntry(data.resolved ? "good" : "warning", qsTr("Alert"),
                     data.resolved ? qsTr("%1 is back to normal").arg(data.host)
                                   : qsTr("High load on %1").arg(data.host),
                     qsTr("processor at %1 %").arg(Math.round(data.cpu)), data.time);
        }
    }

    Connections {
        target: view.stream

        function onIncident(level, title, detail) {
            feed.addEntry(level, qsTr("Connection"), title, detail, Date.now());
        }
    }

    Component {
        id: hostState

        HostState { }
    }

    ListModel { id: tiles }

    Column {
        id: main

        width: view.wide ? view.width - view.sideWidth - Theme.gap : view.width

        Card {
            width: parent.width
            height: view.wide ? view.height : 160
            visible: tiles.count === 0

            Text {
                anchors.centerIn: parent
                text: qsTr("No host has reported yet")
                font.pixelSize: Theme.body
                color: Theme.muted
            }
        }

        GridLayout {
            id: grid

            // As many columns as fit. Where there is space, fewer, so that the tiles have a good
            // shape and fill it.
            readonly property int fitting: Math.max(1, Math.floor((width + Theme.gap)
                                                                  / (250 + Theme.gap)))
            readonly property int number: Math.max(1, tiles.count)

            function columnsFor(width, height) {
                let best = Math.min(fitting, number);
                let bestMatch = Infinity;
                for (let columns = 1; columns <= Math.min(fitting, number); ++columns) {
                    const rows = Math.ceil(number / columns);
                    const shape = (width / columns) / (height / rows);
                    // Empty places count like a bad shape.
                    const match = Math.abs(Math.log(shape / 1.5)) + (rows * columns - number) * 0.3;
                    if (match < bestMatch && height / rows >= 180) {
                        best = columns;
                        bestMatch = match;
                    }
                }
                return best;
            }

            width: parent.width
            visible: tiles.count > 0
            height: view.wide ? Math.max(implicitHeight, view.height) : implicitHeight
            columns: view.wide ? columnsFor(width, view.height)
                               : Math.ceil(number / Math.ceil(number / fitting))
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap

            Repeater {
                model: tiles

                HostTile {
                    required property var model

                    host: model.host
                    health: view.stream.health
                    // For all tiles alike. Their own height would depend on it.
                    roomy: view.wide && view.height > 400 * Math.ceil(grid.number / grid.columns)
                    objectName: "tile-" + host.name
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1 // equal columns
                }
            }
        }
    }

    Card {
        id: side

        x: view.wide ? view.width - width : 0
        y: view.wide ? 0 : main.height + Theme.gap
        width: view.sideWidth
        height: view.wide ? view.height : 420

        ColumnLayout {
            anchors.fill: parent
            anchors.margins: Theme.padding
            spacing: 10

            RowLayout {
                spacing: 8

                ActionButton {
                    id: activityButton

                    objectName: "showActivity"
                    text: qsTr("Activity")
                    checkable: true
                    autoExclusive: true
                    checked: true
                    primary: checked
                }

                ActionButton {
                    objectName: "showRaw"
                    text: qsTr("Raw events")
                    checkable: true
                    autoExclusive: true
                    primary: checked
                }

                Item { Layout.fillWidth: true }
            }

            ActivityFeed {
                id: feed

                objectName: "feed"
                visible: activityButton.checked
                Layout.fillWidth: true
                Layout.fillHeight: true
            }

            EventLogView {
                id: rawEvents

                objectName: "rawEvents"
                listener: view.stream.listener
                visible: !activityButton.checked
                paused: !visible
                textColor: Theme.text
                mutedColor: Theme.muted
                problemColor: Theme.bad
                textFont.pixelSize: Theme.small
                onActivated: rawText.takeFocus()
                Layout.fillWidth: true
                Layout.fillHeight: true
            }

            OutputText {
                id: rawText

                name: "rawText"
                label: qsTr("The selected event")
                visible: rawEvents.visible && rawEvents.currentEvent !== null
                text: rawEvents.currentText
                Keys.onEscapePressed: rawEvents.forceActiveFocus(Qt.OtherFocusReason)
                Layout.fillWidth: true
                Layout.preferredHeight: 160
            }
        }
    }
}
