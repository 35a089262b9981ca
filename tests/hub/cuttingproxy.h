// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef CUTTINGPROXY_H
#define CUTTINGPROXY_H

#include <QtCore/qlist.h>
#include <QtNetwork/qtcpserver.h>

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

    // Of each connection. There can be more of them than the client's application asked for:
    // QNetworkAccessManager repeats a GET by itself when it finds the connection reset.
    const QList<QByteArray> &requests() const { return m_requests; }
    int cuts() const { return m_cuts; }

private:
    void accept(QTcpSocket *client);
    void cutOff(QTcpSocket *client, Cut cut);

    const quint16 m_targetPort;
    Cut m_cut = Close;
    qint64 m_cutAfter = -1;
    QList<QByteArray> m_requests;
    int m_cuts = 0;
};

#endif // CUTTINGPROXY_H
