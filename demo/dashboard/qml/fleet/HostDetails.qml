// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import EventSource
import EventSource.Controls
import QtQuick
import QtQuick.Layouts

// One host, as the stream says it is now.
Card {
    id: details

    required property EventSourceModel hosts
    required property EventSourceListener listener
    property string name: ""

    property var host: undefined
    property string text: "" // the JSON of host
    property bool removed: false

    signal closed

    function look() {
        const row = name.length > 0 ? hosts.indexOf(name) : -1;
        removed = host !== undefined && name.length > 0 && row < 0;
        const found = row >= 0 ? hosts.get(row) : undefined;
        if (found !== undefined && found.text !== text) {
            text = found.text;
            host = found.data;
        } else if (name.length === 0)
            host = undefined;
    }

    onNameChanged: {
        host = undefined;
        text = "";
        processor.clear();
        look();
        if (host)
            processor.append(host.metrics.cpu);
    }

    EventSourceSubscription {
        listener: details.listener
        eventTypes: ["host"]
        enabled: details.name.length > 0
        onMessage: event => {
            if (event.data.name === details.name)
                processor.append(event.data.metrics.cpu);
        }
    }

    // A few times a second, however fast the stream is.
    Timer {
        interval: 200
        repeat: true
        running: details.visible && details.name.length > 0
        onTriggered: details.look()
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.padding
        spacing: 8

        RowLayout {
            Layout.fillWidth: true

            Text {
                objectName: "detailsName"
                Layout.fillWidth: true
                text: details.name.length > 0 ? details.name : qsTr("No host is selected")
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.heading
                font.bold: true
                color: Theme.text
            }

            ActionButton {
                objectName: "closeDetails"
                visible: details.name.length > 0
                text: "×"
                hint: qsTr("Ends the selection (Escape)")
                Accessible.name: qsTr("End the selection")
                onClicked: details.closed()
            }
        }

        Text {
            objectName: "detailsRemoved"
            Layout.fillWidth: true
            visible: details.removed
            text: qsTr("This host has been removed. These are its last values.")
            wrapMode: Text.Wrap
            font.pixelSize: Theme.small
            color: Theme.warning
        }

        GridLayout {
            visible: details.host !== undefined
            columns: 2
            columnSpacing: 16
            rowSpacing: 4

            Repeater {
                model: details.host === undefined ? [] : [
                    qsTr("State"), details.host.state,
                    qsTr("Role"), details.host.role,
                    qsTr("Region"), details.host.region,
                    qsTr("Version"), details.host.version,
                    qsTr("Memory"), details.host.metrics.memory + " %",
                    qsTr("Requests"), details.host.metrics.requests + " /s",
                    qsTr("Processor"), details.host.metrics.cpu + " %"
                ]

                Text {
                    required property string modelData
                    required property int index

                    objectName: index % 2 === 1 ? "detail" + (index >> 1) : ""
                    text: modelData
                    textFormat: Text.PlainText
                    font.pixelSize: Theme.body
                    color: index % 2 === 0 ? Theme.muted : Theme.text
                }
            }
        }

        Sparkline {
            id: processor

            Layout.fillWidth: true
            Layout.preferredHeight: 56
            visible: details.host !== undefined
            minimum: 0
            maximum: 100
            color: Theme.accent
            Accessible.name: qsTr("Processor since the selection")
        }

        Text {
            Layout.fillWidth: true
            visible: details.name.length === 0
            text: qsTr("A selected host keeps its place in the list while others move around it.")
            wrapMode: Text.Wrap
            font.pixelSize: Theme.small
            color: Theme.muted
        }

        Item { Layout.fillHeight: true }
    }
}
