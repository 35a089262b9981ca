// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import QtQuick
import QtTest
import EventSource
import TestServer

// Handlers and bindings that call a C++ object of the application which runs an event loop: a
// dialog, a file that is waited for.
Item {
    id: root

    Component {
        id: serverComponent
        TestServer {}
    }

    EventLoops { id: loops }

    Component {
        id: application
        Item {
            id: app

            required property string place // that runs the loop
            required property bool ownLoop
            required property url url
            required property TestServer server
            required property TestServer otherServer
            // Not properties, on which the binding would depend.
            readonly property var seen: ({ isNested: false, hasNested: false, inside: 0, log: [] })
            property var shown: at("binding", "", subscription.data)

            function at(name, line, value) {
                if (seen.isNested)
                    ++seen.inside;
                if (line)
                    seen.log.push(line);
                if (name === place && value !== undefined && !seen.hasNested) {
                    seen.hasNested = true;
                    server.send("id: 4\ndata: 4\n\n");
                    seen.isNested = true;
                    // When the other stream had its event, this one's has come too.
                    loops.runUntilMessage(otherServer.url("/"), ownLoop);
                    seen.isNested = false;
                }
                return value;
            }

            EventSourceListener {
                id: events
                url: app.url
                onMessage: event => app.at("listener's message", "l" + event.data, true)
                onParseError: app.at("listener's parseError", "lp", true)
                onDataChanged: app.at("listener's data", "", true)
                onLastEventIdChanged: app.at("listener's lastEventId", "", true)
            }
            EventSourceSubscription {
                id: subscription
                listener: events
                onMessage: event => app.at("message", "s" + event.data, true)
                onParseError: app.at("parseError", "sp", true)
                onDataChanged: app.at("data", "", true)
            }
            EventSourceModel {
                id: rows
                listener: events
                roles: ["n"]
                onRowsInserted: app.at("rows", "", true)
                onCountChanged: app.at("count", "", true)
            }
            Repeater {
                model: rows
                delegate: Item {
                    required property string text
                    Component.onCompleted: app.at("delegate", "", text)
                }
            }

            readonly property alias model: rows
        }
    }

    TestCase {
        name: "NestedLoops"

        function test_pauseTheStream_data() {
            const rows = [];
            for (const place of ["listener's message", "listener's parseError", "listener's data",
                                 "listener's lastEventId", "message", "parseError", "data",
                                 "binding", "rows", "count", "delegate"]) {
                for (const ownLoop of [false, true]) {
                    rows.push({
                        tag: (ownLoop ? "QEventLoop" : "processEvents()") + " in " + place,
                        place: place,
                        ownLoop: ownLoop
                    });
                }
            }
            return rows;
        }

        function test_pauseTheStream(row) {
            const server = createTemporaryObject(serverComponent, root);
            server.stream = "id: 1\ndata: 1\n\ndata: {broken\n\nid: 3\ndata: 3\n\n";
            const otherServer = createTemporaryObject(serverComponent, root);
            otherServer.stream = "data: 1\n\n";
            const app = createTemporaryObject(application, root, {
                place: row.place, ownLoop: row.ownLoop, url: server.url("/"),
                server: server, otherServer: otherServer
            });
            tryCompare(app.model, "count", 3);
            tryCompare(app, "shown", 4);
            verify(app.seen.hasNested);
            compare(app.seen.inside, 0);
            compare(app.seen.log.join(" "), "l1 s1 lp sp l3 s3 l4 s4");
            compare([0, 1, 2].map(index => app.model.get(index).data), [1, 3, 4]);
            compare(server.requestCount, 1);
        }
    }
}
