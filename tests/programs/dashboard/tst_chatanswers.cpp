// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "chatscreen.h"
#include "scriptedserver.h"

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qregularexpression.h>

// The chat page with a server that answers as the test says.
class tst_ChatAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyAnAnswerEnds_data();
    void saysWhyAnAnswerEnds();
    void asksForAnotherToken_data();
    void asksForAnotherToken();
    void doesNotCountTheTimeAfterTheLastToken();
    void announcesWhatIsComplete();
    void announcesWhatIsWrong();
    void takesTheAddress_data();
    void takesTheAddress();
    void hasNoFaults();
};

namespace {
QByteArray token(const QByteArray &text, const QByteArray &finishReason = "null")
{
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text
            + "\"},\"finish_reason\":" + finishReason + "}]}\n\n";
}

Options chatWith(const ScriptedServer &server, const QSize &size = {1280, 800})
{
    Options options = chat(size);
    options.chatUrl = server.url();
    return options;
}

// Hears the alerts that come up, like a screen reader.
class Ears
{
public:
    explicit Ears(const Screen &screen)
    {
        const auto *page = screen.window()->property("currentPage").value<QObject *>();
        auto *alert = page->findChild<QQuickItem *>(QStringLiteral("announcement"));
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(alert);
        if (!accessible || accessible->role() != QAccessible::AlertMessage)
            qFatal("There is no alert.");
        QObject::connect(alert, &QQuickItem::visibleChanged, &m_context, [this, alert, accessible] {
            if (alert->isVisible())
                heard += accessible->text(QAccessible::Name);
        });
    }

    QStringList heard;

private:
    QObject m_context;
};
} // namespace

void tst_ChatAnswers::saysWhyAnAnswerEnds_data()
{
    QTest::addColumn<QByteArray>("last");
    QTest::addColumn<QString>("note");

    QTest::newRow("without the end marker")
            << QByteArray() << "The answer was cut short: the server ended it too early.";
    QTest::newRow("at the length limit") << token("", "\"length\"") + "data: [DONE]\n\n"
                                         << "The answer has reached the length limit.";
    QTest::newRow("as it should") << token("", "\"stop\"") + "data: [DONE]\n\n"
                                  << "";
}

void tst_ChatAnswers::saysWhyAnAnswerEnds()
{
    QFETCH(QByteArray, last);
    QFETCH(QString, note);
    ScriptedServer server;
    Screen screen(chatWith(server));
    ask(screen, "hi");
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream(token("Good morning") + last);
    exchange->end();
    QVERIFY(waitUntilDone(screen));
    QCOMPARE(answer(screen), QStringLiteral("Good morning"));
    QCOMPARE(screen.text(QStringLiteral("note")), note);
    QCOMPARE(screen.badge(), QStringLiteral("Ready"));
    QCOMPARE(server.requestCount(), 1); // what has begun is not repeated
}

void tst_ChatAnswers::asksForAnotherToken_data()
{
    addSizesAndSchemes();
}

void tst_ChatAnswers::asksForAnotherToken()
{
    QFETCH(QSize, size);
    QFETCH(QString, scheme);
    ScriptedServer server;
    Options options = chatWith(server, size);
    options.colorScheme = scheme;
    Screen screen(options);
    ask(screen, "hi");
    const auto refuse = [&](const QByteArray &words) {
        Exchange *exchange = server.take();
        if (exchange) {
            exchange->sendAnswer("401 Unauthorized", "Content-Type: application/json\r\n",
                                 "{\"error\":{\"message\":\"" + words + "\"}}");
        }
        return exchange ? exchange->header("Authorization") : QByteArray();
    };
    const auto type = [&](const char *letters) {
        for (; *letters; ++letters)
            QTest::keyClick(screen.window(), *letters);
        QTest::keyClick(screen.window(), Qt::Key_Return);
    };
    QCOMPARE(refuse("A token is needed."), QByteArray());
    QTRY_COMPARE(focused(screen), QStringLiteral("token"));
    QTRY_COMPARE(screen.text(QStringLiteral("note")), QStringLiteral("A token is needed."));
    QVERIFY(screen.text(QStringLiteral("waiting"))
                    .startsWith(QStringLiteral("The question waits")));

    type("first");
    QCOMPARE(refuse("This token is unknown."), QByteArray("Bearer first"));
    QTRY_COMPARE(screen.text(QStringLiteral("note")), QStringLiteral("This token is unknown."));
    QTRY_COMPARE(focused(screen), QStringLiteral("token"));

    type("second"); // in place of the first one
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), QByteArray("Bearer second"));
    exchange->sendStream(token("Welcome") + "data: [DONE]\n\n");
    exchange->end();
    QVERIFY(waitUntilDone(screen));
    QCOMPARE(answer(screen), QStringLiteral("Welcome"));
    QVERIFY(screen.text(QStringLiteral("note")).isEmpty());
    QVERIFY(screen.text(QStringLiteral("waiting")).isEmpty());
}

