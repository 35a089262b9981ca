// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef OPTIONS_H
#define OPTIONS_H

#include <QtCore/qstring.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>
#include <QtCore/qvariant.h>

// The options of the command line.
struct Options
{
    enum Action { Listen, ShowHelp, ShowVersion, Refuse };

    static Options fromArguments(const QStringList &arguments);

    Action action = Refuse;
    QString problem; // why the command line was refused: what, where, what to do
    QString help;

    QUrl url;
    QVariantMap headers;
    QStringList types;
    QString lastEventId;
    QString method; // empty: the listener's own
    QString body;
    QString endMarker;
    qint64 maximum = -1; // lines to print; -1: all
    bool hasBody = false;
    bool text = false;
    bool comments = false;
    bool retry = true;
};

#endif // OPTIONS_H
