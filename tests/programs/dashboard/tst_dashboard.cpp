// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qjsonobject.h>
#include <QtCore/qregularexpression.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

namespace {
const QRegularExpression age(QStringLiteral("^\\d+ s old$"));
}

// What the dashboard says of a stream and of its faults.
class tst_Dashboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheFiguresOfTheStream();
    void showsTheConnection();
    void showsDeploymentsAndAlerts();
    void stopsAndResumes();
    void connectsLazily();
    void explainsFault_data();
    void explainsFault();
    void explainsRefusals();
    void explainsBrokenJson();
    void explainsExpiredTokenAndRenewsIt();
    void announcesSilence();
    void watchesOtherStream();
    void explainsBadAddress_data();
    void explainsBadAddress();
    void explainsUnreachableServer();
    void showsForeignTextPlainly();
};

void tst_Dashboard::showsTheFiguresOfTheStream()
{
    Screen screen;
    // What the server sends, received independently.
    QMap<quint64, double> cpu;
    EventSourceListener listener(screen.server()->url());
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        const QJsonObject data = event.data().toObject();
        if (data.value(QLatin1String("host")) == QLatin1String("web-2")
            && event.type() == QLatin1String("metrics")) {
            cpu.insert(event.lastEventId().toULongLong(),
                       data.value(QLatin1String("cpu")).toDouble());
        }
    });
    const auto shown = [&] { return screen.text(QStringLiteral("cpu-web-2")); };
    const auto expected = [&] {
        const quint64 id = screen.text(QStringLiteral("fact-lastEventId")).toULongLong();
        auto it = cpu.upperBound(id);
        return it == cpu.begin() || listener.lastEventId().toULongLong() < id
                ? QStringLiteral("not heard yet")
                : QStringLiteral("%1 %").arg(qRound(*--it));
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected(), patience);
    // And it follows.
    const QString before = shown();
    QTRY_VERIFY_WITH_TIMEOUT(shown() != before, patience);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected(), patience);

    for (const char *host : {"web-1", "web-2", "api-1", "api-2", "db-1", "cache-1"}) {
        const QString name = QLatin1String(host);
        QVERIFY2(screen.item(QLatin1String("tile-") + name), host);
        static const QRegularExpression percent(QStringLiteral("^\\d+ %$"));
        QVERIFY2(percent.match(screen.text(QLatin1String("cpu-") + name)).hasMatch(), host);
        // The history that came first fills the line: two values a second, for a minute.
        QTRY_VERIFY(screen.item(QLatin1String("cpuLine-") + name)->property("count").toInt() > 110);
    }
}

void tst_Dashboard::showsTheConnection()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QCOMPARE(screen.headline(), QStringLiteral("Live"));
    QCOMPARE(screen.text(QStringLiteral("fact-url")), screen.server()->url().toString());
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    // Six hosts, twice a second.
    QTRY_VERIFY_WITH_TIMEOUT(screen.text(QStringLiteral("fact-rate")).toInt() >= 12
                                     && screen.text(QStringLiteral("fact-rate")).toInt() < 30,
                             patience);
    QCOMPARE(screen.text(QStringLiteral("fact-retryIn")), QStringLiteral("–"));
    QCOMPARE(screen.text(QStringLiteral("fact-unreadable")), QStringLiteral("0"));
    QVERIFY(screen.explanation().contains(QLatin1String("None was lost or repeated.")));
}

