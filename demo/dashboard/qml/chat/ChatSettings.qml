// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Layouts

// The model, the token, and a new conversation.
Item {
    id: settings

    required property Conversation conversation
    readonly property bool wide: width >= 640
    // Where there is little room, it is not shown before it is wanted.
    readonly property bool showsToken: wide || conversation.needsToken
                                       || conversation.token.length > 0

    signal tokenGiven

    function useToken() {
        conversation.token = token.text.trim();
        tokenGiven();
    }

    function takeFocus() {
        token.forceActiveFocus(Qt.OtherFocusReason);
        token.selectAll(); // a token that was refused is replaced
    }

    implicitHeight: wide || !showsToken ? first.height : second.y + second.height

    RowLayout {
        id: first

        width: settings.wide ? (settings.width - 8) / 2 : settings.width
        spacing: 8

        ChatField {
            objectName: "modelName"
            Layout.fillWidth: true
            placeholderText: qsTr("Model")
            text: settings.conversation.modelName
            onEditingFinished: settings.conversation.modelName = text.trim()
        }

        ActionButton {
            objectName: "newConversation"
            text: qsTr("New")
            hint: qsTr("Begins a new conversation")
            enabled: settings.conversation.messages.count > 0
            onClicked: settings.conversation.clear()
        }
    }

    RowLayout {
        id: second

        x: settings.wide ? first.width + 8 : 0
        y: settings.wide ? 0 : first.height + 8
        width: first.width
        spacing: 8
        visible: settings.showsToken

        // The token stays in memory. It is neither stored nor logged.
        ChatField {
            id: token

            objectName: "token"
            Layout.fillWidth: true
            placeholderText: settings.conversation.needsToken ? qsTr("Token, the server asks for it")
                                                              : qsTr("Token, if the server wants one")
            echoMode: TextInput.Password
            inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
            onAccepted: settings.useToken()
        }

        ActionButton {
            objectName: "useToken"
            primary: settings.conversation.needsToken
            text: qsTr("Use")
            hint: qsTr("Sends this token with each question")
            enabled: token.text.trim() !== settings.conversation.token
            onClicked: settings.useToken()
        }
    }
}
