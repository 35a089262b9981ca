// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "loglines.h"
#include "logscreen.h"

#include <QtCore/qregularexpression.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>

namespace {
QString copied()
{
    return QGuiApplication::clipboard()->text();
}
} // namespace

class tst_LogPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheLog_data();
    void showsTheLog();
    void followsUntilTheReaderScrolls();
    void staysWhenALineIsSelected();
    void filtersByType();
    void searchesWhileTyping();
    void goesToHitsAmongAllLines();
    void showsTheLinesAroundAHit();
    void showsMarkupAsText();
    void showsAllOfALine();
    void showsTheLineAboveItsDetails();
    void showsADetailsHeadThatFits();
    void copies();
    void movesByKeyboard();
    void pausesAndResumes();
    void clears();
    void showsABrokenLine();
    void resumesWithoutAGap();
    void renewsTheToken();
    void reachesEverythingByKeyboard();
    void keepsTheOldestRowsOut();
};

void tst_LogPage::showsTheLog_data()
{
    addSizesAndSchemes();
}

void tst_LogPage::showsTheLog()
{
    QFETCH(QSize, size);
    QFETCH(QString, scheme);
    LogScreen screen(size, scheme);
    QVERIFY(screen.waitForLines());
    QCOMPARE(screen.window()->color().lightnessF() < 0.5, scheme == QLatin1String("dark"));

    // The newest lines, without a gap, up to the lower edge.
    QTRY_VERIFY(screen.numbers().size() > 8);
    QTRY_VERIFY(screen.numbers().constLast() >= 3000);
    const QList<int> numbers = screen.numbers();
    QCOMPARE(numbers.constLast() - numbers.constFirst() + 1, numbers.size());
    static const QRegularExpression summary(QStringLiteral("^3,\\d\\d\\d of 3,\\d\\d\\d$"));
    QTRY_VERIFY(summary.match(screen.summary()).hasMatch());
    // The level is a word, or a letter.
    for (const QString &level : screen.shown(QStringLiteral("level")))
        QVERIFY(size.width() > 700 ? level.size() >= 4 : level.size() == 1);
    QVERIFY(screen.item(QStringLiteral("type-warning")));

    // Nothing sticks out, and no letter is cut.
    screen.clickRow(2);
    QTRY_VERIFY(screen.details().startsWith(QLatin1Char('{')));
    screen.type(QStringLiteral("o"));
    QTRY_VERIFY(screen.item(QStringLiteral("clearSearch")));
    screen.window()->grabWindow(); // the layouts have settled
    for (QQuickItem *item : screen.items()) {
        if (item->width() <= 0 || item->height() <= 0)
            continue;
        const QRectF place(item->mapToScene({}), item->size());
        const QString what = QStringLiteral("%1 \"%2\" at %3, %4 wide")
                                     .arg(QLatin1String(item->metaObject()->className()),
                                          item->property("text").toString())
                                     .arg(place.x())
                                     .arg(place.width());
        QVERIFY2(place.left() >= -4 && place.right() <= size.width() + 4, qPrintable(what));
        if (!item->inherits("QQuickText") || item->property("elide").toInt() != Qt::ElideNone)
            continue;
        QVERIFY2(item->property("contentWidth").toReal() <= item->width() + 1, qPrintable(what));
        QVERIFY2(item->property("contentHeight").toReal() <= item->height() + 1, qPrintable(what));
    }
    QList<QRectF> places;
    for (const char *name :
         {"search", "previousHit", "nextHit", "onlyHits", "pause", "clear", "copy", "type-line",
          "type-error", "logView", "lineTitle", "logStatus", "shownCount"}) {
        const QQuickItem *item = screen.item(QLatin1String(name));
        QVERIFY2(item, name);
        const QRectF place(item->mapToScene({}), item->size());
        QVERIFY2(QRectF({}, QSizeF(size)).intersects(place), name);
        for (const QRectF &other : std::as_const(places))
            QVERIFY2(!place.intersects(other), name);
        places.append(place);
    }
}

