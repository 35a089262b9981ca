// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "guidesample.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

namespace {

void ask(const GuideSample &sample, const QString &prompt)
{
    QMetaObject::invokeMethod(sample.root.get(), "ask", Q_ARG(QVariant, prompt));
}

QByteArray token(const QByteArray &text)
{
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
}

QByteArray delta(const QByteArray &text)
{
    return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
           "\"delta\":{\"type\":\"text_delta\",\"text\":\""
            + text + "\"}}\n\n";
}

QStringList contents(const Exchange *exchange)
{
    QStringList list;
    const QJsonArray messages = QJsonDocument::fromJson(exchange->body())["messages"].toArray();
    for (const QJsonValue &message : messages)
        list += message["role"].toString() + u": "_s + message["content"].toString();
    return list;
}

} // namespace

class tst_GuideLanguageModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondQuestionHasTheHistory();
    void stopKeepsWhatHasArrived();
    void refusedTokenWaitsForAnother();
    void overloadIsRepeated();
    void answerIsCutShort();
    void budgetIsUsedUp();
    void bodyAloneStartsNothing();
    void namedEventsEndAtMessageStop();
    void namedErrorEndsTheAnswer();
    void namedAnswerIsCutShort();
};

void tst_GuideLanguageModels::secondQuestionHasTheHistory()
{
    GuideSample sample(u"language-models"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    QVERIFY(staysAt(sample.server, 0));

    // The first question as a user enters it.
    QQuickItem *question = sample.item("placeholderText", u"Question"_s);
    QVERIFY(question);
    QVERIFY(QTest::qWaitForWindowActive(sample.window()));
    question->forceActiveFocus();
    sample.type("What?");
    QTest::keyClick(sample.window(), Qt::Key_Return);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "POST");
    QCOMPARE(exchange->target(), "/v1/chat/completions");
    QCOMPARE(exchange->header("Content-Type"), "application/json");
    QVERIFY(exchange->body().startsWith("{\"model\":"));
    QCOMPARE(contents(exchange), QStringList {u"user: What?"_s});
    QVERIFY(!question->isEnabled());
    exchange->sendStream("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n"
                         + token("Server-") + token("sent"));
    QTRY_VERIFY(sample.shows(u"Server-sent"_s));
    exchange->sendChunk(token(" events")
                        + "data: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n");
    QTRY_VERIFY(question->isEnabled());
    QVERIFY(sample.shows(u"Server-sent events"_s));

    ask(sample, u"Why?"_s);
    exchange = sample.server.take();
    QVERIFY(exchange);
    const QStringList history {u"user: What?"_s, u"assistant: Server-sent events"_s,
                               u"user: Why?"_s};
    QCOMPARE(contents(exchange), history);
}

