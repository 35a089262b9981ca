// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import QtQuick
import QtQuick.Layouts

// Any stream with any request: what is sent, what comes, what goes wrong, and when.
ShellPage {
    id: page

    readonly property bool wide: width >= 860
    readonly property string explored: String(source.active ? source.url : form.currentAddress)
    property string pane: "request" // narrow: what is shown

    listener: source
    idleText: timings.attemptCount > 0 ? qsTr("Stopped") : qsTr("Ready")
    faultPath: server && explored.split(/[?#]/)[0] === String(server.url) ? "/stream" : ""

    function start() {
        if (!form.check()) {
            pane = "request";
            form.showProblem();
            return;
        }
        source.stopListening();
        results.clear();
        timings.clear();
        source.lastEventId = "";
        form.apply(source);
        source.startListening();
        if (!page.server || !form.request().url.startsWith(baseUrl()))
            store.remember(form.request().url);
        pane = "results";
    }

    // The embedded server has another port each time.
    function baseUrl() {
        return String(page.server.url).replace(/^([a-z]+:\/\/[^\/]*).*$/, "$1/");
    }

    component StartButton: ActionButton {
        required property EventSourceListener source

        signal startRequested

        objectName: "explore"
        primary: !source.active
        text: source.active ? qsTr("Stop") : qsTr("Start")
        hint: source.active ? qsTr("Closes the connection") : qsTr("Sends the request")
        shortcut: "F6"
        onClicked: {
            if (source.active)
                source.stopListening();
            else
                startRequested();
        }
    }

    EventSourceListener {
        id: source

        objectName: "explored"
        lazy: true
    }

    StreamTimings {
        id: timings

        listener: source
    }

    ExplorerStore { id: store }

    Flow {
        id: tabs

        visible: !page.wide
        width: parent.width
        spacing: 8

        ActionButton {
            objectName: "requestPane"
            checkable: true
            autoExclusive: true
            checked: page.pane === "request"
            selected: checked
            text: qsTr("Request")
            Accessible.role: Accessible.PageTab
            Accessible.selected: checked
            onClicked: page.pane = "request"
        }

        ActionButton {
            objectName: "resultsPane"
            checkable: true
            autoExclusive: true
            checked: page.pane === "results"
            selected: checked
            text: qsTr("Results")
            Accessible.role: Accessible.PageTab
            Accessible.selected: checked
            onClicked: page.pane = "results"
        }

        StartButton {
            source: source
            onStartRequested: page.start()
        }
    }

    Card {
        id: request

        y: tabs.visible ? tabs.height + Theme.gap : 0
        width: page.wide ? Math.min(420, page.width * 0.4) : page.width
        height: page.height - y
        visible: page.wide || page.pane === "request"

        ColumnLayout {
            anchors.fill: parent
            anchors.margins: Theme.padding
            spacing: 10

            RequestForm {
                id: form

                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.leftMargin: -edge
                address: page.streamUrl
                store: store
                onSubmitted: page.start()
            }

            Flow {
                Layout.fillWidth: true
                spacing: 8

                StartButton {
                    visible: page.wide
                    source: source
                    onStartRequested: page.start()
                }

                SnippetButtons { form: form }
            }
        }
    }

    ExplorerResults {
        id: results

        x: page.wide ? request.width + Theme.gap : 0
        y: request.y
        width: page.width - x
        height: request.height
        visible: page.wide || page.pane === "results"
        listener: source
        timings: timings
        store: store
    }
}
