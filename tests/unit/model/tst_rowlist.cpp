// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "model/rowlist_p.h"

#include <QtCore/qjsonobject.h>
#include <QtCore/qlist.h>
#include <QtCore/qrandom.h>
#include <QtTest/qtest.h>

#include <utility>

using namespace Qt::StringLiterals;
using namespace EventSourcePrivate;

namespace {

constexpr int noKey = -1;

struct Item
{
    int key;
    int value;
    friend bool operator==(const Item &a, const Item &b)
    {
        return a.key == b.key && a.value == b.value;
    }
};

// What the rows are by the documented rules, one event after the other, with plain searches.
class ReferenceRows
{
public:
    explicit ReferenceRows(qsizetype maximum) : m_maximum(maximum) { }

    void add(Item item)
    {
        const qsizetype known = indexOf(item.key);
        if (known >= 0)
            m_items[known] = item;
        else
            m_items.append(item);
        trim();
    }
    void remove(int key)
    {
        const qsizetype known = indexOf(key);
        if (known >= 0)
            m_items.removeAt(known);
    }
    void removeAll() { m_items.clear(); }
    void setMaximum(qsizetype maximum)
    {
        m_maximum = maximum;
        trim();
    }

    qsizetype indexOf(int key) const
    {
        for (qsizetype i = 0; key != noKey && i < m_items.size(); ++i) {
            if (m_items[i].key == key)
                return i;
        }
        return -1;
    }
    QList<Item> items() const { return m_items; }

private:
    void trim()
    {
        while (m_maximum > 0 && m_items.size() > m_maximum)
            m_items.removeFirst();
    }

    qsizetype m_maximum;
    QList<Item> m_items;
};

Row toRow(Item item)
{
    QJsonObject object {{u"value"_s, item.value}};
    if (item.key != noKey)
        object.insert(u"key"_s, item.key);
    Row row;
    row.element = object;
    return row;
}

Item toItem(const Row &row)
{
    const QJsonValue data = row.data();
    return {data[u"key"_s].toInt(noKey), data[u"value"_s].toInt()};
}

QList<Item> toItems(const RowList &rows)
{
    QList<Item> items;
    for (qsizetype i = 0; i < rows.size(); ++i)
        items.append(toItem(rows.at(i)));
    return items;
}

} // namespace

class tst_RowList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasTheRowsOfTheReference_data();
    void hasTheRowsOfTheReference();
};

void tst_RowList::hasTheRowsOfTheReference_data()
{
    QTest::addColumn<int>("maximum");
    QTest::addColumn<int>("keys");
    QTest::addColumn<int>("operations");
    QTest::newRow("fewer rows than keys") << 50 << 90 << 200000;
    QTest::newRow("more rows than keys") << 150 << 90 << 100000;
    QTest::newRow("one row") << 1 << 5 << 100000;
    QTest::newRow("no limit") << 0 << 60 << 100000;
}

void tst_RowList::hasTheRowsOfTheReference()
{
    QFETCH(int, maximum);
    QFETCH(int, keys);
    QFETCH(int, operations);

    QRandomGenerator random(20250101);
    RowList rows;
    rows.setKeyField(FieldPath(u"key"_s));
    rows.setMaximum(maximum);
    ReferenceRows reference(maximum);
    QList<Item> view; // changed by positions only, as a view does it
    qsizetype updates = 0;
    qsizetype gaps = 0;

    for (int operation = 0; operation < operations;) {
        const int sliceEnd = operation + 1 + int(random.bounded(30));
        for (; operation < sliceEnd; ++operation) {
            const int kind = int(random.bounded(1000));
            const int key = int(random.bounded(keys));
            if (kind < 300) {
                reference.remove(key);
                rows.remove(RowKey(key));
            } else if (kind < 303) {
                reference.removeAll();
                rows.removeAll();
            } else if (kind < 306 && maximum > 1) {
                const qsizetype other = 1 + random.bounded(maximum);
                reference.setMaximum(other);
                rows.setMaximum(other);
                reference.setMaximum(maximum);
                rows.setMaximum(maximum);
            } else {
                // Without a limit rows without a key would become ever more.
                const Item item {kind < 400 && maximum > 0 ? noKey : key, operation};
                const Row row = toRow(item);
                reference.add(item);
                rows.add(row, rows.keyOf(row));
            }
        }

        // Nothing is shown before the changes are applied.
        QCOMPARE(toItems(rows), view);
        for (int key = 0; key < keys; ++key) {
            qsizetype shown = -1;
            for (qsizetype i = 0; i < view.size(); ++i) {
                if (view[i].key == key)
                    shown = i;
            }
            QCOMPARE(rows.positionOf(RowKey(key)), shown);
        }

        RowList::Changes changes = rows.takeChanges();
        QVERIFY(maximum == 0 || qsizetype(changes.added.size()) <= maximum);
        QVERIFY(qsizetype(changes.updated.size()) <= view.size());
        if (changes.isReset) {
            view.clear();
            for (const auto &entry : changes.added)
                view.append(toItem(entry->row));
            rows.applyReset(std::move(changes.added));
        } else {
            for (const RowList::Range range : changes.removed) {
                view.remove(range.first, range.last - range.first + 1);
                rows.applyRemoval(range);
            }
            gaps += qsizetype(changes.removed.size());
            for (RowList::Update &update : changes.updated) {
                view[update.position] = toItem(update.row);
                rows.applyUpdate(std::move(update));
                ++updates;
            }
            for (const auto &entry : changes.added)
                view.append(toItem(entry->row));
            rows.applyAddition(std::move(changes.added));
        }
        QVERIFY(!rows.hasChanges());
        QCOMPARE(view, reference.items());
        QCOMPARE(toItems(rows), view);
        for (int key = 0; key < keys; ++key)
            QCOMPARE(rows.positionOf(RowKey(key)), reference.indexOf(key));
    }
    QVERIFY(updates > operations / 100 || maximum == 1);
    QVERIFY(gaps > operations / 100);
}

QTEST_APPLESS_MAIN(tst_RowList)

#include "tst_rowlist.moc"