void tst_LogPage::followsUntilTheReaderScrolls()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    const int before = screen.numbers().constLast();
    QTRY_VERIFY(screen.numbers().constLast() > before);
    QVERIFY(!screen.item(QStringLiteral("newLines")));

    screen.scroll(4);
    QTRY_VERIFY(!screen.isFollowing());
    QTRY_VERIFY(!screen.view()->property("moving").toBool());
    const QList<int> place = screen.numbers();
    QTRY_VERIFY(screen.text(QStringLiteral("newLines")).contains(QLatin1String("new line")));
    QTRY_VERIFY(
            screen.text(QStringLiteral("newLines")).mid(2).section(QLatin1Char(' '), 0, 0).toInt()
            > 9);
    QCOMPARE(screen.numbers(), place);

    screen.click(QStringLiteral("newLines"));
    QTRY_VERIFY(screen.numbers().constLast() > place.constLast() + 9);
    QVERIFY(screen.isFollowing());
    QVERIFY(!screen.item(QStringLiteral("newLines")));

    // Back to the end by the wheel.
    screen.scroll(4);
    QTRY_VERIFY(!screen.isFollowing());
    QTRY_VERIFY(screen.item(QStringLiteral("newLines")));
    // The end moves on meanwhile.
    QTRY_VERIFY_WITH_TIMEOUT((screen.scroll(-20), screen.isFollowing()), patience);
    QTRY_VERIFY(!screen.item(QStringLiteral("newLines")));
}

void tst_LogPage::staysWhenALineIsSelected()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.clickRow(5);
    QTRY_VERIFY(!screen.isFollowing());
    const QList<int> place = screen.numbers();
    QTRY_VERIFY(screen.item(QStringLiteral("newLines")));
    QCOMPARE(screen.numbers(), place);
    screen.key(Qt::Key_Escape);
    QTRY_VERIFY(screen.isFollowing());
    QTRY_COMPARE(screen.text(QStringLiteral("lineTitle")), QStringLiteral("Line"));
}

void tst_LogPage::filtersByType()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    const auto levels = [&] {
        const QStringList all = screen.shown(QStringLiteral("level"));
        return QSet<QString>(all.cbegin(), all.cend());
    };
    QTRY_VERIFY(levels().contains(QStringLiteral("LINE")));
    screen.click(QStringLiteral("type-line"));
    QTRY_VERIFY(!levels().contains(QStringLiteral("LINE")));
    QVERIFY(levels().contains(QStringLiteral("WARNING")));
    QVERIFY(screen.count() < 1000);
    // The chip says how many there are, also if they are hidden.
    QVERIFY(screen.text(QStringLiteral("type-line")).startsWith(QLatin1String("2,")));
    screen.click(QStringLiteral("type-warning"));
    screen.click(QStringLiteral("type-step"));
    QTRY_COMPARE(levels(), QSet<QString>({QStringLiteral("ERROR")}));
    screen.click(QStringLiteral("type-error"));
    QTRY_COMPARE(screen.count(), 0);
    screen.click(QStringLiteral("type-line"));
    QTRY_COMPARE(levels(), QSet<QString>({QStringLiteral("LINE")}));
}

void tst_LogPage::searchesWhileTyping()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.type(QStringLiteral("WARNING: u"));
    QTRY_VERIFY(!screen.isSearching());
    QVERIFY(screen.count() > 0 && screen.count() < 300);
    for (const QString &text : screen.shown(QStringLiteral("text"))) {
        QVERIFY2(text.contains(QLatin1String("<b><u>warning: u</u></b>nused variable")),
                 qPrintable(text));
    }
    static const QRegularExpression summary(QStringLiteral("^(\\d+) of 3,\\d\\d\\d$"));
    QTRY_COMPARE(summary.match(screen.summary()).captured(1).toInt(), screen.count());

    // Return goes to the next hit, around the end.
    screen.key(Qt::Key_Return);
    QTRY_VERIFY(screen.details().contains(QLatin1String("unused")));
    const QString first = screen.details();
    screen.key(Qt::Key_F3);
    QTRY_VERIFY(screen.details() != first);
    screen.key(Qt::Key_F3, Qt::ShiftModifier);
    QTRY_COMPARE(screen.details(), first);
    screen.click(QStringLiteral("nextHit"));
    QTRY_VERIFY(screen.details() != first);
    screen.click(QStringLiteral("previousHit"));
    QTRY_COMPARE(screen.details(), first);

    screen.type(QStringLiteral("no such text"));
    QTRY_COMPARE(screen.count(), 0);
    QVERIFY(!screen.item(QStringLiteral("nextHit"))->isEnabled());
    screen.click(QStringLiteral("clearSearch"));
    QTRY_VERIFY(screen.count() >= 3000);
    QCOMPARE(screen.focused(), QStringLiteral("search"));
}

