// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "program.h"

// All pages on screens of high density. Set DASHBOARD_SHOTS to a folder to look at the pictures.
class tst_DashboardScale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEveryPage_data();
    void showsEveryPage();
};

void tst_DashboardScale::showsEveryPage_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("factor");

    for (const char *page : {"overview", "log", "fleet", "chat", "explorer"}) {
        for (const auto &[size, factor] :
             {std::pair(QSize(3840, 2160), 1), std::pair(QSize(1920, 1080), 2),
              std::pair(QSize(1280, 720), 3), std::pair(QSize(360, 640), 3)}) {
            QTest::addRow("%s %dx%d times %d", page, size.width(), size.height(), factor)
                    << QString::fromLatin1(page) << size << factor;
        }
    }
}

void tst_DashboardScale::showsEveryPage()
{
    QFETCH(QString, page);
    QFETCH(QSize, size);
    QFETCH(int, factor);
    const QTemporaryDir dir;
    const QString folder = qEnvironmentVariable("DASHBOARD_SHOTS", dir.path());
    const QString file = QStringLiteral("%1/%2-%3x%4-%5.png")
                                 .arg(folder, page)
                                 .arg(size.width())
                                 .arg(size.height())
                                 .arg(factor);
    const Result result = run({QStringLiteral("--screenshot"), file, QStringLiteral("--after"),
                               QStringLiteral("1000"), QStringLiteral("--size"),
                               QStringLiteral("%1x%2").arg(size.width()).arg(size.height()),
                               QStringLiteral("--page"), page, QStringLiteral("--light")},
                              {}, {{QStringLiteral("QT_SCALE_FACTOR"), QString::number(factor)}});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    // No binding loop, no missing property, no texture that is too large.
    QCOMPARE(result.errors, QString());
    const QImage image(file);
    QCOMPARE(image.size(), size * factor);
    QVERIFY(distinctColors(image) > 20);
}

QTEST_MAIN(tst_DashboardScale)
#include "tst_dashboardscale.moc"
