// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef LIVINGOBJECTS_H
#define LIVINGOBJECTS_H

#include <QtCore/qobject.h>

// Counts objects of QML: those that it was given, until they are destroyed.
class LivingObjects : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int count MEMBER m_count NOTIFY countChanged)
    Q_PROPERTY(int total MEMBER m_total NOTIFY countChanged)

public:
    Q_INVOKABLE void add(QObject *object)
    {
        connect(object, &QObject::destroyed, this, [this] {
            --m_count;
            Q_EMIT countChanged();
        });
        ++m_count;
        ++m_total;
        Q_EMIT countChanged();
    }

Q_SIGNALS:
    void countChanged();

private:
    int m_count = 0;
    int m_total = 0;
};

#endif // LIVINGOBJECTS_H