void tst_LogPage::goesToHitsAmongAllLines()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.click(QStringLiteral("onlyHits"));
    screen.type(QStringLiteral("succeeded after"));
    QTRY_VERIFY(screen.summary().contains(QLatin1String("hits in 3,")));
    QVERIFY(screen.count() >= 3000);
    screen.key(Qt::Key_F3, Qt::ShiftModifier);
    QTRY_VERIFY(screen.details().contains(QLatin1String("Job succeeded")));
    // It is visible, among others.
    const QStringList texts = screen.shown(QStringLiteral("text"));
    QCOMPARE(texts.filter(QStringLiteral("Job <b><u>succeeded after</u></b>")).size(), 1);
    QVERIFY(texts.size() > 5);
}

void tst_LogPage::showsTheLinesAroundAHit()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.type(QStringLiteral("WARNING: u"));
    QTRY_VERIFY(!screen.isSearching());
    screen.key(Qt::Key_F3, Qt::ShiftModifier);
    const QString title = screen.text(QStringLiteral("lineTitle"));
    const int hit = title.section(QLatin1Char(' '), 1, 1).toInt();
    QVERIFY2(hit > 0, qPrintable(title));
    const qsizetype place = screen.numbers().indexOf(hit);
    QVERIFY(place >= 0);

    // The selected line keeps its place, among those that were hidden.
    screen.click(QStringLiteral("onlyHits"));
    QTRY_VERIFY(screen.count() >= 3000);
    screen.waitForFrame();
    QTRY_VERIFY(qAbs(screen.numbers().indexOf(hit) - place) <= 1);
    QVERIFY(screen.numbers().contains(hit - 1));
    screen.click(QStringLiteral("onlyHits"));
    QTRY_VERIFY(screen.count() < 300);
    screen.waitForFrame();
    QTRY_VERIFY(screen.numbers().contains(hit));
}

void tst_LogPage::showsMarkupAsText()
{
    LogScreen screen({1280, 800}, QStringLiteral("dark"), QStringLiteral("?history=20000"));
    QVERIFY(screen.waitForLines(20000));
    screen.type(QStringLiteral("<b>3"));
    QTRY_VERIFY(!screen.isSearching());
    QVERIFY(screen.count() > 0 && screen.count() < 1000);
    const QString text = screen.shown(QStringLiteral("text")).value(0);
    QVERIFY2(text.contains(QLatin1String("<b><u>&lt;b&gt;3</u></b>&lt;/b&gt;")), qPrintable(text));
    screen.click(QStringLiteral("clearSearch"));
    QTRY_VERIFY(screen.count() >= 20000);
}

void tst_LogPage::showsAllOfALine()
{
    for (const QSize &size : {QSize(360, 640), QSize(1280, 800)}) {
        LogScreen screen(size);
        QVERIFY(screen.waitForLines());
        const bool isSmall = size.width() < 900;
        QCOMPARE(screen.item(QStringLiteral("lineData")) == nullptr, isSmall);
        const int number = screen.numbers().at(3);
        screen.clickRow(3);
        QTRY_COMPARE(screen.text(QStringLiteral("lineTitle")).section(QStringLiteral(" ·"), 0, 0),
                     QStringLiteral("Line %1").arg(number));
        screen.window()->grabWindow(); // the layout has settled
        QVERIFY(screen.details().startsWith(QLatin1String("{\n  \"time\": ")));
        QVERIFY(screen.details().contains(QLatin1String("\n  \"job\": \"")));
        screen.click(QStringLiteral("copyData"));
        QCOMPARE(copied(), screen.details());
        // The same row again deselects it.
        if (isSmall)
            screen.click(QStringLiteral("closeDetails"));
        else
            screen.key(Qt::Key_F, Qt::ControlModifier);
        QTRY_COMPARE(screen.item(QStringLiteral("lineData")) == nullptr, isSmall);
    }
}

void tst_LogPage::showsTheLineAboveItsDetails()
{
    LogScreen screen({360, 640});
    QVERIFY(screen.waitForLines());
    QTRY_VERIFY(screen.numbers().size() > 8);
    const int fromTop = int(screen.numbers().size()) - 2;
    screen.clickRow(fromTop);
    QTRY_VERIFY(screen.item(QStringLiteral("lineTitle")));
    const int number = screen.text(QStringLiteral("lineTitle")).section(u' ', 1, 1).toInt();
    screen.waitForFrame();
    QTRY_VERIFY(screen.numbers().size() < fromTop); // the details have taken the room
    QTRY_VERIFY(screen.numbers().contains(number));
}

