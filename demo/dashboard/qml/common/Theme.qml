// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

pragma Singleton

import QtQuick

// Colours and sizes. Text on its background has a contrast of 4.5:1 or better in both schemes.
QtObject {
    // "light", "dark", or empty for the system's scheme.
    property string colorScheme: ""

    // Nothing flashes or slides.
    property bool reducedMotion: false

    readonly property SystemPalette system: SystemPalette { }
    readonly property bool systemIsDark: system.window.hslLightness < 0.5
    readonly property bool dark: colorScheme === "dark"
                                 || (colorScheme !== "light" && systemIsDark)

    readonly property color window: dark ? "#11151c" : "#f3f5f9"
    readonly property color card: dark ? "#1a202a" : "#ffffff"
    readonly property color cardBorder: dark ? "#2c3542" : "#dbe1ea"
    readonly property color raised: dark ? "#262e3a" : "#ffffff"
    readonly property color raisedBorder: dark ? "#3c4757" : "#c3ccd9"
    readonly property color text: dark ? "#e9edf3" : "#1a2230"
    readonly property color muted: dark ? "#a0acbb" : "#556072"
    readonly property color accent: dark ? "#7ea8ff" : "#2457d6"
    readonly property color accentText: dark ? "#0e1420" : "#ffffff"
    readonly property color good: dark ? "#4fcb8d" : "#17763f"
    readonly property color warning: dark ? "#f2b54e" : "#8f5400"
    readonly property color bad: dark ? "#ff828c" : "#bf2438"
    readonly property color goodTint: dark ? "#152a22" : "#e6f5ec"
    readonly property color infoTint: dark ? "#18243d" : "#e8effd"
    readonly property color warningTint: dark ? "#30250f" : "#fdf3e0"
    readonly property color badTint: dark ? "#371a21" : "#fdeaec"

    readonly property int small: 12
    readonly property int body: 13
    readonly property int heading: 15
    readonly property int title: 20
    readonly property int figure: 26

    readonly property int gap: 12
    readonly property int padding: 14
    readonly property int radius: 10

    function toggle() {
        colorScheme = dark ? "light" : "dark";
    }

    // Puts values in the places %1, %2 … of a text, all at once. A chain of arg() would find places in
    // the values too, and these come from a server.
    function filled(text, ...values) {
        return text.replace(/%(\d)/g, (place, number) => values[number - 1]);
    }

    // The colour and the background of a message's level.
    function levelColor(level) {
        switch (level) {
        case "good":
            return good;
        case "warning":
            return warning;
        case "bad":
            return bad;
        default:
            return accent;
        }
    }

    function levelTint(level) {
        switch (level) {
        case "good":
            return goodTint;
        case "warning":
            return warningTint;
        case "bad":
            return badTint;
        default:
            return infoTint;
        }
    }
}
