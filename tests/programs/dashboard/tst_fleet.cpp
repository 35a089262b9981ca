// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <QtCore/qregularexpression.h>
#include <QtTest/qsignalspy.h>

#include <algorithm>

using namespace Qt::StringLiterals;

// The fleet page, operated by a user, on the table that the embedded server changes all the time.
class tst_Fleet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void showsAllHosts();
    void findsHosts();
    void saysWhatAHostIs();
    void showsOneState();
    void sorts();
    void sortsOnAPhone();
    void waitsForThePointer();
    void takesManyChanges();
    void waitsForTheSnapshot();
    void followsChanges();
    void flashesUnlessAskedNotTo_data();
    void flashesUnlessAskedNotTo();
    void selectsByKeyboard();
    void showsTheHostAboveItsDetails();
    void keepsTheSelectedHost();
    void saysThatAHostWasRemoved();
    void recoversAfterALongOutage();
    void fits_data();
    void fits();

private:
    void show(QSize size = {}, const QString &colorScheme = {}, bool reducedMotion = false);
    // The names in the list, from the top.
    QStringList names() const;
    // The first and the second number of "490 of 500 hosts".
    int shownCount() const { return count(1); }
    int hostCount() const { return count(2); }
    int count(int capture) const;
    QQuickItem *list() const { return m_screen->item(u"hosts"_s); }

    std::unique_ptr<Screen> m_screen;
};

void tst_Fleet::cleanup()
{
    m_screen.reset();
}

void tst_Fleet::show(QSize size, const QString &colorScheme, bool reducedMotion)
{
    Options options;
    options.page = u"fleet"_s;
    options.size = size;
    options.colorScheme = colorScheme;
    options.reducedMotion = reducedMotion;
    m_screen = std::make_unique<Screen>(options);
    QTRY_VERIFY_WITH_TIMEOUT(hostCount() >= 495, patience);
    QTRY_VERIFY_WITH_TIMEOUT(names().size() > 3, patience);
}

int tst_Fleet::count(int capture) const
{
    static const QRegularExpression counts(u"^(\\d+) of (\\d+) hosts"_s);
    return counts.match(m_screen->text(u"hostCount"_s)).captured(capture).toInt();
}

QStringList tst_Fleet::names() const
{
    QStringList result;
    const int count = list()->property("count").toInt();
    for (int row = 0; row < count; ++row) {
        QQuickItem *item = nullptr;
        QMetaObject::invokeMethod(list(), "itemAtIndex", Q_RETURN_ARG(QQuickItem *, item),
                                  Q_ARG(int, row));
        const qreal y = item ? item->mapToItem(list(), {0, 0}).y() : -1;
        if (y >= 0 && y + item->height() <= list()->height() + 1)
            result += item->objectName().mid(5);
    }
    return result;
}

void tst_Fleet::showsAllHosts()
{
    show();
    QCOMPARE(shownCount(), hostCount());
    QStringList sorted = names();
    QVERIFY(sorted.first().startsWith(u"api-0"_s));
    sorted.sort();
    QCOMPARE(names(), sorted);
}

void tst_Fleet::findsHosts()
{
    show();
    m_screen->click(u"search"_s);
    for (const char c : {'d', 'b', '-', '0', '0'})
        QTest::keyClick(m_screen->window(), c);
    QTRY_VERIFY(shownCount() > 0 && shownCount() <= 2 && names().size() == shownCount());
    QVERIFY(hostCount() > 400);
    for (const QString &name : names())
        QVERIFY2(name.startsWith(u"db-00"_s), qPrintable(name));
    QVERIFY(!m_screen->item(u"noHosts"_s));
    QTest::keyClick(m_screen->window(), 'x');
    QTRY_COMPARE(m_screen->text(u"noHosts"_s), u"No host matches the filter"_s);
    QTest::keyClick(m_screen->window(), Qt::Key_Escape);
    QTRY_COMPARE(shownCount(), hostCount());
}

