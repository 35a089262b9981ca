// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef ROWLIST_P_H
#define ROWLIST_P_H

#include "eventsourceevent.h"
#include "model/rowkey_p.h"

#include <QtCore/qhash.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qset.h>
#include <QtCore/qstring.h>

#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace EventSourcePrivate {

// What one row shows: an event, or one element of the array that an event brought.
struct Row
{
    EventSourceEvent event;
    QJsonValue element = QJsonValue::Undefined;
    QString problem; // why the data are not JSON
    qint64 received = 0; // ms since 1970

    bool isElement() const { return !element.isUndefined(); }
    QJsonValue data() const;
    QString text() const;
};

// The rows of a model by age, the oldest first, and the changes that are to be shown next.
//
// Events change the pending state at once: which rows there will be, by the rules of keys and of the
// largest number, so that the result does not depend on how a stream is cut into slices. The shown
// rows stay as they are until the changes are taken and applied, a few ranges for any number of
// events. What is pending is bounded by the numbers of rows that are shown and allowed.
//
// Each row has a number, which rises with age. A key leads to the number and the number to the
// position: without a scan, however many rows there are.
class RowList
{
    struct Entry
    {
        qint64 number;
        Row row;
    };

public:
    using Entries = std::deque<std::unique_ptr<Entry>>;

    // Positions from first to last.
    struct Range
    {
        qsizetype first;
        qsizetype last;
    };
    struct Update
    {
        qsizetype position;
        Row row;
    };
    struct Changes
    {
        bool isReset = false; // all shown rows are replaced by those that are added
        std::vector<Range> removed; // from the newest to the oldest
        std::vector<Update> updated; // by their positions after the removal, rising
        Entries added;
    };

    // Shown rows.
    qsizetype size() const { return qsizetype(m_shown.size()); }
    const Row &at(qsizetype position) const { return m_shown[size_t(position)]->row; }
    qsizetype positionOf(const RowKey &key) const; // -1 if there is none

    // Without a key field rows have no keys. A new one clears the list.
    void setKeyField(const FieldPath &field);
    const FieldPath &keyField() const { return m_keyField; }
    RowKey keyOf(const Row &row) const;

    // Pending changes. A maximum of 0 is none.
    void setMaximum(qsizetype maximum);
    void add(Row row, const RowKey &key); // updates the row with this key
    void remove(const RowKey &key);
    void removeAll();
    bool hasChanges() const { return m_hasChanges; }

    // The changes since the last time. They must be applied in this order before others are made;
    // only clear() may come between.
    Changes takeChanges();
    void applyReset(Entries rows);
    void applyRemoval(Range range);
    Row applyUpdate(Update update); // returns what was there
    void applyAddition(Entries rows);

    void clear(); // shown and pending ones, at once

private:
    static qsizetype position(const Entries &entries, qint64 number);
    void trim();
    void removeOldest();
    void forget(const Entry &entry);

    FieldPath m_keyField;
    qsizetype m_maximum = 0;
    qint64 m_next = 0;

    Entries m_shown;
    QHash<RowKey, qint64> m_numbers; // as they will be after the pending changes

    // Pending.
    bool m_hasChanges = false;
    bool m_isReset = false;
    qsizetype m_kept = 0; // shown rows that stay
    size_t m_trimmed = 0; // shown rows that leave at the old end
    QSet<qint64> m_removed; // numbers of further shown rows that leave
    QHash<qint64, Row> m_updated;
    Entries m_added;
    QHash<RowKey, qint64> m_hidden; // keys of shown rows that leave
};

} // namespace EventSourcePrivate

#endif // ROWLIST_P_H
