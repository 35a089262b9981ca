// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef HTTPCONNECTION_H
#define HTTPCONNECTION_H

#include "httprequest.h"

#include <QtCore/qobject.h>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

// One connection: one request, and its response. A handler answers in one go, with answer(), or
// piece by piece, with begin(), send() and end(). It never deletes the connection, and does not use
// it after closed().
class HttpConnection : public QObject
{
    Q_OBJECT

public:
    // Takes the socket.
    explicit HttpConnection(QTcpSocket *socket, QObject *parent = nullptr);

    const HttpRequest &request() const { return m_reader.request(); }

    // A complete response. Headers are lines, each with its line end.
    void answer(int status, const QByteArray &contentType, const QByteArray &body,
                const QByteArray &headers = {});
    // A complete response of one sentence.
    void refuse(int status, const QByteArray &text, const QByteArray &headers = {});

    // A response without a length. Every send() is one chunk.
    void begin(const QByteArray &contentType, const QByteArray &headers = {});
    void send(const QByteArray &bytes);
    void end();

    // What is wrong: the response is cut where it is, the connection is reset (RST), or closed
    // inside a chunk.
    void abort();
    void reset();
    void cutInside(const QByteArray &chunk);

    bool isOpen() const;
    // What the client has not read yet. A handler waits for written() if this is much.
    qint64 bytesToWrite() const;

Q_SIGNALS:
    void requested(); // request() is complete
    void written();
    void closed();

private:
    void readRequest();

    QTcpSocket *m_socket;
    RequestReader m_reader;
    bool m_read = false;
    bool m_chunked = false;
};

#endif // HTTPCONNECTION_H
