// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef NESTEDLOOP_H
#define NESTEDLOOP_H

#include <EventSource/EventSourceListener>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qeventloop.h>

// What an application does for a dialog, or where it waits in a function: runs a QEventLoop, or
// processEvents(), until the stream at the URL, which begins now, has had an event. What was sent on
// other streams before has come then, too.
inline void runUntilMessage(const QUrl &url, bool ownLoop)
{
    EventSourceListener listener(url);
    if (ownLoop) {
        QEventLoop loop;
        QObject::connect(&listener, &EventSourceListener::message, &loop, &QEventLoop::quit);
        loop.exec();
    } else {
        while (listener.lastEvent().text().isEmpty())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

#endif // NESTEDLOOP_H
