// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "sortfiltermodel.h"

SortFilterModel::SortFilterModel(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(this, &QAbstractItemModel::modelReset, this, [this] { m_roles.clear(); });
    connect(this, &SortFilterModel::rulesChanged, this, &SortFilterModel::apply);
    // The roles may be others then: a ListModel has them from its first row on. Views get the signal
    // itself first.
    connect(this, &QAbstractItemModel::modelReset, this, &SortFilterModel::apply,
            Qt::QueuedConnection);
    connect(
            this, &QAbstractItemModel::rowsInserted, this,
            [this] {
                if (sortColumn() < 0)
                    apply();
            },
            Qt::QueuedConnection);
}

void SortFilterModel::setSourceModel(QAbstractItemModel *model)
{
    m_roles.clear();
    QSortFilterProxyModel::setSourceModel(model);
    apply();
}

// The names are copied on their way through all models, so this is looked up once.
int SortFilterModel::roleOf(const QString &name) const
{
    const auto known = m_roles.constFind(name);
    if (known != m_roles.cend())
        return *known;
    const int role = roleNames().key(name.toUtf8(), -1);
    if (role >= 0)
        m_roles.insert(name, role);
    return role;
}

int SortFilterModel::find(const QString &roleName, const QString &text) const
{
    const int role = roleOf(roleName);
    const QModelIndexList found = role < 0 || rowCount() == 0
            ? QModelIndexList()
            : match(index(0, 0), role, text, 1, Qt::MatchExactly | Qt::MatchCaseSensitive);
    return found.isEmpty() ? -1 : found.first().row();
}

QVariant SortFilterModel::value(int row, const QString &roleName) const
{
    const int role = roleOf(roleName);
    return role < 0 ? QVariant() : index(row, 0).data(role);
}

// A filter or an order that does not change costs nothing.
void SortFilterModel::apply()
{
    const QHash<int, QByteArray> names = roleNames();
    setFilterRole(names.key(m_filterRoleName.toUtf8(), Qt::DisplayRole));
    setFilterFixedString(m_filterText);
    const int role = names.key(m_sortRoleName.toUtf8(), -1);
    if (role >= 0)
        setSortRole(role);
    sort(role < 0 ? -1 : 0, m_descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}
