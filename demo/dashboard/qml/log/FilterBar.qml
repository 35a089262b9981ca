// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// What of a log is shown, and what can be done with it.
GridLayout {
    id: bar

    required property LogLines lines
    property bool paused: false
    property bool narrow: false
    property bool canCopy: false

    readonly property alias text: field.text
    readonly property alias onlyHits: onlyHitsButton.checked
    // In C++ a list of strings.
    property var hiddenTypes: []

    // How many lines are shown.
    readonly property string summary: lines.searching ? qsTr("Searching…")
            : text.length > 0 && !onlyHits
              ? qsTr("%1 hits in %2", "", lines.hitCount).arg(grouped(lines.hitCount)).arg(grouped(lines.shownCount))
              : qsTr("%1 of %2").arg(grouped(lines.shownCount)).arg(grouped(lines.totalCount))

    signal hitRequested(bool forward)
    signal pauseToggled
    signal clearRequested
    signal copyRequested
    signal escaped // by keyboard, for the list

    function takeFocus() {
        field.forceActiveFocus(Qt.ShortcutFocusReason);
        field.selectAll();
    }

    function toggleType(type) {
        hiddenTypes = hiddenTypes.includes(type) ? hiddenTypes.filter(each => each !== type)
                                                 : [...hiddenTypes, type];
    }

    function grouped(number) {
        return Number(number).toLocaleString(Qt.locale(), "f", 0);
    }

    columns: narrow ? 1 : 2
    columnSpacing: Theme.gap
    rowSpacing: 8

    RowLayout {
        spacing: 8

        TextField {
            id: field

            objectName: "search"
            Layout.fillWidth: true
            Layout.minimumWidth: 90
            maximumLength: 200
            placeholderText: qsTr("Search (Ctrl+F)")
            selectByMouse: true
            color: Theme.text
            placeholderTextColor: Theme.muted
            font.pixelSize: Theme.body
            rightPadding: clearField.visible ? clearField.width + 4 : 10
            inputMethodHints: Qt.ImhNoPredictiveText
            Accessible.name: qsTr("Search")
            Accessible.description: qsTr("Return finds the next hit")
            Keys.onReturnPressed: event => bar.hitRequested(!(event.modifiers & Qt.ShiftModifier))
            Keys.onEnterPressed: event => bar.hitRequested(!(event.modifiers & Qt.ShiftModifier))
            Keys.onDownPressed: bar.escaped()
            Keys.onEscapePressed: {
                if (text.length > 0)
                    clear();
                else
                    bar.escaped();
            }

            background: Rectangle {
                implicitHeight: 34
                radius: 7
                color: Theme.card
                border.width: field.activeFocus ? 2 : 1
                border.color: field.activeFocus ? Theme.accent : Theme.raisedBorder
            }

            AbstractButton {
                id: clearField

                objectName: "clearSearch"
                anchors.right: parent.right
                width: 30
                height: parent.height
                visible: field.text.length > 0
                focusPolicy: Qt.NoFocus // Escape does it, too
                onClicked: {
                    field.clear();
                    field.forceActiveFocus(Qt.MouseFocusReason);
                }
                Accessible.name: qsTr("Clear the search")

                contentItem: Text {
                    text: "✕"
                    font.pixelSize: Theme.body
                    color: clearField.hovered ? Theme.text : Theme.muted
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
            }
        }

        ActionButton {
            objectName: "previousHit"
            text: "↑"
            leftPadding: 10
            rightPadding: 10
            enabled: bar.lines.hitCount > 0
            hint: qsTr("Goes to the hit before (Shift+F3)")
            Accessible.name: qsTr("Previous hit")
            onClicked: bar.hitRequested(false)
        }

        ActionButton {
            objectName: "nextHit"
            text: "↓"
            leftPadding: 10
            rightPadding: 10
            enabled: bar.lines.hitCount > 0
            hint: qsTr("Goes to the next hit (F3)")
            Accessible.name: qsTr("Next hit")
            onClicked: bar.hitRequested(true)
        }

        CheckBox {
            id: onlyHitsButton

            objectName: "onlyHits"
            checked: true
            text: qsTr("Only hits")
            font.pixelSize: Theme.body
            spacing: 6
            padding: 4
            focusPolicy: Qt.StrongFocus
            Accessible.name: text
            Keys.onReturnPressed: toggle()
            Keys.onEnterPressed: toggle()

            indicator: Rectangle {
                x: onlyHitsButton.leftPadding
                y: (onlyHitsButton.height - height) / 2
                width: 18
                height: 18
                radius: 4
                color: onlyHitsButton.checked ? Theme.accent : Theme.raised
                border.width: onlyHitsButton.visualFocus ? 2 : 1
                border.color: onlyHitsButton.visualFocus ? Theme.text
                              : onlyHitsButton.checked ? Theme.accent : Theme.raisedBorder

                Text {
                    anchors.centerIn: parent
                    visible: onlyHitsButton.checked
                    text: "✓"
                    font.pixelSize: Theme.body
                    font.bold: true
                    color: Theme.accentText
                }
            }

            contentItem: Text {
                leftPadding: onlyHitsButton.indicator.width + onlyHitsButton.spacing
                text: onlyHitsButton.text
                font: onlyHitsButton.font
                color: Theme.text
                verticalAlignment: Text.AlignVCenter
            }
        }
    }

    RowLayout {
        Layout.fillWidth: bar.narrow
        spacing: 8

        ActionButton {
            objectName: "pause"
            Layout.fillWidth: bar.narrow
            text: bar.paused ? qsTr("Resume") : qsTr("Pause")
            hint: bar.paused ? qsTr("Shows what has arrived meanwhile")
                             : qsTr("Holds the list; the stream continues")
            shortcut: "Ctrl+H"
            primary: bar.paused
            onClicked: bar.pauseToggled()
        }

        ActionButton {
            objectName: "clear"
            Layout.fillWidth: bar.narrow
            text: qsTr("Clear")
            hint: qsTr("Empties the list")
            shortcut: "Ctrl+L"
            onClicked: bar.clearRequested()
        }

        ActionButton {
            objectName: "copy"
            Layout.fillWidth: bar.narrow
            text: qsTr("Copy")
            hint: qsTr("Copies the selected lines (Ctrl+C in the list)")
            enabled: bar.canCopy
            onClicked: bar.copyRequested()
        }
    }

    // The types and their numbers.
    Flow {
        Layout.columnSpan: bar.columns
        Layout.fillWidth: true
        Layout.minimumHeight: 30 // before the first line
        spacing: 6
        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Types of lines")

        Repeater {
            model: [...bar.lines.types].sort()

            delegate: AbstractButton {
                id: chip

                required property string modelData

                readonly property bool shown: !bar.hiddenTypes.includes(modelData)
                readonly property int number: bar.lines.typeCounts[modelData] ?? 0

                objectName: "type-" + modelData
                height: 30
                leftPadding: bar.narrow ? 8 : 10
                rightPadding: leftPadding
                focusPolicy: Qt.StrongFocus
                text: bar.narrow && number >= 1000 ? qsTr("%1k").arg(Math.floor(number / 1000))
                                                    : bar.grouped(number)
                onClicked: bar.toggleType(modelData)
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
                Accessible.role: Accessible.CheckBox
                Accessible.name: modelData
                Accessible.description: qsTr("%1 lines", "", number).arg(number)
                Accessible.checkable: true
                Accessible.checked: shown

                background: Rectangle {
                    radius: height / 2
                    color: chip.shown ? Theme.raised : "transparent"
                    border.width: chip.visualFocus ? 2 : 1
                    border.color: chip.visualFocus ? Theme.accent : Theme.raisedBorder
                }

                contentItem: Row {
                    spacing: 6

                    // Keeps its place, so that the other chips keep theirs.
                    Text {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: !bar.narrow
                        text: "✓"
                        font.pixelSize: Theme.body
                        color: chip.shown ? Theme.text : "transparent"
                    }

                    Text {
                        anchors.verticalCenter: parent.verticalCenter
                        text: chip.modelData.slice(0, 24)
                        textFormat: Text.PlainText
                        font.pixelSize: bar.narrow ? Theme.small : Theme.body
                        font.strikeout: !chip.shown
                        color: chip.shown ? Theme.text : Theme.muted
                    }

                    Text {
                        anchors.verticalCenter: parent.verticalCenter
                        text: chip.text
                        font.pixelSize: bar.narrow ? Theme.small : Theme.body
                        color: Theme.muted
                    }
                }
            }
        }
    }
}
