// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "managerfactory.h"
#include "scriptedserver.h"
#include "testauthority.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qmutex.h>
#include <QtCore/qprocess.h>
#include <QtCore/qsemaphore.h>
#include <QtCore/qthread.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qauthenticator.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtTest/qtest.h>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

using Peer = ThreadedServer::Peer;

namespace {

// What Qt and the library print, from any thread, while this exists.
class Printed
{
public:
    Printed()
    {
        s_lines.clear();
        m_before = qInstallMessageHandler(
                [](QtMsgType, const QMessageLogContext &, const QString &line) {
                    const QMutexLocker lock(&s_mutex);
                    s_lines.append(line);
                });
    }
    ~Printed() { qInstallMessageHandler(m_before); }
    Q_DISABLE_COPY_MOVE(Printed)

    QStringList lines() const
    {
        const QMutexLocker lock(&s_mutex);
        return s_lines;
    }

private:
    inline static QMutex s_mutex;
    inline static QStringList s_lines;
    QtMessageHandler m_before;
};

void runLoop(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

// The same without a loop that anybody could see, as a progress dialog does it.
void processEvents(int milliseconds)
{
    QDeadlineTimer deadline(milliseconds);
    QTimer wakeUp; // for the deadline
    wakeUp.start(10);
    while (!deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

// In an event loop, as the application's own: those of slots are nested in it.
template <typename Condition>
bool waitInLoop(Condition condition)
{
    QEventLoop loop;
    QTimer deadline;
    QObject::connect(&deadline, &QTimer::timeout, &loop, [&] { loop.exit(1); });
    deadline.start(20000);
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.exit(0);
    });
    look.start(5);
    return loop.exec() == 0;
}

// Its managers call a function from a slot of one of their signals.
class SlotFactory : public QQmlNetworkAccessManagerFactory
{
public:
    enum Signal { AuthenticationRequired, SslErrors, Finished };

    SlotFactory(Signal signal, std::function<void()> function)
        : m_signal(signal), m_function(std::move(function))
    {
    }

    QNetworkAccessManager *create(QObject *parent) override
    {
        auto *manager = new QNetworkAccessManager(parent);
        switch (m_signal) {
        case AuthenticationRequired:
            QObject::connect(manager, &QNetworkAccessManager::authenticationRequired, manager,
                             m_function);
            break;
        case SslErrors:
            QObject::connect(manager, &QNetworkAccessManager::sslErrors, manager, m_function);
            break;
        case Finished:
            QObject::connect(manager, &QNetworkAccessManager::finished, manager, m_function);
            break;
        }
        return manager;
    }

private:
    const Signal m_signal;
    const std::function<void()> m_function;
};

} // namespace

// Applications as people write them.
class tst_Applications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void movesToAnotherThreadWhileClosed();
    void survivesSlotsOfTheFactorysManagers_data();
    void survivesSlotsOfTheFactorysManagers();
    void usesWhatADialogAskedFor();
    void printsNothingAtExit_data();
    void printsNothingAtExit();
    void printsNothingWhereHandlersStopOrRestart_data();
    void printsNothingWhereHandlersStopOrRestart();

private:
    TestAuthority m_authority;
    TestAuthority::Identity m_identity;
};

void tst_Applications::initTestCase()
{
    QVERIFY2(m_authority.create(), qPrintable(m_authority.problem()));
    m_identity = m_authority.issue(u"unknown"_s, u"IP:127.0.0.1"_s);
    QVERIFY2(m_authority.problem().isEmpty(), qPrintable(m_authority.problem()));
}

// Started, stopped, moved, started there, and so on.
void tst_Applications::movesToAnotherThreadWhileClosed()
{
    ThreadedServer server([](Peer &peer) {
        peer.readRequest();
        peer.sendHead();
        peer.sendChunk("data: 1\n\n");
        peer.awaitClose();
    });
    const Printed printed;
    QThread thread;
    thread.start();
    QThread *const home = QThread::currentThread();
    for (int round = 0; round < 200; ++round) {
        auto listener = std::make_unique<EventSourceListener>();
        std::atomic<int> received = 0;
        connect(listener.get(), &EventSourceListener::message, listener.get(),
                [&received] { ++received; });
        listener->setUrl(server.url());
        listener->startListening();
        QVERIFY(waitFor([&] { return received == 1; }));
        listener->stopListening();
        listener->moveToThread(&thread);
        QMetaObject::invokeMethod(listener.get(), &EventSourceListener::startListening);
        QVERIFY(waitFor([&] { return received == 2; }));
        const bool comesBack = round % 2 == 0;
        QMetaObject::invokeMethod(
                listener.get(),
                [&] {
                    if (comesBack) {
                        listener->stopListening();
                        listener->moveToThread(home);
                    } else {
                        listener.reset();
                    }
                },
                Qt::BlockingQueuedConnection);
        if (comesBack) {
            listener->startListening();
            QVERIFY(waitFor([&] { return received == 3; }));
        }
    }
    thread.quit();
    thread.wait();
    QCOMPARE(printed.lines().join(u'\n'), QString());
}

