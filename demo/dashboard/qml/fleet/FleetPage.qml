// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// A stream as a live table: a snapshot, then changes and removals by key.
ShellPage {
    id: page

    readonly property bool wide: width >= 860
    readonly property var stateNames: ["ok", "warning", "critical", "down"]
    property var counts: ({}) // by state
    property bool fast: false // 5,000 updates a second instead of 50

    function countStates() {
        const result = {};
        for (let row = 0; row < hosts.count; ++row) {
            const state = all.value(row, "state");
            result[state] = (result[state] ?? 0) + 1;
        }
        counts = result;
    }

    stream: state
    faultPath: "/hosts"

    StreamState {
        id: state

        numbered: page.server !== null
        listener.format: EventSourceListener.Json
        url: !page.server ? page.streamUrl
             : page.server.address("/hosts") + "?rate=" + (page.fast ? 5000 : 50)
        lazy: page.lazy
    }

    EventSourceModel {
        id: hosts

        listener: state.listener
        eventTypes: ["host"]
        keyField: "name"
        resetTypes: ["snapshot"]
        removeTypes: ["removed"]
        maximumCount: 10000
        roles: ["name", "state", "region", "role", "version", "uptime", "metrics.cpu",
                "metrics.memory", "metrics.requests"]
    }

    SortFilterModel {
        id: all

        sourceModel: hosts
    }

    SortFilterModel {
        id: ofState

        sourceModel: all
        filterRoleName: "state"
    }

    SortFilterModel {
        id: shown

        sourceModel: ofState
        filterRoleName: "name"
        filterText: search.text.trim()
        sortRoleName: "name"
        dynamicSortFilter: false // the table sorts
    }

    Timer {
        interval: 500
        repeat: true
        running: page.visible
        triggeredOnStart: true
        onTriggered: page.countStates()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.gap

        Flow {
            Layout.fillWidth: true
            spacing: 8

            TextField {
                id: search

                objectName: "search"
                width: Math.min(220, page.width)
                selectByMouse: true
                placeholderText: qsTr("Part of a name")
                placeholderTextColor: Theme.muted
                color: Theme.text
                font.pixelSize: Theme.body
                Accessible.name: placeholderText
                Keys.onDownPressed: table.takeFocus()
                Keys.onEscapePressed: clear()

                background: Rectangle {
                    implicitHeight: 34
                    radius: 7
                    color: Theme.card
                    border.width: search.activeFocus ? 2 : 1
                    border.color: search.activeFocus ? Theme.accent : Theme.raisedBorder
                }

                Shortcut {
                    sequence: "Ctrl+F"
                    enabled: page.visible
                    onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
                }
            }

            Repeater {
                model: page.stateNames

                ActionButton {
                    required property string modelData

                    objectName: "state-" + modelData
                    primary: ofState.filterText === modelData
                    leftPadding: 10
                    rightPadding: 10
                    text: modelData + " " + (page.counts[modelData] ?? 0)
                    hint: primary ? qsTr("Shows all states") : qsTr("Shows this state only")
                    Accessible.checkable: true
                    Accessible.checked: primary
                    onClicked: ofState.filterText = primary ? "" : modelData
                }
            }

            ActionButton {
                objectName: "fast"
                visible: page.server !== null
                primary: page.fast
                leftPadding: 10
                rightPadding: 10
                text: qsTr("5,000/s")
                hint: page.fast
                      ? qsTr("Asks for 50 updates a second again, for all clients of the server")
                      : qsTr("Asks for 5,000 updates a second, for all clients of the server")
                Accessible.checkable: true
                Accessible.checked: primary
                onClicked: page.fast = !page.fast
            }

            Text {
                objectName: "hostCount"
                height: page.wide ? 34 : 18
                verticalAlignment: Text.AlignVCenter
                text: Theme.filled(qsTr("%1 of %2 hosts · %3 events/s"), table.count, hosts.count,
                                   state.eventsPerSecond)
                font.pixelSize: Theme.small
                color: Theme.muted
            }
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: page.wide ? 2 : 1
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap

            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true

                HostTable {
                    id: table

                    anchors.fill: parent
                    anchors.margins: 8
                    rows: shown
                    total: hosts.count
                    emptyText: page.server ? qsTr("No hosts yet")
                                           : qsTr("No hosts yet. A host is an event of the type “host” whose "
                                                  + "data has a “name”.")
                }
            }

            HostDetails {
                Layout.fillWidth: !page.wide
                Layout.fillHeight: page.wide
                Layout.preferredWidth: page.wide ? 300 : -1
                Layout.preferredHeight: page.wide ? -1 : implicitHeight
                visible: page.wide || name.length > 0
                hosts: hosts
                rows: all
                duration: table.duration
                compact: !page.wide
                name: table.selected
                onClosed: table.selected = ""
            }
        }
    }
}
