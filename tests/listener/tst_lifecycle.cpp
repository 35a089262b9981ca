// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventbytes.h"
#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qregularexpression.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// Start and stop, active, lazy and url.
class tst_LifeCycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensByItselfUnlessLazy();
    void staysClosedWhereActiveWasWrittenFalse();
    void doesNotReviveByTheSameWrite();
    void waitsForAUrl();
    void switchesToAnotherUrl();
    void refusesWrongUrls_data();
    void refusesWrongUrls();
    void refusesPropertyValuesOutOfRange();
};

void tst_LifeCycle::opensByItselfUnlessLazy()
{
    ScriptedServer server;
    EventSourceListener lazy(server.url(u"/lazy"_s));
    lazy.setLazy(true);
    EventSourceListener eager(server.url(u"/eager"_s));
    EventSourceListener stopped(server.url(u"/stopped"_s));
    stopped.stopListening();

    Exchange *first = server.take();
    QVERIFY(first);
    QCOMPARE(first->target(), "/eager");
    QVERIFY(staysAt(server, 1));
    QVERIFY(!lazy.isActive());
    QVERIFY(!stopped.isActive());
    QCOMPARE(lazy.status(), EventSourceListener::Closed);

    lazy.startListening();
    QVERIFY(lazy.isActive());
    QCOMPARE(lazy.status(), EventSourceListener::Connecting);
    QCOMPARE(server.requestCount(), 1);
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->target(), "/lazy");
}

void tst_LifeCycle::staysClosedWhereActiveWasWrittenFalse()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setActive(false);
    QVERIFY(staysAt(server, 0));
    QSignalSpy activeChanged(&listener, &EventSourceListener::activeChanged);
    listener.setActive(true);
    QCOMPARE(activeChanged.size(), 1);
    QVERIFY(server.take());
    listener.setActive(false);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QCOMPARE(activeChanged.size(), 2);
}

void tst_LifeCycle::doesNotReviveByTheSameWrite()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("204 No Content"); });
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    listener.setActive(true);
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QVERIFY(!listener.isActive());
    listener.setActive(true);
    QVERIFY(!listener.isActive());
    QVERIFY(staysAt(server, 1));
    listener.setActive(false);
    listener.setActive(true);
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    listener.startListening();
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    listener.restart();
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QCOMPARE(server.requestCount(), 4);
}

void tst_LifeCycle::waitsForAUrl()
{
    ScriptedServer server;
    EventSourceListener listener;
    Recorder recorder(&listener);
    QTRY_VERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    listener.setUrl(server.url());
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    listener.setUrl({});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(listener.isActive());
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_LifeCycle::switchesToAnotherUrl()
{
    ScriptedServer server;
    EventSourceListener listener(server.url(u"/one"_s));
    Recorder recorder(&listener);
    Exchange *one = server.take();
    QVERIFY(one);
    one->sendStream(numbered(1));
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #1"_s}));
    one->sendChunk(numbered(2));
    listener.setUrl(server.url(u"/two"_s));
    QCOMPARE(listener.lastEventId(), QString());
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    Exchange *two = server.take();
    QVERIFY(two);
    QCOMPARE(two->target(), "/two");
    QCOMPARE(two->headerCount("Last-Event-ID"), 0);
    two->sendStream("data: 3\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 3"_s}));
}

void tst_LifeCycle::refusesWrongUrls_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("relative") << QUrl(u"stream"_s);
    QTest::newRow("another scheme") << QUrl(u"ftp://127.0.0.1/stream"_s);
    QTest::newRow("a file") << QUrl(u"file:///stream"_s);
    QTest::newRow("no host") << QUrl(u"http:///stream"_s);
    QTest::newRow("invalid port") << QUrl(u"http://127.0.0.1:99999/"_s);
    QTest::newRow("invalid host") << QUrl(u"http://[::zz]/"_s);
    QTest::newRow("invalid, with a secret") << QUrl(u"http://user:s3cret@[::zz]/?s3cret"_s);
}

void tst_LifeCycle::refusesWrongUrls()
{
    QFETCH(QUrl, url);
    ScriptedServer server;
    EventSourceListener listener(url);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(1), QStringList {u"InvalidUrlError"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY(!error.willRetry());
    QCOMPARE(error.retryIn(), -1);
    QCOMPARE(error.message(), listener.errorString());
    QVERIFY2(error.message().contains(u"http or https"_s), qPrintable(error.message()));
    QVERIFY2(!error.message().contains(u"s3cret"_s), qPrintable(error.message()));
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);

    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    QCOMPARE(listener.errorString(), QString());
}

void tst_LifeCycle::refusesPropertyValuesOutOfRange()
{
    EventSourceListener listener;
    const auto refuses = [](QObject *object, const char *name, const QVariant &value) {
        const QVariant before = object->property(name);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QLatin1String(name)));
        object->setProperty(name, value);
        return object->property(name) == before;
    };
    QVERIFY(refuses(&listener, "connectTimeout", -1));
    QVERIFY(refuses(&listener, "idleTimeout", -5));
    QVERIFY(refuses(&listener, "maximumEventSize", 0));
    QVERIFY(refuses(&listener, "format", 7));
    QVERIFY(refuses(&listener, "lastEventId", u"a\nb"_s));
    QVERIFY(refuses(&listener, "lastEventId", u"a\rb"_s));
    QVERIFY(refuses(&listener, "lastEventId", QString(QChar(0))));
    EventSourceReconnectPolicy *policy = listener.reconnect();
    QVERIFY(refuses(policy, "initialDelay", -1));
    QVERIFY(refuses(policy, "maximumDelay", -1));
    QVERIFY(refuses(policy, "multiplier", 0.5));
    QVERIFY(refuses(policy, "multiplier", qQNaN()));
    QVERIFY(refuses(policy, "jitter", 1.5));
    QVERIFY(refuses(policy, "jitter", -0.5));
    QVERIFY(refuses(policy, "maximumAttempts", 0));
}

QTEST_GUILESS_MAIN(tst_LifeCycle)
#include "tst_lifecycle.moc"