// Of a stream without hosts.
void tst_Fleet::saysWhatAHostIs()
{
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options;
    options.page = u"fleet"_s;
    options.size = {360, 640};
    options.url = other.url();
    m_screen = std::make_unique<Screen>(options);
    QVERIFY(m_screen->waitUntilLive());
    QCOMPARE(m_screen->text(u"noHosts"_s),
             u"No hosts yet. A host is an event of the type “host” whose data has a “name”."_s);
}

void tst_Fleet::showsOneState()
{
    show();
    QTRY_VERIFY(m_screen->text(u"state-down"_s).section(u' ', 1).toInt() > 0);
    m_screen->click(u"state-down"_s);
    QTRY_COMPARE(shownCount(), m_screen->text(u"state-down"_s).section(u' ', 1).toInt());
    m_screen->click(u"state-down"_s);
    QTRY_COMPARE(shownCount(), hostCount());
}

void tst_Fleet::sorts()
{
    show();
    m_screen->click(u"sort-name"_s); // it is the one already
    QTRY_VERIFY(names().first().startsWith(u"worker-"_s));
    QQuickItem *head = m_screen->item(u"sort-metrics.cpu"_s);
    head->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_screen->window(), Qt::Key_Return);
    QVERIFY(head->property("text").toString().endsWith(u"↓"_s));
    const auto processor = [this](const QString &name) {
        return m_screen->item(u"host-"_s + name)->property("processor").toInt();
    };
    // The values change, and the rows are sorted four times a second.
    const auto isSorted = [&] {
        const QStringList shown = names();
        return processor(shown.first()) > 50
                && std::is_sorted(shown.begin(), shown.end(),
                                  [&](const QString &a, const QString &b) {
                                      return processor(a) > processor(b);
                                  });
    };
    QTRY_VERIFY(isSorted());
}

// There is no room for columns, but the headers are there.
void tst_Fleet::sortsOnAPhone()
{
    show({360, 640});
    QVERIFY(names().first().startsWith(u"api-"_s));
    m_screen->click(u"sort-name"_s);
    QTRY_VERIFY(names().first().startsWith(u"worker-"_s));
    for (const QString &role : {u"name"_s, u"state"_s, u"metrics.cpu"_s, u"metrics.memory"_s}) {
        m_screen->click(u"sort-"_s + role);
        const QQuickItem *head = m_screen->item(u"sort-"_s + role);
        QVERIFY(head->property("text").toString().contains(u'↓')
                || head->property("text").toString().contains(u'↑'));
        const auto *label = head->property("contentItem").value<QQuickItem *>();
        QVERIFY2(!label->property("truncated").toBool(), qPrintable(role));
    }
}

void tst_Fleet::waitsForThePointer()
{
    show();
    m_screen->click(u"fast"_s);
    QTRY_VERIFY_WITH_TIMEOUT(hostCount() >= 495, patience);
    m_screen->click(u"sort-metrics.cpu"_s);
    const QString sorting = m_screen->text(u"sorting"_s);
    const QQuickItem *hosts = list();
    const QPoint onRows = hosts->mapToScene({hosts->width() / 2, 100}).toPoint();

    QTest::mouseMove(m_screen->window(), onRows);
    QTRY_VERIFY(m_screen->text(u"sorting"_s) != sorting);
    // The hosts change, but stay where they are. One that is removed lets others move up.
    const QStringList before = names().mid(0, 5);
    for (int i = 0; i < 40; ++i) {
        QTest::qWait(20);
        int stayed = 0;
        for (const QString &name : names())
            stayed += before.contains(name) ? 1 : 0;
        QVERIFY(stayed >= 4);
    }
    QTest::mouseMove(m_screen->window(), {5, 5});
    QTRY_COMPARE(m_screen->text(u"sorting"_s), sorting);
    QTRY_VERIFY_WITH_TIMEOUT(names().mid(0, 5) != before, patience);
}

// The window shows them as fast as they come, and a new address is no reason to forget a host.
void tst_Fleet::takesManyChanges()
{
    show();
    m_screen->click(u"search"_s);
    for (const char c : {'-', '4', '0', '0'})
        QTest::keyClick(m_screen->window(), c);
    QTRY_VERIFY(names().size() == 1 && names().first().endsWith(u"-400"_s));
    const QString name = names().first();
    m_screen->click(u"host-"_s + name);
    m_screen->click(u"fast"_s);
    static const QRegularExpression rate(u"(\\d+) events/s$"_s);
    QTRY_VERIFY_WITH_TIMEOUT(rate.match(m_screen->text(u"hostCount"_s)).captured(1).toInt() > 1000,
                             patience);
    QCOMPARE(m_screen->text(u"detailsName"_s), name);
    QVERIFY(!m_screen->item(u"detailsRemoved"_s));
}

