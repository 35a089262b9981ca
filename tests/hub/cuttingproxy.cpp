// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"

#include <QtNetwork/qtcpsocket.h>

#include <sys/socket.h>

CuttingProxy::CuttingProxy(quint16 targetPort) : m_targetPort(targetPort)
{
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = nextPendingConnection())
            accept(client);
    });
    if (!listen(QHostAddress::LocalHost))
        qFatal("no port to listen on: %s", qPrintable(errorString()));
}

void CuttingProxy::setCut(Cut cut, qint64 afterBytes)
{
    m_cut = cut;
    m_cutAfter = afterBytes;
}

void CuttingProxy::accept(QTcpSocket *client)
{
    const qsizetype connection = m_requests.size();
    m_requests.append(QByteArray());

    auto target = new QTcpSocket(client);
    connect(client, &QTcpSocket::readyRead, this, [this, client, target, connection] {
        const QByteArray request = client->readAll();
        m_requests[connection] += request;
        target->write(request);
    });
    connect(target, &QTcpSocket::readyRead, this,
            [this, client, target, cut = m_cut, left = m_cutAfter]() mutable {
                const QByteArray response = target->readAll();
                if (client->state() != QAbstractSocket::ConnectedState)
                    return;
                if (left < 0 || response.size() < left) {
                    client->write(response);
                    if (left >= 0)
                        left -= response.size();
                    return;
                }
                client->write(response.left(left));
                cutOff(client, cut);
            });
    connect(target, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    target->connectToHost(QHostAddress::LocalHost, m_targetPort);
}

void CuttingProxy::cutOff(QTcpSocket *client, Cut cut)
{
    ++m_cuts;
    client->flush();
    if (cut == Reset) {
        const linger option = {1, 0};
        ::setsockopt(int(client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &option,
                     sizeof option);
    }
    client->abort();
}
