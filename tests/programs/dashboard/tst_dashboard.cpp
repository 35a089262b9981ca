// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "dashboard.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qjsonobject.h>
#include <QtCore/qprocess.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qguiapplication.h>
#include <QtGui/qimage.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtQuick/qquickitem.h>
#include <QtQuick/qquickwindow.h>
#include <QtTest/qtest.h>

// Long enough for the server's longest silence and reconnection time on a busy machine.
constexpr int patience = 20000;

// The program in this process, operated and read like a user does it.
class Screen
{
public:
    explicit Screen(Options options = {})
    {
        options.seed = 1;
        m_dashboard = std::make_unique<Dashboard>(options);
        QString error;
        if (!m_dashboard->start(&error))
            qFatal("%s", qPrintable(error));
        window()->resize(options.size.isValid() ? options.size : QSize(1280, 800));
        window()->requestActivate();
        if (!QTest::qWaitForWindowActive(window()))
            qFatal("The window does not show.");
    }

    QQuickWindow *window() const { return m_dashboard->window(); }
    DemoServer *server() const { return m_dashboard->server(); }

    // The visible item of that name.
    QQuickItem *item(const QString &name) const { return find(window()->contentItem(), name); }

    QString text(const QString &name) const
    {
        const QQuickItem *found = item(name);
        return found ? found->property("text").toString() : QString();
    }
    QString badge() const
    {
        return item(QStringLiteral("badge"))->property("statusText").toString();
    }
    QString headline() const { return text(QStringLiteral("headline")); }
    QString explanation() const { return text(QStringLiteral("explanation")); }

    bool waitUntilLive() const
    {
        return QTest::qWaitFor([this] { return badge() == QLatin1String("Live"); }, patience);
    }

    void click(const QString &name)
    {
        const QQuickItem *found = item(name);
        QVERIFY2(found, qPrintable(name));
        const QPointF centre = found->mapToScene({found->width() / 2, found->height() / 2});
        QVERIFY2(QRectF(QPointF(), window()->size()).contains(centre), qPrintable(name));
        QTest::mouseClick(window(), Qt::LeftButton, {}, centre.toPoint());
    }

    // All visible items, children after their parents.
    QList<QQuickItem *> items() const
    {
        QList<QQuickItem *> result {window()->contentItem()};
        for (qsizetype i = 0; i < result.size(); ++i) {
            for (QQuickItem *child : result.at(i)->childItems()) {
                if (child->isVisible())
                    result.append(child);
            }
        }
        return result;
    }

private:
    static QQuickItem *find(QQuickItem *parent, const QString &name)
    {
        if (!parent->isVisible())
            return nullptr;
        if (parent->objectName() == name)
            return parent;
        for (QQuickItem *child : parent->childItems()) {
            if (QQuickItem *found = find(child, name))
                return found;
        }
        return nullptr;
    }

    std::unique_ptr<Dashboard> m_dashboard;
};

namespace {
struct Result
{
    int exitCode = -1;
    QString output;
    QString errors;
};

Result run(const QStringList &arguments, const QStringList &unset = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), QDir::tempPath());
    for (const QString &name : unset)
        environment.remove(name);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(DASHBOARD_PROGRAM), arguments);
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

int distinctColors(const QImage &image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            colors.insert(image.pixel(x, y));
    }
    return int(colors.size());
}
} // namespace

class tst_Dashboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QQuickWindow::setGraphicsApi(QSGRendererInterface::Software); }
    // Binding loops, missing properties and the like.
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void showsTheFiguresOfTheStream();
    void showsTheConnection();
    void showsDeploymentsAndAlerts();
    void stopsAndResumes();
    void connectsLazily();
    void explainsFault_data();
    void explainsFault();
    void explainsRefusals();
    void explainsBrokenJson();
    void explainsExpiredTokenAndRenewsIt();
    void announcesSilence();
    void showsRawEvents();
    void changesColors();
    void reachesEverythingByKeyboard();
    void scrollsToTheFocus();
    void obeysShortcuts();
    void fitsEverySize_data();
    void fitsEverySize();
    void watchesOtherStream();
    void explainsBadAddress_data();
    void explainsBadAddress();
    void explainsUnreachableServer();
    void showsForeignTextPlainly();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void showsHelp();
    void takesScreenshotWithoutDisplay();
    void failsWhenScreenshotCannotBeWritten();
    void saysThatThereIsNoDisplay();
};

