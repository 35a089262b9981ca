// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidescreen.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlcontext.h>

#include <memory>

using namespace Qt::StringLiterals;

// The samples of several guides, as a user sees them.
class tst_GuidesSamples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void logHasTheNewestFirst();
    void tableHasARowForEachKey();
    void streamIsClosedInTheBackground();
    void positionOutlivesTheProcess();
    void diagnosisReportsEachStep();

private:
    std::unique_ptr<GuideScreen> m_screen;
};

void tst_GuidesSamples::init()
{
    m_screen = std::make_unique<GuideScreen>();
}

void tst_GuidesSamples::logHasTheNewestFirst()
{
    QVERIFY(m_screen->open(u"streams-as-lists"_s, u"## A log: each event is a row"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendStream("event: metrics\ndata: {\"cpu\":1}\n\ndata: \"<b>two</b>\"\n\n"
                         "event: alert\ndata: 3\n\n");
    const QStringList expected {u"alert  3"_s, u"message  \"<b>two</b>\""_s,
                                u"metrics  {\"cpu\":1}"_s};
    QTRY_COMPARE(m_screen->texts(), expected);
}

void tst_GuidesSamples::tableHasARowForEachKey()
{
    QVERIFY(m_screen->open(u"streams-as-lists"_s, u"## A table: each key is a row"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendStream(
            "event: snapshot\ndata: [{\"name\":\"a\",\"state\":\"ok\",\"metrics\":{\"cpu\":1}},"
            "{\"name\":\"b\",\"state\":\"ok\",\"metrics\":{\"cpu\":2}}]\n\n"
            "event: host\ndata: {\"name\":\"b\",\"state\":\"warning\",\"metrics\":{\"cpu\":70}}\n\n"
            "event: host\ndata: {\"name\":\"c\",\"state\":\"ok\",\"metrics\":{\"cpu\":3}}\n\n"
            "event: removed\ndata: {\"name\":\"a\"}\n\n");
    QTRY_VERIFY(m_screen->texts().contains(u"2 hosts"_s));
    QTRY_VERIFY(m_screen->texts().contains(u"b: warning, 70 %"_s));
    QVERIFY(m_screen->texts().contains(u"c: ok, 3 %"_s));

    exchange->sendChunk("event: snapshot\ndata: "
                        "[{\"name\":\"d\",\"state\":\"ok\",\"metrics\":{\"cpu\":4}}]\n\n");
    QTRY_VERIFY(m_screen->texts().contains(u"1 hosts"_s));
}

void tst_GuidesSamples::streamIsClosedInTheBackground()
{
    // A platform plugin without a screen keeps the application active, so a phone is played.
    QQmlComponent component(m_screen->engine());
    component.setData("import QtQml\nQtObject { property int state: Qt.ApplicationActive }", {});
    const std::unique_ptr<QObject> phone(component.create());
    m_screen->engine()->rootContext()->setContextProperty(u"phone"_s, phone.get());
    QVERIFY(m_screen->open(u"background-and-mobile"_s, u"# Background, suspend and mobile"_s,
                           u"Qt.application.state"_s, u"phone.state"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 7\ndata: {}\n\n");
    QTRY_COMPARE(m_screen->texts(), QStringList(u"live"_s));
    QTRY_COMPARE(m_screen->object()->findChild<EventSourceListener *>()->lastEventId(), u"7"_s);

    phone->setProperty("state", int(Qt::ApplicationSuspended));
    QTRY_VERIFY(!exchange->isConnected());
    QCOMPARE(m_screen->texts(), QStringList(u"paused, last event 7"_s));
    QVERIFY(staysAt(m_screen->server, 1));

    phone->setProperty("state", int(Qt::ApplicationActive));
    exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "7");
    m_screen.reset();
}

void tst_GuidesSamples::positionOutlivesTheProcess()
{
    const QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, folder.path());
    const auto run = [&](const char *position, const char *event, const char *shown) {
        QProcess program;
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(POSITION_PROGRAM), {m_screen->server.url().toString()});
        Exchange *exchange = m_screen->server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->header("Last-Event-ID"), position);
        exchange->sendStream(event);
        QByteArray output;
        QTRY_VERIFY((output += program.readAll()).contains(shown));
        // The handler has stored the position, and settings are written within a second or so.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.path() + u"/example.com/watcher.conf"_s),
                                 20000);
        program.terminate();
        QVERIFY(program.waitForFinished());
    };
    run("", "id: 41\ndata: {\"a\":1}\n\n", "{\"a\":1}");
    if (QTest::currentTestFailed())
        return;
    run("41", "id: 42\ndata: {\"a\":2}\n\n", "{\"a\":2}");
}

void tst_GuidesSamples::diagnosisReportsEachStep()
{
    QTest::ignoreMessage(QtDebugMsg, "status Connecting next attempt in -1 ms");
    QVERIFY(m_screen->open(u"troubleshooting"_s, u"# Troubleshooting"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    QTest::ignoreMessage(QtDebugMsg, "status Open next attempt in -1 ms");
    QTest::ignoreMessage(QtDebugMsg, "comment  hello");
    QTest::ignoreMessage(QtDebugMsg, "message build {\"a\":1}");
    QTest::ignoreMessage(QtDebugMsg, QRegularExpression(u"^parse error .* no JSON$"_s));
    exchange->sendStream(": hello\n\nevent: build\ndata: {\"a\":1}\n\ndata: no JSON\n\nid: 1\n\n");
    QTRY_COMPARE(m_screen->object()->property("lastEventId").toString(), u"1"_s);
    exchange->end();

    // 204: the server has no more.
    QTest::ignoreMessage(QtDebugMsg,
                         QRegularExpression(u"^status Waiting next attempt in \\d+ ms$"_s));
    QTest::ignoreMessage(QtDebugMsg, "status Connecting next attempt in -1 ms");
    QTest::ignoreMessage(QtDebugMsg, "status Closed next attempt in -1 ms");
    QTest::ignoreMessage(QtDebugMsg, "finished");
    exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("204 No Content");
    QTRY_COMPARE(m_screen->object()->property("status").toInt(), int(EventSourceListener::Closed));
}

QTEST_MAIN(tst_GuidesSamples)
#include "tst_guidessamples.moc"
