// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef OPTIONS_H
#define OPTIONS_H

#include <QtCore/qlist.h>
#include <QtCore/qstring.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>
#include <QtCore/qvariant.h>

// The options of the command line.
struct Options
{
    enum Action { Listen, ShowHelp, ShowVersion, Refuse };
    enum Output { JsonOutput, DataOutput, RawOutput };
    enum Color { AutoColor, AlwaysColor, NeverColor };

    static Options fromArguments(const QStringList &arguments);

    Action action = Refuse;
    QString problem; // why the command line was refused: what, where, what to do

    QUrl url;
    QVariantMap headers;
    QString lastEventId;
    QString method; // empty: the listener's own
    QVariant body; // a string or bytes; invalid: none

    bool insecure = false;
    QUrl caCertificates;

    int connectTimeout = -1; // in milliseconds, as the next two; -1: the listener's own
    int responseTimeout = -1;
    int idleTimeout = -1;
    bool reconnect = true;
    QList<int> retryStatuses;

    QStringList types;
    QString endMarker;
    qint64 maximum = -1; // events to print; -1: all

    Output output = JsonOutput;
    Color color = AutoColor;
    bool text = false;
    bool pretty = false;
    bool timestamps = false;
    bool include = false;

    bool quiet = false;
    bool comments = false;
    bool stats = false;
    int statsInterval = 0; // in milliseconds; 0: only at the end
};

#endif // OPTIONS_H
