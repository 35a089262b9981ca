// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick

// One host: a cell for each column, or two lines where there is no room for columns. Cells whose value
// has changed are highlighted for a moment.
Rectangle {
    id: row

    required property int index
    required property var model

    required property var format // a function of a value and its column
    property var columns: []
    property bool compact: false
    property bool current: false

    readonly property string name: model.name ?? ""
    readonly property string hostState: model.state ?? ""
    readonly property real processor: model["metrics.cpu"] ?? 0
    readonly property color stateColor: hostState === "ok" ? Theme.good
                                        : hostState === "warning" ? Theme.warning : Theme.bad

    function formatted(column) {
        return format(model[column.role], column);
    }

    signal chosen

    height: compact ? 44 : 30
    radius: 4
    color: current ? Qt.rgba(Theme.accent.r, Theme.accent.g, Theme.accent.b, 0.2) : "transparent"

    Accessible.role: Accessible.ListItem
    Accessible.name: columns.map(column => column.title + ": " + formatted(column)).join(", ")
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.onPressAction: chosen()

    TapHandler { onTapped: row.chosen() }

    Row {
        visible: !row.compact
        x: 8
        height: parent.height

        Repeater {
            model: row.compact ? [] : row.columns

            Item {
                id: cell

                required property var modelData

                readonly property string text: row.formatted(modelData)

                width: modelData.width
                height: row.height
                onTextChanged: {
                    // A row that has got another host shows no change.
                    if (shown.name === row.name && !Theme.reducedMotion)
                        flash.restart();
                    shown.name = row.name;
                }
                Component.onCompleted: shown.name = row.name

                QtObject {
                    id: shown

                    property string name
                }

                Rectangle {
                    id: highlight

                    objectName: "highlight"
                    anchors.fill: parent
                    anchors.margins: 2
                    radius: 3
                    color: Theme.accent
                    opacity: 0

                    NumberAnimation {
                        id: flash

                        target: highlight
                        property: "opacity"
                        from: 0.3
                        to: 0
                        duration: 700
                    }
                }

                Text {
                    anchors.fill: parent
                    anchors.rightMargin: 12
                    verticalAlignment: Text.AlignVCenter
                    horizontalAlignment: cell.modelData.unit ? Text.AlignRight : Text.AlignLeft
                    text: cell.text
                    textFormat: Text.PlainText
                    elide: Text.ElideRight
                    font.pixelSize: Theme.body
                    font.bold: cell.modelData.role === "state" && row.hostState !== "ok"
                    color: cell.modelData.role === "state" ? row.stateColor : Theme.text
                }
            }
        }
    }

    Column {
        visible: row.compact
        x: 8
        width: parent.width - 16
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        Item {
            width: parent.width
            height: title.implicitHeight

            Text {
                id: title

                width: parent.width - compactState.width - 8
                text: row.name
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.body
                font.bold: true
                color: Theme.text
            }

            Text {
                id: compactState

                anchors.right: parent.right
                text: row.hostState
                textFormat: Text.PlainText
                font.pixelSize: Theme.body
                font.bold: row.hostState !== "ok"
                color: row.stateColor
            }
        }

        Text {
            width: parent.width
            text: row.compact
                  ? Theme.filled(qsTr("%1 · CPU %2 % · memory %3 %"), row.model.region ?? "–",
                                 row.model["metrics.cpu"] ?? "–", row.model["metrics.memory"] ?? "–")
                  : ""
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font.pixelSize: Theme.small
            color: Theme.muted
        }
    }
}
