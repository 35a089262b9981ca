// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef HELP_H
#define HELP_H

#include <QtCore/qcommandlineoption.h>
#include <QtCore/qlist.h>
#include <QtCore/qstring.h>

// Options that are explained together.
struct OptionGroup
{
    QString title;
    QList<QCommandLineOption> options;
};

// All options of the program.
QList<OptionGroup> optionGroups();

// What --help prints: at most 80 columns.
QString helpText();

#endif // HELP_H
