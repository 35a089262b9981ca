// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/bufferedsockets_p.h"

#include <QtCore/qurl.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkproxy.h>

namespace EventSourcePrivate {

#if QT_CONFIG(networkproxy)

namespace {

// QNetworkAccessManager::setProxy() takes DefaultProxy for "none was set".
class DefaultProxyFactory : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        QNetworkProxy proxy(QNetworkProxy::DefaultProxy);
        proxy.setCapabilities(QNetworkProxy::TunnelingCapability); // what QNAM calls transparent
        return {proxy};
    }
};

bool isDirect(const QNetworkProxyQuery &query)
{
    const QList<QNetworkProxy> proxies = QNetworkProxyFactory::proxyForQuery(query);
    return proxies.first().type() == QNetworkProxy::NoProxy;
}

} // namespace

bool canBufferSockets(const QUrl &url)
{
    if (url.scheme() != QLatin1String("http"))
        return false;
    return isDirect(QNetworkProxyQuery(url)) // by QNAM
            && isDirect(QNetworkProxyQuery(url.host(), url.port(80))) // by the socket
            && isDirect(QNetworkProxyQuery()); // by the socket's engine, not for a loopback address
}

void bufferSockets(QNetworkAccessManager *manager)
{
    manager->setProxyFactory(new DefaultProxyFactory);
}

#else

bool canBufferSockets(const QUrl &)
{
    return false;
}

void bufferSockets(QNetworkAccessManager *) { }

#endif

} // namespace EventSourcePrivate
