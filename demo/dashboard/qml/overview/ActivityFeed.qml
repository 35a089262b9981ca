// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick

// The latest activity as text, the newest first.
ListView {
    id: feed

    property int maximumCount: 200

    function addEntry(level, kind, title, detail, time) {
        if (entries.count >= maximumCount)
            entries.remove(entries.count - 1);
        const following = atYBeginning && currentIndex < 0;
        // Replayed events are older than the entry about the new connection.
        let row = 0;
        while (row < entries.count && entries.get(row).stamp > time)
            ++row;
        entries.insert(row, {
            stamp: time,
            level: level,
            kind: kind,
            title: title,
            detail: detail,
            time: Qt.formatTime(new Date(time), "hh:mm:ss")
        });
        if (following)
            positionViewAtBeginning();
    }

    clip: true
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    currentIndex: -1
    highlightMoveDuration: 0

    Keys.onEscapePressed: {
        currentIndex = -1;
        positionViewAtBeginning();
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Activity")

    model: ListModel { id: entries }

    delegate: Rectangle {
        id: entry

        required property int index
        required property string level
        required property string kind
        required property string title
        required property string detail
        required property string time

        objectName: "activity-" + index
        width: ListView.view.width
        height: words.height + 18
        radius: 6
        // An entry that does not fit is not cut through its letters.
        opacity: y + height <= feed.contentY + feed.height + 1 || height > feed.height ? 1 : 0
        color: ListView.isCurrentItem && feed.activeFocus ? Theme.levelTint("info") : "transparent"

        Accessible.role: Accessible.ListItem
        Accessible.name: Theme.filled(qsTr("%1, %2: %3. %4"), time, kind, title, detail)

        TapHandler {
            onTapped: {
                feed.currentIndex = entry.index;
                feed.forceActiveFocus(Qt.MouseFocusReason);
            }
        }

        Rectangle {
            id: mark

            x: 8
            y: 14
            width: 9
            height: 9
            radius: 4.5
            color: Theme.levelColor(entry.level)
        }

        Column {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: mark.right
            anchors.leftMargin: 10
            anchors.right: parent.right
            anchors.rightMargin: 10
            spacing: 2

            Text {
                objectName: entry.objectName + "-title"
                width: parent.width
                text: entry.title
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.body
                color: Theme.text
            }

            Text {
                width: parent.width
                text: entry.time + " · " + entry.kind
                      + (entry.detail.length > 0 ? " · " + entry.detail : "")
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                maximumLineCount: 3
                elide: Text.ElideRight
                font.pixelSize: Theme.small
                color: Theme.muted
            }
        }
    }

    Text {
        anchors.centerIn: parent
        visible: feed.count === 0
        text: qsTr("Nothing has happened yet")
        font.pixelSize: Theme.body
        color: Theme.muted
    }

    Rectangle {
        parent: feed
        anchors.fill: parent
        visible: feed.activeFocus
        color: "transparent"
        radius: 6
        border.width: 2
        border.color: Theme.accent
    }
}
