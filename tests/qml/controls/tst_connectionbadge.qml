// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import EventSource.Controls
import QtQuick
import QtTest
import TestServer

Item {
    width: 400
    height: 200

    Component { id: serverComponent; TestServer { } }

    Component {
        id: listenerComponent

        EventSourceListener {
            reconnect.jitter: 0
        }
    }

    Component { id: badgeComponent; ConnectionBadge { } }

    TestCase {
        id: testCase

        property TestServer server

        function init() {
            server = createTemporaryObject(serverComponent, testCase);
        }

        function make(properties) {
            const listener = createTemporaryObject(listenerComponent, testCase, properties);
            return createTemporaryObject(badgeComponent, testCase.parent, { listener: listener });
        }

        name: "ConnectionBadge"
        when: windowShown

        function test_saysThatThereIsNoListener() {
            const badge = createTemporaryObject(badgeComponent, testCase.parent);
            compare(badge.statusText, "No listener");
            compare(badge.statusColor, badge.closedColor);
        }

        function test_followsTheConnection() {
            const badge = make({ url: server.url("/"), lazy: true });
            compare(badge.statusText, "Stopped");
            compare(badge.detailText, "Nothing is requested until it is started.");
            compare(badge.statusColor, badge.closedColor);
            badge.listener.startListening();
            tryCompare(badge, "statusText", "Connecting…");
            compare(badge.statusColor, badge.connectingColor);
            tryCompare(badge, "statusText", "Live");
            compare(badge.statusColor, badge.openColor);
            badge.listener.stopListening();
            compare(badge.statusText, "Stopped");
            badge.closedText = "Ready";
            compare(badge.statusText, "Ready");
        }

        function test_countsDownWhileWaiting() {
            server.status = "503 Service Unavailable";
            const badge = make({ url: server.url("/"), "reconnect.initialDelay": 60000,
                                 "reconnect.maximumDelay": 60000 });
            tryCompare(badge, "statusColor", badge.waitingColor);
            verify(/503.*\. It reconnects automatically\.$/.test(badge.detailText), badge.detailText);
            const first = badge.secondsLeft;
            verify(first > 0 && first <= 60, first);
            compare(badge.statusText, "Reconnecting in " + first + " s");
            tryVerify(() => badge.secondsLeft < first);
            verify(badge.secondsLeft > 0, badge.secondsLeft);
            compare(badge.statusText, "Reconnecting in " + badge.secondsLeft + " s");
        }

        function test_saysWhatIsNeeded() {
            server.status = "401 Unauthorized";
            const badge = make({ url: server.url("/") });
            tryCompare(badge, "statusText", "On hold");
            compare(badge.secondsLeft, -1);
            verify(/It reconnects when this has changed\.$/.test(badge.detailText),
                   badge.detailText);
            server.status = "200 OK";
            badge.listener.headers = { Authorization: "Bearer new" };
            tryCompare(badge, "statusText", "Live");
        }

        function test_asksForAnAddress() {
            const badge = make({ });
            badge.listener.startListening();
            tryCompare(badge, "statusText", "No address");
            compare(badge.detailText, "It connects as soon as there is a URL.");
        }

        function test_saysWhyTheStreamEnded() {
            server.status = "404 Not Found";
            const badge = make({ url: server.url("/") });
            tryCompare(badge.listener, "active", false);
            compare(badge.statusText, "Stopped");
            verify(/404.*\. It has to be started again\.$/.test(badge.detailText), badge.detailText);
        }

        function test_isAccessibleAndThemable() {
            const badge = make({ lazy: true });
            compare(badge.Accessible.role, Accessible.StaticText);
            compare(badge.Accessible.name, "Connection: Stopped");
            badge.closedColor = "#123456";
            compare(badge.statusColor, "#123456");
            badge.palette.windowText = "#654321";
            compare(findChild(badge, "statusText").color, "#654321");
            verify(badge.implicitWidth > 40);
        }
    }
}
