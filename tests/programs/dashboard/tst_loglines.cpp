// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "loglines.h"

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qregularexpression.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <utility>

namespace {
// As an EventSourceModel: rows come at the end and go at the beginning.
class Source : public QAbstractListModel
{
public:
    struct Row
    {
        QString type;
        QString text;
    };

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const Row &row = m_rows.at(index.row());
        switch (role) {
        case Qt::UserRole:
            return row.type;
        case Qt::UserRole + 1:
            return row.text;
        case Qt::UserRole + 2:
            return QStringLiteral("id-%1").arg(index.row());
        default:
            return {};
        }
    }
    QHash<int, QByteArray> roleNames() const override
    {
        return {{Qt::UserRole, "type"},
                {Qt::UserRole + 1, "text"},
                {Qt::UserRole + 2, "lastEventId"}};
    }

    void add(const QList<Row> &rows)
    {
        beginInsertRows({}, rowCount(), rowCount() + int(rows.size()) - 1);
        m_rows += rows;
        endInsertRows();
    }
    void removeOldest(int number)
    {
        beginRemoveRows({}, 0, number - 1);
        m_rows.remove(0, number);
        endRemoveRows();
    }
    void clear()
    {
        beginResetModel();
        m_rows.clear();
        endResetModel();
    }

private:
    QList<Row> m_rows;
};

QString json(const QString &text)
{
    return QStringLiteral(R"({"text":"%1","job":"j"})").arg(text);
}
} // namespace

class tst_LogLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheSourceHas();
    void readsMembersOfJson();
    void losesTheOldestLines();
    void hidesTypes();
    void searches();
    void searchesNewLines();
    void findsTextBehindEscapes();
    void goesFromHitToHit();
    void marksHits_data();
    void marksHits();
    void startsMarkedTextBeforeADistantHit();
    void keepsRowsThatStay();
    void clears();
    void boundsTheNumberOfTypes();
    void searchesInSlices();
    void showsAFastStreamInPieces();

private:
    static QStringList texts(const LogLines &lines)
    {
        QStringList result;
        for (int row = 0; row < lines.rowCount(); ++row)
            result += lines.index(row).data(LogLines::TextRole).toString();
        return result;
    }
};

#define SETTLED(lines) QTRY_VERIFY(!(lines).isSearching())

void tst_LogLines::showsWhatTheSourceHas()
{
    Source source;
    source.add({{"line", "one"}, {"warning", "two"}});
    LogLines lines;
    const QAbstractItemModelTester tester(&lines);
    lines.setSourceModel(&source);
    QTRY_COMPARE(texts(lines), QStringList({"one", "two"}));
    source.add({{"line", "three"}});
    QTRY_COMPARE(texts(lines), QStringList({"one", "two", "three"}));
    QCOMPARE(lines.types(), QStringList({"line", "warning"}));
    QCOMPARE(lines.typeCounts(), QVariantMap({{"line", 2}, {"warning", 1}}));
    QCOMPARE(lines.totalCount(), 3);
    QCOMPARE(lines.index(2).data(LogLines::NumberRole).toString(), QStringLiteral("3"));
    lines.setProperty("numbered", true);
    QCOMPARE(lines.index(2).data(LogLines::NumberRole).toString(), QStringLiteral("id-2"));
}

void tst_LogLines::readsMembersOfJson()
{
    Source source;
    source.add({{"line", R"({"text":"a\n  b","job":"gcc","level":"info","time":1000})"},
                {"line", R"({"value":1})"},
                {"line", R"({"text":)"}});
    LogLines lines;
    lines.setSourceModel(&source);
    SETTLED(lines);
    QCOMPARE(texts(lines), QStringList({"a b", R"({"value":1})", R"({"text":)"}));
    QCOMPARE(lines.index(0).data(LogLines::JobRole).toString(), QStringLiteral("gcc"));
    QCOMPARE(lines.index(0).data(LogLines::LevelRole).toString(), QStringLiteral("info"));
    QCOMPARE(lines.index(0).data(LogLines::TimeRole).toDateTime().toMSecsSinceEpoch(), 1000);
    const QVariantMap all = lines.get(1);
    QCOMPARE(all.value("raw").toString(), QStringLiteral(R"({"value":1})"));
    QCOMPARE(all.value("lastEventId").toString(), QStringLiteral("id-1"));
    QVERIFY(lines.get(-1).isEmpty());
    QVERIFY(lines.get(3).isEmpty());
}

void tst_LogLines::losesTheOldestLines()
{
    Source source;
    LogLines lines;
    const QAbstractItemModelTester tester(&lines);
    lines.setSourceModel(&source);
    SETTLED(lines);
    for (int i = 0; i < 10; ++i)
        source.add({{i % 2 ? "a" : "b", QString::number(i)}});
    lines.setHiddenTypes({"b"});
    QTRY_COMPARE(texts(lines), QStringList({"1", "3", "5", "7", "9"}));
    const double key = lines.keyAt(2);
    source.removeOldest(4);
    QTRY_COMPARE(texts(lines), QStringList({"5", "7", "9"}));
    QCOMPARE(lines.rowFor(key), 0);
    QVERIFY(lines.contains(key));
    QCOMPARE(lines.typeCounts(), QVariantMap({{"a", 3}, {"b", 3}}));
    source.removeOldest(2);
    QTRY_VERIFY(!lines.contains(key));
    QCOMPARE(lines.rowFor(key), 0);
    QCOMPARE(lines.rowFor(1000), 2);
    QCOMPARE(lines.keyAt(5), -1);
}

