// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidesample.h"

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// Every complete QML sample of every guide loads, and runs without an error in QML.
class tst_Guides : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qmlSampleRuns_data();
    void qmlSampleRuns();
};

void tst_Guides::qmlSampleRuns_data()
{
    QTest::addColumn<QString>("sample");
    const QStringList files = QDir(QStringLiteral(GUIDES_DIR)).entryList({u"*.md"_s});
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        const QString guide = file.chopped(3);
        int number = 0;
        for (const QString &sample : guideSamples(guide))
            QTest::addRow("%s %d", qPrintable(guide), ++number) << sample;
    }
}

void tst_Guides::qmlSampleRuns()
{
    QFETCH(QString, sample);
    GuideSample program(sample);
    QVERIFY2(program.root, qPrintable(program.component.errorString()));
    // What the events of its service are is the matter of that guide's own test.
    program.server.setHandler([](Exchange *exchange) { exchange->sendStream(": welcome\n\n"); });
    const bool warned = QTest::qWaitFor([&] { return !program.warnings.isEmpty(); }, 300);
    QVERIFY2(!warned, qPrintable(program.warnings.join(u'\n')));
}

QTEST_MAIN(tst_Guides)
#include "tst_guides.moc"
