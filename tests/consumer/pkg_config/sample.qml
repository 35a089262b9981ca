// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import EventSource
import QtQuick

Window {
    EventSourceListener {
        url: Qt.application.arguments[Qt.application.arguments.length - 1]
        onMessage: event => Qt.exit(event.data.content === "hello" ? 0 : 1)
        onError: Qt.exit(3)
    }
}
