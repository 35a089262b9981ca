// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// The embedded server's fleet, or the events of any other stream.
ShellPage {
    id: page

    readonly property bool own: server !== null
                                && String(eventStream.url) === String(server.url)

    stream: eventStream
    faultPath: own ? "/stream" : ""

    onOwnChanged: showView()
    Component.onCompleted: showView()

    function showView() {
        loader.setSource(own ? "FleetView.qml" : "EventInspector.qml", { stream: eventStream });
    }

    StreamState {
        id: eventStream

        objectName: "stream"
        lazy: page.lazy
        numbered: page.own
        url: page.streamUrl
        // The server could do without, but then it could not expire.
        token: page.server ? page.server.issueToken() : ""
    }

    ScrollPage {
        id: scroll

        anchors.fill: parent
        anchors.leftMargin: -edge
        anchors.rightMargin: -edge
        anchors.topMargin: -edge
        contentHeight: column.y + column.height

        Column {
            id: column

            x: scroll.edge
            y: scroll.edge
            width: scroll.width - 2 * scroll.edge
            spacing: Theme.gap

            RowLayout {
                width: parent.width
                spacing: 8

                TextField {
                    id: address

                    objectName: "address"
                    Layout.fillWidth: true
                    text: page.server ? "" : page.streamUrl
                    placeholderText: qsTr("Watch your own stream: https://example.com/events")
                    selectByMouse: true
                    color: Theme.text
                    placeholderTextColor: Theme.muted
                    font.pixelSize: Theme.body
                    inputMethodHints: Qt.ImhUrlCharactersOnly
                    onAccepted: {
                        if (text.trim().length > 0)
                            eventStream.watch(text.trim());
                    }
                    Accessible.name: qsTr("Watch your own stream: its address")

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
                    enabled: address.text.trim().length > 0
                    onClicked: address.accepted()
                }

                ActionButton {
                    objectName: "backToDemo"
                    visible: page.server !== null && !page.own
                    text: qsTr("Back to the demo")
                    onClicked: {
                        address.clear();
                        eventStream.watch(String(page.server.url));
                    }
                }
            }

            ConnectionPanel {
                width: parent.width
                stream: eventStream
                actionText: page.own && eventStream.tokenExpired ? qsTr("Renew the token") : ""
                onAction: eventStream.token = page.server.issueToken()
            }

            Loader {
                id: loader

                readonly property real minimumHeight: {
                    const fleet = item as FleetView;
                    const inspector = item as EventInspector;
                    return fleet ? fleet.minimumHeight : inspector ? inspector.minimumHeight : 0;
                }

                width: parent.width
                height: Math.max(minimumHeight, scroll.height - column.y - y)
            }
        }
    }
}
