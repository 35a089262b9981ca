// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guideblock.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>
#include <QtQuick/qquickitem.h>
#include <QtQuick/qquickwindow.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

// All texts below an item, from the top to the bottom.
QStringList textsOf(const QQuickItem *item)
{
    QStringList texts;
    const QString text = item->property("text").toString();
    if (!text.isEmpty())
        texts.append(text);
    QList<QQuickItem *> items = item->childItems();
    std::stable_sort(items.begin(), items.end(),
                     [](const QQuickItem *a, const QQuickItem *b) { return a->y() < b->y(); });
    for (const QQuickItem *child : std::as_const(items))
        texts += textsOf(child);
    return texts;
}

} // namespace

// The samples of several guides, as a user sees them.
class tst_GuideSamples : public QObject
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
    bool create(const QString &guide, const QString &heading, const QString &before = {},
                const QString &after = {});
    QStringList texts() const
    {
        return textsOf(qobject_cast<QQuickWindow *>(m_object.get())->contentItem());
    }

    QQmlEngine m_engine;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QObject> m_object;
};

void tst_GuideSamples::init()
{
    m_object.reset();
    m_server = std::make_unique<ScriptedServer>();
}

bool tst_GuideSamples::create(const QString &guide, const QString &heading, const QString &before,
                              const QString &after)
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QQmlComponent component(&m_engine);
    QString sample = withServer(guideBlock(guide, heading, u"qml"_s), m_server->url());
    if (!before.isEmpty()) {
        QTest::qVerify(sample.contains(before), "contains", "", __FILE__, __LINE__);
        sample.replace(before, after);
    }
    component.setData(sample.toUtf8(), {});
    m_object.reset(component.create());
    if (!m_object)
        QTest::qFail(qPrintable(component.errorString()), __FILE__, __LINE__);
    return bool(m_object);
}

void tst_GuideSamples::logHasTheNewestFirst()
{
    QVERIFY(create(u"streams-as-lists"_s, u"## A log: each event is a row"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: metrics\ndata: {\"cpu\":1}\n\ndata: \"<b>two</b>\"\n\n"
                         "event: alert\ndata: 3\n\n");
    const QStringList expected {u"alert  3"_s, u"message  \"<b>two</b>\""_s,
                                u"metrics  {\"cpu\":1}"_s};
    QTRY_COMPARE(texts(), expected);
}

void tst_GuideSamples::tableHasARowForEachKey()
{
    QVERIFY(create(u"streams-as-lists"_s, u"## A table: each key is a row"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream(
            "event: snapshot\ndata: [{\"name\":\"a\",\"state\":\"ok\",\"metrics\":{\"cpu\":1}},"
            "{\"name\":\"b\",\"state\":\"ok\",\"metrics\":{\"cpu\":2}}]\n\n"
            "event: host\ndata: {\"name\":\"b\",\"state\":\"warning\",\"metrics\":{\"cpu\":70}}\n\n"
            "event: host\ndata: {\"name\":\"c\",\"state\":\"ok\",\"metrics\":{\"cpu\":3}}\n\n"
            "event: removed\ndata: {\"name\":\"a\"}\n\n");
    QTRY_VERIFY(texts().contains(u"2 hosts"_s));
    QTRY_VERIFY(texts().contains(u"b: warning, 70 %"_s));
    QVERIFY(texts().contains(u"c: ok, 3 %"_s));

    exchange->sendChunk("event: snapshot\ndata: "
                        "[{\"name\":\"d\",\"state\":\"ok\",\"metrics\":{\"cpu\":4}}]\n\n");
    QTRY_VERIFY(texts().contains(u"1 hosts"_s));
}

void tst_GuideSamples::streamIsClosedInTheBackground()
{
    // A platform plugin without a screen keeps the application active, so a phone is played.
    QQmlComponent component(&m_engine);
    component.setData("import QtQml\nQtObject { property int state: Qt.ApplicationActive }", {});
    const std::unique_ptr<QObject> phone(component.create());
    m_engine.rootContext()->setContextProperty(u"phone"_s, phone.get());
    QVERIFY(create(u"background-and-mobile"_s, u"# Background, suspend and mobile"_s,
                   u"Qt.application.state"_s, u"phone.state"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("id: 7\ndata: {}\n\n");
    QTRY_COMPARE(texts(), QStringList(u"live"_s));
    QTRY_COMPARE(m_object->findChild<EventSourceListener *>()->lastEventId(), u"7"_s);

    phone->setProperty("state", int(Qt::ApplicationSuspended));
    QTRY_VERIFY(!exchange->isConnected());
    QCOMPARE(texts(), QStringList(u"paused, last event 7"_s));
    QVERIFY(staysAt(*m_server, 1));

    phone->setProperty("state", int(Qt::ApplicationActive));
    exchange = m_server->take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "7");
    m_object.reset();
}

void tst_GuideSamples::positionOutlivesTheProcess()
{
    const QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_CONFIG_HOME"_s, folder.path());
    const auto run = [&](const char *position, const char *event, const char *shown) {
        QProcess program;
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(POSITION_PROGRAM), {m_server->url().toString()});
        Exchange *exchange = m_server->take();
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

void tst_GuideSamples::diagnosisReportsEachStep()
{
    QTest::ignoreMessage(QtDebugMsg, "status Connecting next attempt in -1 ms");
    QVERIFY(create(u"troubleshooting"_s, u"# Troubleshooting"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    QTest::ignoreMessage(QtDebugMsg, "status Open next attempt in -1 ms");
    QTest::ignoreMessage(QtDebugMsg, "comment  hello");
    QTest::ignoreMessage(QtDebugMsg, "message build {\"a\":1}");
    QTest::ignoreMessage(QtDebugMsg, QRegularExpression(u"^parse error .* no JSON$"_s));
    exchange->sendStream(": hello\n\nevent: build\ndata: {\"a\":1}\n\ndata: no JSON\n\nid: 1\n\n");
    QTRY_COMPARE(m_object->property("lastEventId").toString(), u"1"_s);
    exchange->end();

    // 204: the server has no more.
    QTest::ignoreMessage(QtDebugMsg,
                         QRegularExpression(u"^status Waiting next attempt in \\d+ ms$"_s));
    QTest::ignoreMessage(QtDebugMsg, "status Connecting next attempt in -1 ms");
    QTest::ignoreMessage(QtDebugMsg, "status Closed next attempt in -1 ms");
    QTest::ignoreMessage(QtDebugMsg, "finished");
    exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendAnswer("204 No Content");
    QTRY_COMPARE(m_object->property("status").toInt(), int(EventSourceListener::Closed));
}

QTEST_MAIN(tst_GuideSamples)
#include "tst_guide_samples.moc"
