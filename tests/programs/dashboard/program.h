// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef PROGRAM_H
#define PROGRAM_H

#include <QtCore/qmap.h>
#include <QtCore/qprocess.h>
#include <QtCore/qset.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qimage.h>
#include <QtTest/qtest.h>

// One run of the program as a process of its own.
struct Result
{
    int exitCode = -1;
    QString output;
    QString errors;
};

inline Result run(const QStringList &arguments, const QStringList &unset = {},
                  const QMap<QString, QString> &set = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QTemporaryDir runtimeDir; // for the user alone, as Qt demands it
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtimeDir.path());
    for (const QString &name : unset)
        environment.remove(name);
    for (auto it = set.cbegin(); it != set.cend(); ++it)
        environment.insert(it.key(), *it);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(DASHBOARD_PROGRAM), arguments);
    if (!process.waitForFinished(20000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

inline int distinctColors(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colors.insert(image.pixel(x, y));
    }
    return int(colors.size());
}

#endif // PROGRAM_H
