// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// A background for a group of items.
Rectangle {
    radius: Theme.radius
    color: Theme.card
    border.color: Theme.cardBorder
}