void tst_LogPage::showsADetailsHeadThatFits()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.clickRow(3);
    const auto rightEdge = [&](const char *name) {
        const QQuickItem *item = screen.item(QLatin1String(name));
        return item ? item->mapToScene({item->width(), 0}).x() : -1;
    };
    QTRY_COMPARE(rightEdge("copyData"), rightEdge("lineData"));
    // The faults leave no room beside the list, and then the details can be closed.
    screen.key(Qt::Key_F8);
    QTRY_VERIFY(screen.item(QStringLiteral("closeDetails")));
    screen.waitForFrame();
    QTRY_COMPARE(rightEdge("closeDetails"), rightEdge("lineData"));
    screen.key(Qt::Key_F8);
    QTRY_VERIFY(!screen.item(QStringLiteral("closeDetails")));
    screen.waitForFrame();
    QTRY_COMPARE(rightEdge("copyData"), rightEdge("lineData"));
}

void tst_LogPage::copies()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    QVERIFY(!screen.item(QStringLiteral("copy"))->isEnabled());
    screen.clickRow(4);
    const QString first = screen.shown(QStringLiteral("text")).at(4);
    const QString second = screen.shown(QStringLiteral("text")).at(5);
    const QString third = screen.shown(QStringLiteral("text")).at(6);
    screen.key(Qt::Key_C, Qt::ControlModifier);
    static const QRegularExpression line(QStringLiteral(
            "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}\t[A-Z]+\t[-\\w]+\t"));
    QVERIFY(line.match(copied()).hasMatch());
    QVERIFY(!copied().contains(QLatin1Char('\n')));
    QVERIFY(copied().contains(first.left(30)));
    QCOMPARE(screen.status(), QStringLiteral("1 line copied"));

    screen.key(Qt::Key_Down, Qt::ShiftModifier);
    screen.key(Qt::Key_Down, Qt::ShiftModifier);
    screen.click(QStringLiteral("copy"));
    QStringList lines = copied().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines.at(0).contains(first.left(30)));
    QVERIFY(lines.at(1).contains(second.left(30)));
    QVERIFY(lines.at(2).contains(third.left(30)));

    screen.clickRow(8, Qt::ShiftModifier);
    screen.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(copied().count(QLatin1Char('\n')), 4);
    screen.key(Qt::Key_A, Qt::ControlModifier);
    screen.key(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(copied().count(QLatin1Char('\n')) >= 2999);
}

void tst_LogPage::movesByKeyboard()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    const auto current = [&] {
        return screen.text(QStringLiteral("lineTitle")).section(QLatin1Char(' '), 1, 1).toInt();
    };
    screen.clickRow(4);
    const int first = current();
    screen.key(Qt::Key_Down);
    QTRY_COMPARE(current(), first + 1);
    screen.key(Qt::Key_Up);
    screen.key(Qt::Key_Up);
    QTRY_COMPARE(current(), first - 1);
    screen.key(Qt::Key_PageUp);
    QTRY_VERIFY(current() < first - 10);
    QVERIFY(screen.numbers().contains(current()));
    screen.key(Qt::Key_Home);
    QTRY_COMPARE(screen.numbers().constFirst(), current());
    screen.key(Qt::Key_End);
    QTRY_VERIFY(current() >= 3000);
    screen.key(Qt::Key_Return);
    QCOMPARE(screen.focused(), QStringLiteral("lineData"));
    screen.key(Qt::Key_Escape);
    QCOMPARE(screen.focused(), QStringLiteral("logView"));
}

void tst_LogPage::pausesAndResumes()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.click(QStringLiteral("pause"));
    QCOMPARE(screen.text(QStringLiteral("pause")), QStringLiteral("Resume"));
    QTRY_VERIFY(screen.status().startsWith(QLatin1String("Paused")));
    // A line that came before the click is shown in the next frame.
    const int atClick = screen.lastEventId();
    QTRY_VERIFY(screen.lastEventId() >= atClick + 2);
    const int before = screen.count();
    const int received = screen.lastEventId();
    QTRY_VERIFY(screen.lastEventId() >= received + 9);
    QCOMPARE(screen.count(), before);
    screen.key(Qt::Key_H, Qt::ControlModifier);
    QTRY_VERIFY(screen.count() >= before + 9);
    QCOMPARE(screen.text(QStringLiteral("pause")), QStringLiteral("Pause"));
}

