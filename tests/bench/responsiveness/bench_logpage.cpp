// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

// The dashboard's log with its 100,000 lines: how regular the frames are with and without a stream,
// and how long input waits while somebody types a search.

#include "measuring.h"
#include "processfigures.h"
#include "scene.h"
#include "screen.h"

#include <QtGui/qguiapplication.h>

using namespace Qt::StringLiterals;

namespace {

// Something that moves, so that there is a frame at any time.
constexpr char moving[] = R"(
import QtQuick
Rectangle {
    width: 30
    height: 30
    color: "seagreen"
    RotationAnimation on rotation { from: 0; to: 360; duration: 2000; loops: Animation.Infinite }
}
)";

class Bench
{
public:
    explicit Bench(const Options &options) : m_screen(options)
    {
        m_stream = page()->property("stream").value<QObject *>();
        m_lines = view()->property("lines").value<QObject *>();
        QQmlComponent component(&m_engine);
        component.setData(moving, {});
        m_moving.reset(qobject_cast<QQuickItem *>(component.create()));
        m_moving->setParentItem(m_screen.window()->contentItem());
    }

    QObject *page() const { return m_screen.window()->property("currentPage").value<QObject *>(); }
    QQuickItem *view() const { return m_screen.item(u"logView"_s); }
    int total() const { return m_lines->property("totalCount").toInt(); }

    void open(const QString &query)
    {
        QMetaObject::invokeMethod(
                m_stream, "watch",
                Q_ARG(QVariant, m_screen.server()->address(u"/log"_s).toString() + query));
    }

    void frames(const QString &name, int milliseconds)
    {
        std::vector<double> intervals;
        qint64 lines = 0;
        qint64 last = now();
        const auto *model = qobject_cast<QAbstractItemModel *>(m_lines);
        QObject context;
        QObject::connect(
                model, &QAbstractItemModel::rowsInserted, &context,
                [&](const QModelIndex &, int first, int end) { lines += end - first + 1; });
        QObject::connect(m_screen.window(), &QQuickWindow::frameSwapped, &context, [&] {
            const qint64 time = now();
            intervals.push_back(double(time - last) / 1e6);
            last = time;
        });
        const qint64 waited = waitedForCore();
        const qint64 start = now();
        runFor(milliseconds);
        const double duration = double(now() - start);
        row(name + u": between frames, median"_s, median(intervals), u"ms"_s);
        row(name + u": between frames, 99 %"_s, percentile(intervals, 0.99), u"ms"_s);
        row(name + u": between frames, worst"_s, largest(intervals), u"ms"_s);
        row(name + u": lines"_s, double(lines) * 1e9 / duration, u"/s"_s);
        row(name + u": share of the time without a core"_s,
            double(waitedForCore() - waited) / duration * 100, u"%"_s);
    }

    // Loads the history.
    void history()
    {
        const qint64 start = now();
        open(QString());
        QEventLoop loop; // QTest's functions sleep
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
            if (total() == 100000)
                loop.quit();
        });
        timer.start(5);
        loop.exec();
        row(u"100,000 lines of history"_s, double(now() - start) / 1e9, u"s"_s);
        row(u"Memory of the process with 100,000 lines"_s, double(residentBytes()) / 1e6, u"MB"_s);
    }

    void type(const QString &name, const QString &text)
    {
        QTest::keyClick(m_screen.window(), Qt::Key_F, Qt::ControlModifier);
        std::vector<double> stalls;
        std::vector<double> durations;
        const auto press = [&](const auto &key) {
            InputProbe probe;
            runFor(5);
            probe.delays.clear();
            const qint64 start = now();
            key();
            while (m_lines->property("searching").toBool())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            durations.push_back(double(now() - start) / 1e6);
            runFor(100); // the frames that show the result
            stalls.push_back(largest(probe.delays));
        };
        for (const QChar c : text)
            press([&] { QTest::keyClick(m_screen.window(), c.toLatin1()); });
        for (qsizetype i = 0; i < text.size(); ++i)
            press([&] { QTest::keyClick(m_screen.window(), Qt::Key_Backspace); });
        row(name + u": input waits, median of the worst of a key"_s, median(stalls), u"ms"_s);
        row(name + u": input waits, worst"_s, largest(stalls), u"ms"_s, 50);
        row(name + u": until the result, median"_s, median(durations), u"ms"_s);
        row(name + u": until the result, worst"_s, largest(durations), u"ms"_s);
    }

private:
    Screen m_screen;
    QQmlEngine m_engine;
    std::unique_ptr<QQuickItem> m_moving;
    QObject *m_stream;
    QObject *m_lines;
};

} // namespace

int main(int argc, char *argv[])
{
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    const QGuiApplication application(argc, argv);
    Options options;
    options.page = u"log"_s;
    options.lazy = true;
    Bench bench(options);
    runFor(500); // start-up is not measured
    bench.frames(u"Log without a stream"_s, 5000);
    bench.history();
    bench.frames(u"Log, 20 lines/s"_s, 5000);
    bench.type(u"Search"_s, u"warning: e"_s);
    bench.open(u"?rate=50000"_s);
    runFor(4000);
    bench.frames(u"Log, 50,000 lines/s"_s, 10000);
    bench.type(u"Search, 50,000 lines/s"_s, u"warning: e"_s);
    return 0;
}
