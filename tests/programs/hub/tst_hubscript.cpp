// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qprocess.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qstandardpaths.h>
#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <numeric>

#include <signal.h>

using namespace Qt::StringLiterals;

namespace {

// A program whose output is kept. It is asked to end before it is killed, so that a hub takes its
// nginx along.
class Process : public QProcess
{
public:
    ~Process() override
    {
        if (state() == NotRunning)
            return;
        terminate();
        if (!waitForFinished())
            kill();
        waitForFinished();
    }

    void run(const QString &program, const QStringList &arguments)
    {
        connect(this, &QProcess::readyReadStandardOutput, this,
                [this] { out += readAllStandardOutput(); });
        connect(this, &QProcess::readyReadStandardError, this,
                [this] { err += readAllStandardError(); });
        start(program, arguments);
    }
    bool hasEnded() const { return state() == NotRunning; }

    QByteArray out;
    QByteArray err;
};

class Hub : public Process
{
public:
    explicit Hub(QStringList arguments = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"TMPDIR"_s, folder.path());
        setProcessEnvironment(environment);
        if (!arguments.contains(u"--port"_s))
            arguments += {u"--port"_s, u"0"_s};
        run(QStringLiteral(HUB_SCRIPT), arguments);
    }
    // Waits for the lines that say how to use it.
    bool isReady()
    {
        return QTest::qWaitFor([this] { return out.contains("Ctrl+C") || hasEnded(); }, 30000)
                && !hasEnded();
    }
    quint16 port() const
    {
        static const QRegularExpression pattern(u"ready: http://127\\.0\\.0\\.1:(\\d+)/events\n"_s);
        return pattern.match(QString::fromUtf8(out)).captured(1).toUShort();
    }
    QString address() const { return u"http://127.0.0.1:%1"_s.arg(port()); }
    pid_t nginx() const
    {
        QFile file(folder.filePath(temporaryFolders().value(0) + "/nginx.pid"_L1));
        return file.open(QFile::ReadOnly) ? pid_t(file.readAll().trimmed().toInt()) : 0;
    }
    // What nginx complains about.
    QByteArray log() const
    {
        QFile file(folder.filePath(temporaryFolders().value(0) + "/log"_L1));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("no log");
    }
    QStringList temporaryFolders() const
    {
        return QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }

    QTemporaryDir folder;
};

// The numbers of the events that eventsource-tail has printed.
QList<int> numbers(const QByteArray &lines)
{
    QList<int> result;
    const QList<QByteArray> all = lines.split('\n');
    for (const QByteArray &line : all) {
        if (line.endsWith('}')) {
            const auto event = QJsonDocument::fromJson(line).object();
            result.append(event["data"_L1]["n"_L1].toInt(-1));
        }
    }
    return result;
}

bool takesConnections(const QHostAddress &address, quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(address, port);
    return socket.waitForConnected(5000);
}

// The first line of the answer to a POST from an address of this machine.
QByteArray answerToPublishing(const QHostAddress &from, quint16 port)
{
    QTcpSocket socket;
    socket.bind(from);
    socket.connectToHost(from, port);
    if (!socket.waitForConnected(5000))
        return "not connected";
    socket.write("POST /publish HTTP/1.1\r\nHost: hub\r\nContent-Length: 2\r\n\r\n{}");
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(5000))
            return "no answer";
    }
    return socket.readLine().trimmed();
}

const QHostAddress secondLoopback(u"127.0.0.2"_s);

} // namespace

class tst_HubScript : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void viewersMissNothing();
    void resumesAfterAnId();
    void takesTheViewersOfAnEarlierHub();
    void listensOnLoopback();
    void warnsWhenOthersCanReachIt();
    void endsWhatItStarted_data();
    void endsWhatItStarted();
    void endsWithNginx();
    void refusesATakenPort();
    void saysWhatIsMissing();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void explainsItself();
};

void tst_HubScript::initTestCase()
{
    Hub hub({u"--no-publisher"_s});
    if (!hub.isReady() && hub.err.contains("packages are missing"))
        QSKIP(hub.err.constData());
    QVERIFY2(hub.port() != 0, hub.err.constData());
}

