// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "screen.h"

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>

using namespace Qt::StringLiterals;

// The chat page, operated by a user, with the model that the embedded server plays.
class tst_Chat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void answersTokenByToken();
    void remembersTheConversation();
    void stopsAnAnswer_data();
    void stopsAnAnswer();
    void asksForAToken();
    void countsDownToTheNextAttempt();
    void saysThatAnAnswerWasCut();
    void writesByKeyboard();
    void copiesAnAnswer();
    void followsTheEnd();
    void startsAnew();
    void fits_data();
    void fits();

private:
    void show(QSize size = {}, const QString &colorScheme = {});
    void ask(const QString &text);
    QString message(int index) const { return m_screen->text(u"message%1"_s.arg(index)); }
    QString state() const { return m_screen->text(u"chatState"_s); }
    bool isAnswering() const { return m_screen->text(u"send"_s) == u"Stop"_s; }
    void type(const QString &text);

    std::unique_ptr<Screen> m_screen;
};

static QStringList warnings;

static void takeMessage(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type != QtDebugMsg && type != QtInfoMsg)
        warnings += text;
}

void tst_Chat::initTestCase()
{
    Dashboard::prepareEnvironment({});
}

void tst_Chat::init()
{
    warnings.clear();
    qInstallMessageHandler(takeMessage);
}

void tst_Chat::cleanup()
{
    m_screen.reset();
    qInstallMessageHandler(nullptr);
    QCOMPARE(warnings, QStringList());
}

void tst_Chat::show(QSize size, const QString &colorScheme)
{
    Options options;
    options.page = u"chat"_s;
    options.size = size;
    options.colorScheme = colorScheme;
    m_screen = std::make_unique<Screen>(options);
    QTRY_VERIFY(m_screen->item(u"prompt"_s));
}

void tst_Chat::type(const QString &text)
{
    for (const QChar c : text)
        QTest::keyClick(m_screen->window(), c.toLatin1());
}

void tst_Chat::ask(const QString &text)
{
    m_screen->item(u"prompt"_s)->forceActiveFocus(Qt::TabFocusReason);
    type(text);
    QTest::keyClick(m_screen->window(), Qt::Key_Return);
}

void tst_Chat::answersTokenByToken()
{
    show();
    m_screen->click(u"suggestion0"_s);
    QCOMPARE(message(0), u"What is a server-sent event?"_s);
    QSet<qsizetype> lengths;
    QTRY_VERIFY_WITH_TIMEOUT((lengths.insert(message(1).size()), !isAnswering()), patience);
    QVERIFY2(lengths.size() > 5, QByteArray::number(lengths.size()));
    QVERIFY(message(1).startsWith(u"A server-sent event is a few lines of text"_s));
    QVERIFY(message(1).endsWith(u"authentication work as for any other request."_s));
    QVERIFY2(state().contains(u"tokens/s"_s), qPrintable(state()));
    QVERIFY(!m_screen->item(u"note1"_s));
}

void tst_Chat::remembersTheConversation()
{
    show();
    ask(u"show me qml"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message(1).size() > 20 && !isAnswering(), patience);
    ask(u"and replay"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message(3).size() > 20 && !isAnswering(), patience);
    QVERIFY(message(3).endsWith(u"Before that you asked: “show me qml”"_s));
}

void tst_Chat::stopsAnAnswer_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("button") << false;
    QTest::newRow("Escape") << true;
}

void tst_Chat::stopsAnAnswer()
{
    QFETCH(bool, byKey);
    show();
    ask(u"show me qml"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message(1).size() > 20, patience);
    if (byKey)
        QTest::keyClick(m_screen->window(), Qt::Key_Escape);
    else
        m_screen->click(u"send"_s);
    QVERIFY(!isAnswering());
    const QString text = message(1);
    QVERIFY(text.size() < 200);
    QCOMPARE(m_screen->text(u"note1"_s), u"Stopped"_s);
    m_screen->click(u"again"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message(1).size() > 200 && !isAnswering(), patience);
    QVERIFY(message(1).startsWith(text.left(20)));
    QVERIFY(!m_screen->item(u"note1"_s));
    QVERIFY(!m_screen->item(u"message2"_s));
}

