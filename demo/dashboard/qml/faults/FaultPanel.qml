// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import QtQuick

// Makes the embedded server misbehave, says what the library does about it, and what it has cost.
Column {
    id: panel

    required property DemoServer server // null: the stream of another server
    required property ShellPage page

    readonly property EventSourceListener listener: page ? page.listener : null
    readonly property string path: page ? page.faultPath : ""
    readonly property bool connected: server !== null && path.length > 0 && listener !== null
                                      && listener.status === EventSourceListener.Open
    // The window's own streams have a token.
    readonly property bool hasToken: page !== null && page.stream !== null
                                     && page.stream.token.length > 0
    readonly property bool wantsToken: page !== null && page.stream !== null
                                       && page.stream.tokenExpired

    readonly property var faults: [
        {
            name: "drop", fault: DemoServer.Drop, text: qsTr("Drop connection"),
            hint: qsTr("The connection is cut in the middle of the stream. The library waits for the "
                       + "reconnection time of the server and resumes after the last event.")
        },
        {
            name: "reset", fault: DemoServer.Reset, text: qsTr("Reset connection"),
            hint: qsTr("The same with a TCP reset, as from a crashed process. It resumes in the same "
                       + "way.")
        },
        {
            name: "cut-chunk", fault: DemoServer.CutChunk, text: qsTr("Cut a chunk"),
            hint: qsTr("The response ends inside a chunk. The unfinished event is discarded, so no "
                       + "half data arrives, and the stream resumes.")
        },
        {
            name: "end", fault: DemoServer.End, text: qsTr("End cleanly"),
            hint: qsTr("The response is complete, as before a restart of the server. This is no "
                       + "error; the library connects again.")
        },
        {
            name: "refuse", fault: DemoServer.Refuse, text: qsTr("Answer 503"),
            hint: qsTr("The next three attempts get 503 with “Retry-After: 4”. The library waits at "
                       + "least that long each time.")
        },
        {
            name: "expire-token", fault: DemoServer.ExpireToken, text: qsTr("Expire token"),
            hint: hasToken || !server
                  ? qsTr("401 until the token is renewed. The library waits for new headers instead "
                         + "of asking again.")
                  : qsTr("The stream of this page has no token that could expire.")
        },
        {
            name: "wrong-type", fault: DemoServer.WrongType, text: qsTr("Wrong media type"),
            hint: qsTr("The next attempt gets a web page, as from a login portal. To ask again would "
                       + "not help, so the library waits until something changes: press Reconnect.")
        },
        {
            name: "redirect", fault: DemoServer.Redirect, text: qsTr("Redirect"),
            hint: qsTr("The next attempt is sent to another address (307). The library follows, and "
                       + "the stream resumes there.")
        },
        {
            name: "late-head", fault: DemoServer.LateHead, text: qsTr("Late answer"),
            hint: qsTr("The next answer takes six seconds. The library waits up to responseTimeout, "
                       + "which is %1 s here.")
                      .arg(listener ? listener.responseTimeout / 1000 : 300)
        },
        {
            name: "broken-json", fault: DemoServer.BrokenJson, text: qsTr("Broken JSON"),
            hint: qsTr("An event whose data is cut off. It is reported and skipped; the stream stays "
                       + "open.")
        },
        {
            name: "huge-event", fault: DemoServer.HugeEvent, text: qsTr("Event of 20 MB"),
            hint: qsTr("It is larger than maximumEventSize, so it is skipped before it fills the "
                       + "memory. The stream stays open.")
        },
        {
            name: "silence", fault: DemoServer.Silence, text: qsTr("Fall silent"),
            hint: listener && listener.idleTimeout > 0
                  ? qsTr("The connection stays, but nothing comes, not even a heartbeat. After "
                         + "idleTimeout, %1 s here, the library connects anew.")
                        .arg(listener.idleTimeout / 1000)
                  : qsTr("The connection stays, but nothing comes. This page has no idleTimeout, so "
                         + "nothing happens until you reconnect.")
        },
        {
            name: "flood", fault: DemoServer.Flood, text: qsTr("Flood"),
            hint: qsTr("50,000 events a second for five seconds. The library delivers them in "
                       + "slices, so that the window stays responsive.")
        }
    ]

    spacing: 14

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Make the server misbehave")

    FaultReport {
        id: report

        listener: panel.listener
    }

    Text {
        objectName: "faultScope"
        width: parent.width
        text: !panel.server
              ? qsTr("Only the built-in server misbehaves on command. Start the program without "
                     + "--url.")
              : panel.path.length === 0
              ? panel.page?.noFaults ?? ""
              : !panel.connected ? qsTr("The stream %1 is not open.").arg(panel.path)
                                 : qsTr("Make the server misbehave at %1.").arg(panel.path)
        textFormat: Text.PlainText
        font.pixelSize: Theme.body
        color: Theme.text
        wrapMode: Text.Wrap
    }

    ActionButton {
        objectName: "renewToken"
        visible: panel.server !== null && panel.wantsToken
        primary: true
        text: qsTr("Renew the token")
        onClicked: panel.page.stream.token = panel.server.issueToken()
    }

    Repeater {
        model: panel.faults.length

        Column {
            id: entry

            required property int index

            readonly property var fault: panel.faults[index]
            readonly property bool pending: report.pending === fault.name
            readonly property string result: pending ? report.progress
                                                     : report.results[fault.name] ?? ""

            width: panel.width
            spacing: 4

            Row {
                spacing: 10

                ActionButton {
                    id: button

                    objectName: "fault-" + entry.fault.name
                    text: entry.fault.text
                    hint: entry.fault.hint
                    tip: false // all of it is below
                    shortcut: entry.index < 9 ? "Alt+" + (entry.index + 1) : ""
                    primary: entry.pending
                    enabled: panel.connected && !entry.pending
                             && (entry.fault.name !== "expire-token" || panel.hasToken)
                    onClicked: {
                        report.begin(entry.fault.name);
                        panel.server.cause(entry.fault.fault, panel.path);
                    }
                }

                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    text: button.shortcut
                    font.pixelSize: Theme.small
                    color: Theme.muted
                    Accessible.ignored: true
                }
            }

            Text {
                width: parent.width
                text: entry.fault.hint
                textFormat: Text.PlainText
                font.pixelSize: Theme.small
                color: Theme.muted
                wrapMode: Text.Wrap
            }

            Text {
                objectName: "result-" + entry.fault.name
                width: parent.width
                visible: text.length > 0
                text: entry.result
                textFormat: Text.PlainText
                font.pixelSize: Theme.small
                font.bold: true
                color: entry.pending ? Theme.warning : Theme.text
                wrapMode: Text.Wrap
            }

            Text {
                objectName: "meter"
                width: parent.width
                visible: entry.pending && entry.fault.name === "flood"
                text: qsTr("%1 events/s, longest frame %2 ms").arg(report.eventsPerSecond)
                          .arg(report.worstFrame)
                font.pixelSize: Theme.small
                color: Theme.text
                wrapMode: Text.Wrap
            }
        }
    }
}
