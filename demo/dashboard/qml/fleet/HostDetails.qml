// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import EventSource.Controls
import QtQuick
import QtQuick.Layouts

// One host, as the stream says it is now, and its CPU over the last minutes. These are known of
// every host, so that the line is there as soon as one is selected.
Card {
    id: details

    required property EventSourceModel hosts
    required property SortFilterModel rows // all hosts
    required property var duration // a function: seconds as a text
    property string name: ""

    property var host: undefined
    property string text: "" // the JSON of host
    property bool removed: false

    property bool compact: false

    readonly property real padding: compact ? 10 : Theme.padding
    readonly property int sampleInterval: 3000 // ms
    property var samples: ({}) // by name, the oldest first

    signal closed

    // Hosts that have been removed are forgotten.
    function sample() {
        const next = {};
        const count = rows.rowCount();
        for (let row = 0; row < count; ++row) {
            const host = rows.value(row, "name");
            const values = samples[host] ?? [];
            values.push(rows.value(row, "metrics.cpu"));
            if (values.length > cpu.capacity)
                values.shift();
            next[host] = values;
        }
        samples = next;
        if (next[name])
            cpu.append(next[name][next[name].length - 1]);
    }

    function look() {
        const row = name.length > 0 ? hosts.indexOf(name) : -1;
        // While a new snapshot is on its way there is no host at all.
        removed = host !== undefined && name.length > 0 && row < 0 && hosts.count > 0;
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
        cpu.clear();
        look();
        for (const value of samples[name] ?? [])
            cpu.append(value);
        if (host !== undefined)
            cpu.append(host.metrics.cpu);
    }

    Timer {
        interval: details.sampleInterval
        repeat: true
        running: true
        onTriggered: details.sample()
    }

    // A few times a second, however fast the stream is.
    Timer {
        interval: 200
        repeat: true
        running: details.visible && details.name.length > 0
        onTriggered: details.look()
    }

    implicitHeight: content.implicitHeight + 2 * padding

    Sparkline {
        id: cpu

        objectName: "cpu"
        parent: details.compact ? beside : below
        anchors.fill: parent
        minimum: 0
        maximum: 100
        color: Theme.accent
        Accessible.name: qsTr("CPU, the last three minutes")
    }

    ColumnLayout {
        id: content

        anchors.fill: parent
        anchors.margins: details.padding
        spacing: details.compact ? 4 : 8

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

            Item {
                id: beside

                Layout.preferredWidth: 140
                Layout.preferredHeight: 28
                visible: details.host !== undefined && details.compact
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
            columns: details.compact ? 4 : 2
            columnSpacing: 16
            rowSpacing: details.compact ? 0 : 4

            Repeater {
                model: details.host === undefined ? [] : [
                    qsTr("State"), details.host.state,
                    qsTr("Role"), details.host.role,
                    qsTr("Region"), details.host.region,
                    qsTr("Version"), details.host.version,
                    qsTr("Memory"), details.host.metrics.memory + " %",
                    qsTr("Requests"), details.host.metrics.requests + " /s",
                    qsTr("Uptime"), details.duration(details.host.uptime),
                    qsTr("CPU"), details.host.metrics.cpu + " %"
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

        Text {
            visible: details.host !== undefined && !details.compact
            text: qsTr("CPU, the last three minutes")
            font.pixelSize: Theme.small
            color: Theme.muted
        }

        Item {
            id: below

            Layout.fillWidth: true
            Layout.preferredHeight: 56
            visible: details.host !== undefined && !details.compact
        }

        Text {
            Layout.fillWidth: true
            visible: details.name.length === 0
            text: qsTr("A selected host keeps its place in the list while others move around it.")
            wrapMode: Text.Wrap
            font.pixelSize: Theme.small
            color: Theme.muted
        }

        Item {
            Layout.fillHeight: true
            visible: !details.compact
        }
    }
}
