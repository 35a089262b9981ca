// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef HUBPUBLISHER_H
#define HUBPUBLISHER_H

#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qtcpsocket.h>

// Publishes {"n":0}, {"n":1} … by HTTP, one after the other as the hub confirms them.
class HubPublisher : public QObject
{
public:
    HubPublisher(quint16 port, const QString &channel)
        : m_target("/publish?channel=" + channel.toLatin1())
    {
        connect(&m_socket, &QTcpSocket::readyRead, this, &HubPublisher::readAnswers);
        m_socket.connectToHost(QHostAddress::LocalHost, port);
    }

    void publishUpTo(int count)
    {
        m_count = qMax(m_count, count);
        if (m_sent == m_confirmed)
            publishNext();
    }
    int published() const { return m_confirmed; }
    QByteArray problem() const { return m_problem; }

private:
    void publishNext()
    {
        if (m_sent >= m_count || !m_problem.isEmpty())
            return;
        // Of different lengths, so that cuts fall on different places within an event.
        const QByteArray body = "{\"n\":" + QByteArray::number(m_sent) + ",\"fill\":\""
                + QByteArray(m_sent * 7 % 97, 'x') + "\"}";
        ++m_sent;
        // One write: the body in a packet of its own would wait for the head's late confirmation.
        m_socket.write("POST " + m_target
                       + " HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
                         "Content-Length: "
                       + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    void readAnswers()
    {
        m_answer += m_socket.readAll();
        const qsizetype headEnd = m_answer.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        static const QByteArray lengthHeader("\r\ncontent-length: ");
        const qsizetype value = m_answer.toLower().indexOf(lengthHeader) + lengthHeader.size();
        const int length = m_answer.mid(value, m_answer.indexOf("\r\n", value) - value).toInt();
        if (m_answer.size() < headEnd + 4 + length)
            return;
        if (!m_answer.startsWith("HTTP/1.1 20")) {
            m_problem = m_answer;
            return;
        }
        m_answer.clear();
        ++m_confirmed;
        publishNext();
    }

    QTcpSocket m_socket;
    const QByteArray m_target;
    QByteArray m_answer;
    QByteArray m_problem;
    int m_count = 0;
    int m_sent = 0;
    int m_confirmed = 0;
};

#endif // HUBPUBLISHER_H
