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

    Text {
        objectName: "copied"
        anchors.verticalCenter: parent.verticalCenter
        visible: note.running
        text: qsTr("Copied")
        font.pixelSize: Theme.small
        color: Theme.good
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
