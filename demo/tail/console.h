// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef CONSOLE_H
#define CONSOLE_H

#include "options.h"

#include <QtCore/qstring.h>

#include <cstdio>

// What the program writes to stderr, each line with the program's name before it.
class Console
{
public:
    explicit Console(const Options &options);

    void note(const QString &text) const; // a state or a hint: not with --quiet
    void report(const QString &text) const; // what the user has asked for, such as comments
    void error(const QString &text) const;

private:
    void write(const QString &text, const char *color) const;

    const bool m_isQuiet;
    const bool m_hasColors;
};

// Is it a terminal, and has what is written there colours? For the standard output and error.
bool isTerminal(FILE *stream);
bool hasColors(Options::Color color, FILE *stream);

// Text from a server, safe for a terminal: one line, no control characters, limited length.
QString harmless(const QString &text);
// The same without an end, where lines and tabs stay.
QString withoutControls(const QString &text);

// Two sentences, of which the first may have no full stop.
QString joined(const QString &first, const QString &second);

#endif // CONSOLE_H
