// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef PROCESSFIGURES_H
#define PROCESSFIGURES_H

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>

#include <unistd.h>

// What Linux reports of this very process.

// Always 0 with a sanitizer, which keeps what was freed.
inline qint64 residentBytes()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#else
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QFile::ReadOnly))
        return -1;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
#endif
}

// What this process alone holds and has written to.
inline qint64 privateDirtyBytes()
{
    QFile file(QStringLiteral("/proc/self/smaps_rollup"));
    if (!file.open(QFile::ReadOnly))
        return -1;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf("\nPrivate_Dirty:") + 15;
    return text.mid(at, text.indexOf("kB", at) - at).trimmed().toLongLong() * 1024;
}

// Nanoseconds for which this thread could have run, but had no core.
inline qint64 waitedForCore()
{
    QFile file(QStringLiteral("/proc/thread-self/schedstat"));
    if (!file.open(QFile::ReadOnly))
        return -1;
    return file.readAll().split(' ').value(1).toLongLong();
}

inline int entriesOf(const QString &folder)
{
    return int(
            QDir(folder).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
}

inline int descriptorCount()
{
    return entriesOf(QStringLiteral("/proc/self/fd"));
}

inline int threadCount()
{
    return entriesOf(QStringLiteral("/proc/self/task"));
}

#endif // PROCESSFIGURES_H
