// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "cuttingproxy.h"
#include "rawviewers.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceReconnectPolicy>

#include <QtCore/qcommandlineparser.h>
#include <QtCore/qcoreapplication.h>
#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qprocess.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qthread.h>
#include <QtCore/qtimer.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <numeric>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// How many dashboards one nginx with nchan carries: demo/hub/run.sh is started, plain sockets and
// real listeners watch its channel, and every event is counted at every one of them. The listeners'
// connections are cut twice meanwhile.

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void giveUp(const char *what)
{
    std::fprintf(stderr, "bench_hub: %s\n", what);
    // The hub ends with this process.
    std::_Exit(1);
}

bool waitFor(const std::function<bool()> &condition, int seconds)
{
    const QDeadlineTimer deadline(seconds * 1000);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(1);
    }
    return true;
}

// One connection, on which an event is sent when the one before is confirmed.
class Publisher
{
public:
    explicit Publisher(quint16 port) : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
            giveUp("cannot publish");
    }
    ~Publisher() { close(m_socket); }

    void publish()
    {
        QByteArray body = "{\"n\":" + QByteArray::number(m_number++)
                + ",\"at\":" + QByteArray::number(qlonglong(steadyNanoseconds()))
                + ",\"host\":\"web-1\",\"service\":\"storefront\",\"cpu\":38.2,\"memory\":55.1,"
                  "\"requests\":342}";
        const QByteArray bytes = "POST /publish HTTP/1.1\r\nHost: hub\r\n"
                                 "X-EventSource-Event: metrics\r\nContent-Length: "
                + QByteArray::number(body.size()) + "\r\n\r\n" + body;
        if (write(m_socket, bytes.constData(), size_t(bytes.size())) != bytes.size())
            giveUp("publishing failed");
        char answer[4096];
        const ssize_t size = read(m_socket, answer, sizeof answer);
        if (size < 12 || !QByteArrayView(answer, size).startsWith("HTTP/1.1 20"))
            giveUp("the hub refused an event");
    }
    int published() const { return m_number; }

private:
    const int m_socket;
    int m_number = 0;
};

// A real listener and what it got.
struct Watcher
{
    EventSourceListener listener;
    QList<int> received;
};

// The nginx processes below the script: the master and its worker.
QList<int> descendants(qint64 ancestor)
{
    QList<int> result;
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs);
    QHash<int, int> parents;
    for (const QString &entry : entries) {
        QFile file("/proc/"_L1 + entry + "/stat"_L1);
        if (entry.toInt() == 0 || !file.open(QFile::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        parents[entry.toInt()] = stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1).toInt();
    }
    for (auto it = parents.cbegin(); it != parents.cend(); ++it) {
        for (int pid = it.key(); pid > 1; pid = parents.value(pid)) {
            if (parents.value(pid) == ancestor)
                result.append(it.key());
        }
    }
    return result;
}

