// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick
import QtQuick.Controls.Basic

// A page that may be higher than the window. It scrolls to the item that gets the keyboard focus.
Flickable {
    id: page

    readonly property Item focusItem: Window.activeFocusItem

    function isInside(item) {
        while (item && item !== page.contentItem)
            item = item.parent;
        return item !== null;
    }

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar { }

    onFocusItemChanged: {
        if (!focusItem || !isInside(focusItem))
            return;
        const top = focusItem.mapToItem(contentItem, 0, 0).y - 8;
        const bottom = Math.min(top + focusItem.height + 16, top + height);
        if (top < contentY)
            contentY = Math.max(0, top);
        else if (bottom > contentY + height)
            contentY = bottom - height;
    }
}
