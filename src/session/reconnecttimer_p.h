// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef RECONNECTTIMER_P_H
#define RECONNECTTIMER_P_H

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

QT_BEGIN_NAMESPACE
class QUrl;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// When the next attempt is due. It waits for one thing at a time; each call replaces the last one.
class ReconnectTimer : public QObject
{
    Q_OBJECT

public:
    explicit ReconnectTimer(QObject *parent);

    // When control returns to the event loop.
    void startSoon();

    // After a delay, and at once when the network is back. Where the url is out of reach now, the
    // delay is no shorter than offlineDelay: attempts are slowed down and not stopped, because what
    // reports the network can be wrong.
    void startAfter(int milliseconds, int offlineDelay, const QUrl &url);

    // When the application changes what was refused, but not before the time has passed: it may
    // change its token whenever it is refused, to one that is refused too.
    void startOnChange(int earliest = 0);

    // Returns whether that was waited for. Then it waits for the rest of the time, if any is left.
    bool noticeChange();

    void stop();

    // Milliseconds; -1 if no time is waited for.
    int remaining() const;
    bool isCounting() const { return m_countdown.isActive(); }

Q_SIGNALS:
    void due();
    void remainingChanged(); // about once a second

protected:
    bool event(QEvent *event) override;

private:
    void start(int milliseconds);
    void watchNetwork();

    QTimer m_delay {this};
    QTimer m_countdown {this};
    QDeadlineTimer m_end;
    QDeadlineTimer m_earliestChange;
    QMetaObject::Connection m_networkReturn;
    bool m_isSoon = false;
    bool m_waitsForChange = false;
};

} // namespace EventSourcePrivate

#endif // RECONNECTTIMER_P_H
