// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qjsonobject.h>
#include <QtCore/qpointer.h>
#include <QtCore/qthread.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

// Listeners in other threads, and events that are read in several.
class tst_Threads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void worksInAnotherThread();
    void itsEventsAreReadInSeveralThreads();
};

void tst_Threads::worksInAnotherThread()
{
    ScriptedServer server;
    server.setHandler(
            [](Exchange *exchange) { exchange->sendStream("id: 1\ndata: {\"a\":1}\n\n"); });
    QThread thread;
    auto *listener = new EventSourceListener(server.url());
    listener->moveToThread(&thread);
    QThread *deliveredIn = nullptr;
    connect(listener, &EventSourceListener::message, listener,
            [&deliveredIn] { deliveredIn = QThread::currentThread(); });
    QSignalSpy messages(listener, &EventSourceListener::message); // queued to this thread
    connect(&thread, &QThread::finished, listener, &QObject::deleteLater);
    thread.start();
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages.at(0).at(0).value<EventSourceEvent>().data()["a"_L1].toInt(), 1);
    QCOMPARE(deliveredIn, &thread);
    const QPointer<EventSourceListener> guard(listener);
    thread.quit();
    QVERIFY(thread.wait(10000));
    QVERIFY(!guard);
}

// With an engine JSON is decoded when it is read, wherever that is.
void tst_Threads::itsEventsAreReadInSeveralThreads()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->sendStream("data: {\"n\":1,\"text\":\"one\"}\n\ndata: {\"n\":2}\n\n");
    });
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import EventSource\n"
                      "EventSourceListener { property var kept; onMessage: e => kept = e.data }",
                      {});
    std::unique_ptr<QObject> object(
            component.createWithInitialProperties({{u"url"_s, server.url()}}));
    QVERIFY2(object, qPrintable(component.errorString()));
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QList<EventSourceEvent> events;
    connect(listener, &EventSourceListener::message, this,
            [&](const EventSourceEvent &event) { events.append(event); });
    QTRY_COMPARE(events.size(), 2);

    const QJsonObject expected {{u"n"_s, 1}, {u"text"_s, u"one"_s}};
    std::atomic<int> right = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&, event = events.constFirst()] {
            right += event.data() == expected && event.text() == u"{\"n\":1,\"text\":\"one\"}";
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait(10000));
    QCOMPARE(right, 4);
    threads.clear();

    // The last copy of an event that QML has read may outlive its listener, in another thread.
    object.reset();
    QThread *last =
            QThread::create([events = std::exchange(events, {})]() mutable { events.clear(); });
    last->start();
    QVERIFY(last->wait(10000));
    delete last;
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(tst_Threads)
#include "tst_threads.moc"
