// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef EVENTTABLE_H
#define EVENTTABLE_H

#include <EventSource/EventSourceEvent>

#include <QtCore/qabstractitemmodel.h>
#include <QtCore/qdatetime.h>

#include <deque>

// The latest events of a stream as rows. The oldest are removed, so that memory is bounded.
class EventTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, TypeColumn, IdColumn, DataColumn, ColumnCount };

    static constexpr int maximumCount = 1000;

    using QAbstractTableModel::QAbstractTableModel;

    void append(const EventSourceEvent &event, const QString &problem = {});
    void clear();

    EventSourceEvent event(int row) const { return m_rows.at(size_t(row)).event; }
    // Why the event's data could not be decoded; empty if it could.
    QString problem(int row) const { return m_rows.at(size_t(row)).problem; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QTime received;
        EventSourceEvent event;
        QString problem;
    };
    std::deque<Row> m_rows;
};

#endif // EVENTTABLE_H
