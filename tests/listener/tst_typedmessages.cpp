// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceJson>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceSubscription>

#include <QtCore/qjsonobject.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qthread.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

struct Step
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString status MEMBER status)

public:
    QString name;
    QString status;
};

class Build
{
    Q_GADGET
    Q_PROPERTY(quint64 id READ id WRITE setId)
    Q_PROPERTY(QString state MEMBER state)
    Q_PROPERTY(QList<Step> steps READ steps WRITE setSteps)
    Q_PROPERTY(double load MEMBER load)

public:
    quint64 id() const { return m_id; }
    void setId(quint64 id)
    {
        m_id = id;
        ++readCount;
        if (onRead)
            onRead();
    }
    QList<Step> steps() const { return m_steps; }
    void setSteps(const QList<Step> &steps) { m_steps = steps; }

    QString state;
    double load = 0;
    static inline int readCount = 0;
    static inline std::function<void()> onRead;

private:
    quint64 m_id = 0;
    QList<Step> m_steps;
};

struct Alert
{
    Q_GADGET
    Q_PROPERTY(QString text MEMBER text REQUIRED)

public:
    QString text;
};

class Window : public QObject
{
    Q_OBJECT

public:
    void showBuild(const Build &build) { shown.append(build.state); }
    void showEvent(const Build &build, const EventSourceEvent &event)
    {
        shown.append(build.state + u'/' + event.type());
    }
    QStringList shown;
};

// Messages of a stream as values of C++ types.
class tst_TypedMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void readGadgets();
    void callMemberFunctions();
    void goToTheReceiversOfTheirType();
    void comeInTheOrderOfTheirCreation();
    void areReadOnce();
    void areNotReadWhenNobodyWantsThem();
    void reportMismatches();
    void reportAMismatchOnce();
    void warnOnceWithoutThePayload();
    void keepTheDigitsOfTheText_data();
    void keepTheDigitsOfTheText();
    void takeIntegersThatADoubleHolds_data();
    void takeIntegersThatADoubleHolds();
    void endWithTheConnection();
    void endWithTheContext();
    void handlersDoAnything_data();
    void handlersDoAnything();
    void reachOtherThreads();
    void takeFunctionsThatOnlyMove();
    void needAContext();
    void readTheTextOfAFormat();
    void areNotDeliveredWhenASetterDeletesTheListener();

private:
    bool awaitLog(const QStringList &expected);
    qsizetype receiverCount() const;

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<EventSourceListener> m_listener;
    std::unique_ptr<QObject> m_context;
    QStringList m_log;
};

void tst_TypedMessages::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_listener = std::make_unique<EventSourceListener>(m_server->url());
    m_context = std::make_unique<QObject>();
    m_log.clear();
    Build::readCount = 0;
}

void tst_TypedMessages::cleanup()
{
    m_context.reset();
    m_listener.reset();
    m_server.reset();
}

bool tst_TypedMessages::awaitLog(const QStringList &expected)
{
    (void)QTest::qWaitFor([&] { return m_log.size() >= expected.size(); });
    if (m_log != expected)
        qWarning() << m_log;
    return m_log == expected;
}

// What the listener keeps for them.
qsizetype tst_TypedMessages::receiverCount() const
{
    const QObjectList children = m_listener->children();
    return std::count_if(children.begin(), children.end(), [](const QObject *child) {
        return child->inherits("EventSourcePrivate::TypedReceiver");
    });
}

void tst_TypedMessages::readGadgets()
{
    m_listener->onMessage<Build>(m_context.get(), [this](const Build &build) {
        m_log.append(u"%1 %2 %3"_s.arg(build.id()).arg(build.state, build.steps().value(1).status));
    });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"id\":7,\"state\":\"failed\",\"steps\":[{\"name\":\"a\"},"
                         "{\"status\":\"bad\"}],\"other\":null}\n\n");
    QVERIFY(awaitLog({u"7 failed bad"_s}));
}

