// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef TAIL_H
#define TAIL_H

#include "options.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qobject.h>

QT_BEGIN_NAMESPACE
class QSocketNotifier;
QT_END_NAMESPACE

// Prints one stream until it ends, then exits the event loop with the program's exit code.
class Tail : public QObject
{
    Q_OBJECT

public:
    enum ExitCode { Ended = 0, Failed = 1, WrongUsage = 2 };

    explicit Tail(const Options &options, QObject *parent = nullptr);

    // One line to stderr, with the program's name before it.
    static void say(const QString &text);

private:
    void onEvent(const EventSourceEvent &event);
    void onParseError(const EventSourceEvent &event, const QString &message);
    void onError(const EventSourceError &error);
    void onStatusChanged();
    void print(const QByteArray &line);
    void end(int exitCode);

    void watchSignals();
    void watchOutput();
    bool write(const QByteArray &line);

    const Options m_options;
    EventSourceListener m_listener;
    qint64 m_printed = 0;
    bool m_ended = false;
};

#endif // TAIL_H
