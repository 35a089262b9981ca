// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <QtCore/qregularexpression.h>

// The window itself: colors, keyboard and layout.
class tst_DashboardWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QQuickWindow::setGraphicsApi(QSGRendererInterface::Software); }
    // Binding loops, missing properties and the like.
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void showsRawEvents();
    void changesColors();
    void reachesEverythingByKeyboard();
    void scrollsToTheFocus();
    void obeysShortcuts();
    void fitsEverySize_data();
    void fitsEverySize();
};

void tst_DashboardWindow::showsRawEvents()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QVERIFY(!screen.item(QStringLiteral("rawEvents")));
    screen.click(QStringLiteral("showRaw"));
    QTRY_VERIFY(screen.item(QStringLiteral("rawEvents")));
    QTRY_VERIFY(screen.item(QStringLiteral("rawEvents"))->property("count").toInt() > 0);
    QVERIFY(!screen.item(QStringLiteral("feed")));
    screen.click(QStringLiteral("showActivity"));
    QTRY_VERIFY(screen.item(QStringLiteral("feed")));
}

void tst_DashboardWindow::changesColors()
{
    Options options;
    options.colorScheme = QStringLiteral("light");
    Screen screen(options);
    QVERIFY(screen.window()->color().lightnessF() > 0.8);
    screen.click(QStringLiteral("scheme"));
    QTRY_VERIFY(screen.window()->color().lightnessF() < 0.2);
    QCOMPARE(screen.text(QStringLiteral("scheme")), QStringLiteral("Light"));
}

void tst_DashboardWindow::reachesEverythingByKeyboard()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.item(QStringLiteral("tile-cache-1")));
    QStringList order;
    const auto focused = [&]() -> QQuickItem * { return screen.window()->activeFocusItem(); };
    QCOMPARE(focused()->objectName(), QStringLiteral("startStop"));
    do {
        order.append(focused()->objectName());
        QTest::keyClick(screen.window(), Qt::Key_Tab);
    } while (focused()->objectName() != order.constFirst() && order.size() < 40);
    QCOMPARE(order,
             QStringList({"startStop", "reconnect", "scheme", "fault-drop", "fault-refuse",
                          "fault-silence", "fault-broken-json", "fault-expire-token", "fault-end",
                          "showActivity", "showRaw", "feed"}));

    // One sees where one is, and both usual keys press.
    QVERIFY(focused()->property("visualFocus").toBool());
    QTest::keyClick(screen.window(), Qt::Key_Space);
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QVERIFY(screen.waitUntilLive());
}

void tst_DashboardWindow::scrollsToTheFocus()
{
    Options options;
    options.size = QSize(480, 600);
    Screen screen(options);
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.item(QStringLiteral("tile-cache-1")));
    const QRectF area(0, 0, 480, 600);
    QSet<QString> seen;
    for (int i = 0; i < 12; ++i) {
        QTest::keyClick(screen.window(), Qt::Key_Tab);
        const QQuickItem *item = screen.window()->activeFocusItem();
        QTRY_VERIFY2(area.intersects(QRectF(item->mapToScene({}), item->size()))
                             && item->mapToScene({}).y() >= 0,
                     qPrintable(item->objectName()));
        if (item->height() < 100)
            QVERIFY2(area.contains(QRectF(item->mapToScene({}), item->size())),
                     qPrintable(item->objectName()));
        seen.insert(item->objectName());
    }
    QVERIFY(seen.contains(QStringLiteral("fault-drop")));
    QVERIFY(seen.contains(QStringLiteral("feed")));
}

void tst_DashboardWindow::obeysShortcuts()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTest::keyClick(screen.window(), Qt::Key_F6);
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    QTest::keyClick(screen.window(), Qt::Key_F6);
    QVERIFY(screen.waitUntilLive());
    QTest::keyClick(screen.window(), Qt::Key_4, Qt::AltModifier);
    QTRY_COMPARE(screen.headline(), QStringLiteral("An event could not be read"));
}

