// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// The latest event.
ShellPage {
    id: page

    listener: source

    EventSourceListener {
        id: source

        url: page.streamUrl
        lazy: page.lazy
        format: EventSourceListener.Json
    }

    Card {
        anchors.fill: parent

        Text {
            objectName: "latest"
            anchors.fill: parent
            anchors.margins: Theme.padding
            text: source.data ? JSON.stringify(source.data, null, 2) : qsTr("No event yet")
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.body
            color: Theme.text
            elide: Text.ElideRight
        }
    }
}
