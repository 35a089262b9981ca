// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <algorithm>

// The window itself: colors, keyboard and layout.
class tst_DashboardWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void visitsThePages();
    void visitsThePagesByKeyboard();
    void startsAtThePageOfTheCommandLine();
    void keepsAPageThatIsNotShown();
    void showsTheFaultsOnEveryPage();
    void disablesTheFaultsOfAnotherServer();
    void showsRawEvents();
    void changesColors();
    void reachesEverythingByKeyboard();
    void scrollsToTheFocus();
    void cutsNoFocusFrame_data();
    void cutsNoFocusFrame();
    void hidesTheTipOfAPressedButton();
    void obeysShortcuts();
    void fitsEverySize_data();
    void fitsEverySize();
};

namespace {
const QStringList pages {QStringLiteral("overview"), QStringLiteral("log"), QStringLiteral("fleet"),
                         QStringLiteral("chat"), QStringLiteral("explorer")};

QString titleOf(QString page)
{
    return page.left(1).toUpper() + page.mid(1);
}
} // namespace

void tst_DashboardWindow::visitsThePages()
{
    for (const QSize &size : {QSize(360, 640), QSize(1280, 800)}) {
        Options options;
        options.size = size;
        Screen screen(options);
        QVERIFY(screen.waitUntilLive());
        for (const QString &page : pages) {
            screen.click(QStringLiteral("page-") + page);
            QTRY_COMPARE(screen.text(QStringLiteral("title")), titleOf(page));
            QCOMPARE(screen.item(QStringLiteral("feed")) != nullptr,
                     page == QLatin1String("overview"));
        }
        screen.click(QStringLiteral("page-overview"));
        QVERIFY(screen.item(QStringLiteral("feed")));
    }
}