void tst_DashboardWindow::fitsEverySize_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("foreign");

    const QList<QSize> sizes {{480, 560}, {480, 800}, {640, 700},  {719, 600},  {720, 600},
                              {899, 700}, {940, 600}, {1280, 800}, {1600, 1000}};
    for (const QSize &size : sizes) {
        QTest::addRow("fleet %dx%d", size.width(), size.height()) << size << false;
        QTest::addRow("stream %dx%d", size.width(), size.height()) << size << true;
    }
}

void tst_DashboardWindow::fitsEverySize()
{
    QFETCH(QSize, size);
    QFETCH(bool, foreign);
    DemoServer other(1);
    Options options;
    options.size = size;
    if (foreign) {
        QString error;
        QVERIFY(other.start(0, &error));
        options.url = other.url();
    }
    Screen screen(options);
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.window()->size(), size);
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    if (!foreign) {
        QTRY_VERIFY(screen.item(QStringLiteral("tile-cache-1")));
        screen.server()->cause(DemoServer::ExpireToken); // the widest strip
        QTRY_VERIFY_WITH_TIMEOUT(screen.item(QStringLiteral("stripAction")), patience);
    }
    // Let the layouts settle.
    screen.window()->grabWindow();

    for (QQuickItem *item : screen.items()) {
        if (item->width() <= 0 || item->height() <= 0)
            continue;
        const QRectF place(item->mapToScene({}), item->size());
        const QString what = QStringLiteral("%1 \"%2\" at %3,%4 %5x%6")
                                     .arg(QLatin1String(item->metaObject()->className()),
                                          item->property("text").toString())
                                     .arg(place.x())
                                     .arg(place.y())
                                     .arg(place.width())
                                     .arg(place.height());
        // Vertically one can scroll; horizontally nothing may stick out.
        QVERIFY2(place.left() >= -4 && place.right() <= size.width() + 4, qPrintable(what));
        if (!item->inherits("QQuickText"))
            continue;
        const bool mayElide = item->property("elide").toInt() != Qt::ElideNone;
        QVERIFY2(mayElide || !item->property("truncated").toBool(), qPrintable(what));
        QVERIFY2(item->property("contentWidth").toReal() <= item->width() + 1, qPrintable(what));
        QVERIFY2(item->property("contentHeight").toReal() <= item->height() + 1, qPrintable(what));
    }

    // What stands side by side does not overlap.
    QStringList names {"badge",         "startStop",       "reconnect",        "scheme",
                       "strip",         "fact-url",        "fact-lastEventId", "fact-rate",
                       "fact-received", "fact-unreadable", "fact-retryIn"};
    if (foreign) {
        names += {"address", "go", "pause", "clear", "log", "eventText"};
    } else {
        names += {"fault-drop",         "fault-refuse", "fault-silence", "fault-broken-json",
                  "fault-expire-token", "fault-end",    "tile-web-1",    "tile-web-2",
                  "tile-api-1",         "tile-api-2",   "tile-db-1",     "tile-cache-1"};
    }
    QMap<QString, QRectF> places;
    for (const QString &name : std::as_const(names)) {
        const QQuickItem *item = screen.item(name);
        QVERIFY2(item, qPrintable(name));
        const QRectF place(item->mapToScene({}), item->size());
        for (auto it = places.cbegin(); it != places.cend(); ++it) {
            // What is scrolled lies under the fixed part.
            const bool bothFixed = names.indexOf(name) < 11 && names.indexOf(it.key()) < 11;
            const bool bothScrolled = names.indexOf(name) >= 11 && names.indexOf(it.key()) >= 11;
            if (bothFixed || bothScrolled)
                QVERIFY2(!place.intersects(*it), qPrintable(name + QLatin1Char(' ') + it.key()));
        }
        places.insert(name, place);
    }
}

QTEST_MAIN(tst_DashboardWindow)
#include "tst_dashboardwindow.moc"
