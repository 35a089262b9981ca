// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef SORTFILTERMODEL_H
#define SORTFILTERMODEL_H

#include <QtCore/qsortfilterproxymodel.h>
#include <QtQml/qqmlregistration.h>

// The rows of another model, sorted and filtered by roles that are named as in a delegate:
//
//     SortFilterModel { sourceModel: builds; sortRoleName: "name"; filterText: search.text }
//
// Numbers are sorted as numbers, and texts without regard to case. A role that the source does not
// have yet counts as soon as its first rows bring it.
class SortFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT
    QML_ELEMENT

    // Empty: the order of the source.
    Q_PROPERTY(QString sortRoleName MEMBER m_sortRoleName NOTIFY rulesChanged FINAL)
    Q_PROPERTY(bool descending MEMBER m_descending NOTIFY rulesChanged FINAL)
    // The role that must contain the text, in any case; empty: Qt::DisplayRole.
    Q_PROPERTY(QString filterRoleName MEMBER m_filterRoleName NOTIFY rulesChanged FINAL)
    Q_PROPERTY(QString filterText MEMBER m_filterText NOTIFY rulesChanged FINAL)

public:
    explicit SortFilterModel(QObject *parent = nullptr);

    void setSourceModel(QAbstractItemModel *model) override;

    // The first row with this text in the role, or -1; and what a row has in a role.
    Q_INVOKABLE int find(const QString &roleName, const QString &text) const;
    Q_INVOKABLE QVariant value(int row, const QString &roleName) const;

Q_SIGNALS:
    void rulesChanged();

private:
    void apply();
    int roleOf(const QString &name) const;

    QString m_sortRoleName;
    QString m_filterRoleName;
    QString m_filterText;
    bool m_descending = false;
    mutable QHash<QString, int> m_roles; // found so far
};

#endif // SORTFILTERMODEL_H