void tst_Dashboard::showsTheFiguresOfTheStream()
{
    Screen screen;
    // What the server sends, heard independently.
    QMap<quint64, double> cpu;
    EventSourceListener listener(screen.server()->url());
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        const QJsonObject data = event.data().toObject();
        if (data.value(QLatin1String("host")) == QLatin1String("web-2")
            && event.type() == QLatin1String("metrics")) {
            cpu.insert(event.lastEventId().toULongLong(),
                       data.value(QLatin1String("cpu")).toDouble());
        }
    });
    const auto shown = [&] { return screen.text(QStringLiteral("cpu-web-2")); };
    const auto expected = [&] {
        const quint64 id = screen.text(QStringLiteral("fact-lastEventId")).toULongLong();
        auto it = cpu.upperBound(id);
        return it == cpu.begin() || listener.lastEventId().toULongLong() < id
                ? QStringLiteral("not heard yet")
                : QStringLiteral("%1 %").arg(qRound(*--it));
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected(), patience);
    // And it follows.
    const QString before = shown();
    QTRY_VERIFY_WITH_TIMEOUT(shown() != before, patience);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected(), patience);

    for (const char *host : {"web-1", "web-2", "api-1", "api-2", "db-1", "cache-1"}) {
        const QString name = QLatin1String(host);
        QVERIFY2(screen.item(QLatin1String("tile-") + name), host);
        static const QRegularExpression percent(QStringLiteral("^\\d+ %$"));
        QVERIFY2(percent.match(screen.text(QLatin1String("cpu-") + name)).hasMatch(), host);
        // The history that came first fills the line.
        QTRY_COMPARE(screen.item(QLatin1String("cpuLine-") + name)->property("count").toInt(), 60);
    }
}

void tst_Dashboard::showsTheConnection()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QCOMPARE(screen.headline(), QStringLiteral("Live"));
    QCOMPARE(screen.text(QStringLiteral("fact-url")), screen.server()->url().toString());
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    // Six hosts, twice a second.
    QTRY_VERIFY_WITH_TIMEOUT(screen.text(QStringLiteral("fact-rate")).toInt() >= 12
                                     && screen.text(QStringLiteral("fact-rate")).toInt() < 30,
                             patience);
    QCOMPARE(screen.text(QStringLiteral("fact-retryIn")), QStringLiteral("–"));
    QCOMPARE(screen.text(QStringLiteral("fact-unreadable")), QStringLiteral("0"));
    QVERIFY(screen.explanation().contains(QLatin1String("None was lost or repeated.")));
}

