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

void CuttingProxy::cutOpenConnections(Cut cut, qint64 afterBytes)
{
    for (Connection &connection : m_connections) {
        if (connection.client->state() != QAbstractSocket::ConnectedState)
            continue;
        connection.cut = cut;
        connection.left = afterBytes;
        if (afterBytes == 0)
            cutOff(connection.client, cut);
    }
}

QByteArray CuttingProxy::lastEventIdOf(const QByteArray &request)
{
    static const QByteArray header("\r\nlast-event-id: ");
    const qsizetype found = request.toLower().indexOf(header);
    if (found < 0)
        return {};
    const qsizetype value = found + header.size();
    return request.mid(value, request.indexOf("\r\n", value) - value);
}

void CuttingProxy::accept(QTcpSocket *client)
{
    const qsizetype number = m_requests.size();
    m_requests.append(QByteArray());
    m_responses.append(QByteArray());
    m_connections.push_back({client, m_cut, m_cutAfter});
    const auto connection = std::prev(m_connections.end());

    auto target = new QTcpSocket(client);
    connect(client, &QTcpSocket::readyRead, this, [this, client, target, number] {
        const QByteArray request = client->readAll();
        m_requests[number] += request;
        target->write(request);
    });
    connect(target, &QTcpSocket::readyRead, this, [this, target, number, connection] {
        const QByteArray response = target->readAll();
        m_responses[number] += response.left(1024 - m_responses[number].size());
        pass(&*connection, response);
    });
    connect(target, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(client, &QObject::destroyed, this,
            [this, connection] { m_connections.erase(connection); });
    target->connectToHost(QHostAddress::LocalHost, m_targetPort);
}

void CuttingProxy::pass(Connection *connection, const QByteArray &response)
{
    if (connection->client->state() != QAbstractSocket::ConnectedState)
        return;
    qint64 &left = connection->left;
    if (left < 0 || response.size() < left) {
        connection->client->write(response);
        if (left >= 0)
            left -= response.size();
        return;
    }
    connection->client->write(response.left(left));
    cutOff(connection->client, connection->cut);
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
