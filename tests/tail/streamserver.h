// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef STREAMSERVER_H
#define STREAMSERVER_H

#include <QtCore/qlist.h>
#include <QtCore/qpointer.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

// A real server on a port of the system's choice. It gives the n-th request the n-th answer (the
// last one to all that follow) and leaves every connection open until drop().
class StreamServer : public QTcpServer
{
public:
    struct Request
    {
        QByteArray line;
        QMap<QByteArray, QByteArray> headers; // names in lower case
        QByteArray body;
    };

    StreamServer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                serve(socket);
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on: %s", qPrintable(errorString()));
    }

    QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/events").arg(serverPort()));
    }

    // Each piece is one HTTP chunk; the response stays open.
    static QByteArray stream(const QByteArray &events)
    {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
               "Transfer-Encoding: chunked\r\n\r\n"
                + chunk(events);
    }
    // A clean end, with the connection kept: an answer that comes together with a FIN makes
    // QNetworkAccessManager ask a second time now and then.
    static QByteArray endedStream(const QByteArray &events) { return stream(events) + "0\r\n\r\n"; }
    static QByteArray status(const QByteArray &status, const QByteArray &body = {})
    {
        return "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    static QByteArray chunk(const QByteArray &bytes)
    {
        return bytes.isEmpty() ? bytes
                               : QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
    }

    void send(const QByteArray &events) { sendRaw(chunk(events)); }
    void sendRaw(const QByteArray &bytes)
    {
        if (m_socket)
            m_socket->write(bytes);
    }
    void drop()
    {
        if (m_socket)
            m_socket->abort();
    }
    bool isConnected() const
    {
        return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
    }

    QList<QByteArray> answers;
    QList<Request> requests;

private:
    void serve(QTcpSocket *socket)
    {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this,
                [this, socket, received = QByteArray()]() mutable {
                    received += socket->readAll();
                    const qsizetype headEnd = received.indexOf("\r\n\r\n");
                    if (headEnd < 0)
                        return;
                    Request request;
                    QList<QByteArray> lines = received.left(headEnd).split('\n');
                    request.line = lines.takeFirst().trimmed();
                    for (const QByteArray &line : std::as_const(lines)) {
                        const qsizetype colon = line.indexOf(':');
                        request.headers.insert(line.left(colon).toLower(),
                                               line.mid(colon + 1).trimmed());
                    }
                    request.body = received.mid(headEnd + 4);
                    if (request.body.size() < request.headers.value("content-length").toLongLong())
                        return;
                    received.clear();
                    m_socket = socket;
                    requests.append(request);
                    if (!answers.isEmpty())
                        socket->write(answers.at(qMin(requests.size(), answers.size()) - 1));
                });
    }

    QPointer<QTcpSocket> m_socket; // of the latest request
};

#endif // STREAMSERVER_H