void tst_Applications::survivesSlotsOfTheFactorysManagers_data()
{
    QTest::addColumn<SlotFactory::Signal>("signal");
    QTest::addColumn<QString>("action");
    const struct
    {
        const char *name;
        SlotFactory::Signal signal;
    } sources[] = {{"authenticationRequired", SlotFactory::AuthenticationRequired},
                   {"sslErrors", SlotFactory::SslErrors},
                   {"finished", SlotFactory::Finished}};
    for (const auto &source : sources) {
        for (const char *action : {"stop",
                                   "delete",
                                   "restart",
                                   "loop",
                                   "loop, stop",
                                   "loop, delete",
                                   "loop, restart",
                                   "stop, loop",
                                   "delete, loop",
                                   "restart, loop",
                                   "events",
                                   "events, stop",
                                   "events, delete",
                                   "events, restart",
                                   "stop, events",
                                   "delete, events",
                                   "restart, events",
                                   "soon stop, events",
                                   "soon delete, events",
                                   "soon restart, events",
                                   "soon delete, loop"})
            QTest::addRow("%s: %s", source.name, action)
                    << source.signal << QString::fromLatin1(action);
    }
}

// A loop, as a dialog runs it, takes longer than every timeout of the stream.
void tst_Applications::survivesSlotsOfTheFactorysManagers()
{
    QFETCH(SlotFactory::Signal, signal);
    QFETCH(QString, action);
    ScriptedServer server;
    if (signal == SlotFactory::SslErrors)
        server.setSslConfiguration(m_identity.sslConfiguration());
    server.setHandler([signal](Exchange *exchange) {
        if (signal == SlotFactory::AuthenticationRequired)
            exchange->sendAnswer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"all\"\r\n");
        else
            exchange->sendAnswer("200 OK", "Content-Type: text/event-stream\r\n", "data: 1\n\n");
    });
    std::unique_ptr<EventSourceListener> listener;
    int entered = 0;
    int left = 0;
    std::function<void(const QString &)> take;
    take = [&](const QString &step) {
        if (step.startsWith("soon "_L1))
            QTimer::singleShot(0, this, [&take, step] { take(step.sliced(5)); });
        else if (step == "loop"_L1)
            runLoop(600);
        else if (step == "events"_L1)
            processEvents(300);
        else if (step == "delete"_L1)
            listener.reset();
        else if (listener && step == "stop"_L1)
            listener->stopListening();
        else if (listener)
            listener->restart();
    };
    SlotFactory factory(signal, [&] {
        if (++entered > 1)
            return;
        const QStringList steps = action.split(u", "_s);
        for (const QString &step : steps)
            take(step);
        ++left;
    });
    const Printed printed;
    listener = std::make_unique<EventSourceListener>();
    listener->setNetworkAccessManagerFactory(&factory);
    listener->setConnectTimeout(200);
    listener->setResponseTimeout(200);
    listener->setIdleTimeout(200);
    listener->reconnect()->setInitialDelay(100);
    int afterStop = 0;
    const auto count = [&] { afterStop += listener && !listener->isActive(); };
    connect(listener.get(), &EventSourceListener::opened, this, count);
    connect(listener.get(), &EventSourceListener::message, this, count);
    listener->setUrl(server.url());
    // An application may have no loop but these turns.
    const auto wait = [&](const std::function<bool()> &condition) {
        return action.contains("events"_L1) ? waitFor(condition) : waitInLoop(condition);
    };
    QVERIFY(wait([&] { return left == 1; }));
    if (listener && listener->isActive()) { // it continues, by itself or on request
        const int before = entered;
        listener->restart();
        QVERIFY(wait([&] { return entered > before; }));
    }
    // What is deleted a little later is deleted now.
    listener.reset();
    runLoop(100);
    QCOMPARE(afterStop, 0);
    QCOMPARE(printed.lines().join(u'\n'), QString());
}

// The dialog is open for less than what the stream may take, and then the stream begins.
void tst_Applications::usesWhatADialogAskedFor()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        if (exchange->header("Authorization").isEmpty())
            exchange->sendAnswer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"all\"\r\n");
        else
            exchange->sendStream("data: 1\n\n");
    });
    class DialogFactory : public QQmlNetworkAccessManagerFactory
    {
    public:
        QNetworkAccessManager *create(QObject *parent) override
        {
            auto *manager = new QNetworkAccessManager(parent);
            QObject::connect(manager, &QNetworkAccessManager::authenticationRequired, manager,
                             [](QNetworkReply *, QAuthenticator *authenticator) {
                                 runLoop(300);
                                 authenticator->setUser(u"user"_s);
                                 authenticator->setPassword(u"pa55"_s);
                             });
            return manager;
        }
    } factory;
    EventSourceListener listener;
    listener.setNetworkAccessManagerFactory(&factory);
    listener.setUrl(server.url());
    QVERIFY2(waitInLoop([&] { return listener.data() == QJsonValue(1); }),
             qPrintable(listener.errorString()));
    QCOMPARE(server.requestCount(), 2);
}

