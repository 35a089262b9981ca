// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

import QtQuick

// A surface that holds what belongs together.
Rectangle {
    radius: Theme.radius
    color: Theme.card
    border.color: Theme.cardBorder
}
