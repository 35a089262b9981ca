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
        onMessage: event => {
            if (event.data.content !== "hello" || event.lastEventId !== "7")
                Qt.exit(1);
        }
        onError: error => {
            console.warn(error.message);
            Qt.exit(2);
        }
    }
    EventSourceSubscription {
        id: subscription

        listener: listener
    }
    EventSourceModel {
        id: rows

        listener: listener
        roles: ["content"]
        onCountChanged: Qt.exit(get(0).content === "hello" && subscription.data.content === "hello" ? 0 : 1)
    }
    ConnectionBadge {
        listener: listener
    }
}
