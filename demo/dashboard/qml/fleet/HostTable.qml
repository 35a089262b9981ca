// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// The hosts as a table that can be sorted by each column. The rows must not be sorted by the model
// itself: with thousands of changes a second that would be all that the program does.
ColumnLayout {
    id: table

    required property SortFilterModel rows
    property int total: 0 // with those that the filter hides
    property string emptyText: ""

    // The selected host, whatever row it is in. Empty: none.
    property string selected: ""
    readonly property alias count: list.count

    readonly property bool compact: width < 520
    readonly property int sortInterval: 250 // ms
    readonly property var columns: {
        const all = [
            { role: "name", title: qsTr("Name"), weight: 3, from: 0 },
            { role: "state", title: qsTr("State"), weight: 2, from: 0 },
            { role: "region", title: qsTr("Region"), weight: 2, from: 640 },
            { role: "role", title: qsTr("Role"), weight: 2, from: 820 },
            { role: "version", title: qsTr("Version"), weight: 2, from: 900 },
            { role: "metrics.cpu", title: qsTr("CPU"), weight: 2, from: 0, unit: "%" },
            { role: "metrics.memory", title: qsTr("Memory"), weight: 2, from: 0, unit: "%" },
            { role: "metrics.requests", title: qsTr("Requests"), weight: 2, from: 720, unit: "/s" },
            { role: "uptime", title: qsTr("Uptime"), weight: 2, from: 560, unit: "s" }
        ];
        const shown = all.filter(column => width >= column.from);
        const weights = shown.reduce((sum, column) => sum + column.weight, 0);
        for (const column of shown)
            column.width = Math.floor((width - 28) * (compact ? 1 / shown.length
                                                          : column.weight / weights));
        return shown;
    }

    function sortBy(role) {
        if (rows.sortRoleName === role)
            rows.descending = !rows.descending;
        rows.sortRoleName = role;
    }

    // One unit is precise enough: "3 d", "14 h".
    function duration(seconds) {
        if (seconds >= 2 * 86400)
            return qsTr("%1 d").arg(Math.floor(seconds / 86400));
        if (seconds >= 2 * 3600)
            return qsTr("%1 h").arg(Math.floor(seconds / 3600));
        return seconds >= 120 ? qsTr("%1 min").arg(Math.floor(seconds / 60))
                              : qsTr("%1 s").arg(seconds);
    }

    // What a cell shows: a number with its unit.
    function formatted(value, column) {
        if (value === undefined)
            return "–";
        if (column.role === "uptime")
            return duration(value);
        return column.unit ? value + " " + column.unit : String(value);
    }

    function sort() {
        rows.dynamicSortFilter = true; // sorts the rows once
        rows.dynamicSortFilter = false;
    }

    function select(row) {
        const name = rows.value(row, "name");
        if (name === undefined)
            return;
        selected = name;
        place.row = row;
        list.positionViewAtIndex(row, ListView.Contain);
    }

    function takeFocus() {
        list.forceActiveFocus(Qt.OtherFocusReason);
    }

    spacing: 4
    onSelectedChanged: place.row = selected.length > 0 ? rows.find("name", selected) : -1

    // A row does not leave from under the pointer.
    Timer {
        interval: table.sortInterval
        repeat: true
        running: list.visible && !pointer.hovered
        triggeredOnStart: true
        onTriggered: table.sort()
    }

    // The selected host stays where the reader sees it while rows come, go and are sorted.
    Item {
        id: place

        property int row: -1
        property bool changed: false
        property real listHeight: 0

        function keep() {
            changed = false;
            const newRow = table.selected.length > 0 ? table.rows.find("name", table.selected) : -1;
            const y = list.originY + row * list.rowHeight;
            const isVisible = row >= 0 && y >= list.contentY - list.rowHeight
                            && y < list.contentY + list.height;
            if (newRow >= 0 && newRow !== row && isVisible && !list.moving) {
                const moved = list.contentY + (newRow - row) * list.rowHeight;
                list.contentY = Math.max(list.originY,
                                         Math.min(moved, list.originY + list.contentHeight
                                                         - list.height));
            }
            row = newRow;
        }

        // The details take the lower part of a small window.
        function keepInSight() {
            const y = list.originY + row * list.rowHeight;
            if (list.height < listHeight && row >= 0 && y >= list.contentY
                && y + list.rowHeight <= list.contentY + listHeight)
                list.positionViewAtIndex(row, ListView.Contain);
            listHeight = list.height;
        }

        visible: false

        Connections {
            target: table.rows

            function onLayoutChanged() { place.changed = true; }
            function onRowsInserted() { place.changed = true; }
            function onRowsRemoved() { place.changed = true; }
            function onRowsMoved() { place.changed = true; }
            function onModelReset() { place.changed = true; }
        }

        // Once for each frame, however many rows have changed.
        Connections {
            target: list.Window.window
            enabled: place.changed && list.visible

            function onAfterAnimating() { place.keep(); }
        }
    }

    Row {
        Layout.fillWidth: true
        Layout.preferredHeight: 30
        leftPadding: 8

        Repeater {
            model: table.columns

            Button {
                id: head

                required property var modelData

                readonly property bool sorted: table.rows.sortRoleName === modelData.role

                objectName: "sort-" + modelData.role
                width: modelData.width
                height: 30
                padding: 0
                leftPadding: 0
                rightPadding: table.compact ? 2 : 12
                focusPolicy: Qt.StrongFocus
                text: modelData.title + (sorted ? table.rows.descending ? " ↓" : " ↑" : "")
                Accessible.name: modelData.title
                Accessible.description: !sorted ? qsTr("Sorts by this column")
                                        : table.rows.descending ? qsTr("Sorted, the largest first")
                                                                : qsTr("Sorted, the smallest first")
                Keys.onReturnPressed: clicked()
                onClicked: table.sortBy(modelData.role)

                contentItem: Text {
                    text: head.text
                    verticalAlignment: Text.AlignVCenter
                    horizontalAlignment: head.modelData.unit && !table.compact ? Text.AlignRight : Text.AlignLeft
                    elide: Text.ElideRight
                    font.pixelSize: Theme.small
                    font.bold: head.sorted
                    color: head.sorted || head.hovered ? Theme.text : Theme.muted
                }

                background: Rectangle {
                    radius: 4
                    color: "transparent"
                    border.width: head.visualFocus ? 2 : 0
                    border.color: Theme.accent
                }
            }
        }
    }

    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true

        ListView {
            id: list

            readonly property real rowHeight: table.compact ? 44 : 30

            objectName: "hosts"
            width: parent.width
            height: Math.floor(parent.height / rowHeight) * rowHeight // no row is cut
            clip: true
            activeFocusOnTab: true
            keyNavigationEnabled: false
            boundsBehavior: Flickable.StopAtBounds
            reuseItems: true
            onHeightChanged: place.keepInSight()
            cacheBuffer: 0 // rows that are being made when the model is cleared cause a warning of Qt
            currentIndex: -1
            ScrollBar.vertical: ScrollBar { }
            model: table.rows
            delegate: HostRow {
                objectName: "host-" + name
                width: ListView.view.width - 12
                columns: table.columns
                format: table.formatted
                compact: table.compact
                current: name.length > 0 && name === table.selected
                onChosen: {
                    table.select(index);
                    table.takeFocus();
                }
            }
            HoverHandler { id: pointer }

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Hosts")

            Keys.onPressed: event => {
                const page = Math.max(1, Math.floor(height / rowHeight) - 1);
                const steps = {
                    [Qt.Key_Up]: -1,
                    [Qt.Key_Down]: 1,
                    [Qt.Key_PageUp]: -page,
                    [Qt.Key_PageDown]: page,
                    [Qt.Key_Home]: -count,
                    [Qt.Key_End]: count
                };
                const step = steps[event.key];
                if (step !== undefined) {
                    const row = place.row < 0 ? 0 : place.row + step;
                    table.select(Math.max(0, Math.min(count - 1, row)));
                } else if (event.key === Qt.Key_Escape) {
                    table.selected = "";
                } else {
                    return;
                }
                event.accepted = true;
            }

            Text {
                objectName: "noHosts"
                anchors.centerIn: parent
                width: Math.min(implicitWidth, list.width - 20)
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                visible: list.count === 0
                text: table.total > 0 ? qsTr("No host matches the filter") : table.emptyText
                font.pixelSize: Theme.body
                color: Theme.muted
            }

            Rectangle {
                // Shows the keyboard focus.
                parent: list
                anchors.fill: parent
                visible: list.activeFocus
                color: "transparent"
                radius: 4
                border.width: 2
                border.color: Theme.accent
            }
        }
    }

    Text {
        objectName: "sorting"
        visible: !table.compact
        Layout.fillWidth: true
        Layout.leftMargin: 8
        text: pointer.hovered ? qsTr("Sorting waits while the pointer is over the rows")
                              : qsTr("Sorted four times a second")
        elide: Text.ElideRight
        font.pixelSize: Theme.small
        color: Theme.muted
    }
}
