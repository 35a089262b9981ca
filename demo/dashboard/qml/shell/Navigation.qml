// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic

// Chooses a page: a rail at the left, or a bar at the bottom. It is one stop for the Tab key; the
// arrow keys move within.
Rectangle {
    id: navigation

    // Objects with name, title and shortcut.
    required property var pages
    property int currentIndex: 0
    property bool horizontal: false

    signal chosen(int index)

    function choose(index) {
        const wrapped = (index + pages.length) % pages.length;
        // First, so that the focus is shown as one that comes from a key.
        entries.itemAt(wrapped).forceActiveFocus(Qt.TabFocusReason);
        chosen(wrapped);
    }

    implicitWidth: 92
    implicitHeight: 60
    color: Theme.card

    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Rectangle {
        x: navigation.horizontal ? 0 : navigation.width - 1
        width: navigation.horizontal ? navigation.width : 1
        height: navigation.horizontal ? 1 : navigation.height
        color: Theme.cardBorder
    }

    Grid {
        x: navigation.horizontal ? 4 : 8
        y: navigation.horizontal ? 4 : 12
        columns: navigation.horizontal ? navigation.pages.length : 1
        spacing: 4

        Repeater {
            id: entries

            model: navigation.pages

            AbstractButton {
                id: entry

                required property int index
                required property var modelData

                readonly property bool current: index === navigation.currentIndex
                readonly property color wordColor: current ? Theme.accent : Theme.muted

                objectName: "page-" + modelData.name
                width: navigation.horizontal
                       ? (navigation.width - 8 - 4 * (navigation.pages.length - 1))
                         / navigation.pages.length
                       : navigation.width - 17
                height: navigation.horizontal ? navigation.height - 8 : 60
                focus: current
                focusPolicy: current ? Qt.StrongFocus : Qt.ClickFocus
                hoverEnabled: true
                text: modelData.title
                onClicked: navigation.chosen(index)

                ToolTip {
                    x: navigation.horizontal ? (entry.width - width) / 2 : entry.width + 6
                    y: navigation.horizontal ? -height - 6 : (entry.height - height) / 2
                    margins: 6
                    text: entry.modelData.title + " (" + entry.modelData.shortcut + ")"
                    visible: entry.hovered || entry.visualFocus
                    delay: 800
                }

                Accessible.role: Accessible.PageTab
                Accessible.name: text
                Accessible.selected: current

                Keys.onUpPressed: navigation.choose(index - 1)
                Keys.onLeftPressed: navigation.choose(index - 1)
                Keys.onDownPressed: navigation.choose(index + 1)
                Keys.onRightPressed: navigation.choose(index + 1)
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
                Keys.onPressed: event => {
                    if (event.key === Qt.Key_Home || event.key === Qt.Key_End) {
                        navigation.choose(event.key === Qt.Key_Home ? 0 : -1);
                        event.accepted = true;
                    }
                }

                Shortcut {
                    sequence: entry.modelData.shortcut
                    onActivated: navigation.chosen(entry.index)
                }

                contentItem: Item {
                    Column {
                        anchors.centerIn: parent
                        spacing: 4

                        NavigationIcon {
                            anchors.horizontalCenter: parent.horizontalCenter
                            name: entry.modelData.name
                            color: entry.wordColor
                        }

                        Text {
                            anchors.horizontalCenter: parent.horizontalCenter
                            width: Math.min(implicitWidth, entry.width)
                            text: entry.text
                            font.pixelSize: Theme.small
                            font.bold: entry.current
                            color: entry.wordColor
                            elide: Text.ElideRight
                        }
                    }
                }

                background: Rectangle {
                    radius: 8
                    color: entry.current ? Theme.levelTint("info")
                         : entry.hovered ? Theme.window : "transparent"
                    border.width: entry.visualFocus ? 2 : 0
                    border.color: Theme.accent
                }
            }
        }
    }
}
