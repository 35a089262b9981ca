// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef CUTTINGPROXY_H
#define CUTTINGPROXY_H

#include <QtCore/qlist.h>
#include <QtNetwork/qtcpserver.h>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

// Passes bytes between a client and a server, and cuts the n-th connection after the n-th number
// of response bytes, wherever in an event that is.
class CuttingProxy : public QTcpServer
{
    Q_OBJECT

public:
    enum Cut {
        Close, // FIN: what was passed on arrives
        Reset, // RST: what the client has not read yet is lost
    };

    CuttingProxy(quint16 targetPort, Cut cut, const QList<qint64> &cutAfter);

    // Of each connection.
    const QList<QByteArray> &requests() const { return m_requests; }
    int cuts() const { return m_cuts; }

private:
    void accept(QTcpSocket *client);
    void passOn(QTcpSocket *client, const QByteArray &response, qsizetype connection);
    void cut(QTcpSocket *client);

    const quint16 m_targetPort;
    const Cut m_cut;
    const QList<qint64> m_cutAfter;
    QList<QByteArray> m_requests;
    QList<qint64> m_passed;
    int m_cuts = 0;
};

#endif // CUTTINGPROXY_H