void tst_LogLines::hidesTypes()
{
    Source source;
    source.add({{"line", "1"}, {"error", "2"}, {"line", "3"}});
    LogLines lines;
    const QAbstractItemModelTester tester(&lines);
    lines.setSourceModel(&source);
    lines.setHiddenTypes({"line"});
    QTRY_COMPARE(texts(lines), QStringList({"2"}));
    source.add({{"line", "4"}, {"error", "5"}});
    QTRY_COMPARE(texts(lines), QStringList({"2", "5"}));
    QCOMPARE(lines.typeCounts().value("line").toInt(), 3);
    lines.setHiddenTypes({});
    QTRY_COMPARE(texts(lines), QStringList({"1", "2", "3", "4", "5"}));
}

void tst_LogLines::searches()
{
    Source source;
    source.add({{"line", json("Apple")}, {"line", json("pear")}, {"line", json("pineapple")}});
    LogLines lines;
    const QAbstractItemModelTester tester(&lines);
    lines.setSourceModel(&source);
    lines.setSearchText("APPLE");
    SETTLED(lines);
    QCOMPARE(lines.shownCount(), 3);
    QCOMPARE(lines.hitCount(), 2);
    lines.setOnlyHits(true);
    QTRY_COMPARE(texts(lines), QStringList({"Apple", "pineapple"}));
    // The names of members are no text.
    lines.setSearchText("job");
    QTRY_COMPARE(lines.shownCount(), 0);
    lines.setSearchText({});
    QTRY_COMPARE(lines.shownCount(), 3);
    QCOMPARE(lines.hitCount(), 0);
}

void tst_LogLines::searchesNewLines()
{
    Source source;
    LogLines lines;
    lines.setSourceModel(&source);
    lines.setSearchText("x");
    lines.setOnlyHits(true);
    SETTLED(lines);
    source.add({{"line", "ax"}, {"line", "b"}});
    QTRY_COMPARE(texts(lines), QStringList({"ax"}));
    QCOMPARE(lines.hitCount(), 1);
    // What comes during a search is not forgotten.
    lines.setSearchText("b");
    source.add({{"line", "bb"}});
    QTRY_COMPARE(texts(lines), QStringList({"b", "bb"}));
    source.removeOldest(2);
    QTRY_COMPARE(texts(lines), QStringList({"bb"}));
    QCOMPARE(lines.hitCount(), 1);
}

void tst_LogLines::findsTextBehindEscapes()
{
    Source source;
    source.add({{"line", R"({"text":"say \"hello\""})"},
                {"line", R"({"text":"C:\\src"})"},
                {"line", R"({"text":"na\u00efve"})"}});
    LogLines lines;
    lines.setSourceModel(&source);
    lines.setOnlyHits(true);
    lines.setSearchText(R"("hello")");
    QTRY_COMPARE(texts(lines), QStringList({R"(say "hello")"}));
    lines.setSearchText(R"(c:\s)");
    QTRY_COMPARE(texts(lines), QStringList({R"(C:\src)"}));
    lines.setSearchText(QStringLiteral("Ï"));
    QTRY_COMPARE(texts(lines), QStringList({QStringLiteral("naïve")}));
    lines.setSearchText("u00ef");
    QTRY_COMPARE(lines.shownCount(), 0);
}

void tst_LogLines::goesFromHitToHit()
{
    Source source;
    source.add({{"l", "x"}, {"l", "-"}, {"l", "x"}, {"l", "-"}, {"l", "x"}});
    LogLines lines;
    lines.setSourceModel(&source);
    SETTLED(lines);
    QCOMPARE(lines.nextHit(0, true), -1);
    lines.setSearchText("x");
    SETTLED(lines);
    QCOMPARE(lines.nextHit(0, true), 2);
    QCOMPARE(lines.nextHit(4, true), 0);
    QCOMPARE(lines.nextHit(3, false), 2);
    QCOMPARE(lines.nextHit(0, false), 4);
    QCOMPARE(lines.nextHit(-1, true), 0);
}

void tst_LogLines::marksHits_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("marked");
    QTest::addRow("no search") << ""
                               << "<b>&"
                               << "<b>&";
    QTest::addRow("no hit") << "x"
                            << "<b>&\""
                            << "&lt;b&gt;&amp;&quot;";
    QTest::addRow("hits") << "b"
                          << "abcB"
                          << "a<b><u>b</u></b>c<b><u>B</u></b>";
    QTest::addRow("markup") << "<b"
                            << "1<b>2"
                            << "1<b><u>&lt;b</u></b>&gt;2";
    QTest::addRow("entity") << "amp"
                            << "&amp;"
                            << "&amp;<b><u>amp</u></b>;";
    QTest::addRow("a letter that folds to two")
            << "x" << QStringLiteral("İx") << QStringLiteral("İ<b><u>x</u></b>");
}

