// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qregularexpression.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

namespace {

// A Markdown file without its blocks of code.
QString prose(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression code(u"^(```|~~~).*?^\\1$"_s,
                                         QRegularExpression::DotMatchesEverythingOption
                                                 | QRegularExpression::MultilineOption);
    return QString::fromUtf8(file.readAll()).remove(code);
}

// The anchors that code hosts give to the headings of a file.
QStringList anchors(const QString &path)
{
    static const QRegularExpression heading(u"^#+ +(.*?)\\s*$"_s,
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression dropped(u"[^\\w\\- ]"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    QStringList found;
    auto match = heading.globalMatch(prose(path));
    while (match.hasNext()) {
        const QString anchor =
                match.next().captured(1).toLower().remove(dropped).replace(u' ', u'-');
        int count = 0;
        QString unique = anchor;
        while (found.contains(unique))
            unique = anchor + u'-' + QString::number(++count);
        found += unique;
    }
    return found;
}

} // namespace

// The relative links in the documents point to a file that exists, and to a heading in it.
class tst_DocLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksLeadSomewhere_data();
    void linksLeadSomewhere();
};

void tst_DocLinks::linksLeadSomewhere_data()
{
    QTest::addColumn<QString>("path");
    const QDir root(QStringLiteral(SOURCE_DIR));
    for (const QString &name : root.entryList({u"*.md"_s}, QDir::Files))
        QTest::addRow("%s", qPrintable(name)) << root.filePath(name);
    for (const QString &folder : {u"docs"_s, u"demo"_s}) {
        QDirIterator files(root.filePath(folder), {u"*.md"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QTest::addRow("%s", qPrintable(root.relativeFilePath(path))) << path;
        }
    }
}

void tst_DocLinks::linksLeadSomewhere()
{
    QFETCH(QString, path);
    static const QRegularExpression link(u"\\]\\(([^)\\s]+)\\)"_s);
    static const QRegularExpression scheme(u"^[a-z]+:"_s);
    const QDir folder = QFileInfo(path).dir();
    auto match = link.globalMatch(prose(path));
    QStringList broken;
    while (match.hasNext()) {
        const QString target = match.next().captured(1);
        if (scheme.match(target).hasMatch())
            continue;
        const QString file = target.section(u'#', 0, 0);
        const QString anchor = target.section(u'#', 1);
        const QString targetPath = file.isEmpty() ? path : folder.filePath(file);
        if (!QFileInfo::exists(targetPath)
            || (!anchor.isEmpty() && !anchors(targetPath).contains(anchor)))
            broken += target;
    }
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

QTEST_GUILESS_MAIN(tst_DocLinks)
#include "tst_doclinks.moc"
