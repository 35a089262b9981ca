// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "measuring.h"
#include "parts.h"
#include "threadedserver.h"

#include <QtCore/qthread.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

QByteArray makeObject(int id, int value)
{
    return "{\"id\":" + QByteArray::number(id) + R"(,"host":"web-1","value":)"
            + QByteArray::number(value) + R"(.5,"state":"ok"})";
}

// Events as one chunk with one value; their ids rise by step and stay below the limit.
QByteArray makeChunk(int events, qint64 first = 0, int step = 1, int limit = 300, int value = 0)
{
    QByteArray text;
    for (int i = 0; i < events; ++i)
        text += "data: " + makeObject(int((first + qint64(i) * step) % limit), value) + "\n\n";
    return QByteArray::number(text.size(), 16) + "\r\n" + text + "\r\n";
}

// A snapshot of so many rows as arrays of 1,000 objects, then updates of all of them in an order
// without neighbours.
void sendTable(ThreadedServer::Peer &peer, int rows)
{
    for (int first = 0; first < rows; first += 1000) {
        QByteArray batch = "data: [";
        for (int id = first; id < std::min(first + 1000, rows); ++id)
            batch += makeObject(id, 0) + ',';
        batch.chop(1);
        peer.sendChunk(batch + "]\n\n");
    }
    std::vector<QByteArray> updates;
    for (int i = 0; i < 1000; ++i)
        updates.push_back(makeChunk(300, qint64(i) * 300 * 7919, 7919, rows, i));
    for (size_t i = 0; peer.send(updates[i % updates.size()]); ++i) { }
}

// 50,000 events a second, some every 5 ms.
void sendSteadily(ThreadedServer::Peer &peer)
{
    const QByteArray events = makeChunk(250);
    auto next = std::chrono::steady_clock::now();
    while (peer.send(events)) {
        next += std::chrono::milliseconds(5);
        std::this_thread::sleep_until(next);
    }
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
    const QByteArray flood = makeChunk(300);
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
        } else if (request.startsWith("GET /steady")) {
            sendSteadily(peer);
        } else if (request.startsWith("GET /table/")) {
            sendTable(peer, request.mid(11, request.indexOf(' ', 11) - 11).toInt());
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
