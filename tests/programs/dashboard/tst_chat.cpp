// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "chatscreen.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qregularexpression.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtTest/qsignalspy.h>

// The chat page, operated as a user does it.
class tst_Chat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersTokenByToken();
    void knowsTheEarlierQuestion();
    void stops_data();
    void stops();
    void asksForAToken();
    void waitsAsLongAsTheServerWants();
    void saysThatAnAnswerIsCutShort();
    void waitsForASlowFirstToken();
    void sendsTheModelAndBeginsAnew();
    void writesWhereverOneClicks();
    void writesSeveralLines();
    void followsTheEndUntilOneScrolls();
    void copiesAMessage();
    void readsOutTheFinishedAnswer();
    void showsLongTextsCompletely();
    void isOffWithoutAServer();
    void usesAnotherServer();
    void fitsEverySize_data();
    void fitsEverySize();
};

namespace {
// The message that has the text, as one item.
QQuickItem *bubbleOf(QQuickItem *text)
{
    while (text && !text->property("note").isValid())
        text = text->parentItem();
    return text;
}

// The list that the item scrolls in.
QQuickItem *viewOf(QQuickItem *item)
{
    while (item && !item->inherits("QQuickFlickable"))
        item = item->parentItem();
    return item;
}

// Three steps towards the beginning.
void turnWheel(Screen &screen, const QPointF &place)
{
    QWheelEvent event(place, screen.window()->mapToGlobal(place), {}, {0, 360}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(screen.window(), &event);
}

qreal distanceToEnd(const QQuickItem *view)
{
    return view->property("contentHeight").toReal() - view->height()
            - view->property("contentY").toReal();
}
} // namespace

void tst_Chat::answersTokenByToken()
{
    Screen screen(chat());
    screen.click(QStringLiteral("suggestion0"));
    QSet<QString> seen;
    QTRY_VERIFY_WITH_TIMEOUT((seen.insert(answer(screen)), seen.size() > 5), patience);
    QVERIFY(!screen.item(QStringLiteral("askAgain")));
    QVERIFY(waitUntilDone(screen));
    const QString whole = answer(screen);
    QVERIFY(whole.endsWith(QStringLiteral("Each word was an event.")));
    for (const QString &part : std::as_const(seen))
        QVERIFY2(whole.startsWith(part), qPrintable(part));
    const QString figures = screen.text(QStringLiteral("figures"));
    static const QRegularExpression pattern(
            QStringLiteral("^First token after \\d+\\.\\d s, then (\\d+) tokens/s$"));
    const QRegularExpressionMatch match = pattern.match(figures);
    QVERIFY2(match.hasMatch(), qPrintable(figures));
    QVERIFY2(match.captured(1).toInt() > 5 && match.captured(1).toInt() <= 60, qPrintable(figures));
    QVERIFY(screen.text(QStringLiteral("note")).isEmpty());
}

void tst_Chat::knowsTheEarlierQuestion()
{
    Screen screen(chat());
    ask(screen, "rain?");
    QTRY_VERIFY(answer(screen).size() > 20);
    QTest::keyClick(screen.window(), Qt::Key_Escape);
    ask(screen, "and now?");
    QTRY_VERIFY_WITH_TIMEOUT(
            answer(screen).startsWith(QStringLiteral("Before this, you asked me: \"rain?\"")),
            patience);
}

void tst_Chat::stops_data()
{
    QTest::addColumn<bool>("byKey");

    QTest::newRow("Escape") << true;
    QTest::newRow("button") << false;
}

void tst_Chat::stops()
{
    QFETCH(bool, byKey);
    Screen screen(chat());
    screen.click(QStringLiteral("suggestion0"));
    QTRY_VERIFY(answer(screen).size() > 20);
    QCOMPARE(screen.text(QStringLiteral("send")), QStringLiteral("Stop"));
    if (byKey)
        QTest::keyClick(screen.window(), Qt::Key_Escape);
    else
        screen.click(QStringLiteral("send"));
    QCOMPARE(screen.text(QStringLiteral("send")), QStringLiteral("Send"));
    QCOMPARE(screen.text(QStringLiteral("note")), QStringLiteral("Stopped."));
    const QString stopped = answer(screen);
    // The server has had the time for several tokens when it has sent its next metrics.
    EventSourceListener clock(screen.server()->url());
    QSignalSpy ticks(&clock, &EventSourceListener::message);
    QTRY_VERIFY(ticks.size() > 0);
    const qsizetype history = ticks.size();
    QTRY_VERIFY(ticks.size() > history);
    QCOMPARE(answer(screen), stopped);
    screen.click(QStringLiteral("askAgain"));
    QTRY_VERIFY(answer(screen).size() > 20 && screen.text(QStringLiteral("note")).isEmpty());
}

void tst_Chat::asksForAToken()
{
    for (const QSize &size : {QSize(360, 640), QSize(1280, 800)}) {
        Screen screen(chat(size));
        screen.click(QStringLiteral("fault0"));
        QTRY_COMPARE(screen.text(QStringLiteral("note")),
                     QStringLiteral("This question needs a token. This server accepts any."));
        QTRY_COMPARE(focused(screen), QStringLiteral("token"));
        for (const char letter : {'k', 'e', 'y'})
            QTest::keyClick(screen.window(), letter);
        const QQuickItem *token = screen.item(QStringLiteral("token"));
        QCOMPARE(screen.text(QStringLiteral("token")), QStringLiteral("key"));
        QVERIFY(!token->property("displayText").toString().contains(QLatin1Char('e')));
        QVERIFY(answer(screen).isEmpty());
        QTest::keyClick(screen.window(), Qt::Key_Return);
        QTRY_VERIFY(answer(screen).startsWith(QStringLiteral("Your token was accepted")));
        QVERIFY(screen.text(QStringLiteral("note")).isEmpty());
        QCOMPARE(focused(screen), QStringLiteral("composer"));
    }
}

void tst_Chat::waitsAsLongAsTheServerWants()
{
    Screen screen(chat());
    screen.click(QStringLiteral("fault1"));
    QTRY_VERIFY(screen.text(QStringLiteral("note"))
                        .startsWith(QStringLiteral("Too many questions at once. Wait for 4 s")));
    for (const char *seconds : {"3", "2"}) {
        QTRY_COMPARE(screen.text(QStringLiteral("waiting")),
                     QStringLiteral("Trying again in %1 s").arg(QLatin1String(seconds)));
    }
    QTRY_VERIFY_WITH_TIMEOUT(answer(screen).startsWith(QStringLiteral("Thank you")), patience);
    QVERIFY(screen.text(QStringLiteral("waiting")).isEmpty());
    QVERIFY(screen.text(QStringLiteral("note")).isEmpty());
}

void tst_Chat::saysThatAnAnswerIsCutShort()
{
    Screen screen(chat());
    screen.click(QStringLiteral("fault2"));
    QVERIFY(waitUntilDone(screen));
    QCOMPARE(screen.text(QStringLiteral("note")),
             QStringLiteral("The answer was cut short: the connection broke."));
    const QString part = answer(screen);
    QVERIFY(part.size() > 20);
    screen.click(QStringLiteral("askAgain"));
    // The new answer takes the place of the old one, and gets further.
    QTRY_VERIFY(answer(screen).size() < part.size());
    QTRY_VERIFY_WITH_TIMEOUT(answer(screen).size() > part.size() + 20, patience);
    QVERIFY(answer(screen).startsWith(part));
    QVERIFY(screen.text(QStringLiteral("note")).isEmpty());
}

void tst_Chat::waitsForASlowFirstToken()
{
    Screen screen(chat());
    screen.click(QStringLiteral("fault3"));
    QTRY_COMPARE(screen.badge(), QStringLiteral("Live"));
    QCOMPARE(screen.text(QStringLiteral("waiting")),
             QStringLiteral("Waiting for the first token…"));
    QTRY_VERIFY_WITH_TIMEOUT(!answer(screen).isEmpty(), patience);
    QVERIFY(screen.text(QStringLiteral("waiting")).isEmpty());
    QVERIFY(screen.text(QStringLiteral("figures"))
                    .startsWith(QStringLiteral("First token after 3.")));
}

void tst_Chat::sendsTheModelAndBeginsAnew()
{
    Screen screen(chat());
    QVERIFY(!screen.item(QStringLiteral("newConversation"))->isEnabled());
    screen.click(QStringLiteral("suggestion1"));
    QTRY_VERIFY(!answer(screen).isEmpty());
    screen.click(QStringLiteral("newConversation"));
    QTRY_VERIFY(screen.item(QStringLiteral("suggestion1")));
    QCOMPARE(screen.badge(), QStringLiteral("Ready"));
    ask(screen, "hello");
    QTRY_VERIFY(!answer(screen).isEmpty());
    // Nothing of the earlier conversation.
    QVERIFY(answer(screen).startsWith(QStringLiteral("I")));
}

void tst_Chat::writesWhereverOneClicks()
{
    Screen screen(chat());
    screen.waitForFrame();
    const QQuickItem *composer = screen.item(QStringLiteral("composer"));
    const QRectF inside(3, 3, composer->width() - 6, composer->height() - 6);
    for (const QPointF &place : {inside.topLeft(), inside.bottomLeft(), inside.bottomRight(),
                                 QPointF(inside.center().x(), inside.bottom())}) {
        screen.click(QStringLiteral("modelName"));
        QCOMPARE(focused(screen), QStringLiteral("modelName"));
        QTest::mouseClick(screen.window(), Qt::LeftButton, {},
                          composer->mapToScene(place).toPoint());
        QCOMPARE(focused(screen), QStringLiteral("composer"));
    }
}

void tst_Chat::writesSeveralLines()
{
    Screen screen(chat());
    const auto text = [&] { return screen.text(QStringLiteral("composer")); };
    screen.click(QStringLiteral("composer"));
    QTest::keyClick(screen.window(), Qt::Key_Return); // nothing to send
    QVERIFY(text().isEmpty());
    const qreal oneLine = screen.item(QStringLiteral("composer"))->height();
    QTest::keyClick(screen.window(), Qt::Key_A);
    QTest::keyClick(screen.window(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(screen.window(), Qt::Key_B);
    QCOMPARE(text(), QStringLiteral("a\nb"));
    QTRY_VERIFY(screen.item(QStringLiteral("composer"))->height() > oneLine);
    QTest::keyClick(screen.window(), Qt::Key_Tab);
    QCOMPARE(focused(screen), QStringLiteral("send"));
    QTest::keyClick(screen.window(), Qt::Key_Backtab);
    QCOMPARE(focused(screen), QStringLiteral("composer"));
    QCOMPARE(text(), QStringLiteral("a\nb"));
    QTest::keyClick(screen.window(), Qt::Key_Enter, Qt::KeypadModifier);
    QVERIFY(text().isEmpty());
    QTRY_COMPARE(screen.text(QStringLiteral("message")), QStringLiteral("a\nb"));
}

void tst_Chat::followsTheEndUntilOneScrolls()
{
    for (const QSize &size : {QSize(360, 640), QSize(1280, 400)}) {
        Screen screen(chat(size));
        ask(screen, "50,000");
        QTRY_VERIFY(screen.item(QStringLiteral("lastMessage")));
        QQuickItem *view = viewOf(screen.item(QStringLiteral("lastMessage")));
        QTRY_VERIFY_WITH_TIMEOUT(view->property("contentHeight").toReal() > view->height() + 200,
                                 patience);
        QVERIFY(distanceToEnd(view) < 2);
        QVERIFY(!screen.item(QStringLiteral("newText")));

        turnWheel(screen, view->mapToScene({50, 50}));
        QTRY_VERIFY(distanceToEnd(view) > 100);
        QTRY_VERIFY(!view->property("moving").toBool());
        const qreal place = view->property("contentY").toReal();
        const qreal height = view->property("contentHeight").toReal();
        QTRY_VERIFY(view->property("contentHeight").toReal() > height + 30);
        QCOMPARE(view->property("contentY").toReal(), place);
        screen.click(QStringLiteral("newText"));
        QVERIFY(distanceToEnd(view) < 2);
        QVERIFY(!screen.item(QStringLiteral("newText")));
        QTRY_VERIFY(view->property("contentHeight").toReal() > height + 90);
        QVERIFY(distanceToEnd(view) < 2);
    }
}

void tst_Chat::copiesAMessage()
{
    Screen screen(chat());
    ask(screen, "rain?");
    QTRY_VERIFY(answer(screen).size() > 20);
    QTest::keyClick(screen.window(), Qt::Key_Escape);
    QGuiApplication::clipboard()->clear();
    screen.click(QStringLiteral("copyLast"));
    QCOMPARE(QGuiApplication::clipboard()->text(), answer(screen));
    screen.click(QStringLiteral("copyQuestion"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("rain?"));
    QGuiApplication::clipboard()->clear();
    screen.click(QStringLiteral("message"));
    QTest::keySequence(screen.window(), QKeySequence(QKeySequence::Copy));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("rain?"));
}

void tst_Chat::readsOutTheFinishedAnswer()
{
    Screen screen(chat());
    ask(screen, "rain?");
    QTRY_VERIFY(answer(screen).size() > 20);
    QQuickItem *bubble = bubbleOf(screen.item(QStringLiteral("lastMessage")));
    QCOMPARE(accessibleName(bubble), QStringLiteral("The answer is being written"));
    QTest::keyClick(screen.window(), Qt::Key_Escape);
    QCOMPARE(accessibleName(bubble), QStringLiteral("Answer: ") + answer(screen));
}

void tst_Chat::showsLongTextsCompletely()
{
    Screen screen(chat());
    ask(screen, "rain?");
    QVERIFY(waitUntilDone(screen));
    QQuickItem *message = screen.item(QStringLiteral("lastMessage"));
    const auto parts = [&] {
        QStringList result;
        for (const QQuickItem *child : message->childItems()) {
            if (child->inherits("QQuickText"))
                result.append(child->property("text").toString());
        }
        return result;
    };
    for (const char *end : {"\n\n", "\n", " ", "", "\U0001F600"}) {
        QString text;
        while (text.size() < 12000) {
            text += QStringLiteral("word%1").arg(text.size());
            text += text.size() % 7 == 0 ? QString::fromUtf8(end) : QString(text.size() % 2, u'-');
            if (text.size() % 16 == 0)
                message->setProperty("text", text); // it grows
        }
        message->setProperty("text", text);
        QVERIFY(parts().size() > 3);
        // What is between two parts is their line end, one character of it or none.
        const QString joined = parts().join(QString());
        const auto plain = [](QString words) {
            static const QRegularExpression white(QStringLiteral("\\s"));
            return words.remove(white);
        };
        QCOMPARE(plain(joined), plain(text));
        for (const QString &part : parts())
            QVERIFY(part.size() <= 3000 && part.isValidUtf16());
        message->setProperty("text", QString());
        QCOMPARE(parts().join(QString()), QString());
    }
}

void tst_Chat::isOffWithoutAServer()
{
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options = chat();
    options.url = other.url();
    Screen screen(options);
    QVERIFY(!screen.item(QStringLiteral("composer"))->isEnabled());
    QVERIFY(!screen.item(QStringLiteral("suggestion0"))->isEnabled());
    QVERIFY(!screen.item(QStringLiteral("fault0")));
    QVERIFY(screen.text(QStringLiteral("introduction")).contains(QStringLiteral("--chat-url")));
}

void tst_Chat::usesAnotherServer()
{
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options = chat();
    options.chatUrl = other.address(QStringLiteral("/v1/chat/completions"));
    {
        Screen screen(options);
        QVERIFY(!screen.item(QStringLiteral("fault0"))); // who knows how it takes them
        screen.click(QStringLiteral("suggestion1"));
        QTRY_VERIFY(!answer(screen).isEmpty());
    }
    // What it says in plain text, too.
    options.chatUrl = other.address(QStringLiteral("/nothing"));
    Screen screen(options);
    screen.click(QStringLiteral("suggestion1"));
    QVERIFY(waitUntilDone(screen));
    QVERIFY(screen.text(QStringLiteral("note"))
                    .startsWith(QStringLiteral("There is nothing at this path.")));
}

void tst_Chat::fitsEverySize_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("scheme");

    for (const QSize &size : {QSize(360, 640), QSize(1280, 800), QSize(3840, 2160)}) {
        for (const char *scheme : {"light", "dark"}) {
            QTest::addRow("%dx%d %s", size.width(), size.height(), scheme)
                    << size << QString::fromLatin1(scheme);
        }
    }
}

void tst_Chat::fitsEverySize()
{
    QFETCH(QSize, size);
    QFETCH(QString, scheme);
    Options options = chat(size);
    options.colorScheme = scheme;
    Screen screen(options);
    const auto check = [&] {
        screen.window()->grabWindow(); // lets the layouts settle
        for (QQuickItem *item : screen.items()) {
            if (item->width() <= 0 || item->height() <= 0 || !item->inherits("QQuickText"))
                continue;
            const qreal left = item->mapToScene({}).x();
            const QString text = item->property("text").toString();
            QVERIFY2(left >= 0 && left + item->width() <= size.width(), qPrintable(text));
            QVERIFY2(!item->property("truncated").toBool(), qPrintable(text));
            QVERIFY2(item->property("contentWidth").toReal() <= item->width() + 1,
                     qPrintable(text));
            QVERIFY2(item->property("contentHeight").toReal() <= item->height() + 1,
                     qPrintable(text));
        }
        // Nothing lies on something else.
        QList<QRectF> places;
        for (const char *name : {"scheme", "modelName", "newConversation", "token", "useToken",
                                 "note", "composer", "send"}) {
            const QQuickItem *item = screen.item(QLatin1String(name));
            if (!item)
                continue;
            const QRectF place(item->mapToScene({}), item->size());
            QVERIFY2(QRectF(QPointF(), size).contains(place), name);
            for (const QRectF &other : std::as_const(places))
                QVERIFY2(!place.intersects(other), name);
            places.append(place);
        }
    };
    check();
    screen.click(QStringLiteral("fault0"));
    QTRY_VERIFY(!screen.text(QStringLiteral("note")).isEmpty());
    check();
}

QTEST_MAIN(tst_Chat)
#include "tst_chat.moc"