void tst_TypedMessages::callMemberFunctions()
{
    Window window;
    m_listener->onMessage<Build>(&window, &Window::showBuild);
    m_listener->onMessage<Build>("build", &window, &Window::showEvent);
    m_listener->onMessage<Build>(&window, [this](const Build &, const EventSourceEvent &event) {
        m_log.append(event.lastEventId());
    });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("id: 5\nevent: build\ndata: {\"state\":\"ok\"}\n\n");
    QVERIFY(awaitLog({u"5"_s}));
    QCOMPARE(window.shown, QStringList({u"ok"_s, u"ok/build"_s}));
}

void tst_TypedMessages::goToTheReceiversOfTheirType()
{
    const auto log = [this](const QString &name) {
        return [this, name](const auto &) { m_log.append(name); };
    };
    m_listener->onMessage<Build>("build", m_context.get(), log(u"build"_s));
    m_listener->onMessage<Alert>(u"alert"_s, m_context.get(), log(u"alert"_s));
    m_listener->onMessage<QJsonObject>({u"alert"_s, u"other"_s}, m_context.get(), log(u"two"_s));
    m_listener->onMessage<QJsonValue>({u"other"_s}, m_context.get(), log(u"list of one"_s));
    m_listener->onMessage<QJsonValue>(m_context.get(), log(u"all"_s));
    QSignalSpy parseErrors(m_listener.get(), &EventSourceListener::parseError);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: build\ndata: {}\n\nevent: alert\ndata: {\"text\":\"\"}\n\n"
                         "event: other\ndata: {}\n\ndata: 1\n\n");
    QVERIFY(awaitLog({u"build"_s, u"all"_s, u"alert"_s, u"two"_s, u"all"_s, u"two"_s,
                      u"list of one"_s, u"all"_s, u"all"_s}));
    QCOMPARE(parseErrors.count(), 0);
}

