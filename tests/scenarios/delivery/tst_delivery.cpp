// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "baresource.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

// Delivery must not become slow unnoticed. What counts is the ratio to the same work done without
// this library, in the same run; docs/performance.md has the figures.
class tst_Delivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsUpWithBareCode_data();
    void keepsUpWithBareCode();
};

namespace {

constexpr int eventCount = 20000;

// A chunk for each event, or for as many as fill it.
QByteArray makeResponse(qsizetype chunkSize)
{
    QByteArray response;
    QByteArray block;
    const auto flush = [&] {
        response += QByteArray::number(block.size(), 16) + "\r\n" + block + "\r\n";
        block.clear();
    };
    for (int i = 0; i < eventCount; ++i) {
        const QByteArray number = QByteArray::number(i);
        block += "id: " + number + "\nevent: metrics\ndata: {\"id\":" + number
                + ",\"host\":\"web-1\",\"value\":" + QByteArray::number(i % 100)
                + ".5,\"unit\":\"percent\",\"state\":\"ok\"}\n\n";
        if (block.size() >= chunkSize)
            flush();
    }
    if (!block.isEmpty())
        flush();
    return response;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

constexpr char listenerQml[] = R"(
import EventSource
EventSourceListener {
    property int count: 0
    property real sum: 0
    reconnect.enabled: false
    onMessage: event => { const d = event.data; sum += d.id + d.value; ++count }
}
)";

constexpr char bareQml[] = R"(
import QtQml
Connections {
    property int count: 0
    property real sum: 0
    function onMessage(event) { const d = event.data; sum += d.id + d.value; ++count }
}
)";

} // namespace

void tst_Delivery::keepsUpWithBareCode_data()
{
    // The smallest ratio is far from what it is with optimization (a chunk per event: 2.3 and 3.8,
    // chunks of 16 KiB: 1.5 and 0.8); the rest is for noise, -O0 and sanitizers.
    QTest::addColumn<bool>("qml");
    QTest::addColumn<qsizetype>("chunkSize");
    QTest::addColumn<double>("smallestRatio");
    const qsizetype oneEvent = 1;
    const qsizetype many = 16 * 1024;
    QTest::newRow("QML handler that reads two fields, 16 KiB chunks") << true << many << 0.7;
    QTest::newRow("QML handler that reads two fields, a chunk per event")
            << true << oneEvent << 1.0;
    QTest::newRow("C++ slot with decoded JSON, 16 KiB chunks") << false << many << 0.3;
    QTest::newRow("C++ slot with decoded JSON, a chunk per event") << false << oneEvent << 1.3;
}

void tst_Delivery::keepsUpWithBareCode()
{
    QFETCH(bool, qml);
    QFETCH(qsizetype, chunkSize);
    QFETCH(double, smallestRatio);
    const QByteArray response = makeResponse(chunkSize);
    ThreadedServer server([&](ThreadedServer::Peer &peer) {
        peer.readRequest();
        if (peer.sendHead() && peer.send(response))
            peer.awaitClose();
    });
    QQmlEngine engine;
    QQmlComponent listenerComponent(&engine);
    QQmlComponent bareComponent(&engine);
    listenerComponent.setData(listenerQml, {});
    bareComponent.setData(bareQml, {});

    // Milliseconds until all events were handled.
    const auto time = [](const std::function<bool()> &isDone) {
        QElapsedTimer timer;
        timer.start();
        return waitFor(isDone, 60000) ? double(timer.nsecsElapsed()) / 1e6 : -1;
    };
    const auto runListener = [&] {
        if (qml) {
            const std::unique_ptr<QObject> object(
                    listenerComponent.createWithInitialProperties({{u"url"_s, server.url()}}));
            return object ? time([&] { return object->property("count") == eventCount; }) : -1;
        }
        EventSourceListener listener(server.url());
        int count = 0;
        connect(&listener, &EventSourceListener::message, this,
                [&](const EventSourceEvent &event) { count += event.data().isObject(); });
        return time([&] { return count == eventCount; });
    };
    const auto runBare = [&] {
        BareSource source(BareSource::Decode, server.url());
        if (qml) {
            const std::unique_ptr<QObject> object(bareComponent.createWithInitialProperties(
                    {{u"target"_s, QVariant::fromValue(&source)}}));
            return object ? time([&] { return object->property("count") == eventCount; }) : -1;
        }
        int count = 0;
        connect(&source, &BareSource::message, this,
                [&](const BareEvent &event) { count += event.data.isObject(); });
        return time([&] { return count == eventCount; });
    };

    std::vector<double> ours;
    std::vector<double> bare;
    for (int round = 0; round < 5; ++round) {
        ours.push_back(runListener());
        bare.push_back(runBare());
        QVERIFY2(ours.back() > 0, qPrintable(listenerComponent.errorString()));
        QVERIFY2(bare.back() > 0, qPrintable(bareComponent.errorString()));
    }
    const double ratio = median(bare) / median(ours);
    qInfo("%.2f times as fast as bare code", ratio);
    QVERIFY2(ratio > smallestRatio, qPrintable(QString::number(ratio)));
}

QTEST_GUILESS_MAIN(tst_Delivery)
#include "tst_delivery.moc"
