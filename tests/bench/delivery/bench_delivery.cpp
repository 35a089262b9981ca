// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Events per second from a server in another process to a handler, in comparison with other clients
// for the same bytes. All clients run in every round, one after the other, and medians are printed: on
// a shared machine only the ratios within one run are meaningful.
//
//   bench_delivery [ROUNDS [PART OF A NAME [FOLDER]]]
//
// FOLDER is a copy of ../peers with its packages installed. Without it the clients for Node are left
// out. curl and Chromium are left out where they are not installed.

#include "baresource.h"
#include "threadedserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qdir.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstandardpaths.h>
#include <QtCore/qtemporarydir.h>
#include <QtCore/qtextstream.h>
#include <QtCore/qthread.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <vector>

#include <sys/prctl.h>

using namespace Qt::StringLiterals;

// The server: prebuilt bytes over plain sockets, "/chunk" with one HTTP chunk per event and
// "/block" with chunks of 16 KiB. A browser measures on "/page" and reports its result to
// "/result", which prints it.

static constexpr char page[] = R"(<!DOCTYPE html>
<script>
const query = new URLSearchParams(location.search);
const expected = Number(query.get('count'));
function measure() {
    let count = 0;
    let sum = 0;
    const start = performance.now();
    const source = new EventSource(query.get('path'));
    const report = (rate) => { source.close(); fetch(`/result?${rate}`); };
    source.addEventListener('metrics', (event) => {
        const d = JSON.parse(event.data);
        sum += d.id + d.value;
        if (++count === expected)
            report(sum > 0 ? count / (performance.now() - start) * 1000 : 0);
    });
    source.onerror = () => report(0); // else it reconnects and continues to count
}
// After the page has loaded, the browser is still busy with its own start for a while.
setTimeout(measure, 3000);
</script>
)";

static QByteArray makeEvent(int i)
{
    const QByteArray number = QByteArray::number(i);
    return "id: " + number + "\nevent: metrics\ndata: {\"id\":" + number
            + ",\"host\":\"web-1\",\"value\":" + QByteArray::number(i % 100)
            + ".5,\"unit\":\"percent\",\"state\":\"ok\"}\n\n";
}

static QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

static int serve(int events)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // also when qFatal() ends the bench
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n";
    QByteArray chunks = head;
    QByteArray blocks = head;
    QByteArray block;
    for (int i = 0; i < events; ++i) {
        const QByteArray event = makeEvent(i);
        chunks += chunk(event);
        block += event;
        if (block.size() >= 16 * 1024)
            blocks += chunk(std::exchange(block, {}));
    }
    if (!block.isEmpty())
        blocks += chunk(block);
    chunks += "0\r\n\r\n";
    blocks += "0\r\n\r\n";

    // A browser opens more connections than it uses, so no connection may wait for another one.
    ThreadedServer server([&](ThreadedServer::Peer &peer) {
        const QByteArray request = peer.readRequest();
        if (request.startsWith("GET /chunk")) {
            peer.send(chunks);
        } else if (request.startsWith("GET /block")) {
            peer.send(blocks);
        } else if (!request.isEmpty()) {
            const QByteArray result = "GET /result?";
            if (request.startsWith(result))
                QTextStream(stdout) << request.mid(result.size()).split(' ').first() << Qt::endl;
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
            if (request.startsWith("GET /page"))
                peer.send(page);
        }
    });
    QTextStream(stdout) << server.url().port() << Qt::endl;
    return QCoreApplication::exec();
}

// The runs.

class Sink : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE void done(int count)
    {
        m_count = count;
        QCoreApplication::exit();
    }
    int m_count = 0;
};

static constexpr char listenerQml[] = R"(
import EventSource
EventSourceListener {
    property int count: 0
    property real sum: 0
    reconnect.enabled: false
    onMessage: event => { const d = event.data; sum += d.id + d.value; ++count }
    onFinished: sink.done(count)
}
)";

static constexpr char bareQml[] = R"(
import QtQml
Connections {
    property int count: 0
    property real sum: 0
    function onMessage(event) { const d = event.data; sum += d.id + d.value; ++count }
    function onFinished() { sink.done(count) }
}
)";

struct Client
{
    const char *name;
    const char *path;
    std::vector<double> rates;
};

static QByteArray runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    if (!process.waitForFinished(600000) || process.exitCode() != 0)
        qFatal("%s failed.", qPrintable(program));
    return process.readAllStandardOutput();
}

// Measured within the page, so that the start of the browser is not included. 0 on failure.
static double runChromium(const QUrl &url, int events, QProcess &server)
{
    const QTemporaryDir profile;
    QProcess browser;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"TMPDIR"_s, profile.path()); // removed with the profile
    browser.setProcessEnvironment(environment);
    browser.setStandardErrorFile(QProcess::nullDevice()); // it warns that there is no desktop
    QStringList arguments =
            u"--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
            u"--disable-sync"
            " --disable-background-networking --disable-component-update --disable-dev-shm-usage"_s
                    .split(u' ');
    const QUrl measuring = url.resolved(u"/page?path=%1&count=%2"_s.arg(url.path()).arg(events));
    arguments += {u"--user-data-dir="_s + profile.path(), measuring.toString()};
    browser.start(u"chromium"_s, arguments);
    const bool reported = server.waitForReadyRead(60000);
    browser.kill(); // it never ends by itself
    browser.waitForFinished();
    // Its child processes still write there for a moment.
    for (int i = 0; i < 50 && !QDir(profile.path()).removeRecursively(); ++i)
        QThread::msleep(100);
    return reported ? server.readLine().trimmed().toDouble() : 0;
}

