// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// A chat with a language model. What matters is in Conversation.qml; this is how it looks.
ShellPage {
    id: page

    // Each prompt shows something else; the last ones what can go wrong.
    readonly property var suggestions: [
        qsTr("What is a server-sent event?"),
        qsTr("How does replay work?"),
        qsTr("Show me QML"),
        qsTr("Think slow"),
        qsTr("Answer, but cut it short"),
        qsTr("Ask for a token (401)"),
        qsTr("Too many requests (429)")
    ]

    function ask(text) {
        conversation.ask(text);
        list.followTail();
        composer.takeFocus();
    }

    faultPath: "" // the prompts cause the faults
    onVisibleChanged: {
        if (visible)
            composer.takeFocus();
    }
    Component.onCompleted: composer.takeFocus()

    Conversation {
        id: conversation

        url: page.chatUrl
        model: modelName.text
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        GridLayout {
            id: settings

            readonly property bool narrow: page.width < 560

            Layout.fillWidth: true
            columnSpacing: 8
            rowSpacing: 8

            ChatField {
                id: modelName

                objectName: "model"
                text: "demo"
                placeholderText: qsTr("Model")
                Layout.row: 0
                Layout.column: 0
                Layout.fillWidth: settings.narrow
                Layout.preferredWidth: 140
            }

            ChatField {
                id: token

                objectName: "token"
                Layout.row: settings.narrow ? 1 : 0
                Layout.column: settings.narrow ? 0 : 1
                Layout.columnSpan: settings.narrow ? 2 : 1
                Layout.fillWidth: true
                placeholderText: qsTr("Access token; it is kept in memory only")
                echoMode: TextInput.Password
                highlighted: conversation.needsToken
                // Not with each character: a new token is a new attempt.
                onEditingFinished: conversation.token = text.trim()
            }

            ActionButton {
                objectName: "clearChat"
                Layout.row: 0
                Layout.column: settings.narrow ? 1 : 2
                text: qsTr("New chat")
                hint: qsTr("Forgets the messages")
                shortcut: "Ctrl+N"
                enabled: conversation.messages.count > 0
                onClicked: {
                    conversation.clear();
                    composer.takeFocus();
                }
            }
        }

        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true
            color: Theme.window

            ListView {
                id: list

                // The reader has not scrolled away.
                property bool following: true

                function followTail() {
                    following = true;
                    positionViewAtEnd();
                }

                objectName: "messages"
                anchors.fill: parent
                anchors.margins: Theme.padding
                clip: true
                spacing: 12
                boundsBehavior: Flickable.StopAtBounds
                activeFocusOnTab: true
                cacheBuffer: 2000
                ScrollBar.vertical: ScrollBar { }
                onContentHeightChanged: if (following) settle.restart()
                onHeightChanged: if (following) settle.restart()
                onMovementStarted: following = false
                onMovementEnded: following = atYEnd
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Messages")

                Keys.onPressed: event => {
                    const pages = { [Qt.Key_PageUp]: -1, [Qt.Key_PageDown]: 1 };
                    const step = pages[event.key];
                    if (step === undefined)
                        return;
                    contentY = Math.max(originY, Math.min(contentY + step * height * 0.8,
                                                          originY + contentHeight - height));
                    following = atYEnd;
                    event.accepted = true;
                }

                // After the layout, however often it changes before.
                Timer {
                    id: settle

                    interval: 0
                    onTriggered: list.positionViewAtEnd()
                }

                model: conversation.messages
                delegate: MessageBubble {
                    width: ListView.view.width - 12
                    waiting: conversation.thinking && index === list.count - 1
                }

                ActionButton {
                    objectName: "newText"
                    parent: list
                    anchors.horizontalCenter: parent.horizontalCenter
                    anchors.bottom: parent.bottom
                    visible: !list.following && !list.atYEnd
                    primary: true
                    text: qsTr("↓ New text")
                    hint: qsTr("Shows the end of the conversation")
                    onClicked: list.followTail()
                }
            }

            ColumnLayout {
                anchors.centerIn: parent
                width: Math.min(parent.width - 2 * Theme.padding, 520)
                visible: conversation.messages.count === 0
                spacing: 12

                Text {
                    Layout.fillWidth: true
                    horizontalAlignment: Text.AlignHCenter
                    text: page.server ? qsTr("The embedded server plays the model.")
                                      : qsTr("Ask the model.")
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.heading
                    color: Theme.muted
                }

                Flow {
                    Layout.fillWidth: true
                    visible: page.server !== null
                    spacing: 8

                    Repeater {
                        model: page.suggestions

                        ActionButton {
                            required property string modelData
                            required property int index

                            objectName: "suggestion" + index
                            text: modelData
                            onClicked: page.ask(modelData)
                        }
                    }
                }
            }
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: 8

            Text {
                objectName: "chatState"
                Layout.fillWidth: true
                Layout.minimumHeight: 32
                verticalAlignment: Text.AlignVCenter
                text: conversation.needsToken
                      ? Theme.filled(qsTr("%1 Enter a token, and the question is sent again."),
                                     conversation.problem)
                      : conversation.secondsToRetry >= 0
                        ? Theme.filled(qsTr("%1 Next attempt in %2 s."), conversation.problem,
                                       conversation.secondsToRetry)
                      : conversation.problem.length > 0 ? conversation.problem
                      : conversation.thinking ? qsTr("Thinking…")
                      : conversation.firstTokenAfter >= 0
                        ? qsTr("First token after %1 ms, %2 tokens/s")
                          .arg(Math.round(conversation.firstTokenAfter))
                          .arg(conversation.tokensPerSecond.toFixed(0))
                      : ""
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.small
                color: conversation.problem.length > 0 ? Theme.warning : Theme.muted
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }

            ActionButton {
                objectName: "again"
                visible: !conversation.answering && conversation.messages.count > 0
                text: qsTr("Ask again")
                hint: qsTr("Sends the last question once more")
                onClicked: {
                    conversation.askAgain();
                    list.followTail();
                }
            }
        }

        Composer {
            id: composer

            Layout.fillWidth: true
            answering: conversation.answering
            onSent: text => page.ask(text)
            onStopped: conversation.stop()
        }
    }
}
