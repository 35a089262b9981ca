// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtTest

Item {
    width: 500
    height: 300

    LogTestCase {
        name: "EventLogView"

        function test_showsTheNewestOnTop() {
            server.stream = "event: build\nid: 7\ndata: {\"n\":1}\n\n" + numbers(8, 9);
            const view = make();
            tryCompare(view, "count", 3);
            compare(texts(view), ["9", "8", "{\"n\":1}"]);
            view.currentIndex = 2;
            compare(view.currentEvent.type, "build");
            compare(view.currentEvent.lastEventId, "7");
            compare(view.currentEvent.problem, "");
            verify(/^\d\d:\d\d:\d\d\.\d\d\d$/.test(view.currentEvent.received));
        }

        function test_boundsTypeAndId() {
            const lengthy = "x".repeat(100000);
            server.stream = "event: " + lengthy + "\nid: " + lengthy.slice(0, 4000) + "\ndata: 1\n\n";
            const view = make();
            tryCompare(view, "count", 1);
            view.currentIndex = 0;
            compare(view.currentEvent.type.length, view.maximumNameLength + 1);
            compare(view.currentEvent.lastEventId.length, view.maximumNameLength + 1);
            verify(view.currentEvent.type.endsWith("…"));
            tryVerify(() => view.currentItem !== null);
            compare(view.currentItem.Accessible.name, view.currentEvent.type + ": 1");
        }

        function test_namesRowsWithTheServersTextAsItIs() {
            server.stream = "event: 100%2\ndata: \"%1 of %3\"\n\n";
            const view = make();
            tryCompare(view, "count", 1);
            tryVerify(() => view.itemAtIndex(0) !== null);
            compare(view.itemAtIndex(0).Accessible.name, "100%2: \"%1 of %3\"");
        }

        function test_showsUndecodableEvents() {
            server.stream = "data: {broken\n\n";
            const view = make();
            tryCompare(view, "count", 1);
            view.currentIndex = 0;
            compare(view.currentEvent.text, "{broken");
            verify(view.currentEvent.problem.length > 0);
            tryVerify(() => view.currentItem !== null);
            verify(view.currentItem.Accessible.name.includes(view.currentEvent.problem));
        }

        function test_showsOnlyTheTypesAskedFor() {
            server.stream = "event: a\ndata: 1\n\nevent: b\ndata: 2\n\nevent: c\ndata: 3\n\n";
            const view = make({ eventTypes: ["a", "c"] });
            tryCompare(view, "count", 2);
            compare(texts(view), ["3", "1"]);
        }

        function test_isBounded() {
            server.stream = numbers(1, 500);
            const view = make({ maximumCount: 20, maximumTextLength: 2 });
            tryVerify(() => view.count === 20 && view.model.get(0).text === "50…");
            // Only what is seen has an item.
            verify(view.contentItem.children.length < 40);
            server.send(numbers(1, 5));
            tryVerify(() => view.model.get(0).text === "5");
            compare(view.count, 20);
            compare(view.model.get(4).text, "1");
            view.clear();
            compare(view.count, 0);
        }

        function test_holdsWhilePaused() {
            server.stream = numbers(1, 3);
            const view = make();
            tryCompare(view, "count", 3);
            view.paused = true;
            server.send(numbers(4, 6));
            tryVerify(() => view.listener.lastEventId === "6");
            compare(view.count, 3);
            view.paused = false;
            tryCompare(view, "count", 6);
        }

        function test_losesNothingByPauseAndReconnection() {
            server.stream = numbers(1, 3);
            const view = make({ maximumCount: 8 });
            view.listener.reconnect.initialDelay = 1;
            tryCompare(view, "count", 3);
            view.paused = true;
            compare(view.Accessible.description, "Paused");
            server.send(numbers(4, 6));
            tryVerify(() => view.listener.lastEventId === "6");
            server.stream = numbers(7, 9);
            view.listener.restart();
            tryVerify(() => view.listener.lastEventId === "9");
            compare(texts(view), ["3", "2", "1"]);
            view.paused = false;
            tryCompare(view, "count", 8);
            compare(texts(view), ["9", "8", "7", "6", "5", "4", "3", "2"]);
        }

        function test_neverTakesTextForMarkup() {
            server.stream = "event: <b>x</b>\ndata: \"<img src='x'>\"\n\n";
            const view = make();
            tryCompare(view, "count", 1);
            tryVerify(() => view.itemAtIndex(0) !== null);
            const parts = view.itemAtIndex(0).children;
            let found = 0;
            for (let i = 0; i < parts.length; ++i) {
                if (String(parts[i].text).includes("<")) {
                    ++found;
                    compare(parts[i].textFormat, Text.PlainText);
                }
            }
            compare(found, 2); // the type and the data
        }

        function test_changesItsListener() {
            server.stream = numbers(1, 1);
            const view = make();
            tryCompare(view, "count", 1);
            view.listener = null;
            compare(view.count, 1);
            view.listener = makeListener("/other");
            tryCompare(view, "count", 2);
        }
    }
}
