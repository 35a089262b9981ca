// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qregularexpression.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

// What the overview says of the connection's past: interruptions, gaps, the numbers.
class tst_DashboardHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsNumbersThatAgree();
    void shadesAnOutageUntilItIsFilled();
    void drawsTheHistoryOfTheConnection();
    void countsReconnectsAndFailures();
    void saysWhyEventsAreMissing();
    void mentionsAJumpOfTheIds();
    void ignoresIdsWithoutASequence();
    void forgetsAnUnreadableEventSoon();
    void watchesAnotherStreamAndReturns();
    void hidesAnEntryThatDoesNotFit();
    void centersAHeadlineAlone();
};

namespace {
QString fact(const Screen &screen, const char *name)
{
    return screen.text(QStringLiteral("fact-") + QLatin1String(name));
}

// A server that sends these events to whoever comes.
std::unique_ptr<QTcpServer> serve(const QByteArray &events)
{
    auto server = std::make_unique<QTcpServer>();
    server->listen(QHostAddress::LocalHost);
    QObject::connect(server.get(), &QTcpServer::newConnection, server.get(),
                     [server = server.get(), events] {
                         server->nextPendingConnection()->write(
                                 "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                                 + events);
                     });
    return server;
}

QByteArray eventsWithIds(const QList<int> &ids)
{
    QByteArray result;
    for (const int id : ids)
        result += "id: " + QByteArray::number(id) + "\ndata: x\n\n";
    return result;
}

Options optionsFor(const QTcpServer &server)
{
    Options options;
    options.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()));
    return options;
}

QList<int> range(int first, int last)
{
    QList<int> result;
    for (int i = first; i <= last; ++i)
        result.append(i);
    return result;
}
} // namespace

void tst_DashboardHealth::showsNumbersThatAgree()
{
    // A client that comes late does not get the first events.
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options;
    options.url = other.url();
    Screen screen(options);
    QVERIFY(screen.waitForHistory());
    const auto agree = [&] {
        static const QRegularExpression pattern(QStringLiteral("^(\\d+) \\(ids (\\d+)–(\\d+)\\)$"));
        const auto match = pattern.match(fact(screen, "received"));
        return match.hasMatch()
                && match.captured(1).toInt()
                == match.captured(3).toInt() - match.captured(2).toInt() + 1;
    };
    QTRY_VERIFY2(agree(), qPrintable(fact(screen, "received")));
}

void tst_DashboardHealth::shadesAnOutageUntilItIsFilled()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    const auto chart = [&] { return screen.item(QStringLiteral("cpuLine-web-1")); };
    const auto shade = [&] { return chart()->property("shadeText").toString(); };
    const auto filled = [&] {
        return chart()->property("health").value<QObject *>()->property("filled").toReal();
    };
    QCOMPARE(shade(), QString());
    screen.server()->cause(DemoServer::Drop);
    QTRY_COMPARE_WITH_TIMEOUT(shade(), QStringLiteral("offline"), patience);
    QCOMPARE(filled(), 0.0);
    QVERIFY(screen.waitUntilLive());
    // It grows, and is complete.
    QTRY_VERIFY(filled() > 0 && filled() < 1);
    QTRY_COMPARE(filled(), 1.0);
    QTRY_COMPARE(shade(), QStringLiteral("replayed"));
}

void tst_DashboardHealth::drawsTheHistoryOfTheConnection()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    const auto segments = [&] {
        int count = 0;
        while (screen.item(QStringLiteral("segment-%1").arg(count)))
            ++count;
        return count;
    };
    const int before = segments();
    QVERIFY(before >= 2);
    screen.server()->cause(DemoServer::Drop);
    QTRY_VERIFY_WITH_TIMEOUT(screen.badge() != QLatin1String("Live"), patience);
    QVERIFY(screen.waitUntilLive());
    // Waiting, connecting, open.
    QCOMPARE(segments(), before + 3);
    const auto color = [&](int index) {
        return screen.item(QStringLiteral("segment-%1").arg(index))
                ->property("color")
                .value<QColor>();
    };
    QCOMPARE(color(before - 1), color(before + 2));
    QVERIFY(color(before) != color(before + 2));
    // They stand one after the other.
    for (int i = 1; i < segments(); ++i) {
        QVERIFY(screen.item(QStringLiteral("segment-%1").arg(i))->x()
                >= screen.item(QStringLiteral("segment-%1").arg(i - 1))->x());
    }
}

