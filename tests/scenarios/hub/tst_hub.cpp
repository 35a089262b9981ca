// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"
#include "hubpublisher.h"
#include "nginxserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceReconnectPolicy>

#include <QtCore/qjsonobject.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

class tst_Hub : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void everyMessageArrivesOnce_data();
    void everyMessageArrivesOnce();
    void beginsAfterAStoredId();
    void cleanup();

private:
    QUrl urlThrough(const QTcpServer &proxy) const
    {
        return QUrl(u"http://127.0.0.1:%1"_s.arg(proxy.serverPort()) + u"/events?channel="_s
                    + m_channel);
    }

    NginxServer m_hub;
    QString m_channel; // a fresh one for every test
    int m_channels = 0;
};

void tst_Hub::initTestCase()
{
    QVERIFY2(m_hub.start(QStringLiteral(HUB_CONFIGURATION)), qPrintable(m_hub.problem()));
}

void tst_Hub::init()
{
    m_channel = u"channel%1"_s.arg(++m_channels);
}

void tst_Hub::cleanup()
{
    if (QTest::currentTestFailed())
        qWarning("nginx: %s", m_hub.log().constData());
}

void tst_Hub::everyMessageArrivesOnce_data()
{
    QTest::addColumn<CuttingProxy::Cut>("cut");
    QTest::addColumn<QList<qint64>>("cutAfter");
    QTest::addColumn<int>("publishedBefore"); // the rest comes while the stream is open

    // The response's head is about 160 bytes, the thousand events about 100,000.
    QTest::newRow("closed within an event, all live")
            << CuttingProxy::Close << QList<qint64> {20011, 30029} << 0;
    QTest::newRow("closed within an event, half replayed")
            << CuttingProxy::Close << QList<qint64> {7013, 50021} << 500;
    QTest::newRow("reset, all live") << CuttingProxy::Reset << QList<qint64> {20011, 30029} << 0;
    QTest::newRow("reset, all replayed")
            << CuttingProxy::Reset << QList<qint64> {40009, 20021} << 1000;
    QTest::newRow("reset within the response's head, then within the first event")
            << CuttingProxy::Reset << QList<qint64> {50, 200} << 10;
}

void tst_Hub::everyMessageArrivesOnce()
{
    QFETCH(CuttingProxy::Cut, cut);
    QFETCH(QList<qint64>, cutAfter);
    QFETCH(int, publishedBefore);
    constexpr int count = 1000;
    constexpr int ahead = 20;

    HubPublisher publisher(m_hub.port(), m_channel);
    publisher.publishUpTo(publishedBefore);
    QVERIFY2(waitFor([&] { return publisher.published() == publishedBefore; }),
             publisher.problem());

    CuttingProxy proxy(m_hub.port());
    proxy.setCut(cut, cutAfter.takeFirst());
    QList<int> received;
    struct Gap
    {
        QByteArray lastEventId;
        qsizetype connections; // so far
    };
    QList<Gap> gaps;
    EventSourceListener listener;
    listener.reconnect()->setInitialDelay(100);
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        received.append(event.data().toObject().value("n"_L1).toInt(-1));
        // While the stream is open the hub is only a little ahead, so that every connection but
        // the last is cut among events that are published at that moment.
        publisher.publishUpTo(qMin(int(received.size()) + ahead, count));
    });
    connect(&listener, &EventSourceListener::statusChanged, this, [&] {
        if (listener.status() != EventSourceListener::Waiting)
            return;
        gaps.append({listener.lastEventId().toUtf8(), proxy.requests().size()});
        proxy.setCut(cut, cutAfter.isEmpty() ? -1 : cutAfter.takeFirst());
    });
    QStringList problems;
    connect(&listener, &EventSourceListener::parseError, this,
            [&](const EventSourceEvent &event) { problems.append(event.text()); });
    listener.setUrl(urlThrough(proxy));

    publisher.publishUpTo(ahead);
    QVERIFY2(waitFor([&] { return publisher.published() == count; }), publisher.problem());
    // One more as a mark: what would come twice after the last message would stand before it.
    publisher.publishUpTo(count + 1);
    QVERIFY(waitFor([&] { return !received.isEmpty() && received.last() == count; }));

    QList<int> expected(count + 1);
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(received, expected);
    QCOMPARE(problems, QStringList());
    QCOMPARE(listener.status(), EventSourceListener::Open);

    // It really was cut off twice, and the hub was asked for what came after the last event.
    QCOMPARE(gaps.size(), 2);
    QVERIFY(proxy.cuts() >= 2);
    QCOMPARE(CuttingProxy::lastEventIdOf(proxy.requests().first()), "");
    for (const Gap &gap : std::as_const(gaps)) {
        const QList<QByteArray> later = proxy.requests().mid(gap.connections);
        QVERIFY2(std::any_of(later.begin(), later.end(),
                             [&](const QByteArray &request) {
                                 return CuttingProxy::lastEventIdOf(request) == gap.lastEventId;
                             }),
                 gap.lastEventId);
    }
}

void tst_Hub::beginsAfterAStoredId()
{
    CuttingProxy proxy(m_hub.port());
    HubPublisher publisher(m_hub.port(), m_channel);
    publisher.publishUpTo(10);

    QString storedId;
    {
        EventSourceListener listener(urlThrough(proxy));
        connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
            if (event.data().toObject().value("n"_L1).toInt() != 4)
                return;
            storedId = event.lastEventId();
            listener.stopListening();
        });
        QTRY_VERIFY(!storedId.isEmpty());
    }

    QList<int> received;
    EventSourceListener listener;
    listener.setUrl(urlThrough(proxy));
    listener.setLastEventId(storedId);
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        received.append(event.data().toObject().value("n"_L1).toInt());
    });
    QTRY_COMPARE(received, (QList<int> {5, 6, 7, 8, 9}));
}

QTEST_GUILESS_MAIN(tst_Hub)

#include "tst_hub.moc"
