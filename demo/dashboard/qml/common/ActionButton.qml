// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic

// A button with a visible keyboard focus, and its shortcut in the tool tip.
Button {
    id: control

    property bool primary: false
    property bool selected: false // one of several views, which is shown
    property string hint: ""
    property string shortcut: ""
    property bool tip: true
    property bool tipRead: false // what a press shows may lie where the tip is

    // Does what a click does. One of several choices stays checked.
    function trigger() {
        if (checkable && !(autoExclusive && checked))
            toggle();
        clicked();
    }

    font.pixelSize: Theme.body
    leftPadding: 14
    rightPadding: 14
    topPadding: 8
    bottomPadding: 8
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    onPressed: tipRead = true
    onHoveredChanged: if (!hovered) tipRead = false

    // Below the button, where no heading is.
    ToolTip {
        y: control.height + 6
        margins: 6
        text: control.shortcut.length > 0 ? (control.hint + " (" + control.shortcut + ")").trim()
                                          : control.hint
        visible: control.tip && text.length > 0 && !control.tipRead
                 && (control.hovered || control.visualFocus)
        delay: 600
    }

    Accessible.name: text
    Accessible.description: hint

    Keys.onReturnPressed: trigger()
    Keys.onEnterPressed: trigger()

    Shortcut {
        sequence: control.shortcut
        enabled: control.enabled && control.visible && control.shortcut.length > 0
        onActivated: control.trigger()
    }

    contentItem: Text {
        text: control.text
        font: control.font
        color: control.primary ? Theme.accentText : Theme.text
        opacity: control.enabled ? 1 : 0.5
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        elide: Text.ElideRight
    }

    background: Rectangle {
        radius: 7
        color: control.primary ? Theme.accent : control.selected ? Theme.infoTint : Theme.raised
        border.color: control.primary || control.selected ? Theme.accent : Theme.raisedBorder
        opacity: control.enabled ? 1 : 0.6

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: Theme.text
            opacity: control.down ? 0.16 : control.hovered && control.enabled ? 0.07 : 0
        }

        Rectangle {
            anchors.fill: parent
            anchors.margins: -3
            radius: parent.radius + 3
            color: "transparent"
            visible: control.visualFocus
            border.width: 2
            border.color: Theme.accent
        }
    }
}
