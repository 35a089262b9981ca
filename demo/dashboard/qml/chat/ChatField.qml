// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic

// A field of the settings.
TextField {
    id: field

    font.pixelSize: Theme.body
    color: Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    selectByMouse: true
    Accessible.name: placeholderText

    background: Rectangle {
        radius: 7
        color: Theme.raised
        border.color: field.activeFocus ? Theme.accent : Theme.raisedBorder
        border.width: field.activeFocus ? 2 : 1
    }
}