void tst_Dashboard::showsDeploymentsAndAlerts()
{
    Screen screen;
    QStringList expected;
    EventSourceListener listener(screen.server()->url());
    listener.setEventTypes({QStringLiteral("deployment"), QStringLiteral("alert")});
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        const QJsonObject data = event.data().toObject();
        const QString host = data.value(QLatin1String("host")).toString();
        if (event.type() == QLatin1String("alert")) {
            expected.prepend(data.value(QLatin1String("resolved")).toBool()
                                     ? host + QStringLiteral(" is back to normal")
                                     : QStringLiteral("High load on ") + host);
        } else {
            expected.prepend(data.value(QLatin1String("service")).toString() + QLatin1Char(' ')
                             + data.value(QLatin1String("version")).toString()
                             + (data.value(QLatin1String("succeeded")).toBool()
                                        ? QStringLiteral(" deployed")
                                        : QStringLiteral(" failed")));
        }
    });
    const auto shown = [&] {
        QStringList titles;
        const QString name = QStringLiteral("activity-%1-title");
        while (screen.item(name.arg(titles.size())))
            titles.append(screen.text(name.arg(titles.size())));
        return titles;
    };
    QTRY_VERIFY(expected.size() > 2);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected, patience);

    // What is replayed late stands where it belongs: at the bottom, as it is from 1970.
    QVERIFY(QMetaObject::invokeMethod(screen.item(QStringLiteral("feed")), "addEntry",
                                      Q_ARG(QVariant, QStringLiteral("info")),
                                      Q_ARG(QVariant, QStringLiteral("Deployment")),
                                      Q_ARG(QVariant, QStringLiteral("late")),
                                      Q_ARG(QVariant, QString()), Q_ARG(QVariant, 1000)));
    QTRY_COMPARE(shown().constLast(), QStringLiteral("late"));
}

void tst_Dashboard::stopsAndResumes()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.click(QStringLiteral("startStop"));
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    QTRY_COMPARE(screen.server()->clientCount(), 0);
    QCOMPARE(screen.text(QStringLiteral("startStop")), QStringLiteral("Start"));
    QVERIFY2(age.match(screen.text(QStringLiteral("state-web-1"))).hasMatch(),
             qPrintable(screen.text(QStringLiteral("state-web-1"))));
    const QString id = screen.text(QStringLiteral("fact-lastEventId"));
    QVERIFY2(screen.explanation().contains(QLatin1String("from event ") + id),
             qPrintable(screen.explanation()));

    // The server continues: an independent listener receives more events before the user is back.
    EventSourceListener other(screen.server()->url());
    QTRY_VERIFY_WITH_TIMEOUT(other.lastEventId().toInt() > id.toInt() + 12, patience);
    screen.click(QStringLiteral("startStop"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.headline(), QStringLiteral("Connected again"));
    static const QRegularExpression replayed(
            QStringLiteral("replayed: [1-9]\\d*\\. None was lost"));
    QTRY_VERIFY2(replayed.match(screen.explanation()).hasMatch(), qPrintable(screen.explanation()));
}

void tst_Dashboard::connectsLazily()
{
    Options options;
    options.lazy = true;
    Screen screen(options);
    QCOMPARE(screen.badge(), QStringLiteral("Stopped"));
    QVERIFY(screen.explanation().contains(QLatin1String("nothing is requested until you press")));
    QCOMPARE(screen.server()->clientCount(), 0);
    screen.click(QStringLiteral("startStop"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.server()->clientCount(), 1);
}

void tst_Dashboard::explainsFault_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("explanation");

    QTest::newRow("drop")
            << "drop"
            << "The connection was lost"
            << "^It broke in the middle of the stream\\. (Next attempt in \\d+ s|Trying "
               "again now), from event \\d+ on\\.$";
    QTest::newRow("clean end")
            << "end"
            << "The server closed the stream"
            << "^It was a clean end\\. (Next attempt in \\d+ s|Trying again now), "
               "from event \\d+ on\\.$";
    QTest::newRow("silence")
            << "silence"
            << "The server has fallen silent"
            << "^Nothing has come for 5 s, not even a heartbeat\\. (Next attempt in "
               "\\d+ s|Trying again now), from event \\d+ on\\.$";
}

void tst_Dashboard::explainsFault()
{
    QFETCH(QString, fault);
    QFETCH(QString, headline);
    QFETCH(QString, explanation);
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.cause(fault);
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(), headline, patience);
    QTRY_VERIFY2(QRegularExpression(explanation).match(screen.explanation()).hasMatch(),
                 qPrintable(screen.explanation()));
    static const QRegularExpression seconds(QStringLiteral("^in \\d+ s$"));
    QVERIFY(seconds.match(screen.text(QStringLiteral("fact-retryIn"))).hasMatch());
    QVERIFY(screen.badge().startsWith(QLatin1String("Reconnecting")));
    QVERIFY2(age.match(screen.text(QStringLiteral("state-web-1"))).hasMatch(),
             qPrintable(screen.text(QStringLiteral("state-web-1"))));

    // It resumes by itself, without a gap.
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(), QStringLiteral("Connected again"), patience);
    QTRY_VERIFY(screen.text(QStringLiteral("fact-rate")).toInt() > 0);
    static const QRegularExpression replayed(
            QStringLiteral("replayed: [1-9]\\d*\\. None was lost"));
    QVERIFY2(replayed.match(screen.explanation()).hasMatch(), qPrintable(screen.explanation()));
    QCOMPARE(screen.badge(), QStringLiteral("Live"));
}

