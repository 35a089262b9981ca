// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidescreen.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>

using namespace Qt::StringLiterals;

namespace {

QJsonObject jsonOf(const Exchange *exchange)
{
    return QJsonDocument::fromJson(exchange->body()).object();
}

QByteArray token(const QByteArray &text, const QByteArray &reason = "null")
{
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text
            + "\"},\"finish_reason\":" + reason + "}]}\n\n";
}

} // namespace

// The samples of the guides that send headers and bodies.
class tst_GuidesRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_screen = std::make_unique<GuideScreen>(); }

    void firstSampleShowsTheHost();
    void clientsHandleEachSignal();
    void textIsReadLineByLine();
    void refusedTokenIsRenewed();
    void keyIsSentOnceItIsConfirmed();
    void chatSendsItsHistory();
    void chatReportsErrors_data();
    void chatReportsErrors();
    void chatStops();
    void namedEventsMakeAnAnswer();
    void namedEventsCanBeCut();

private:
    bool shows(const QString &text) const { return m_screen->texts().contains(text); }
    void type(const QString &text)
    {
        for (const QChar c : text)
            QTest::keyClick(m_screen->window(), c.toLatin1());
    }
    void ask(const QString &question)
    {
        QMetaObject::invokeMethod(m_screen->object(), "ask", Q_ARG(QVariant, question));
    }

    std::unique_ptr<GuideScreen> m_screen;
};

void tst_GuidesRequests::firstSampleShowsTheHost()
{
    QVERIFY(m_screen->open(u"getting-started"_s, u"## In QML"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(m_screen->texts().last(), u"no event yet"_s);
    exchange->sendStream("event: metrics\ndata: {\"host\":\"anna\",\"cpu\":7}\n\n"
                         "event: alert\ndata: {}\n\n");
    QTRY_VERIFY(shows(u"anna uses 7 % of its processor"_s));
    QVERIFY(shows(u"open"_s));
}

void tst_GuidesRequests::clientsHandleEachSignal()
{
    QVERIFY(m_screen->open(u"coming-from"_s, u"# Coming from other clients"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QTRY_VERIFY(shows(u"open"_s));
    exchange->sendChunk("id: 3\nevent: build\ndata: {\"content\":\"done\"}\n\n");
    QTRY_VERIFY(shows(u"build 3: done"_s));
    exchange->sendChunk("data: no JSON\n\n");
    QTRY_VERIFY(m_screen->texts().value(0).contains(u"offset"_s));
    exchange->reset();
    QTRY_VERIFY(m_screen->texts().value(0).contains(u", next in "_s));
}

void tst_GuidesRequests::textIsReadLineByLine()
{
    QVERIFY(m_screen->open(u"coming-from"_s, u"## XMLHttpRequest.responseText in QML"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("X-Client"), "panel");
    exchange->sendStream("data: one\n\ndata: two\n\ndata: thr");
    exchange->sendChunk("ee\n\ndata: four\n\n");
    QTRY_VERIFY(shows(u"two\nthree\nfour"_s));
}

void tst_GuidesRequests::refusedTokenIsRenewed()
{
    QVERIFY(m_screen->open(u"tokens-and-sessions"_s, u"# Tokens and sessions"_s));
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer first");
    exchange->sendAnswer("401 Unauthorized");
    exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer second");
    exchange->sendStream("data: {\"content\":\"welcome\"}\n\n");
    QTRY_VERIFY(shows(u"welcome"_s));
}

void tst_GuidesRequests::keyIsSentOnceItIsConfirmed()
{
    QVERIFY(m_screen->open(u"tokens-and-sessions"_s, u"## A key that a user types"_s));
    QVERIFY(QTest::qWaitForWindowActive(m_screen->window()));
    type(u"abc"_s);
    QVERIFY(staysAt(m_screen->server, 0));
    QTest::keyClick(m_screen->window(), Qt::Key_Return);
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer abc");
    exchange->sendAnswer("401 Unauthorized");
    QTRY_VERIFY(m_screen->texts().last().contains(u"401"_s));
    type(u"de"_s);
    QVERIFY(staysAt(m_screen->server, 1));
    QTest::keyClick(m_screen->window(), Qt::Key_Return);
    exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer abcde");
}

void tst_GuidesRequests::chatSendsItsHistory()
{
    QVERIFY(m_screen->open(u"language-models"_s, u"# Language models"_s));
    QVERIFY(QTest::qWaitForWindowActive(m_screen->window()));
    QVERIFY(staysAt(m_screen->server, 0));
    type(u"Hello"_s);
    QTest::keyClick(m_screen->window(), Qt::Key_Return);
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "POST");
    QCOMPARE(exchange->header("Authorization"), "Bearer demo-token");
    QCOMPARE(jsonOf(exchange)["messages"][0]["content"].toString(), u"Hello"_s);
    exchange->sendStream(token("Good ") + token("day", "\"length\"") + "data: [DONE]\n\n");
    QTRY_VERIFY(shows(u"Good day"_s));
    QTRY_COMPARE(m_screen->object()->property("history").toList().size(), 2);
    QVERIFY(shows(u"The answer has reached its limit."_s));

    ask(u"And now?"_s);
    exchange = m_screen->server.take();
    QVERIFY(exchange);
    const QJsonArray messages = jsonOf(exchange)["messages"].toArray();
    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages[1]["role"].toString(), u"assistant"_s);
    QCOMPARE(messages[1]["content"].toString(), u"Good day"_s);
    QCOMPARE(messages[2]["content"].toString(), u"And now?"_s);
}

void tst_GuidesRequests::chatReportsErrors_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("note");
    const QByteArray json = "Content-Type: application/json\r\n";
    QTest::newRow("bad token") << QByteArray("401 Unauthorized") << json
                               << QByteArray("{\"error\":{\"message\":\"No such key.\"}}")
                               << u"^No such key\\.$"_s;
    QTest::newRow("too many") << QByteArray("429 Too Many Requests") << json + "Retry-After: 20\r\n"
                              << QByteArray("{\"error\":{\"message\":\"Slow down.\"}}")
                              << u"^Slow down\\. Again in 2\\d s\\.$"_s;
    QTest::newRow("bad request") << QByteArray("400 Bad Request") << json
                                 << QByteArray("{\"error\":{\"message\":\"Which model?\"}}")
                                 << u"^Which model\\?$"_s;
}

void tst_GuidesRequests::chatReportsErrors()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QString, note);
    QVERIFY(m_screen->open(u"language-models"_s, u"# Language models"_s));
    ask(u"Hello"_s);
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status, headers, body);
    const QRegularExpression expected(note);
    QTRY_VERIFY(expected.match(m_screen->object()->property("note").toString()).hasMatch());
}

