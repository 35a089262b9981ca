// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef EXPLORERSTORE_H
#define EXPLORERSTORE_H

#include <QtCore/qobject.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>
#include <QtQml/qqmlregistration.h>

// What the explorer page needs of the system: the last addresses, files, and where JSON is wrong.
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

    // Whether it names a host, with a port that exists if it has one.
    Q_INVOKABLE bool isAddress(const QString &text) const;

    // The address of a file that is given by its path, or by an address.
    Q_INVOKABLE QUrl fileUrl(const QString &text) const;

    // What is wrong with a JSON text, and where; empty if it is good.
    Q_INVOKABLE QString jsonProblem(const QString &text) const;

Q_SIGNALS:
    void addressesChanged();

private:
    QStringList m_addresses;
};

#endif // EXPLORERSTORE_H
