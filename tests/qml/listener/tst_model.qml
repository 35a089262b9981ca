// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import QtQuick
import QtTest
import EventSource
import TestServer

// A stream as the model of a view.
Item {
    id: root

    width: 200
    height: 400

    Component {
        id: serverComponent
        TestServer {}
    }

    EventSourceListener {
        id: events
        lazy: true
    }

    EventSourceModel {
        id: hosts
        listener: events
        eventTypes: ["message"]
        keyField: "id"
        removeTypes: ["gone"]
        resetTypes: ["all"]
        roles: ["name", "load", "metrics.cpu"]
    }

    EventSourceModel {
        id: log
        listener: events
        eventTypes: ["line"]
        maximumCount: 3
        order: EventSourceModel.Prepend
    }

    ListView {
        id: list
        anchors.fill: parent
        model: hosts
        delegate: Text {
            required property int index
            required property string name
            required property var load
            required property var model
            height: 20
            text: name + " " + load + " " + model["metrics.cpu"]
        }
    }

    Repeater {
        id: repeater
        model: log
        delegate: Item {
            required property string type
            required property var data
            required property string text
            required property string lastEventId
            required property date received
        }
    }

    SignalSpy {
        id: hostChanges
        target: hosts
        signalName: "dataChanged"
    }

    TestCase {
        id: testCase

        property TestServer server

        function init() {
            server = createTemporaryObject(serverComponent, testCase);
            events.url = server.url("/");
            events.startListening();
            tryCompare(events, "status", EventSourceListener.Open);
        }

        function cleanup() {
            events.stopListening();
            hosts.clear();
            log.clear();
            hostChanges.clear();
        }

        function texts() {
            let result = [];
            for (let i = 0; i < list.count; ++i) {
                list.forceLayout();
                result.push(list.itemAtIndex(i)?.text);
            }
            return result.join(", ");
        }

        name: "EventSourceModel"
        when: windowShown

        function test_offersFieldsAsRequiredProperties() {
            server.send('data: [{"id":1,"name":"a","load":0.5,"metrics":{"cpu":7}},{"id":2,"name":"b"}]\n\n');
            tryCompare(hosts, "count", 2);
            compare(texts(), "a 0.5 7, b undefined undefined");
            server.send('data: {"id":2,"name":"b","metrics":{"cpu":9}}\n\n');
            tryVerify(() => texts() === "a 0.5 7, b undefined 9");
            compare(hostChanges.count, 1);
            server.send('event: gone\ndata: 1\n\n');
            tryVerify(() => texts() === "b undefined 9");
        }

        function test_keepsTheDelegateOfAnUpdatedRow() {
            server.send('data: {"id":1,"name":"a"}\n\n');
            tryCompare(list, "count", 1);
            list.forceLayout();
            const item = list.itemAtIndex(0);
            verify(item);
            server.send('data: {"id":1,"name":"b","load":3}\n\n');
            tryCompare(item, "text", "b 3 undefined");
            compare(list.itemAtIndex(0), item);
        }

        function test_offersTheEventInARepeater() {
            const before = Date.now();
            server.send('id: 7\nevent: line\ndata: {"n":[1,2]}\n\n');
            tryCompare(repeater, "count", 1);
            const item = repeater.itemAt(0);
            compare(item.type, "line");
            compare(item.data.n[1], 2);
            compare(item.text, '{"n":[1,2]}');
            compare(item.lastEventId, "7");
            verify(item.received.getTime() >= before && item.received.getTime() <= Date.now());
            server.send('event: line\ndata: 1\n\nevent: line\ndata: 2\n\nevent: line\ndata: 3\n\n');
            tryVerify(() => repeater.count === 3 && repeater.itemAt(0)?.data === 3);
            compare(repeater.itemAt(2).data, 1);
        }

        function test_givesARowAsAnObjectOfItsOwn() {
            server.send('event: all\ndata: [{"id":"x","name":"a"},{"id":"y","name":"b","load":2}]\n\n');
            tryCompare(hosts, "count", 2);
            compare(hosts.indexOf("y"), 1);
            compare(hosts.indexOf("z"), -1);
            const row = hosts.get(1);
            compare(row.name, "b");
            compare(row.load, 2);
            compare(row["metrics.cpu"], undefined);
            compare(row.data.id, "y");
            row.name = "changed";
            compare(hosts.get(1).name, "b");
            compare(hosts.get(2).name, undefined);
        }

        // Of Qt 6.10 and later.
        function test_isSortedAndFilteredByQt() {
            let proxy = null;
            try {
                proxy = Qt.createQmlObject(`
                    import QtQml.Models
                    SortFilterProxyModel {
                        sorters: RoleSorter { roleName: "name" }
                        filters: ValueFilter { roleName: "load"; value: 1 }
                    }`, testCase);
            } catch (error) {
                skip("This Qt has no SortFilterProxyModel in QML.");
            }
            proxy.model = hosts;
            server.send('data: [{"id":1,"name":"b","load":1},{"id":2,"name":"c","load":2},{"id":3,"name":"a","load":1}]\n\n');
            tryCompare(hosts, "count", 3);
            const names = () => [0, 1, 2].slice(0, proxy.rowCount()).map(
                row => proxy.data(proxy.index(row, 0), 0)).join(" ");
            tryVerify(() => proxy.rowCount() === 2);
            verify(names().indexOf('"name":"a"') < names().indexOf('"name":"b"'));
            server.send('data: {"id":2,"name":"0","load":1}\n\n');
            tryVerify(() => proxy.rowCount() === 3);
            compare(names().indexOf('"name":"0"') < names().indexOf('"name":"a"'), true);
            proxy.destroy();
        }

        function test_rolesAreFixed() {
            ignoreWarning(/roles is fixed once the component is complete/);
            hosts.roles = ["other"];
            compare(hosts.roles.length, 3);
        }

        function test_anotherUrlClearsAKeyedModel() {
            server.send('data: {"id":1,"name":"a"}\n\nevent: line\ndata: 1\n\n');
            tryCompare(hosts, "count", 1);
            events.url = server.url("/other");
            compare(hosts.count, 0);
            compare(log.count, 1);
        }
    }
}
