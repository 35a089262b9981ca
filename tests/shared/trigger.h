// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TRIGGER_H
#define TRIGGER_H

#include <QtCore/qmetaobject.h>
#include <QtCore/qobject.h>

#include <functional>

// Calls a function on any signal.
class Trigger : public QObject
{
    Q_OBJECT

public:
    QMetaMethod slot() const { return metaObject()->method(metaObject()->indexOfSlot("fire()")); }

    std::function<void()> handler;

public Q_SLOTS:
    void fire() { handler(); }
};

#endif // TRIGGER_H
