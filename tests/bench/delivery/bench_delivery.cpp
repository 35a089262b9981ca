// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Events per second from a server in another process to a handler, in comparison with other clients
// for the same bytes. All clients run in every round, one after the other, and medians are printed: on
// a shared machine only the ratios within one run are meaningful.
//
//   bench_delivery [ROUNDS [PART OF A NAME [FOLDER]]]
//
// FOLDER is a copy of ../peers with its packages installed. Without it the clients for Node are left
// out. curl and Chromium are left out where they are not installed, and TLS where node or openssl is not.

#include "baresource.h"
#include "testauthority.h"
#include "threadedserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qcryptographichash.h>
#include <QtCore/qdir.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstandardpaths.h>
#include <QtCore/qtemporarydir.h>
#include <QtCore/qtextstream.h>
#include <QtCore/qthread.h>
#include <QtNetwork/qsslcertificate.h>
#include <QtNetwork/qsslkey.h>
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

// A way from the server to a client.
struct Transport
{
    const char *name;
    const char *scheme;
    const char *path;
    quint16 port;
    bool http2;
};

struct Client
{
    QByteArray name;
    Transport transport;
    std::vector<double> rates;
};

// The servers that all clients use.
struct Servers
{
    QProcess plain;
    QProcess tlsFront; // does not run where its programs are not installed
    TestAuthority authority;
    QByteArray keyHash; // of the front, for Chromium
};

// The ports are what it prints first.
static QList<QByteArray> startServer(QProcess &process, const QString &program,
                                     const QStringList &arguments)
{
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    if (!process.waitForReadyRead(30000))
        qFatal("%s did not start.", qPrintable(program));
    return process.readLine().trimmed().split(' ');
}

static std::vector<Transport> startServers(Servers &servers)
{
    const auto port =
            startServer(servers.plain, QCoreApplication::applicationFilePath(), {u"--serve"_s})
                    .first();
    std::vector<Transport> transports {{"chunk", "http", "chunk", port.toUShort(), false},
                                       {"block", "http", "block", port.toUShort(), false}};
    for (const QString &program : {u"node"_s, u"openssl"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            return transports;
    }
    if (!servers.authority.create())
        qFatal("%s", qPrintable(servers.authority.problem()));
    const auto identity = servers.authority.issue(u"front"_s, u"IP:127.0.0.1,DNS:localhost"_s);
    if (identity.keyFile.isEmpty())
        qFatal("%s", qPrintable(servers.authority.problem()));
    const auto certificate = QSslCertificate::fromPath(identity.certificateFile).value(0);
    servers.keyHash =
            QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256)
                    .toBase64();
    // For the child processes.
    const QByteArray authorityFile = QFile::encodeName(servers.authority.certificateFile());
    qputenv("CURL_CA_BUNDLE", authorityFile);
    qputenv("NODE_EXTRA_CA_CERTS", authorityFile);

    const QList<QByteArray> ports =
            startServer(servers.tlsFront, u"node"_s,
                        {QStringLiteral(BENCH_TLS_FRONT), QString::fromLatin1(port),
                         identity.certificateFile, identity.keyFile});
    const auto tls = ports.value(0).toUShort();
    transports.push_back({"chunk-tls", "https", "chunk", tls, false});
    transports.push_back({"block-tls", "https", "block", tls, false});
    transports.push_back({"http2", "https", "block", ports.value(1).toUShort(), true});
    return transports;
}

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
static double runChromium(const QUrl &url, int events, Servers &servers)
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
    arguments +=
            {u"--user-data-dir="_s + profile.path(),
             u"--ignore-certificate-errors-spki-list="_s + QString::fromLatin1(servers.keyHash),
             measuring.toString()};
    browser.start(u"chromium"_s, arguments);
    const bool reported = servers.plain.waitForReadyRead(60000);
    browser.kill(); // it never ends by itself
    browser.waitForFinished();
    // Its child processes still write there for a moment.
    for (int i = 0; i < 50 && !QDir(profile.path()).removeRecursively(); ++i)
        QThread::msleep(100);
    return reported ? servers.plain.readLine().trimmed().toDouble() : 0;
}

// The upper bound for a library that calls the handler for each event: its signal is emitted with the
// first event again and again, whose value exists already.
static constexpr char handlerAlone[] = "no stream, only the QML handler";
static void callWithFirstEvent(EventSourceListener *listener, int events, QElapsedTimer &timer)
{
    const auto first = std::make_shared<QMetaObject::Connection>();
    *first = QObject::connect(listener, &EventSourceListener::message, listener,
                              [=, &timer](const EventSourceEvent &event) {
                                  const EventSourceEvent copy = event;
                                  QObject::disconnect(*first);
                                  listener->stopListening();
                                  timer.restart();
                                  for (int i = 1; i < events; ++i) // after its own one
                                      Q_EMIT listener->message(copy);
                                  Q_EMIT listener->finished();
                              });
}

