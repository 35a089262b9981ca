// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// The latest deployment, until there is a chat.
ShellPage {
    id: page

    listener: source

    EventSourceListener {
        id: source

        url: page.streamUrl
        lazy: page.lazy
        eventTypes: ["deployment"]
        format: EventSourceListener.Json
    }

    Card {
        anchors.fill: parent

        Text {
            objectName: "answer"
            anchors.fill: parent
            anchors.margins: Theme.padding
            text: source.data ? Theme.filled(qsTr("%1 deployed %2."), source.data.author,
                                             source.data.service)
                              : qsTr("Nobody has deployed anything yet.")
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.body
            color: Theme.text
        }
    }
}