void tst_Dashboard::showsDeploymentsAndAlerts()
{
    Screen screen;
    QStringList expected;
    EventSourceListener listener(screen.server()->url());
    listener.setEventTypes({QStringLiteral("deployment"), QStringLiteral("alert")});
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        const QJsonObject data = event.data().toObject();
        const QString host = data.value(QLatin1String("host")).toString();
        if (event.type() == QLatin1String("alert")) {
            expected.prepend(data.value(QLatin1String("resolved")).toBool()
                                     ? host + QStringLiteral(" has calmed down")
                                     : QStringLiteral("High load on ") + host);
        } else {
            expected.prepend(data.value(QLatin1String("service")).toString() + QLatin1Char(' ')
                             + data.value(QLatin1String("version")).toString()
                             + (data.value(QLatin1String("succeeded")).toBool()
                                        ? QStringLiteral(" deployed")
                                        : QStringLiteral(" failed")));
        }
    });
    const auto shown = [&] {
        QStringList titles;
        const QString name = QStringLiteral("activity-%1-title");
        while (screen.item(name.arg(titles.size())))
            titles.append(screen.text(name.arg(titles.size())));
        return titles;
    };
    QTRY_VERIFY(expected.size() > 2);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected, patience);

    // What is replayed late stands where it belongs: at the bottom, as it is from 1970.
    QVERIFY(QMetaObject::invokeMethod(
            screen.item(QStringLiteral("feed")), "add", Q_ARG(QVariant, QStringLiteral("info")),
            Q_ARG(QVariant, QStringLiteral("Deployment")), Q_ARG(QVariant, QStringLiteral("late")),
            Q_ARG(QVariant, QString()), Q_ARG(QVariant, 1000)));
    QTRY_COMPARE(shown().constLast(), QStringLiteral("late"));
}

void tst_Dashboard::stopsAndResumes()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 0);
    screen.click(QStringLiteral("startStop"));
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    QTRY_COMPARE(screen.server()->clientCount(), 0);
    QCOMPARE(screen.text(QStringLiteral("startStop")), QStringLiteral("Start"));
    QCOMPARE(screen.text(QStringLiteral("state-web-1")), QStringLiteral("Not live"));
    const QString id = screen.text(QStringLiteral("fact-lastEventId"));
    QVERIFY2(screen.explanation().contains(QLatin1String("from event ") + id),
             qPrintable(screen.explanation()));

    // The world goes on: an independent listener hears more events before the user is back.
    EventSourceListener other(screen.server()->url());
    QTRY_VERIFY_WITH_TIMEOUT(other.lastEventId().toInt() > id.toInt() + 12, patience);
    screen.click(QStringLiteral("startStop"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.headline(), QStringLiteral("Connected again"));
    static const QRegularExpression replayed(
            QStringLiteral("replayed: [1-9]\\d*\\. None was lost"));
    QTRY_VERIFY2(replayed.match(screen.explanation()).hasMatch(), qPrintable(screen.explanation()));
}

void tst_Dashboard::connectsLazily()
{
    Options options;
    options.lazy = true;
    Screen screen(options);
    QCOMPARE(screen.badge(), QStringLiteral("Stopped"));
    QVERIFY(screen.explanation().contains(QLatin1String("nothing is requested until you press")));
    QCOMPARE(screen.server()->clientCount(), 0);
    screen.click(QStringLiteral("startStop"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.server()->clientCount(), 1);
}

void tst_Dashboard::explainsFault_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("explanation");

    QTest::newRow("drop")
            << "fault-drop"
            << "The connection was lost"
            << "^It broke in the middle of the stream\\. (Next attempt in \\d+ s|Trying "
               "again now), from event \\d+ on\\.$";
    QTest::newRow("clean end")
            << "fault-end"
            << "The server closed the stream"
            << "^It was a clean end\\. (Next attempt in \\d+ s|Trying again now), "
               "from event \\d+ on\\.$";
    QTest::newRow("silence")
            << "fault-silence"
            << "The server has fallen silent"
            << "^Nothing has come for 5 s, not even a heartbeat\\. (Next attempt in "
               "\\d+ s|Trying again now), from event \\d+ on\\.$";
}

void tst_Dashboard::explainsFault()
{
    QFETCH(QString, button);
    QFETCH(QString, headline);
    QFETCH(QString, explanation);
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    screen.click(button);
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(), headline, patience);
    QTRY_VERIFY2(QRegularExpression(explanation).match(screen.explanation()).hasMatch(),
                 qPrintable(screen.explanation()));
    static const QRegularExpression seconds(QStringLiteral("^in \\d+ s$"));
    QVERIFY(seconds.match(screen.text(QStringLiteral("fact-retryIn"))).hasMatch());
    QVERIFY(screen.badge().startsWith(QLatin1String("Reconnecting")));
    QCOMPARE(screen.text(QStringLiteral("state-web-1")), QStringLiteral("Not live"));

    // It goes on by itself, without a gap.
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(), QStringLiteral("Connected again"), patience);
    QTRY_VERIFY(screen.text(QStringLiteral("fact-rate")).toInt() > 0);
    static const QRegularExpression replayed(
            QStringLiteral("replayed: [1-9]\\d*\\. None was lost"));
    QVERIFY2(replayed.match(screen.explanation()).hasMatch(), qPrintable(screen.explanation()));
    QCOMPARE(screen.badge(), QStringLiteral("Live"));
}

