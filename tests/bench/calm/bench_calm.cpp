// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// How calm the thread of a listener stays: how long it is held by a flood, how late an event comes,
// how often a silent stream wakes it, and what memory a slow handler costs. The server is another
// process.
//
//   bench_calm [stalls|latency|idle|memory]...

#include "processfigures.h"
#include "threadedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qprocess.h>
#include <QtCore/qtextstream.h>
#include <QtCore/qthread.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

// The same clock in all processes.
qint64 now()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

// "/flood", "/ticks" (an event each 10 ms with the time of its sending) and "/silent".
int serve()
{
    const QByteArray flood = chunk(
            QByteArray("data: {\"id\":1,\"host\":\"web-1\",\"value\":0.5,\"state\":\"ok\"}\n\n")
                    .repeated(300));
    ThreadedServer server([&](ThreadedServer::Peer &peer) {
        const QByteArray request = peer.readRequest();
        peer.sendHead();
        if (request.startsWith("GET /flood")) {
            while (peer.send(flood)) { }
        } else if (request.startsWith("GET /ticks")) {
            do {
                QThread::msleep(10);
            } while (peer.sendChunk("data: {\"sent\":" + QByteArray::number(now()) + "}\n\n"));
        } else {
            peer.awaitClose();
        }
    });
    QTextStream(stdout) << server.url(u"/"_s).toString() << Qt::endl;
    return QCoreApplication::exec();
}

double percentile(std::vector<double> &values, double share)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(share * double(values.size())))];
}

class Sink : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE void take(double sent) { delays.push_back(double(now() - qint64(sent)) / 1e3); }
    std::vector<double> delays; // us
};

constexpr char latencyQml[] = R"(
import EventSource
EventSourceListener { onMessage: event => sink.take(event.data.sent) }
)";

constexpr char floodQml[] = R"(
import EventSource
EventSourceListener {
    property real sum: 0
    onMessage: event => { sum += event.data.id + event.data.value }
}
)";

class Bench
{
public:
    Bench(QString base, QTextStream &out) : m_base(std::move(base)), m_out(out)
    {
        m_engine.addImportPath(QStringLiteral(BENCH_QML_DIR));
        m_engine.rootContext()->setContextProperty(u"sink"_s, &m_sink);
    }

    void stalls()
    {
        for (const int count : {0, 1, 8}) {
            std::vector<std::unique_ptr<QObject>> listeners;
            for (int i = 0; i < count; ++i)
                listeners.push_back(make(floodQml, u"flood"_s));
            // A timer that is always due sees each turn of the loop.
            std::vector<double> turns; // ms
            qint64 last = now();
            QTimer timer;
            QObject::connect(&timer, &QTimer::timeout, [&] {
                const qint64 time = now();
                turns.push_back(double(time - last) / 1e6);
                last = time;
            });
            timer.start(0);
            waitFor([] { return false; }, 5000);
            const double p = percentile(turns, 0.999);
            m_out << "stalls   " << count << " flooding listeners: 99.9 % of turns within " << p
                  << " ms, longest " << turns.back() << " ms" << Qt::endl;
        }
    }

    void latency()
    {
        const std::unique_ptr<QObject> listener = make(latencyQml, u"ticks"_s);
        QNetworkAccessManager manager;
        const std::unique_ptr<QNetworkReply> reply(
                manager.get(QNetworkRequest(QUrl(m_base + u"ticks"_s))));
        std::vector<double> bare;
        QObject::connect(reply.get(), &QNetworkReply::readyRead, [&] {
            const qint64 time = now();
            const QByteArray bytes = reply->readAll();
            const qsizetype at = bytes.lastIndexOf(':');
            bare.push_back(
                    double(time - bytes.mid(at + 1, bytes.indexOf('}') - at - 1).toLongLong())
                    / 1e3);
        });
        waitFor([] { return false; }, 10000);
        const double p50 = percentile(m_sink.delays, 0.5);
        const double bare50 = percentile(bare, 0.5);
        m_out << "latency  QML handler: median " << p50 << " us, 99 % within "
              << percentile(m_sink.delays, 0.99) << " us; bare readyRead: median " << bare50
              << " us, 99 % within " << percentile(bare, 0.99) << " us; ratio of medians "
              << p50 / bare50 << Qt::endl;
    }

