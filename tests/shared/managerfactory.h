// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef MANAGERFACTORY_H
#define MANAGERFACTORY_H

#include <QtCore/qpointer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>

// An application's source of access managers, which knows what it made.
class ManagerFactory : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager *create(QObject *parent) override
    {
        ++count;
        return manager = new QNetworkAccessManager(parent);
    }

    QPointer<QNetworkAccessManager> manager; // the last one
    int count = 0;
};

#endif // MANAGERFACTORY_H
