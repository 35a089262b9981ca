// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "buildlog.h"
#include "demoserver.h"

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

namespace {
// Reads the ids of a response, without keeping it.
class Client
{
public:
    Client(const DemoServer &server, const QByteArray &query, const QByteArray &headers = {})
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(server.url().port()));
        // Without chunks.
        m_socket.write("GET /log" + query + " HTTP/1.0\r\n" + headers + "\r\n");
    }

    bool waitForEvents(qsizetype count)
    {
        QElapsedTimer clock;
        clock.start();
        while (ids.size() < count && clock.elapsed() < 20000) {
            m_socket.waitForReadyRead(100);
            while (m_socket.canReadLine()) {
                const QByteArray line = m_socket.readLine().trimmed();
                if (line.startsWith("id: "))
                    ids.append(line.mid(4).toULongLong());
                else if (line.startsWith("data: "))
                    lastData = line.mid(6);
            }
        }
        return ids.size() >= count;
    }

    bool isWithoutGap() const
    {
        for (qsizetype i = 1; i < ids.size(); ++i) {
            if (ids.at(i) != ids.at(i - 1) + 1)
                return false;
        }
        return true;
    }

    QList<quint64> ids;
    QByteArray lastData;

private:
    QTcpSocket m_socket;
};
} // namespace

class tst_LogFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY2(m_server.url().isValid() || m_server.start(0, &m_error), ""); }

    void tellsTheSameStoryForTheSameSeed();
    void sendsValidEvents();
    void sendsTheHistoryThenLiveLines();
    void sendsAsFastAsAsked();
    void takesNonsenseForTheDefaults();
    void resumesAfterLastEventId();
    void treatsAnUnknownIdAsANewClient();
    void sendsABrokenLine();

private:
    DemoServer m_server {1};
    QString m_error;
};

void tst_LogFeed::tellsTheSameStoryForTheSameSeed()
{
    const BuildLog first(7);
    const BuildLog second(7);
    const BuildLog other(8);
    int different = 0;
    for (quint64 number = 1; number <= 1000; ++number) {
        QCOMPARE(first.line(number, 5).json, second.line(number, 5).json);
        different += first.line(number, 5).json != other.line(number, 5).json ? 1 : 0;
    }
    QVERIFY(different > 500);
}

void tst_LogFeed::sendsValidEvents()
{
    const BuildLog log(3);
    QMap<QByteArray, int> types;
    for (quint64 number = 1; number <= 8000; ++number) {
        const BuildLog::Line line = log.line(number, qint64(number));
        ++types[line.type];
        const QJsonObject object = QJsonDocument::fromJson(line.json).object();
        QCOMPARE(object.value(QLatin1String("time")).toInteger(), qint64(number));
        for (const char *member : {"level", "job", "step", "text"})
            QVERIFY2(!object.value(QLatin1String(member)).toString().isEmpty(), line.json);
        QVERIFY(!line.json.contains('\n'));
    }
    QCOMPARE(types.keys(), QList<QByteArray>({"error", "line", "step", "warning"}));
    QVERIFY(types.value("line") > types.value("warning"));
    QVERIFY(types.value("warning") > types.value("error"));
    QVERIFY(types.value("error") > 5);
}

void tst_LogFeed::sendsTheHistoryThenLiveLines()
{
    Client client(m_server, "");
    QVERIFY(client.waitForEvents(100010));
    QVERIFY(client.isWithoutGap());

    Client shorter(m_server, "?history=50");
    QVERIFY(shorter.waitForEvents(60));
    QVERIFY(shorter.isWithoutGap());
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QJsonObject last = QJsonDocument::fromJson(shorter.lastData).object();
    QVERIFY(qAbs(now - last.value(QLatin1String("time")).toInteger()) < 5000);
}

void tst_LogFeed::sendsAsFastAsAsked()
{
    Client client(m_server, "?rate=50000&history=0");
    QElapsedTimer clock;
    clock.start();
    QVERIFY(client.waitForEvents(50000));
    QVERIFY(client.isWithoutGap());
    QVERIFY(clock.elapsed() >= 900);
}

void tst_LogFeed::takesNonsenseForTheDefaults()
{
    Client client(m_server, "?rate=-1&history=many");
    QVERIFY(client.waitForEvents(100001));
    Client still(m_server, "?rate=0&history=10");
    QVERIFY(still.waitForEvents(10));
}

void tst_LogFeed::resumesAfterLastEventId()
{
    Client first(m_server, "?history=1000");
    QVERIFY(first.waitForEvents(1000));
    const quint64 id = first.ids.at(499);
    Client second(m_server, "?history=1000", "Last-Event-ID: " + QByteArray::number(id) + "\r\n");
    QVERIFY(second.waitForEvents(500));
    QCOMPARE(second.ids.constFirst(), id + 1);
    QVERIFY(second.isWithoutGap());
}

void tst_LogFeed::treatsAnUnknownIdAsANewClient()
{
    for (const QByteArray &id : QByteArrayList({"99999999999", "abc"})) {
        Client client(m_server, "?history=100", "Last-Event-ID: " + id + "\r\n");
        QVERIFY(client.waitForEvents(100));
        QVERIFY(client.ids.constFirst() < 100000);
    }
}

void tst_LogFeed::sendsABrokenLine()
{
    Client client(m_server, "?history=0");
    QVERIFY(client.waitForEvents(1));
    m_server.cause(DemoServer::BrokenJson, QStringLiteral("/log"));
    bool isBroken = false;
    for (qsizetype count = 2; count < 100 && !isBroken; ++count) {
        QVERIFY(client.waitForEvents(count));
        isBroken = QJsonDocument::fromJson(client.lastData).isNull();
    }
    QVERIFY(isBroken);
    QVERIFY(client.isWithoutGap());
}

QTEST_GUILESS_MAIN(tst_LogFeed)
#include "tst_logfeed.moc"
