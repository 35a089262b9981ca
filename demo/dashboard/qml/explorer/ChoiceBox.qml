// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic

// A choice that is on or off.
CheckBox {
    id: box

    font.pixelSize: Theme.body
    padding: 0
    spacing: 8
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Keys.onReturnPressed: toggle()

    indicator: Rectangle {
        y: (box.height - height) / 2
        implicitWidth: 20
        implicitHeight: 20
        radius: 5
        color: box.checked ? Theme.accent : Theme.card
        border.width: box.visualFocus ? 2 : 1
        border.color: box.visualFocus || box.checked ? Theme.accent : Theme.raisedBorder

        Text {
            anchors.centerIn: parent
            visible: box.checked
            text: "✓"
            font.pixelSize: Theme.body
            font.bold: true
            color: Theme.accentText
        }
    }

    contentItem: Text {
        leftPadding: box.indicator.width + box.spacing
        text: box.text
        font: box.font
        color: Theme.text
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
    }
}
