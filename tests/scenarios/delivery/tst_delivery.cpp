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

// Chunks of about 16 KiB.
QByteArray makeResponse()
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
        if (block.size() >= 16 * 1024)
            flush();
    }
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
    QTest::addColumn<bool>("qml");
    QTest::newRow("QML handler that reads two fields") << true;
    QTest::newRow("C++ slot with decoded JSON") << false;
}

void tst_Delivery::keepsUpWithBareCode()
{
    QFETCH(bool, qml);
    const QByteArray response = makeResponse();
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
    // By far less than it is with optimization; the rest is for noise, -O0 and sanitizers.
    QVERIFY2(ratio > (qml ? 0.5 : 0.3), qPrintable(QString::number(ratio)));
}

QTEST_GUILESS_MAIN(tst_Delivery)
#include "tst_delivery.moc"