void tst_GuidesRequests::chatStops()
{
    QVERIFY(m_screen->open(u"language-models"_s, u"# Language models"_s));
    QVERIFY(QTest::qWaitForWindowActive(m_screen->window()));
    ask(u"Hello"_s);
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendStream(token("Half"));
    QTRY_VERIFY(shows(u"Half"_s));
    QTest::keyClick(m_screen->window(), Qt::Key_Escape);
    QTRY_VERIFY(!exchange->isConnected());

    ask(u"Again"_s);
    exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendStream(token("Part"));
    exchange->end();
    QTRY_VERIFY(shows(u"The answer was cut short."_s));
    QVERIFY(shows(u"Part"_s));
}

void tst_GuidesRequests::namedEventsMakeAnAnswer()
{
    QVERIFY(m_screen->open(u"language-models"_s, u"## Named events"_s));
    ask(u"Hello"_s);
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("x-api-key"), "your key");
    QCOMPARE(jsonOf(exchange)["max_tokens"].toInt(), 500);
    exchange->sendStream(
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{}}\n\n"
            "event: ping\ndata: {\"type\":\"ping\"}\n\n"
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            "\"delta\":{\"type\":\"text_delta\",\"text\":\"Good \"}}\n\n"
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            "\"delta\":{\"type\":\"text_delta\",\"text\":\"day\"}}\n\n"
            "event: message_delta\ndata: {\"type\":\"message_delta\","
            "\"delta\":{\"stop_reason\":\"max_tokens\"}}\n\n"
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    exchange->end();
    QTRY_VERIFY(shows(u"Good day"_s));
    QTRY_VERIFY(shows(u"The answer has reached its limit."_s));
    QTRY_COMPARE(m_screen->object()->property("complete").toBool(), true);
}

void tst_GuidesRequests::namedEventsCanBeCut()
{
    QVERIFY(m_screen->open(u"language-models"_s, u"## Named events"_s));
    ask(u"Hello"_s);
    Exchange *exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendStream("event: content_block_delta\n"
                         "data: {\"delta\":{\"type\":\"text_delta\",\"text\":\"Go\"}}\n\n");
    exchange->end();
    QTRY_VERIFY(shows(u"The answer was cut short."_s));

    ask(u"Again"_s);
    exchange = m_screen->server.take();
    QVERIFY(exchange);
    exchange->sendStream("event: error\ndata: {\"error\":{\"message\":\"Overloaded\"}}\n\n");
    exchange->end();
    QTRY_VERIFY(shows(u"Overloaded"_s));
}

QTEST_MAIN(tst_GuidesRequests)
#include "tst_guidesrequests.moc"
