// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// What listeners cost their thread and their process: GUI-thread stalls, latency, memory, wake-ups
// and CPU time. Each part runs in a process of its own, because memory that one part has used would
// hide the growth in the next. The server has a process of its own too.
//
//   bench_responsiveness [stalls|large|memory|latency|idle|many|coldstart|model|consumers|typed]...

#include "parts.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qprocess.h>
#include <QtGui/qguiapplication.h>
#include <QtQuick/qquickwindow.h>

#include <algorithm>
#include <iterator>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

enum class Kind { Plain, Window, Step };

struct Part
{
    QLatin1StringView name;
    void (*measure)(const QString &base);
    Kind kind;
};

constexpr Part parts[] {
        {"stalls"_L1, measureStalls, Kind::Window},
        {"large"_L1, measureLargeEvent, Kind::Window},
        {"memory"_L1, measureMemory, Kind::Plain},
        {"latency"_L1, measureLatency, Kind::Plain},
        {"idle"_L1, measureIdle, Kind::Plain},
        {"many"_L1, measureManyStreams, Kind::Plain},
        {"coldstart"_L1, measureColdStart, Kind::Plain},
        {"model"_L1, measureModelView, Kind::Window},
        {"consumers"_L1, measureConsumers, Kind::Plain},
        {"typed"_L1, measureTypedJson, Kind::Plain},
        {"idle-listeners"_L1, measureIdleListeners, Kind::Step},
        {"idle-replies"_L1, measureIdleReplies, Kind::Step},
        {"log-rows"_L1, measureLogRows, Kind::Step},
        {"table-rows"_L1, measureTableRows, Kind::Step},
        {"type-plan"_L1, measureTypePlan, Kind::Step},
        {"updates-100"_L1, countUpdatesOfFewRows, Kind::Step},
        {"updates-10000"_L1, countUpdatesOfSomeRows, Kind::Step},
        {"updates-100000"_L1, countUpdatesOfManyRows, Kind::Step},
};

const Part &find(const QString &name)
{
    const auto part = std::find_if(std::begin(parts), std::end(parts),
                                   [&](const Part &candidate) { return candidate.name == name; });
    if (part == std::end(parts))
        qFatal("There is no part \"%s\".", qPrintable(name));
    return *part;
}

} // namespace

int main(int argc, char *argv[])
{
    const QByteArrayView mode = argc > 1 ? argv[1] : "";
    if (mode == "--serve")
        return serve();
    if (mode == "--run" && argc == 4) {
        const Part &part = find(QString::fromUtf8(argv[2]));
        // The same on every machine, whatever graphics card it has.
        QQuickWindow::setSceneGraphBackend(u"software"_s);
        const std::unique_ptr<QCoreApplication> app(part.kind == Kind::Window
                                                            ? new QGuiApplication(argc, argv)
                                                            : new QCoreApplication(argc, argv));
        part.measure(QString::fromUtf8(argv[3]));
        return 0;
    }

    QCoreApplication app(argc, argv);
    QStringList names = app.arguments().mid(1);
    if (names.isEmpty()) {
        for (const Part &part : parts) {
            if (part.kind != Kind::Step)
                names += part.name;
        }
    }
    for (const QString &name : std::as_const(names))
        find(name);

    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(app.applicationFilePath(), {u"--serve"_s});
    if (!server.waitForReadyRead(30000))
        qFatal("The server did not start.");
    const QString base = QString::fromUtf8(server.readLine().trimmed());
    int failed = 0;
    for (const QString &name : std::as_const(names))
        failed |= QProcess::execute(app.applicationFilePath(), {u"--run"_s, name, base});
    server.closeWriteChannel();
    server.waitForFinished();
    return failed == 0 ? 0 : 1;
}