double cpuSeconds(const QList<int> &pids)
{
    double ticks = 0;
    for (const int pid : pids) {
        QFile file(u"/proc/%1/stat"_s.arg(pid));
        if (!file.open(QFile::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        ticks += fields.value(11).toDouble() + fields.value(12).toDouble();
    }
    return ticks / double(sysconf(_SC_CLK_TCK));
}

// Each page is divided among the processes that have it.
double megabytes(const QList<int> &pids)
{
    double kilobytes = 0;
    for (const int pid : pids) {
        QFile file(u"/proc/%1/smaps_rollup"_s.arg(pid));
        if (!file.open(QFile::ReadOnly))
            continue;
        const QByteArray text = file.readAll();
        const qsizetype at = text.indexOf("\nPss:") + 5;
        kilobytes += text.mid(at, text.indexOf("kB", at) - at).trimmed().toDouble();
    }
    return kilobytes / 1024;
}

double percentile(std::vector<uint32_t> &values, double part)
{
    if (values.empty())
        return 0;
    const auto at = values.begin() + ptrdiff_t(double(values.size() - 1) * part);
    std::nth_element(values.begin(), at, values.end());
    return *at / 1000.0;
}

} // namespace

int main(int argc, char **argv)
{
    // Every connection is an open file, and nginx gets the limit from here.
    rlimit files {};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    QCoreApplication app(argc, argv);
    const QCommandLineOption connectionsOption(u"connections"_s, u"Plain connections (2000)."_s,
                                               u"N"_s, u"2000"_s);
    const QCommandLineOption listenersOption(u"listeners"_s, u"EventSourceListeners (20)."_s,
                                             u"N"_s, u"20"_s);
    const QCommandLineOption rateOption(u"rate"_s, u"Events per second (12)."_s, u"N"_s, u"12"_s);
    const QCommandLineOption secondsOption(u"seconds"_s, u"How long (30)."_s, u"N"_s, u"30"_s);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({connectionsOption, listenersOption, rateOption, secondsOption});
    parser.process(app);
    const int connections = qBound(1, parser.value(connectionsOption).toInt(), 15000);
    const int listeners = qBound(1, parser.value(listenersOption).toInt(), 1000);
    const int rate = qBound(1, parser.value(rateOption).toInt(), 1000);
    const int seconds = qBound(1, parser.value(secondsOption).toInt(), 100000 / rate);

    QProcess hub;
    hub.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    hub.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    hub.start(QStringLiteral(HUB_SCRIPT), {u"--port"_s, u"0"_s, u"--no-publisher"_s});
    QByteArray output;
    waitFor(
            [&] {
                output += hub.readAllStandardOutput();
                return output.contains("Ctrl+C") || hub.state() == QProcess::NotRunning;
            },
            30);
    static const QRegularExpression pattern(u"http://127\\.0\\.0\\.1:(\\d+)/events\n"_s);
    const quint16 port = pattern.match(QString::fromUtf8(output)).captured(1).toUShort();
    if (port == 0)
        giveUp("the hub does not start");
    const QList<int> nginx = descendants(hub.processId());
    const double memoryBefore = megabytes(nginx);

    RawViewers viewers(port, connections);
    if (!waitFor([&] { return viewers.open() == connections; }, 60))
        giveUp("not all connections were accepted");
    CuttingProxy proxy(port);
    std::vector<std::unique_ptr<Watcher>> watchers;
    for (int i = 0; i < listeners; ++i) {
        watchers.push_back(std::make_unique<Watcher>());
        Watcher *watcher = watchers.back().get();
        QObject::connect(&watcher->listener, &EventSourceListener::message, &watcher->listener,
                         [watcher](const EventSourceEvent &event) {
                             watcher->received.append(event.data()["n"].toInt(-1));
                         });
        watcher->listener.reconnect()->setInitialDelay(500);
        watcher->listener.setUrl(QUrl(u"http://127.0.0.1:%1/events"_s.arg(proxy.serverPort())));
    }
    const auto allListenersAre = [&](const std::function<bool(const Watcher &)> &condition) {
        return std::all_of(watchers.begin(), watchers.end(),
                           [&](const auto &watcher) { return condition(*watcher); });
    };
    const auto isOpen = [](const Watcher &watcher) {
        return watcher.listener.status() == EventSourceListener::Open;
    };
    if (!waitFor([&] { return allListenersAre(isOpen); }, 30))
        giveUp("not all listeners are open");

    const double cpuBefore = cpuSeconds(nginx);
    const int64_t begin = steadyNanoseconds();
    const int total = rate * seconds;
    std::thread publishing([&] {
        Publisher publisher(port);
        for (int i = 0; i < total; ++i) {
            std::this_thread::sleep_until(std::chrono::steady_clock::time_point(
                    std::chrono::nanoseconds(begin + int64_t(i) * 1000000000 / rate)));
            publisher.publish();
        }
    });
    // In the middle of an event, for all listeners at once.
    QTimer::singleShot(seconds * 1000 / 3, &app,
                       [&] { proxy.cutOpenConnections(CuttingProxy::Reset, 37); });
    QTimer::singleShot(seconds * 1000 * 2 / 3, &app,
                       [&] { proxy.cutOpenConnections(CuttingProxy::Reset, 37); });
    const bool complete = waitFor(
            [&] {
                return viewers.arrivedAt(total - 1) == connections
                        && allListenersAre([&](const Watcher &watcher) {
                               return !watcher.received.isEmpty()
                                       && watcher.received.constLast() == total - 1;
                           });
            },
            seconds + 30);
    const double elapsed = double(steadyNanoseconds() - begin) / 1e9;
    const double cpu = cpuSeconds(nginx) - cpuBefore;
    const double memory = megabytes(nginx);
    publishing.join();
    viewers.stop();

    qsizetype exact = 0;
    QList<int> expected(total);
    std::iota(expected.begin(), expected.end(), 0);
    for (const auto &watcher : watchers)
        exact += watcher->received == expected ? 1 : 0;
    std::vector<uint32_t> last = viewers.lastLatencies();
    last.resize(size_t(total));

    // The publisher waits for each confirmation, so that a slow hub lowers the rate.
    std::printf("%d connections, %d listeners, %.1f events/s of about 150 bytes (%d wanted), "
                "%.1f s%s\n",
                connections, listeners, total / elapsed, rate, elapsed,
                complete ? "" : ", NOT COMPLETE");
    std::printf("connections: %lld of %lld events arrived, %lld lost, %lld twice, %d broken\n",
                qlonglong(viewers.received()), qlonglong(connections) * total,
                qlonglong(viewers.lost()), qlonglong(viewers.repeated()), viewers.broken());
    std::printf(
            "listeners: %lld of %d got every event once and in order; %d connections were cut\n",
            qlonglong(exact), listeners, proxy.cuts());
    std::printf("latency: median %.1f ms, 99 %% %.1f ms, highest %.1f ms; at the last connection "
                "median %.1f ms\n",
                percentile(viewers.latencies(), 0.5), percentile(viewers.latencies(), 0.99),
                percentile(viewers.latencies(), 1), percentile(last, 0.5));
    std::printf("nginx: %.1f %% of one core, %.1f MB with all connections (%.1f MB before, %.1f KB "
                "per connection)\n",
                cpu / elapsed * 100, memory, memoryBefore,
                (memory - memoryBefore) * 1024 / (connections + listeners));
    std::fflush(stdout);

    watchers.clear();
    hub.terminate();
    if (!hub.waitForFinished(10000))
        giveUp("the hub does not end");
    return complete && viewers.lost() == 0 && viewers.repeated() == 0 && exact == listeners ? 0 : 1;
}
