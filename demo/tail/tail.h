// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef TAIL_H
#define TAIL_H

#include "console.h"
#include "options.h"
#include "printer.h"
#include "statistics.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

QT_BEGIN_NAMESPACE
class QSocketNotifier;
QT_END_NAMESPACE

// Prints one stream until it ends, then exits the event loop with the program's exit code.
class Tail : public QObject
{
    Q_OBJECT

public:
    enum ExitCode { Ended = 0, Failed = 1, WrongUsage = 2 };

    Tail(const Options &options, const Console &console, QObject *parent = nullptr);

private:
    void configureListener();
    void onOpened();
    void onEvent(const EventSourceEvent &event);
    void onParseError(const EventSourceEvent &event, const QString &message);
    void onError(const EventSourceError &error);
    void onStatusChanged();
    void noteRetry(int milliseconds);
    void countEvent(const EventSourceEvent &event);
    void print(const QByteArray &event);
    void end(int exitCode);

    void watchSignals();
    void watchOutput();
    bool write(const QByteArray &bytes);

    const Options m_options;
    const Console &m_console;
    Printer m_printer;
    Statistics m_statistics;
    QTimer m_statisticsTimer;
    EventSourceListener m_listener;
    QString m_lastEventId; // of the event before
    qint64 m_printed = 0;
    bool m_isAfterDone = false; // was the last event [DONE]?
    bool m_hasHintedAtMarker = false;
    bool m_hasHintedAtTrust = false;
    bool m_ended = false;
};

#endif // TAIL_H
