// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Latency of one event each 10 ms, from the server's send call to the handler. The clients run
// alternately, so that only one stream is open at a time and other load affects all of them.

#include "baresource.h"
#include "measuring.h"
#include "parts.h"
#include "streams.h"

using namespace Qt::StringLiterals;

namespace {

class Delays : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE void take(double sent) { add(now(), qint64(sent)); }

    // The server writes the time as the only number: {"sent":123}.
    void take(qint64 time, const QByteArray &bytes)
    {
        const qsizetype at = bytes.lastIndexOf(':');
        add(time, bytes.mid(at + 1, bytes.lastIndexOf('}') - at - 1).toLongLong());
    }

    void runBlock()
    {
        m_counts = false;
        runFor(100); // start-up is not measured
        m_counts = true;
        runFor(400);
    }

    std::vector<double> all; // us

private:
    void add(qint64 time, qint64 sent)
    {
        if (m_counts)
            all.push_back(double(time - sent) / 1e3);
    }

    bool m_counts = false;
};

constexpr char qml[] = R"(
import EventSource
EventSourceListener { onMessage: event => sink.take(event.data.sent) }
)";

constexpr char bareQml[] = R"(
import QtQml
Connections { function onMessage(event) { sink.take(event.data.sent) } }
)";

} // namespace

void measureLatency(const QString &base)
{
    const QUrl url(base + u"10ms"_s);
    Delays handler;
    Delays bare;
    Delays bareHandler;
    Delays slot;
    QmlListeners listeners(qml, &handler);
    QQmlEngine engine;
    engine.rootContext()->setContextProperty(u"sink"_s, &bareHandler);
    QQmlComponent component(&engine);
    component.setData(bareQml, {});
    for (int round = 0; round < 30; ++round) {
        listeners.add(url);
        handler.runBlock();
        listeners.clear();
        {
            QNetworkAccessManager manager;
            const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(url)));
            QObject::connect(reply.get(), &QNetworkReply::readyRead, [&] {
                const qint64 time = now();
                bare.take(time, reply->readAll());
            });
            bare.runBlock();
        }
        {
            BareSource source(BareSource::Decode, url);
            const auto connections =
                    createQml(component, {{u"target"_s, QVariant::fromValue(&source)}});
            bareHandler.runBlock();
        }
        {
            EventSourceListener listener(url);
            listener.setFormat(EventSourceListener::Text);
            QObject::connect(&listener, &EventSourceListener::message,
                             [&](const EventSourceEvent &event) {
                                 const qint64 time = now();
                                 slot.take(time, event.text().toLatin1());
                             });
            slot.runBlock();
        }
    }
    row(u"one event every 10 ms, bare QNAM's readyRead: median"_s, median(bare.all), u"µs"_s);
    row(u"one event every 10 ms, C++ slot, text: median"_s, median(slot.all), u"µs"_s);
    row(u"one event every 10 ms, C++ slot, text: median relative to bare QNAM's readyRead"_s,
        median(slot.all) / median(bare.all), u"×"_s, 1.25);
    row(u"one event every 10 ms, bare QNAM, QML handler: median"_s, median(bareHandler.all),
        u"µs"_s);
    row(u"one event every 10 ms, QML handler: median"_s, median(handler.all), u"µs"_s);
    row(u"one event every 10 ms, QML handler: median relative to bare QNAM, QML handler"_s,
        median(handler.all) / median(bareHandler.all), u"×"_s, 1);
    row(u"one event every 10 ms, bare QNAM, QML handler: 99 %"_s,
        percentile(bareHandler.all, 0.99) / 1e3, u"ms"_s);
    row(u"one event every 10 ms, QML handler: 99 %"_s, percentile(handler.all, 0.99) / 1e3,
        u"ms"_s);
    row(u"one event every 10 ms, QML handler: 99 % relative to bare QNAM, QML handler"_s,
        percentile(handler.all, 0.99) / percentile(bareHandler.all, 0.99), u"×"_s, 1.1);
}

#include "latency.moc"
