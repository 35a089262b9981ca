// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "processfigures.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qeventloop.h>
#include <QtTest/qtest.h>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<void(ThreadedServer::Peer &)>)

// An application that runs for months: memory, descriptors and threads stay where they are.
class tst_Leaks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startAndStop();
    void makeAndDelete();
    void reconnect_data();
    void reconnect();
};

namespace {

// EVENTSOURCE_TEST_CYCLES for more; the first fifth warms up.
int cycleCount()
{
    bool ok = false;
    const int count = qEnvironmentVariableIntValue("EVENTSOURCE_TEST_CYCLES", &ok);
    return ok ? count : 1500;
}

// Compares what the process has after the warm-up with what it has in the end.
class Watch
{
public:
    explicit Watch(ThreadedServer &server) : m_server(server) { }

    void cycle(int done)
    {
        if (done == cycleCount() / 5) {
            m_memory = residentBytes();
            m_descriptors = m_server.clientDescriptors();
            m_threads = m_server.clientThreads();
        }
    }
    void compare()
    {
        QVERIFY(m_threads > 0);
        const qint64 growth = residentBytes() - m_memory;
        qInfo("after %d cycles: memory %+.1f MiB, descriptors %+d, threads %+d", cycleCount(),
              double(growth) / 1024 / 1024, m_server.clientDescriptors() - m_descriptors,
              m_server.clientThreads() - m_threads);
        // Freed memory does not go back evenly; a leak of 1 KiB in each cycle would show.
        const qint64 bound = 6 * 1024 * 1024 + qint64(cycleCount()) * 400;
        QVERIFY2(growth < bound, QByteArray::number(growth));
        // Connections that are being closed count on one side only.
        QVERIFY(waitFor([&] { return m_server.clientDescriptors() <= m_descriptors + 8; }));
        QVERIFY(waitFor([&] { return m_server.clientThreads() <= m_threads + 8; }));
    }

private:
    ThreadedServer &m_server;
    qint64 m_memory = 0;
    int m_descriptors = 0;
    int m_threads = 0;
};

void sendEventsForEver(ThreadedServer::Peer &peer)
{
    if (peer.readRequest().isEmpty())
        return;
    peer.sendHead();
    peer.sendChunk("id: 1\ndata: {\"n\":1}\n\n");
    peer.awaitClose();
}

} // namespace

void tst_Leaks::startAndStop()
{
    ThreadedServer server(sendEventsForEver);
    Watch watch(server);
    EventSourceListener listener(server.url());
    int cycles = 0;
    QEventLoop loop;
    connect(&listener, &EventSourceListener::message, this, [&] {
        watch.cycle(++cycles);
        listener.stopListening();
        if (cycles == cycleCount())
            loop.quit();
        else
            listener.startListening();
    });
    loop.exec();
    watch.compare();
}

void tst_Leaks::makeAndDelete()
{
    ThreadedServer server(sendEventsForEver);
    Watch watch(server);
    for (int cycle = 1; cycle <= cycleCount(); ++cycle) {
        EventSourceListener listener(server.url());
        QEventLoop loop;
        connect(&listener, &EventSourceListener::message, &loop, &QEventLoop::quit);
        loop.exec();
        watch.cycle(cycle);
    }
    watch.compare();
}

void tst_Leaks::reconnect_data()
{
    QTest::addColumn<std::function<void(ThreadedServer::Peer &)>>("handler");
    // Returns whether the connection stays open.
    const auto row = [](const char *tag, const std::function<bool(ThreadedServer::Peer &)> &end) {
        QTest::newRow(tag) << std::function<void(ThreadedServer::Peer &)>(
                [end](ThreadedServer::Peer &peer) {
                    do {
                        if (peer.readRequest().isEmpty())
                            return;
                        peer.sendHead();
                        peer.sendChunk("id: 1\ndata: {\"n\":1}\n\n");
                    } while (end(peer));
                });
    };
    row("clean end", [](ThreadedServer::Peer &peer) { return peer.send("0\r\n\r\n"); });
    row("FIN inside a chunk", [](ThreadedServer::Peer &peer) {
        peer.send("50\r\ndata: ");
        return false;
    });
    row("reset", [](ThreadedServer::Peer &peer) {
        peer.resetOnClose();
        return false;
    });
}

void tst_Leaks::reconnect()
{
    QFETCH(std::function<void(ThreadedServer::Peer &)>, handler);
    ThreadedServer server(handler);
    Watch watch(server);
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    int cycles = 0;
    QEventLoop loop;
    connect(&listener, &EventSourceListener::opened, this, [&] {
        watch.cycle(++cycles);
        if (cycles == cycleCount()) {
            listener.stopListening();
            loop.quit();
        }
    });
    loop.exec();
    watch.compare();
}

QTEST_GUILESS_MAIN(tst_Leaks)
#include "tst_leaks.moc"
