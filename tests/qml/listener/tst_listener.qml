// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import QtQuick
import QtTest
import EventSource
import TestServer

TestCase {
    id: testCase
    name: "EventSourceListener"

    property var log: []
    property var events: []

    Component {
        id: serverComponent
        TestServer {}
    }

    Component {
        id: plain
        EventSourceListener {
            onMessage: event => { testCase.events.push(event); testCase.log.push(event.type + " " + JSON.stringify(event.data)) }
            onOpened: testCase.log.push("opened")
            onError: error => testCase.log.push("error " + error.code + " " + error.willRetry)
            onParseError: (event, message) => testCase.log.push("parseError " + event.text + " " + (message.length > 0))
            onComment: text => testCase.log.push("comment" + text)
            onFinished: testCase.log.push("finished")
        }
    }

    property TestServer server

    function init() {
        log = [];
        events = [];
        server = createTemporaryObject(serverComponent, testCase);
    }

    function test_deliversToHandlersAndBindings() {
        server.stream = ": hi\nevent: build\nid: 1\ndata: {\"content\":\"a\",\"n\":[1,{\"x\":2}]}\n\n";
        const listener = createTemporaryObject(plain, testCase, {url: server.url("/x")});
        compare(listener.data, undefined);
        tryCompare(listener, "status", EventSourceListener.Open);
        tryVerify(() => log.length === 3);
        compare(log, ["opened", "comment hi", "build {\"content\":\"a\",\"n\":[1,{\"x\":2}]}"]);
        tryVerify(() => listener.data !== undefined);
        compare(listener.data?.content ?? "", "a");
        compare(listener.lastEvent.lastEventId, "1");
        compare(listener.lastEventId, "1");
        compare(events[0].data.n[1].x, 2);
        compare(events[0].origin, server.url("").toString().replace(/\/$/, ""));
    }

    Component {
        id: bound
        Item {
            id: boundRoot
            property alias listener: listener
            property url url
            property string text: listener.data?.content ?? ""
            property int changes: 0
            onTextChanged: ++changes
            EventSourceListener {
                id: listener
                url: boundRoot.url
            }
        }
    }

    function test_bindsDataLikeAHook() {
        server.stream = "data: {\"content\":\"one\"}\n\n";
        const item = createTemporaryObject(bound, testCase, {url: server.url("/x")});
        compare(item.text, "");
        tryCompare(item, "text", "one");
        server.send("data: {\"content\":\"two\"}\n\n");
        tryCompare(item, "text", "two");
        compare(item.changes, 2);
    }

    function test_convertsDataOnce() {
        server.stream = "data: {\"a\":{\"b\":1}}\n\n";
        const listener = createTemporaryObject(plain, testCase, {url: server.url("/x")});
        tryVerify(() => events.length === 1);
        const event = events[0];
        verify(event.data === event.data);
        verify(event.data.a === event.data.a);
        tryVerify(() => listener.data === event.data);
        verify(listener.lastEvent.data === event.data);
    }

    // An item connects to destroyed() of what is declared in it, as a further engine would.
    function test_convertsDataOnceAsAChildOfAnItem() {
        server.stream = "data: {\"b\":{\"c\":1},\"a\":2}\n\n";
        const item = createTemporaryObject(bound, testCase, {url: server.url("/x")});
        let identical;
        item.listener.message.connect(event => identical = event.data === event.data);
        tryVerify(() => identical !== undefined);
        verify(identical);
        tryVerify(() => item.listener.data !== undefined);
        verify(item.listener.data === item.listener.data);
        verify(item.listener.lastEvent.data === item.listener.data);
        compare(Object.keys(item.listener.data), ["b", "a"]); // as the server has sent them
    }

    function test_decodesScalars_data() {
        return [
            {tag: "string", text: "\"a\"", value: "a"},
            {tag: "number", text: "1.5", value: 1.5},
            {tag: "true", text: "true", value: true},
            {tag: "null", text: "null", value: null},
            {tag: "empty text", text: "", value: undefined}
        ];
    }

    function test_decodesScalars(row) {
        server.stream = "data: " + row.text + "\n\n";
        const listener = createTemporaryObject(plain, testCase, {url: server.url("/x")});
        tryVerify(() => events.length === 1);
        verify(events[0].data === row.value);
        tryVerify(() => listener.data === row.value);
        compare(events[0].text, row.text);
    }

    function test_deliversText() {
        server.stream = "data: {a\n\n";
        const listener = createTemporaryObject(plain, testCase,
                {url: server.url("/x"), format: EventSourceListener.Text});
        tryVerify(() => listener.data === "{a");
    }

    Component {
        id: declared
        EventSourceListener {
            headers: ({"X-One": "1", "X-None": undefined, "X-Null": null})
            lastEventId: "7"
            url: testCase.server?.url("/declared") ?? "" // null at the end
            method: "POST"
            body: ({z: 1, a: [true, null], m: {y: "ü", b: 2}})
        }
    }

    function test_opensOnceWithAllThatWasDeclared() {
        const listener = createTemporaryObject(declared, testCase);
        compare(listener.status, EventSourceListener.Connecting);
        compare(server.requestCount, 0);
        tryCompare(server, "requestCount", 1);
        compare(server.target(0), "/declared");
        compare(server.header(0, "X-One"), "1");
        compare(server.header(0, "X-None"), "");
        compare(server.header(0, "X-Null"), "");
        compare(server.header(0, "Last-Event-ID"), "7");
        compare(server.header(0, "Content-Type"), "application/json");
        compare(server.body(0), "{\"z\":1,\"a\":[true,null],\"m\":{\"y\":\"ü\",\"b\":2}}");
    }

    function test_sendsBodies_data() {
        return [
            {tag: "string", body: "a", sent: "a", type: "text/plain;charset=UTF-8"},
            {tag: "array", body: [1, "b"], sent: "[1,\"b\"]", type: "application/json"},
            {tag: "buffer", body: new Uint8Array([104, 105]).buffer, sent: "hi", type: "application/octet-stream"},
            {tag: "null", body: null, sent: "", type: ""},
            {tag: "undefined", body: undefined, sent: "", type: ""}
        ];
    }

    function test_sendsBodies(row) {
        createTemporaryObject(plain, testCase, {url: server.url("/x"), method: "POST", body: row.body});
        tryCompare(server, "requestCount", 1);
        compare(server.body(0), row.sent);
        compare(server.header(0, "Content-Type"), row.type);
    }

    function test_refusesACyclicBody() {
        const listener = createTemporaryObject(plain, testCase, {lazy: true, method: "POST"});
        const cycle = {};
        cycle.self = cycle;
        listener.body = cycle;
        listener.url = server.url("/x");
        listener.startListening();
        tryVerify(() => log.length === 1);
        compare(log, ["error " + EventSourceListener.InvalidRequestError + " false"]);
        verify(listener.errorString.includes("JSON"));
        compare(server.requestCount, 0);
    }

    Component {
        id: lifecycle
        Item {
            id: lifecycleRoot
            property alias listener: listener
            property bool shown: false
            property bool loggedIn: false
            EventSourceListener {
                id: listener
                active: lifecycleRoot.shown && lifecycleRoot.loggedIn
            }
        }
    }

    function test_followsABindingOfActive() {
        const item = createTemporaryObject(lifecycle, testCase);
        item.listener.url = server.url("/x");
        compare(item.listener.active, false);
        item.loggedIn = true;
        compare(item.listener.active, false);
        compare(server.requestCount, 0);
        item.shown = true;
        compare(item.listener.active, true);
        tryCompare(item.listener, "status", EventSourceListener.Open);
        item.shown = false;
        compare(item.listener.status, EventSourceListener.Closed);
        tryVerify(() => !server.isConnected(0));
        item.shown = true;
        tryCompare(server, "requestCount", 2);
    }

    function test_isLazy() {
        const listener = createTemporaryObject(plain, testCase, {url: server.url("/x"), lazy: true});
        compare(listener.active, false);
        compare(listener.status, EventSourceListener.Closed);
        listener.startListening();
        compare(listener.active, true);
        tryCompare(listener, "status", EventSourceListener.Open);
        compare(server.requestCount, 1);
        listener.stopListening();
        compare(listener.status, EventSourceListener.Closed);
    }

    Component {
        id: authorized
        EventSourceListener {
            id: listener
            property string token: "old"
            headers: ({"Authorization": "Bearer " + token})
            onError: error => {
                testCase.log.push(error.httpStatus + " " + listener.active + " " + listener.retryIn);
                testCase.server.status = "200 OK";
                token = "new";
            }
        }
    }

    function test_refreshesATokenByBinding() {
        server.status = "401 Unauthorized";
        const listener = createTemporaryObject(authorized, testCase,
                {url: server.url("/x"), lastEventId: "3"});
        tryCompare(listener, "status", EventSourceListener.Open);
        compare(log, ["401 true -1"]);
        compare(server.header(0, "Authorization"), "Bearer old");
        compare(server.header(1, "Authorization"), "Bearer new");
        compare(server.header(1, "Last-Event-ID"), "3");
    }

    Component {
        id: grouped
        EventSourceListener {
            reconnect {
                initialDelay: 30
                jitter: 0
                maximumAttempts: 2
            }
            onError: error => testCase.log.push(error.willRetry)
        }
    }

    function test_groupsThePolicy() {
        server.status = "503 Busy";
        const listener = createTemporaryObject(grouped, testCase, {url: server.url("/x")});
        compare(listener.reconnect.initialDelay, 30);
        compare(listener.reconnect.resend, true);
        tryVerify(() => log.length === 2);
        compare(log, [true, false]);
        compare(listener.active, false);
    }

    function test_reportsErrorsByName() {
        compare(EventSourceListener.NoError, 0);
        const listener = createTemporaryObject(plain, testCase, {url: "mailto:a@b"});
        tryVerify(() => log.length === 1);
        compare(log, ["error " + EventSourceListener.InvalidUrlError + " false"]);
        verify(listener.errorString.includes("mailto"));
        compare(listener.status, EventSourceListener.Waiting);
    }

    function test_reportsWhatIsNotJson() {
        server.stream = "data: {oops\n\n";
        const listener = createTemporaryObject(plain, testCase, {url: server.url("/x")});
        tryVerify(() => log.length === 2);
        compare(log, ["opened", "parseError {oops true"]);
        compare(listener.data, undefined);
    }

    function test_finishes() {
        server.stream = "data: [DONE]\n\n";
        const listener = createTemporaryObject(plain, testCase,
                {url: server.url("/x"), endMarker: "[DONE]"});
        tryVerify(() => log.length === 2);
        compare(log, ["opened", "finished"]);
        compare(listener.active, false);
    }

    Component {
        id: selfDestroying
        EventSourceListener {
            id: mortal
            onMessage: event => {
                testCase.log.push(event.data);
                mortal.stopListening();
                mortal.destroy();
            }
        }
    }

    function test_destroysItselfInAHandler() {
        server.stream = "data: 1\n\ndata: 2\n\n";
        selfDestroying.createObject(testCase, {url: server.url("/x")});
        tryVerify(() => log.length === 1);
        tryVerify(() => !server.isConnected(0));
        compare(log, [1]);
    }

    Component {
        id: holder
        Item {
            property EventSourceListener listener
            property var content: listener?.data?.content
            Connections {
                target: listener
                function onMessage(event) {
                    testCase.events.push(event);
                }
            }
        }
    }

    function test_takesAListenerMadeInCpp() {
        server.stream = "data: {\"content\":\"c++\"}\n\n";
        const listener = server.makeListener(server.url("/x"));
        const item = createTemporaryObject(holder, testCase, {listener: listener});
        tryCompare(item, "content", "c++");
        verify(events[0].data === listener.data);
    }

    function test_usesTheEnginesFactory() {
        const before = managerFactory.count;
        const listener = createTemporaryObject(plain, testCase, {url: server.url("/x")});
        tryCompare(listener, "status", EventSourceListener.Open);
        verify(managerFactory.count > 0);
        verify(managerFactory.count <= before + 1);
    }

    function test_resolvesAUrlRelativeToADocumentFromTheNetwork() {
        server.stream = "data: 1\n\n";
        server.addDocument("/qml/Remote.qml",
                "import EventSource\nEventSourceListener { url: \"../events?x=1\" }\n");
        const component = Qt.createComponent(server.url("/qml/Remote.qml"), Component.Asynchronous);
        tryCompare(component, "status", Component.Ready);
        const listener = createTemporaryObject(component, testCase);
        tryCompare(listener, "status", EventSourceListener.Open);
        compare(server.target(server.requestCount - 1), "/events?x=1");
    }

    function test_keepsObjectsOfManyEventsApart() {
        let stream = "";
        for (let i = 0; i < 500; ++i)
            stream += "data: {\"i\":" + i + "}\n\n";
        server.stream = stream;
        createTemporaryObject(plain, testCase, {url: server.url("/x")});
        tryVerify(() => events.length === 500);
        gc();
        for (let i = 0; i < 500; ++i)
            compare(events[i].data.i, i);
    }
}
