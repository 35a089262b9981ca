// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import EventSource
import QtQuick

// The state of the connection in the last minutes as a strip of colours, with times and a legend.
Item {
    id: strip

    required property StreamHealth health

    readonly property double from: health.now - health.span

    function colorOf(status) {
        switch (status) {
        case EventSourceListener.Open:
            return Theme.good;
        case EventSourceListener.Connecting:
            return Theme.accent;
        case EventSourceListener.Waiting:
            return Theme.warning;
        default:
            return Theme.raisedBorder;
        }
    }

    function position(time) {
        return width * Math.max(0, Math.min(1, (time - from) / health.span));
    }

    implicitHeight: labels.y + labels.height

    Accessible.role: Accessible.Chart
    Accessible.name: qsTr("The connection in the last three minutes")
    Accessible.description: health.summary

    Rectangle {
        id: bar

        width: parent.width
        height: 12
        radius: 3
        color: Theme.window
        border.color: Theme.cardBorder
        clip: true

        Repeater {
            model: strip.health.segments.length

            Rectangle {
                required property int index

                readonly property var segment: strip.health.segments[index]
                readonly property var next: strip.health.segments[index + 1]

                objectName: "segment-" + index
                x: segment ? strip.position(segment.from) : 0
                // A state that lasts less than a pixel is shown, too.
                width: segment ? Math.max(2, strip.position(next ? next.from : strip.health.now) - x)
                               : 0
                height: 12
                color: segment ? strip.colorOf(segment.status) : "transparent"
            }
        }
    }

    Item {
        id: labels

        y: bar.height + 4
        width: parent.width
        height: start.height

        Text {
            id: start

            text: Qt.formatTime(new Date(strip.from), "hh:mm:ss")
            font.pixelSize: Theme.small
            color: Theme.muted
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 12
            visible: strip.width > 420

            Repeater {
                model: [
                    { text: qsTr("open"), status: EventSourceListener.Open },
                    { text: qsTr("connecting"), status: EventSourceListener.Connecting },
                    { text: qsTr("waiting"), status: EventSourceListener.Waiting },
                    { text: qsTr("closed"), status: EventSourceListener.Closed }
                ]

                Row {
                    id: entry

                    required property var modelData

                    spacing: 4

                    Rectangle {
                        anchors.verticalCenter: parent.verticalCenter
                        width: 8
                        height: 8
                        radius: 2
                        color: strip.colorOf(entry.modelData.status)
                    }

                    Text {
                        text: entry.modelData.text
                        font.pixelSize: Theme.small
                        color: Theme.muted
                    }
                }
            }
        }

        Text {
            anchors.right: parent.right
            text: qsTr("now")
            font.pixelSize: Theme.small
            color: Theme.muted
        }
    }
}
