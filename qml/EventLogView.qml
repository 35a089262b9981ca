// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

pragma ComponentBehavior: Bound

import EventSource
import QtQuick

// The recent events of a listener, the newest first, including events that could not be decoded:
//
//     EventLogView { listener: builds; eventTypes: ["deployment", "alert"] }
//
// A fast stream is shown in batches: rows are inserted at most 20 times a second, and memory is
// bounded by maximumCount and maximumTextLength. The view follows the stream while it is at the top
// and no row is selected; otherwise the visible rows stay where they are. Keys: Up, Down, Page Up,
// Page Down, Home, End, Return for activated(), and Escape to clear the selection and follow again.
ListView {
    id: control

    property EventSourceListener listener

    // The types that are shown (empty: all). The listener's own eventTypes filter comes first.
    property var eventTypes: []

    // The largest number of rows, of characters of each event's data, and of its type and its id.
    property int maximumCount: 500
    property int maximumTextLength: 4096
    readonly property int maximumNameLength: 256

    // While true no rows are added. The newest maximumCount events are kept and shown when it is
    // false again.
    property bool paused: false

    property color textColor: palette.text
    property color mutedColor: Qt.rgba(textColor.r, textColor.g, textColor.b, 0.7)
    property color problemColor: "#d03a4a"
    property color selectionColor: Qt.rgba(palette.highlight.r, palette.highlight.g,
                                           palette.highlight.b, 0.22)
    property font textFont
    property string emptyText: qsTr("No events yet")

    // The selected row as an object with type, text, lastEventId, received and problem, or null.
    readonly property var currentEvent: currentIndex >= 0 && currentIndex < count
                                        ? log.get(currentIndex) : null

    // The row was double-clicked, or Return was pressed.
    signal activated(int row)

    function clear() {
        pending.events = [];
        log.clear();
    }

    function __shortened(text, length) {
        return text.length > length ? text.slice(0, length) + "…" : text;
    }

    function __add(event, problem) {
        if (eventTypes.length > 0 && eventTypes.indexOf(event.type) < 0)
            return;
        pending.events.push({
            type: __shortened(event.type, maximumNameLength),
            text: __shortened(event.text, maximumTextLength),
            lastEventId: __shortened(event.lastEventId, maximumNameLength),
            received: Qt.formatTime(new Date(), "hh:mm:ss.zzz"),
            problem: problem
        });
        // Many events are removed at once, so that a flood needs constant time per event.
        if (pending.events.length > 2 * maximumCount)
            pending.events = pending.events.slice(-maximumCount);
        if (!paused)
            pending.start();
    }

    function __move(row) {
        if (count > 0)
            currentIndex = Math.max(0, Math.min(count - 1, row));
    }

    clip: true
    activeFocusOnTab: true
    keyNavigationEnabled: true
    boundsBehavior: Flickable.StopAtBounds
    currentIndex: -1
    highlightMoveDuration: 0
    highlightResizeDuration: 0

    onPausedChanged: if (!paused) pending.start()

    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(height / (currentItem ? currentItem.height : 24)) - 1);
        switch (event.key) {
        case Qt.Key_Home:
            __move(0);
            break;
        case Qt.Key_End:
            __move(count - 1);
            break;
        case Qt.Key_PageUp:
            __move(currentIndex - page);
            break;
        case Qt.Key_PageDown:
            __move(currentIndex + page);
            break;
        case Qt.Key_Escape:
            currentIndex = -1;
            positionViewAtBeginning();
            break;
        case Qt.Key_Return:
        case Qt.Key_Enter:
            if (currentIndex >= 0)
                activated(currentIndex);
            break;
        default:
            return;
        }
        event.accepted = true;
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Recent events")

    model: ListModel { id: log }

    delegate: Rectangle {
        id: row

        required property int index
        required property string type
        required property string text
        required property string lastEventId
        required property string received
        required property string problem

        width: ListView.view.width
        height: Math.ceil(Math.max(typeLabel.implicitHeight, textLabel.implicitHeight)) + 10
        radius: 4
        color: ListView.isCurrentItem ? control.selectionColor : "transparent"

        Accessible.role: Accessible.ListItem
        // The server's text may hold place markers, so it is not put together with arg().
        Accessible.name: type + ": " + (problem.length > 0 ? problem + ", " : "") + text
        Accessible.selected: ListView.isCurrentItem

        TapHandler {
            onTapped: {
                control.currentIndex = row.ListView.isCurrentItem ? -1 : row.index;
                control.forceActiveFocus(Qt.MouseFocusReason);
            }
            onDoubleTapped: control.activated(row.index)
        }

        Text {
            id: receivedLabel

            x: 8
            anchors.verticalCenter: parent.verticalCenter
            visible: row.width > 420
            text: row.received
            font: control.textFont
            color: control.mutedColor
        }

        Text {
            id: typeLabel

            anchors.verticalCenter: parent.verticalCenter
            x: receivedLabel.visible ? receivedLabel.x + receivedLabel.width + 12 : 8
            width: Math.min(implicitWidth, row.width / 3)
            elide: Text.ElideRight
            text: row.type
            font.family: control.textFont.family
            font.pixelSize: textLabel.font.pixelSize
            font.bold: true
            textFormat: Text.PlainText // text from a server is never markup
            color: row.problem.length > 0 ? control.problemColor : control.textColor
        }

        Text {
            id: textLabel

            anchors.verticalCenter: parent.verticalCenter
            x: typeLabel.x + typeLabel.width + 12
            width: Math.max(0, row.width - x - 8)
            elide: Text.ElideRight
            maximumLineCount: 1
            // One line for each event; white space is collapsed.
            text: (row.problem.length > 0 ? row.problem + " — " : "")
                  + row.text.slice(0, 400).replace(/\s+/g, " ")
            font: control.textFont
            textFormat: Text.PlainText
            color: row.problem.length > 0 ? control.problemColor : control.textColor
        }
    }

    Text {
        anchors.centerIn: parent
        visible: control.count === 0
        text: control.emptyText
        font: control.textFont
        color: control.mutedColor
    }

    Rectangle {
        // Shows the keyboard focus.
        parent: control
        anchors.fill: parent
        visible: control.activeFocus
        color: "transparent"
        radius: 4
        border.width: 2
        border.color: control.palette.highlight
    }

    Timer {
        id: pending

        property var events: []

        interval: 50
        onTriggered: {
            if (control.paused || events.length === 0)
                return;
            const rows = events.slice(-Math.max(1, control.maximumCount)).reverse();
            events = [];
            const following = control.atYBeginning && control.currentIndex < 0;
            const top = control.indexAt(1, control.contentY + 1);
            const topItem = control.itemAtIndex(top);
            const offset = topItem ? control.contentY - topItem.y : 0;
            const surplus = Math.min(log.count, log.count + rows.length - control.maximumCount);
            if (surplus > 0)
                log.remove(log.count - surplus, surplus);
            log.insert(0, rows);
            if (following || top < 0) {
                control.positionViewAtBeginning();
            } else {
                // The visible rows stay where they are, also at the top.
                control.positionViewAtIndex(Math.min(log.count - 1, top + rows.length),
                                            ListView.Beginning);
                control.contentY += offset;
            }
        }
    }

    Connections {
        target: control.listener

        function onMessage(event) {
            control.__add(event, "");
        }

        function onParseError(event, message) {
            control.__add(event, message);
        }
    }
}
