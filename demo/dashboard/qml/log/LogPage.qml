// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import Dashboard
import EventSource
import QtQuick
import QtQuick.Layouts

// The last 100,000 lines of a build log, as they come: with a filter, a search, and all of one line.
ShellPage {
    id: page

    property bool paused: false

    readonly property bool wide: width >= 900
    readonly property bool narrow: width < 560

    function say(text) {
        notice.text = text;
        noticeTimer.restart();
    }

    faultPath: "/log"
    stream: StreamState {
        objectName: "stream"
        lazy: page.lazy
        numbered: page.server !== null
        url: page.server ? page.server.address("/log") : page.streamUrl
        token: page.server ? page.server.issueToken() : ""
    }

    Shortcut {
        sequence: "Ctrl+F"
        enabled: page.visible
        onActivated: filterBar.takeFocus()
    }

    Shortcut {
        sequence: "F3"
        enabled: page.visible
        onActivated: view.goToHit(true)
    }

    Shortcut {
        sequence: "Shift+F3"
        enabled: page.visible
        onActivated: view.goToHit(false)
    }

    EventSourceModel {
        id: events

        listener: page.stream.listener
        maximumCount: 100000
        maximumTextLength: 65536
        includeParseErrors: true
        // A fast stream replaces all rows within one movement, and the reader would lose the place.
        paused: page.paused || view.busy
    }

    LogLines {
        id: lines

        sourceModel: events
        numbered: page.server !== null
        hiddenTypes: filterBar.hiddenTypes
        searchText: filterBar.text
        onlyHits: filterBar.onlyHits
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 8

        FilterBar {
            id: filterBar

            Layout.fillWidth: true
            lines: lines
            paused: page.paused
            narrow: page.narrow
            canCopy: view.selectedCount > 0
            onHitRequested: forward => view.goToHit(forward)
            onPauseToggled: page.paused = !page.paused
            onClearRequested: {
                events.clear();
                view.follow();
            }
            onCopyRequested: view.copySelection()
            onEscaped: view.forceActiveFocus(Qt.OtherFocusReason)
        }

        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: page.wide ? 2 : 1
            columnSpacing: Theme.gap
            rowSpacing: 8

            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: 80

                LogView {
                    id: view

                    objectName: "logView"
                    // No line is cut.
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.bottom: parent.bottom
                    anchors.margins: 6
                    height: Math.floor((parent.height - 12) / rowHeight) * rowHeight
                    lines: lines
                    paused: page.paused
                    onOpened: details.takeFocus()
                    onCopied: number => page.say(number === 1 ? qsTr("1 line copied")
                                                          : qsTr("%1 lines copied", "", number).arg(number))
                }
            }

            Card {
                // In a small window the list has the room until a line is selected.
                visible: page.wide || view.current !== null
                Layout.fillWidth: !page.wide
                Layout.fillHeight: page.wide
                Layout.preferredWidth: page.wide ? Math.max(320, Math.min(560, page.width * 0.28)) : -1
                Layout.preferredHeight: page.wide ? -1 : Math.min(240, page.height * 0.36)

                LineDetails {
                    id: details

                    anchors.fill: parent
                    anchors.margins: page.wide ? Theme.padding : 10
                    line: view.current
                    gone: view.currentGone
                    closable: !page.wide
                    onCopied: page.say(qsTr("The line's data copied"))
                    onEscaped: view.forceActiveFocus(Qt.OtherFocusReason)
                    onCloseRequested: view.follow()
                }
            }
        }

        RowLayout {
            spacing: 8

            Rectangle {
                implicitWidth: 9
                implicitHeight: 9
                radius: 4.5
                color: Theme.levelColor(page.stream.level)
            }

            Text {
                Layout.fillWidth: true
                objectName: "logStatus"
                text: notice.text.length > 0 ? notice.text
                      : (page.paused ? qsTr("Paused: the stream continues, the list does not.")
                         : page.stream.headline + " · " + page.stream.explanation)
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.small
                color: Theme.muted
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }

            Text {
                objectName: "shownCount"
                text: filterBar.summary
                font.pixelSize: Theme.small
                color: Theme.text
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }

            ActionButton {
                objectName: "renewToken"
                visible: page.server !== null && page.stream.tokenExpired
                primary: true
                text: qsTr("Renew the token")
                onClicked: page.stream.token = page.server.issueToken()
            }
        }
    }

    QtObject {
        id: notice

        property string text: ""
    }

    Timer {
        id: noticeTimer

        interval: 3000
        onTriggered: notice.text = ""
    }
}
