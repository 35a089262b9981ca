// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef FLEETSUMMARY_H
#define FLEETSUMMARY_H

#include "fleet.h"

#include <QtCore/qmap.h>
#include <QtWidgets/qlabel.h>

class EventSourceListener;

// One line about the computers of the demo server: it gets the events as values. Hidden while a
// stream has none of them.
class FleetSummary : public QLabel
{
    Q_OBJECT

public:
    explicit FleetSummary(EventSourceListener *listener, QWidget *parent = nullptr);

    void clear();

private:
    void takeMetrics(const Metrics &metrics);
    void takeDeployment(const Deployment &deployment);
    void showLine();

    QMap<QString, double> m_cpu; // by host
    QString m_deployment;
};

#endif // FLEETSUMMARY_H