void tst_TypedMessages::comeInTheOrderOfTheirCreation()
{
    m_listener->onMessage<Build>(m_context.get(), [this](const Build &) { m_log.append(u"1"_s); });
    EventSourceSubscription subscription(m_listener.get());
    connect(&subscription, &EventSourceSubscription::message, this,
            [this] { m_log.append(u"2"_s); });
    m_listener->onMessage<Build>(m_context.get(), [this](const Build &) { m_log.append(u"3"_s); });
    connect(m_listener.get(), &EventSourceListener::message, this,
            [this] { m_log.append(u"listener"_s); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {}\n\n");
    QVERIFY(awaitLog({u"listener"_s, u"1"_s, u"2"_s, u"3"_s}));
}

void tst_TypedMessages::areReadOnce()
{
    for (int i = 0; i < 5; ++i) {
        m_listener->onMessage<Build>(m_context.get(), [this](const Build &build) {
            m_log.append(QString::number(build.id()));
        });
    }
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"id\":1}\n\ndata: {\"id\":2}\n\n");
    QVERIFY(awaitLog(
            {u"1"_s, u"1"_s, u"1"_s, u"1"_s, u"1"_s, u"2"_s, u"2"_s, u"2"_s, u"2"_s, u"2"_s}));
    QCOMPARE(Build::readCount, 2);
}

// What is not decoded gives no parse error.
void tst_TypedMessages::areNotReadWhenNobodyWantsThem()
{
    const auto connection = m_listener->onMessage<Build>(
            "build", m_context.get(), [this](const Build &) { m_log.append(u"build"_s); });
    m_listener->onMessage<Alert>("alert", m_context.get(),
                                 [this](const Alert &) { m_log.append(u"alert"_s); });
    QSignalSpy parseErrors(m_listener.get(), &EventSourceListener::parseError);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("event: other\ndata: {broken\n\nevent: build\ndata: {\"id\":1}\n\n");
    QVERIFY(awaitLog({u"build"_s}));
    QCOMPARE(parseErrors.count(), 0);
    QCOMPARE(Build::readCount, 1);

    QVERIFY(disconnect(connection));
    exchange->sendChunk("event: build\ndata: {broken\n\nevent: build\ndata: {\"id\":2}\n\n"
                        "event: alert\ndata: {\"text\":\"\"}\n\n");
    QVERIFY(awaitLog({u"build"_s, u"alert"_s}));
    QCOMPARE(parseErrors.count(), 0);
    QCOMPARE(Build::readCount, 1);
}

void tst_TypedMessages::reportMismatches()
{
    connect(m_listener.get(), &EventSourceListener::parseError, this,
            [this](const EventSourceEvent &event, const QString &message) {
                m_log.append(event.lastEventId() + u' ' + message);
            });
    QSignalSpy messages(m_listener.get(), &EventSourceListener::message);
    m_listener->onMessage<Build>(m_context.get(), [this](const Build &build) {
        m_log.append(u"build "_s + build.state);
    });
    m_listener->onMessage<QJsonValue>(m_context.get(),
                                      [this](const QJsonValue &) { m_log.append(u"json"_s); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: {\"steps\":[{},{},{\"status\":3}],\"state\":\"a\"}\n\n"
                         "id: 2\ndata: {\"state\":\"b\"}\n\nid: 3\ndata:\n\n");
    QVERIFY(awaitLog({u"1 $.steps[2].status: expected a string, found a number"_s, u"json"_s,
                      u"build b"_s, u"json"_s, u"3 $: expected an object, found no value"_s,
                      u"json"_s}));
    QCOMPARE(messages.count(), 3);
    QCOMPARE(m_listener->lastEventId(), u"3"_s);
    QCOMPARE(m_listener->status(), EventSourceListener::Open);
}

// However many fields differ, and however many receivers want the type. Another type has mismatches of
// its own.
void tst_TypedMessages::reportAMismatchOnce()
{
    connect(m_listener.get(), &EventSourceListener::parseError, this,
            [this](const EventSourceEvent &event, const QString &message) {
                m_log.append(event.lastEventId() + u' ' + message);
            });
    for (int i = 0; i < 3; ++i) {
        m_listener->onMessage<Build>(m_context.get(),
                                     [this](const Build &) { m_log.append(u"build"_s); });
    }
    m_listener->onMessage<Alert>(m_context.get(), [this](const Alert &) { m_log.append(u"a"_s); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    const QByteArray wrong = "data: {\"state\":1,\"load\":\"\",\"text\":[]}\n\n";
    exchange->sendStream("id: 1\n" + wrong + "id: 2\n" + wrong);
    const QString state = u" $.state: expected a string, found a number"_s;
    const QString text = u" $.text: expected a string, found an array"_s;
    QVERIFY(awaitLog({u'1' + state, u'1' + text, u'2' + state, u'2' + text}));
}

void tst_TypedMessages::warnOnceWithoutThePayload()
{
    m_listener->onMessage<QMap<QString, QUrl>>(m_context.get(),
                                               [this](const auto &) { m_log.append(u"read"_s); });
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(uR"(\$\[\*\]: expected a URL\. Handle parseError)"_s));
    QTest::failOnWarning(QRegularExpression(u"secret"_s));
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"secret\":\"http://secret:x\"}\n\n"
                         "data: {\"secret\":\"http://secret:x\"}\n\ndata: {}\n\n");
    QVERIFY(awaitLog({u"read"_s}));
}

void tst_TypedMessages::keepTheDigitsOfTheText_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *number, const char *expected = nullptr) {
        QTest::newRow(number) << QByteArray(number)
                              << QString::fromLatin1(expected ? expected : number);
    };
    row("9007199254740993");
    row("9223372036854775807");
    row("9223372036854775809");
    row("18446744073709551615");
    row("1844674407370955161.5e1", "18446744073709551615");
    row("9007199254740993.0", "9007199254740993");
    row("9007199254740993e0", "9007199254740993");
    row("18446744073709551616",
        "$.id: expected an integer from 0 to 18446744073709551615, found 18446744073709551616");
    row("9007199254740993.5", "$.id: expected an integer, found 9007199254740993.5");
    row("-9223372036854775808",
        "$.id: expected an integer from 0 to 18446744073709551615, found -9223372036854775808");
}

void tst_TypedMessages::keepTheDigitsOfTheText()
{
    QFETCH(QByteArray, number);
    QFETCH(QString, expected);
    connect(m_listener.get(), &EventSourceListener::parseError, this,
            [this](const EventSourceEvent &, const QString &message) { m_log.append(message); });
    m_listener->onMessage<Build>(m_context.get(), [this](const Build &build) {
        m_log.append(QString::number(build.id()));
    });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    // The last member with a name counts.
    exchange->sendStream(
            "data: {\"a\": [{\"id\":1}, \"\\\"id\\\":2\"], \"id\":3, \"i\\u0064\" :\ndata: "
            + number + " , \"state\":\"\"}\n\n");
    QVERIFY(awaitLog({expected}));
}

void tst_TypedMessages::takeIntegersThatADoubleHolds_data()
{
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<bool>("isHeld");
    QTest::newRow("2^53") << "9007199254740992"_ba << true;
    QTest::newRow("2^53 + 1") << "9007199254740993"_ba << false;
    QTest::newRow("-2^53 - 1") << "-9007199254740993"_ba << false;
    QTest::newRow("2^64") << "18446744073709551616"_ba << true;
    QTest::newRow("2^64 + 1") << "18446744073709551617"_ba << false;
    QTest::newRow("2^64, by JavaScript") << "18446744073709552000"_ba << true;
    QTest::newRow("10^17 + 16, by JavaScript") << "100000000000000020"_ba << true;
    QTest::newRow("-10^17 - 16, by JavaScript") << "-100000000000000020"_ba << true;
    QTest::newRow("10^17 + 17") << "100000000000000017"_ba << false;
    QTest::newRow("10^25") << "10000000000000000905969664"_ba << true;
    QTest::newRow("a fraction") << "9007199254740993.5"_ba << true;
    QTest::newRow("an exponent") << "1.8446744073709551617e19"_ba << true;
}

void tst_TypedMessages::takeIntegersThatADoubleHolds()
{
    QFETCH(QByteArray, number);
    QFETCH(bool, isHeld);
    connect(m_listener.get(), &EventSourceListener::parseError, this,
            [this](const EventSourceEvent &, const QString &message) { m_log.append(message); });
    m_listener->onMessage<Build>(m_context.get(), [&](const Build &build) {
        m_log.append(build.load == number.toDouble() ? u"held"_s : u"another"_s);
    });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"load\":" + number + "}\n\n");
    const QString mismatch =
            u"$.load: expected a number that a double holds, found "_s + QLatin1String(number);
    QVERIFY(awaitLog({isHeld ? u"held"_s : mismatch}));
}

