// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import QtQuick
import QtTest
import EventSource
import TestServer

// One listener at the root, subscriptions in pages that come and go.
Item {
    id: root

    property int received: 0

    Component {
        id: serverComponent
        TestServer {}
    }

    EventSourceListener {
        id: events
        lazy: true
    }

    Component {
        id: page
        Item {
            property alias subscription: subscription
            EventSourceSubscription {
                id: subscription
                listener: events
                eventTypes: ["tick"]
                onMessage: event => root.received += event.data.n
            }
            Text { text: subscription.data?.n ?? "none" }
        }
    }

    Loader { id: loader; active: false; sourceComponent: page }

    Repeater { id: repeater; model: 0; delegate: page }

    TestCase {
        id: testCase

        property TestServer server

        function init() {
            root.received = 0;
            server = createTemporaryObject(serverComponent, testCase);
            events.url = server.url("/");
            events.startListening();
            tryCompare(events, "status", EventSourceListener.Open);
        }

        function cleanup() {
            loader.active = false;
            repeater.model = 0;
            events.stopListening();
        }

        // An item connects to destroyed() of what is declared in it, as a further engine would.
        function test_convertsDataOnceInAnItem() {
            server.stream = "event: tick\ndata: {\"n\":1,\"a\":2}\n\n";
            loader.active = true;
            const subscription = loader.item.subscription;
            let identical;
            subscription.message.connect(event => identical = event.data === event.data);
            events.restart();
            tryVerify(() => identical !== undefined);
            verify(identical);
            tryVerify(() => subscription.data !== undefined);
            verify(subscription.data === subscription.lastEvent.data);
            compare(Object.keys(subscription.data), ["n", "a"]); // as the server has sent them
        }

        function tick(n) {
            server.send("event: tick\ndata: {\"n\":" + n + "}\n\n");
        }

        name: "EventSourceSubscription"

        function test_bindsDataAndEnabled() {
            loader.active = true;
            const subscription = loader.item.subscription;
            compare(subscription.data, undefined);
            tick(1);
            tryVerify(() => subscription.data?.n === 1);
            compare(subscription.lastEvent.type, "tick");
            subscription.enabled = Qt.binding(() => repeater.count === 0);
            repeater.model = 1;
            tick(2);
            tryCompare(root, "received", 3);
            compare(subscription.data.n, 1);
        }

        function test_pagesComeAndGo() {
            let expected = 0;
            for (let i = 0; i < 1000; ++i) {
                loader.active = !loader.active;
                repeater.model = i % 4;
                if (i % 10 === 0) {
                    tick(1);
                    expected += (loader.active ? 1 : 0) + i % 4;
                    tryCompare(root, "received", expected);
                }
            }
            compare(server.requestCount, 1);
        }

        function test_followsAnotherListener() {
            loader.active = true;
            const subscription = loader.item.subscription;
            subscription.listener = null;
            server.send("id: 7\nevent: tick\ndata: {\"n\":1}\n\n");
            tryCompare(events, "lastEventId", "7");
            subscription.listener = events;
            tick(2);
            tryVerify(() => subscription.data?.n === 2);
            compare(root.received, 2);
        }
    }
}
