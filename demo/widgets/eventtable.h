// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef EVENTTABLE_H
#define EVENTTABLE_H

#include <QtCore/qidentityproxymodel.h>

// The columns of a table for the rows of an EventSourceModel without keys, which never change.
class EventTable : public QIdentityProxyModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, TypeColumn, IdColumn, DataColumn, ColumnCount };

    explicit EventTable(QAbstractItemModel *events, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    QModelIndex sibling(int row, int column, const QModelIndex &index) const override;
    QModelIndex mapToSource(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

#endif // EVENTTABLE_H
