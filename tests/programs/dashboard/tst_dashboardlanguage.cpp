// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <QtCore/qregularexpression.h>

// The program in German: texts of its own, of the library and of the library's types in QML.
class tst_DashboardLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void isGerman();
    void saysWhatFailedInGerman();
    void countsInGerman();
    void fitsInGerman_data();
    void fitsInGerman();

private:
    static Options german(const QSize &size = {})
    {
        Options options;
        options.language = QStringLiteral("de");
        options.size = size;
        return options;
    }
};

void tst_DashboardLanguage::isGerman()
{
    Options options = german();
    options.lazy = true;
    Screen screen(options);
    QCOMPARE(screen.text(QStringLiteral("title")), QStringLiteral("Übersicht"));
    QCOMPARE(screen.badge(), QStringLiteral("Gestoppt")); // of the module EventSource.Controls
    screen.click(QStringLiteral("startStop"));
    QTRY_VERIFY_WITH_TIMEOUT(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 0, patience);
    screen.click(QStringLiteral("page-log"));
    QCOMPARE(screen.text(QStringLiteral("title")), QStringLiteral("Protokoll"));
}

void tst_DashboardLanguage::saysWhatFailedInGerman()
{
    Options options = german();
    options.fault = DemoServer::Refuse;
    Screen screen(options);
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(),
                              QStringLiteral("Der Server ist nicht verfügbar (503)"), patience);
    const QString badge = screen.badge();
    QVERIFY2(badge.startsWith(QLatin1String("Neuer Versuch in "))
                     || badge == QLatin1String("Verbindet neu …"),
             qPrintable(badge));
}

void tst_DashboardLanguage::countsInGerman()
{
    Screen screen(german());
    const auto missing = [](int count) {
        return QCoreApplication::translate("StreamState", "%1 events may be missing", "", count);
    };
    QCOMPARE(missing(1), QStringLiteral("%1 Ereignis fehlt vielleicht"));
    QCOMPARE(missing(2), QStringLiteral("%1 Ereignisse fehlen vielleicht"));
}

void tst_DashboardLanguage::fitsInGerman_data()
{
    addSizesAndSchemes();
}

// No text leaves the window or its own place.
void tst_DashboardLanguage::fitsInGerman()
{
    QFETCH(QSize, size);
    QFETCH(QString, scheme);
    Options options = german(size);
    options.colorScheme = scheme;
    Screen screen(options);
    QTRY_VERIFY_WITH_TIMEOUT(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 0, patience);
    for (const char *page : {"overview", "log", "fleet", "chat", "explorer"}) {
        screen.click(QLatin1String("page-") + QLatin1String(page));
        screen.window()->grabWindow(); // let the layouts settle
        const QList<QQuickItem *> items = screen.items();
        for (const QQuickItem *item : items) {
            if (item->width() <= 0 || item->height() <= 0 || !item->inherits("QQuickText"))
                continue;
            const QRectF place(item->mapToScene({}), item->size());
            const QString what =
                    QStringLiteral("%1: \"%2\" at %3,%4 %5x%6")
                            .arg(QLatin1String(page), item->property("text").toString())
                            .arg(place.x())
                            .arg(place.y())
                            .arg(place.width())
                            .arg(place.height());
            QVERIFY2(place.left() >= -4 && place.right() <= size.width() + 4, qPrintable(what));
            const bool mayElide = item->property("elide").toInt() != Qt::ElideNone;
            QVERIFY2(mayElide || !item->property("truncated").toBool(), qPrintable(what));
            QVERIFY2(item->property("contentWidth").toReal() <= item->width() + 1,
                     qPrintable(what));
        }
    }
}

QTEST_MAIN(tst_DashboardLanguage)
#include "tst_dashboardlanguage.moc"
