// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Where a question is written. Return sends it, Shift and Return begin a new line.
RowLayout {
    id: composer

    property bool busy: false
    property alias text: area.text

    signal sent(string text)
    signal stopRequested

    function send() {
        const prompt = area.text.trim();
        if (prompt.length === 0 || busy)
            return;
        area.clear();
        sent(prompt);
    }

    function takeFocus() {
        area.forceActiveFocus(Qt.OtherFocusReason);
    }

    spacing: 8

    ScrollView {
        id: scroll

        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(area.implicitHeight, 132)
        // Also a bar that is not shown takes the clicks at its edge.
        ScrollBar.horizontal.policy: ScrollBar.AlwaysOff
        ScrollBar.vertical.policy: area.implicitHeight > height ? ScrollBar.AsNeeded
                                                                : ScrollBar.AlwaysOff

        TextArea {
            id: area

            objectName: "composer"
            placeholderText: qsTr("Ask something")
            placeholderTextColor: Theme.muted
            wrapMode: TextEdit.Wrap
            textFormat: TextEdit.PlainText
            font.pixelSize: Theme.heading
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            padding: 10
            Accessible.name: qsTr("Question")
            Accessible.description: qsTr("Return sends it, Shift and Return begin a new line")

            function sendOrBreakLine(event) {
                if (event.modifiers & Qt.ShiftModifier)
                    event.accepted = false;
                else
                    composer.send();
            }

            // Tab moves on, as in a form.
            Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: nextItemInFocusChain(false)
                                   .forceActiveFocus(Qt.BacktabFocusReason)
            Keys.onReturnPressed: event => sendOrBreakLine(event)
            Keys.onEnterPressed: event => sendOrBreakLine(event)

            background: Rectangle {
                radius: 7
                color: Theme.raised
                border.color: area.activeFocus ? Theme.accent : Theme.raisedBorder
                border.width: area.activeFocus ? 2 : 1
            }
        }
    }

    ActionButton {
        objectName: "send"
        Layout.alignment: Qt.AlignBottom
        primary: true
        tip: false
        text: composer.busy ? qsTr("Stop") : qsTr("Send")
        hint: composer.busy ? qsTr("Ends the answer (Escape)") : qsTr("Sends the question (Return)")
        enabled: composer.busy || area.text.trim().length > 0
        onClicked: composer.busy ? composer.stopRequested() : composer.send()
    }
}
