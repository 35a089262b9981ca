// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick
import "codesnippets.mjs" as Snippets

// Copies the request on screen as source text, with placeholders for secrets.
Row {
    id: buttons

    required property RequestForm form

    function copy(text) {
        clipboard.text = text;
        clipboard.selectAll();
        clipboard.copy();
        note.restart();
    }

    spacing: 8

    Text {
        objectName: "copyLabel"
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(words.advanceWidth, doneWords.advanceWidth) // nothing moves
        text: note.running ? doneWords.text : words.text
        font: words.font
        color: note.running ? Theme.good : Theme.muted
    }

    TextMetrics {
        id: words

        font.pixelSize: Theme.body
        text: qsTr("Copy as")
    }

    TextMetrics {
        id: doneWords

        font: words.font
        text: qsTr("Copied")
    }

    Repeater {
        model: [
            { name: "QML", write: Snippets.toQml },
            { name: "C++", write: Snippets.toCpp },
            { name: "curl", write: Snippets.toCurl }
        ]

        ActionButton {
            required property var modelData

            objectName: "copy" + modelData.name
            text: modelData.name
            hint: qsTr("Copies the request as %1. Secrets become placeholders.").arg(modelData.name)
            Accessible.name: qsTr("Copy as %1").arg(modelData.name)
            onClicked: buttons.copy(modelData.write(Snippets.withoutSecrets(buttons.form.request())))
        }
    }

    Timer {
        id: note

        interval: 2000
    }

    TextEdit {
        id: clipboard

        visible: false
        textFormat: TextEdit.PlainText
    }
}
