// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef EXPLORERSTORE_H
#define EXPLORERSTORE_H

#include <QtCore/qobject.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>
#include <QtQml/qqmlregistration.h>

// What the explorer page keeps outside of the program: the last addresses, and exported events.
class ExplorerStore : public QObject
{
    Q_OBJECT
    QML_ELEMENT

    // The last one first.
    Q_PROPERTY(QStringList addresses READ addresses NOTIFY addressesChanged FINAL)

public:
    explicit ExplorerStore(QObject *parent = nullptr);

    QStringList addresses() const { return m_addresses; }

    // Without what may be secret: user, password, query and fragment.
    Q_INVOKABLE void remember(const QUrl &address);
    Q_INVOKABLE void forgetAll();

    // Returns what went wrong; empty if the file was written.
    Q_INVOKABLE QString write(const QString &path, const QString &text) const;

    // Where an export goes if nothing else is said.
    Q_INVOKABLE QString exportPath() const;

Q_SIGNALS:
    void addressesChanged();

private:
    QStringList m_addresses;
};

#endif // EXPLORERSTORE_H
