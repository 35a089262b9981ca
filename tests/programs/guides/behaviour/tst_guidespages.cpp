// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qfile.h>
#include <QtCore/qregularexpression.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// What holds for every page of the documentation, also for those that have no test of their own.
class tst_GuidesPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samplesCompile_data();
    void samplesCompile();
    void linksLead_data();
    void linksLead();
};

namespace {

QString contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList pages()
{
    QStringList result {QStringLiteral(SOURCE_FOLDER "/README.md"),
                        QStringLiteral(SOURCE_FOLDER "/CONTRIBUTING.md")};
    QDirIterator it(QStringLiteral(SOURCE_FOLDER "/docs"), {u"*.md"_s}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        result.append(it.next());
    return result;
}

// The anchor that code hosts give a heading.
QString anchorOf(const QString &heading)
{
    static const QRegularExpression dropped(u"[^\\w\\- ]"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    return heading.toLower().remove(dropped).replace(u' ', u'-');
}

} // namespace

// What begins with an import is a whole file.
void tst_GuidesPages::samplesCompile_data()
{
    QTest::addColumn<QString>("sample");
    static const QRegularExpression block(u"\\n```qml\\n(import.*?)\\n```"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    for (const QString &page : pages()) {
        auto it = block.globalMatch(contents(page));
        for (int i = 1; it.hasNext(); ++i)
            QTest::addRow("%s %d", qPrintable(QFileInfo(page).fileName()), i)
                    << it.next().captured(1);
    }
}

void tst_GuidesPages::samplesCompile()
{
    QFETCH(QString, sample);
    if (sample.contains(u"SortFilterProxyModel"_s) && QT_VERSION < QT_VERSION_CHECK(6, 10, 0))
        QSKIP("This sample needs Qt 6.10.");
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData(sample.toUtf8(), {});
    QVERIFY2(component.isReady(), qPrintable(component.errorString()));
}

void tst_GuidesPages::linksLead_data()
{
    QTest::addColumn<QString>("page");
    for (const QString &page : pages())
        QTest::addRow("%s", qPrintable(QDir(QStringLiteral(SOURCE_FOLDER)).relativeFilePath(page)))
                << page;
}

void tst_GuidesPages::linksLead()
{
    QFETCH(QString, page);
    static const QRegularExpression code(u"\\n```.*?\\n```"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression link(u"\\]\\(([^)\\s]+)\\)"_s);
    static const QRegularExpression heading(u"^#+ (.*)$"_s, QRegularExpression::MultilineOption);
    auto it = link.globalMatch(contents(page).remove(code));
    while (it.hasNext()) {
        const QString target = it.next().captured(1);
        if (target.startsWith(u"http"_s))
            continue;
        const QString file = target.section(u'#', 0, 0);
        const QString path = file.isEmpty() ? page : QFileInfo(page).dir().filePath(file);
        QVERIFY2(QFileInfo::exists(path), qPrintable(target));
        const QString anchor = target.section(u'#', 1);
        if (anchor.isEmpty())
            continue;
        QStringList anchors;
        auto headings = heading.globalMatch(contents(path).remove(code));
        while (headings.hasNext())
            anchors.append(anchorOf(headings.next().captured(1)));
        QVERIFY2(anchors.contains(anchor), qPrintable(target));
    }
}

QTEST_MAIN(tst_GuidesPages)
#include "tst_guidespages.moc"
