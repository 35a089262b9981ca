// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef OPTIONS_H
#define OPTIONS_H

#include <QtCore/qstringlist.h>

#include <optional>

// The command line, checked.
struct Options
{
    // Needs no QApplication, and so no display. Without a result, message has the help text if
    // helpRequested, else what is wrong.
    static std::optional<Options> parse(const QStringList &arguments, QString *message,
                                        bool *helpRequested);

    QString url; // empty: none yet
    QString screenshot; // the file; empty: none
    int screenshotDelay = 2000; // ms
    bool dark = false;
};

#endif // OPTIONS_H
