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

    // After a delay, and at once when the network is back. Without a network there is no attempt
    // before; hosts on this machine need none.
    void startAfter(int milliseconds, const QUrl &url);

    // Returns false, and waits for nothing, if the url is in reach.
    bool startWithNetwork(const QUrl &url);

    // When the application changes what was refused, but not before the time has passed: it may
    // change its token whenever it is refused, to one that is refused too.
    void startOnChange(int earliest = 0);

    // Returns whether that was waited for. Then it waits for the rest of the time, if any is left.
    bool noticeChange(const QUrl &url);

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
