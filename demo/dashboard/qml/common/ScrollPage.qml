// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic

// A page that may be higher than the window. It scrolls to what gets the keyboard focus.
Flickable {
    id: page

    // It is wider than what it shows, at each side by this, so that it cuts no focus frame.
    readonly property int edge: 4

    readonly property Item focusItem: shownFor(Window.activeFocusItem)

    // The item, or the view that it scrolls in: a row may be far outside of its list. Null if it is
    // not on this page.
    function shownFor(item) {
        let shown = item;
        while (item && item !== page.contentItem) {
            if (item instanceof Flickable)
                shown = item;
            item = item.parent;
        }
        return item ? shown : null;
    }

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar { }

    onFocusItemChanged: {
        if (!focusItem)
            return;
        const top = focusItem.mapToItem(contentItem, 0, 0).y - 8;
        const bottom = Math.min(top + focusItem.height + 16, top + height);
        if (top < contentY)
            contentY = Math.max(0, top);
        else if (bottom > contentY + height)
            contentY = Math.max(0, Math.min(bottom, contentHeight) - height);
    }
}