void tst_Chat::asksForAToken()
{
    show();
    m_screen->click(u"suggestion5"_s);
    QTRY_COMPARE_WITH_TIMEOUT(state(),
                              u"You did not provide an access token. Enter a token, and the "
                              "question is sent again."_s,
                              patience);
    m_screen->click(u"token"_s);
    type(u"secret"_s);
    QVERIFY(state().startsWith(u"You did not"_s)); // not with each character
    QCOMPARE(m_screen->item(u"token"_s)->property("displayText").toString().count(u's'), 0);
    QTest::keyClick(m_screen->window(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(message(1).size() > 20 && !isAnswering(), patience);
}

void tst_Chat::countsDownToTheNextAttempt()
{
    show();
    m_screen->click(u"suggestion6"_s);
    QSet<QString> states;
    QTRY_VERIFY_WITH_TIMEOUT((states.insert(state()), message(1).size() > 20), patience);
    int seconds = 0;
    for (const QString &each : std::as_const(states))
        seconds += each.startsWith(u"You have reached your token limit. Next attempt in "_s);
    QVERIFY2(seconds >= 2, qPrintable(QStringList(states.values()).join(u'\n')));
}

void tst_Chat::saysThatAnAnswerWasCut()
{
    show();
    m_screen->click(u"suggestion4"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_screen->text(u"note1"_s), u"The answer was cut short"_s, patience);
    QVERIFY(!isAnswering());
    QVERIFY(message(1).size() > 20);
    QVERIFY(m_screen->item(u"again"_s));
}

void tst_Chat::writesByKeyboard()
{
    show();
    QVERIFY(!m_screen->item(u"send"_s)->isEnabled());
    type(u"one"_s);
    QTest::keyClick(m_screen->window(), Qt::Key_Return, Qt::ShiftModifier);
    type(u"two"_s);
    QCOMPARE(m_screen->text(u"prompt"_s), u"one\ntwo"_s);
    QTest::keyClick(m_screen->window(), Qt::Key_Tab);
    QTest::keyClick(m_screen->window(), Qt::Key_Space);
    QCOMPARE(message(0), u"one\ntwo"_s);
    QCOMPARE(m_screen->text(u"prompt"_s), QString());
    QVERIFY(m_screen->item(u"prompt"_s)->hasActiveFocus());
}

void tst_Chat::copiesAnAnswer()
{
    show();
    ask(u"hello"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message(1).size() > 20 && !isAnswering(), patience);
    m_screen->click(u"copy1"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(), message(1));
}

void tst_Chat::followsTheEnd()
{
    show({420, 480});
    QQuickItem *list = m_screen->item(u"messages"_s);
    for (int i = 0; i < 3; ++i) {
        ask(u"replay and so on"_s);
        QTRY_VERIFY_WITH_TIMEOUT(message(2 * i + 1).size() > 20 && !isAnswering(), patience);
    }
    QTRY_VERIFY(list->property("atYEnd").toBool());
    QVERIFY(!m_screen->item(u"newText"_s));

    list->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_screen->window(), Qt::Key_PageUp);
    QVERIFY(!list->property("atYEnd").toBool());
    QTRY_VERIFY(m_screen->item(u"newText"_s));
    m_screen->click(u"newText"_s);
    QTRY_VERIFY(list->property("atYEnd").toBool());
    QTRY_VERIFY(!m_screen->item(u"newText"_s));
}

void tst_Chat::startsAnew()
{
    show();
    ask(u"hello"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message(1).size() > 20, patience);
    m_screen->click(u"clearChat"_s);
    QVERIFY(!isAnswering());
    QVERIFY(!m_screen->item(u"message0"_s));
    QVERIFY(m_screen->item(u"suggestion0"_s));
    QCOMPARE(state(), QString());
}

void tst_Chat::fits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("colorScheme");
    QTest::newRow("phone, light") << QSize(360, 640) << u"light"_s;
    QTest::newRow("window, dark") << QSize(1280, 800) << u"dark"_s;
    QTest::newRow("large, light") << QSize(2560, 1440) << u"light"_s;
}

// Nothing of the page is outside of the window, before, during and after an answer.
void tst_Chat::fits()
{
    QFETCH(QSize, size);
    QFETCH(QString, colorScheme);
    show(size, colorScheme);
    const auto check = [&] {
        for (const QString &name :
             {u"prompt"_s, u"send"_s, u"token"_s, u"model"_s, u"clearChat"_s, u"messages"_s}) {
            const QQuickItem *item = m_screen->item(name);
            QVERIFY2(item, qPrintable(name));
            const QRectF place = item->mapRectToScene(item->boundingRect());
            QVERIFY2(QRectF({}, size).contains(place), qPrintable(name));
        }
    };
    check();
    m_screen->click(u"suggestion1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message(1).size() > 20, patience);
    check();
    QTRY_VERIFY_WITH_TIMEOUT(!isAnswering(), patience);
    check();
    const QQuickItem *bubble = m_screen->item(u"message1"_s);
    QVERIFY(bubble->mapRectToScene(bubble->boundingRect()).right() <= size.width());
}

QTEST_MAIN(tst_Chat)
#include "tst_chat.moc"
