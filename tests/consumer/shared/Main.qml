// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import QtQuick
import EventSource
import EventSource.Controls

Item {
    id: root

    property alias url: listener.url

    EventSourceListener {
        id: listener

        reconnect.enabled: false
        onMessage: event => Qt.exit(event.data.content === "hello" && event.lastEventId === "7" ? 0 : 1)
        onError: error => {
            console.warn(error.message);
            Qt.exit(2);
        }
    }
    ConnectionBadge {
        listener: listener
    }
}
