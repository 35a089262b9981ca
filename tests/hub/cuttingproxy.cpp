// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"

#include <QtNetwork/qtcpsocket.h>

#include <sys/socket.h>

CuttingProxy::CuttingProxy(quint16 targetPort, Cut cut, const QList<qint64> &cutAfter)
    : m_targetPort(targetPort), m_cut(cut), m_cutAfter(cutAfter)
{
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = nextPendingConnection())
            accept(client);
    });
    if (!listen(QHostAddress::LocalHost))
        qFatal("no port to listen on: %s", qPrintable(errorString()));
}

void CuttingProxy::accept(QTcpSocket *client)
{
    const qsizetype connection = m_requests.size();
    m_requests.append(QByteArray());
    m_passed.append(0);

    auto target = new QTcpSocket(client);
    connect(client, &QTcpSocket::readyRead, this, [this, client, target, connection] {
        const QByteArray request = client->readAll();
        m_requests[connection] += request;
        target->write(request);
    });
    connect(target, &QTcpSocket::readyRead, this,
            [this, client, target, connection] { passOn(client, target->readAll(), connection); });
    connect(target, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    target->connectToHost(QHostAddress::LocalHost, m_targetPort);
}

void CuttingProxy::passOn(QTcpSocket *client, const QByteArray &response, qsizetype connection)
{
    if (client->state() != QAbstractSocket::ConnectedState)
        return;
    const qint64 limit = connection < m_cutAfter.size() ? m_cutAfter.at(connection) : -1;
    qint64 &passed = m_passed[connection];
    if (limit < 0 || passed + response.size() < limit) {
        client->write(response);
        passed += response.size();
        return;
    }
    client->write(response.left(limit - passed));
    passed = limit;
    cut(client);
}

void CuttingProxy::cut(QTcpSocket *client)
{
    ++m_cuts;
    client->flush();
    if (m_cut == Reset) {
        const linger option = {1, 0};
        ::setsockopt(int(client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &option,
                     sizeof option);
    }
    client->abort();
}