void tst_DashboardHealth::countsReconnectsAndFailures()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    QCOMPARE(fact(screen, "reconnects"), QStringLiteral("0"));
    QCOMPARE(fact(screen, "failures"), QStringLiteral("0"));
    screen.server()->cause(DemoServer::Refuse);
    QTRY_COMPARE_WITH_TIMEOUT(fact(screen, "failures"), QStringLiteral("1"), patience);
    for (int failures = 2; failures <= 3; ++failures) {
        screen.click(QStringLiteral("reconnect"));
        QTRY_COMPARE(fact(screen, "failures"), QString::number(failures));
    }
    screen.click(QStringLiteral("reconnect"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(fact(screen, "reconnects"), QStringLiteral("1"));
    QCOMPARE(fact(screen, "failures"), QStringLiteral("3"));
}

void tst_DashboardHealth::saysWhyEventsAreMissing()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.click(QStringLiteral("startStop"));
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    // As if the server had forgotten the next ten.
    auto *listener = screen.item(QStringLiteral("stream"))->property("listener").value<QObject *>();
    const int id = listener->property("lastEventId").toInt();
    listener->setProperty("lastEventId", QString::number(id + 10));
    // The server has that many then.
    EventSourceListener other(screen.server()->url());
    QTRY_VERIFY_WITH_TIMEOUT(other.lastEventId().toInt() > id + 10, patience);
    screen.click(QStringLiteral("startStop"));
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(),
                              QStringLiteral("Connected again, but 10 events are missing"),
                              patience);
    QVERIFY2(screen.explanation().contains(QLatin1String("keeps its last 3000 events")),
             qPrintable(screen.explanation()));
    QCOMPARE(screen.item(QStringLiteral("strip"))->property("level").toString(),
             QStringLiteral("warning"));
    QTRY_COMPARE(fact(screen, "lost"), QStringLiteral("10, 0"));
    QTRY_COMPARE(screen.text(QStringLiteral("activity-0-title")),
                 QStringLiteral("Missing events: 10"));
    // It is said once: after the next reconnection nothing is missing.
    screen.click(QStringLiteral("reconnect"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(fact(screen, "lost"), QStringLiteral("0, 0"));
}

void tst_DashboardHealth::mentionsAJumpOfTheIds()
{
    const auto server = serve(eventsWithIds(range(1, 30) + range(56, 58)));
    Screen screen(optionsFor(*server));
    QTRY_COMPARE(screen.headline(), QStringLiteral("25 events may be missing"));
    QVERIFY2(screen.explanation().startsWith(QLatin1String("The ids jump from 30 to 56.")),
             qPrintable(screen.explanation()));
}

void tst_DashboardHealth::ignoresIdsWithoutASequence()
{
    const auto server = serve(eventsWithIds({100, 207, 350, 351, 352, 900}));
    Screen screen(optionsFor(*server));
    QTRY_COMPARE(fact(screen, "lastEventId"), QStringLiteral("900"));
    QCOMPARE(screen.headline(), QStringLiteral("Live"));
}

void tst_DashboardHealth::forgetsAnUnreadableEventSoon()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.server()->cause(DemoServer::BrokenJson);
    QTRY_COMPARE(screen.headline(), QStringLiteral("An event could not be read"));
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(), QStringLiteral("Live"), 7000);
    QCOMPARE(fact(screen, "unreadable"), QStringLiteral("1"));
}

void tst_DashboardHealth::watchesAnotherStreamAndReturns()
{
    const auto server = serve(eventsWithIds({1, 2, 3}));
    Screen screen;
    QVERIFY(screen.waitForHistory());
    QVERIFY(!screen.item(QStringLiteral("go"))->isEnabled());
    screen.click(QStringLiteral("address"));
    const QString address = optionsFor(*server).url.toString();
    for (const QChar letter : address)
        QTest::keyClick(screen.window(), letter.toLatin1());
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QTRY_COMPARE(screen.text(QStringLiteral("count-message")), QStringLiteral("3"));
    QCOMPARE(fact(screen, "url"), address);
    QCOMPARE(fact(screen, "received"), QStringLiteral("3 (ids 1–3)"));

    screen.click(QStringLiteral("backToDemo"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.item(QStringLiteral("tile-web-1")), patience);
    QVERIFY(!screen.item(QStringLiteral("backToDemo")));
    QCOMPARE(fact(screen, "url"), screen.server()->url().toString());
}

void tst_DashboardHealth::hidesAnEntryThatDoesNotFit()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    QQuickItem *feed = screen.item(QStringLiteral("feed"));
    for (int i = 0; i < 40; ++i)
        QMetaObject::invokeMethod(feed, "addEntry", Q_ARG(QVariant, QStringLiteral("info")),
                                  Q_ARG(QVariant, QStringLiteral("Test")),
                                  Q_ARG(QVariant, QStringLiteral("entry")),
                                  Q_ARG(QVariant, QString()), Q_ARG(QVariant, 1000 + i));
    screen.window()->grabWindow();
    int shown = 0;
    for (int i = 0; i < 60; ++i) {
        const QQuickItem *entry = screen.item(QStringLiteral("activity-%1").arg(i));
        if (!entry)
            continue;
        const bool fits = entry->mapToItem(feed, {0, entry->height()}).y() <= feed->height() + 1;
        QCOMPARE(entry->opacity() > 0, fits);
        shown += fits;
    }
    QVERIFY(shown > 5);
}

void tst_DashboardHealth::centersAHeadlineAlone()
{
    const auto server = serve("data: x\n\n");
    Screen screen(optionsFor(*server));
    QVERIFY(screen.waitUntilLive());
    QQuickItem *strip = screen.item(QStringLiteral("strip"));
    strip->setProperty("explanation", QString());
    const QQuickItem *headline = screen.item(QStringLiteral("headline"));
    const auto offset = [&] {
        return headline->mapToItem(strip, {0, headline->height() / 2}).y() - strip->height() / 2;
    };
    QTRY_VERIFY2(qAbs(offset()) < 2, qPrintable(QString::number(offset())));
}

QTEST_MAIN(tst_DashboardHealth)
#include "tst_dashboardhealth.moc"
