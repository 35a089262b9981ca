// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "measuring.h"
#include "parts.h"
#include "threadedserver.h"

#include <QtCore/qthread.h>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QByteArray makeFlood()
{
    QByteArray events;
    for (int i = 0; i < 300; ++i) {
        events += "data: {\"id\":" + QByteArray::number(i)
                + R"(,"host":"web-1","value":0.5,"state":"ok"})" + "\n\n";
    }
    return QByteArray::number(events.size(), 16) + "\r\n" + events + "\r\n";
}

} // namespace

int serve()
{
    const QByteArray flood = makeFlood();
    ThreadedServer server([&](ThreadedServer::Peer &peer) {
        const QByteArray request = peer.readRequest();
        const auto tick = [&](int milliseconds) {
            do {
                QThread::msleep(milliseconds);
            } while (peer.sendChunk("data: {\"sent\":" + QByteArray::number(now()) + "}\n\n"));
        };
        peer.sendHead();
        if (request.startsWith("GET /flood")) {
            while (peer.send(flood)) { }
        } else if (request.startsWith("GET /10ms")) {
            tick(10);
        } else {
            peer.awaitClose();
        }
    });
    QTextStream(stdout) << server.url(u"/"_s).toString() << Qt::endl;
    while (std::getchar() != EOF) { }
    return 0;
}
