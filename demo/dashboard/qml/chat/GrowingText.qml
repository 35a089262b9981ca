// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma ComponentBehavior: Bound

import QtQuick

// A text that grows at its end. Its finished paragraphs are items of their own, so that a piece that
// is added needs a new layout of the last ones only, however long the text is.
Column {
    id: growing

    property string text: ""
    property color color: Theme.text

    property int settled: 0 // characters in the items
    readonly property int partSize: 1500

    // Cuts behind the last empty line, or else behind the last line, that makes a part long enough.
    function settle() {
        if (settled > text.length) {
            parts.clear();
            settled = 0;
        }
        while (text.length - settled > 2 * partSize) {
            const rest = text.slice(settled, settled + 2 * partSize);
            let end = rest.lastIndexOf("\n\n") + 1;
            if (end <= 0)
                end = rest.lastIndexOf("\n");
            if (end <= 0)
                end = rest.lastIndexOf(" ");
            // The line end, or the space, is where the items meet. A text without any is cut
            // between two characters, but not in the middle of one that takes two places.
            const skipped = end > 0 ? 1 : 0;
            if (end <= 0)
                end = rest.length - (/[\uD800-\uDBFF]$/.test(rest) ? 1 : 0);
            parts.append({ part: rest.slice(0, end) });
            settled += end + skipped;
        }
        last.text = text.slice(settled);
    }

    onTextChanged: settle()

    ListModel {
        id: parts
    }

    Repeater {
        model: parts

        Text {
            required property string part

            width: growing.width
            text: part
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.heading
            color: growing.color
            Accessible.ignored: true
        }
    }

    Text {
        id: last

        width: growing.width
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.heading
        color: growing.color
        Accessible.ignored: true
    }
}