void tst_Dashboard::explainsRefusals()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    screen.cause(QStringLiteral("refuse"));
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(),
                              QStringLiteral("The server is not available (503)"), patience);
    QVERIFY2(screen.explanation().startsWith(
                     QStringLiteral("It says: “The service is being upgraded.” ")),
             qPrintable(screen.explanation()));
    // An impatient user.
    while (screen.server()->refusalsLeft() > 0) {
        const int before = screen.server()->refusalsLeft();
        screen.click(QStringLiteral("reconnect"));
        QTRY_VERIFY(screen.server()->refusalsLeft() < before);
    }
    QTRY_VERIFY(screen.badge().startsWith(QLatin1String("Reconnecting")));
    screen.click(QStringLiteral("reconnect"));
    QVERIFY(screen.waitUntilLive());
}

void tst_Dashboard::explainsBrokenJson()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.cause(QStringLiteral("broken-json"));
    QTRY_COMPARE(screen.headline(), QStringLiteral("An event could not be read"));
    QVERIFY2(screen.explanation().contains(QStringLiteral("“metrics”: The data is not JSON"))
                     && screen.explanation().endsWith(
                             QLatin1String("It was skipped. The stream continues.")),
             qPrintable(screen.explanation()));
    const QString detail = screen.item(QStringLiteral("activity-0"))->property("detail").toString();
    QVERIFY2(detail.contains(QStringLiteral(". {")), qPrintable(detail));
    QCOMPARE(screen.text(QStringLiteral("fact-unreadable")), QStringLiteral("1"));
    QCOMPARE(screen.badge(), QStringLiteral("Live"));
    const QString id = screen.text(QStringLiteral("fact-lastEventId"));
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")) != id);
}

void tst_Dashboard::explainsExpiredTokenAndRenewsIt()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    QVERIFY(!screen.item(QStringLiteral("stripAction")));
    screen.cause(QStringLiteral("expire-token"));
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(),
                              QStringLiteral("The server wants a new access token (401)"),
                              patience);
    QVERIFY(screen.explanation().endsWith(
            QLatin1String("Nothing is sent until there is a new token.")));
    QCOMPARE(screen.badge(), QStringLiteral("On hold"));
    QCOMPARE(screen.text(QStringLiteral("fact-retryIn")), QStringLiteral("–"));
    screen.click(QStringLiteral("stripAction"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.headline(), QStringLiteral("Connected again"));
    QVERIFY(screen.explanation().contains(QLatin1String("None was lost")));
    QVERIFY(!screen.item(QStringLiteral("stripAction")));
}

void tst_Dashboard::announcesSilence()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.cause(QStringLiteral("silence"));
    QTRY_VERIFY(screen.headline().startsWith(QLatin1String("Quiet for ")));
    QVERIFY(screen.explanation().contains(QLatin1String("After 5 s of silence")));
}

