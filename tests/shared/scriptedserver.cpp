// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <QtNetwork/qsslsocket.h>
#include <QtTest/qtest.h>

#ifdef Q_OS_UNIX
#  include <sys/socket.h>
#endif

Exchange::Exchange(QTcpSocket *socket) : QObject(socket), m_socket(socket) { }

QByteArray Exchange::header(const QByteArray &name) const
{
    for (const auto &header : m_headers) {
        if (header.first.compare(name, Qt::CaseInsensitive) == 0)
            return header.second;
    }
    return {};
}

int Exchange::headerCount(const QByteArray &name) const
{
    int count = 0;
    for (const auto &header : m_headers)
        count += header.first.compare(name, Qt::CaseInsensitive) == 0;
    return count;
}

void Exchange::send(const QByteArray &bytes)
{
    m_socket->write(bytes);
    m_socket->flush();
}

void Exchange::sendHead(const QByteArray &status, const QByteArray &headers)
{
    send("HTTP/1.1 " + status + "\r\n" + headers + "Transfer-Encoding: chunked\r\n\r\n");
}

void Exchange::sendChunk(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return; // an empty chunk is the end
    send(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}

void Exchange::sendStream(const QByteArray &bytes)
{
    sendHead();
    sendChunk(bytes);
}

void Exchange::sendAnswer(const QByteArray &status, const QByteArray &headers,
                          const QByteArray &body)
{
    const bool hasBody = !status.startsWith("204");
    send("HTTP/1.1 " + status + "\r\n" + headers
         + (hasBody ? "Content-Length: " + QByteArray::number(body.size()) + "\r\n" : QByteArray())
         + "\r\n" + body);
}

void Exchange::end()
{
    send("0\r\n\r\n");
}

void Exchange::close()
{
    m_socket->disconnectFromHost();
}

void Exchange::reset()
{
    m_socket->flush();
#ifdef Q_OS_UNIX
    const linger hard {1, 0};
    setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
#endif
    m_socket->abort();
}

bool Exchange::isConnected() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void ScriptedListener::incomingConnection(qintptr descriptor)
{
    if (!tls) {
        QTcpServer::incomingConnection(descriptor);
        return;
    }
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    socket->setSslConfiguration(*tls);
    connect(socket, &QSslSocket::encrypted, this, [this] { ++encryptedCount; });
    socket->startServerEncryption();
    addPendingConnection(socket);
}

ScriptedServer::ScriptedServer(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            ++m_connectionCount;
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        }
    });
    start();
}

void ScriptedServer::start()
{
    m_reservation.abort();
    if (!m_server.listen(m_address, m_port))
        qFatal("The test server cannot listen: %s", qPrintable(m_server.errorString()));
    m_port = m_server.serverPort();
}

void ScriptedServer::listenAt(const QHostAddress &address)
{
    stop();
    m_address = address;
    m_port = 0;
    start();
}

// No other program may get the port meanwhile.
void ScriptedServer::stop()
{
    m_server.close();
    m_reservation.bind(m_address, m_port, QAbstractSocket::ReuseAddressHint);
}

QUrl ScriptedServer::url(const QString &path) const
{
    const QString address = m_address.toString();
    return QUrl(QStringLiteral("%1://%2:%3%4")
                        .arg(m_server.tls ? QStringLiteral("https") : QStringLiteral("http"))
                        .arg(address.contains(QLatin1Char(':'))
                                     ? QLatin1Char('[') + address + QLatin1Char(']')
                                     : address)
                        .arg(m_port)
                        .arg(path));
}

Exchange *ScriptedServer::take()
{
    if (!QTest::qWaitFor([this] { return !m_waiting.isEmpty(); }, 10000))
        return nullptr;
    return m_waiting.takeFirst();
}

void ScriptedServer::read(QTcpSocket *socket)
{
    const QByteArray bytes = socket->peek(socket->bytesAvailable());
    m_hasReceivedBytes |= !bytes.isEmpty();
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;

    auto *exchange = new Exchange(socket);
    const QList<QByteArray> lines = bytes.left(headEnd).split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    exchange->m_method = words.value(0);
    exchange->m_target = words.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        exchange->m_headers.append({lines[i].left(colon), lines[i].mid(colon + 1).trimmed()});
    }
    const qsizetype length = exchange->header("Content-Length").toLongLong();
    if (bytes.size() < headEnd + 4 + length) {
        delete exchange;
        return;
    }
    exchange->m_body = bytes.mid(headEnd + 4, length);
    socket->read(headEnd + 4 + length);

    ++m_requestCount;
    if (m_handler)
        m_handler(exchange);
    else
        m_waiting.append(exchange);
    Q_EMIT received();
}

bool staysAt(const ScriptedServer &server, int requests)
{
    return !QTest::qWaitFor([&] { return server.requestCount() != requests; }, 150);
}
