// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "fleetsummary.h"

#include <EventSource/EventSourceListener>

#include <algorithm>

namespace {
constexpr qsizetype maximumHosts = 1000; // a server may use a new name for each event
}

FleetSummary::FleetSummary(EventSourceListener *listener, QWidget *parent) : QLabel(parent)
{
    // Text from a server is never markup.
    setTextFormat(Qt::PlainText);
    hide();
    connect(listener, &EventSourceListener::urlChanged, this, &FleetSummary::clear);
    listener->onMessage<Metrics>("metrics", this, &FleetSummary::takeMetrics);
    listener->onMessage<Deployment>("deployment", this, &FleetSummary::takeDeployment);
}

void FleetSummary::clear()
{
    m_cpu.clear();
    m_deployment.clear();
    hide();
}

void FleetSummary::takeMetrics(const Metrics &metrics)
{
    if (m_cpu.size() < maximumHosts || m_cpu.contains(metrics.host))
        m_cpu[metrics.host] = metrics.cpu;
    showLine();
}

void FleetSummary::takeDeployment(const Deployment &deployment)
{
    m_deployment = (deployment.succeeded ? tr("%1 %2 deployed by %3") : tr("%1 %2 by %3 failed"))
                           .arg(deployment.service, deployment.version, deployment.author);
    showLine();
}

void FleetSummary::showLine()
{
    QStringList parts;
    if (!m_cpu.isEmpty()) {
        const auto busiest = std::max_element(m_cpu.cbegin(), m_cpu.cend());
        parts.append(tr("%L1 hosts").arg(m_cpu.size()));
        parts.append(tr("busiest: %1, %2 %").arg(busiest.key()).arg(busiest.value(), 0, 'f', 1));
    }
    if (!m_deployment.isEmpty())
        parts.append(m_deployment);
    setText(parts.join(QStringLiteral(" · ")));
    setVisible(!parts.isEmpty());
}
