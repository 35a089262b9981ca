// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic

// One line of text.
TextField {
    id: field

    property bool highlighted: false

    selectByMouse: true
    color: Theme.text
    placeholderTextColor: Theme.muted
    font.pixelSize: Theme.body
    Accessible.name: placeholderText

    background: Rectangle {
        implicitHeight: 34
        radius: 7
        color: Theme.card
        border.width: field.activeFocus || field.highlighted ? 2 : 1
        border.color: field.highlighted ? Theme.warning
                      : field.activeFocus ? Theme.accent : Theme.raisedBorder
    }
}
