// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "nestedloop.h"
#include "scriptedserver.h"
#include "trigger.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>
#include <QtTest/qtest.h>

#include <functional>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<void(EventSourceListener *)>)

// Handlers that stop, replace or delete the stream, or run an event loop.
class tst_Reentrancy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emitsNoSignalsAfterStop_data();
    void emitsNoSignalsAfterStop();
    void endsInANestedEventLoop_data();
    void endsInANestedEventLoop();
    void pausesInANestedEventLoop_data();
    void pausesInANestedEventLoop();
    void othersDeliverInANestedEventLoop();
};

void tst_Reentrancy::emitsNoSignalsAfterStop_data()
{
    QTest::addColumn<QString>("signal");
    QTest::addColumn<std::function<void(EventSourceListener *)>>("action");
    using Action = std::function<void(EventSourceListener *)>;
    const QList<QPair<QString, Action>> actions {
            {u"stop"_s, [](EventSourceListener *listener) { listener->stopListening(); }},
            {u"restart"_s, [](EventSourceListener *listener) { listener->restart(); }},
            {u"stop and start"_s,
             [](EventSourceListener *listener) {
                 listener->stopListening();
                 listener->startListening();
             }},
            {u"another url"_s,
             [](EventSourceListener *listener) {
                 listener->setUrl(QUrl(listener->url().toString() + u'x'));
             }},
            {u"no url"_s, [](EventSourceListener *listener) { listener->setUrl({}); }},
            {u"delete"_s, [](EventSourceListener *listener) { delete listener; }},
    };
    for (const QString &signal :
         {u"opened"_s, u"message"_s, u"comment"_s, u"parseError"_s, u"error"_s, u"finished"_s,
          u"dataChanged"_s, u"lastEventChanged"_s, u"lastEventIdChanged"_s, u"statusChanged"_s,
          u"errorStringChanged"_s, u"retryInChanged"_s, u"activeChanged"_s}) {
        for (const auto &action : actions) {
            QTest::addRow("%s in %s", qPrintable(action.first), qPrintable(signal))
                    << signal << action.second;
        }
    }
}

void tst_Reentrancy::emitsNoSignalsAfterStop()
{
    QFETCH(QString, signal);
    QFETCH(std::function<void(EventSourceListener *)>, action);
    ScriptedServer server;
    const bool fails = signal == u"error"_s || signal == u"errorStringChanged"_s
            || signal == u"retryInChanged"_s;
    bool stopped = false;
    server.setHandler([&](Exchange *exchange) {
        if (stopped)
            exchange->sendHead(); // and nothing more: whatever comes is of the old stream
        else if (fails)
            exchange->sendAnswer("503 Busy");
        else
            exchange->sendStream(": comment\nid: 1\ndata: 1\n\nid: 2\ndata: {broken\n\n"
                                 "id: 3\ndata: 3\n\n: comment\nid: 4\ndata: [DONE]\n\n");
    });
    auto *listener = new EventSourceListener;
    const QPointer<EventSourceListener> guard(listener);
    listener->setEndMarker(u"[DONE]"_s);

    // All signals about the stream, in one counter; the handler is connected last, so that
    // the counter has seen the emission that the handler acts in.
    int after = 0;
    const auto count = [&] { after += stopped; };
    connect(listener, &EventSourceListener::opened, this, count);
    connect(listener, &EventSourceListener::message, this, count);
    connect(listener, &EventSourceListener::comment, this, count);
    connect(listener, &EventSourceListener::parseError, this, count);
    connect(listener, &EventSourceListener::error, this, count);
    connect(listener, &EventSourceListener::finished, this, count);

    Trigger trigger;
    trigger.handler = [&] {
        if (!std::exchange(stopped, true))
            action(listener);
    };
    const QMetaObject &meta = EventSourceListener::staticMetaObject;
    for (int i = meta.methodOffset(); i < meta.methodCount(); ++i) {
        if (meta.method(i).name() == signal.toLatin1())
            QVERIFY(connect(listener, meta.method(i), &trigger, trigger.slot()));
    }

    listener->setUrl(server.url());
    QTRY_VERIFY(stopped);
    after = 0;
    // What is still on its way has arrived when another stream of the same server was read.
    EventSourceListener witness(server.url(u"/witness"_s));
    QTRY_COMPARE(witness.status(), EventSourceListener::Open);
    if (guard && guard->isActive() && !guard->url().isEmpty()) {
        QTRY_COMPARE(guard->status(), EventSourceListener::Open);
        QVERIFY2(after <= 1, "more than the new stream's opened()");
    } else {
        QCOMPARE(after, 0);
    }
    delete guard;
}

void tst_Reentrancy::endsInANestedEventLoop_data()
{
    QTest::addColumn<QByteArray>("action");
    for (const char *action : {"stop", "restart", "other url", "delete", "delete after a stop"})
        QTest::newRow(action) << QByteArray(action);
}

// Knows when its reply emits: its slot is the first one, that of the test the last.
class WatchedManager : public QNetworkAccessManager
{
public:
    using QNetworkAccessManager::QNetworkAccessManager;