void tst_HubScript::viewersMissNothing()
{
    constexpr int count = 80;
    Hub hub;
    QVERIFY2(hub.isReady(), hub.err.constData());
    // Half of the viewers' connections are cut, each of them in the middle of an event.
    CuttingProxy proxy(hub.port());
    proxy.setCut(CuttingProxy::Reset, 4001);

    const QString direct = hub.address() + "/events"_L1;
    const QString cut = u"http://127.0.0.1:%1/events"_s.arg(proxy.serverPort());
    Process viewers[4];
    for (int i = 0; i < 4; ++i) {
        viewers[i].run(QStringLiteral(TAIL_PROGRAM),
                       {i % 2 == 0 ? direct : cut, u"--max"_s, QString::number(count)});
    }
    for (Process &viewer : viewers) {
        QTRY_VERIFY2_WITH_TIMEOUT(viewer.hasEnded(), viewer.err.constData(), 60000);
        QCOMPARE(viewer.exitCode(), 0);
        const QList<int> received = numbers(viewer.out);
        QList<int> expected(count);
        std::iota(expected.begin(), expected.end(), received.value(0));
        QCOMPARE(received, expected);
    }
    QVERIFY(proxy.cuts() >= 2);
    const QList<QByteArray> requests = proxy.requests();
    QVERIFY(std::any_of(requests.begin(), requests.end(), [](const QByteArray &request) {
        return !CuttingProxy::lastEventIdOf(request).isEmpty();
    }));

    // What the dashboard's own server sends too.
    QVERIFY(viewers[0].out.contains(R"("type":"metrics")"));
    QVERIFY(viewers[0].out.contains(R"("type":"deployment")"));
    QVERIFY(viewers[0].out.contains(R"("host":"web-1")"));
}

void tst_HubScript::resumesAfterAnId()
{
    Hub hub({u"--no-publisher"_s});
    QVERIFY2(hub.isReady(), hub.err.constData());
    Process first;
    first.run(QStringLiteral(TAIL_PROGRAM),
              {hub.address() + "/events"_L1, u"--max"_s, u"4"_s, u"--last-event-id"_s, u"1:0"_s});
    for (int n = 1; n <= 3; ++n) {
        Process publisher;
        publisher.run(u"curl"_s,
                      {u"-sS"_s, u"--fail"_s, u"-H"_s, u"X-EventSource-Event: alert"_s, u"-d"_s,
                       u"{\"n\":%1}"_s.arg(n), hub.address() + "/publish"_L1});
        QTRY_VERIFY(publisher.hasEnded());
        QVERIFY2(publisher.exitCode() == 0, publisher.err.constData());
    }
    QTRY_VERIFY2(first.hasEnded(), first.err.constData());
    const QList<QByteArray> lines = first.out.split('\n');
    const auto event = QJsonDocument::fromJson(lines.value(1)).object();
    QCOMPARE(event["type"_L1], "alert"_L1);
    QCOMPARE(event["data"_L1]["n"_L1], 1);

    Process second;
    second.run(QStringLiteral(TAIL_PROGRAM),
               {hub.address() + "/events"_L1, u"--max"_s, u"2"_s, u"--last-event-id"_s,
                event["id"_L1].toString()});
    QTRY_VERIFY2(second.hasEnded(), second.err.constData());
    QCOMPARE(numbers(second.out), (QList<int> {2, 3}));
}

void tst_HubScript::takesTheViewersOfAnEarlierHub()
{
    // They all ask for what came after an event that this hub does not know.
    Hub hub({u"--no-publisher"_s});
    QVERIFY2(hub.isReady(), hub.err.constData());
    Process viewers[4];
    for (Process &viewer : viewers) {
        viewer.run(QStringLiteral(TAIL_PROGRAM),
                   {hub.address() + "/events"_L1, u"--last-event-id"_s, u"1700000000:3"_s,
                    u"--max"_s, u"1"_s});
    }
    for (Process &viewer : viewers) {
        QTRY_VERIFY2(viewer.hasEnded(), viewer.err.constData());
        QVERIFY2(viewer.out.contains(R"("data":{"state":"started"})"), viewer.out.constData());
    }
    QCOMPARE(hub.log(), "");
}

void tst_HubScript::listensOnLoopback()
{
    Hub hub({u"--no-publisher"_s});
    QVERIFY2(hub.isReady(), hub.err.constData());
    QVERIFY(takesConnections(QHostAddress::LocalHost, hub.port()));
    QVERIFY(!takesConnections(secondLoopback, hub.port()));
    QCOMPARE(hub.err, "");
}

void tst_HubScript::warnsWhenOthersCanReachIt()
{
    Hub hub({u"--no-publisher"_s, u"--listen"_s, u"0.0.0.0"_s});
    QVERIFY2(hub.isReady(), hub.err.constData());
    QVERIFY2(hub.err.startsWith("WARNING: "), hub.err.constData());
    QVERIFY(takesConnections(secondLoopback, hub.port()));
    // They read, but only this machine publishes.
    QCOMPARE(answerToPublishing(secondLoopback, hub.port()), "HTTP/1.1 403 Forbidden");
    QVERIFY(answerToPublishing(QHostAddress::LocalHost, hub.port()).startsWith("HTTP/1.1 20"));
}

