// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// The messages of a conversation. It follows the end until the reader scrolls up.
//
// A Column has the exact height of every message. A ListView would guess the height of those that
// are not visible, and the scroll bar would jump.
Item {
    id: list

    required property Conversation conversation
    property bool following: true
    property bool unread: false // something has come since it stopped following

    function follow() {
        following = true;
        unread = false;
        view.toEnd();
    }

    function copy(text) {
        clipboard.text = text;
        clipboard.selectAll();
        clipboard.copy();
        clipboard.clear();
    }

    // The clipboard of QML.
    TextEdit {
        id: clipboard

        visible: false
        textFormat: TextEdit.PlainText
    }

    ScrollPage {
        id: view

        function toEnd() {
            contentY = Math.max(0, contentHeight - height);
        }

        function settle() {
            if (!moving && !ScrollBar.vertical.pressed)
                toEnd();
        }

        function scroll(distance) {
            contentY = Math.max(0, Math.min(contentHeight - height, contentY + distance));
        }

        anchors.fill: parent
        anchors.leftMargin: -edge
        anchors.rightMargin: -edge
        contentHeight: column.height
        onContentYChanged: {
            // Not a little: layouts round.
            list.following = contentY >= contentHeight - height - 8;
            if (list.following)
                list.unread = false;
        }
        onContentHeightChanged: {
            // What the reader has begun to scroll is not pulled back.
            if (list.following)
                settle();
            else
                list.unread = true;
        }
        onHeightChanged: {
            if (list.following)
                settle();
        }
        onMovementEnded: {
            if (list.following)
                toEnd();
        }

        Keys.onPressed: event => {
            switch (event.key) {
            case Qt.Key_PageUp:
                scroll(-0.9 * height);
                break;
            case Qt.Key_PageDown:
                scroll(0.9 * height);
                break;
            case Qt.Key_Up:
                scroll(-60);
                break;
            case Qt.Key_Down:
                scroll(60);
                break;
            case Qt.Key_Home:
                contentY = 0;
                break;
            case Qt.Key_End:
                list.follow();
                break;
            default:
                return;
            }
            event.accepted = true;
        }

        Column {
            id: column

            x: view.edge
            width: view.width - 2 * view.edge
            spacing: Theme.gap

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Conversation")

            Repeater {
                id: bubbles

                model: list.conversation.messages

                MessageBubble {
                    required property int index

                    width: column.width
                    last: index === bubbles.count - 1
                    retryIn: last ? list.conversation.retryIn : -1
                    needsToken: last && list.conversation.needsToken
                    onCopyRequested: list.copy(content)
                    onAgainRequested: list.conversation.askAgain()
                }
            }
        }
    }

    ActionButton {
        objectName: "newText"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        visible: list.unread
        primary: true
        text: qsTr("↓ New text")
        hint: qsTr("Scrolls to the end and stays there")
        onClicked: list.follow()
    }
}
