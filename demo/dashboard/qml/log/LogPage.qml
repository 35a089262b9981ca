// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import EventSource.Controls
import QtQuick

// The events as they come.
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

        EventLogView {
            objectName: "logView"
            anchors.fill: parent
            anchors.margins: Theme.padding
            listener: source
            textColor: Theme.text
            mutedColor: Theme.muted
            problemColor: Theme.bad
            textFont.pixelSize: Theme.body
        }
    }
}
