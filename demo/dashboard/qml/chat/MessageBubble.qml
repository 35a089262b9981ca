// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Layouts

// A question or an answer, with what can be done with it.
Item {
    id: bubble

    // A row of Conversation.messages.
    required property string role
    required property string content
    required property string stage
    required property string note
    required property string figures

    property bool last: false
    property int retryIn: -1 // ms, of the request for this answer
    property bool needsToken: false

    readonly property bool mine: role === "user"
    readonly property bool writing: stage === "writing"
    readonly property bool bad: stage === "cut" || stage === "failed"
    readonly property string waiting: {
        if (!writing)
            return "";
        if (needsToken)
            return qsTr("The question waits. Write another token above, and it is sent again.");
        if (retryIn >= 0)
            return qsTr("Trying again in %1 s").arg(Math.ceil(retryIn / 1000));
        return content.length === 0 && note.length === 0 ? qsTr("Waiting for the first token…") : "";
    }

    signal copyRequested
    signal againRequested

    implicitHeight: card.height
    activeFocusOnTab: true

    Accessible.role: Accessible.ListItem
    // A screen reader gets a finished text, not each token.
    Accessible.name: mine ? qsTr("You: %1").arg(content)
                          : writing ? qsTr("The answer is being written")
                                    : qsTr("Answer: %1").arg(content)
    Accessible.description: note

    Keys.onPressed: event => {
        if (event.matches(StandardKey.Copy)) {
            copyRequested();
            event.accepted = true;
        }
    }

    TapHandler {
        onTapped: bubble.forceActiveFocus(Qt.MouseFocusReason)
    }

    ActionButton {
        id: copyQuestion

        objectName: "copyQuestion"
        x: card.x - width - 8
        y: (card.height - height) / 2
        visible: bubble.mine
        text: qsTr("Copy")
        hint: qsTr("Copies the question")
        onClicked: bubble.copyRequested()
    }

    Rectangle {
        id: card

        x: bubble.mine ? bubble.width - width : 0
        width: bubble.mine ? Math.floor(Math.min(bubble.width * 0.85, bubble.width - copyQuestion.width - 8,
                                                question.implicitWidth + 2 * Theme.padding + 2))
                           : bubble.width
        height: column.implicitHeight + 2 * Theme.padding
        radius: Theme.radius
        color: bubble.mine ? Theme.infoTint : Theme.card
        border.color: bubble.activeFocus ? Theme.accent : Theme.cardBorder
        border.width: bubble.activeFocus ? 2 : 1

        // How wide a question is in one line.
        Text {
            id: question

            visible: false
            text: bubble.mine ? bubble.content : ""
            textFormat: Text.PlainText
            font.pixelSize: Theme.heading
        }

        ColumnLayout {
            id: column

            x: Theme.padding
            y: Theme.padding
            width: card.width - 2 * Theme.padding
            spacing: 10

            GrowingText {
                objectName: bubble.last ? "lastMessage" : "message"
                Layout.fillWidth: true
                visible: text.length > 0
                text: bubble.content
            }

            Text {
                objectName: "note"
                Layout.fillWidth: true
                visible: bubble.note.length > 0
                text: bubble.note
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.body
                color: bubble.bad ? Theme.bad
                                  : bubble.writing ? Theme.warning : Theme.muted
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }

            Text {
                objectName: "waiting"
                Layout.fillWidth: true
                visible: text.length > 0
                text: bubble.waiting
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.body
                color: Theme.muted
            }

            Flow {
                Layout.fillWidth: true
                visible: !bubble.mine && !bubble.writing && (bubble.last || bubble.content.length > 0)
                spacing: 8

                ActionButton {
                    objectName: bubble.last ? "copyLast" : "copy"
                    visible: bubble.content.length > 0
                    text: qsTr("Copy")
                    hint: qsTr("Copies the answer")
                    onClicked: bubble.copyRequested()
                }

                ActionButton {
                    objectName: "askAgain"
                    visible: bubble.last
                    primary: bubble.bad
                    text: qsTr("Ask again")
                    hint: qsTr("Sends the question once more")
                    onClicked: bubble.againRequested()
                }
            }

            Text {
                objectName: bubble.last ? "figures" : "earlierFigures"
                Layout.fillWidth: true
                visible: text.length > 0
                text: bubble.figures
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.small
                color: Theme.muted
            }
        }
    }
}
