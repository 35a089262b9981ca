// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SOCKS5SERVER_H
#define SOCKS5SERVER_H

#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

// A SOCKS5 proxy without passwords (RFC 1928) that leads every connection to one port on loopback,
// whatever was asked for.
class Socks5Server
{
public:
    explicit Socks5Server(quint16 targetPort)
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, targetPort] {
            while (QTcpSocket *client = m_server.nextPendingConnection())
                accept(client, targetPort);
        });
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("no port to listen on: %s", qPrintable(m_server.errorString()));
    }

    quint16 port() const { return m_server.serverPort(); }
    int connectionCount() const { return m_connectionCount; } // led to the target

private:
    void accept(QTcpSocket *client, quint16 targetPort)
    {
        auto *target = new QTcpSocket(client);
        QObject::connect(client, &QTcpSocket::readyRead, target, [client, target, targetPort] {
            if (target->state() == QAbstractSocket::ConnectedState) {
                target->write(client->readAll());
                return;
            }
            const QByteArray bytes = client->peek(512);
            const int size = messageSize(bytes);
            if (size == 0 || bytes.size() < size)
                return;
            client->read(size);
            if (bytes.at(1) == 1 && size > 3) // CONNECT
                target->connectToHost(QHostAddress::LocalHost, targetPort);
            else
                client->write(QByteArray::fromHex("0500")); // no password is needed
        });
        QObject::connect(target, &QTcpSocket::connected, client, [this, client] {
            ++m_connectionCount;
            client->write(QByteArray::fromHex("05000001000000000000"));
        });
        QObject::connect(target, &QTcpSocket::readyRead, client,
                         [client, target] { client->write(target->readAll()); });
        QObject::connect(target, &QTcpSocket::disconnected, client,
                         &QTcpSocket::disconnectFromHost);
        QObject::connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

    // Of the greeting (version, count, methods) or the request (version, 1, 0, type, address, port),
    // 0 as long as that cannot be said. Qt offers one or two methods, and never the method 0 second.
    static int messageSize(const QByteArray &bytes)
    {
        if (bytes.size() < 3)
            return 0;
        const bool isRequest = bytes.size() > 3 && bytes.at(2) == 0 && bytes.at(1) == 1;
        if (!isRequest)
            return 2 + bytes.at(1);
        switch (bytes.at(3)) {
        case 1:
            return 10;
        case 4:
            return 22;
        default:
            return bytes.size() > 4 ? 7 + uchar(bytes.at(4)) : 0;
        }
    }

    QTcpServer m_server;
    int m_connectionCount = 0;
};

#endif // SOCKS5SERVER_H