// Events per second.
static double run(const Client &client, Servers &servers, int events, const QString &peers)
{
    const Transport &transport = client.transport;
    const QUrl url(u"%1://127.0.0.1:%2/%3"_s.arg(QLatin1String(transport.scheme))
                           .arg(transport.port)
                           .arg(QLatin1String(transport.path)));
    const QByteArray &name = client.name;
    if (name.startsWith("npm ")) {
        return runProgram(u"node"_s,
                          {peers + u"/receive.mjs"_s, QString::fromLatin1(name.mid(4)),
                           url.toString(), QString::number(events)})
                .trimmed()
                .toDouble();
    }
    if (name == "Chromium") {
        const double rate = runChromium(url, events, servers);
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
    const bool isSecure = url.scheme() == u"https"_s;
    QUrl caCertificates;
    QNetworkRequest bareRequest(url);
    bareRequest.setAttribute(QNetworkRequest::Http2AllowedAttribute, transport.http2);
    if (isSecure) {
        caCertificates = QUrl::fromLocalFile(servers.authority.certificateFile());
        bareRequest.setSslConfiguration(servers.authority.trustingConfiguration());
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
    if (name == "listener, QML handler" || name == handlerAlone) {
        component.setData(listenerQml, {});
        object.reset(
                component.createWithInitialProperties({{u"url"_s, url},
                                                       {u"http2"_s, transport.http2},
                                                       {u"caCertificates"_s, caCertificates}}));
        if (name == handlerAlone)
            callWithFirstEvent(qobject_cast<EventSourceListener *>(object.get()), events, timer);
    } else if (name == "bare QNAM, QML handler") {
        source = std::make_unique<BareSource>(BareSource::Decode, bareRequest);
        component.setData(bareQml, {});
        object.reset(component.createWithInitialProperties(
                {{u"target"_s, QVariant::fromValue(source.get())}}));
    } else if (name == "listener, C++ slot") {
        auto listener = std::make_unique<EventSourceListener>();
        listener->setHttp2(transport.http2);
        listener->setCaCertificates(caCertificates);
        listener->reconnect()->setEnabled(false);
        QObject::connect(
                listener.get(), &EventSourceListener::message, &sink,
                [&](const EventSourceEvent &event) { sink.m_count += event.data().isObject(); });
        QObject::connect(listener.get(), &EventSourceListener::finished, &sink,
                         [&] { sink.done(sink.m_count); });
        listener->setUrl(url);
        source = std::move(listener);
    } else {
        const bool drains = name == "bare QNAM, drained";
        auto bare = std::make_unique<BareSource>(drains ? BareSource::Drain : BareSource::Decode,
                                                 bareRequest);
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
        qFatal("%s %s: %d of %d events", transport.name, name.constData(), sink.m_count, events);
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
    QList<QByteArray> names {"listener, QML handler", "bare QNAM, QML handler",
                             "listener, C++ slot",    "bare QNAM, C++ slot",
                             "bare QNAM, drained",    handlerAlone};
    if (!peers.isEmpty())
        names += {"npm eventsource", "npm eventsource-client", "npm undici"};
    if (!QStandardPaths::findExecutable(u"chromium"_s).isEmpty())
        names += "Chromium";
    if (!QStandardPaths::findExecutable(u"curl"_s).isEmpty())
        names += "curl -N";

    Servers servers;
    std::vector<Client> clients;
    for (const Transport &transport : startServers(servers)) {
        for (const QByteArray &name : std::as_const(names)) {
            if (transport.http2 && (name.startsWith("npm ") || name == "bare QNAM, drained"))
                continue;
            if (transport.scheme != "http"_L1 && name == handlerAlone)
                continue;
            if (QByteArray(transport.name + QByteArray(" ") + name).contains(wanted))
                clients.push_back({name, transport, {}});
        }
    }
    for (int round = 0; round < rounds; ++round) {
        for (Client &client : clients)
            client.rates.push_back(run(client, servers, events, peers));
    }
    QTextStream out(stdout);
    for (Client &client : clients) {
        std::sort(client.rates.begin(), client.rates.end());
        out << QString::fromLatin1(client.transport.name).leftJustified(11)
            << QString::fromLatin1(client.name).leftJustified(28)
            << QString::number(qRound64(client.rates[client.rates.size() / 2])).rightJustified(10)
            << " events/s" << Qt::endl;
    }
    for (QProcess *server : {&servers.tlsFront, &servers.plain}) {
        server->kill();
        server->waitForFinished();
    }
    return 0;
}

#include "bench_delivery.moc"
