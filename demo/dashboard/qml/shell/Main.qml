// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import Dashboard
import QtQuick
import QtQuick.Controls.Basic

// The window: the navigation, the header of the current page, the page, and the faults.
ApplicationWindow {
    id: window

    required property url streamUrl
    property url chatUrl
    property DemoServer server: null // null: the stream of another server
    property bool lazy: false
    property string colorScheme: ""
    property bool reducedMotion: false
    property string page: "overview" // the first one

    readonly property bool narrow: width < 720
    readonly property real margin: narrow ? 12 : 20
    readonly property string faultPath: currentPage ? currentPage.faultPath : "/stream"

    // To add a page, add it here and to CMakeLists.txt.
    readonly property var pages: [
        { name: "overview", title: qsTr("Overview"), shortcut: "Ctrl+1", file: "OverviewPage.qml" },
        { name: "log", title: qsTr("Log"), shortcut: "Ctrl+2", file: "LogPage.qml" },
        { name: "fleet", title: qsTr("Fleet"), shortcut: "Ctrl+3", file: "FleetPage.qml" },
        { name: "chat", title: qsTr("Chat"), shortcut: "Ctrl+4", file: "ChatPage.qml" },
        { name: "explorer", title: qsTr("Explorer"), shortcut: "Ctrl+5", file: "ExplorerPage.qml" }
    ]
    property int pageIndex: 0
    property ShellPage currentPage: null

    function show(index) {
        const loader = loaders.itemAt(index) as Loader;
        if (loader.status === Loader.Null) {
            loader.setSource(pages[index].file, {
                server: server,
                streamUrl: streamUrl,
                chatUrl: chatUrl,
                lazy: lazy
            });
        }
        pageIndex = index;
        currentPage = loader.item as ShellPage;
    }

    function toggleFaults() {
        faults.shown = !faults.shown;
        if (faults.shown)
            faults.takeFocus();
        else
            header.focusFaults();
    }

    width: 1280
    height: 800
    minimumWidth: 360
    minimumHeight: 360
    visible: true
    title: qsTr("EventSource dashboard")
    color: Theme.window
    palette.window: Theme.window
    palette.windowText: Theme.text
    palette.base: Theme.card
    palette.text: Theme.text
    palette.highlight: Theme.accent
    palette.highlightedText: Theme.accentText
    palette.buttonText: Theme.text
    palette.toolTipBase: Theme.raised
    palette.toolTipText: Theme.text
    palette.mid: Theme.raisedBorder
    palette.dark: Theme.muted

    Component.onCompleted: {
        Theme.colorScheme = colorScheme;
        Theme.reducedMotion = reducedMotion;
        show(Math.max(0, pages.findIndex(each => each.name === page)));
    }

    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: window.close()
    }

    Navigation {
        id: navigation

        pages: window.pages
        currentIndex: window.pageIndex
        horizontal: window.narrow
        y: horizontal ? window.height - height : 0
        width: horizontal ? window.width : implicitWidth
        height: horizontal ? implicitHeight : window.height
        onChosen: index => window.show(index)
    }

    Item {
        id: area

        x: (window.narrow ? 0 : navigation.width) + window.margin
        y: window.margin
        width: window.width - x - window.margin
        height: (window.narrow ? navigation.y : window.height) - y - window.margin

        PageHeader {
            id: header

            width: parent.width
            page: window.currentPage
            title: window.pages[window.pageIndex].title
            narrow: window.narrow
            faultsShown: faults.shown
            onFaultsToggled: window.toggleFaults()
        }

        Item {
            y: header.height + Theme.gap
            width: parent.width - (faults.shown && faults.beside ? faults.width + Theme.gap : 0)
            height: parent.height - y
            enabled: !faults.shown || faults.beside

            Repeater {
                id: loaders

                model: window.pages.length

                Loader {
                    required property int index

                    anchors.fill: parent
                    visible: index === window.pageIndex
                }
            }
        }

        FaultDrawer {
            id: faults

            readonly property bool beside: area.width >= 900

            x: parent.width - width
            y: header.height + Theme.gap
            width: beside ? 360 : Math.min(420, parent.width)
            height: parent.height - y
            server: window.server
            page: window.currentPage
            onCloseRequested: window.toggleFaults()
        }
    }
}
