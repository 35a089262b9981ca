// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "demoserver.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

#include <memory>

// What the embedded server sends about the hosts.
class tst_FleetFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void startsWithASnapshot();
    void replaysWhatWasMissed();
    void sendsASnapshotIfTooMuchWasMissed();
    void changesAsManyHostsAsAskedFor();
    void keepsTheRateInARedirect();

private:
    // The response until it has the text that many times; empty if it never has.
    QByteArray receive(const QByteArray &target, const QByteArray &text, int times,
                       const QByteArray &headers = {});

    std::unique_ptr<DemoServer> m_server;
};

void tst_FleetFeed::init()
{
    m_server = std::make_unique<DemoServer>(1);
    QString error;
    QVERIFY2(m_server->start(0, &error), qPrintable(error));
}

QByteArray tst_FleetFeed::receive(const QByteArray &target, const QByteArray &text, int times,
                                  const QByteArray &headers)
{
    QTcpSocket socket;
    socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(m_server->url().port()));
    socket.write("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    QByteArray bytes;
    const bool complete = QTest::qWaitFor(
            [&] {
                bytes += socket.readAll();
                return bytes.count(text) >= times;
            },
            10000);
    return complete ? bytes : QByteArray();
}

void tst_FleetFeed::startsWithASnapshot()
{
    const QByteArray bytes = receive("/hosts", "\nevent: host\n", 3);
    QCOMPARE(bytes.count("\nevent: snapshot\n"), 1);
    const qsizetype snapshot = bytes.indexOf("\nevent: snapshot\ndata: ");
    QVERIFY(snapshot < bytes.indexOf("\nevent: host\n"));
    const qsizetype data = bytes.indexOf('[', snapshot);
    const QJsonArray hosts =
            QJsonDocument::fromJson(bytes.mid(data, bytes.indexOf('\n', data) - data)).array();
    QCOMPARE(hosts.size(), 500);
    const QJsonObject host = hosts.at(0).toObject();
    for (const char *field : {"name", "role", "region", "state", "version", "uptime"})
        QVERIFY2(host.contains(QLatin1String(field)), field);
    const QJsonObject metrics = host.value(QLatin1String("metrics")).toObject();
    for (const char *field : {"cpu", "memory", "requests"})
        QVERIFY2(metrics.contains(QLatin1String(field)), field);
}

void tst_FleetFeed::replaysWhatWasMissed()
{
    QVERIFY(!receive("/hosts", "\nevent: host\n", 10).isEmpty());
    const QByteArray bytes = receive("/hosts", "\nevent: host\n", 3, "Last-Event-ID: 2\r\n");
    QVERIFY(bytes.contains("id: 3\nevent: "));
    QVERIFY(!bytes.contains("id: 2\nevent: "));
    QVERIFY(!bytes.contains("event: snapshot"));
}

void tst_FleetFeed::sendsASnapshotIfTooMuchWasMissed()
{
    // More than the server keeps.
    QVERIFY(!receive("/hosts?rate=20000", "\nevent: host\n", 4000).isEmpty());
    const QByteArray bytes = receive("/hosts", "\nevent: host\n", 1, "Last-Event-ID: 2\r\n");
    QCOMPARE(bytes.count("\nevent: snapshot\n"), 1);
}

void tst_FleetFeed::changesAsManyHostsAsAskedFor()
{
    // From one heartbeat of the server to the next. The first client starts them.
    const auto changes = [this](const QByteArray &target) {
        return receive(target, ": heartbeat\n", 1).count("\nevent: host\n");
    };
    const qsizetype slow = changes("/hosts");
    const qsizetype fast = changes("/hosts?rate=5000");
    QVERIFY2(slow > 0 && fast > 20 * slow, QByteArray::number(fast));
    // A client that asks for nothing does not slow the others down.
    QVERIFY(changes("/hosts") > 20 * slow);
    QVERIFY(changes("/hosts?rate=50") < fast / 20);
}

void tst_FleetFeed::keepsTheRateInARedirect()
{
    m_server->cause(DemoServer::Redirect, QStringLiteral("/hosts"));
    QVERIFY(!receive("/hosts?rate=50&x=1", "\r\nLocation: /hosts?rate=50&x=1&moved=1\r\n", 1)
                     .isEmpty());
}

QTEST_MAIN(tst_FleetFeed)
#include "tst_fleetfeed.moc"