void tst_HubScript::endsWhatItStarted_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("kill") << SIGTERM;
    QTest::newRow("terminal closed") << SIGHUP;
}

void tst_HubScript::endsWhatItStarted()
{
    QFETCH(int, signal);
    Hub hub;
    QVERIFY2(hub.isReady(), hub.err.constData());
    const pid_t nginx = hub.nginx();
    QVERIFY(nginx > 0);
    QCOMPARE(::kill(pid_t(hub.processId()), signal), 0);
    QTRY_VERIFY(hub.hasEnded());
    QCOMPARE(hub.exitCode(), 128 + signal);
    QVERIFY(::kill(nginx, 0) != 0);
    QVERIFY(!takesConnections(QHostAddress::LocalHost, hub.port()));
    QCOMPARE(hub.temporaryFolders(), QStringList());
    QCOMPARE(hub.err, "");
}

void tst_HubScript::endsWithNginx()
{
    Hub hub;
    QVERIFY2(hub.isReady(), hub.err.constData());
    QCOMPARE(::kill(hub.nginx(), SIGTERM), 0);
    QTRY_VERIFY(hub.hasEnded());
    QCOMPARE(hub.exitCode(), 1);
    // The publisher may notice it first.
    QVERIFY2(hub.err.contains("has ended"), hub.err.constData());
    QCOMPARE(hub.temporaryFolders(), QStringList());
}

void tst_HubScript::refusesATakenPort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Hub hub({u"--port"_s, QString::number(other.serverPort())});
    QTRY_VERIFY_WITH_TIMEOUT(hub.hasEnded(), 20000);
    QCOMPARE(hub.exitCode(), 1);
    QVERIFY2(hub.err.contains("Address already in use"), hub.err.constData());
    QCOMPARE(hub.temporaryFolders(), QStringList());
}

void tst_HubScript::saysWhatIsMissing()
{
    // Nothing in the path but what the script needs to look around.
    QTemporaryDir path;
    const QString dirname = QStandardPaths::findExecutable(u"dirname"_s);
    QVERIFY(QFile::link(dirname, path.filePath(u"dirname"_s)));
    const QString bash = QStandardPaths::findExecutable(u"bash"_s);
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, path.path());
    Process script;
    script.setProcessEnvironment(environment);
    script.run(bash, {QStringLiteral(HUB_SCRIPT)});
    QTRY_VERIFY(script.hasEnded());
    QCOMPARE(script.exitCode(), 1);
    QVERIFY2(script.err.contains("apt-get install curl\n"), script.err.constData());
}

void tst_HubScript::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("unknown") << QStringList {u"--prot"_s, u"1"_s} << QByteArray("\"--prot\"");
    QTest::newRow("no value") << QStringList {u"--port"_s} << QByteArray("--port needs a value");
    QTest::newRow("no number") << QStringList {u"--port"_s, u"http"_s} << QByteArray("\"http\"");
    QTest::newRow("too large") << QStringList {u"--port"_s, u"65536"_s} << QByteArray("\"65536\"");
    QTest::newRow("no address") << QStringList {u"--listen"_s, u"example.com"_s}
                                << QByteArray("\"example.com\"");
    QTest::newRow("more than an address")
            << QStringList {u"--listen"_s, u"1.2.3.4; user root"_s} << QByteArray("--listen");
}

void tst_HubScript::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, problem);
    Process script;
    script.run(QStringLiteral(HUB_SCRIPT), arguments);
    QTRY_VERIFY(script.hasEnded());
    QCOMPARE(script.exitCode(), 2);
    QVERIFY2(script.err.contains(problem), script.err.constData());
    QCOMPARE(script.out, "");
}

void tst_HubScript::explainsItself()
{
    Process script;
    script.run(QStringLiteral(HUB_SCRIPT), {u"--help"_s});
    QTRY_VERIFY(script.hasEnded());
    QCOMPARE(script.exitCode(), 0);
    for (const char *option : {"--port", "--listen", "--no-publisher", "--help"})
        QVERIFY2(script.out.contains(option), option);
    QVERIFY(!script.out.contains("set -euo"));
}

QTEST_GUILESS_MAIN(tst_HubScript)

#include "tst_hubscript.moc"
