// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtTest

Item {
    width: 500
    height: 300

    LogTestCase {
        name: "EventLogView, selection"

        function test_keepsTheSelectedEvent() {
            server.stream = numbers(1, 3);
            const view = make();
            tryCompare(view, "count", 3);
            view.currentIndex = 1;
            compare(view.currentEvent.text, "2");
            verify(!view.following);
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

        function test_isOperatedByKeyboard() {
            server.stream = numbers(1, 100);
            const view = make();
            const spy = spyOn(view, "activated");
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
            const y = view.currentItem.mapToItem(view, 0, 0).y;
            verify(y >= 0 && y + view.currentItem.height <= view.height, "it is at " + y);
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

        function test_keepsAnEventThatLeavesTheList() {
            server.stream = numbers(1, 2) + "event: build\nid: 3\ndata: {\"n\":19.0}\n\n"
                          + numbers(4, 5);
            const view = make({ maximumCount: 5 });
            tryCompare(view, "count", 5);
            view.currentIndex = 2;
            const changes = spyOn(view, "currentEventChanged");
            send(view, 6, 7);
            compare(view.currentIndex, 4);
            compare(view.currentItem.type, "build");
            verify(!view.currentEventRemoved);
            send(view, 8, 8);
            compare(view.currentIndex, -1);
            compare(view.currentItem, null);
            compare(view.currentEvent.type, "build");
            compare(view.currentText, "{\n  \"n\": 19.0\n}");
            verify(view.currentEventRemoved);
            compare(changes.count, 0);

            // Another selection, or none, takes its place.
            view.currentIndex = 0;
            compare(view.currentEvent.text, "8");
            verify(!view.currentEventRemoved);
            send(view, 9, 20);
            verify(view.currentEventRemoved);
            view.follow();
            compare(view.currentEvent, null);
            verify(!view.currentEventRemoved);
        }

        function test_movesUpWithItsEvent() {
            server.stream = numbers(1, 20);
            const view = make({ newestAtBottom: true, maximumCount: 20 });
            tryCompare(view, "count", 20);
            view.currentIndex = 12;
            const changes = spyOn(view, "currentEventChanged");
            send(view, 21, 25);
            compare(view.currentIndex, 7);
            compare(changes.count, 0);
            compare(view.currentItem.text, "13");
            view.forceActiveFocus();
            keyClick(Qt.Key_Up);
            compare(view.currentEvent.text, "12");
            send(view, 26, 32);
            verify(view.currentEventRemoved);
        }

        function test_losesTheSelectionWithAllRows() {
            server.stream = numbers(1, 5);
            const view = make();
            tryCompare(view, "count", 5);
            view.currentIndex = 2;
            view.clear();
            compare(view.currentIndex, -1);
            compare(view.currentEvent, null);
            verify(view.following);
            send(view, 6, 7);
            compare(view.currentIndex, -1);
        }

        function test_hasNoEventForARowThatIsNotThere() {
            server.stream = numbers(1, 3);
            const view = make();
            tryCompare(view, "count", 3);
            view.currentIndex = 1;
            view.currentIndex = 17;
            compare(view.currentEvent, null);
            view.currentIndex = 1;
            compare(view.currentEvent.text, "2");
        }

        function test_startsWithAVisibleRow_data() {
            return [
                { tag: "newest on top", newestAtBottom: false, row: 40 },
                { tag: "newest at the bottom", newestAtBottom: true, row: 47 }
            ];
        }

        function test_startsWithAVisibleRow(data) {
            server.stream = numbers(1, 100);
            const view = make({ newestAtBottom: data.newestAtBottom });
            tryCompare(view, "count", 100);
            draw(view);
            view.positionViewAtIndex(data.row, data.newestAtBottom ? ListView.End
                                                                   : ListView.Beginning);
            view.forceActiveFocus();
            keyClick(Qt.Key_Down);
            compare(view.currentIndex, data.row);
            keyClick(Qt.Key_Up);
            compare(view.currentIndex, data.row - 1);
        }

        function test_opensByDoubleTap() {
            server.stream = numbers(1, 3);
            const view = make();
            tryCompare(view, "count", 3);
            tryVerify(() => view.itemAtIndex(1) !== null);
            const spy = spyOn(view, "activated");
            const item = view.itemAtIndex(1);
            const finger = touchEvent(item);
            finger.press(0, item, 30, 5).commit();
            finger.release(0, item, 30, 5).commit();
            compare(spy.count, 0);
            finger.press(0, item, 30, 5).commit();
            finger.release(0, item, 30, 5).commit();
            compare(spy.count, 1);
            compare(spy.signalArguments[0][0], 1);
            compare(view.currentIndex, 1);
        }

        function test_keepsTheSelectedEventInSightInAShorterView() {
            server.stream = numbers(1, 100);
            const view = make();
            tryCompare(view, "count", 100);
            view.anchors.fill = undefined;
            view.width = 500;
            view.height = 300;
            draw(view);
            const row = view.indexAt(5, view.contentY + view.height - 5) - 1;
            verify(row > 5);
            view.currentIndex = row;
            view.height = 150;
            draw(view);
            const y = view.currentItem.mapToItem(view, 0, 0).y;
            verify(y >= 0 && y + view.currentItem.height <= view.height, "it is at " + y);
            // A reader who has scrolled away from it stays there.
            view.height = 300;
            view.contentY += 1000;
            draw(view);
            const place = view.contentY;
            view.height = 150;
            draw(view);
            compare(view.contentY, place);
        }

        function test_holdsTheRowsUnderAFinger() {
            server.stream = numbers(1, 3);
            const view = make();
            tryCompare(view, "count", 3);
            tryVerify(() => view.itemAtIndex(2) !== null);
            const item = view.itemAtIndex(2);
            mousePress(item, 30, 5);
            server.send(numbers(4, 9));
            tryVerify(() => view.listener.lastEventId === "9");
            compare(view.count, 3);
            mouseRelease(item, 30, 5);
            compare(view.currentEvent.text, "1");
            tryCompare(view, "count", 9);
            tryCompare(view, "currentIndex", 8);
        }
    }
}