void tst_Dashboard::explainsRefusals()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    screen.click(QStringLiteral("fault-refuse"));
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(),
                              QStringLiteral("The server is not available (503)"), patience);
    QVERIFY2(screen.explanation().startsWith(
                     QStringLiteral("It says: “The service is being upgraded.” ")),
             qPrintable(screen.explanation()));
    // An impatient user.
    while (screen.server()->refusalsLeft() > 0) {
        const int before = screen.server()->refusalsLeft();
        screen.click(QStringLiteral("reconnect"));
        QTRY_VERIFY(screen.server()->refusalsLeft() < before);
    }
    QTRY_VERIFY(screen.badge().startsWith(QLatin1String("Reconnecting")));
    screen.click(QStringLiteral("reconnect"));
    QVERIFY(screen.waitUntilLive());
}

void tst_Dashboard::explainsBrokenJson()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    screen.click(QStringLiteral("fault-broken-json"));
    QTRY_COMPARE(screen.headline(), QStringLiteral("An event could not be read"));
    QVERIFY2(screen.explanation().contains(QStringLiteral("“metrics” is no valid JSON"))
                     && screen.explanation().endsWith(
                             QLatin1String("It was skipped, the stream goes on.")),
             qPrintable(screen.explanation()));
    QCOMPARE(screen.text(QStringLiteral("fact-unreadable")), QStringLiteral("1"));
    QCOMPARE(screen.badge(), QStringLiteral("Live"));
    const QString id = screen.text(QStringLiteral("fact-lastEventId"));
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")) != id);
}

void tst_Dashboard::explainsExpiredTokenAndRenewsIt()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    QVERIFY(!screen.item(QStringLiteral("stripAction")));
    screen.click(QStringLiteral("fault-expire-token"));
    QTRY_COMPARE_WITH_TIMEOUT(screen.headline(),
                              QStringLiteral("The server wants a new access token (401)"),
                              patience);
    QVERIFY(screen.explanation().endsWith(
            QLatin1String("Nothing is sent until there is a new token.")));
    QCOMPARE(screen.badge(), QStringLiteral("On hold"));
    QCOMPARE(screen.text(QStringLiteral("fact-retryIn")), QStringLiteral("–"));
    screen.click(QStringLiteral("stripAction"));
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.headline(), QStringLiteral("Connected again"));
    QVERIFY(screen.explanation().contains(QLatin1String("None was lost")));
    QVERIFY(!screen.item(QStringLiteral("stripAction")));
}

void tst_Dashboard::announcesSilence()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    screen.click(QStringLiteral("fault-silence"));
    QTRY_VERIFY(screen.headline().startsWith(QLatin1String("Quiet for ")));
    QVERIFY(screen.explanation().contains(QLatin1String("After 5 s of silence")));
}

void tst_Dashboard::showsRawEvents()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QVERIFY(!screen.item(QStringLiteral("rawEvents")));
    screen.click(QStringLiteral("showRaw"));
    QTRY_VERIFY(screen.item(QStringLiteral("rawEvents")));
    QTRY_VERIFY(screen.item(QStringLiteral("rawEvents"))->property("count").toInt() > 0);
    QVERIFY(!screen.item(QStringLiteral("feed")));
    screen.click(QStringLiteral("showActivity"));
    QTRY_VERIFY(screen.item(QStringLiteral("feed")));
}

