// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic

// Text to read, to scroll and to copy from.
ScrollView {
    id: view

    property alias text: area.text
    property string label: ""
    property string name: "" // the object name of the text

    function takeFocus() {
        area.forceActiveFocus(Qt.OtherFocusReason);
    }

    contentWidth: availableWidth // the text is wrapped

    TextArea {
        id: area

        objectName: view.name
        readOnly: true
        selectByMouse: true
        selectByKeyboard: true
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        font.pixelSize: Theme.body
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        Accessible.name: view.label
    }

    background: Rectangle {
        radius: 7
        color: Theme.window
        border.width: area.activeFocus ? 2 : 1
        border.color: area.activeFocus ? Theme.accent : Theme.cardBorder
    }
}
