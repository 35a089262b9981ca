// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// What can be asked, as long as nothing has been asked.
ScrollPage {
    id: suggestions

    property bool embedded: false // the embedded server answers

    signal chosen(string prompt)

    contentHeight: column.implicitHeight

    component Chips: Flow {
        id: chips

        required property string name
        required property list<string> prompts

        Layout.fillWidth: true
        spacing: 8

        Repeater {
            model: chips.prompts

            ActionButton {
                required property string modelData
                required property int index

                objectName: chips.name + index
                width: Math.min(implicitWidth, chips.width)
                text: modelData
                onClicked: suggestions.chosen(modelData)
            }
        }
    }

    component Words: Text {
        Layout.fillWidth: true
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.body
        color: Theme.muted
    }

    ColumnLayout {
        id: column

        x: suggestions.edge
        width: suggestions.width - 2 * suggestions.edge
        spacing: Theme.gap

        Words {
            objectName: "introduction"
            text: suggestions.embedded
                  ? qsTr("The embedded server plays a language model. Its answers come token by token, "
                         + "as server-sent events.")
                  : suggestions.enabled
                    ? qsTr("The answers come token by token, as server-sent events.")
                    : qsTr("There is no server to chat with. Start the program with --chat-url URL.")
        }

        Chips {
            name: "suggestion"
            prompts: ["What are server-sent events?", "How is the fleet?",
                      "What will the weather be tomorrow?"]
        }

        Words {
            visible: suggestions.embedded
            text: qsTr("These show what can go wrong:")
        }

        Chips {
            name: "fault"
            visible: suggestions.embedded
            prompts: ["Ask me for a token (401)", "Let me wait (429)",
                      "Stop in the middle of the answer", "Think before you answer",
                      "Write 50,000 characters"]
        }
    }
}
