// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Any stream with any request: what is sent, what comes, what goes wrong, and when.
ShellPage {
    id: page

    readonly property bool wide: width >= 860
    property string pane: "request" // narrow: what is shown

    listener: source
    faultPath: "" // the stream need not be one of the embedded server

    function start() {
        if (!form.check()) {
            pane = "request";
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
            primary: checked
            text: qsTr("Request")
            onClicked: page.pane = "request"
        }

        ActionButton {
            objectName: "resultsPane"
            checkable: true
            autoExclusive: true
            checked: page.pane === "results"
            primary: checked
            text: qsTr("Results")
            onClicked: page.pane = "results"
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
                address: page.streamUrl
                addresses: store.addresses
                onSubmitted: page.start()
                onForgetRequested: store.forgetAll()
            }

            Flow {
                Layout.fillWidth: true
                spacing: 8

                ActionButton {
                    objectName: "explore"
                    primary: !source.active
                    text: source.active ? qsTr("Stop") : qsTr("Start")
                    hint: source.active ? qsTr("Closes the connection")
                                        : qsTr("Sends the request")
                    shortcut: "F6"
                    onClicked: {
                        if (source.active)
                            source.stopListening();
                        else
                            page.start();
                    }
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
