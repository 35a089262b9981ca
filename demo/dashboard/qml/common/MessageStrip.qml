// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Layouts

// Shows what happened, and what happens next. It is always visible, so that a message does not move
// the rest of the page.
Rectangle {
    id: strip

    property string level: "info"
    property string headline: ""
    property string explanation: ""
    property string actionText: ""

    signal action

    implicitHeight: Math.max(row.implicitHeight + 20, 76)
    radius: Theme.radius - 2
    color: Theme.levelTint(level)
    border.color: Qt.rgba(bar.color.r, bar.color.g, bar.color.b, 0.45)

    Accessible.role: Accessible.AlertMessage
    Accessible.name: headline
    Accessible.description: explanation

    Rectangle {
        id: bar

        x: 10
        y: 10
        width: 4
        height: parent.height - 20
        radius: 2
        color: Theme.levelColor(strip.level)
    }

    RowLayout {
        id: row

        anchors.left: bar.right
        anchors.leftMargin: 10
        anchors.right: parent.right
        anchors.rightMargin: 12
        anchors.verticalCenter: parent.verticalCenter
        spacing: 12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 3

            Text {
                Layout.fillWidth: true
                objectName: "headline"
                text: strip.headline
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.heading
                font.bold: true
                color: Theme.text
            }

            Text {
                Layout.fillWidth: true
                objectName: "explanation"
                visible: text.length > 0
                text: strip.explanation
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.body
                color: Theme.text
            }
        }

        ActionButton {
            objectName: "stripAction"
            visible: text.length > 0
            primary: true
            text: strip.actionText
            onClicked: strip.action()
        }
    }
}
