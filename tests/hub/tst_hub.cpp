// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"
#include "nchanhub.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceReconnectPolicy>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

// QTRY_VERIFY sleeps between two looks, which costs more here than a thousand events take.
template <typename Condition>
bool waitFor(Condition condition, int milliseconds = 30000)
{
    QTimer deadline;
    deadline.setSingleShot(true);
    deadline.start(milliseconds);
    while (!condition()) {
        if (!deadline.isActive())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

// Publishes {"n":0}, {"n":1} … by HTTP, one after the other as the hub confirms them.
class Publisher : public QObject
{
public:
    explicit Publisher(const QUrl &url) : m_url(url)
    {
        connect(&m_socket, &QTcpSocket::readyRead, this, &Publisher::readAnswers);
        m_socket.connectToHost(url.host(), quint16(url.port()));
    }

    void publishUpTo(int count)
    {
        m_count = qMax(m_count, count);
        if (m_sent == m_confirmed)
            publishNext();
    }
    int published() const { return m_confirmed; }
    QByteArray problem() const { return m_problem; }

private:
    void publishNext()
    {
        if (m_sent >= m_count || !m_problem.isEmpty())
            return;
        // Of different lengths, so that cuts fall on different places within an event.
        const QByteArray body = "{\"n\":" + QByteArray::number(m_sent) + ",\"fill\":\""
                + QByteArray(m_sent * 7 % 97, 'x') + "\"}";
        ++m_sent;
        // One write: the body in a packet of its own would wait for the head's late confirmation.
        m_socket.write("POST " + m_url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority)
                       + " HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
                         "Content-Length: "
                       + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }
    void readAnswers()
    {
        m_answer += m_socket.readAll();
        const qsizetype headEnd = m_answer.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        static const QByteArray lengthHeader("\r\ncontent-length: ");
        const qsizetype value = m_answer.toLower().indexOf(lengthHeader) + lengthHeader.size();
        const int length = m_answer.mid(value, m_answer.indexOf("\r\n", value) - value).toInt();
        if (m_answer.size() < headEnd + 4 + length)
            return;
        if (!m_answer.startsWith("HTTP/1.1 20")) {
            m_problem = m_answer;
            return;
        }
        m_answer.clear();
        ++m_confirmed;
        publishNext();
    }

    QTcpSocket m_socket;
    const QUrl m_url;
    QByteArray m_answer;
    QByteArray m_problem;
    int m_count = 0;
    int m_sent = 0;
    int m_confirmed = 0;
};

// What the request says, empty if it has no such header.
QByteArray lastEventIdOf(const QByteArray &request)
{
    static const QByteArray header("\r\nlast-event-id: ");
    const qsizetype found = request.toLower().indexOf(header);
    if (found < 0)
        return {};
    const qsizetype value = found + header.size();
    return request.mid(value, request.indexOf("\r\n", value) - value);
}

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
        return QUrl(u"http://127.0.0.1:%1"_s.arg(proxy.serverPort())
                    + NchanHub::subscriberPath(m_channel));
    }

    NchanHub m_hub;
    QString m_channel; // a fresh one for every test
    int m_channels = 0;
};

void tst_Hub::initTestCase()
{
    QVERIFY2(m_hub.start(), qPrintable(m_hub.problem()));
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

    Publisher publisher(m_hub.publisherUrl(m_channel));
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
    QCOMPARE(lastEventIdOf(proxy.requests().first()), "");
    for (const Gap &gap : std::as_const(gaps)) {
        const QList<QByteArray> later = proxy.requests().mid(gap.connections);
        QVERIFY2(std::any_of(later.begin(), later.end(),
                             [&](const QByteArray &request) {
                                 return lastEventIdOf(request) == gap.lastEventId;
                             }),
                 gap.lastEventId);
    }
}

void tst_Hub::beginsAfterAStoredId()
{
    CuttingProxy proxy(m_hub.port());
    Publisher publisher(m_hub.publisherUrl(m_channel));
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
