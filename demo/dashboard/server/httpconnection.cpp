// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "httpconnection.h"

#include <QtNetwork/qtcpsocket.h>

#ifdef Q_OS_UNIX
#  include <sys/socket.h>
#endif

namespace {
QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 307:
        return "Temporary Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

QByteArray statusLine(int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
}
} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, QObject *parent)
    : QObject(parent), m_socket(socket)
{
    socket->setParent(this);
    socket->setReadBufferSize(64 * 1024);
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::readRequest);
    connect(socket, &QTcpSocket::bytesWritten, this, &HttpConnection::written);
    connect(socket, &QTcpSocket::disconnected, this, &HttpConnection::closed);
}

void HttpConnection::readRequest()
{
    const QByteArray bytes = m_socket->readAll();
    if (m_read)
        return; // one request per connection
    const RequestReader::Result result = m_reader.read(bytes);
    m_read = result != RequestReader::Incomplete;
    switch (result) {
    case RequestReader::Incomplete:
        break;
    case RequestReader::Complete:
        Q_EMIT requested();
        break;
    case RequestReader::Malformed:
        refuse(400, "This is not an HTTP request.");
        break;
    case RequestReader::HeadTooLarge:
        refuse(431, "The request's head is too large.");
        break;
    case RequestReader::BodyTooLarge:
        refuse(413, "The request's body is too large: 1 MiB is the limit.");
        break;
    case RequestReader::LengthRequired:
        refuse(411, "A request's body needs a Content-Length.");
        break;
    }
}

void HttpConnection::answer(int status, const QByteArray &contentType, const QByteArray &body,
                            const QByteArray &headers)
{
    m_socket->write(statusLine(status) + "Content-Type: " + contentType
                    + "\r\nContent-Length: " + QByteArray::number(body.size())
                    + "\r\nConnection: close\r\n" + headers + "\r\n" + body);
    m_socket->disconnectFromHost();
}

void HttpConnection::refuse(int status, const QByteArray &text, const QByteArray &headers)
{
    answer(status, "text/plain; charset=utf-8", text + '\n', headers);
}

void HttpConnection::begin(const QByteArray &contentType, const QByteArray &headers)
{
    m_chunked = !request().http10;
    m_socket->write(
            statusLine(200) + "Content-Type: " + contentType + "\r\nCache-Control: no-store\r\n"
            + QByteArray(m_chunked ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n")
            + headers + "\r\n");
}

void HttpConnection::send(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return; // an empty chunk would end the response
    if (m_chunked)
        m_socket->write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
    else
        m_socket->write(bytes);
}

void HttpConnection::end()
{
    if (m_chunked)
        m_socket->write("0\r\n\r\n");
    m_socket->disconnectFromHost();
}

void HttpConnection::abort()
{
    m_socket->abort();
}

void HttpConnection::reset()
{
#ifdef Q_OS_UNIX
    // A socket that does not linger is reset when it is closed. Qt has no option for this.
    const linger immediately {1, 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &immediately,
                 sizeof immediately);
#endif
    m_socket->abort();
}

void HttpConnection::cutInside(const QByteArray &chunk)
{
    if (m_chunked)
        m_socket->write(QByteArray::number(chunk.size(), 16) + "\r\n");
    m_socket->write(chunk.left(chunk.size() / 2));
    m_socket->disconnectFromHost();
}

bool HttpConnection::isOpen() const
{
    return m_socket->state() == QTcpSocket::ConnectedState;
}

qint64 HttpConnection::bytesToWrite() const
{
    return m_socket->bytesToWrite();
}
