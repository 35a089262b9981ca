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

// 15 MB of JSON in one event, less than the default maximumEventSize.
QByteArray makeLarge()
{
    QByteArray event = "data: [";
    for (int i = 0; i < 100000; ++i) {
        const QByteArray number = QByteArray::number(i);
        event += R"({"id":)" + number + R"(,"host":"web-)" + number + R"(.example.org","value":)"
                + QByteArray::number(i % 1000) + R"(.25,"unit":"percent","state":"ok",)"
                + R"("message":"all services of this host answer in time, nothing to do"},)";
    }
    event.chop(1);
    return event + "]\n\n";
}

} // namespace

int serve()
{
    const QByteArray flood = makeFlood();
    const QByteArray large = makeLarge();
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
        } else if (request.startsWith("GET /100ms")) {
            tick(100);
        } else if (request.startsWith("GET /large")) {
            peer.sendChunk(large);
            peer.awaitClose();
        } else {
            peer.awaitClose();
        }
    });
    QTextStream(stdout) << server.url(u"/"_s).toString() << Qt::endl;
    while (std::getchar() != EOF) { }
    return 0;
}
