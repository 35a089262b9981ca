// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef LOGFEED_H
#define LOGFEED_H

#include "buildlog.h"
#include "eventfeed.h"

#include <QtCore/qelapsedtimer.h>

// A build log of any length and speed: /log?history=100000&rate=20 (these are the defaults). A new
// client gets so many lines of history at once, and then so many each second.
//
// The lines are generated when the client reads them. So nothing is kept for anyone, and a client
// that resumes gets the lines from the meantime, however many.
class LogFeed : public EventFeed
{
    Q_OBJECT

public:
    explicit LogFeed(quint32 seed, QObject *parent = nullptr);

protected:
    quint64 firstFor(const HttpRequest &request) const override;
    QByteArray take(const HttpRequest &request, quint64 *next) override;
    void appendBrokenJson() override { m_cutsNext = true; }

private:
    BuildLog m_log;
    QElapsedTimer m_clock;
    qint64 m_startTime; // when the clock was started, ms since the epoch
    QTimer m_timer;
    bool m_cutsNext = false; // the next line is incomplete
};

#endif // LOGFEED_H
