// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import QtQuick
import QtQuick.Controls
import QtTest
import TestServer

// One listener at the root of an application whose pages are pushed, popped and loaded.
Item {
    id: root

    property int received: 0

    width: 400
    height: 200

    Component { id: serverComponent; TestServer { } }

    EventSourceListener {
        id: events
        lazy: true
    }

    LivingObjects { id: pages }
    LivingObjects { id: living } // what pages consist of

    component Row: Text {
        required property int n

        text: n
        Component.onCompleted: living.add(this)
    }

    Component {
        id: page

        Item {
            property bool showsDetails: false

            Component.onCompleted: pages.add(this)

            EventSourceSubscription {
                id: subscription

                listener: events
                eventTypes: ["tick"]
                onMessage: event => root.received += event.data.n
                Component.onCompleted: living.add(this)
            }
            Text { text: subscription.data?.n ?? "none" }
            Loader {
                active: parent.showsDetails
                sourceComponent: ListView {
                    model: EventSourceModel {
                        listener: events
                        eventTypes: ["tick"]
                        roles: ["n"]
                        Component.onCompleted: living.add(this)
                    }
                    delegate: Row { }
                    height: 100
                }
            }
        }
    }

    StackView {
        id: stack

        anchors.fill: parent
    }

    TestCase {
        id: testCase

        property TestServer server

        name: "Pages"
        when: windowShown

        function init() {
            root.received = 0;
            server = createTemporaryObject(serverComponent, testCase);
            events.url = server.url("/");
            events.startListening();
            tryCompare(events, "status", EventSourceListener.Open);
        }

        function cleanup() {
            stack.clear(StackView.Immediate);
            events.stopListening();
        }

        // Up to three pages at a time, of which some have read events and some have a list of them.
        function test_leaveNothing() {
            stack.push(page, StackView.Immediate);
            let expected = 0;
            for (let i = 0; i < 1000; ++i) {
                const pushed = stack.push(page, StackView.Immediate);
                pushed.showsDetails = i % 3 === 0;
                if (i % 20 === 0) {
                    tryCompare(pages, "count", stack.depth); // the others are deleted later
                    server.send("event: tick\ndata: {\"n\":1}\n\n");
                    expected += stack.depth;
                    tryCompare(root, "received", expected);
                }
                pushed.showsDetails = i % 6 === 0;
                if (i % 2 === 1)
                    stack.pop(stack.get(0), StackView.Immediate);
            }
            compare(stack.depth, 1);
            compare(pages.total, 1001);
            verify(living.total > 1001 + 1000 / 3, living.total);
            gc();
            tryCompare(pages, "count", 1);
            tryCompare(living, "count", 1); // its subscription

            stack.clear(StackView.Immediate);
            tryCompare(pages, "count", 0);
            compare(living.count, 0);
            server.send("id: 1\nevent: tick\ndata: {\"n\":1}\n\n");
            tryCompare(events, "lastEventId", "1");
            compare(root.received, expected);
            compare(server.requestCount, 1);
            verify(server.isConnected(0));
        }
    }
}
