// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtTest

Item {
    width: 500
    height: 300

    LogTestCase {
        name: "EventLogView, position"

        function test_followsOnlyAtTheTop() {
            server.stream = numbers(1, 100);
            const view = make();
            tryCompare(view, "count", 100);
            tryVerify(() => view.atYBeginning);
            server.send(numbers(101, 101));
            tryCompare(view, "count", 101);
            draw(view);
            verify(view.atYBeginning);

            view.positionViewAtIndex(50, ListView.Beginning);
            view.forceLayout();
            const before = view.model.get(view.indexAt(5, view.contentY + 5)).text;
            server.send(numbers(102, 110));
            tryCompare(view, "count", 110);
            view.forceLayout();
            compare(view.model.get(view.indexAt(5, view.contentY + 5)).text, before);
        }

        function test_countsNewEventsAndJumpsBack_data() {
            return [
                { tag: "newest on top", newestAtBottom: false, key: false },
                { tag: "newest at the bottom", newestAtBottom: true, key: false },
                { tag: "by keyboard", newestAtBottom: false, key: true }
            ];
        }

        function test_countsNewEventsAndJumpsBack(data) {
            server.stream = numbers(1, 100);
            const view = make({ newestAtBottom: data.newestAtBottom, maximumCount: 120 });
            tryCompare(view, "count", 100);
            const button = findChild(view.parent, "newEvents");
            draw(view);
            verify(view.following);
            verify(!button.visible);
            view.positionViewAtIndex(50, ListView.Beginning);
            verify(!view.following);
            verify(!button.visible);
            const y = topItem(view).mapToItem(view, 0, 0).y;
            const text = topItem(view).text;
            send(view, 101, 101);
            verify(button.visible);
            compare(button.text, "1 new event");
            send(view, 102, 137);
            compare(button.text, "37 new events");
            compare(button.Accessible.name, "37 new events");
            compare(topItem(view).text, text);
            compare(topItem(view).mapToItem(view, 0, 0).y, y);
            verify(button.x >= 0 && button.x + button.width <= view.width);

            if (data.key) {
                button.forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Return);
            } else {
                mouseClick(button);
            }
            verify(view.following);
            verify(view.activeFocus);
            compare(view.newEventCount, 0);
            verify(!button.visible);
            verify(data.newestAtBottom ? view.atYEnd : view.atYBeginning);
            send(view, 138, 140);
            verify(data.newestAtBottom ? view.atYEnd : view.atYBeginning);

            view.positionViewAtIndex(50, ListView.Beginning);
            send(view, 141, 300);
            compare(button.text, "120+ new events");
        }

        function test_showsTheOldestWhenItsRowsAreGone_data() {
            return [
                { tag: "most", newestAtBottom: false, row: 50, number: 100 },
                { tag: "all", newestAtBottom: false, row: 50, number: 120 },
                { tag: "all, from the first", newestAtBottom: false, row: 0, number: 120 },
                { tag: "some, newest at the bottom", newestAtBottom: true, row: 10, number: 60 },
                { tag: "all, newest at the bottom", newestAtBottom: true, row: 50, number: 120 }
            ];
        }

        function test_showsTheOldestWhenItsRowsAreGone(data) {
            server.stream = numbers(1, 120);
            const view = make({ newestAtBottom: data.newestAtBottom, maximumCount: 120 });
            tryCompare(view, "count", 120);
            draw(view);
            view.currentIndex = data.row; // and so it follows no more
            view.positionViewAtIndex(data.row, ListView.Beginning);
            send(view, 121, 120 + data.number);
            verify(!view.following);
            compare(view.newEventCount, data.number);
            verify(data.newestAtBottom ? view.atYBeginning : view.atYEnd);
        }

        function test_followsAgainWhereTheNewestEventIs() {
            server.stream = numbers(1, 100);
            const view = make();
            tryCompare(view, "count", 100);
            draw(view);
            view.positionViewAtIndex(50, ListView.Beginning);
            send(view, 101, 105);
            verify(!view.following);
            view.positionViewAtBeginning();
            verify(view.following);
            compare(view.newEventCount, 0);
        }

        function test_followsTheTail() {
            server.stream = numbers(1, 100);
            const view = make({ newestAtBottom: true, maximumCount: 150 });
            tryCompare(view, "count", 100);
            compare(texts(view)[99], "100");
            tryVerify(() => view.atYEnd);
            send(view, 101, 190);
            compare(view.count, 150);
            verify(view.atYEnd);
            verify(view.following);
            view.anchors.fill = null;
            view.height = 150;
            draw(view);
            verify(view.atYEnd);

            // The reader scrolls up, and down again.
            mouseWheel(view, 50, 50, 0, 120);
            tryVerify(() => !view.atYEnd);
            tryVerify(() => !view.moving);
            verify(!view.following);
            const text = topItem(view).text;
            send(view, 191, 195);
            compare(topItem(view).text, text);
            mouseWheel(view, 50, 50, 0, -600); // how far a step leads depends on Qt's version
            tryVerify(() => view.atYEnd && view.following);
            tryVerify(() => !view.moving);
            send(view, 196, 199);
            verify(view.atYEnd);
        }

        function test_stopsFollowingBetweenNewRows_data() {
            return [
                { tag: "fewer than the list has", step: 1 },
                { tag: "more than the list has", step: 700 }
            ];
        }

        function test_stopsFollowingBetweenNewRows(data) {
            server.stream = numbers(1, 100);
            const view = make();
            tryCompare(view, "count", 100);
            draw(view);
            let last = 100;
            const sendMore = () => {
                server.send(numbers(last + 1, last + data.step));
                last += data.step;
            };
            // Every frame has new rows.
            view.model.rowsInserted.connect(sendMore);
            sendMore();
            tryVerify(() => last > 100 + 10 * data.step);
            verify(view.following);
            verify(view.atYBeginning);
            mouseWheel(view, 50, 50, 0, -120);
            tryVerify(() => !view.following);
            tryVerify(() => !view.moving);
            verify(view.contentY > view.originY + 20);
            verify(!view.following);
            tryVerify(() => view.newEventCount > 0);
            draw(view);
            verify(!view.atYBeginning);
            verify(!view.following);
            verify(view.indexAt(5, view.contentY + 5) > 0);
        }

        function test_scrollsByItsBar() {
            server.stream = numbers(1, 100);
            const view = make();
            tryCompare(view, "count", 100);
            draw(view);
            mousePress(view, view.width - 4, 10);
            mouseMove(view, view.width - 4, 150);
            verify(!view.atYBeginning);
            server.send(numbers(101, 105));
            tryVerify(() => view.listener.lastEventId === "105");
            compare(view.count, 100);
            mouseRelease(view, view.width - 4, 150);
            tryCompare(view, "count", 105);
            verify(!view.following);
            draw(view);
            verify(!view.atYBeginning);
        }

        function test_changesTheOrder() {
            server.stream = numbers(1, 100);
            const view = make();
            tryCompare(view, "count", 100);
            view.currentIndex = 10;
            compare(view.currentEvent.text, "90");
            view.newestAtBottom = true;
            compare(view.currentEvent.text, "90");
            compare(view.currentIndex, 89);
            view.follow();
            verify(view.atYEnd);
            view.newestAtBottom = false;
            tryVerify(() => view.atYBeginning);
            verify(view.following);
        }

        // Positions of many digits are not exact on the screen.
        function test_staysNearZero() {
            server.stream = numbers(1, 50);
            const view = make({ newestAtBottom: true, maximumCount: 50, "textFont.pixelSize": 2000 });
            tryCompare(view, "count", 50);
            for (let last = 50; last < 1500; last += 50)
                send(view, last + 1, last + 50);
            verify(view.contentY < 1300000, view.contentY);
            compare(view.model.get(view.indexAt(5, view.contentY + 5)).text, "1500");
            verify(view.atYEnd);
        }

        function test_drawsAFlood() {
            const events = 20000;
            const view = make();
            tryVerify(() => server.requestCount === 1);
            const changes = spyOn(view.model, "rowsInserted");
            server.send(numbers(1, events));
            tryVerify(() => view.listener.lastEventId === String(events), 20000);
            draw(view);
            compare(view.count, 500);
            compare(view.model.get(0).text, String(events));
            verify(view.atYBeginning);
            // A change for each slice, and items for what is visible.
            verify(changes.count < events / 20, changes.count);
            verify(view.contentItem.children.length < 100, view.contentItem.children.length);
        }
    }
}