// Without a snapshot there are no hosts, but none was removed either.
void tst_Fleet::waitsForTheSnapshot()
{
    show();
    const QString name = names().at(1);
    m_screen->click(u"host-"_s + name);
    QTRY_COMPARE(m_screen->text(u"detailsName"_s), name);
    m_screen->cause(u"refuse"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->badge() != u"Live"_s, patience);
    m_screen->click(u"fast"_s);
    QTRY_COMPARE(hostCount(), 0);
    for (int i = 0; i < 25; ++i) {
        QTest::qWait(20);
        QCOMPARE(m_screen->text(u"detailsName"_s), name);
        QVERIFY(!m_screen->item(u"detailsRemoved"_s));
    }
}

void tst_Fleet::followsChanges()
{
    show();
    const auto processors = [this] {
        QStringList result;
        for (const QString &name : names())
            result += m_screen->item(u"host-"_s + name)->property("processor").toString();
        return result.join(u' ');
    };
    const QString before = processors();
    QTRY_VERIFY_WITH_TIMEOUT(processors() != before, patience);

    const QString last = names().last();
    m_screen->click(u"host-"_s + last);
    QTRY_COMPARE(m_screen->text(u"detailsName"_s), last);
    QTRY_COMPARE_WITH_TIMEOUT(m_screen->text(u"detail7"_s),
                              m_screen->item(u"host-"_s + last)->property("processor").toString()
                                      + u" %"_s,
                              patience);
}

void tst_Fleet::flashesUnlessAskedNotTo_data()
{
    QTest::addColumn<bool>("reducedMotion");

    QTest::newRow("flashes") << false;
    QTest::newRow("does not") << true;
}

void tst_Fleet::flashesUnlessAskedNotTo()
{
    QFETCH(bool, reducedMotion);
    show({}, {}, reducedMotion);
    const auto isFlashing = [this] {
        const QList<QQuickItem *> items = m_screen->items();
        return std::any_of(items.cbegin(), items.cend(), [](const QQuickItem *item) {
            return item->objectName() == u"highlight"_s && item->opacity() > 0;
        });
    };
    // What is on screen, as a text: some of it changes.
    const auto processors = [this] {
        QString result;
        for (const QString &name : names())
            result += m_screen->item(u"host-"_s + name)->property("processor").toString() + u' ';
        return result;
    };
    const QString before = processors();
    QTRY_VERIFY_WITH_TIMEOUT(processors() != before, patience);
    QCOMPARE(isFlashing(), !reducedMotion);
}

void tst_Fleet::selectsByKeyboard()
{
    show();
    list()->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_screen->window(), Qt::Key_Down);
    QCOMPARE(m_screen->text(u"detailsName"_s), names().first());
    QTest::keyClick(m_screen->window(), Qt::Key_Down);
    QCOMPARE(m_screen->text(u"detailsName"_s), names().at(1));
    QTest::keyClick(m_screen->window(), Qt::Key_End);
    QVERIFY(m_screen->text(u"detailsName"_s).startsWith(u"worker-"_s));
    QVERIFY(m_screen->item(u"host-"_s + m_screen->text(u"detailsName"_s)));
    QTest::keyClick(m_screen->window(), Qt::Key_Escape);
    QCOMPARE(m_screen->text(u"detailsName"_s), u"No host is selected"_s);
}

void tst_Fleet::showsTheHostAboveItsDetails()
{
    show({360, 640});
    const QStringList before = names();
    const QString name = before.last();
    m_screen->click(u"host-"_s + name);
    QTRY_COMPARE(m_screen->text(u"detailsName"_s), name);
    m_screen->waitForFrame();
    QTRY_VERIFY(names().size() < before.size()); // the details have taken the room
    QTRY_VERIFY(names().contains(name));
}

