// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// What a screen reader says without being asked. Others do not see it.
Item {
    id: announcement

    property string words: ""

    function say(text) {
        words = ""; // the same words are news, too
        words = text;
        // A screen reader reads an alert that has come up. Qt 6.8 and later also ask it to speak.
        const accessible = announcement.Accessible;
        if (accessible["announce"])
            accessible["announce"](text);
    }

    objectName: "announcement"
    width: 1
    height: 1
    visible: words.length > 0

    Accessible.role: Accessible.AlertMessage
    Accessible.name: words
}