// Events per second.
static double run(const Client &client, QProcess &server, quint16 port, int events,
                  const QString &peers)
{
    const QUrl url(u"http://127.0.0.1:%1/%2"_s.arg(port).arg(QLatin1String(client.path)));
    const QByteArray name = client.name;
    if (name.startsWith("npm ")) {
        return runProgram(u"node"_s,
                          {peers + u"/receive.mjs"_s, QString::fromLatin1(name.mid(4)),
                           url.toString(), QString::number(events)})
                .trimmed()
                .toDouble();
    }
    if (name == "Chromium") {
        const double rate = runChromium(url, events, server);
        if (rate <= 0)
            qFatal("Chromium did not report all events within a minute.");
        return rate;
    }
    if (name == "curl -N") {
        QElapsedTimer timer;
        timer.start();
        runProgram(u"curl"_s, {u"-sN"_s, u"-o"_s, u"/dev/null"_s, url.toString()});
        return events / (double(timer.nsecsElapsed()) / 1e9);
    }
    QQmlEngine engine;
    engine.addImportPath(QStringLiteral(BENCH_QML_DIR));
    Sink sink;
    engine.rootContext()->setContextProperty(u"sink"_s, &sink);
    QQmlComponent component(&engine);
    std::unique_ptr<QObject> object;
    std::unique_ptr<QObject> source;

    QElapsedTimer timer;
    timer.start();
    if (name == "listener, QML handler") {
        component.setData(listenerQml, {});
        object.reset(component.createWithInitialProperties({{u"url"_s, url}}));
    } else if (name == "bare QNAM, QML handler") {
        source = std::make_unique<BareSource>(BareSource::Decode, url);
        component.setData(bareQml, {});
        object.reset(component.createWithInitialProperties(
                {{u"target"_s, QVariant::fromValue(source.get())}}));
    } else if (name == "listener, C++ slot") {
        auto listener = std::make_unique<EventSourceListener>(url);
        listener->reconnect()->setEnabled(false);
        QObject::connect(
                listener.get(), &EventSourceListener::message, &sink,
                [&](const EventSourceEvent &event) { sink.m_count += event.data().isObject(); });
        QObject::connect(listener.get(), &EventSourceListener::finished, &sink,
                         [&] { sink.done(sink.m_count); });
        source = std::move(listener);
    } else {
        const bool drains = name == "bare QNAM, drained";
        auto bare =
                std::make_unique<BareSource>(drains ? BareSource::Drain : BareSource::Decode, url);
        QObject::connect(bare.get(), &BareSource::message, &sink,
                         [&](const BareEvent &event) { sink.m_count += event.data.isObject(); });
        QObject::connect(bare.get(), &BareSource::finished, &sink,
                         [&, drains] { sink.done(drains ? events : sink.m_count); });
        source = std::move(bare);
    }
    if (component.isError())
        qFatal("%s", qPrintable(component.errorString()));
    QCoreApplication::exec();
    const double rate = sink.m_count / (timer.nsecsElapsed() / 1e9);
    if (sink.m_count != events)
        qFatal("%s: %d of %d events", client.name, sink.m_count, events);
    return rate;
}

int main(int argc, char *argv[])
{
    constexpr int events = 200000;
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--serve"_s)
        return serve(events);

    const int rounds = app.arguments().size() > 1 ? app.arguments().at(1).toInt() : 5;
    const QByteArray wanted = app.arguments().value(2).toUtf8();
    const QString peers = app.arguments().value(3);
    std::vector<const char *> names {"listener, QML handler", "bare QNAM, QML handler",
                                     "listener, C++ slot", "bare QNAM, C++ slot",
                                     "bare QNAM, drained"};
    if (!peers.isEmpty())
        names.insert(names.end(), {"npm eventsource", "npm eventsource-client", "npm undici"});
    if (!QStandardPaths::findExecutable(u"chromium"_s).isEmpty())
        names.push_back("Chromium");
    if (!QStandardPaths::findExecutable(u"curl"_s).isEmpty())
        names.push_back("curl -N");
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(app.applicationFilePath(), {u"--serve"_s});
    if (!server.waitForReadyRead(30000))
        qFatal("The server did not start.");
    const auto port = server.readLine().trimmed().toUShort();

    std::vector<Client> clients;
    for (const char *path : {"chunk", "block"}) {
        for (const char *name : names) {
            if (QByteArray(path + QByteArray(" ") + name).contains(wanted))
                clients.push_back({name, path, {}});
        }
    }
    for (int round = 0; round < rounds; ++round) {
        for (Client &client : clients)
            client.rates.push_back(run(client, server, port, events, peers));
    }
    QTextStream out(stdout);
    for (Client &client : clients) {
        std::sort(client.rates.begin(), client.rates.end());
        out << QString::fromLatin1(client.path).leftJustified(8)
            << QString::fromLatin1(client.name).leftJustified(28)
            << QString::number(qRound64(client.rates[client.rates.size() / 2])).rightJustified(10)
            << " events/s" << Qt::endl;
    }
    server.kill();
    server.waitForFinished();
    return 0;
}

#include "bench_delivery.moc"
