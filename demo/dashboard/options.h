// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef OPTIONS_H
#define OPTIONS_H

#include "demoserver.h"

#include <QtCore/qrandom.h>
#include <QtCore/qsize.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>

#include <optional>

// The command line, checked.
struct Options
{
    // Needs no application object, because the options decide which platform plugin is loaded.
    // Without a result, message has the help text if helpRequested, else what is wrong.
    static std::optional<Options> parse(const QStringList &arguments, QString *message,
                                        bool *helpRequested);

    QUrl url; // empty: the embedded server
    QUrl chatUrl; // empty: the embedded server's
    QString page = QStringLiteral("overview"); // the one that is shown first
    QString colorScheme; // "light", "dark", or empty for the system's
    QString language; // such as "de"; empty for the system's
    QString screenshot; // the file; empty: none
    QSize size;
    std::optional<DemoServer::Fault> fault; // caused as soon as the stream is open
    quint32 seed = QRandomGenerator::global()->generate();
    int screenshotDelay = 3000; // ms
    quint16 port = 0;
    bool lazy = false;
};

#endif // OPTIONS_H
