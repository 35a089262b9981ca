// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick

// Makes the embedded server misbehave.
Column {
    id: panel

    required property DemoServer server // null: the stream of another server
    required property string path

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

    spacing: 8

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Make the server misbehave")

    Text {
        width: parent.width
        text: panel.server ? qsTr("Make the server misbehave at %1").arg(panel.path)
                           : qsTr("Only the built-in server can misbehave on command. Start the "
                                  + "program without --url.")
        textFormat: Text.PlainText
        font.pixelSize: Theme.body
        color: Theme.muted
        wrapMode: Text.Wrap
    }

    Repeater {
        model: panel.faults

        ActionButton {
            required property int index
            required property var modelData

            objectName: "fault-" + modelData.name
            text: modelData.text
            hint: modelData.hint
            shortcut: "Alt+" + (index + 1)
            enabled: panel.server !== null
            onClicked: panel.server.cause(modelData.fault, panel.path)
        }
    }
}