void tst_TypedMessages::endWithTheConnection()
{
    const auto connection = m_listener->onMessage<Build>(
            m_context.get(), [this](const Build &build) { m_log.append(build.state); });
    QVERIFY(connection);
    connect(m_listener.get(), &EventSourceListener::message, this,
            [this] { m_log.append(u"message"_s); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"state\":\"a\"}\n\n");
    QVERIFY(awaitLog({u"message"_s, u"a"_s}));
    const qsizetype receivers = receiverCount();
    QVERIFY(disconnect(connection));
    exchange->sendChunk("data: {\"state\":\"b\"}\n\n");
    QVERIFY(awaitLog({u"message"_s, u"a"_s, u"message"_s}));
    QTRY_COMPARE(receiverCount(), receivers - 1);
}

void tst_TypedMessages::endWithTheContext()
{
    m_listener->onMessage<Build>(m_context.get(), [this](const Build &build) {
        m_log.append(build.state);
        m_context.reset();
    });
    m_listener->onMessage<Build>(m_context.get(), [this](const Build &) { m_log.append(u"no"_s); });
    m_listener->onMessage<QJsonValue>(this, [this](const QJsonValue &) { m_log.append(u"j"_s); });
    const qsizetype receivers = receiverCount();
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"state\":\"a\",\"id\":1}\n\ndata: {\"id\":2}\n\n");
    QVERIFY(awaitLog({u"a"_s, u"j"_s, u"j"_s}));
    QCOMPARE(Build::readCount, 1);
    QTRY_COMPARE(receiverCount(), receivers - 2);
}

