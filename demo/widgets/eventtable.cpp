// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "eventtable.h"

#include <QtGui/qfontdatabase.h>
#include <QtGui/qfontmetrics.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qstyle.h>

void EventTable::append(const EventSourceEvent &event, const QString &problem)
{
    if (m_rows.size() == size_t(maximumCount)) {
        beginRemoveRows({}, 0, 0);
        m_rows.pop_front();
        endRemoveRows();
    }
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_rows.push_back({QTime::currentTime(), event, problem});
    endInsertRows();
}

void EventTable::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int EventTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int EventTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant EventTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(size_t(index.row()));

    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case TimeColumn:
            return row.received.toString(QStringLiteral("HH:mm:ss.zzz"));
        case TypeColumn:
            return row.event.type();
        case IdColumn:
            return row.event.lastEventId();
        case DataColumn:
            // One line, and not more than a window can show.
            return row.event.text().left(400).simplified();
        }
        break;
    case Qt::SizeHintRole:
        return QSize(1, QFontMetrics(QApplication::font()).height() + 8);
    case Qt::ToolTipRole:
        if (!row.problem.isEmpty())
            return tr("Not JSON: %1").arg(row.problem);
        break;
    case Qt::DecorationRole:
        if (index.column() == DataColumn && !row.problem.isEmpty())
            return QApplication::style()->standardIcon(QStyle::SP_MessageBoxWarning);
        break;
    case Qt::FontRole:
        if (index.column() == DataColumn)
            return QFontDatabase::systemFont(QFontDatabase::FixedFont);
        break;
    }
    return {};
}

QVariant EventTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case TypeColumn:
        return tr("Type");
    case IdColumn:
        return tr("Id");
    case DataColumn:
        return tr("Data");
    }
    return {};
}
