// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/reachability_p.h"

#include "net/weburl_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qthread.h>
#include <QtNetwork/qnetworkinformation.h>

namespace EventSourcePrivate {

namespace {

std::atomic<Reachability *> theInstance = nullptr;

} // namespace

Reachability *Reachability::existing()
{
    return theInstance;
}

// Loading a backend may start a conversation with the system's network service, so this waits until
// a connection failed for the first time.
Reachability *Reachability::instance()
{
    QCoreApplication *app = QCoreApplication::instance();
    if (!theInstance && app && app->thread() == QThread::currentThread())
        theInstance = new Reachability(app);
    return theInstance;
}

Reachability::Reachability(QObject *parent) : QObject(parent)
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const QNetworkInformation *information = QNetworkInformation::instance();
    const auto update = [this](QNetworkInformation::Reachability reachability) {
        setOnline(reachability != QNetworkInformation::Reachability::Disconnected);
    };
    update(information->reachability());
    connect(information, &QNetworkInformation::reachabilityChanged, this, update);
}

Reachability::~Reachability()
{
    theInstance = nullptr;
}

void Reachability::setOnline(bool online)
{
    if (m_online.exchange(online) != online)
        Q_EMIT onlineChanged();
}

bool Reachability::isInReach(const QUrl &url) const
{
    return m_online || isLoopback(url);
}

} // namespace EventSourcePrivate
