// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// All of one line.
ColumnLayout {
    id: details

    property var line: null // of LogLines.get()
    property bool gone: false
    property bool closable: false

    signal copied
    signal escaped // by keyboard
    signal closeRequested

    function takeFocus() {
        data.forceActiveFocus(Qt.OtherFocusReason);
    }

    // Other text, and JSON that is cut off, is shown as it came.
    function indented(text) {
        try {
            return JSON.stringify(JSON.parse(text), null, 2);
        } catch (error) {
            return text;
        }
    }

    spacing: 6

    // A RowLayout keeps the room of a button that is hidden while the details change their place.
    Item {
        Layout.fillWidth: true
        implicitHeight: buttons.height

        Text {
            anchors.left: parent.left
            anchors.right: buttons.left
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            objectName: "lineTitle"
            text: details.line ? Theme.filled(qsTr("Line %1 · %2"), details.line.number,
                                              details.line.type)
                               : qsTr("Line")
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.pixelSize: Theme.heading
            font.bold: true
            color: Theme.text
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Row {
            id: buttons

            anchors.right: parent.right
            spacing: 8

            ActionButton {
                objectName: "copyData"
                enabled: details.line !== null
                text: qsTr("Copy")
                hint: qsTr("Copies the line's data")
                onClicked: {
                    data.selectAll();
                    data.copy();
                    data.deselect();
                    details.copied();
                }
            }

            ActionButton {
                objectName: "closeDetails"
                visible: details.closable
                text: qsTr("Close")
                onClicked: details.closeRequested()
            }
        }
    }

    Text {
        Layout.fillWidth: true
        text: details.line ? Qt.formatDateTime(details.line.time, "yyyy-MM-dd hh:mm:ss.zzz") : ""
        elide: Text.ElideRight
        font.pixelSize: Theme.small
        color: Theme.muted
    }

    Text {
        Layout.fillWidth: true
        objectName: "lineNote"
        visible: text.length > 0
        text: !details.line ? ""
              : details.line.problem.length > 0 ? details.line.problem
              : details.gone ? qsTr("No longer in the list") : ""
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        maximumLineCount: 3
        elide: Text.ElideRight
        font.pixelSize: Theme.small
        color: details.line && details.line.problem.length > 0 ? Theme.bad : Theme.warning
    }

    ScrollView {
        // The style's own would depend on the text, whose lines depend on the width.
        implicitWidth: 0

        Layout.fillWidth: true
        Layout.fillHeight: true

        TextArea {
            id: data

            objectName: "lineData"
            readOnly: true
            selectByMouse: true
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            padding: 0
            leftPadding: 0
            text: details.line ? details.indented(details.line.raw)
                               : qsTr("Select a line to see all of it.")
            font.pixelSize: Theme.body
            color: details.line ? Theme.text : Theme.muted
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            background: null
            KeyNavigation.priority: KeyNavigation.BeforeItem
            Keys.onEscapePressed: details.escaped()
            Accessible.name: qsTr("The line's data")
        }
    }
}
