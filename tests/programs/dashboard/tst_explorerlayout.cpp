// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "explorerscreen.h"

#include <QtCore/qsettings.h>
#include <QtCore/qtemporarydir.h>

// The explorer page at every size, with all that it can show.
class tst_ExplorerLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void fitsEverySize_data();
    void fitsEverySize();

private:
    QTemporaryDir m_folder;
};

namespace {

// What scrolls lies under what does not.
const QQuickItem *viewOf(const QQuickItem *item)
{
    while (item && !item->inherits("QQuickFlickable"))
        item = item->parentItem();
    return item;
}

void verifyNothingOverlaps(const Screen &screen)
{
    QList<QQuickItem *> controls;
    for (QQuickItem *item : screen.items()) {
        if (item->inherits("QQuickTextField") || item->inherits("QQuickTextArea")
            || item->inherits("QQuickAbstractButton"))
            controls.append(item);
    }
    for (qsizetype i = 0; i < controls.size(); ++i) {
        const QQuickItem *one = controls.at(i);
        const QRectF place(one->mapToScene({}), one->size());
        for (const QQuickItem *other : controls.mid(i + 1)) {
            QVERIFY2(viewOf(one) != viewOf(other)
                             || !place.intersects(QRectF(other->mapToScene({}), other->size())),
                     qPrintable(one->objectName() + u' ' + other->objectName()));
        }
    }
}

} // namespace

void tst_ExplorerLayout::initTestCase()
{
    QVERIFY(m_folder.isValid());
    // Nothing of the user's is read or written.
    qputenv("HOME", m_folder.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", m_folder.path().toLocal8Bit());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void tst_ExplorerLayout::init()
{
    QDir(m_folder.filePath(QStringLiteral("eventsource-dashboard"))).removeRecursively();
}

void tst_ExplorerLayout::fitsEverySize_data()
{
    addSizesAndSchemes();
}

void tst_ExplorerLayout::fitsEverySize()
{
    QFETCH(QSize, size);
    QFETCH(QString, scheme);
    QSettings settings(QSettings::IniFormat, QSettings::UserScope,
                       QStringLiteral("eventsource-dashboard"),
                       QStringLiteral("eventsource-dashboard"));
    settings.setValue(QStringLiteral("explorer/addresses"),
                      QStringList {QStringLiteral("https://a-long-name.example.com/%1/events")
                                           .arg(QString(100, u'a'))});
    settings.sync();
    Explorer explorer(size, scheme);
    const auto verifyAllFits = [&] {
        explorer.window()->grabWindow(); // lets the layouts settle
        for (QQuickItem *item : explorer.items()) {
            const QRectF place(item->mapToScene({}), item->size());
            const QString what =
                    QStringLiteral("%1 %2 \"%3\" at %4,%5 %6x%7")
                            .arg(QLatin1String(item->metaObject()->className()), item->objectName(),
                                 item->property("text").toString().left(80))
                            .arg(place.x())
                            .arg(place.y())
                            .arg(place.width())
                            .arg(place.height());
            if (place.isEmpty())
                continue;
            QVERIFY2(place.left() >= -4 && place.right() <= size.width() + 4, qPrintable(what));
            if (!item->inherits("QQuickText"))
                continue;
            const bool elides = item->property("elide").toInt() != Qt::ElideNone;
            QVERIFY2(elides || item->property("contentWidth").toReal() <= item->width() + 1,
                     qPrintable(what));
            QVERIFY2(elides || item->property("contentHeight").toReal() <= item->height() + 1,
                     qPrintable(what));
            // Nothing but a long address and what the server has sent is shortened.
            QVERIFY2(!item->property("truncated").toBool() || place.width() > 150,
                     qPrintable(what));
        }
        verifyNothingOverlaps(explorer);
    };
    // The view that is shown does not look like what starts the request.
    if (size.width() < 860) {
        const auto pixel = [&](const char *name) {
            const QQuickItem *item = explorer.item(QLatin1String(name));
            return explorer.window()->grabWindow().pixelColor(item->mapToScene({8, 8}).toPoint());
        };
        QVERIFY(pixel("requestPane") != pixel("explore"));
        QVERIFY(pixel("requestPane") != pixel("resultsPane"));
    }
    explorer.press(QStringLiteral("methodPOST"));
    explorer.press(QStringLiteral("addHeader"));
    explorer.type(QStringLiteral("X X"));
    explorer.paste(QStringLiteral("body"), QStringLiteral("{"));
    explorer.press(QStringLiteral("more"));
    explorer.click(QStringLiteral("explore"));
    QVERIFY(explorer.item(QStringLiteral("headersProblem")));
    verifyAllFits();
    explorer.press(QStringLiteral("removeHeader0"));
    explorer.press(QStringLiteral("methodGET"));
    explorer.start(QStringLiteral("/stream"));
    QTRY_VERIFY(explorer.count() > 20);
    explorer.item(QStringLiteral("explorerLog"))->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(explorer.window(), Qt::Key_Down);
    QVERIFY(explorer.item(QStringLiteral("explorerDetails")));
    explorer.server()->cause(DemoServer::Drop);
    QTRY_VERIFY_WITH_TIMEOUT(explorer.text(QStringLiteral("pane-errors")).contains(u'('), patience);
    for (const char *pane : {"pane-events", "pane-errors", "pane-response", "pane-timings"}) {
        explorer.click(QLatin1String(pane));
        verifyAllFits();
    }
}

QTEST_MAIN(tst_ExplorerLayout)
#include "tst_explorerlayout.moc"