void tst_Dashboard::watchesOtherStream()
{
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options;
    options.url = other.url();
    Screen screen(options);
    QVERIFY(!screen.server());
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.text(QStringLiteral("count-metrics")).toInt() >= 360);

    // Hold the list, and read one event in full.
    QTRY_VERIFY(screen.item(QStringLiteral("log"))->property("count").toInt() > 100);
    screen.click(QStringLiteral("pause"));
    QQuickItem *log = screen.item(QStringLiteral("log"));
    log->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(screen.window(), Qt::Key_Home);
    QTRY_VERIFY(screen.text(QStringLiteral("eventText")).startsWith(QLatin1String("{\n  \"")));
    const QString first = screen.text(QStringLiteral("eventText"));
    QTest::keyClick(screen.window(), Qt::Key_Down);
    QTRY_VERIFY(screen.text(QStringLiteral("eventText")) != first);

    // The page does not follow a row to where it was before the list has scrolled to it.
    const QPointF place = log->mapToScene({0, 0});
    QTest::keyClick(screen.window(), Qt::Key_End);
    QTRY_VERIFY(log->property("atYEnd").toBool());
    QCOMPARE(log->mapToScene({0, 0}), place);
    QTest::keyClick(screen.window(), Qt::Key_Home);

    // Return goes to the event's text, and Escape back to the list.
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QCOMPARE(screen.window()->activeFocusItem(), screen.item(QStringLiteral("eventText")));
    QTest::keyClick(screen.window(), Qt::Key_Escape);
    QVERIFY(log->hasActiveFocus());

    // An event that newer ones have pushed out is still read.
    const QString text = screen.text(QStringLiteral("eventText"));
    QVERIFY(!screen.item(QStringLiteral("eventNote")));
    log->setProperty("maximumCount", 1);
    screen.click(QStringLiteral("pause"));
    QTRY_COMPARE(screen.text(QStringLiteral("eventNote")), QStringLiteral("No longer in the list"));
    QCOMPARE(screen.text(QStringLiteral("eventText")), text);
    log->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(screen.window(), Qt::Key_Escape);
    QVERIFY(!screen.item(QStringLiteral("eventNote")));

    // Another address is watched at once, and Watch starts anew.
    const QString address = other.url().toString();
    QCOMPARE(screen.text(QStringLiteral("address")), address);
    screen.item(QStringLiteral("address"))->setProperty("text", address + QStringLiteral("/none"));
    screen.click(QStringLiteral("go"));
    QTRY_COMPARE(screen.headline(), QStringLiteral("The server refused the request (404)"));
    QVERIFY2(screen.explanation().contains(QLatin1String("It does not try again by itself")),
             qPrintable(screen.explanation()));
    QCOMPARE(log->property("count").toInt(), 0);
    screen.item(QStringLiteral("address"))->setProperty("text", address);
    screen.click(QStringLiteral("go"));
    QVERIFY(screen.waitUntilLive());
}

void tst_Dashboard::explainsBadAddress_data()
{
    QTest::addColumn<QString>("address");

    QTest::newRow("other scheme") << "ftp://example.com/stream";
    QTest::newRow("no scheme") << "example.com/stream";
    QTest::newRow("no host") << "http:///stream";
    QTest::newRow("not a URL") << "http://[";
}

void tst_Dashboard::explainsBadAddress()
{
    QFETCH(QString, address);
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options;
    options.url = other.url();
    Screen screen(options);
    QVERIFY(screen.waitUntilLive());
    screen.item(QStringLiteral("address"))->setProperty("text", address);
    screen.item(QStringLiteral("address"))->forceActiveFocus();
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QTRY_COMPARE(screen.headline(), QStringLiteral("This is not the address of a stream"));
    QVERIFY2(screen.explanation().endsWith(
                     QLatin1String("It connects as soon as the address is right.")),
             qPrintable(screen.explanation()));
    QTRY_COMPARE(other.clientCount(), 0);
}

void tst_Dashboard::explainsUnreachableServer()
{
    QUrl url;
    {
        DemoServer gone(1);
        QString error;
        QVERIFY(gone.start(0, &error));
        url = gone.url();
    }
    Options options;
    options.url = url;
    Screen screen(options);
    QTRY_COMPARE(screen.headline(), QStringLiteral("The server cannot be reached"));
    QVERIFY(screen.explanation().contains(QLatin1String("refused")));
    QVERIFY(screen.badge().startsWith(QLatin1String("Reconnecting")));
}

void tst_Dashboard::showsForeignTextPlainly()
{
    // A stream whose type and data look like markup.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        server.nextPendingConnection()->write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                "event: <b>bold</b>\ndata: <img src='http://127.0.0.1:1/'>\n\n");
    });
    Options options;
    options.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()));
    Screen screen(options);
    QTRY_COMPARE(screen.text(QStringLiteral("count-<b>bold</b>")), QStringLiteral("1"));
    for (const QQuickItem *item : screen.items()) {
        if (item->inherits("QQuickText")
            && item->property("text").toString().contains(QLatin1Char('<')))
            QCOMPARE(item->property("textFormat").toInt(), int(Qt::PlainText));
    }
}

QTEST_MAIN(tst_Dashboard)
#include "tst_dashboard.moc"
