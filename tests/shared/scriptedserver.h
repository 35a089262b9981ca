// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SCRIPTEDSERVER_H
#define SCRIPTEDSERVER_H

#include <QtCore/qbytearray.h>
#include <QtCore/qlist.h>
#include <QtCore/qobject.h>
#include <QtCore/qpair.h>
#include <QtCore/qpointer.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qsslconfiguration.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

#include <functional>
#include <optional>

// One request that a ScriptedServer received, and the way to answer it byte by byte.
class Exchange : public QObject
{
    Q_OBJECT

public:
    QByteArray method() const { return m_method; }
    QByteArray target() const { return m_target; }
    QByteArray body() const { return m_body; }
    QByteArray header(const QByteArray &name) const;
    int headerCount(const QByteArray &name) const;

    // Exactly these bytes, at once.
    void send(const QByteArray &bytes);

    // "200 OK", text/event-stream, chunked; or whatever is asked for.
    void sendHead(const QByteArray &status = "200 OK",
                  const QByteArray &headers = "Content-Type: text/event-stream\r\n");
    void sendChunk(const QByteArray &bytes);
    void sendStream(const QByteArray &bytes); // head and first chunk
    void sendAnswer(const QByteArray &status, const QByteArray &headers = {},
                    const QByteArray &body = {});

    void end(); // the last chunk
    void close(); // FIN
    void reset(); // RST

    qint64 bytesToWrite() const { return m_socket ? m_socket->bytesToWrite() : 0; }
    bool isConnected() const;

private:
    friend class ScriptedServer;
    explicit Exchange(QTcpSocket *socket);

    QPointer<QTcpSocket> m_socket;
    QByteArray m_method;
    QByteArray m_target;
    QByteArray m_body;
    QList<QPair<QByteArray, QByteArray>> m_headers;
};

// A QTcpServer that can talk TLS.
class ScriptedListener : public QTcpServer
{
    Q_OBJECT

public:
    using QTcpServer::QTcpServer;

    std::optional<QSslConfiguration> tls;
    int encryptedCount = 0;

protected:
    void incomingConnection(qintptr descriptor) override;
};

// An HTTP/1.1 server on loopback that sends what a test says.
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<void(Exchange *)>;

    explicit ScriptedServer(QObject *parent = nullptr);

    QUrl url(const QString &path = QStringLiteral("/stream")) const;

    // From the next connection on: https. The configuration has the certificate and its key.
    void setSslConfiguration(const QSslConfiguration &tls) { m_server.tls = tls; }

    // Answers every request; without one the test takes them by itself.
    void setHandler(Handler handler) { m_handler = std::move(handler); }

    // The next request not taken yet; waits for it, and gives null when none comes.
    Exchange *take();

    int requestCount() const { return m_requestCount; }
    int connectionCount() const { return m_connectionCount; }
    int encryptedCount() const { return m_server.encryptedCount; } // handshakes done
    bool hasReceivedBytes() const { return m_hasReceivedBytes; } // decrypted, if it is https
    quint16 port() const { return m_port; }

    void listenAt(const QHostAddress &address); // instead of 127.0.0.1, at another port
    void stop(); // refuses connections from now on
    void start(); // at the same port again

Q_SIGNALS:
    void received();

private:
    void read(QTcpSocket *socket);

    ScriptedListener m_server {this}; // moves to other threads with its owner
    QTcpSocket m_reservation {this}; // keeps the port while stopped
    QHostAddress m_address = QHostAddress::LocalHost;
    quint16 m_port = 0;
    Handler m_handler;
    QList<Exchange *> m_waiting;
    int m_requestCount = 0;
    int m_connectionCount = 0;
    bool m_hasReceivedBytes = false;
};

// Waits until the server has seen nothing new for as many turns of the loop as a request needs.
bool staysAt(const ScriptedServer &server, int requests);

#endif // SCRIPTEDSERVER_H