void tst_GuideLanguageModels::stopKeepsWhatHasArrived()
{
    GuideSample sample(u"language-models"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream(token("Half"));
    QTRY_VERIFY(sample.shows(u"Half"_s));
    QQuickItem *stop = sample.item("text", u"Stop"_s);
    QVERIFY(stop && stop->isEnabled());
    QMetaObject::invokeMethod(stop, "clicked");
    QTRY_VERIFY(!exchange->isConnected());
    QVERIFY(!stop->isEnabled());
    ask(sample, u"More?"_s);
    exchange = sample.server.take();
    QVERIFY(exchange);
    QVERIFY(contents(exchange).contains(u"assistant: Half"_s));
}

void tst_GuideLanguageModels::refusedTokenWaitsForAnother()
{
    GuideSample sample(u"language-models"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("Authorization"), 0);
    exchange->sendAnswer("401 Unauthorized", "Content-Type: application/json\r\n",
                         R"({"error":{"message":"No key."}})");
    QTRY_VERIFY(sample.shows(u"No key. Enter a token."_s));
    QVERIFY(staysAt(sample.server, 1));
    sample.root->setProperty("token", u"abc"_s);
    exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer abc");
    QCOMPARE(contents(exchange), QStringList {u"user: What?"_s});
}

void tst_GuideLanguageModels::overloadIsRepeated()
{
    GuideSample sample(u"language-models"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("429 Too Many Requests",
                         "Content-Type: application/json\r\nRetry-After: 1\r\n",
                         R"({"error":{"message":"Slow down."}})");
    QTRY_VERIFY(sample.shows(u"Slow down. Next attempt in "_s));
    exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream(token("Yes"));
    QTRY_VERIFY(sample.shows(u"Yes"_s));
    QVERIFY(!sample.shows(u"Slow down"_s));
}

void tst_GuideLanguageModels::answerIsCutShort()
{
    GuideSample sample(u"language-models"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream(token("Half"));
    exchange->end();
    QTRY_VERIFY(sample.shows(u"The response ended before the event that endMarker names."_s));
    QVERIFY(sample.shows(u"Half"_s));
    QVERIFY(staysAt(sample.server, 1));
}

void tst_GuideLanguageModels::budgetIsUsedUp()
{
    GuideSample sample(u"language-models"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(QJsonDocument::fromJson(exchange->body())["max_tokens"].toInt(), 500);
    exchange->sendStream(
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\ndata: "
            "[DONE]\n\n");
    QTRY_VERIFY(sample.shows(u"The token budget is used up."_s));
}

void tst_GuideLanguageModels::bodyAloneStartsNothing()
{
    GuideSample sample(u"language-models"_s, 1);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    QObject *listener = nullptr;
    for (QObject *child : sample.root->findChildren<QObject *>()) {
        if (child->property("endMarker").isValid())
            listener = child;
    }
    QVERIFY(listener);
    listener->setProperty("body", QVariantMap {{u"model"_s, u"x"_s}});
    QVERIFY(staysAt(sample.server, 0));
}

void tst_GuideLanguageModels::namedEventsEndAtMessageStop()
{
    GuideSample sample(u"language-models"_s, 2);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/v1/messages");
    QCOMPARE(exchange->header("x-api-key"), "secret");
    QCOMPARE(exchange->header("anthropic-version"), "2023-06-01");
    exchange->sendStream(
            "event: message_start\ndata: {\"type\":\"message_start\"}\n\n"
            "event: ping\ndata: {\"type\":\"ping\"}\n\n"
            + delta("Server-") + delta("sent")
            + "event: message_delta\ndata: {\"delta\":{\"stop_reason\":\"max_tokens\"}}"
              "\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    QTRY_VERIFY(!exchange->isConnected()); // the sample ends the stream, not the server
    QVERIFY(sample.shows(u"Server-sent"_s));
    QVERIFY(sample.shows(u"The token budget is used up."_s));
    QVERIFY(sample.root->property("complete").toBool());
    QVERIFY(staysAt(sample.server, 1));
}

void tst_GuideLanguageModels::namedErrorEndsTheAnswer()
{
    GuideSample sample(u"language-models"_s, 2);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream(delta("Half")
                         + "event: error\ndata: {\"error\":{\"type\":\"overloaded_error\","
                           "\"message\":\"Overloaded\"}}\n\n");
    QTRY_VERIFY(sample.shows(u"Overloaded"_s));
    QTRY_VERIFY(!exchange->isConnected());
    QVERIFY(staysAt(sample.server, 1));
}

void tst_GuideLanguageModels::namedAnswerIsCutShort()
{
    GuideSample sample(u"language-models"_s, 2);
    QVERIFY2(sample.root, qPrintable(sample.component.errorString()));
    ask(sample, u"What?"_s);
    Exchange *exchange = sample.server.take();
    QVERIFY(exchange);
    exchange->sendStream(delta("Half"));
    exchange->end();
    QTRY_VERIFY(sample.shows(u"The answer was cut short."_s));
    QVERIFY(staysAt(sample.server, 1));
}

QTEST_MAIN(tst_GuideLanguageModels)
#include "tst_guide_language_models.moc"
