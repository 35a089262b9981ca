// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import Dashboard
import EventSource.Controls
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// The window: title and connection at the top, the events of the stream below.
ApplicationWindow {
    id: window

    required property url streamUrl
    property DemoServer server: null // null: the stream of another server
    property bool lazy: false
    property string colorScheme: ""

    readonly property bool narrow: width < 720

    width: 1280
    height: 800
    minimumWidth: 480
    minimumHeight: 560
    visible: true
    title: qsTr("EventSource dashboard")
    color: Theme.window
    palette.window: Theme.window
    palette.windowText: Theme.text
    palette.base: Theme.card
    palette.text: Theme.text
    palette.highlight: Theme.accent
    palette.highlightedText: Theme.accentText
    palette.buttonText: Theme.text
    palette.toolTipBase: Theme.raised
    palette.toolTipText: Theme.text
    palette.mid: Theme.raisedBorder
    palette.dark: Theme.muted

    Component.onCompleted: {
        Theme.colorScheme = colorScheme;
        if (server)
            loader.setSource("FleetView.qml", { stream: eventStream, server: server });
        else
            loader.setSource("EventInspector.qml", { stream: eventStream });
    }

    StreamState {
        id: eventStream

        objectName: "stream"
        lazy: window.lazy
        numbered: window.server !== null
        url: window.streamUrl
    }

    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: window.close()
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: window.narrow ? 12 : 20
        spacing: Theme.gap

        GridLayout {
            Layout.fillWidth: true
            columns: window.narrow ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap

                Text {
                    text: window.server ? qsTr("Fleet") : qsTr("Event stream")
                    font.pixelSize: Theme.title
                    font.bold: true
                    color: Theme.text
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }

                ConnectionBadge {
                    objectName: "badge"
                    listener: eventStream.listener
                    font.pixelSize: Theme.body
                }

                Item { Layout.fillWidth: true }
            }

            RowLayout {
                spacing: 8

                ActionButton {
                    objectName: "startStop"
                    primary: !eventStream.listener.active
                    text: eventStream.listener.active ? qsTr("Stop") : qsTr("Start")
                    hint: eventStream.listener.active ? qsTr("Closes the connection")
                                                 : qsTr("Opens the connection")
                    shortcut: "F6"
                    focus: true
                    onClicked: eventStream.toggle()
                }

                ActionButton {
                    objectName: "reconnect"
                    text: qsTr("Reconnect now")
                    hint: qsTr("Opens a new connection now and resumes after the last event")
                    shortcut: "F5"
                    enabled: eventStream.listener.active
                    onClicked: eventStream.reconnect()
                }

                ActionButton {
                    objectName: "scheme"
                    text: Theme.dark ? qsTr("Light") : qsTr("Dark")
                    hint: Theme.dark ? qsTr("Changes to light colours")
                                     : qsTr("Changes to dark colours")
                    shortcut: "Ctrl+D"
                    onClicked: Theme.toggle()
                }
            }
        }

        RowLayout {
            visible: !window.server
            spacing: 8

            TextField {
                id: address

                objectName: "address"
                Layout.fillWidth: true
                text: window.streamUrl
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
            actionText: window.server && eventStream.tokenExpired ? qsTr("Renew the token") : ""
            onAction: eventStream.token = window.server.issueToken()
        }

        Loader {
            id: loader

            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
