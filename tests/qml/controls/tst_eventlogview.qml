// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import EventSource.Controls
import QtQuick
import QtTest
import TestServer

Item {
    width: 500
    height: 300

    Component { id: serverComponent; TestServer { } }
    Component { id: listenerComponent; EventSourceListener { } }
    Component { id: viewComponent; EventLogView { anchors.fill: parent } }
    Component { id: spyComponent; SignalSpy { } }

    TestCase {
        id: testCase

        property TestServer server

        function init() {
            server = createTemporaryObject(serverComponent, testCase);
        }

        function make(properties) {
            const listener = createTemporaryObject(listenerComponent, testCase,
                                                   { url: server.url("/") });
            return createTemporaryObject(viewComponent, testCase.parent,
                                         Object.assign({ listener: listener }, properties));
        }

        function numbers(from, to) {
            let text = "";
            for (let i = from; i <= to; ++i)
                text += "id: " + i + "\ndata: " + i + "\n\n";
            return text;
        }

        function texts(view) {
            const result = [];
            for (let i = 0; i < view.count; ++i)
                result.push(view.model.get(i).text);
            return result;
        }

        name: "EventLogView"
        when: windowShown

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
            const row = view.model.get(0);
            compare(row.type.length, view.maximumNameLength + 1);
            compare(row.lastEventId.length, view.maximumNameLength + 1);
            verify(row.type.endsWith("…"));
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

        function test_followsOnlyAtTheTop() {
            server.stream = numbers(1, 100);
            const view = make();
            tryCompare(view, "count", 100);
            tryVerify(() => view.atYBeginning);
            server.send(numbers(101, 101));
            tryCompare(view, "count", 101);
            tryVerify(() => view.atYBeginning);

            view.positionViewAtIndex(50, ListView.Beginning);
            view.forceLayout();
            const before = view.model.get(view.indexAt(5, view.contentY + 5)).text;
            server.send(numbers(102, 110));
            tryCompare(view, "count", 110);
            view.forceLayout();
            compare(view.model.get(view.indexAt(5, view.contentY + 5)).text, before);
        }

        function test_keepsTheSelectedEvent() {
            server.stream = numbers(1, 3);
            const view = make();
            tryCompare(view, "count", 3);
            view.currentIndex = 1;
            compare(view.currentEvent.text, "2");
            server.send(numbers(4, 6));
            tryCompare(view, "count", 6);
            compare(view.currentEvent.text, "2");
            verify(!view.atYBeginning || view.contentHeight <= view.height);
        }

        function test_staysWithTheSelectionUntilEscape() {
            server.stream = numbers(1, 50);
            const view = make();
            tryCompare(view, "count", 50);
            view.forceActiveFocus();
            keyClick(Qt.Key_Home);
            compare(view.currentEvent.text, "50");
            server.send(numbers(51, 90));
            tryCompare(view, "count", 90);
            compare(view.currentEvent.text, "50");
            const y = view.currentItem.mapToItem(view, 0, 0).y;
            verify(y >= 0 && y < view.height, "it is at " + y);
            keyClick(Qt.Key_Escape);
            compare(view.currentIndex, -1);
            tryVerify(() => view.atYBeginning);
            server.send(numbers(91, 95));
            tryCompare(view, "count", 95);
            tryVerify(() => view.atYBeginning);
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

        function test_isOperatedByKeyboard() {
            server.stream = numbers(1, 100);
            const view = make();
            const spy = createTemporaryObject(spyComponent, testCase,
                                              { target: view, signalName: "activated" });
            tryCompare(view, "count", 100);
            verify(view.activeFocusOnTab);
            view.forceActiveFocus();
            keyClick(Qt.Key_Home);
            compare(view.currentIndex, 0);
            keyClick(Qt.Key_Down);
            compare(view.currentIndex, 1);
            keyClick(Qt.Key_PageDown);
            const page = view.currentIndex;
            verify(page > 4 && page < 30);
            keyClick(Qt.Key_PageUp);
            compare(view.currentIndex, 1);
            keyClick(Qt.Key_End);
            compare(view.currentIndex, 99);
            tryVerify(() => view.currentItem !== null);
            keyClick(Qt.Key_Return);
            compare(spy.count, 1);
            compare(spy.signalArguments[0][0], 99);
        }

        function test_selectsByMouse() {
            server.stream = numbers(1, 3);
            const view = make();
            tryCompare(view, "count", 3);
            tryVerify(() => view.itemAtIndex(2) !== null);
            const item = view.itemAtIndex(2);
            mouseClick(item, 30, item.height / 2);
            tryCompare(view, "currentIndex", 2);
            verify(view.activeFocus);

            mouseClick(item, 30, item.height / 2);
            tryCompare(view, "currentIndex", -1);
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
            view.listener = createTemporaryObject(listenerComponent, testCase,
                                                  { url: server.url("/other") });
            tryCompare(view, "count", 2);
        }
    }
}
