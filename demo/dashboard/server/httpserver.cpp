// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "httpserver.h"

#include "httpconnection.h"
#include "requesthandler.h"

#include <QtNetwork/qtcpsocket.h>

namespace {
constexpr int maximumConnections = 64;
}

HttpServer::HttpServer(QObject *parent) : QObject(parent), m_server(this)
{
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::acceptConnections);
}

HttpServer::~HttpServer()
{
    // Sockets that are closed below must not call into a partly destroyed server.
    const auto connections = findChildren<HttpConnection *>(QString(), Qt::FindDirectChildrenOnly);
    for (HttpConnection *connection : connections) {
        connection->blockSignals(true);
        delete connection;
    }
}

void HttpServer::addHandler(const QByteArray &path, RequestHandler *handler)
{
    handler->setParent(this);
    m_handlers.insert(path, handler);
}

quint16 HttpServer::listen(quint16 port, QString *error)
{
    if (m_server.listen(QHostAddress::LocalHost, port))
        return m_server.serverPort();
    *error = m_server.errorString();
    return 0;
}

void HttpServer::acceptConnections()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        if (m_connections >= maximumConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_connections;
        auto *connection = new HttpConnection(socket, this);
        connect(connection, &HttpConnection::requested, this,
                [this, connection] { dispatch(connection); });
        connect(connection, &HttpConnection::closed, this, [this, connection] {
            --m_connections;
            connection->deleteLater();
        });
    }
}

void HttpServer::dispatch(HttpConnection *connection)
{
    RequestHandler *handler = m_handlers.value(connection->request().path);
    if (!handler) {
        connection->refuse(404,
                           "There is nothing at this path. There is something at "
                                   + m_handlers.keys().join(", ") + '.');
        return;
    }
    const QByteArrayList methods = handler->methods();
    if (!methods.contains(connection->request().method)) {
        connection->refuse(405, "The methods of this path: " + methods.join(", ") + '.',
                           "Allow: " + methods.join(", ") + "\r\n");
        return;
    }
    handler->handle(connection);
}
