// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef FLEET_H
#define FLEET_H

#include <QtCore/qobjectdefs.h>
#include <QtCore/qstring.h>

// The events of the dashboard's demo server and of demo/hub, as values. Fields without a property
// are ignored.

// The load of a computer.
struct Metrics
{
    Q_GADGET
    Q_PROPERTY(QString host MEMBER host REQUIRED)
    Q_PROPERTY(double cpu MEMBER cpu REQUIRED)

public:
    QString host;
    double cpu = 0; // percent
};

// A new version of a service.
struct Deployment
{
    Q_GADGET
    Q_PROPERTY(QString service MEMBER service REQUIRED)
    Q_PROPERTY(QString version MEMBER version REQUIRED)
    Q_PROPERTY(QString author MEMBER author)
    Q_PROPERTY(bool succeeded MEMBER succeeded REQUIRED)

public:
    QString service;
    QString version;
    QString author;
    bool succeeded = false;
};

#endif // FLEET_H
