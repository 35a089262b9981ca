// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "model/rowlist_p.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>

#include <algorithm>
#include <iterator>

namespace EventSourcePrivate {

namespace {

QString toText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    // QJsonDocument takes no scalars: what an array writes, without its brackets.
    const QByteArray array = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

} // namespace

QJsonValue Row::data() const
{
    return isElement() ? element : event.data();
}

QString Row::text() const
{
    return isElement() ? toText(element) : event.text();
}

// Without removals the position follows from the numbers alone. Else it is at most so many smaller
// as there are numbers missing.
qsizetype RowList::position(const Entries &entries, qint64 number)
{
    if (entries.empty() || number < entries.front()->number || number > entries.back()->number)
        return -1;
    const qint64 missing =
            entries.back()->number - entries.front()->number + 1 - qint64(entries.size());
    const qint64 most = number - entries.front()->number;
    const auto first = entries.begin() + std::max<qint64>(0, most - missing);
    const auto last = entries.begin() + std::min<qint64>(most + 1, qint64(entries.size()));
    const auto found = std::lower_bound(first, last, number, [](const auto &entry, qint64 wanted) {
        return entry->number < wanted;
    });
    return found != last && (*found)->number == number ? found - entries.begin() : -1;
}

qsizetype RowList::positionOf(const RowKey &key) const
{
    const auto hidden = m_hidden.constFind(key);
    if (hidden != m_hidden.cend())
        return position(m_shown, *hidden);
    const auto number = m_numbers.constFind(key);
    return number == m_numbers.cend() ? -1 : position(m_shown, *number);
}

void RowList::setKeyField(const FieldPath &field)
{
    clear();
    m_keyField = field;
}

RowKey RowList::keyOf(const Row &row) const
{
    return m_keyField.isEmpty() ? RowKey() : RowKey(m_keyField.in(row.data()));
}

void RowList::setMaximum(qsizetype maximum)
{
    m_maximum = maximum;
    trim();
}

void RowList::add(Row row, const RowKey &key)
{
    m_hasChanges = true;
    if (key.isValid()) {
        const auto known = m_numbers.constFind(key);
        if (known != m_numbers.cend()) {
            const qsizetype added = position(m_added, *known);
            if (added >= 0)
                m_added[size_t(added)]->row = std::move(row);
            else
                m_updated.insert(*known, std::move(row));
            return;
        }
        m_numbers.insert(key, m_next);
    }
    m_added.push_back(std::make_unique<Entry>(Entry {m_next++, std::move(row)}));
    trim();
}

void RowList::remove(const RowKey &key)
{
    const auto known = m_numbers.constFind(key);
    if (known == m_numbers.cend())
        return;
    m_hasChanges = true;
    const qint64 number = *known;
    m_numbers.erase(known);
    const qsizetype added = position(m_added, number);
    if (added >= 0) {
        m_added.erase(m_added.begin() + added);
        return;
    }
    m_removed.insert(number);
    m_updated.remove(number);
    if (!m_hidden.contains(key))
        m_hidden.insert(key, number);
    --m_kept;
}

void RowList::removeAll()
{
    m_hasChanges = true;
    m_isReset = true;
    // A key that was hidden before has the number of the row that is shown.
    for (auto key = m_numbers.cbegin(); key != m_numbers.cend(); ++key) {
        if (!m_hidden.contains(key.key()))
            m_hidden.insert(key.key(), key.value());
    }
    m_numbers.clear();
    m_kept = 0;
    m_trimmed = m_shown.size();
    m_removed.clear();
    m_updated.clear();
    m_added.clear();
}

void RowList::trim()
{
    while (m_maximum > 0 && m_kept + qsizetype(m_added.size()) > m_maximum) {
        m_hasChanges = true;
        removeOldest();
    }
}

void RowList::removeOldest()
{
    if (m_kept == 0) {
        forget(*m_added.front());
        m_added.pop_front();
        return;
    }
    while (m_removed.remove(m_shown[m_trimmed]->number))
        ++m_trimmed;
    const Entry &oldest = *m_shown[m_trimmed];
    const RowKey key = keyOf(oldest.row);
    if (key.isValid() && !m_hidden.contains(key))
        m_hidden.insert(key, oldest.number);
    forget(oldest);
    m_updated.remove(oldest.number);
    ++m_trimmed;
    --m_kept;
}

// The key of a row without a key, or of one whose key another row has by now, stays.
void RowList::forget(const Entry &entry)
{
    const RowKey key = keyOf(entry.row);
    if (!key.isValid())
        return;
    const auto number = m_numbers.constFind(key);
    if (number != m_numbers.cend() && *number == entry.number)
        m_numbers.erase(number);
}

RowList::Changes RowList::takeChanges()
{
    Changes changes;
    changes.isReset = m_isReset;
    if (!m_isReset) {
        std::vector<qsizetype> leaving;
        leaving.reserve(m_trimmed + size_t(m_removed.size()));
        for (size_t i = 0; i < m_trimmed; ++i)
            leaving.push_back(qsizetype(i));
        for (const qint64 number : std::as_const(m_removed))
            leaving.push_back(position(m_shown, number));
        std::sort(leaving.begin() + qsizetype(m_trimmed), leaving.end());
        for (const qsizetype position : leaving) {
            if (!changes.removed.empty() && changes.removed.back().last == position - 1)
                changes.removed.back().last = position;
            else
                changes.removed.push_back({position, position});
        }
        std::reverse(changes.removed.begin(), changes.removed.end());

        changes.updated.reserve(size_t(m_updated.size()));
        for (auto update = m_updated.begin(); update != m_updated.end(); ++update) {
            const qsizetype now = position(m_shown, update.key());
            const auto before = std::lower_bound(leaving.begin(), leaving.end(), now);
            changes.updated.push_back({now - (before - leaving.begin()), std::move(*update)});
        }
        std::sort(changes.updated.begin(), changes.updated.end(),
                  [](const Update &a, const Update &b) { return a.position < b.position; });
    }
    m_kept += qsizetype(m_added.size());
    changes.added = std::exchange(m_added, {});
    m_removed.clear();
    m_updated.clear();
    m_hidden.clear();
    m_trimmed = 0;
    m_isReset = false;
    m_hasChanges = false;
    return changes;
}

void RowList::applyReset(Entries rows)
{
    m_shown = std::move(rows);
}

void RowList::applyRemoval(Range range)
{
    m_shown.erase(m_shown.begin() + range.first, m_shown.begin() + range.last + 1);
}

Row RowList::applyUpdate(Update update)
{
    return std::exchange(m_shown[size_t(update.position)]->row, std::move(update.row));
}

void RowList::applyAddition(Entries rows)
{
    std::move(rows.begin(), rows.end(), std::back_inserter(m_shown));
}

void RowList::clear()
{
    m_shown.clear();
    m_numbers.clear();
    m_added.clear();
    m_removed.clear();
    m_updated.clear();
    m_hidden.clear();
    m_kept = 0;
    m_trimmed = 0;
    m_isReset = false;
    m_hasChanges = false;
}

} // namespace EventSourcePrivate