void tst_DashboardWindow::visitsThePagesByKeyboard()
{
    Screen screen;
    const auto title = [&] { return screen.text(QStringLiteral("title")); };
    const auto focused = [&] { return screen.window()->activeFocusItem()->objectName(); };
    for (int i = 4; i >= 0; --i) {
        QTest::keyClick(screen.window(), Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
        QCOMPARE(title(), titleOf(pages.at(i)));
    }
    // Within the navigation, and around its ends.
    QCOMPARE(focused(), QStringLiteral("page-overview"));
    QTest::keyClick(screen.window(), Qt::Key_Down);
    QCOMPARE(title(), QStringLiteral("Log"));
    QCOMPARE(focused(), QStringLiteral("page-log"));
    QVERIFY(screen.window()->activeFocusItem()->property("visualFocus").toBool());
    QTest::keyClick(screen.window(), Qt::Key_Up);
    QTest::keyClick(screen.window(), Qt::Key_Up);
    QCOMPARE(title(), QStringLiteral("Explorer"));
    QTest::keyClick(screen.window(), Qt::Key_Home);
    QCOMPARE(title(), QStringLiteral("Overview"));
    QTest::keyClick(screen.window(), Qt::Key_End);
    QCOMPARE(title(), QStringLiteral("Explorer"));
}

void tst_DashboardWindow::startsAtThePageOfTheCommandLine()
{
    Options options;
    options.page = QStringLiteral("chat");
    Screen screen(options);
    QCOMPARE(screen.text(QStringLiteral("title")), QStringLiteral("Chat"));
    QVERIFY(!screen.item(QStringLiteral("feed")));
}

void tst_DashboardWindow::keepsAPageThatIsNotShown()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    const auto id = [&] { return screen.text(QStringLiteral("fact-lastEventId")).toInt(); };
    QTRY_VERIFY(id() > 0);
    const QQuickItem *tile = screen.item(QStringLiteral("tile-web-1"));
    const int before = id();
    QTest::keyClick(screen.window(), Qt::Key_5, Qt::ControlModifier);
    QVERIFY(!screen.item(QStringLiteral("fact-lastEventId")));
    QTest::keyClick(screen.window(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(screen.item(QStringLiteral("tile-web-1")), tile);
    QVERIFY(id() >= before);
}

void tst_DashboardWindow::showsTheFaultsOnEveryPage()
{
    for (const QSize &size : {QSize(360, 640), QSize(1280, 800)}) {
        Options options;
        options.size = size;
        Screen screen(options);
        QVERIFY(screen.waitUntilLive());
        for (int i = 0; i < pages.size(); ++i) {
            QTest::keyClick(screen.window(), Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
            screen.click(QStringLiteral("faults"));
            QTRY_VERIFY(screen.item(QStringLiteral("fault-drop")));
            QCOMPARE(screen.window()->activeFocusItem(),
                     screen.item(QStringLiteral("closeFaults")));
            QTest::keyClick(screen.window(), Qt::Key_Escape);
            QVERIFY(!screen.item(QStringLiteral("fault-drop")));
            QCOMPARE(screen.window()->activeFocusItem(), screen.item(QStringLiteral("faults")));
        }
    }
}

void tst_DashboardWindow::disablesTheFaultsOfAnotherServer()
{
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options;
    options.url = other.url();
    Screen screen(options);
    screen.showFaults();
    QVERIFY(!screen.item(QStringLiteral("fault-drop"))->isEnabled());
}

void tst_DashboardWindow::showsRawEvents()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QVERIFY(!screen.item(QStringLiteral("rawEvents")));
    screen.click(QStringLiteral("showRaw"));
    QTRY_VERIFY(screen.item(QStringLiteral("rawEvents")));
    QTRY_VERIFY(screen.item(QStringLiteral("rawEvents"))->property("count").toInt() > 0);
    QVERIFY(!screen.item(QStringLiteral("feed")));
    // All of an event, by mouse and by keyboard.
    QQuickItem *log = screen.item(QStringLiteral("rawEvents"));
    QVERIFY(!screen.item(QStringLiteral("rawText")));
    QTest::mouseClick(screen.window(), Qt::LeftButton, {}, log->mapToScene({40, 60}).toPoint());
    QTRY_VERIFY(screen.text(QStringLiteral("rawText")).startsWith(QLatin1String("{\n")));
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QCOMPARE(screen.window()->activeFocusItem(), screen.item(QStringLiteral("rawText")));
    QTest::keyClick(screen.window(), Qt::Key_Escape);
    QVERIFY(log->hasActiveFocus());
    QTest::keyClick(screen.window(), Qt::Key_Escape);
    QTRY_VERIFY(!screen.item(QStringLiteral("rawText")));
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
    QCOMPARE(focused()->objectName(), QStringLiteral("page-overview"));
    do {
        order.append(focused()->objectName());
        QTest::keyClick(screen.window(), Qt::Key_Tab);
    } while (focused()->objectName() != order.constFirst() && order.size() < 40);
    QCOMPARE(order,
             QStringList({"page-overview", "startStop", "reconnect", "faults", "scheme", "address",
                          "showActivity", "showRaw", "feed"}));

    // One sees where one is, and both usual keys press.
    QTest::keyClick(screen.window(), Qt::Key_Tab);
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
    for (int i = 0; i < 8; ++i) {
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
    QVERIFY(seen.contains(QStringLiteral("showActivity")));
    QVERIFY(seen.contains(QStringLiteral("feed")));
}

void tst_DashboardWindow::cutsNoFocusFrame_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("page");
    for (const QSize &size : {QSize(360, 640), QSize(1280, 800)}) {
        for (const QString &page : pages)
            QTest::addRow("%s %d", qPrintable(page), size.width()) << size << page;
    }
}

void tst_DashboardWindow::cutsNoFocusFrame()
{
    QFETCH(QSize, size);
    QFETCH(QString, page);
    Options options;
    options.size = size;
    options.page = page;
    Screen screen(options);
    const auto check = [&] {
        screen.window()->grabWindow(); // the layouts have settled
        for (const QQuickItem *item : screen.items()) {
            if (!item->inherits("QQuickButton"))
                continue;
            const QQuickItem *view = item->parentItem();
            while (view && !view->clip())
                view = view->parentItem();
            if (!view)
                continue;
            const qreal left = item->mapToItem(view, QPointF()).x();
            QVERIFY2(left >= 3 && left + item->width() + 3 <= view->width(),
                     qPrintable(item->objectName()));
        }
    };
    check();
    screen.showFaults();
    check();
    screen.click(QStringLiteral("closeFaults"));
    if (page == QLatin1String("chat")) {
        screen.click(QStringLiteral("suggestion1"));
        QTRY_VERIFY_WITH_TIMEOUT(screen.item(QStringLiteral("askAgain")), patience);
        check();
    }
}

void tst_DashboardWindow::hidesTheTipOfAPressedButton()
{
    Screen screen;
    screen.waitForFrame();
    const auto showsTip = [&] {
        const QList<QQuickItem *> items = screen.items();
        return std::any_of(items.cbegin(), items.cend(), [](const QQuickItem *item) {
            return item->inherits("QQuickPopupItem");
        });
    };
    const QQuickItem *button = screen.item(QStringLiteral("faults"));
    const QPointF centre(button->width() / 2, button->height() / 2);
    QTest::mouseMove(screen.window(), button->mapToScene(centre).toPoint());
    QTRY_VERIFY(showsTip());
    screen.click(QStringLiteral("faults"));
    QVERIFY(screen.item(QStringLiteral("closeFaults")));
    QTRY_VERIFY(!showsTip());
    // The next time it comes again.
    QTest::mouseMove(screen.window(), QPoint(400, 400));
    QTest::mouseMove(screen.window(), button->mapToScene(centre).toPoint());
    QTRY_VERIFY(showsTip());
}

void tst_DashboardWindow::obeysShortcuts()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTest::keyClick(screen.window(), Qt::Key_F6);
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    QTest::keyClick(screen.window(), Qt::Key_F6);
    QVERIFY(screen.waitUntilLive());
    screen.showFaults();
    QTest::keyClick(screen.window(), Qt::Key_4, Qt::AltModifier);
    QTRY_COMPARE(screen.headline(), QStringLiteral("The server closed the stream"));
}

void tst_DashboardWindow::fitsEverySize_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("foreign");

    const QList<QSize> sizes {{360, 640}, {480, 560},  {640, 700},   {719, 600},   {720, 600},
                              {940, 600}, {1280, 800}, {1600, 1000}, {2560, 1440}, {3840, 2160}};
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

    // The names of the facts are whole.
    for (const char *name : {"fact-lastEventId", "fact-rate", "fact-received", "fact-unreadable",
                             "fact-retryIn", "fact-lost", "fact-reconnects", "fact-failures"}) {
        const QQuickItem *label =
                screen.item(QLatin1String(name))->parentItem()->childItems().at(0);
        QVERIFY2(!label->property("text").toString().isEmpty(), name);
        QVERIFY2(!label->property("truncated").toBool(), name);
    }

    // What stands side by side does not overlap.
    const qsizetype fixedCount = 5;
    QStringList names {"badge",         "startStop",        "reconnect",
                       "faults",        "scheme",           "strip",
                       "history",       "address",          "go",
                       "fact-lost",     "fact-reconnects",  "fact-failures",
                       "fact-url",      "fact-lastEventId", "fact-rate",
                       "fact-received", "fact-unreadable",  "fact-retryIn"};
    if (foreign) {
        names += {"pause", "clear", "log", "eventText"};
    } else {
        names += {"tile-web-1", "tile-web-2", "tile-api-1",
                  "tile-api-2", "tile-db-1",  "tile-cache-1"};
    }
    QMap<QString, QRectF> places;
    for (const QString &name : std::as_const(names)) {
        const QQuickItem *item = screen.item(name);
        QVERIFY2(item, qPrintable(name));
        const QRectF place(item->mapToScene({}), item->size());
        for (auto it = places.cbegin(); it != places.cend(); ++it) {
            // What is scrolled lies under the fixed part.
            const bool bothFixed =
                    names.indexOf(name) < fixedCount && names.indexOf(it.key()) < fixedCount;
            const bool bothScrolled =
                    names.indexOf(name) >= fixedCount && names.indexOf(it.key()) >= fixedCount;
            if (bothFixed || bothScrolled)
                QVERIFY2(!place.intersects(*it), qPrintable(name + QLatin1Char(' ') + it.key()));
        }
        places.insert(name, place);
    }
}

QTEST_MAIN(tst_DashboardWindow)
#include "tst_dashboardwindow.moc"
