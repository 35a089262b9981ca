// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TUNNEL_H
#define TUNNEL_H

#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

// An HTTP proxy that takes CONNECT, and leads every connection to one port on loopback.
class Tunnel
{
public:
    explicit Tunnel(quint16 targetPort)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, targetPort] {
            while (QTcpSocket *client = m_server.nextPendingConnection())
                accept(client, targetPort);
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port to listen on: %s", qPrintable(m_server.errorString()));
    }

    quint16 port() const { return m_server.serverPort(); }
    int connectionCount() const { return m_connectionCount; }

private:
    void accept(QTcpSocket *client, quint16 targetPort)
    {
        ++m_connectionCount;
        auto *target = new QTcpSocket(client);
        QObject::connect(client, &QTcpSocket::readyRead, target, [client, target, targetPort] {
            if (target->state() == QAbstractSocket::ConnectedState) {
                target->write(client->readAll());
            } else if (target->state() == QAbstractSocket::UnconnectedState
                       && client->peek(client->bytesAvailable()).contains("\r\n\r\n")) {
                client->readAll(); // CONNECT; the client says nothing more before it is answered
                target->connectToHost(QHostAddress::LocalHost, targetPort);
            }
        });
        QObject::connect(target, &QTcpSocket::connected, client,
                         [client] { client->write("HTTP/1.1 200 Connected\r\n\r\n"); });
        QObject::connect(target, &QTcpSocket::readyRead, client,
                         [client, target] { client->write(target->readAll()); });
        QObject::connect(target, &QTcpSocket::disconnected, client,
                         &QTcpSocket::disconnectFromHost);
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    QTcpServer m_server;
    int m_connectionCount = 0;
};

#endif // TUNNEL_H