void tst_LogLines::marksHits()
{
    QFETCH(QString, search);
    QFETCH(QString, text);
    LogLines lines;
    lines.setSearchText(search);
    QTEST(lines.marked(text, 100), "marked");
}

void tst_LogLines::startsMarkedTextBeforeADistantHit()
{
    LogLines lines;
    const QString text = QString(500, 'a') + "hit" + QString(500, 'b');
    QVERIFY(lines.marked(text, 60).size() <= 61);
    lines.setSearchText("hit");
    const QString marked = lines.marked(text, 60);
    QVERIFY(marked.startsWith(QStringLiteral("…a")));
    QVERIFY(marked.indexOf("<b>") < 40);
    QVERIFY(marked.size() < 100);
    QCOMPARE(lines.marked("hit a", 60), QStringLiteral("<b><u>hit</u></b> a"));
}

// A search that hides nothing does not make the view lose its place.
void tst_LogLines::keepsRowsThatStay()
{
    Source source;
    source.add({{"l", "x"}, {"l", "y"}});
    LogLines lines;
    lines.setSourceModel(&source);
    SETTLED(lines);
    const QSignalSpy reset(&lines, &QAbstractItemModel::modelReset);
    lines.setSearchText("x");
    SETTLED(lines);
    QCOMPARE(lines.hitCount(), 1);
    QCOMPARE(reset.size(), 0);
    lines.setOnlyHits(true);
    SETTLED(lines);
    QCOMPARE(reset.size(), 1);
}

void tst_LogLines::clears()
{
    Source source;
    LogLines lines;
    const QAbstractItemModelTester tester(&lines);
    lines.setSourceModel(&source);
    source.add({{"l", "1"}, {"l", "2"}});
    QTRY_COMPARE(lines.shownCount(), 2);
    source.clear();
    QCOMPARE(lines.shownCount(), 0);
    QCOMPARE(lines.totalCount(), 0);
    QCOMPARE(lines.typeCounts(), QVariantMap({{"l", 0}}));
    source.add({{"l", "3"}});
    QTRY_COMPARE(texts(lines), QStringList({"3"}));
    QCOMPARE(lines.index(0).data(LogLines::NumberRole).toString(), QStringLiteral("3"));
    lines.setSourceModel(nullptr);
    QCOMPARE(lines.shownCount(), 0);
}

void tst_LogLines::boundsTheNumberOfTypes()
{
    Source source;
    for (int i = 0; i < 1000; ++i)
        source.add({{QStringLiteral("type %1").arg(i), "-"}});
    LogLines lines;
    lines.setSourceModel(&source);
    QTRY_COMPARE(lines.shownCount(), 1000);
    QCOMPARE(lines.types().size(), 8);
    QCOMPARE(lines.types().constLast(), QStringLiteral("other"));
    QCOMPARE(lines.typeCounts().value("other").toInt(), 993);
    lines.setHiddenTypes({"other"});
    QTRY_COMPARE(lines.shownCount(), 7);
}

void tst_LogLines::searchesInSlices()
{
    Source source;
    QList<Source::Row> rows;
    for (int i = 0; i < 100000; ++i)
        rows.append({"line", json(QStringLiteral("Building object %1").arg(i))});
    source.add(rows);
    LogLines lines;
    lines.setSourceModel(&source);
    lines.setOnlyHits(true);
    int turns = 0;
    QElapsedTimer clock;
    qint64 longest = 0;
    for (const QString &text : {QStringLiteral("b"), QStringLiteral("99"), QStringLiteral("zz")}) {
        clock.start();
        lines.setSearchText(text);
        QVERIFY(lines.isSearching());
        longest = qMax(longest, clock.elapsed());
        while (lines.isSearching()) {
            ++turns;
            clock.start();
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            longest = qMax(longest, clock.elapsed());
        }
    }
    QCOMPARE(lines.shownCount(), 0);
    QVERIFY(turns > 10);
    // The limit of a slice is 5 ms. A machine may be busy.
    QVERIFY2(longest < 100, qPrintable(QString::number(longest)));
}

void tst_LogLines::showsAFastStreamInPieces()
{
    Source source;
    LogLines lines;
    lines.setSourceModel(&source);
    SETTLED(lines);
    const QSignalSpy inserted(&lines, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&lines, &QAbstractItemModel::rowsRemoved);
    for (int i = 0; i < 1000; ++i) {
        source.add({{"line", QString::number(i)}});
        if (i >= 10)
            source.removeOldest(1);
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(lines.shownCount(), 10);
    QCOMPARE(texts(lines).constLast(), QStringLiteral("999"));
    QVERIFY(inserted.size() < 50);
    QVERIFY(removed.size() < 50);
}

QTEST_MAIN(tst_LogLines)
#include "tst_loglines.moc"