void tst_ChatAnswers::doesNotCountTheTimeAfterTheLastToken()
{
    ScriptedServer server;
    Screen screen(chatWith(server));
    ask(screen, "hi");
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream(token("a"));
    QTRY_COMPARE(answer(screen), QStringLiteral("a"));
    QByteArray more;
    for (int i = 0; i < 100; ++i)
        more += token("b");
    QElapsedTimer time;
    exchange->sendChunk(more);
    time.start();
    QTRY_COMPARE(answer(screen).size(), 101);
    // Silence, much longer than the tokens took.
    const qint64 silence = 4 * time.elapsed() + 200;
    QTRY_VERIFY(time.elapsed() > silence);
    exchange->close();
    QVERIFY(waitUntilDone(screen));
    const QString figures = screen.text(QStringLiteral("figures"));
    static const QRegularExpression pattern(QStringLiteral("then (\\d+) tokens/s$"));
    const double speed = pattern.match(figures).captured(1).toDouble();
    QVERIFY2(speed > 100 * 1000.0 / double(silence), qPrintable(figures));
}

void tst_ChatAnswers::announcesWhatIsComplete()
{
    ScriptedServer server;
    Screen screen(chatWith(server));
    Ears ears(screen);
    for (int question = 0; question < 2; ++question) {
        ears.heard.clear();
        ask(screen, "hi");
        Exchange *exchange = server.take();
        QVERIFY(exchange);
        exchange->sendStream(token("Good"));
        QTRY_COMPARE(answer(screen), QStringLiteral("Good"));
        QCOMPARE(ears.heard, QStringList()); // not the pieces
        exchange->sendChunk(token(" morning") + "data: [DONE]\n\n");
        exchange->end();
        QVERIFY(waitUntilDone(screen));
        QCOMPARE(ears.heard, QStringList(QStringLiteral("Good morning")));
    }
}

void tst_ChatAnswers::announcesWhatIsWrong()
{
    ScriptedServer server;
    Screen screen(chatWith(server));
    const Ears ears(screen);
    ask(screen, "hi");
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("400 Bad Request", {}, "There is no such model.");
    QVERIFY(waitUntilDone(screen));
    QCOMPARE(ears.heard, QStringList(QStringLiteral("There is no such model.")));
}

void tst_ChatAnswers::takesTheAddress_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("used");

    QTest::newRow("complete") << "http://localhost:1/chat"
                              << "http://localhost:1/chat";
    QTest::newRow("https") << "https://example.com/v1/x"
                           << "https://example.com/v1/x";
    QTest::newRow("without a path") << "https://example.com"
                                    << "https://example.com/v1/chat/completions";
    QTest::newRow("the root") << "http://localhost:1/"
                              << "http://localhost:1/";
    QTest::newRow("query") << "https://example.com/chat?api-version=2&x=%20y"
                           << "https://example.com/chat?api-version=2&x=%20y";
    QTest::newRow("query without a path") << "https://example.com?a=b"
                                          << "https://example.com/v1/chat/completions?a=b";
}

void tst_ChatAnswers::takesTheAddress()
{
    QFETCH(QString, given);
    QFETCH(QString, used);
    QString message;
    bool helpRequested = false;
    const std::optional<Options> options = Options::parse(
            {QStringLiteral("x"), QStringLiteral("--chat-url"), given}, &message, &helpRequested);
    QVERIFY2(options, qPrintable(message));
    QCOMPARE(options->chatUrl.toString(QUrl::FullyEncoded), used);
}

void tst_ChatAnswers::hasNoFaults()
{
    Screen screen(chat());
    screen.click(QStringLiteral("suggestion0"));
    QTRY_COMPARE(screen.badge(), QStringLiteral("Live"));
    screen.showFaults();
    QVERIFY(!screen.item(QStringLiteral("fault-drop"))->isEnabled());
    QVERIFY(screen.text(QStringLiteral("faultScope"))
                    .startsWith(QStringLiteral("Questions cause the faults of the chat")));
}

QTEST_MAIN(tst_ChatAnswers)
#include "tst_chatanswers.moc"
