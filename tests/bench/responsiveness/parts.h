// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef PARTS_H
#define PARTS_H

#include <QtCore/qstring.h>

// The server's main function. It returns at the end of standard input.
int serve();

// The parts, each in its own file and its own process. base is the URL of the server.
void measureStalls(const QString &base);
void measureLargeEvent(const QString &base);
void measureMemory(const QString &base);
void measureLatency(const QString &base);
void measureIdle(const QString &base);
void measureManyStreams(const QString &base);
void measureColdStart(const QString &base);
void measureModelView(const QString &base);
void measureConsumers(const QString &base);
void measureTypedJson(const QString &base);

// Steps of measureIdle(), measureConsumers() and measureTypedJson(). Each runs in a new process.
void measureIdleListeners(const QString &base);
void measureIdleReplies(const QString &base);
void measureLogRows(const QString &base);
void measureTableRows(const QString &base);
void measureTypePlan(const QString &base);

// For tools that count what a processor does; they measure nothing by themselves.
double takeUpdates(const qint64 &count);
void countUpdatesOfFewRows(const QString &base);
void countUpdatesOfSomeRows(const QString &base);
void countUpdatesOfManyRows(const QString &base);

#endif // PARTS_H
