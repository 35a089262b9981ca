// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Layouts

// The numbers of one host, with charts.
Card {
    id: tile

    required property HostState host
    required property StreamHealth health
    property bool roomy: false

    readonly property int age: Math.max(0, Math.round((health.now - host.time) / 1000)) // s
    // A host reports twice a second.
    readonly property bool live: health.open && age <= 3

    readonly property bool strained: host.cpu > 88
    readonly property color lineColor: !live ? Theme.muted : strained ? Theme.bad : Theme.accent

    function percent(value) {
        return isNaN(value) ? "–" : qsTr("%1 %").arg(Math.round(value));
    }

    implicitHeight: column.implicitHeight + 2 * Theme.padding

    Accessible.role: Accessible.Grouping
    Accessible.name: Theme.filled(
                         qsTr("%1, %2: processor %3, memory %4, %5 requests per second, %6"),
                         host.name, host.service, percent(host.cpu), percent(host.memory),
                         host.requests, stateLabel.text)

    Connections {
        target: tile.host

        function onSample() {
            cpuLine.append(tile.host.time, tile.host.cpu);
            memoryLine.append(tile.host.time, tile.host.memory);
            requestsLine.append(tile.host.time, tile.host.requests);
        }
    }

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.padding
        spacing: 8

        RowLayout {
            spacing: 8

            Text {
                text: tile.host.name
                textFormat: Text.PlainText
                font.pixelSize: Theme.heading
                font.bold: true
                color: Theme.text
            }

            Text {
                Layout.fillWidth: true
                text: tile.host.service
                textFormat: Text.PlainText
                font.pixelSize: Theme.small
                color: Theme.muted
                elide: Text.ElideRight
            }

            Rectangle {
                id: chip

                readonly property string level: !tile.live ? "" : tile.strained ? "bad" : "good"

                implicitWidth: stateLabel.implicitWidth + 16
                implicitHeight: stateLabel.implicitHeight + 6
                radius: height / 2
                color: level === "" ? Theme.window : Theme.levelTint(level)

                Text {
                    id: stateLabel

                    objectName: "state-" + tile.host.name
                    anchors.centerIn: parent
                    // What is shown is as old as the last event.
                    text: !tile.live ? qsTr("%1 s old").arg(tile.age) : tile.strained
                                     ? qsTr("High load") : qsTr("OK")
                    font.pixelSize: Theme.small
                    color: chip.level === "" ? Theme.muted : Theme.levelColor(chip.level)
                }
            }
        }

        Item {
            // Number and chart side by side, or in a high tile the chart below the number.
            readonly property bool stacked: tile.height > 250

            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: 84

            Column {
                id: figure

                Text {
                    text: qsTr("Processor")
                    font.pixelSize: Theme.small
                    color: Theme.muted
                }

                Text {
                    // As wide as the widest value, so that the chart beside it does not move.
                    width: metrics.width
                    objectName: "cpu-" + tile.host.name
                    text: tile.percent(tile.host.cpu)
                    font.pixelSize: Theme.figure
                    font.bold: true
                    color: tile.live ? Theme.text : Theme.muted
                }

                TextMetrics {
                    id: metrics

                    text: "100 %  "
                    font.pixelSize: Theme.figure
                    font.bold: true
                }
            }

            TimeChart {
                id: cpuLine

                objectName: "cpuLine-" + tile.host.name
                x: parent.stacked ? 0 : figure.width + 8
                y: parent.stacked ? figure.height + 8 : 0
                width: parent.width - x
                height: parent.height - y
                health: tile.health
                maximum: 100
                unit: qsTr(" %")
                axes: true
                lineWidth: 2
                color: tile.lineColor
                Accessible.name: qsTr("Processor load of %1").arg(tile.host.name)
            }
        }

        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.cardBorder
        }

        GridLayout {
            columns: 2
            columnSpacing: Theme.padding
            rowSpacing: 4

            Text {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                objectName: "memory-" + tile.host.name
                text: qsTr("Memory %1").arg(tile.percent(tile.host.memory))
                font.pixelSize: Theme.small
                color: Theme.muted
                elide: Text.ElideRight
            }

            Text {
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                objectName: "requests-" + tile.host.name
                text: isNaN(tile.host.requests) ? qsTr("– req/s")
                                                : qsTr("%1 req/s").arg(tile.host.requests)
                font.pixelSize: Theme.small
                color: Theme.muted
                elide: Text.ElideRight
            }

            TimeChart {
                id: memoryLine

                health: tile.health
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.preferredHeight: tile.roomy ? 44 : 22
                maximum: 100
                color: Theme.muted
                Accessible.name: qsTr("Memory use of %1").arg(tile.host.name)
            }

            TimeChart {
                id: requestsLine

                health: tile.health
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.preferredHeight: tile.roomy ? 44 : 22
                color: Theme.muted
                Accessible.name: qsTr("Requests of %1").arg(tile.host.name)
            }
        }
    }
}
