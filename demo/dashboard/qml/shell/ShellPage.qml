// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import Dashboard
import EventSource
import QtQuick

// A page of the window. The window sets the required properties, loads the page when it is visited
// for the first time, and keeps it afterwards. A page that is not shown is not visible.
Item {
    // The embedded server; null with --url.
    required property DemoServer server
    // The embedded server's /stream, or the address of --url.
    required property url streamUrl
    // Where chat messages are posted. Empty with --url, unless --chat-url sets it.
    required property url chatUrl
    // Nothing is requested until the user starts it.
    required property bool lazy

    // What the window's header shows and controls: Start, Stop and Reconnect for a page with a
    // stream, the badge for a page with a listener.
    property StreamState stream: null
    property EventSourceListener listener: stream ? stream.listener : null
    // What the badge says of a listener that is not active.
    property string idleText: qsTr("Stopped")

    // The event stream of the embedded server that the faults affect.
    property string faultPath: "/stream"
    // Without such a stream: why the page has no faults.
    property string noFaults: qsTr("This stream is not the built-in server's, which alone misbehaves on "
                                   + "command.")
}
