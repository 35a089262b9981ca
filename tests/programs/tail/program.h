// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef PROGRAM_H
#define PROGRAM_H

#include <QtCore/qprocess.h>
#include <QtTest/qtest.h>

// Runs the real program. What it wrote is kept, and it never outlives the test.
class Program : public QProcess
{
public:
    ~Program() override
    {
        if (state() == NotRunning)
            return;
        kill();
        waitForFinished();
    }

    void run(const QStringList &arguments)
    {
        connect(this, &QProcess::readyReadStandardOutput, this, &Program::collect);
        connect(this, &QProcess::readyReadStandardError, this, &Program::collect);
        start(QStringLiteral(TAIL_PROGRAM), arguments);
    }
    bool hasEnded() const { return state() == NotRunning; }
    void collect()
    {
        out += readAllStandardOutput();
        err += readAllStandardError();
    }

    QByteArray out;
    QByteArray err;
};

#define COMPARE_EXIT(program, code) \
  do { \
    QTRY_VERIFY2((program).hasEnded(), (program).err.constData()); \
    (program).collect(); \
    QVERIFY2((program).exitStatus() == QProcess::NormalExit, (program).err.constData()); \
    if ((program).exitCode() != (code)) \
      qWarning("stderr: %s", (program).err.constData()); \
    QCOMPARE((program).exitCode(), (code)); \
  } while (false)

#endif // PROGRAM_H