void tst_Dashboard::changesColors()
{
    Options options;
    options.colorScheme = QStringLiteral("light");
    Screen screen(options);
    QVERIFY(screen.window()->color().lightnessF() > 0.8);
    screen.click(QStringLiteral("scheme"));
    QTRY_VERIFY(screen.window()->color().lightnessF() < 0.2);
    QCOMPARE(screen.text(QStringLiteral("scheme")), QStringLiteral("Light"));
}

void tst_Dashboard::reachesEverythingByKeyboard()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.item(QStringLiteral("tile-cache-1")));
    QStringList order;
    const auto focused = [&]() -> QQuickItem * { return screen.window()->activeFocusItem(); };
    QCOMPARE(focused()->objectName(), QStringLiteral("startStop"));
    do {
        order.append(focused()->objectName());
        QTest::keyClick(screen.window(), Qt::Key_Tab);
    } while (focused()->objectName() != order.constFirst() && order.size() < 40);
    QCOMPARE(order,
             QStringList({"startStop", "reconnect", "scheme", "fault-drop", "fault-refuse",
                          "fault-silence", "fault-broken-json", "fault-expire-token", "fault-end",
                          "showActivity", "showRaw", "feed"}));

    // One sees where one is, and both usual keys press.
    QVERIFY(focused()->property("visualFocus").toBool());
    QTest::keyClick(screen.window(), Qt::Key_Space);
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QVERIFY(screen.waitUntilLive());
}

void tst_Dashboard::scrollsToTheFocus()
{
    Options options;
    options.size = QSize(480, 600);
    Screen screen(options);
    QVERIFY(screen.waitUntilLive());
    QTRY_VERIFY(screen.item(QStringLiteral("tile-cache-1")));
    const QRectF area(0, 0, 480, 600);
    QSet<QString> seen;
    for (int i = 0; i < 12; ++i) {
        QTest::keyClick(screen.window(), Qt::Key_Tab);
        const QQuickItem *item = screen.window()->activeFocusItem();
        QTRY_VERIFY2(area.intersects(QRectF(item->mapToScene({}), item->size()))
                             && item->mapToScene({}).y() >= 0,
                     qPrintable(item->objectName()));
        if (item->height() < 100)
            QVERIFY2(area.contains(QRectF(item->mapToScene({}), item->size())),
                     qPrintable(item->objectName()));
        seen.insert(item->objectName());
    }
    QVERIFY(seen.contains(QStringLiteral("fault-drop")));
    QVERIFY(seen.contains(QStringLiteral("feed")));
}

void tst_Dashboard::obeysShortcuts()
{
    Screen screen;
    QVERIFY(screen.waitUntilLive());
    QTest::keyClick(screen.window(), Qt::Key_F6);
    QTRY_COMPARE(screen.badge(), QStringLiteral("Stopped"));
    QTest::keyClick(screen.window(), Qt::Key_F6);
    QVERIFY(screen.waitUntilLive());
    QTest::keyClick(screen.window(), Qt::Key_4, Qt::AltModifier);
    QTRY_COMPARE(screen.headline(), QStringLiteral("An event could not be read"));
}

void tst_Dashboard::fitsEverySize_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("foreign");

    const QList<QSize> sizes {{480, 560}, {480, 800}, {640, 700},  {719, 600},  {720, 600},
                              {899, 700}, {940, 600}, {1280, 800}, {1600, 1000}};
    for (const QSize &size : sizes) {
        QTest::addRow("fleet %dx%d", size.width(), size.height()) << size << false;
        QTest::addRow("stream %dx%d", size.width(), size.height()) << size << true;
    }
}

