// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TIMELIMIT_P_H
#define TIMELIMIT_P_H

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

namespace EventSourcePrivate {

// A limit on how long something may take. Time counts only while the event loop runs: a process that
// was stopped, a machine that slept and a thread that was busy could not see what came meanwhile. So
// it passes up to an eighth later than a plain timer would.
class TimeLimit : public QObject
{
    Q_OBJECT

public:
    TimeLimit();

    void start(int milliseconds); // 0 is no limit
    void stop();

    // What was waited for came: counts from 0 again. Cheap, so that it may be called for every byte.
    void renew() { m_wasRenewed = true; }

Q_SIGNALS:
    void passed();

private:
    void tick();
    void startTick();
    void pass();

    QTimer m_tick {this};
    QElapsedTimer m_sinceTick;
    int m_limit = 0;
    int m_waited = 0;
    bool m_wasRenewed = false;
    bool m_isLastTurn = false;
};

} // namespace EventSourcePrivate

#endif // TIMELIMIT_P_H
