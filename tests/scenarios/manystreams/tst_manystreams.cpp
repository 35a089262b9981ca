// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "processfigures.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qscopeguard.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtNetwork/qnetworkrequest.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

using namespace Qt::StringLiterals;

// One application with many streams of one host, which its ordinary requests go to as well.
class tst_ManyStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void feedsThreeHundredBesideOrdinaryRequests();
};

// Both ends of each connection are in this process, more than the usual 1024 descriptors.
void tst_ManyStreams::initTestCase()
{
    rlimit limit {};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 4096);
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

void tst_ManyStreams::feedsThreeHundredBesideOrdinaryRequests()
{
    constexpr int count = 300;
    constexpr int rounds = 3;
    std::mutex mutex;
    std::condition_variable allowedChanged;
    int allowed = 1; // rounds that the server may send
    const auto allow = [&](int upTo) {
        {
            const std::lock_guard<std::mutex> lock(mutex);
            allowed = upTo;
        }
        allowedChanged.notify_all();
    };
    ThreadedServer server([&](ThreadedServer::Peer &peer) {
        for (;;) {
            const QByteArray request = peer.readRequest();
            if (request.isEmpty())
                return;
            if (request.startsWith("GET /image"))
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nimage");
            else
                break;
        }
        peer.sendHead();
        for (int round = 1; round <= rounds; ++round) {
            {
                std::unique_lock<std::mutex> lock(mutex);
                allowedChanged.wait(lock, [&] { return allowed >= round; });
            }
            peer.sendChunk("data: " + QByteArray::number(round) + "\n\n");
        }
        peer.awaitClose();
    });

    // However this ends, the server's threads must not wait for ever.
    const auto release = qScopeGuard([&] { allow(rounds); });

    // The engine's own manager, as images and XMLHttpRequest use it.
    QQmlEngine engine;
    QNetworkAccessManager *manager = engine.networkAccessManager();
    qint64 slowest = 0;
    int images = 0;
    std::function<void()> loadImage = [&] {
        const auto elapsed = std::make_shared<QElapsedTimer>();
        elapsed->start();
        QNetworkReply *reply = manager->get(QNetworkRequest(server.url(u"/image"_s)));
        connect(reply, &QNetworkReply::finished, this, [&, reply, elapsed] {
            if (reply->readAll() == "image")
                ++images;
            slowest = std::max(slowest, elapsed->elapsed());
            reply->deleteLater();
            loadImage();
        });
    };
    loadImage();
    QTRY_VERIFY(images > 0);

    const int threads = server.clientThreads();
    const int descriptors = server.clientDescriptors();
    const qint64 memory = residentBytes();
    const int imagesBefore = images;
    slowest = 0;

    QElapsedTimer elapsed;
    elapsed.start();
    std::vector<std::unique_ptr<EventSourceListener>> listeners;
    int received = 0;
    int errors = 0;
    for (int i = 0; i < count; ++i) {
        listeners.push_back(std::make_unique<EventSourceListener>());
        EventSourceListener *listener = listeners.back().get();
        QQmlEngine::setContextForObject(listener, engine.rootContext());
        connect(listener, &EventSourceListener::message, this, [&] { ++received; });
        connect(listener, &EventSourceListener::error, this, [&] { ++errors; });
        listener->setUrl(server.url());
    }
    QTRY_VERIFY_WITH_TIMEOUT(received == count || errors > 0, 15000);
    QCOMPARE(errors, 0);
    const qint64 allOpen = elapsed.elapsed();
    for (const auto &listener : listeners)
        QCOMPARE(listener->status(), EventSourceListener::Open);
    qInfo("%d listeners open and fed in %lld ms; for each of them %.2f threads, %.2f descriptors, "
          "%.0f KiB (server's threads included in memory); %d images meanwhile, the slowest took "
          "%lld ms",
          count, allOpen, double(server.clientThreads() - threads) / count,
          double(server.clientDescriptors() - descriptors) / count,
          double(residentBytes() - memory) / 1024 / count, images - imagesBefore, slowest);

    for (int round = 2; round <= rounds; ++round) {
        allow(round);
        QTRY_VERIFY_WITH_TIMEOUT(received == round * count || errors > 0, 15000);
    }
    QCOMPARE(errors, 0);
    QVERIFY(images - imagesBefore > 0);
    // In a queue behind streams they would wait for ever.
    QVERIFY2(slowest < 5000, QByteArray::number(slowest));

    // Half of them anew: on the managers that are there.
    const int threadsBefore = server.clientThreads();
    for (int i = 0; i < count; i += 2)
        listeners[size_t(i)]->restart();
    QTRY_VERIFY_WITH_TIMEOUT(received == rounds * count + rounds * (count / 2) || errors > 0,
                             15000);
    QCOMPARE(errors, 0);
    // The server's threads of the old connections end a moment after them.
    QVERIFY(waitFor([&] { return server.clientThreads() <= threadsBefore + 2; }));

    // Once the last one has gone nothing is left.
    listeners.clear();
    QVERIFY(waitFor([&] { return server.clientThreads() <= threads + 2; }));
    QVERIFY(waitFor([&] { return server.clientDescriptors() <= descriptors + 10; }));
}

QTEST_GUILESS_MAIN(tst_ManyStreams)
#include "tst_manystreams.moc"
