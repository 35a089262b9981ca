// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import EventSource
import EventSource.Controls
import QtQuick
import QtTest
import TestServer

// What the tests of EventLogView share. The view fills the parent of the test case.
TestCase {
    id: testCase

    property TestServer server

    readonly property Component serverComponent: TestServer { }
    readonly property Component listenerComponent: EventSourceListener { }
    readonly property Component viewComponent: EventLogView { anchors.fill: parent }
    readonly property Component spyComponent: SignalSpy { }

    function init() {
        server = createTemporaryObject(serverComponent, testCase);
    }

    function makeListener(path) {
        return createTemporaryObject(listenerComponent, testCase, { url: server.url(path) });
    }

    function make(properties) {
        return createTemporaryObject(viewComponent, testCase.parent,
                                     Object.assign({ listener: makeListener("/") }, properties));
    }

    function spyOn(target, signalName) {
        return createTemporaryObject(spyComponent, testCase,
                                     { target: target, signalName: signalName });
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

    // What the item at the upper edge shows, and where.
    function topItem(view) {
        view.forceLayout();
        return view.itemAt(5, view.contentY + 5);
    }

    // Sends events and waits until they are rows, and drawn.
    function send(view, from, to) {
        server.send(numbers(from, to));
        tryVerify(() => texts(view).includes(String(to)));
        draw(view);
    }

    function draw(view) {
        view.Window.window.update();
        waitForRendering(view);
    }

    when: windowShown
}
