// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guideblock.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qfile.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstandardpaths.h>
#include <QtCore/qtemporarydir.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

bool write(const QString &fileName, const QString &text)
{
    QFile file(fileName);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

} // namespace

// The server of the guide, run by Node, and the QML test that listens to it.
class tst_GuideServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void replaysWhatFollowsAnId();
    void isListenedToByTheSample();
    void isListenedToByAQmlTest();

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    QUrl m_url;
};

void tst_GuideServers::initTestCase()
{
    const QString node = QStandardPaths::findExecutable(u"node"_s);
    if (node.isEmpty())
        QSKIP("There is no node.");
    const QString file = m_folder.filePath(u"server.mjs"_s);
    QVERIFY(write(file, guideBlock(u"servers-and-proxies"_s, u"# Servers and proxies"_s, u"js"_s)));
    m_server.start(node, {file, u"0"_s});
    QByteArray line;
    QTRY_VERIFY_WITH_TIMEOUT((line += m_server.readAllStandardOutput()).endsWith('\n'), 30000);
    m_url = QUrl(QString::fromUtf8(line.trimmed()));
    QVERIFY2(m_url.port() > 0, line.constData());
}

void tst_GuideServers::cleanupTestCase()
{
    m_server.kill();
    m_server.waitForFinished();
}

void tst_GuideServers::replaysWhatFollowsAnId()
{
    EventSourceListener listener(m_url);
    QSignalSpy messages(&listener, &EventSourceListener::message);
    QTRY_VERIFY(messages.size() >= 2);
    const auto first = qvariant_cast<EventSourceEvent>(messages[0][0]);
    QCOMPARE(first.type(), u"time"_s);
    QVERIFY(!first.data()["now"].toString().isEmpty());

    // A second client that has the first event gets the second one, although that is over.
    EventSourceListener late;
    late.setUrl(m_url);
    late.setLastEventId(first.lastEventId());
    QSignalSpy replayed(&late, &EventSourceListener::message);
    QTRY_VERIFY(!replayed.isEmpty());
    QCOMPARE(qvariant_cast<EventSourceEvent>(replayed[0][0]),
             qvariant_cast<EventSourceEvent>(messages[1][0]));
}

void tst_GuideServers::isListenedToByTheSample()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData(
            withServer(guideBlock(u"servers-and-proxies"_s, u"## Heartbeats"_s, u"qml"_s), m_url)
                    .toUtf8(),
            {});
    const std::unique_ptr<QObject> object(component.create());
    QVERIFY2(object, qPrintable(component.errorString()));
    const auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QVERIFY(listener);
    QTRY_VERIFY(!listener->data()["now"].toString().isEmpty());
    QCOMPARE(listener->idleTimeout(), 30000);
}

void tst_GuideServers::isListenedToByAQmlTest()
{
#ifdef QMLTESTRUNNER
    const QString file = m_folder.filePath(u"tst_clock.qml"_s);
    QVERIFY(write(file, withServer(guideBlock(u"testing"_s, u"## In QML"_s, u"qml"_s), m_url)));
    QProcess runner;
    runner.setProcessChannelMode(QProcess::MergedChannels);
    runner.start(QStringLiteral(QMLTESTRUNNER), {u"-input"_s, file});
    QVERIFY(runner.waitForFinished());
    const QByteArray output = runner.readAll();
    QVERIFY2(runner.exitCode() == 0, output.constData());
    QVERIFY2(output.contains("PASS   : qmltestrunner::Clock::test_receivesTheTime()"),
             output.constData());
#else
    QSKIP("There is no qmltestrunner, or it cannot load a module with a sanitizer.");
#endif
}

QTEST_GUILESS_MAIN(tst_GuideServers)
#include "tst_guide_servers.moc"
