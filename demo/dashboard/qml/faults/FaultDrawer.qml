// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import Dashboard
import QtQuick
import QtQuick.Layouts

// The faults of the embedded server, at the right of every page.
Card {
    id: drawer

    property DemoServer server: null
    property ShellPage page: null
    property bool shown: false

    signal closeRequested

    function takeFocus() {
        closeButton.forceActiveFocus(Qt.OtherFocusReason);
    }

    visible: shown
    Keys.onEscapePressed: closeRequested()

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Faults")

    // Nothing behind it is clicked or scrolled.
    MouseArea {
        anchors.fill: parent
        hoverEnabled: true
        onWheel: wheel => wheel.accepted = true
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.padding
        spacing: 10

        RowLayout {
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: qsTr("Faults")
                font.pixelSize: Theme.heading
                font.bold: true
                color: Theme.text
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            ActionButton {
                id: closeButton

                objectName: "closeFaults"
                text: qsTr("Close")
                hint: qsTr("Escape closes it, too")
                onClicked: drawer.closeRequested()
            }
        }

        ScrollPage {
            id: scroll

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: -edge
            Layout.rightMargin: -edge
            contentHeight: panel.implicitHeight

            FaultPanel {
                id: panel

                x: scroll.edge
                width: scroll.width - 2 * scroll.edge
                server: drawer.server
                page: drawer.page
            }
        }
    }
}
