// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "eventtable.h"

#include <EventSource/EventSourceModel>

#include <QtGui/qfontdatabase.h>
#include <QtGui/qfontmetrics.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qstyle.h>

EventTable::EventTable(QAbstractItemModel *events, QObject *parent) : QIdentityProxyModel(parent)
{
    setSourceModel(events);
}

int EventTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QModelIndex EventTable::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex EventTable::parent(const QModelIndex &) const
{
    return {};
}

QModelIndex EventTable::sibling(int row, int column, const QModelIndex &) const
{
    return index(row, column);
}

QModelIndex EventTable::mapToSource(const QModelIndex &index) const
{
    return index.isValid() ? sourceModel()->index(index.row(), 0) : QModelIndex();
}

QVariant EventTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto source = [&](int sourceRole) { return mapToSource(index).data(sourceRole); };

    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case TimeColumn:
            return source(EventSourceModel::ReceivedRole)
                    .toTime()
                    .toString(QStringLiteral("HH:mm:ss.zzz"));
        case TypeColumn:
            return source(EventSourceModel::TypeRole);
        case IdColumn:
            return source(EventSourceModel::LastEventIdRole);
        case DataColumn:
            // One line, and not more than a window can show.
            return source(EventSourceModel::TextRole).toString().left(400).simplified();
        }
        return {};
    case Qt::SizeHintRole:
        return QSize(1, QFontMetrics(QApplication::font()).height() + 8);
    case Qt::ToolTipRole:
        if (const QString problem = source(EventSourceModel::ProblemRole).toString();
            !problem.isEmpty())
            return tr("Not JSON: %1").arg(problem);
        return {};
    case Qt::DecorationRole:
        if (index.column() == DataColumn
            && !source(EventSourceModel::ProblemRole).toString().isEmpty())
            return QApplication::style()->standardIcon(QStyle::SP_MessageBoxWarning);
        return {};
    case Qt::FontRole:
        if (index.column() == DataColumn)
            return QFontDatabase::systemFont(QFontDatabase::FixedFont);
        return {};
    }
    return source(role);
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
