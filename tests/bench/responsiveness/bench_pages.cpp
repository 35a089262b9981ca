// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

// The dashboard's fastest pages, each with and without a stream: how regular the frames of its log of
// 100,000 lines and of its table of 500 hosts are, and how long input waits while somebody types a
// search.

#include "measuring.h"
#include "processfigures.h"
#include "scene.h"
#include "screen.h"

#include <QtCore/qregularexpression.h>
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

// A page of the dashboard with something that moves.
class Page
{
public:
    explicit Page(const Options &options) : m_screen(options)
    {
        m_stream = page()->property("stream").value<QObject *>();
        QQmlComponent component(&m_engine);
        component.setData(moving, {});
        m_moving.reset(qobject_cast<QQuickItem *>(component.create()));
        m_moving->setParentItem(m_screen.window()->contentItem());
    }

    QObject *page() const { return m_screen.window()->property("currentPage").value<QObject *>(); }

    void open(const QString &path, const QString &query = {})
    {
        QUrl url = m_screen.server()->address(path);
        url.setQuery(query);
        QMetaObject::invokeMethod(m_stream, "watch", Q_ARG(QVariant, url.toString()));
    }

    // Returns the worst.
    double frames(const QString &name, int milliseconds)
    {
        std::vector<double> intervals;
        qint64 last = now();
        QObject context;
        QObject::connect(m_screen.window(), &QQuickWindow::frameSwapped, &context, [&] {
            const qint64 time = now();
            intervals.push_back(double(time - last) / 1e6);
            last = time;
        });
        const qint64 waited = waitedForCore();
        const qint64 start = now();
        runFor(milliseconds);
        row(name + u": between frames, median"_s, median(intervals), u"ms"_s);
        row(name + u": between frames, 99 %"_s, percentile(intervals, 0.99), u"ms"_s);
        row(name + u": between frames, worst"_s, largest(intervals), u"ms"_s);
        row(name + u": share of the time without a core"_s,
            double(waitedForCore() - waited) / double(now() - start) * 100, u"%"_s);
        return largest(intervals);
    }

protected:
    Screen m_screen;
    QObject *m_stream;

private:
    QQmlEngine m_engine;
    std::unique_ptr<QQuickItem> m_moving;
};

class LogPage : public Page
{
public:
    explicit LogPage(const Options &options) : Page(options)
    {
        const auto *model = qobject_cast<QAbstractItemModel *>(m_lines);
        QObject::connect(model, &QAbstractItemModel::rowsInserted, page(),
                         [this](const QModelIndex &, int first, int last) {
                             m_received += last - first + 1;
                         });
    }

    QQuickItem *view() const { return m_screen.item(u"logView"_s); }
    int total() const { return m_lines->property("totalCount").toInt(); }

    // All lines, also those that have left.
    qint64 received() const { return m_received; }

    // Loads the history.
    void history()
    {
        const qint64 start = now();
        open(u"/log"_s);
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
    QObject *m_lines = view()->property("lines").value<QObject *>();
    qint64 m_received = 0;
};

class FleetPage : public Page
{
public:
    using Page::Page;

    // The page says "of 500 hosts · 50 events/s".
    int hosts() const { return figure(1); }
    int eventsPerSecond() const { return figure(2); }
    void waitForHosts() const
    {
        while (hosts() < 400)
            runFor(100);
    }
    void press(const QString &button) { m_screen.click(button); }

private:
    int figure(int capture) const
    {
        static const QRegularExpression pattern(u"of (\\d+) hosts · (\\d+) events/s"_s);
        return pattern.match(m_screen.text(u"hostCount"_s)).captured(capture).toInt();
    }
};

// Its history, then a stream as fast as the limit that it is measured with.
void measureLog()
{
    Options options;
    options.page = u"log"_s;
    options.lazy = true;
    LogPage log(options);
    runFor(500); // start-up is not measured
    const double atRest = log.frames(u"Log without a stream"_s, 5000);
    log.history();
    log.frames(u"Log, 20 lines/s"_s, 5000);
    log.type(u"Search"_s, u"warning: e"_s);
    log.open(u"/log"_s, u"rate=50000"_s);
    runFor(4000);
    const qint64 before = log.received();
    const qint64 start = now();
    const double fast = log.frames(u"Log, 50,000 lines/s"_s, 10000);
    row(u"Log, 50,000 lines/s: received"_s,
        double(log.received() - before) * 1e9 / double(now() - start), u"/s"_s);
    row(u"Log, 50,000 lines/s: worst frame relative to the worst without a stream"_s, fast / atRest,
        u"×"_s, 2);
    log.type(u"Search, 50,000 lines/s"_s, u"warning: e"_s);
}

void measureFleet()
{
    Options options;
    options.page = u"fleet"_s;
    FleetPage fleet(options);
    fleet.waitForHosts();
    fleet.frames(u"Fleet, 50 updates/s"_s, 5000);
    fleet.press(u"sort-metrics.cpu"_s);
    fleet.press(u"fast"_s);
    runFor(2000);
    const double fast = fleet.frames(u"Fleet, 5,000 updates/s"_s, 10000);
    row(u"Fleet, 5,000 updates/s: received"_s, fleet.eventsPerSecond(), u"/s"_s);
    fleet.press(u"startStop"_s);
    runFor(2000); // the last cells fade
    const double atRest = fleet.frames(u"Fleet at rest"_s, 5000);
    row(u"Fleet, 5,000 updates/s: worst frame relative to the worst at rest"_s, fast / atRest,
        u"×"_s, 2);
}

} // namespace

int main(int argc, char *argv[])
{
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    const QGuiApplication application(argc, argv);
    measureLog();
    measureFleet();
    return 0;
}
