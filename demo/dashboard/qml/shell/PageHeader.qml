// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource.Controls
import QtQuick
import QtQuick.Layouts

// The title of a page, its connection, and what can be done with it.
GridLayout {
    id: header

    property ShellPage page: null
    property string title: ""
    property bool narrow: false
    property bool faultsShown: false

    readonly property StreamState stream: page ? page.stream : null

    signal faultsToggled

    function focusFaults() {
        faults.forceActiveFocus(Qt.OtherFocusReason);
    }

    columns: narrow ? 1 : 2
    columnSpacing: Theme.gap
    rowSpacing: 8

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        Text {
            objectName: "title"
            text: header.title
            font.pixelSize: Theme.title
            font.bold: true
            color: Theme.text
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        ConnectionBadge {
            objectName: "badge"
            visible: listener !== null
            listener: header.page ? header.page.listener : null
            animated: !Theme.reducedMotion
            closedText: header.page ? header.page.idleText : ""
            font.pixelSize: Theme.body
        }

        Item { Layout.fillWidth: true }
    }

    Flow {
        Layout.fillWidth: header.narrow
        Layout.preferredWidth: header.narrow ? -1 : implicitWidth
        spacing: 8

        ActionButton {
            objectName: "startStop"
            visible: header.stream !== null
            primary: header.stream !== null && !header.stream.listener.active
            text: primary ? qsTr("Start") : qsTr("Stop")
            hint: primary ? qsTr("Opens the connection") : qsTr("Closes the connection")
            shortcut: "F6"
            onClicked: header.stream.toggle()
        }

        ActionButton {
            objectName: "reconnect"
            visible: header.stream !== null
            text: header.narrow ? qsTr("Reconnect") : qsTr("Reconnect now")
            hint: qsTr("Opens a new connection now and resumes after the last event")
            shortcut: "F5"
            enabled: header.stream !== null && header.stream.listener.active
            onClicked: header.stream.reconnect()
        }

        ActionButton {
            id: faults

            objectName: "faults"
            text: qsTr("Faults")
            hint: header.faultsShown ? qsTr("Hides the faults of the server")
                                     : qsTr("Shows what can go wrong, and causes it")
            shortcut: "F8"
            primary: header.faultsShown
            onClicked: header.faultsToggled()
        }

        ActionButton {
            objectName: "scheme"
            text: Theme.dark ? qsTr("Light") : qsTr("Dark")
            hint: Theme.dark ? qsTr("Changes to light colours") : qsTr("Changes to dark colours")
            shortcut: "Ctrl+D"
            onClicked: Theme.toggle()
        }
    }
}
