// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Layouts

// A chat with a language model. Conversation.qml has the logic.
ShellPage {
    id: page

    readonly property bool embedded: server !== null && String(chatUrl).startsWith(
                                         String(server.address("/")))

    listener: chat
    idleText: qsTr("Ready")
    faultPath: ""
    noFaults: embedded ? qsTr("Questions cause the faults of the chat: ask with 401, 429, “in the middle” "
                              + "or “think” in the text. A new conversation suggests some.")
                       : qsTr("The chat's server is not the built-in one, which alone misbehaves on "
                              + "command.")

    Keys.onEscapePressed: event => {
        if (chat.active)
            chat.stop();
        else
            event.accepted = false;
    }

    Conversation {
        id: chat

        url: page.chatUrl
        modelName: page.embedded ? "demo" : ""
        onNeedsTokenChanged: {
            if (needsToken)
                settings.takeFocus();
        }
        onSaid: words => announcement.say(words)
    }

    Announcement { id: announcement }

    ColumnLayout {
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, 860) // longer lines are hard to read
        height: parent.height
        spacing: Theme.gap

        ChatSettings {
            id: settings

            Layout.fillWidth: true
            conversation: chat
            onTokenGiven: composer.takeFocus()
        }

        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            Suggestions {
                anchors.fill: parent
                anchors.leftMargin: -edge
                anchors.rightMargin: -edge
                visible: chat.messages.count === 0
                embedded: page.embedded
                enabled: composer.enabled
                onChosen: prompt => composer.sent(prompt)
            }

            MessageList {
                id: list

                anchors.fill: parent
                visible: chat.messages.count > 0
                conversation: chat
            }
        }

        Composer {
            id: composer

            Layout.fillWidth: true
            enabled: String(page.chatUrl).length > 0
            busy: chat.active
            onSent: prompt => {
                chat.ask(prompt);
                list.follow();
                takeFocus();
            }
            onStopRequested: chat.stop()
        }
    }
}
