// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// What a screen reader says without being asked. It is not visible.
Item {
    id: announcement

    property string words: ""

    function say(text) {
        words = ""; // the same words are news, too
        words = text;
        // From Qt 6.8 on there is a request to speak. Before, a screen reader hears of the new name.
        const accessible = announcement.Accessible;
        if (accessible["announce"])
            accessible["announce"](text);
    }

    Accessible.role: Accessible.AlertMessage
    Accessible.name: words
}