void tst_LogPage::clears()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.clickRow(2);
    screen.click(QStringLiteral("clear"));
    QTRY_VERIFY(screen.count() < 100);
    QVERIFY(screen.isFollowing());
    QTRY_VERIFY(screen.numbers().value(0) > 3000);
}

void tst_LogPage::showsABrokenLine()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.type(QStringLiteral("{\"time\""));
    QTRY_COMPARE(screen.count(), 0);
    screen.server()->cause(DemoServer::BrokenJson, QStringLiteral("/log"));
    QTRY_COMPARE(screen.rows().size(), 1);
    QTRY_VERIFY(screen.status().contains(QLatin1String("could not be read")));
    screen.clickRow(0);
    QTRY_VERIFY(screen.text(QStringLiteral("lineNote")).size() > 5);
    QVERIFY(screen.details().startsWith(QLatin1String("{\"time\"")));
}

void tst_LogPage::resumesWithoutAGap()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.server()->cause(DemoServer::Drop, QStringLiteral("/log"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.badge() != QLatin1String("Live"), patience);
    QVERIFY(screen.waitUntilLive());
    const int last = screen.count();
    QTRY_VERIFY(screen.count() > last + 20);
    const QList<int> numbers = screen.numbers();
    QCOMPARE(numbers.constLast() - numbers.constFirst() + 1, numbers.size());
    // The first line is that of the time of the request, and none after it is missing.
    const auto *lines =
            qobject_cast<QAbstractItemModel *>(screen.view()->property("lines").value<QObject *>());
    QVERIFY(lines);
    const auto number = [lines](int row) {
        return lines->index(row, 0).data(LogLines::NumberRole).toInt();
    };
    for (int row = 1; row < lines->rowCount(); ++row)
        QCOMPARE(number(row), number(row - 1) + 1);
}

void tst_LogPage::renewsTheToken()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    QVERIFY(!screen.item(QStringLiteral("renewToken")));
    screen.server()->cause(DemoServer::ExpireToken, QStringLiteral("/log"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.item(QStringLiteral("renewToken")), patience);
    screen.click(QStringLiteral("renewToken"));
    QVERIFY(screen.waitUntilLive());
}

void tst_LogPage::reachesEverythingByKeyboard()
{
    LogScreen screen;
    QVERIFY(screen.waitForLines());
    screen.type(QStringLiteral("b"));
    QTRY_VERIFY(screen.item(QStringLiteral("nextHit"))->isEnabled());
    screen.key(Qt::Key_F3);
    QStringList order;
    do {
        order.append(screen.focused());
        screen.key(Qt::Key_Tab);
    } while (screen.focused() != order.constFirst() && order.size() < 40);
    order.removeOne(QStringLiteral("newLines")); // it may be there already
    order = order.mid(0, order.indexOf(QStringLiteral("lineData")) + 1);
    QCOMPARE(order.join(QLatin1Char(' ')),
             QStringLiteral("search previousHit nextHit onlyHits pause clear copy type-error "
                            "type-line type-step type-warning logView copyData lineData"));

    // Chips by Space and Return.
    while (screen.focused() != QLatin1String("type-line"))
        screen.key(Qt::Key_Tab);
    const int all = screen.count();
    screen.key(Qt::Key_Space);
    QTRY_VERIFY(screen.count() < all / 2);
    screen.key(Qt::Key_Return);
    QTRY_VERIFY(screen.count() >= all);
}

// 100,000 lines and no more, and the selected one stays when it has left.
void tst_LogPage::keepsTheOldestRowsOut()
{
    LogScreen screen({1280, 800}, QStringLiteral("dark"), QStringLiteral("?history=99990"));
    QVERIFY(screen.waitForLines(99990));
    screen.clickRow(0);
    screen.key(Qt::Key_Home);
    const QString details = screen.details();
    QTRY_COMPARE(screen.text(QStringLiteral("lineNote")), QStringLiteral("No longer in the list"));
    QCOMPARE(screen.details(), details);
    QTRY_COMPARE(screen.count(), 100000);
    QTRY_VERIFY(screen.summary().startsWith(QLatin1String("100,000 of 100,000")));
}

QTEST_MAIN(tst_LogPage)
#include "tst_logpage.moc"