void tst_TypedMessages::handlersDoAnything_data()
{
    using Action = std::function<void(tst_TypedMessages *)>;
    QTest::addColumn<Action>("action");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("stop") << Action([](auto *t) { t->m_listener->stopListening(); })
                          << QStringList {u"first 1"_s};
    QTest::newRow("restart") << Action([](auto *t) { t->m_listener->restart(); })
                             << QStringList {u"first 1"_s};
    QTest::newRow("delete the listener")
            << Action([](auto *t) { t->m_listener.reset(); }) << QStringList {u"first 1"_s};
    QTest::newRow("delete the context") << Action([](auto *t) { t->m_context.reset(); })
                                        << QStringList {u"first 1"_s, u"second 1"_s, u"second 2"_s};
    QTest::newRow("add a receiver") << Action([](auto *t) {
        t->m_listener->template onMessage<Build>(
                t, [t](const Build &build) { t->m_log.append(u"new %1"_s.arg(build.id())); });
    }) << QStringList {u"first 1"_s, u"second 1"_s, u"first 2"_s, u"second 2"_s, u"new 2"_s};
}

void tst_TypedMessages::handlersDoAnything()
{
    QFETCH(std::function<void(tst_TypedMessages *)>, action);
    QFETCH(QStringList, expected);
    m_listener->onMessage<Build>(m_context.get(), [this, action](const Build &build) {
        m_log.append(u"first %1"_s.arg(build.id()));
        if (build.id() == 1)
            action(this);
    });
    m_listener->onMessage<Build>(
            this, [this](const Build &build) { m_log.append(u"second %1"_s.arg(build.id())); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"id\":1}\n\ndata: {\"id\":2}\n\n");
    QVERIFY(awaitLog(expected));
    if (!m_listener || expected.size() == 1)
        QTRY_VERIFY(!exchange->isConnected());
    QCOMPARE(m_log, expected);
}

void tst_TypedMessages::reachOtherThreads()
{
    QThread thread;
    QObject context;
    context.moveToThread(&thread);
    thread.start();
    QThread *called = nullptr;
    QString state;
    std::atomic<int> count = 0;
    m_listener->onMessage<Build>(&context, [&](const Build &build) {
        called = QThread::currentThread();
        state = build.state;
        ++count;
    });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"state\":\"a\"}\n\ndata: {\"state\":\"b\"}\n\n");
    QTRY_COMPARE(count.load(), 2);
    thread.quit();
    QVERIFY(thread.wait());
    QCOMPARE(called, &thread);
    QCOMPARE(state, u"b"_s);
}

void tst_TypedMessages::takeFunctionsThatOnlyMove()
{
    auto pointer = std::make_unique<int>(3);
    m_listener->onMessage<int>(m_context.get(),
                               [this, pointer = std::move(pointer)](int number) mutable {
                                   *pointer += number;
                                   m_log.append(QString::number(*pointer));
                               });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\ndata: 2\n\n");
    QVERIFY(awaitLog({u"4"_s, u"6"_s}));
}

void tst_TypedMessages::needAContext()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"onMessage\\(\\) needs a context"_s));
    QVERIFY(!m_listener->onMessage<int>(static_cast<QObject *>(nullptr), [](int) {}));
}

void tst_TypedMessages::readTheTextOfAFormat()
{
    m_listener->setFormat(EventSourceListener::Text);
    m_listener->onMessage<QString>(m_context.get(),
                                   [this](const QString &text) { m_log.append(text); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {plain\n\n");
    QVERIFY(awaitLog({u"{plain"_s}));
}

void tst_TypedMessages::areNotDeliveredWhenASetterDeletesTheListener()
{
    ScriptedServer server;
    auto listener = std::make_unique<EventSourceListener>(server.url());
    QObject context;
    int calls = 0;
    for (int i = 0; i < 2; ++i)
        listener->onMessage<Build>(&context, [&calls](const Build &) { ++calls; });
    Build::onRead = [&listener] { listener.reset(); };
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"id\":1}\n\n");
    QTRY_VERIFY(!listener);
    Build::onRead = {};
    QCOMPARE(calls, 0);
}

QTEST_GUILESS_MAIN(tst_TypedMessages)
#include "tst_typedmessages.moc"