void tst_Dashboard::fitsEverySize()
{
    QFETCH(QSize, size);
    QFETCH(bool, foreign);
    DemoServer other(1);
    Options options;
    options.size = size;
    if (foreign) {
        QString error;
        QVERIFY(other.start(0, &error));
        options.url = other.url();
    }
    Screen screen(options);
    QVERIFY(screen.waitUntilLive());
    QTRY_COMPARE(screen.window()->size(), size);
    QTRY_VERIFY(screen.text(QStringLiteral("fact-lastEventId")).toInt() > 360);
    if (!foreign) {
        QTRY_VERIFY(screen.item(QStringLiteral("tile-cache-1")));
        screen.server()->cause(DemoServer::ExpireToken); // the widest strip
        QTRY_VERIFY_WITH_TIMEOUT(screen.item(QStringLiteral("stripAction")), patience);
    }
    // Let the layouts settle.
    screen.window()->grabWindow();

    for (QQuickItem *item : screen.items()) {
        if (item->width() <= 0 || item->height() <= 0)
            continue;
        const QRectF place(item->mapToScene({}), item->size());
        const QString what = QStringLiteral("%1 \"%2\" at %3,%4 %5x%6")
                                     .arg(QLatin1String(item->metaObject()->className()),
                                          item->property("text").toString())
                                     .arg(place.x())
                                     .arg(place.y())
                                     .arg(place.width())
                                     .arg(place.height());
        // Vertically one can scroll; horizontally nothing may stick out.
        QVERIFY2(place.left() >= -4 && place.right() <= size.width() + 4, qPrintable(what));
        if (!item->inherits("QQuickText"))
            continue;
        const bool mayElide = item->property("elide").toInt() != Qt::ElideNone;
        QVERIFY2(mayElide || !item->property("truncated").toBool(), qPrintable(what));
        QVERIFY2(item->property("contentWidth").toReal() <= item->width() + 1, qPrintable(what));
        QVERIFY2(item->property("contentHeight").toReal() <= item->height() + 1, qPrintable(what));
    }

    // What stands side by side does not overlap.
    QStringList names {"badge",         "startStop",       "reconnect",        "scheme",
                       "strip",         "fact-url",        "fact-lastEventId", "fact-rate",
                       "fact-received", "fact-unreadable", "fact-retryIn"};
    if (foreign) {
        names += {"address", "go", "pause", "clear", "log", "eventText"};
    } else {
        names += {"fault-drop",         "fault-refuse", "fault-silence", "fault-broken-json",
                  "fault-expire-token", "fault-end",    "tile-web-1",    "tile-web-2",
                  "tile-api-1",         "tile-api-2",   "tile-db-1",     "tile-cache-1"};
    }
    QMap<QString, QRectF> places;
    for (const QString &name : std::as_const(names)) {
        const QQuickItem *item = screen.item(name);
        QVERIFY2(item, qPrintable(name));
        const QRectF place(item->mapToScene({}), item->size());
        for (auto it = places.cbegin(); it != places.cend(); ++it) {
            // What is scrolled lies under the fixed part.
            const bool bothFixed = names.indexOf(name) < 11 && names.indexOf(it.key()) < 11;
            const bool bothScrolled = names.indexOf(name) >= 11 && names.indexOf(it.key()) >= 11;
            if (bothFixed || bothScrolled)
                QVERIFY2(!place.intersects(*it), qPrintable(name + QLatin1Char(' ') + it.key()));
        }
        places.insert(name, place);
    }
}