    void idle()
    {
        const std::unique_ptr<QObject> listener = make(floodQml, u"silent"_s);
        waitFor([&] { return listener->property("status") == EventSourceListener::Open; }, 5000);
        waitFor([] { return false; }, 1000);
        const qint64 before = wakeUps();
        waitFor([] { return false; }, 10000);
        // One is the end of the wait.
        m_out << "idle     an open, silent listener: " << wakeUps() - before - 1
              << " wake-ups of all threads in 10 s" << Qt::endl;
    }

    void memory()
    {
        const qint64 before = residentBytes();
        {
            EventSourceListener listener(QUrl(m_base + u"flood"_s));
            QObject::connect(&listener, &EventSourceListener::message,
                             [] { QThread::usleep(100); });
            waitFor([] { return false; }, 10000);
            m_out << "memory   a server faster than the handler for 10 s: "
                  << double(residentBytes() - before) / (1024 * 1024) << " MiB" << Qt::endl;
        }
        const qint64 bareBefore = residentBytes();
        QNetworkAccessManager manager;
        const std::unique_ptr<QNetworkReply> reply(
                manager.get(QNetworkRequest(QUrl(m_base + u"flood"_s))));
        waitFor([] { return false; }, 1000);
        m_out << "memory   the same for 1 s, bare QNAM: "
              << double(residentBytes() - bareBefore) / (1024 * 1024) << " MiB" << Qt::endl;
    }

private:
    std::unique_ptr<QObject> make(const char *qml, const QString &path)
    {
        QQmlComponent component(&m_engine);
        component.setData(qml, {});
        std::unique_ptr<QObject> object(
                component.createWithInitialProperties({{u"url"_s, QUrl(m_base + path)}}));
        if (!object)
            qFatal("%s", qPrintable(component.errorString()));
        return object;
    }

    // Voluntary context switches: a thread went to sleep, and so was woken.
    static qint64 wakeUps()
    {
        qint64 sum = 0;
        for (const QString &task :
             QDir(u"/proc/self/task"_s).entryList(QDir::NoDotAndDotDot | QDir::Dirs)) {
            QFile status(u"/proc/self/task/%1/status"_s.arg(task));
            if (!status.open(QIODevice::ReadOnly))
                continue;
            const QByteArray text = status.readAll();
            const qsizetype at = text.indexOf("\nvoluntary_ctxt_switches:");
            sum += text.mid(at + 25, text.indexOf('\n', at + 1) - at - 25).trimmed().toLongLong();
        }
        return sum;
    }

    const QString m_base;
    QTextStream &m_out;
    QQmlEngine m_engine;
    Sink m_sink;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QStringList parts = app.arguments().mid(1);
    if (parts.value(0) == u"--serve"_s)
        return serve();
    if (parts.isEmpty())
        parts = QStringList {u"idle"_s, u"latency"_s, u"stalls"_s, u"memory"_s};

    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(app.applicationFilePath(), {u"--serve"_s});
    if (!server.waitForReadyRead(30000))
        qFatal("The server did not start.");
    const QString base = QString::fromUtf8(server.readLine().trimmed());
    QTextStream out(stdout);
    out.setRealNumberNotation(QTextStream::FixedNotation);
    out.setRealNumberPrecision(2);
    {
        Bench bench(base, out);
        for (const QString &part : std::as_const(parts)) {
            if (part == u"stalls"_s)
                bench.stalls();
            else if (part == u"latency"_s)
                bench.latency();
            else if (part == u"idle"_s)
                bench.idle();
            else if (part == u"memory"_s)
                bench.memory();
            else
                qFatal("There is no part \"%s\".", qPrintable(part));
        }
    }
    server.kill();
    server.waitForFinished();
    return 0;
}

#include "bench_calm.moc"
