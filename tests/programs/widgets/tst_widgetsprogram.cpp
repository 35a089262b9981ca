// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"

#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qimage.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// Runs the program as a shell does.
class tst_WidgetsProgram : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void helpNeedsNoDisplay();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void saysThatThereIsNoDisplay();
    void takesAScreenshot_data();
    void takesAScreenshot();
    void saysThatAScreenshotCannotBeWritten();

private:
    void run(const QStringList &arguments)
    {
        m_program->start(QStringLiteral(WIDGETS_PROGRAM), arguments);
    }
    // A server of the test answers from this thread's event loop.
    bool hasEnded() const
    {
        return QTest::qWaitFor([this] { return m_program->state() == QProcess::NotRunning; }, 20000)
                && m_program->exitStatus() == QProcess::NormalExit;
    }

    std::unique_ptr<QProcess> m_program;
};

void tst_WidgetsProgram::init()
{
    m_program = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
        environment.remove(name);
    m_program->setProcessEnvironment(environment);
}

void tst_WidgetsProgram::cleanup()
{
    m_program->kill();
    m_program->waitForFinished();
    m_program.reset();
}

void tst_WidgetsProgram::helpNeedsNoDisplay()
{
    run({u"--help"_s});
    QVERIFY2(hasEnded(), m_program->readAllStandardError());
    QCOMPARE(m_program->exitCode(), 0);
    const QByteArray help = m_program->readAllStandardOutput();
    for (const char *option : {"--url", "--dark", "--screenshot", "--after"})
        QVERIFY2(help.contains(option), option);
    QCOMPARE(m_program->readAllStandardError(), "");
}

void tst_WidgetsProgram::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("no delay") << QStringList {u"--after"_s, u"soon"_s} << QByteArray("\"soon\"");
    QTest::newRow("unknown") << QStringList {u"--drak"_s} << QByteArray("'drak'");
    QTest::newRow("a bare address") << QStringList {u"http://localhost"_s} << QByteArray("--url");
    QTest::newRow("no file") << QStringList {u"--screenshot"_s, QString()}
                             << QByteArray("--screenshot");
}

void tst_WidgetsProgram::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, problem);
    run(arguments);
    QVERIFY(hasEnded());
    QCOMPARE(m_program->exitCode(), 2);
    const QByteArray text = m_program->readAllStandardError();
    QVERIFY2(text.contains(problem) && text.contains("--help"), text);
}

void tst_WidgetsProgram::saysThatThereIsNoDisplay()
{
#if !defined(Q_OS_UNIX) || defined(Q_OS_DARWIN)
    QSKIP("There always is one.");
#endif
    run({});
    QVERIFY(hasEnded());
    QCOMPARE(m_program->exitCode(), 1);
    const QByteArray text = m_program->readAllStandardError();
    QVERIFY2(text.contains("There is no display."), text);
}

void tst_WidgetsProgram::takesAScreenshot_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << QStringList() << false;
    QTest::newRow("dark") << QStringList(u"--dark"_s) << true;
}

void tst_WidgetsProgram::takesAScreenshot()
{
    QFETCH(QStringList, options);
    QFETCH(bool, dark);

    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    QTemporaryDir folder;
    const QString file = folder.filePath(u"window.png"_s);
    run(options
        + QStringList {u"--url"_s, server.address(), u"--screenshot"_s, file, u"--after"_s,
                       u"500"_s});
    QVERIFY2(hasEnded(), m_program->readAllStandardError());
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(server.requests.size(), 1);
    const QImage image(file);
    QVERIFY(!image.isNull());
    QCOMPARE(image.pixelColor(2, 2).lightness() < 128, dark);
}

void tst_WidgetsProgram::saysThatAScreenshotCannotBeWritten()
{
    run({u"--screenshot"_s, u"/nowhere/window.png"_s, u"--after"_s, u"0"_s});
    QVERIFY(hasEnded());
    QCOMPARE(m_program->exitCode(), 1);
    const QByteArray text = m_program->readAllStandardError();
    QVERIFY2(text.contains("/nowhere/window.png cannot be written"), text);
}

QTEST_GUILESS_MAIN(tst_WidgetsProgram)

#include "tst_widgetsprogram.moc"