void tst_Dashboard::watchesOtherStream()
{
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options;
    options.url = other.url();
    Screen screen(options);
    QVERIFY(!screen.server());
    QVERIFY(screen.waitUntilLive());
    QVERIFY(!screen.item(QStringLiteral("fault-drop")));
    QTRY_VERIFY(screen.text(QStringLiteral("count-metrics")).toInt() >= 360);

    // Hold the list, and read one event in full.
    QTRY_VERIFY(screen.item(QStringLiteral("log"))->property("count").toInt() > 100);
    screen.click(QStringLiteral("pause"));
    QQuickItem *log = screen.item(QStringLiteral("log"));
    log->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(screen.window(), Qt::Key_Home);
    QTRY_VERIFY(screen.text(QStringLiteral("eventText")).startsWith(QLatin1String("{\n  \"")));
    const QString first = screen.text(QStringLiteral("eventText"));
    QTest::keyClick(screen.window(), Qt::Key_Down);
    QTRY_VERIFY(screen.text(QStringLiteral("eventText")) != first);

    // Another address is watched at once, and Watch starts anew.
    const QString address = other.url().toString();
    QCOMPARE(screen.text(QStringLiteral("address")), address);
    screen.item(QStringLiteral("address"))->setProperty("text", address + QStringLiteral("/none"));
    screen.click(QStringLiteral("go"));
    QTRY_COMPARE(screen.headline(), QStringLiteral("The server refused the request (404)"));
    QVERIFY2(screen.explanation().contains(QLatin1String("It does not try again by itself")),
             qPrintable(screen.explanation()));
    QCOMPARE(log->property("count").toInt(), 0);
    screen.item(QStringLiteral("address"))->setProperty("text", address);
    screen.click(QStringLiteral("go"));
    QVERIFY(screen.waitUntilLive());
}

void tst_Dashboard::explainsBadAddress_data()
{
    QTest::addColumn<QString>("address");

    QTest::newRow("other scheme") << "ftp://example.com/stream";
    QTest::newRow("no scheme") << "example.com/stream";
    QTest::newRow("no host") << "http:///stream";
    QTest::newRow("not a URL") << "http://[";
}

void tst_Dashboard::explainsBadAddress()
{
    QFETCH(QString, address);
    DemoServer other(1);
    QString error;
    QVERIFY(other.start(0, &error));
    Options options;
    options.url = other.url();
    Screen screen(options);
    QVERIFY(screen.waitUntilLive());
    screen.item(QStringLiteral("address"))->setProperty("text", address);
    screen.item(QStringLiteral("address"))->forceActiveFocus();
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QTRY_COMPARE(screen.headline(), QStringLiteral("This is no address of a stream"));
    QVERIFY2(screen.explanation().endsWith(
                     QLatin1String("It connects as soon as the address is right.")),
             qPrintable(screen.explanation()));
    QTRY_COMPARE(other.clientCount(), 0);
}

void tst_Dashboard::explainsUnreachableServer()
{
    QUrl url;
    {
        DemoServer gone(1);
        QString error;
        QVERIFY(gone.start(0, &error));
        url = gone.url();
    }
    Options options;
    options.url = url;
    Screen screen(options);
    QTRY_COMPARE(screen.headline(), QStringLiteral("The server cannot be reached"));
    QVERIFY(screen.explanation().contains(QLatin1String("refused")));
    QVERIFY(screen.badge().startsWith(QLatin1String("Reconnecting")));
}

void tst_Dashboard::showsForeignTextPlainly()
{
    // A stream whose type and data look like markup.
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        server.nextPendingConnection()->write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                "event: <b>bold</b>\ndata: <img src='http://127.0.0.1:1/'>\n\n");
    });
    Options options;
    options.url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort()));
    Screen screen(options);
    QTRY_COMPARE(screen.text(QStringLiteral("count-<b>bold</b>")), QStringLiteral("1"));
    for (const QQuickItem *item : screen.items()) {
        if (item->inherits("QQuickText")
            && item->property("text").toString().contains(QLatin1Char('<')))
            QCOMPARE(item->property("textFormat").toInt(), int(Qt::PlainText));
    }
}