// Rows are sorted around it by a value that changes all the time.
void tst_Fleet::keepsTheSelectedHost()
{
    show();
    m_screen->click(u"sort-metrics.cpu"_s);
    list()->forceActiveFocus(Qt::TabFocusReason);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(m_screen->window(), Qt::Key_PageDown);
    const QString selected = m_screen->text(u"detailsName"_s);
    const auto place = [&] {
        const QQuickItem *row = m_screen->item(u"host-"_s + selected);
        return row ? row->mapToItem(list(), {0, 0}).y() : -1000;
    };
    const qreal y = place();
    QVERIFY(y >= 0);
    const QStringList before = names();
    QTRY_VERIFY_WITH_TIMEOUT(names() != before, patience);
    QSignalSpy frames(m_screen->window(), &QQuickWindow::frameSwapped);
    for (int i = 0; i < 60; ++i) {
        QVERIFY(frames.wait(patience));
        QCOMPARE(m_screen->text(u"detailsName"_s), selected);
        if (m_screen->text(u"detailsRemoved"_s).size() > 0 && m_screen->item(u"detailsRemoved"_s))
            return; // it has left
        QVERIFY2(qAbs(place() - y) <= 30, QByteArray::number(place()));
    }
}

// The server removes the hosts with the lowest numbers first, one every three seconds.
void tst_Fleet::saysThatAHostWasRemoved()
{
    show();
    m_screen->click(u"search"_s);
    for (const char c : {'-', '0', '0', '3'})
        QTest::keyClick(m_screen->window(), c);
    QTRY_COMPARE(names(), QStringList {u"cache-003"_s});
    m_screen->click(u"host-cache-003"_s);
    QCOMPARE(m_screen->text(u"detailsName"_s), u"cache-003"_s);
    QVERIFY(!m_screen->item(u"detailsRemoved"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->item(u"detailsRemoved"_s), 2 * patience);
    QCOMPARE(m_screen->text(u"detailsName"_s), u"cache-003"_s);
    QCOMPARE(shownCount(), 0);
    QCOMPARE(m_screen->text(u"detail1"_s), u"cache"_s);
    m_screen->click(u"closeDetails"_s);
    QCOMPARE(m_screen->text(u"detailsName"_s), u"No host is selected"_s);

    // The CPU of another one is known from before it was selected.
    m_screen->click(u"search"_s);
    QTest::keyClick(m_screen->window(), Qt::Key_Escape);
    QTRY_VERIFY(names().size() > 5);
    m_screen->click(u"host-"_s + names().at(1));
    QTRY_VERIFY(m_screen->item(u"cpu"_s));
    QVERIFY(m_screen->item(u"cpu"_s)->property("count").toInt() >= 3);
}

void tst_Fleet::recoversAfterALongOutage()
{
    show();
    m_screen->cause(u"drop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_screen->badge() != u"Live"_s, patience);
    QVERIFY(m_screen->waitUntilLive());
    QTRY_VERIFY_WITH_TIMEOUT(hostCount() >= 490 && hostCount() <= 510, patience);
}

void tst_Fleet::fits_data()
{
    addSizesAndSchemes();
}

void tst_Fleet::fits()
{
    QFETCH(QSize, size);
    QFETCH(QString, scheme);
    show(size, scheme);
    m_screen->click(u"host-"_s + names().first());
    QTRY_VERIFY(m_screen->text(u"detailsName"_s).contains(u'-'));
    for (const QString &name : {u"search"_s, u"state-ok"_s, u"state-down"_s, u"hostCount"_s,
                                u"hosts"_s, u"detailsName"_s, u"closeDetails"_s, u"detail7"_s}) {
        const QQuickItem *item = m_screen->item(name);
        QVERIFY2(item, qPrintable(name));
        const QRectF place = item->mapRectToScene(item->boundingRect());
        QVERIFY2(QRectF({}, size).contains(place), qPrintable(name));
    }
    // Beside the details there is room for the list.
    QVERIFY2(names().size() >= 4, QByteArray::number(names().size()));
}

QTEST_MAIN(tst_Fleet)
#include "tst_fleet.moc"
