// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Where the user writes. Return sends, Shift+Return begins a line, Escape stops the answer.
RowLayout {
    id: composer

    property bool answering: false

    signal sent(string text)
    signal stopped

    function takeFocus() {
        input.forceActiveFocus(Qt.OtherFocusReason);
    }

    function send() {
        const text = input.text.trim();
        if (text.length === 0)
            return;
        input.clear();
        sent(text);
    }

    spacing: 8

    ScrollView {
        Layout.fillWidth: true
        Layout.maximumHeight: 120

        TextArea {
            id: input

            objectName: "prompt"
            selectByMouse: true
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            placeholderText: qsTr("Ask something")
            placeholderTextColor: Theme.muted
            color: Theme.text
            font.pixelSize: Theme.body
            padding: 10
            KeyNavigation.priority: KeyNavigation.BeforeItem
            KeyNavigation.tab: button
            Accessible.name: qsTr("Your message")

            Keys.onPressed: event => {
                if (event.key === Qt.Key_Escape && composer.answering) {
                    composer.stopped();
                    event.accepted = true;
                } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                           && !(event.modifiers & Qt.ShiftModifier)) {
                    composer.send();
                    event.accepted = true;
                }
            }

            background: Rectangle {
                radius: Theme.radius
                color: Theme.card
                border.width: input.activeFocus ? 2 : 1
                border.color: input.activeFocus ? Theme.accent : Theme.raisedBorder
            }
        }
    }

    ActionButton {
        id: button

        objectName: "send"
        primary: !composer.answering
        text: composer.answering ? qsTr("Stop") : qsTr("Send")
        hint: composer.answering ? qsTr("Ends the answer (Escape)")
                                 : qsTr("Sends your message (Return)")
        enabled: composer.answering || input.text.trim().length > 0
        onClicked: {
            if (composer.answering)
                composer.stopped();
            else
                composer.send();
        }
    }
}