void tst_Dashboard::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");

    QTest::newRow("unknown option") << QStringList {"--colour"} << "Unknown option 'colour'";
    QTest::newRow("stray argument")
            << QStringList {"http://x/"} << "A stream's address goes behind --url.";
    QTest::newRow("URL without a value") << QStringList {"--url"} << "Missing value";
    QTest::newRow("empty URL") << QStringList {"--url", ""} << "\"\" is no complete address";
    QTest::newRow("URL of another scheme")
            << QStringList {"--url", "ftp://x/y"} << "\"ftp://x/y\" is no http or https address";
    QTest::newRow("URL without scheme")
            << QStringList {"--url", "localhost:8080/s"} << "Did you mean http://localhost:8080/s?";
    QTest::newRow("URL without host")
            << QStringList {"--url", "http:///s"} << "is no complete address";
    QTest::newRow("broken URL") << QStringList {"--url", "http://[::1/"}
                                << "is no complete address";
    QTest::newRow("URL and fault") << QStringList {"--url", "http://x/", "--fault", "drop"}
                                   << "--fault is for the embedded server";
    QTest::newRow("unknown fault") << QStringList {"--fault", "rain"} << "\"rain\" is none of drop";
    QTest::newRow("after without screenshot")
            << QStringList {"--after", "5"} << "--after goes with --screenshot";
    QTest::newRow("negative time")
            << QStringList {"--screenshot", "x.png", "--after", "-5"} << "is no number of milli";
    QTest::newRow("empty file name") << QStringList {"--screenshot", ""} << "name is empty";
    QTest::newRow("bad size") << QStringList {"--size", "big"} << "\"big\" is no size";
    QTest::newRow("tiny size") << QStringList {"--size", "10x10"} << "\"10x10\" is no size";
    QTest::newRow("bad port") << QStringList {"--port", "70000"} << "\"70000\" is no port";
    QTest::newRow("bad seed") << QStringList {"--seed", "x"} << "\"x\" is no whole number";
    QTest::newRow("both schemes") << QStringList {"--dark", "--light"} << "exclude each other";
}

void tst_Dashboard::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);
    const Result result = run(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.contains(message), qPrintable(result.errors));
    QVERIFY2(result.errors.startsWith(QLatin1String("eventsource-dashboard: ")),
             qPrintable(result.errors));
    QCOMPARE(result.output, QString());
}

void tst_Dashboard::showsHelp()
{
    const Result result = run({QStringLiteral("--help")},
                              {QStringLiteral("DISPLAY"), QStringLiteral("QT_QPA_PLATFORM")});
    QCOMPARE(result.exitCode, 0);
    for (const char *option : {"--url", "--screenshot", "--after", "--size", "--dark", "--light",
                               "--lazy", "--fault", "--port", "--seed", "--help"})
        QVERIFY2(result.output.contains(QLatin1String(option)), option);
}

void tst_Dashboard::takesScreenshotWithoutDisplay()
{
    const QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("shot.png"));
    const Result result =
            run({QStringLiteral("--screenshot"), file, QStringLiteral("--after"),
                 QStringLiteral("1500"), QStringLiteral("--size"), QStringLiteral("900x700")},
                {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"),
                 QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("QML_IMPORT_PATH")});
    QVERIFY2(result.exitCode == 0, qPrintable(result.errors));
    const QImage image(file);
    QCOMPARE(image.size(), QSize(900, 700));
    QVERIFY(distinctColors(image) > 20);
}

void tst_Dashboard::failsWhenScreenshotCannotBeWritten()
{
    const Result result =
            run({QStringLiteral("--screenshot"), QStringLiteral("/nonexistent/directory/x.png"),
                 QStringLiteral("--after"), QStringLiteral("0")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(
            result.errors.contains(QLatin1String("/nonexistent/directory/x.png cannot be written")),
            qPrintable(result.errors));
}

void tst_Dashboard::saysThatThereIsNoDisplay()
{
#if !defined(Q_OS_LINUX)
    QSKIP("Other systems have a display.");
#endif
    const Result result = run({},
                              {QStringLiteral("DISPLAY"), QStringLiteral("WAYLAND_DISPLAY"),
                               QStringLiteral("QT_QPA_PLATFORM")});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.contains(QLatin1String("There is no display")),
             qPrintable(result.errors));
}

QTEST_MAIN(tst_Dashboard)
#include "tst_dashboard.moc"
