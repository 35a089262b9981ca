// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// A line of text with its label, and what is wrong with it.
ColumnLayout {
    id: field

    property string label: ""
    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias inputMethodHints: input.inputMethodHints
    property alias echoMode: input.echoMode
    property alias validator: input.validator
    property string spoken: label // the name for screen readers
    property string problem: ""
    property string name: "" // the object name of the input

    signal accepted
    signal edited

    function takeFocus() {
        input.forceActiveFocus(Qt.OtherFocusReason);
    }

    spacing: 4

    Text {
        visible: text.length > 0
        text: field.label
        font.pixelSize: Theme.small
        color: Theme.muted
        Accessible.ignored: true // the input has the same name
    }

    TextField {
        id: input

        objectName: field.name
        Layout.fillWidth: true
        selectByMouse: true
        color: Theme.text
        placeholderTextColor: Theme.muted
        font.pixelSize: Theme.body
        onAccepted: field.accepted()
        onTextEdited: field.edited()
        Accessible.name: field.spoken
        Accessible.description: field.problem

        background: Rectangle {
            implicitHeight: 36
            radius: 7
            color: Theme.card
            border.width: input.activeFocus ? 2 : 1
            border.color: field.problem.length > 0 ? Theme.bad
                          : input.activeFocus ? Theme.accent : Theme.raisedBorder
        }
    }

    Text {
        objectName: field.name + "Problem"
        Layout.fillWidth: true
        visible: field.problem.length > 0
        text: field.problem
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.small
        color: Theme.bad
    }
}
