// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

pragma ComponentBehavior: Bound

import EventSource
import QtQuick
import QtQuick.Templates as T
import "jsontext.mjs" as JsonText

/*!
    \qmltype EventLogView
    \inqmlmodule EventSource.Controls
    \inherits ListView
    \since EventSource 0.1
    \brief Shows the recent events of a listener.

    \qml
    EventLogView { listener: builds; eventTypes: ["deployment", "alert"] }
    \endqml

    The newest event is the first row. Events that could not be decoded are rows, too.

    Memory is bounded by maximumCount and maximumTextLength. Rows change once for each slice of the
    stream and are drawn once for each frame.

    The view follows the stream while the newest event is visible and no row is selected. Otherwise the
    visible rows stay where they are, and a button shows the number of new events; it follows again.
    When the visible rows have left the list, the oldest ones are shown.
    While a mouse button or a finger is down, or the view moves by wheel or flick, the rows stay; what
    has come meanwhile is added afterwards.

    A selected event stays the current one when newer events have pushed it out of the list. Its row
    stays visible when the view becomes shorter.

    Keys: Up, Down, Page Up, Page Down, Home, End, Return for activated(), and Escape for follow().

    \sa EventSourceModel, ConnectionBadge
*/
ListView {
    id: control

    /*!
        \qmlproperty EventSourceListener EventLogView::listener
        The listener whose events are shown; null by default.
    */
    property alias listener: log.listener

    /*!
        \qmlproperty list<string> EventLogView::eventTypes
        The types that are shown; empty (default) for all. The listener's own eventTypes filter comes
        first.
    */
    property alias eventTypes: log.eventTypes

    /*!
        \qmlproperty int EventLogView::maximumCount
        The largest number of rows, 500 by default; 0 for no limit.
    */
    property alias maximumCount: log.maximumCount
    /*!
        \qmlproperty int EventLogView::maximumTextLength
        The largest number of characters that are kept of each event's data, 4096 by default; 0 for no
        limit.
    */
    property alias maximumTextLength: log.maximumTextLength
    /*! The largest number of characters that are shown of an event's type and id: 256. */
    readonly property int maximumNameLength: 256

    /*!
        While true no rows are added; false by default. The newest maximumCount events are kept and
        shown when it is false again.
    */
    property bool paused: false

    /*! Whether the newest event is the last row, like in a log file; false by default. */
    property bool newestAtBottom: false

    /*! The colour of types and data; that of the palette's text by default. */
    property color textColor: palette.text
    /*! The colour of times; by default textColor with an opacity of 70 %. */
    property color mutedColor: Qt.rgba(textColor.r, textColor.g, textColor.b, 0.7)
    /*! The colour of events that could not be decoded; by default a red that fits the palette. */
    property color problemColor: palette.base.hslLightness < 0.5 ? "#ff828c" : "#bf2438"
    /*! The background of the selected row; by default that of the palette's highlight, translucent. */
    property color selectionColor: Qt.rgba(palette.highlight.r, palette.highlight.g,
                                           palette.highlight.b, 0.22)
    /*! The font of the rows; that of the application by default. */
    property font textFont
    /*! What is shown while there is no row; "No events yet" by default. */
    property string emptyText: qsTr("No events yet")

    /*!
        \qmlproperty var EventLogView::currentEvent
        \readonly
        The selected event as an object with \c type, \c text, \c lastEventId, \c received and
        \c problem, or null.

        \sa currentText, currentEventRemoved
    */
    readonly property alias currentEvent: selection.event

    /*! The selected event's JSON with one line for each member; other text as it is. */
    readonly property string currentText: currentEvent ? JsonText.indented(currentEvent.text) : ""

    /*! Whether the selected event is not in the list any more; \c currentIndex is -1 then. */
    readonly property bool currentEventRemoved: currentEvent !== null && selection.row < 0

    /*!
        \qmlproperty bool EventLogView::following
        \readonly
        Whether the view stays at the newest event.

        \sa follow(), newEventCount
    */
    readonly property alias following: place.following
    /*!
        \qmlproperty int EventLogView::newEventCount
        \readonly
        How many events have come since the view does not stay at the newest one.

        \sa following
    */
    readonly property alias newEventCount: place.newEvents

    /*! The \a row was double-clicked, or Return was pressed. */
    signal activated(int row)

    /*! Removes all rows, also those that are not shown yet. */
    function clear() {
        log.clear();
        follow();
    }

    /*!
        Goes to the newest event without a selection.

        \sa following
    */
    function follow() {
        currentIndex = -1;
        selection.event = null;
        place.following = true;
        place.settle();
    }

    function __shortened(text, length) {
        return text.length > length ? text.slice(0, length) + "…" : text;
    }

    // The first row by keyboard is one that the reader sees.
    function __move(steps) {
        const visible = newestAtBottom ? indexAt(1, contentY + height - 1) : indexAt(1, contentY + 1);
        __moveTo(selection.row >= 0 ? selection.row + steps
                                    : visible >= 0 ? visible : newestAtBottom ? count - 1 : 0);
    }

    function __moveTo(row) {
        if (count > 0)
            currentIndex = Math.max(0, Math.min(count - 1, row));
    }

    clip: true
    activeFocusOnTab: true
    keyNavigationEnabled: false
    boundsBehavior: Flickable.StopAtBounds
    highlightFollowsCurrentItem: false
    reuseItems: true
    currentIndex: -1

    T.ScrollBar.vertical: T.ScrollBar {
        id: scrollBar

        visible: size < 1
        padding: 2
        implicitWidth: 10
        minimumSize: Math.min(1, 24 / Math.max(1, height))

        contentItem: Rectangle {
            radius: width / 2
            color: control.textColor
            opacity: scrollBar.pressed ? 0.6 : scrollBar.hovered ? 0.45 : 0.28
        }
    }

    onCurrentIndexChanged: selection.look()
    onContentYChanged: {
        // What the layout does about new rows is no move of the reader.
        if (!place.settling && (moving || scrollBar.pressed || !place.unsettled))
            place.look();
    }
    onMovementStarted: place.following = false // to position the view would end the movement
    onMovementEnded: place.look()
    onHeightChanged: place.unsettled = true

    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(height / metrics.rowHeight) - 1);
        switch (event.key) {
        case Qt.Key_Up:
            __move(-1);
            break;
        case Qt.Key_Down:
            __move(1);
            break;
        case Qt.Key_PageUp:
            __move(-page);
            break;
        case Qt.Key_PageDown:
            __move(page);
            break;
        case Qt.Key_Home:
            __moveTo(0);
            break;
        case Qt.Key_End:
            __moveTo(count - 1);
            break;
        case Qt.Key_Escape:
            follow();
            break;
        case Qt.Key_Return:
        case Qt.Key_Enter:
            if (selection.row >= 0)
                activated(selection.row);
            break;
        default:
            return;
        }
        event.accepted = true;
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Recent events")
    Accessible.description: paused ? qsTr("Paused") : ""

    model: log

    delegate: Rectangle {
        id: row

        required property int index
        required property string type
        required property string text
        required property date received
        required property string problem

        readonly property string name: control.__shortened(type, control.maximumNameLength)

        width: ListView.view.width
        height: metrics.rowHeight
        radius: 4
        color: ListView.isCurrentItem ? control.selectionColor : "transparent"

        Accessible.role: Accessible.ListItem
        // The server's text may hold place markers, so it is not put together with arg().
        Accessible.name: name + ": " + (problem.length > 0 ? problem + ", " : "") + text
        Accessible.selectable: true
        Accessible.selected: ListView.isCurrentItem
        Accessible.onPressAction: control.currentIndex = index

        TapHandler {
            // The second tap of a double one belongs to the row that the first one has found.
            onTapped: {
                control.currentIndex = row.ListView.isCurrentItem && tapCount < 2 ? -1 : row.index;
                control.forceActiveFocus(Qt.MouseFocusReason);
                if (tapCount === 2)
                    control.activated(row.index);
            }
        }

        Text {
            id: receivedLabel

            x: 8
            anchors.verticalCenter: parent.verticalCenter
            visible: row.width > 420
            text: Qt.formatTime(row.received, "hh:mm:ss.zzz")
            font: control.textFont
            color: control.mutedColor
            Accessible.ignored: true // the row has the text of all three
        }

        Text {
            id: typeLabel

            anchors.verticalCenter: parent.verticalCenter
            x: receivedLabel.visible ? receivedLabel.x + receivedLabel.width + 12 : 8
            width: Math.min(implicitWidth, row.width / 3)
            elide: Text.ElideRight
            text: row.name
            font.family: control.textFont.family
            font.pixelSize: textLabel.font.pixelSize
            font.bold: true
            textFormat: Text.PlainText // text from a server is never markup
            color: row.problem.length > 0 ? control.problemColor : control.textColor
            Accessible.ignored: true
        }

        Text {
            id: textLabel

            anchors.verticalCenter: parent.verticalCenter
            x: typeLabel.x + typeLabel.width + 12
            width: Math.max(0, row.width - x - 14)
            elide: Text.ElideRight
            maximumLineCount: 1
            // One line for each event; white space is collapsed.
            text: (row.problem.length > 0 ? row.problem + " — " : "")
                  + row.text.slice(0, 400).replace(/\s+/g, " ")
            font: control.textFont
            textFormat: Text.PlainText
            color: row.problem.length > 0 ? control.problemColor : control.textColor
            Accessible.ignored: true
        }
    }

    Text {
        parent: control
        anchors.centerIn: parent
        visible: control.count === 0
        text: control.emptyText
        font: control.textFont
        color: control.mutedColor
    }

    T.AbstractButton {
        id: newButton

        objectName: "newEvents"
        parent: control
        x: Math.round((control.width - width) / 2)
        y: control.newestAtBottom ? control.height - height - 8 : 8
        z: 2
        visible: control.newEventCount > 0
        implicitWidth: implicitContentWidth + leftPadding + rightPadding
        implicitHeight: implicitContentHeight + topPadding + bottomPadding
        horizontalPadding: 14
        verticalPadding: 6
        focusPolicy: Qt.StrongFocus
        // More than the list holds are not counted.
        text: control.maximumCount > 0 && control.newEventCount >= control.maximumCount
              ? qsTr("%1+ new events").arg(control.maximumCount)
              : control.newEventCount === 1 ? qsTr("1 new event")
                                            : qsTr("%1 new events", "", control.newEventCount).arg(control.newEventCount)
        Accessible.name: text
        Accessible.description: qsTr("Shows the newest event")

        onClicked: {
            control.forceActiveFocus();
            control.follow();
        }
        Keys.onReturnPressed: newButton.clicked()
        Keys.onEnterPressed: newButton.clicked()

        background: Rectangle {
            radius: height / 2
            color: control.palette.highlight
            border.width: newButton.visualFocus ? 2 : 0
            border.color: control.palette.highlightedText
        }

        contentItem: Text {
            text: (control.newestAtBottom ? "↓ " : "↑ ") + newButton.text
            font: control.textFont
            color: control.palette.highlightedText
        }
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

    EventSourceModel {
        id: log

        maximumCount: 500
        maximumTextLength: 4096
        includeParseErrors: true
        order: control.newestAtBottom ? EventSourceModel.Append : EventSourceModel.Prepend
        // A fast stream may replace all rows within one movement, and the view loses its place then.
        paused: control.paused || press.active || scrollBar.pressed || control.moving
    }

    FontMetrics {
        id: metrics

        readonly property int rowHeight: Math.ceil(height) + 10

        font: control.textFont
        onRowHeightChanged: place.unsettled = true
    }

    PointHandler { id: press }

    // A layout that has rows to add ends the movement of a wheel that has just begun (Qt 6.11).
    WheelHandler {
        target: null
        blocking: false
        acceptedDevices: PointerDevice.AllDevices
        onWheel: {
            if (place.unsettled)
                control.forceLayout();
        }
    }

    // Which event is selected. A view applies changes of its model later, in its layout, and gives
    // the selection to another row when the selected one is removed. So the row is counted here.
    QtObject {
        id: selection

        property int row: -1
        property var event: null
        property bool moving: false

        // Takes the row that the reader or the application has selected.
        function look() {
            if (moving || control.currentIndex === row)
                return;
            const found = control.currentIndex < 0 ? {} : log.get(control.currentIndex);
            if (found.type === undefined) {
                row = -1;
                event = null;
                return;
            }
            row = control.currentIndex;
            event = {
                type: control.__shortened(found.type, control.maximumNameLength),
                text: found.text,
                lastEventId: control.__shortened(found.lastEventId, control.maximumNameLength),
                received: Qt.formatTime(found.received, "hh:mm:ss.zzz"),
                problem: found.problem
            };
            place.following = false;
            control.positionViewAtIndex(row, ListView.Contain);
        }

        // Another row has the event now, or none.
        function moveTo(newRow) {
            moving = true;
            row = newRow;
            control.currentIndex = newRow;
            moving = false;
        }
    }

    // Which rows are visible.
    QtObject {
        id: place

        property bool following: true
        property int newEvents: 0
        property bool unsettled: false // rows or sizes have changed since the last frame
        property bool settling: false
        property real settledHeight: 0 // of the view
        property int held: -1 // the row that stays the first visible one
        property int top: -1 // the first visible row since the last frame, unless the view follows
        property bool lost: false // that row was removed

        function isAtNewest() {
            return control.newestAtBottom
                   ? control.contentY + control.height >= control.originY + control.contentHeight - 1
                   : control.contentY <= control.originY + 1;
        }

        // The reader has moved.
        function look() {
            const isAtNewest = place.isAtNewest();
            following = isAtNewest && selection.row < 0;
            if (isAtNewest)
                newEvents = 0;
        }

        // Before rows change: the view has not heard of these changes when the next ones come.
        function findTop() {
            if (!following && top < 0 && !lost)
                top = control.indexAt(1, control.contentY + 1);
        }

        // Rows that come and go move the origin on and on, and the scene graph has positions of 24
        // bits. A view starts at zero with another model.
        function returnToZero() {
            held = control.indexAt(1, control.contentY + 1);
            const row = selection.row;
            selection.moving = true;
            control.model = null;
            control.model = log;
            selection.moveTo(row);
        }

        // Whether the selected row was visible before the view became shorter, as it does when an
        // application shows the selected event below.
        function hasCoveredSelection() {
            const first = held >= 0 ? held : control.indexAt(1, control.contentY + 1);
            const y = (selection.row - first) * metrics.rowHeight;
            return control.height < settledHeight && !control.moving && selection.row >= first
                   && y + metrics.rowHeight <= settledHeight;
        }

        // Once for each frame, however often the rows have changed.
        function settle() {
            settling = true;
            const isCovered = hasCoveredSelection();
            if (Math.abs(control.originY) > 1000000 && !control.moving)
                returnToZero();
            if (following && control.newestAtBottom)
                control.positionViewAtEnd();
            else if (following)
                control.positionViewAtBeginning();
            else if (held >= 0 && !control.moving)
                control.positionViewAtIndex(Math.min(control.count - 1, held), ListView.Beginning);
            else if (lost && !control.moving) // the view would go to either end
                control.positionViewAtIndex(control.newestAtBottom ? 0 : control.count - 1,
                                            ListView.Contain);
            if (isCovered)
                control.positionViewAtIndex(selection.row, ListView.Contain);
            settledHeight = control.height;
            settling = false;
            unsettled = false;
            held = -1;
            top = -1;
            lost = false;
            if (isAtNewest())
                newEvents = 0;
        }
    }

    Connections {
        target: control.Window.window
        enabled: place.unsettled && control.visible

        function onAfterAnimating() {
            place.settle();
        }
    }

    Connections {
        target: log

        function onRowsAboutToBeRemoved(parent, first, last) {
            if (selection.row >= first && selection.row <= last)
                selection.moveTo(-1);
            place.findTop();
        }

        function onRowsRemoved(parent, first, last) {
            const number = last - first + 1;
            if (selection.row > last)
                selection.row -= number;
            if (place.held > last)
                place.held -= number;
            if (place.top > last) {
                place.top -= number;
            } else if (place.top >= first) {
                place.top = -1;
                place.lost = true;
            }
            place.unsettled = true;
        }

        function onRowsAboutToBeInserted(parent, first) {
            place.findTop();
            // A view keeps its rows in place unless it is at the very top.
            if (!place.following && first === 0 && control.count > 0 && place.held < 0
                    && control.contentY <= control.originY + 1)
                place.held = 0;
        }

        function onRowsInserted(parent, first, last) {
            const number = last - first + 1;
            if (selection.row >= first)
                selection.row += number;
            if (place.held >= first)
                place.held += number;
            if (place.top >= first)
                place.top += number;
            if (!place.following)
                place.newEvents = Math.min(place.newEvents + number,
                                           log.maximumCount > 0 ? log.maximumCount : Infinity);
            place.unsettled = true;
        }

        // The rows are cleared, or their order is the other one.
        function onModelReset() {
            if (log.count === 0)
                selection.moveTo(-1);
            else if (selection.row >= 0)
                selection.moveTo(log.count - 1 - selection.row);
            place.unsettled = true;
        }
    }
}
