// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef NETWORKWATCH_H
#define NETWORKWATCH_H

#include "scriptedserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qcoreapplication.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

// The library's private object that knows whether the machine has a network. It is found by its name
// in Qt's object tree, because its class is not exported, and exists from the first failure on.
inline QObject *networkWatch()
{
    const auto find = []() -> QObject * {
        for (QObject *child : QCoreApplication::instance()->children()) {
            if (child->inherits("EventSourcePrivate::Reachability"))
                return child;
        }
        return nullptr;
    };
    if (!find()) {
        ScriptedServer server;
        server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
        EventSourceListener listener(server.url());
        QSignalSpy errors(&listener, &EventSourceListener::error);
        errors.wait();
    }
    return find();
}

// Makes the library believe that the machine has a network or has none.
inline void setOnline(bool online)
{
    QObject *watch = networkWatch();
    if (!watch || !watch->setProperty("online", online))
        qFatal("The library does not watch the network.");
}

#endif // NETWORKWATCH_H
