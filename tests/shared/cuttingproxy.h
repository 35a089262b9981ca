// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef CUTTINGPROXY_H
#define CUTTINGPROXY_H

#include <QtCore/qlist.h>
#include <QtNetwork/qtcpserver.h>

#include <list>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

// Passes bytes between a client and a server, and cuts connections after a given number of response
// bytes, wherever in an event that is.
class CuttingProxy : public QTcpServer
{
    Q_OBJECT

public:
    enum Cut {
        Close, // FIN: what was passed on arrives
        Reset, // RST: what the client has not read yet is lost
    };

    explicit CuttingProxy(quint16 targetPort);

    // For the connections that begin from now on; -1: they are left alone.
    void setCut(Cut cut, qint64 afterBytes);
    // For those that there are, after further response bytes.
    void cutOpenConnections(Cut cut, qint64 afterBytes);

    // Of each connection. There can be more of them than the client's application asked for:
    // QNetworkAccessManager repeats a GET by itself when it finds the connection reset.
    const QList<QByteArray> &requests() const { return m_requests; }
    // The beginning of each response, so far.
    const QList<QByteArray> &responses() const { return m_responses; }
    // What the request says, empty if it has no such header.
    static QByteArray lastEventIdOf(const QByteArray &request);
    int cuts() const { return m_cuts; }

private:
    void accept(QTcpSocket *client);
    struct Connection
    {
        QTcpSocket *client;
        Cut cut;
        qint64 left;
    };
    void pass(Connection *connection, const QByteArray &response);
    void cutOff(QTcpSocket *client, Cut cut);

    const quint16 m_targetPort;
    Cut m_cut = Close;
    qint64 m_cutAfter = -1;
    std::list<Connection> m_connections;
    QList<QByteArray> m_requests;
    QList<QByteArray> m_responses;
    int m_cuts = 0;
};

#endif // CUTTINGPROXY_H
