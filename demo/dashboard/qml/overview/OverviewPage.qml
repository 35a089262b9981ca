// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import Dashboard
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// The embedded server's fleet, or with --url the events of any stream.
ShellPage {
    id: page

    stream: eventStream

    Component.onCompleted: {
        if (server)
            loader.setSource("FleetView.qml", { stream: eventStream });
        else
            loader.setSource("EventInspector.qml", { stream: eventStream });
    }

    StreamState {
        id: eventStream

        objectName: "stream"
        lazy: page.lazy
        numbered: page.server !== null
        url: page.streamUrl
        // The server could do without, but then it could not expire.
        token: page.server ? page.server.issueToken() : ""
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        RowLayout {
            visible: !page.server
            spacing: 8

            TextField {
                id: address

                objectName: "address"
                Layout.fillWidth: true
                text: page.streamUrl
                placeholderText: qsTr("https://example.com/events")
                selectByMouse: true
                color: Theme.text
                placeholderTextColor: Theme.muted
                font.pixelSize: Theme.body
                inputMethodHints: Qt.ImhUrlCharactersOnly
                onAccepted: eventStream.watch(text.trim())
                Accessible.name: qsTr("The stream's address")

                background: Rectangle {
                    implicitHeight: 36
                    radius: 7
                    color: Theme.card
                    border.width: address.activeFocus ? 2 : 1
                    border.color: address.activeFocus ? Theme.accent : Theme.raisedBorder
                }
            }

            ActionButton {
                objectName: "go"
                text: qsTr("Watch")
                onClicked: address.accepted()
            }
        }

        ConnectionPanel {
            Layout.fillWidth: true
            stream: eventStream
            actionText: page.server && eventStream.tokenExpired ? qsTr("Renew the token") : ""
            onAction: eventStream.token = page.server.issueToken()
        }

        Loader {
            id: loader

            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
