// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef ANSWERINGSERVER_H
#define ANSWERINGSERVER_H

#include "scriptedserver.h"

#include <QtCore/qstringlist.h>

// A server for tests of whole programs, where what it says is settled beforehand: the n-th request
// gets the n-th answer, and the last one goes to all that follow. Connections stay open.
class AnsweringServer : public ScriptedServer
{
public:
    AnsweringServer()
    {
        setHandler([this](Exchange *exchange) {
            requests.append(exchange);
            if (!answers.isEmpty())
                exchange->send(answers.at(qMin(requests.size(), answers.size()) - 1));
        });
    }

    QString address() const { return url().toString(); }

    // An open stream, with these events so far.
    static QByteArray stream(const QByteArray &events)
    {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
               "Transfer-Encoding: chunked\r\n\r\n"
                + (events.isEmpty()
                           ? QByteArray()
                           : QByteArray::number(events.size(), 16) + "\r\n" + events + "\r\n");
    }
    static QByteArray endedStream(const QByteArray &events) { return stream(events) + "0\r\n\r\n"; }
    static QByteArray status(const QByteArray &status, const QByteArray &body = {})
    {
        return "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

    QList<QByteArray> answers;
    QList<Exchange *> requests;
};

#endif // ANSWERINGSERVER_H