    bool isEmitting = false;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *body) override
    {
        QNetworkReply *reply = QNetworkAccessManager::createRequest(operation, request, body);
        connect(reply, &QNetworkReply::readyRead, this, [this] { isEmitting = true; });
        return reply;
    }
};

class WatchedManagerFactory : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager *create(QObject *parent) override
    {
        return manager = new WatchedManager(parent);
    }

    QPointer<WatchedManager> manager; // the last one
};

// As when a handler asks the user something, and the user closes the stream instead.
void tst_Reentrancy::endsInANestedEventLoop()
{
    QFETCH(QByteArray, action);
    WatchedManagerFactory factory;
    ScriptedServer server;
    auto listener = std::make_unique<EventSourceListener>(server.url());
    listener->setNetworkAccessManagerFactory(&factory);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    const QPointer<WatchedManager> manager = factory.manager;
    const QPointer<QNetworkReply> reply = manager->findChild<QNetworkReply *>();
    QVERIFY(reply);
    connect(reply, &QNetworkReply::readyRead, manager, [&] { manager->isEmitting = false; });
    int messages = 0;
    int lastMessage = 0;
    bool isOver = false;
    bool wasClosed = false;
    connect(listener.get(), &EventSourceListener::message, this, [&] {
        ++messages;
        if (lastMessage > 0 || !manager->isEmitting)
            return;
        lastMessage = messages;
        QTimer::singleShot(0, this, [&] {
            if (action == "stop" || action == "delete after a stop")
                listener->stopListening();
            else if (action == "restart")
                listener->restart();
            else if (action == "other url")
                listener->setUrl(server.url(u"/other"_s));
            if (action.startsWith("delete"))
                listener.reset();
        });
        // The connection ends while this handler still runs, but what emits is still there.
        wasClosed = waitFor([&] { return !exchange->isConnected(); }) && reply && manager;
        isOver = true;
    });
    exchange->sendHead();
    // On a busy machine the time of a slice may pass before it has delivered anything. The next turn
    // delivers then, and nothing emits.
    for (int sent = 2; lastMessage == 0; sent += 2) {
        exchange->sendChunk("data: 1\n\n"
                            "data: 2\n\n");
        QVERIFY(waitFor([&] { return lastMessage > 0 || messages == sent; }));
    }
    QVERIFY(isOver);
    QVERIFY(wasClosed);
    QCOMPARE(messages, lastMessage);
    QTRY_VERIFY(!reply);
    QTRY_VERIFY(!manager || listener);
    if (action == "restart" || action == "other url") {
        Exchange *next = server.take();
        QVERIFY(next);
        QCOMPARE(next->target(),
                 action == "restart" ? QByteArray("/stream") : QByteArray("/other"));
        next->sendStream("data: 4\n\n");
        QTRY_COMPARE(messages, lastMessage + 1);
    }
    QCOMPARE(server.requestCount(), listener && listener->isActive() ? 2 : 1);
}

void tst_Reentrancy::pausesInANestedEventLoop_data()
{
    QTest::addColumn<bool>("ownLoop");
    QTest::newRow("QEventLoop") << true;
    QTest::newRow("processEvents()") << false;
}

void tst_Reentrancy::pausesInANestedEventLoop()
{
    QFETCH(bool, ownLoop);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QStringList log;
    Exchange *exchange = nullptr;
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        log.append(u"begin "_s + event.text());
        if (event.text() == u"1"_s) {
            exchange->sendChunk("data: 3\n\n");
            runUntilMessage(server.url(u"/other"_s), ownLoop);
        }
        log.append(u"end "_s + event.text());
    });
    exchange = server.take();
    QVERIFY(exchange);
    server.setHandler([](Exchange *other) { other->sendStream("data: 1\n\n"); });
    exchange->sendStream("data: 1\n\ndata: 2\n\n");
    QTRY_COMPARE(log.size(), 6);
    QCOMPARE(log,
             QStringList({u"begin 1"_s, u"end 1"_s, u"begin 2"_s, u"end 2"_s, u"begin 3"_s,
                          u"end 3"_s}));
}

// Two streams have bytes to deliver when a handler of one of them runs an event loop.
void tst_Reentrancy::othersDeliverInANestedEventLoop()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->sendStream(QByteArray("data: 1\n\n").repeated(10000));
    });
    EventSourceListener one(server.url());
    EventSourceListener two(server.url());
    int delivered[2] = {};
    bool waited = false;
    bool hasDelivered = false;
    const auto count = [&](int &mine, const int &theirs) {
        if (++mine == 5000 && theirs < 10000 && !std::exchange(waited, true))
            hasDelivered = waitFor([&] { return theirs == 10000; }, 10000);
        QElapsedTimer busy; // so that turns end before the bytes do
        busy.start();
        while (busy.nsecsElapsed() < 20000) { }
    };
    connect(&one, &EventSourceListener::message, this, [&] { count(delivered[0], delivered[1]); });
    connect(&two, &EventSourceListener::message, this, [&] { count(delivered[1], delivered[0]); });
    QTRY_VERIFY_WITH_TIMEOUT(delivered[0] == 10000 && delivered[1] == 10000, 60000);
    QVERIFY(hasDelivered);
}

QTEST_GUILESS_MAIN(tst_Reentrancy)
#include "tst_reentrancy.moc"
