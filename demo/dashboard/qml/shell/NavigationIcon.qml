// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick

// The symbol of a page, drawn with rectangles, so that it needs neither a file nor a font.
Item {
    id: icon

    property string name: ""
    property color color: Theme.text

    implicitWidth: 22
    implicitHeight: 22

    // Overview: tiles
    Grid {
        visible: icon.name === "overview"
        anchors.centerIn: parent
        columns: 2
        spacing: 3

        Repeater {
            model: 4

            Rectangle {
                width: 8
                height: 8
                radius: 2
                color: icon.color
            }
        }
    }

    // Log: lines of text
    Column {
        visible: icon.name === "log"
        x: 2
        anchors.verticalCenter: parent.verticalCenter
        spacing: 3

        Repeater {
            model: [18, 12, 18, 8]

            Rectangle {
                required property int modelData

                width: modelData
                height: 2
                color: icon.color
            }
        }
    }

    // Fleet: computers in a rack
    Column {
        visible: icon.name === "fleet"
        anchors.centerIn: parent
        spacing: 2

        Repeater {
            model: 3

            Rectangle {
                width: 18
                height: 6
                radius: 2
                color: "transparent"
                border.width: 1
                border.color: icon.color

                Rectangle {
                    x: 12
                    width: 3
                    height: 2
                    anchors.verticalCenter: parent.verticalCenter
                    color: icon.color
                }
            }
        }
    }

    // Chat: a speech bubble
    Item {
        visible: icon.name === "chat"
        anchors.fill: parent

        Rectangle {
            x: 5
            y: 12
            width: 6
            height: 6
            rotation: 45
            color: icon.color
        }

        Rectangle {
            x: 2
            y: 3
            width: 18
            height: 13
            radius: 4
            color: icon.color
        }
    }

    // Explorer: a magnifying glass
    Item {
        visible: icon.name === "explorer"
        anchors.fill: parent

        Rectangle {
            x: 2
            y: 2
            width: 13
            height: 13
            radius: 6.5
            color: "transparent"
            border.width: 2
            border.color: icon.color
        }

        Rectangle {
            x: 12
            y: 15
            width: 9
            height: 2.5
            radius: 1
            rotation: 45
            antialiasing: true
            color: icon.color
        }
    }
}
