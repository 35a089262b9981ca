// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import EventSource.Controls
import QtQuick
import QtQuick.Layouts

// The embedded server's fleet: a tile for each host, and the activity.
Item {
    id: view

    required property StreamState stream

    readonly property bool wide: width >= 900
    // The page and the activity beside it get their widths from here. If they used each other's
    // width, there would be a binding loop whenever wide changes.
    readonly property real sideWidth: wide ? Math.round(Math.min(420, Math.max(320, width * 0.27)))
                                           : width
    property var hosts: ({})

    function take(event) {
        const data = event.data;
        switch (event.type) {
        case "metrics":
            if (!(data.host in hosts)) {
                const state = hostState.createObject(view, { name: data.host });
                hosts[data.host] = state;
                tiles.append({ host: state });
            }
            hosts[data.host].take(data);
            break;
        case "deployment":
            feed.add(data.succeeded ? "info" : "bad", qsTr("Deployment"),
                     data.succeeded ? Theme.filled(qsTr("%1 %2 deployed"), data.service, data.version)
                                    : Theme.filled(qsTr("%1 %2 failed"), data.service, data.version),
                     qsTr("by %1").arg(data.author), data.time);
            break;
        case "alert":
            feed.add(data.resolved ? "good" : "warning", qsTr("Alert"),
                     data.resolved ? qsTr("%1 is back to normal").arg(data.host)
                                   : qsTr("High load on %1").arg(data.host),
                     qsTr("processor at %1 %").arg(Math.round(data.cpu)), data.time);
            break;
        }
    }

    Connections {
        target: view.stream

        function onEvent(event) {
            view.take(event);
        }

        function onIncident(level, title, detail) {
            feed.add(level, qsTr("Connection"), title, detail, Date.now());
        }
    }

    Component {
        id: hostState

        HostState { }
    }

    ListModel { id: tiles }

    ScrollPage {
        id: page

        width: view.wide ? view.width - view.sideWidth - Theme.gap : view.width
        height: view.height
        contentHeight: view.wide ? main.height : side.y + side.height

        Column {
            id: main

            width: page.width
            spacing: Theme.gap

            Card {
                width: parent.width
                height: 160
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

                // As few rows as possible, and as full as possible.
                readonly property int fitting: Math.max(1, Math.floor((width + Theme.gap)
                                                                      / (250 + Theme.gap)))
                readonly property int rows: Math.ceil(Math.max(1, tiles.count) / fitting)

                width: parent.width
                visible: tiles.count > 0
                // The tiles share the remaining height, up to a limit.
                height: Math.max(implicitHeight,
                                 view.wide ? Math.min(view.height, rows * 400) : 0)
                columns: Math.ceil(Math.max(1, tiles.count) / rows)
                columnSpacing: Theme.gap
                rowSpacing: Theme.gap

                Repeater {
                    model: tiles

                    HostTile {
                        required property var model

                        host: model.host
                        live: view.stream.open
                        objectName: "tile-" + host.name
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.preferredWidth: 1 // equal columns
                    }
                }
            }
        }
    }

    Card {
        id: side

        parent: view.wide ? view : page.contentItem
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
                objectName: "rawEvents"
                listener: view.stream.listener
                visible: !activityButton.checked
                paused: !visible
                textColor: Theme.text
                mutedColor: Theme.muted
                problemColor: Theme.bad
                textFont.pixelSize: Theme.small
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
        }
    }
}
