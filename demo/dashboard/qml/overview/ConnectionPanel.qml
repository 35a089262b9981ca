// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// The connection as text and numbers.
Card {
    id: panel

    required property StreamState stream
    property string actionText: ""

    signal action

    readonly property bool narrow: width < 800

    implicitHeight: grid.implicitHeight + 2 * Theme.gap

    GridLayout {
        id: grid

        anchors.fill: parent
        anchors.margins: Theme.gap
        columns: panel.narrow ? 1 : 2
        columnSpacing: 20
        rowSpacing: 12

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 10
            Layout.fillHeight: true
            spacing: 10

            MessageStrip {
                Layout.fillWidth: true
                // Space for the longest usual message, so that the page below does not move.
                Layout.minimumHeight: panel.width < 560 ? 96 : 76
                Layout.fillHeight: true
                objectName: "strip"
                level: panel.stream.level
                headline: panel.stream.headline
                explanation: panel.stream.explanation
                actionText: panel.actionText
                onAction: panel.action()
            }

            HistoryStrip {
                Layout.fillWidth: true
                objectName: "history"
                health: panel.stream.health
            }
        }

        GridLayout {
            id: facts

            readonly property var entries: [
                { name: "url", label: qsTr("URL"), value: String(panel.stream.url) },
                {
                    name: "lastEventId", label: qsTr("Last event id"),
                    value: panel.stream.lastEventId.length > 0 ? panel.stream.lastEventId : "–"
                },
                { name: "rate", label: qsTr("Events/s"), value: String(panel.stream.eventsPerSecond) },
                {
                    name: "received", label: qsTr("Received"),
                    // With the ids, so that the number agrees with the last one.
                    value: panel.stream.lastNumber > 0
                           ? qsTr("%1 (ids %2–%3)").arg(panel.stream.received)
                                 .arg(panel.stream.firstNumber).arg(panel.stream.lastNumber)
                           : String(panel.stream.received)
                },
                {
                    name: "unreadable", label: qsTr("Unreadable"),
                    value: String(panel.stream.unreadable)
                },
                {
                    name: "retryIn", label: qsTr("Next attempt"),
                    value: panel.stream.listener.retryIn >= 0
                           ? qsTr("in %1 s").arg(Math.ceil(panel.stream.listener.retryIn / 1000))
                           : "–"
                },
                {
                    name: "lost", label: qsTr("Lost, repeated"),
                    // Of another server's numbers we do not know what a gap means.
                    value: panel.stream.numbered
                           ? Theme.filled("%1, %2", panel.stream.lost, panel.stream.repeated) : "–"
                },
                {
                    name: "reconnects", label: qsTr("Reconnects"),
                    value: String(panel.stream.health.reconnects)
                },
                {
                    name: "failures", label: qsTr("Failures"),
                    value: String(panel.stream.health.failures)
                }
            ]

            Layout.fillWidth: panel.narrow
            Layout.preferredWidth: panel.narrow ? -1 : 420
            columns: 3
            columnSpacing: panel.narrow ? 8 : 16
            rowSpacing: 8

            Repeater {
                model: facts.entries.length

                ColumnLayout {
                    id: fact

                    required property int index

                    readonly property var entry: facts.entries[index]

                    // In a narrow window the first column has what the names of the others leave.
                    Layout.fillWidth: !panel.narrow || index % 3 === 0
                    Layout.preferredWidth: index % 3 === 0 ? 210
                                           : panel.narrow ? Math.ceil(Math.max(label.implicitWidth,
                                                                               panel.width * 0.2))
                                           : 80
                    spacing: 1

                    Text {
                        id: label

                        Layout.fillWidth: true
                        text: fact.entry.label
                        elide: Text.ElideRight
                        font.pixelSize: Theme.small
                        color: Theme.muted
                    }

                    Text {
                        Layout.fillWidth: true
                        objectName: "fact-" + fact.entry.name
                        text: fact.entry.value
                        textFormat: Text.PlainText
                        font.pixelSize: Theme.body
                        color: Theme.text
                        // The end of an id is what changes.
                        elide: ["url", "lastEventId"].includes(fact.entry.name) ? Text.ElideMiddle
                                                                                : Text.ElideRight
                        Accessible.role: Accessible.StaticText
                        Accessible.name: fact.entry.label + ": " + fact.entry.value
                    }
                }
            }
        }
    }
}
