// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef COLOR_H
#define COLOR_H

#include <QtCore/qstring.h>

// Colours of a terminal: the parameters of its control sequence (ECMA-48, SGR).
namespace Color {

inline constexpr char None[] = "";
inline constexpr char Note[] = "2";
inline constexpr char Error[] = "1;31";
inline constexpr char Name[] = "36"; // of a field or a JSON key
inline constexpr char String[] = "32";
inline constexpr char Number[] = "33";
inline constexpr char Literal[] = "35"; // true, false and null

} // namespace Color

inline QString colored(const QString &text, const char *color)
{
    if (*color == '\0')
        return text;
    return QLatin1String("\x1b[") + QLatin1String(color) + QLatin1Char('m') + text
            + QLatin1String("\x1b[0m");
}

#endif // COLOR_H
