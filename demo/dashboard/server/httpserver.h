// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef HTTPSERVER_H
#define HTTPSERVER_H

#include <QtCore/qmap.h>
#include <QtNetwork/qtcpserver.h>

class HttpConnection;
class RequestHandler;

// Accepts connections on the loopback interface, and gives each request to the handler of its path.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    explicit HttpServer(QObject *parent = nullptr);
    ~HttpServer() override;

    // Takes the handler. The path is the complete one, such as "/v1/chat/completions".
    void addHandler(const QByteArray &path, RequestHandler *handler);

    // Port 0 means any free port. Returns the port, or 0 and the reason.
    quint16 listen(quint16 port, QString *error);

private:
    void acceptConnections();
    void dispatch(HttpConnection *connection);

    QTcpServer m_server;
    QMap<QByteArray, RequestHandler *> m_handlers;
    int m_connections = 0;
};

#endif // HTTPSERVER_H
