// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick
import QtQuick.Controls.Basic

// The lines of a log, the newest at the bottom. The view follows them until the reader scrolls up or
// selects a line; a button shows how many have come since, and follows again.
//
// Keys: Up, Down, Page Up, Page Down, Home, End, each with Shift to select several lines; Ctrl+A,
// Ctrl+C; Return for opened(), Escape for follow().
ListView {
    id: view

    required property LogLines lines
    property bool paused: false

    readonly property alias rowHeight: metrics.rowHeight
    readonly property alias following: place.following
    readonly property alias newCount: place.newCount
    readonly property bool busy: moving || press.active || scrollBar.pressed

    // The selected line as an object, or null. It stays when the line has left the list.
    readonly property alias current: selection.line
    readonly property alias currentGone: selection.gone
    readonly property int selectedCount: selection.count

    signal opened
    signal copied(int number)

    function follow() {
        selection.clear();
        place.following = true;
        place.settle();
    }

    function copySelection() {
        if (selection.count === 0)
            return;
        lines.copy(selection.firstRow, selection.lastRow);
        copied(selection.count);
    }

    // From the selected line, or from the middle of what the reader sees.
    function goToHit(forward) {
        const seen = indexAt(1, contentY + height / 2);
        const row = lines.nextHit(selection.row >= 0 ? selection.row : Math.max(0, seen), forward);
        if (row >= 0)
            selection.set(row, false);
    }

    clip: true
    activeFocusOnTab: true
    keyNavigationEnabled: false
    boundsBehavior: Flickable.StopAtBounds
    highlightFollowsCurrentItem: false
    reuseItems: true
    cacheBuffer: 0 // a fast stream would fill it in vain
    currentIndex: -1
    model: lines

    ScrollBar.vertical: ScrollBar {
        id: scrollBar

        policy: size < 1 ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
        minimumSize: Math.min(1, 32 / Math.max(1, view.height))
    }

    onContentYChanged: {
        // What the layout does about new rows is no move of the reader.
        if (!place.settling && (moving || scrollBar.pressed || !place.unsettled))
            place.look();
    }
    onMovementStarted: place.following = false
    onMovementEnded: place.look()
    onHeightChanged: place.unsettled = true

    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(height / metrics.rowHeight) - 1);
        const more = (event.modifiers & Qt.ShiftModifier) !== 0;
        if (event.matches(StandardKey.Copy)) {
            copySelection();
        } else if (event.matches(StandardKey.SelectAll)) {
            selection.selectAll();
        } else {
            switch (event.key) {
            case Qt.Key_Up:
                selection.move(-1, more);
                break;
            case Qt.Key_Down:
                selection.move(1, more);
                break;
            case Qt.Key_PageUp:
                selection.move(-page, more);
                break;
            case Qt.Key_PageDown:
                selection.move(page, more);
                break;
            case Qt.Key_Home:
                selection.set(0, more);
                break;
            case Qt.Key_End:
                selection.set(count - 1, more);
                break;
            case Qt.Key_Escape:
                follow();
                break;
            case Qt.Key_Return:
            case Qt.Key_Enter:
                if (current)
                    opened();
                break;
            default:
                return;
            }
        }
        event.accepted = true;
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Log")
    Accessible.description: paused ? qsTr("Paused") : ""

    delegate: Rectangle {
        id: row

        required property int index
        required property double key
        required property string number
        required property string type
        required property string text
        required property string job
        required property date time
        required property string problem

        readonly property bool bad: type === "error" || problem.length > 0
        readonly property bool selected: key >= selection.firstKey && key <= selection.lastKey
        readonly property color ink: bad ? Theme.bad
                                     : type === "warning" ? Theme.warning
                                     : type === "step" ? Theme.accent : Theme.text
        readonly property bool roomy: width >= 700

        objectName: "row-" + index
        width: ListView.view.width
        height: metrics.rowHeight
        color: selected ? Qt.rgba(Theme.accent.r, Theme.accent.g, Theme.accent.b, 0.22)
                        : "transparent"

        Accessible.role: Accessible.ListItem
        Accessible.name: number + ", " + (problem || type) + ": " + text
        Accessible.selectable: true
        Accessible.selected: selected
        Accessible.onPressAction: selection.set(index, false)

        TapHandler {
            id: tap

            onTapped: {
                const more = (tap.point.modifiers & Qt.ShiftModifier) !== 0;
                if (!more && row.key === selection.key && tapCount === 1)
                    selection.clear();
                else
                    selection.set(row.index, more);
                view.forceActiveFocus(Qt.MouseFocusReason);
            }
        }

        Text {
            id: numberLabel

            objectName: "number"
            x: 4
            width: metrics.charWidth * 7
            height: parent.height
            horizontalAlignment: Text.AlignRight
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideLeft
            text: row.number
            textFormat: Text.PlainText
            font: metrics.font
            color: Theme.muted
            Accessible.ignored: true // the row has all texts
        }

        Text {
            id: timeLabel

            x: numberLabel.x + numberLabel.width + metrics.charWidth
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            visible: row.width >= 520
            text: visible ? Qt.formatTime(row.time, "hh:mm:ss.zzz") : ""
            font: metrics.font
            color: Theme.muted
            Accessible.ignored: true
        }

        // The level as a word, or as its first letter. A colour alone would not do.
        Text {
            id: levelLabel

            objectName: "level"
            x: timeLabel.visible ? timeLabel.x + metrics.charWidth * 13
                                 : numberLabel.x + numberLabel.width + metrics.charWidth
            width: metrics.charWidth * (row.roomy ? 8 : 2)
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            text: (row.roomy ? row.type.slice(0, 30) : row.type.slice(0, 1)).toUpperCase()
            textFormat: Text.PlainText
            font.family: metrics.font.family
            font.pixelSize: metrics.font.pixelSize
            font.bold: row.type !== "line"
            color: row.type === "line" && !row.bad ? Theme.muted : row.ink
            Accessible.ignored: true
        }

        Text {
            id: jobLabel

            x: levelLabel.x + levelLabel.width
            width: visible ? metrics.charWidth * 19 : 0
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            visible: row.width >= 900
            text: visible ? row.job : ""
            textFormat: Text.PlainText
            font: metrics.font
            color: Theme.muted
            Accessible.ignored: true
        }

        Text {
            objectName: "text"
            x: jobLabel.x + jobLabel.width
            width: Math.max(0, row.width - x - 14)
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
            maximumLineCount: 1
            wrapMode: Text.NoWrap
            textFormat: view.lines.searchText.length > 0 ? Text.StyledText : Text.PlainText
            // Depends on the search text.
            text: view.lines.searchText.length >= 0
                  ? view.lines.marked(row.text, Math.floor(width / metrics.charWidth)) : ""
            font: metrics.font
            color: row.ink
            Accessible.ignored: true
        }
    }

    Text {
        parent: view
        anchors.centerIn: parent
        width: Math.min(implicitWidth, view.width - 20)
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        visible: view.count === 0 && !view.lines.searching
        text: view.lines.totalCount > 0 ? qsTr("No line matches the filter") : qsTr("No lines yet")
        font.pixelSize: Theme.body
        color: Theme.muted
    }

    ActionButton {
        objectName: "newLines"
        parent: view
        x: Math.round((view.width - width) / 2)
        y: view.height - height - 10
        z: 2
        visible: view.newCount > 0
        primary: true
        text: "↓ " + (view.newCount === 1 ? qsTr("1 new line")
                                          : qsTr("%1 new lines", "", view.newCount).arg(view.newCount))
        hint: qsTr("Goes to the newest line")
        onClicked: {
            view.follow();
            view.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    Rectangle {
        // Shows the keyboard focus.
        parent: view
        anchors.fill: parent
        visible: view.activeFocus
        color: "transparent"
        radius: 4
        border.width: 2
        border.color: Theme.accent
    }

    PointHandler { id: press }

    FontMetrics {
        id: metrics

        readonly property int rowHeight: Math.ceil(height) + 6
        readonly property real charWidth: advanceWidth("0")

        font.family: view.lines.fixedFontFamily
        font.pixelSize: Theme.small
    }

    // Lines are selected by their keys, because rows move when older lines leave.
    QtObject {
        id: selection

        property double key: -1 // the current line
        property double anchor: -1 // where the selection has begun
        property int revision: 0 // of the rows
        property var line: null

        readonly property double firstKey: key < 0 ? 0 : Math.min(key, anchor)
        readonly property double lastKey: key < 0 ? -1 : Math.max(key, anchor)
        readonly property bool gone: revision >= 0 && key >= 0 && !view.lines.contains(key)
        readonly property int row: revision >= 0 && key >= 0 && !gone ? view.lines.rowFor(key) : -1
        readonly property int firstRow: revision >= 0 ? view.lines.rowFor(firstKey) : 0
        readonly property int lastRow: revision >= 0 ? view.lines.rowFor(lastKey + 1) - 1 : -1
        readonly property int count: key < 0 ? 0 : lastRow - firstRow + 1

        function set(newRow, more) {
            if (view.count === 0)
                return;
            const wanted = Math.max(0, Math.min(view.count - 1, newRow));
            key = view.lines.keyAt(wanted);
            if (!more || anchor < 0)
                anchor = key;
            line = view.lines.get(wanted);
            place.following = false;
            view.positionViewAtIndex(wanted, ListView.Contain);
        }

        // The first line by keyboard is one that the reader sees.
        function move(steps, more) {
            const seen = view.indexAt(1, view.contentY + view.height - metrics.rowHeight / 2);
            set(row >= 0 ? row + steps : seen >= 0 ? seen : view.count - 1, more);
        }

        function selectAll() {
            set(view.count - 1, false);
            anchor = view.lines.keyAt(0);
        }

        function clear() {
            key = -1;
            anchor = -1;
            line = null;
        }
    }

    // Which rows are visible.
    QtObject {
        id: place

        property bool following: true
        property int newCount: 0
        property bool unsettled: false // rows or sizes have changed since the last frame
        property bool settling: false
        property real settledHeight: 0 // of the view
        property double keptKey: -1 // of the line that keeps its place: the selected one, or the first
        property real keptOffset: 0 // where it is

        function isAtEnd() {
            return view.contentY + view.height >= view.originY + view.contentHeight - 1;
        }

        // The reader has moved.
        function look() {
            const atEnd = isAtEnd();
            following = atEnd && selection.key < 0;
            if (atEnd)
                newCount = 0;
        }

        function rememberPlace() {
            if (keptKey >= 0 || following)
                return;
            const offset = offsetOfSelected(view.height);
            keptKey = offset >= 0 ? selection.key
                                  : view.lines.keyAt(view.indexAt(1, view.contentY + 1));
            keptOffset = Math.max(0, offset);
        }

        // Below the upper edge, or -1 if it is not visible in a view of this height.
        function offsetOfSelected(height) {
            const offset = (selection.row - view.indexAt(1, view.contentY + 1)) * metrics.rowHeight;
            return selection.row >= 0 && offset >= 0 && offset + metrics.rowHeight <= height
                   ? offset : -1;
        }

        // Once for each frame, however often the rows have changed.
        function settle() {
            settling = true;
            // Rows that come and go move the origin on and on, and the scene graph has positions of
            // 24 bits. A view starts at zero with another model.
            if (Math.abs(view.originY) > 1000000 && !view.moving) {
                rememberPlace();
                view.model = null;
                view.model = view.lines;
            }
            if (following)
                view.positionViewAtEnd();
            else if (keptKey >= 0 && !view.moving && view.count > 0) {
                view.positionViewAtIndex(Math.min(view.lines.rowFor(keptKey), view.count - 1),
                                         ListView.Beginning);
                view.contentY -= keptOffset;
                view.returnToBounds();
            } else if (view.height < settledHeight && offsetOfSelected(settledHeight) >= 0) {
                view.positionViewAtIndex(selection.row, ListView.Contain);
            }
            settledHeight = view.height;
            settling = false;
            unsettled = false;
            keptKey = -1;
            ++selection.revision;
            if (isAtEnd())
                newCount = 0;
        }
    }

    Connections {
        target: view.Window.window
        enabled: place.unsettled && view.visible

        function onAfterAnimating() {
            place.settle();
        }
    }

    Connections {
        target: view.lines

        function onRowsInserted(parent, first, last) {
            if (!place.following)
                place.newCount += last - first + 1;
            place.unsettled = true;
        }

        function onRowsRemoved() {
            place.unsettled = true;
        }

        function onModelAboutToBeReset() {
            place.rememberPlace();
        }

        function onModelReset() {
            if (view.lines.shownCount === 0)
                place.newCount = 0;
            place.unsettled = true;
        }
    }
}
