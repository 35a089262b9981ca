// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

import EventSource
import QtQuick
import QtQuick.Templates as T

/*!
    \qmltype ConnectionBadge
    \inqmlmodule EventSource.Controls
    \inherits Control
    \since EventSource 0.1
    \brief Shows the state of a listener's connection as text and colour.

    \qml
    ConnectionBadge { listener: builds }
    \endqml

    While the listener waits, the text counts down to the next attempt. Text and background follow the
    palette. The colours of the dot are properties.

    \sa EventLogView, EventSourceListener::status
*/
T.Control {
    id: control

    /*! The listener whose state is shown; null by default. */
    property EventSourceListener listener

    /*! The colour while the stream is open; green by default. */
    property color openColor: "#1f9d57"
    /*! The colour while a request is on its way; blue by default. */
    property color connectingColor: "#3b78e7"
    /*! The colour while the listener waits for the next attempt; orange by default. */
    property color waitingColor: "#d98200"
    /*! The colour of a listener that is closed, or of none; grey by default. */
    property color closedColor: "#7d8796"

    /*!
        The state, translated: "Live", "Connecting…", "Reconnecting in 3 s", "On hold", "Stopped".

        \sa detailText
    */
    readonly property string statusText: {
        if (!listener)
            return qsTr("No listener");
        switch (listener.status) {
        case EventSourceListener.Open:
            return qsTr("Live");
        case EventSourceListener.Connecting:
            return qsTr("Connecting…");
        case EventSourceListener.Waiting:
            if (listener.retryIn < 0)
                return qsTr("On hold");
            return secondsLeft > 0 ? qsTr("Reconnecting in %1 s").arg(secondsLeft)
                                   : qsTr("Reconnecting…");
        default:
            return listener.active ? qsTr("No address") : qsTr("Stopped");
        }
    }

    /*!
        What the state means, and what happens next. It has the text of the last error.

        \sa statusText
    */
    readonly property string detailText: {
        if (!listener)
            return "";
        switch (listener.status) {
        case EventSourceListener.Open:
            return qsTr("Events arrive as the server sends them.");
        case EventSourceListener.Connecting:
            return qsTr("Waiting for the server's answer.");
        case EventSourceListener.Waiting:
            if (listener.retryIn < 0)
                return qsTr("%1 It reconnects when this has changed.").arg(reason).trim();
            return qsTr("%1 It reconnects automatically.").arg(reason).trim();
        default:
            if (listener.active)
                return qsTr("It connects as soon as there is a URL.");
            return reason.length > 0 ? qsTr("%1 It has to be started again.").arg(reason)
                                     : qsTr("Nothing is requested until it is started.");
        }
    }

    /*! Whole seconds until the next attempt, -1 if none is due. */
    readonly property int secondsLeft: listener && listener.retryIn >= 0
                                       ? Math.ceil(listener.retryIn / 1000) : -1

    /*! That of the four colours which stands for the present state. */
    readonly property color statusColor: {
        switch (listener ? listener.status : EventSourceListener.Closed) {
        case EventSourceListener.Open:
            return openColor;
        case EventSourceListener.Connecting:
            return connectingColor;
        case EventSourceListener.Waiting:
            return waitingColor;
        default:
            return closedColor;
        }
    }

    /*! The last error, with a full stop; empty if there was none. */
    readonly property string reason: {
        const text = listener ? listener.errorString : "";
        return text.length === 0 || /[.!?]$/.test(text) ? text : text + ".";
    }

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    leftPadding: 12
    rightPadding: 14
    topPadding: 6
    bottomPadding: 6
    spacing: 8

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Connection: %1").arg(statusText)
    Accessible.description: detailText

    background: Rectangle {
        radius: height / 2
        color: Qt.rgba(control.statusColor.r, control.statusColor.g, control.statusColor.b, 0.14)
        border.color: Qt.rgba(control.statusColor.r, control.statusColor.g, control.statusColor.b,
                              0.5)
    }

    contentItem: Row {
        spacing: control.spacing

        Rectangle {
            width: 10
            height: 10
            radius: 5
            color: control.statusColor
            anchors.verticalCenter: parent.verticalCenter

            SequentialAnimation on opacity {
                // The animation repaints, so it runs only while the state may change soon.
                running: control.visible && control.listener
                         && control.listener.status === EventSourceListener.Connecting
                loops: Animation.Infinite
                alwaysRunToEnd: true // so that the dot is opaque at the end

                NumberAnimation { to: 0.25; duration: 500 }
                NumberAnimation { to: 1; duration: 500 }
            }
        }

        Text {
            objectName: "statusText"
            text: control.statusText
            font: control.font
            color: control.palette.windowText
            anchors.verticalCenter: parent.verticalCenter
            Accessible.ignored: true // the badge has the same text
        }
    }
}
