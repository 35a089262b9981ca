// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <QtCore/qregularexpression.h>

// The drawer of faults: what each does, and what it says afterwards.
class tst_DashboardFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAFaultCosts_data();
    void saysWhatAFaultCosts();
    void resumesAtEverySize_data();
    void resumesAtEverySize();
    void waitsAfterAWrongMediaType();
    void renewsTheToken();
    void measuresAFlood();
    void disablesWhatCanDoNothing();
    void watchesTheStreamOfTheCurrentPage();
};

void tst_DashboardFaults::saysWhatAFaultCosts_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("result");

    const QString resumed = QStringLiteral("^Back after \\d+\\.\\d s, attempts: 1\\. Replayed: "
                                           "[1-9]\\d*, lost: 0, repeated: 0\\.$");
    for (const char *fault :
         {"drop", "reset", "cut-chunk", "end", "redirect", "late-head", "silence"})
        QTest::newRow(fault) << QString::fromLatin1(fault) << resumed;
    QTest::newRow("broken-json")
            << "broken-json"
            << "^Event \\d+ was reported as unreadable\\. The stream stayed open";
    QTest::newRow("huge-event") << "huge-event"
                                << "^One event was skipped\\. The stream stayed open";
}

void tst_DashboardFaults::saysWhatAFaultCosts()
{
    QFETCH(QString, fault);
    QFETCH(QString, result);
    Screen screen;
    QVERIFY(screen.waitForHistory());
    QVERIFY(screen.result(fault).isEmpty());
    screen.cause(fault);
    QVERIFY(!screen.result(fault).isEmpty());
    const QRegularExpression pattern(result);
    QTRY_VERIFY2_WITH_TIMEOUT(pattern.match(screen.result(fault)).hasMatch(),
                              qPrintable(screen.result(fault)), patience);
    QCOMPARE(screen.badge(), QStringLiteral("Live"));
    QCOMPARE(screen.text(QStringLiteral("fact-lost")), QStringLiteral("0, 0"));
}

void tst_DashboardFaults::resumesAtEverySize_data()
{
    addSizesAndSchemes();
}

void tst_DashboardFaults::resumesAtEverySize()
{
    QFETCH(QSize, size);
    QFETCH(QString, scheme);
    Options options;
    options.size = size;
    options.colorScheme = scheme;
    Screen screen(options);
    QVERIFY(screen.waitForHistory());
    screen.click(QStringLiteral("faults"));
    screen.click(QStringLiteral("fault-drop"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.badge() != QLatin1String("Live"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
            screen.result(QStringLiteral("drop")).startsWith(QLatin1String("Back after")),
            patience);
    screen.click(QStringLiteral("closeFaults"));
    QTRY_COMPARE(screen.text(QStringLiteral("fact-reconnects")), QStringLiteral("1"));
}

void tst_DashboardFaults::waitsAfterAWrongMediaType()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.cause(QStringLiteral("wrong-type"));
    QTRY_COMPARE_WITH_TIMEOUT(screen.badge(), QStringLiteral("On hold"), patience);
    QVERIFY2(screen.result(QStringLiteral("wrong-type")).startsWith("Waiting for a change:"),
             qPrintable(screen.result(QStringLiteral("wrong-type"))));
    screen.click(QStringLiteral("reconnect"));
    QTRY_VERIFY_WITH_TIMEOUT(
            screen.result(QStringLiteral("wrong-type")).contains(QLatin1String("lost: 0")),
            patience);
}

void tst_DashboardFaults::renewsTheToken()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    QVERIFY(!screen.item(QStringLiteral("renewToken")));
    screen.cause(QStringLiteral("expire-token"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.item(QStringLiteral("renewToken")), patience);
    screen.item(QStringLiteral("renewToken"))->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(screen.window(), Qt::Key_Space);
    QVERIFY(screen.waitUntilLive());
    QVERIFY(!screen.item(QStringLiteral("renewToken")));
}

void tst_DashboardFaults::measuresAFlood()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.cause(QStringLiteral("flood"));
    QTRY_VERIFY(screen.item(QStringLiteral("meter")));
    QTRY_VERIFY_WITH_TIMEOUT(!screen.text(QStringLiteral("meter")).startsWith("0 events/s"),
                             patience);
    static const QRegularExpression result(
            QStringLiteral("^250000 events in .* The longest frame took \\d+ ms\\. Lost: 0\\.$"));
    QTRY_VERIFY2_WITH_TIMEOUT(result.match(screen.result(QStringLiteral("flood"))).hasMatch(),
                              qPrintable(screen.result(QStringLiteral("flood"))), 3 * patience);
    QCOMPARE(screen.text(QStringLiteral("fact-lost")), QStringLiteral("0, 0"));
    QVERIFY(!screen.item(QStringLiteral("meter")));
}

void tst_DashboardFaults::disablesWhatCanDoNothing()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.showFaults();
    const auto enabled = [&] { return screen.item(QStringLiteral("fault-drop"))->isEnabled(); };
    const auto scope = [&] { return screen.text(QStringLiteral("faultScope")); };
    QVERIFY(enabled());
    screen.click(QStringLiteral("startStop"));
    QTRY_VERIFY(!enabled());
    QCOMPARE(scope(), QStringLiteral("The stream /stream is not open."));
    screen.click(QStringLiteral("startStop"));
    QTRY_VERIFY(enabled());

    // Another server's stream.
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    screen.item(QStringLiteral("address"))->setProperty("text", other.url().toString());
    screen.click(QStringLiteral("go"));
    QTRY_VERIFY(!enabled());
    QVERIFY(scope().startsWith(QLatin1String("This stream is not the built-in server's")));
}

void tst_DashboardFaults::watchesTheStreamOfTheCurrentPage()
{
    Screen screen;
    QVERIFY(screen.waitForHistory());
    screen.cause(QStringLiteral("broken-json"));
    QTRY_VERIFY(screen.result(QStringLiteral("broken-json")).startsWith(QLatin1String("Event ")));
    // What was said of another page's stream would be wrong here.
    QTest::keyClick(screen.window(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(screen.result(QStringLiteral("broken-json")).isEmpty());
}

QTEST_MAIN(tst_DashboardFaults)
#include "tst_dashboardfaults.moc"
