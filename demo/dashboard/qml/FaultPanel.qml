// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick

// Makes the embedded server misbehave.
Card {
    id: panel

    required property DemoServer server

    readonly property var faults: [
        {
            name: "drop", fault: DemoServer.Drop, text: qsTr("Drop connection"),
            hint: qsTr("Cuts the connection in the middle of the stream")
        },
        {
            name: "refuse", fault: DemoServer.Refuse, text: qsTr("Answer 503"),
            hint: qsTr("Cuts the connection and refuses the next three attempts")
        },
        {
            name: "silence", fault: DemoServer.Silence, text: qsTr("Fall silent"),
            hint: qsTr("Keeps the connection, but sends nothing more, not even heartbeats")
        },
        {
            name: "broken-json", fault: DemoServer.BrokenJson, text: qsTr("Broken JSON"),
            hint: qsTr("Sends an event whose data is cut off")
        },
        {
            name: "expire-token", fault: DemoServer.ExpireToken, text: qsTr("Expire token"),
            hint: qsTr("Answers 401 until a new access token is sent")
        },
        {
            name: "end", fault: DemoServer.End, text: qsTr("End cleanly"),
            hint: qsTr("Completes the response, as a server does before a restart")
        }
    ]

    implicitHeight: column.implicitHeight + 2 * Theme.padding

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Make the server misbehave")

    Column {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.padding
        spacing: 10

        Text {
            width: parent.width
            text: qsTr("Make the server misbehave")
            font.pixelSize: Theme.heading
            font.bold: true
            color: Theme.text
            wrapMode: Text.Wrap
        }

        Flow {
            width: parent.width
            spacing: 8

            Repeater {
                model: panel.faults

                ActionButton {
                    required property int index
                    required property var modelData

                    objectName: "fault-" + modelData.name
                    text: modelData.text
                    hint: modelData.hint
                    shortcut: "Alt+" + (index + 1)
                    onClicked: panel.server.cause(modelData.fault)
                }
            }
        }
    }
}
