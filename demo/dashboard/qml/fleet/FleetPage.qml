// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick

// A row for each host.
ShellPage {
    id: page

    listener: source

    EventSourceListener {
        id: source

        url: page.streamUrl
        lazy: page.lazy
    }

    Card {
        anchors.fill: parent

        ListView {
            objectName: "hosts"
            anchors.fill: parent
            anchors.margins: Theme.padding
            clip: true
            model: EventSourceModel {
                listener: source
                eventTypes: ["metrics"]
                keyField: "host"
                roles: ["host", "cpu"]
            }
            delegate: Text {
                required property string host
                required property real cpu

                text: Theme.filled(qsTr("%1: processor %2 %"), host, Math.round(cpu))
                textFormat: Text.PlainText
                font.pixelSize: Theme.body
                color: Theme.text
                padding: 6
            }
        }
    }
}
