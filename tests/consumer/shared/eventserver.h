// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSERVER_H
#define EVENTSERVER_H

#include <QtCore/qurl.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

// Sends one event to everyone who connects and keeps the stream open.
class EventServer : public QTcpServer
{
public:
    EventServer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                if (!socket->readAll().endsWith("\r\n\r\n"))
                    return;
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                              "id: 7\ndata: {\"content\": \"hello\"}\n\n");
            });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("Cannot listen: %s", qPrintable(errorString()));
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(serverPort())); }
};

#endif // EVENTSERVER_H
