// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import EventSource
import EventSource.Controls
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Any stream: its address, its latest events, the number of events of each type, and one complete
// event.
Item {
    id: view

    required property StreamState stream

    readonly property bool wide: width >= 900
    // Below this the page scrolls.
    readonly property real minimumHeight: wide ? 400 : 640
    property var rows: ({})

    EventSourceSubscription {
        listener: view.stream.listener
        onMessage: event => {
            const row = view.rows[event.type];
            if (row !== undefined) {
                types.setProperty(row, "number", types.get(row).number + 1);
            } else if (types.count < 100) { // a server may use a new type for each event
                view.rows[event.type] = types.count;
                types.append({ type: event.type, number: 1 });
            }
        }
    }

    Connections {
        target: view.stream

        function onUrlChanged() {
            view.rows = {};
            types.clear();
            log.clear();
        }
    }

    ListModel { id: types }

    GridLayout {
        id: grid

        anchors.fill: parent
        columns: view.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap

        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.rowSpan: view.wide ? 2 : 1
            Layout.preferredHeight: 260

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: Theme.padding
                spacing: 10

                RowLayout {
                    spacing: 8

                    Text {
                        Layout.fillWidth: true
                        text: qsTr("Events")
                        font.pixelSize: Theme.heading
                        font.bold: true
                        color: Theme.text
                    }

                    ActionButton {
                        objectName: "pause"
                        text: log.paused ? qsTr("Resume") : qsTr("Pause")
                        hint: log.paused ? qsTr("Shows what has arrived meanwhile")
                                         : qsTr("Holds the list; the stream continues")
                        shortcut: "Ctrl+H"
                        onClicked: log.paused = !log.paused
                    }

                    ActionButton {
                        objectName: "clear"
                        text: qsTr("Clear")
                        hint: qsTr("Empties the list")
                        shortcut: "Ctrl+L"
                        onClicked: log.clear()
                    }
                }

                EventLogView {
                    id: log

                    objectName: "log"
                    listener: view.stream.listener
                    textColor: Theme.text
                    mutedColor: Theme.muted
                    problemColor: Theme.bad
                    textFont.pixelSize: Theme.body
                    onActivated: eventText.forceActiveFocus(Qt.OtherFocusReason)
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                }
            }
        }

        Card {
            Layout.fillWidth: !view.wide
            Layout.preferredWidth: view.wide ? 340 : -1
            Layout.preferredHeight: typeColumn.implicitHeight + 2 * Theme.padding

            ColumnLayout {
                id: typeColumn

                anchors.fill: parent
                anchors.margins: Theme.padding
                spacing: 8

                Text {
                    text: qsTr("Types")
                    font.pixelSize: Theme.heading
                    font.bold: true
                    color: Theme.text
                }

                ListView {
                    Layout.fillWidth: true
                    Layout.preferredHeight: Math.min(Math.max(1, count) * 24,
                                                     view.wide ? 192 : 72)
                    clip: true
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    model: SortFilterModel {
                        sourceModel: types
                        sortRoleName: "type"
                    }
                    delegate: RowLayout {
                        id: row

                        required property string type
                        required property int number

                        width: ListView.view.width
                        height: 24

                        Text {
                            Layout.fillWidth: true
                            text: row.type
                            textFormat: Text.PlainText
                            elide: Text.ElideRight
                            font.pixelSize: Theme.body
                            color: Theme.text
                        }

                        Text {
                            objectName: "count-" + row.type
                            text: row.number
                            font.pixelSize: Theme.body
                            color: Theme.muted
                        }
                    }

                    Text {
                        visible: types.count === 0
                        text: qsTr("No event yet")
                        font.pixelSize: Theme.body
                        color: Theme.muted
                    }
                }
            }
        }

        Card {
            Layout.fillWidth: !view.wide
            Layout.fillHeight: true
            Layout.preferredWidth: view.wide ? 340 : -1
            Layout.preferredHeight: 200

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: Theme.padding
                spacing: 8

                Text {
                    Layout.fillWidth: true
                    text: log.currentEvent ? log.currentEvent.type : qsTr("Event")
                    textFormat: Text.PlainText
                    elide: Text.ElideRight
                    font.pixelSize: Theme.heading
                    font.bold: true
                    color: Theme.text
                }

                Text {
                    Layout.fillWidth: true
                    visible: log.currentEvent !== null
                    text: log.currentEvent
                          ? Theme.filled(qsTr("id %1 · %2"), log.currentEvent.lastEventId || "–",
                                         log.currentEvent.received)
                          : ""
                    textFormat: Text.PlainText
                    elide: Text.ElideMiddle
                    font.pixelSize: Theme.small
                    color: Theme.muted
                }

                Text {
                    objectName: "eventNote"
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: !log.currentEvent ? ""
                          : log.currentEvent.problem.length > 0 ? log.currentEvent.problem
                          : log.currentEventRemoved ? qsTr("No longer in the list") : ""
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    maximumLineCount: 3
                    elide: Text.ElideRight
                    font.pixelSize: Theme.small
                    color: log.currentEvent?.problem.length > 0 ? Theme.bad : Theme.warning
                }

                ScrollView {
                    // The style's own would depend on the text, whose lines depend on the width.
                    implicitWidth: 0

                    Layout.fillWidth: true
                    Layout.fillHeight: true

                    TextArea {
                        id: eventText

                        objectName: "eventText"
                        readOnly: true
                        selectByMouse: true
                        textFormat: TextEdit.PlainText
                        wrapMode: TextEdit.Wrap
                        padding: 0
                        leftPadding: 0
                        text: log.currentEvent
                              ? log.currentText
                              : qsTr("Select an event in the list to see all of it.")
                        font.pixelSize: Theme.body
                        color: log.currentEvent ? Theme.text : Theme.muted
                        background: null
                        KeyNavigation.priority: KeyNavigation.BeforeItem
                        Keys.onEscapePressed: log.forceActiveFocus(Qt.OtherFocusReason)
                        Accessible.name: qsTr("The event's data")
                    }
                }
            }
        }
    }
}