void tst_Applications::printsNothingAtExit_data()
{
    QTest::addColumn<QString>("when");
    QTest::newRow("open") << u"message"_s;
    QTest::newRow("connecting") << u"request"_s;
    QTest::newRow("waiting") << u"error"_s;
    QTest::newRow("stopped") << u"stop"_s;
}

// A listener that is a child of the application object is deleted when there is no application any
// more. It is in a program of its own; see main().
void tst_Applications::printsNothingAtExit()
{
    QFETCH(QString, when);
    ScriptedServer server;
    server.setHandler([when](Exchange *exchange) {
        if (when == "error"_L1)
            exchange->sendAnswer("503 Service Unavailable");
        else if (when != "request"_L1)
            exchange->sendStream("data: 1\n\n");
    });
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    // What QNAM's thread had not freed when its manager was deleted now and then is Qt's.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LSAN_OPTIONS"_s, u"detect_leaks=0"_s);
    program.setProcessEnvironment(environment);
    program.start(QCoreApplication::applicationFilePath(),
                  {u"--child"_s, server.url().toString(), when});
    QVERIFY(waitFor([&] { return program.state() == QProcess::NotRunning; }));
    QCOMPARE(program.readAll(), QByteArray());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(server.requestCount(), 1);
}

void tst_Applications::printsNothingWhereHandlersStopOrRestart_data()
{
    QTest::addColumn<QString>("signal");
    QTest::addColumn<bool>("restarts");
    for (const auto &signal : {u"opened"_s, u"message"_s, u"error"_s, u"status"_s}) {
        QTest::addRow("%s: stop and start", qPrintable(signal)) << signal << false;
        QTest::addRow("%s: restart", qPrintable(signal)) << signal << true;
    }
}

// The server ends and resets connections meanwhile, so that all kinds of news of them are under way.
void tst_Applications::printsNothingWhereHandlersStopOrRestart()
{
    QFETCH(QString, signal);
    QFETCH(bool, restarts);
    constexpr int rounds = 300;
    std::atomic<int> requests = 0;
    const bool onlyErrors = signal == "error"_L1;
    ThreadedServer server([&](Peer &peer) {
        while (!peer.readRequest().isEmpty()) {
            switch (++requests % (onlyErrors ? 3 : 6)) {
            case 0:
                peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nwhy");
                break;
            case 1:
                return;
            case 2:
                peer.resetOnClose();
                return;
            case 3:
                peer.sendHead();
                peer.sendChunk("data: 1\n\n");
                peer.resetOnClose();
                return;
            case 4:
                peer.sendHead();
                peer.sendChunk("data: 1\n\n");
                peer.send("5\r\nda");
                return;
            case 5:
                peer.sendHead();
                peer.sendChunk("data: 1\n\n");
                peer.send("0\r\n\r\n");
                break;
            }
        }
    });
    const Printed printed;
    EventSourceListener listener;
    const auto again = [&] {
        if (restarts) {
            listener.restart();
        } else {
            listener.stopListening();
            listener.startListening();
        }
    };
    if (signal == "opened"_L1)
        connect(&listener, &EventSourceListener::opened, this, again);
    else if (signal == "message"_L1)
        connect(&listener, &EventSourceListener::message, this, again);
    else if (signal == "error"_L1)
        connect(&listener, &EventSourceListener::error, this, again);
    else
        connect(&listener, &EventSourceListener::statusChanged, this, [&] {
            if (listener.status() == EventSourceListener::Open)
                again();
        });
    // What the handler does not end ends here.
    QTimer prodding;
    connect(&prodding, &QTimer::timeout, this, [&] {
        if (listener.status() != EventSourceListener::Connecting)
            listener.restart();
    });
    prodding.start(5);
    listener.setUrl(server.url());
    QVERIFY(waitFor([&] { return requests >= rounds; }));
    listener.stopListening();
    QCOMPARE(printed.lines().join(u'\n'), QString());
}

static int runChild(QCoreApplication &application, const QString &url, const QString &when)
{
    auto *listener = new EventSourceListener(QUrl(url), &application);
    const auto quit = [] { QCoreApplication::quit(); };
    if (when == "message"_L1)
        QObject::connect(listener, &EventSourceListener::message, &application, quit);
    else if (when == "error"_L1)
        QObject::connect(listener, &EventSourceListener::error, &application, quit);
    else if (when == "stop"_L1)
        QObject::connect(listener, &EventSourceListener::message, &application, [listener] {
            listener->stopListening();
            QCoreApplication::quit();
        });
    else
        QTimer::singleShot(500, &application, quit); // no answer comes
    return application.exec();
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--child"_L1)
        return runChild(application, arguments.value(2), arguments.value(3));
    tst_Applications test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_applications.moc"
