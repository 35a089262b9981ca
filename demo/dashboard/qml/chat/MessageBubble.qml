// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// One message of a conversation. Its text can be selected and copied.
Item {
    id: bubble

    required property string speaker
    required property string text
    required property string problem
    required property int index

    property bool waiting: false // for the first token
    readonly property bool own: speaker === "user"

    implicitHeight: frame.height + (note.visible ? note.height + 4 : 0)

    Rectangle {
        id: frame

        readonly property real copySpace: copy.visible ? copy.width + 6 : 0

        x: bubble.own ? bubble.width - width : 0
        width: Math.min(bubble.width * 0.86, 720,
                        Math.max(content.implicitWidth, 24) + 2 * Theme.padding + copySpace)
        height: Math.max(content.height, copy.visible ? copy.height : 0) + 20
        radius: Theme.radius
        color: bubble.own ? Theme.accent : Theme.card
        border.color: bubble.own ? Theme.accent : Theme.cardBorder

        Accessible.role: Accessible.StaticText
        Accessible.name: bubble.own ? qsTr("You: %1").arg(bubble.text)
                                    : qsTr("Answer: %1").arg(bubble.text)

        TextEdit {
            id: content

            objectName: "message" + bubble.index
            x: Theme.padding
            y: 10
            width: frame.width - 2 * Theme.padding - frame.copySpace
            readOnly: true
            selectByMouse: true
            textFormat: TextEdit.PlainText // text from a server is never markup
            wrapMode: TextEdit.Wrap
            text: bubble.waiting ? "…" : bubble.text
            font.pixelSize: Theme.body
            color: bubble.own ? Theme.accentText : Theme.text
            selectionColor: bubble.own ? Theme.accentText : Theme.accent
            selectedTextColor: bubble.own ? Theme.accent : Theme.accentText
            Accessible.ignored: true
        }

        ActionButton {
            id: copy

            objectName: "copy" + bubble.index
            anchors.right: parent.right
            anchors.rightMargin: 8
            y: 8
            visible: !bubble.own && bubble.text.length > 0
            leftPadding: 8
            rightPadding: 8
            topPadding: 3
            bottomPadding: 3
            font.pixelSize: Theme.small
            text: qsTr("Copy")
            hint: qsTr("Copies the answer")
            onClicked: {
                content.selectAll();
                content.copy();
                content.deselect();
            }
        }
    }

    Text {
        id: note

        objectName: "note" + bubble.index
        y: frame.height + 4
        width: bubble.width
        visible: text.length > 0
        text: bubble.problem
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.small
        color: Theme.warning
    }
}
