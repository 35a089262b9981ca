// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "explorerscreen.h"

#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qsettings.h>
#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qtcpserver.h>

// The explorer page: a request is put together, sent, and what comes of it is read.
class tst_Explorer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void sendsARequest_data();
    void sendsARequest();
    void sendsARequestByKeyboard();
    void showsMoreSettings();
    void reportsAnHttpError();
    void reportsARefusedConnection();
    void showsWhen();
    void stops();
    void saysThatAStreamIsSilent();
    void namesWrongFields_data();
    void namesWrongFields();
    void namesWrongHeaders();
    void offersTheFaultsOfItsStream();
    void remembersAddresses();
    void exportsEvents();
    void copiesWithoutSecrets();

private:
    QTemporaryDir m_folder;
};

void tst_Explorer::initTestCase()
{
    QVERIFY(m_folder.isValid());
    // Nothing of the user's is read or written.
    qputenv("HOME", m_folder.path().toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", m_folder.path().toLocal8Bit());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void tst_Explorer::init()
{
    QDir(m_folder.filePath(QStringLiteral("eventsource-dashboard"))).removeRecursively();
}

void tst_Explorer::sendsARequest_data()
{
    QTest::addColumn<QSize>("size");

    QTest::addRow("narrow") << QSize(360, 640);
    QTest::addRow("wide") << QSize(1280, 800);
}

void tst_Explorer::sendsARequest()
{
    QFETCH(QSize, size);
    Explorer explorer(size);
    QVERIFY(explorer.server());
    QCOMPARE(explorer.narrow(), size.width() < 720);
    explorer.enter(QStringLiteral("explorerAddress"), explorer.address(QStringLiteral("/echo")));
    explorer.type(QStringLiteral("?room=7"));
    explorer.click(QStringLiteral("methodPOST"));
    explorer.press(QStringLiteral("addHeader"));
    explorer.type(QStringLiteral("X-Test"));
    explorer.enter(QStringLiteral("headerValue0"), QStringLiteral("yes, please"));
    explorer.enter(QStringLiteral("body"), QStringLiteral("{\"a\": [1, 2]}"));
    explorer.click(QStringLiteral("explore"));

    QTRY_VERIFY(explorer.item(QStringLiteral("explorerLog")));
    QTRY_COMPARE(explorer.count(), 1);
    QTRY_COMPARE(explorer.situation(),
                 QStringLiteral("Ended by the server: there are no more events."));
    explorer.item(QStringLiteral("explorerLog"))->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(explorer.window(), Qt::Key_Down);
    const QString details = explorer.text(QStringLiteral("explorerDetails"));
    QVERIFY2(details.startsWith(QStringLiteral("request · id – · ")), qPrintable(details));
    const QJsonObject echoed =
            QJsonDocument::fromJson(details.mid(details.indexOf(u'\n')).toUtf8()).object();
    QCOMPARE(echoed.value(QStringLiteral("method")).toString(), QStringLiteral("POST"));
    QCOMPARE(echoed.value(QStringLiteral("query")).toString(), QStringLiteral("room=7"));
    QCOMPARE(echoed.value(QStringLiteral("body")).toString(), QStringLiteral("{\"a\": [1, 2]}"));
    const QJsonObject headers = echoed.value(QStringLiteral("headers")).toObject();
    QCOMPARE(headers.value(QStringLiteral("x-test")).toString(), QStringLiteral("yes, please"));
    QCOMPARE(headers.value(QStringLiteral("content-type")).toString(),
             QStringLiteral("application/json"));

    explorer.click(QStringLiteral("pane-response"));
    QVERIFY(explorer.text(QStringLiteral("responseHead"))
                    .contains(QStringLiteral("content-type: text/event-stream")));
}

void tst_Explorer::showsMoreSettings()
{
    Explorer explorer({360, 560});
    const auto isInSight = [&](const char *name) {
        const QQuickItem *item = explorer.item(QLatin1String(name));
        const QQuickItem *view = item;
        while (view && !view->clip())
            view = view->parentItem();
        return view
                && QRectF({}, view->size())
                           .contains(QRectF(item->mapToItem(view, QPointF()), item->size()));
    };
    explorer.click(QStringLiteral("more"));
    QTRY_VERIFY(isInSight("reconnects"));
    QVERIFY(isInSight("more"));
    QTest::keyClick(explorer.window(), Qt::Key_Return);
    QTRY_VERIFY(!explorer.item(QStringLiteral("reconnects")));
    QTest::keyClick(explorer.window(), Qt::Key_Return);
    QTRY_VERIFY(isInSight("reconnects"));
    QTest::keyClick(explorer.window(), Qt::Key_Space);
    QTRY_VERIFY(!explorer.item(QStringLiteral("reconnects")));
}

void tst_Explorer::sendsARequestByKeyboard()
{
    Explorer explorer;
    const auto focused = [&] { return explorer.window()->activeFocusItem(); };
    explorer.click(QStringLiteral("explorerAddress"));
    QTest::keyClick(explorer.window(), Qt::Key_A, Qt::ControlModifier);
    explorer.type(explorer.address(QStringLiteral("/echo")));

    // The order of the page, and of the window around it.
    QStringList order;
    do {
        order.append(focused()->objectName());
        if (focused()->objectName() == QLatin1String("methodPOST"))
            QTest::keyClick(explorer.window(), Qt::Key_Return);
        QTest::keyClick(explorer.window(), Qt::Key_Tab);
    } while (focused()->objectName() != order.constFirst() && order.size() < 40);
    QCOMPARE(order, QStringList({"explorerAddress", "methodGET",   "methodPOST",
                                 "methodPUT",       "methodPATCH", "methodDELETE",
                                 "addHeader",       "body",        "json",
                                 "asText",          "more",        "explore",
                                 "copyQML",         "copyC++",     "copycurl",
                                 "pane-events",     "pane-errors", "pane-response",
                                 "pane-timings",    "explorerLog", "page-explorer",
                                 "faults",          "scheme"}));
    // And back out of the body.
    while (focused()->objectName() != QLatin1String("json"))
        QTest::keyClick(explorer.window(), Qt::Key_Tab);
    QTest::keyClick(explorer.window(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(focused()->objectName(), QStringLiteral("body"));
    QTest::keyClick(explorer.window(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(focused()->objectName(), QStringLiteral("addHeader"));

    explorer.click(QStringLiteral("explorerAddress"));
    QTest::keyClick(explorer.window(), Qt::Key_Return);
    QTRY_COMPARE(explorer.count(), 1);
}

void tst_Explorer::reportsAnHttpError()
{
    Explorer explorer;
    explorer.start(QStringLiteral("/nothing"));
    QTRY_COMPARE(explorer.text(QStringLiteral("pane-errors")), QStringLiteral("Errors (1)"));
    explorer.click(QStringLiteral("pane-errors"));
    QTRY_VERIFY(explorer.shows(QStringLiteral("404")));
    QVERIFY(explorer.shows(QStringLiteral("Does not try again.")));
    QCOMPARE(explorer.situation(),
             QStringLiteral("Failed, and is not tried again. See the errors."));
    // A new start begins anew.
    explorer.start(QStringLiteral("/stream"));
    QVERIFY(explorer.waitUntilLive());
    QCOMPARE(explorer.text(QStringLiteral("pane-errors")), QStringLiteral("Errors"));
    QVERIFY(explorer.shows(QStringLiteral("No errors")));
}

void tst_Explorer::reportsARefusedConnection()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QString address = QStringLiteral("http://127.0.0.1:%1/").arg(closed.serverPort());
    closed.close();
    Explorer explorer;
    explorer.enter(QStringLiteral("explorerAddress"), address);
    explorer.click(QStringLiteral("explore"));
    explorer.click(QStringLiteral("pane-errors"));
    QTRY_VERIFY(explorer.shows(QStringLiteral("refused")));
    QVERIFY(explorer.shows(QStringLiteral("Tries again after")));
    QTRY_VERIFY(explorer.situation().startsWith(QStringLiteral("Next attempt in ")));
    explorer.click(QStringLiteral("explore"));
    QTRY_COMPARE(explorer.situation(), QStringLiteral("Stopped."));
    QCOMPARE(explorer.badge(), QStringLiteral("Stopped"));
}

void tst_Explorer::showsWhen()
{
    Explorer explorer;
    explorer.click(QStringLiteral("pane-timings"));
    QCOMPARE(explorer.text(QStringLiteral("timing1")), QStringLiteral("–"));
    explorer.start(QStringLiteral("/stream"));
    const auto value = [&](int index) {
        return explorer.text(QStringLiteral("timing%1").arg(index));
    };
    QTRY_VERIFY(value(3).toInt() > 100); // the server's recent events
    QCOMPARE(value(0), QStringLiteral("1"));
    for (int index : {1, 2, 5, 6, 7})
        QVERIFY2(value(index).endsWith(QStringLiteral(" ms")), qPrintable(value(index)));
    QTRY_VERIFY(explorer.situation().startsWith(QStringLiteral("Events so far: ")));
}

void tst_Explorer::stops()
{
    for (const QSize &size : {QSize(360, 640), QSize(1280, 800)}) {
        Explorer explorer(size);
        explorer.start(QStringLiteral("/stream"));
        QVERIFY(explorer.waitUntilLive());
        QTRY_VERIFY(explorer.count() > 0);
        QCOMPARE(explorer.text(QStringLiteral("explore")), QStringLiteral("Stop"));
        QTest::keyClick(explorer.window(), Qt::Key_F6);
        QTRY_COMPARE(explorer.badge(), QStringLiteral("Stopped"));
        QCOMPARE(explorer.situation(), QStringLiteral("Stopped."));
        QTRY_COMPARE(explorer.server()->clientCount(), 0);
        // What was there stays until it is cleared.
        QVERIFY(explorer.count() > 0);
        explorer.click(QStringLiteral("clearEvents"));
        QTRY_COMPARE(explorer.count(), 0);
    }
}

void tst_Explorer::saysThatAStreamIsSilent()
{
    Explorer explorer;
    explorer.start(QStringLiteral("/stream"));
    QVERIFY(explorer.waitUntilLive());
    explorer.server()->cause(DemoServer::Silence);
    QTRY_VERIFY_WITH_TIMEOUT(explorer.situation().startsWith(QStringLiteral("No event for ")),
                             patience);
}

void tst_Explorer::namesWrongFields_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("problem");

    const auto row = [](const char *name, const char *address, const char *body, const char *field,
                        const char *problem) {
        QTest::addRow("%s", name) << QString::fromUtf8(address) << QString::fromUtf8(body)
                                  << QString::fromUtf8(field) << QString::fromUtf8(problem);
    };
    const char *good = "http://127.0.0.1:1/";
    row("no address", "", "", "explorerAddress", "Enter the address of a stream.");
    row("no scheme", "example.com", "", "explorerAddress", "http://");
    row("other scheme", "ftp://example.com", "", "explorerAddress", "http://");
    row("no host", "https:///events", "", "explorerAddress", "The host");
    row("space", "https://exa mple.com/", "", "explorerAddress", "space");
    row("port", "http://127.0.0.1:99999/", "", "explorerAddress", "port");
    row("body", good, "{\"a\": 1,}", "body", "Line 1, column 9");
    row("lines of a body", good, "{\n  \"ä\": [1, 2\n}", "body", "Line 3, column 1");
    row("two values", good, "1, 2", "body", "one value");
    row("unfinished", good, "\"abc", "body", "Line 1");
}

void tst_Explorer::namesWrongFields()
{
    QFETCH(QString, address);
    QFETCH(QString, body);
    QFETCH(QString, field);
    QFETCH(QString, problem);
    Explorer explorer(QSize(360, 640));
    explorer.enter(QStringLiteral("explorerAddress"), address);
    if (!body.isEmpty()) {
        explorer.press(QStringLiteral("methodPOST"));
        explorer.paste(QStringLiteral("body"), body);
    }
    explorer.click(QStringLiteral("explore"));
    const QString shown = explorer.text(field + QStringLiteral("Problem"));
    QVERIFY2(shown.contains(problem), qPrintable(shown));
    QCOMPARE(explorer.window()->activeFocusItem()->objectName(), field);
    QCOMPARE(explorer.badge(), QStringLiteral("Ready"));
    // It is gone with the next key.
    QTest::keyClick(explorer.window(), Qt::Key_X);
    QVERIFY(!explorer.item(field + QStringLiteral("Problem")));
}

void tst_Explorer::namesWrongHeaders()
{
    Explorer explorer;
    const auto problem = [&] {
        explorer.click(QStringLiteral("explore"));
        return explorer.text(QStringLiteral("headersProblem"));
    };
    explorer.press(QStringLiteral("addHeader"));
    explorer.type(QStringLiteral("x-one"));
    explorer.press(QStringLiteral("addHeader"));
    explorer.type(QStringLiteral("X Two"));
    QVERIFY(problem().contains(QStringLiteral("“X Two”")));
    QCOMPARE(explorer.window()->activeFocusItem()->objectName(), QStringLiteral("headerName1"));
    explorer.enter(QStringLiteral("headerName1"), QStringLiteral("X-One"));
    QVERIFY(problem().contains(QStringLiteral("twice")));
    explorer.enter(QStringLiteral("headerName1"), QString());
    explorer.enter(QStringLiteral("headerValue1"), QStringLiteral("a"));
    QVERIFY(problem().contains(QStringLiteral("needs a name")));
    explorer.press(QStringLiteral("removeHeader1"));
    QCOMPARE(problem(), QString());
    QVERIFY(explorer.waitUntilLive());
}

void tst_Explorer::offersTheFaultsOfItsStream()
{
    Explorer explorer;
    explorer.enter(QStringLiteral("explorerAddress"), explorer.address(QStringLiteral("/stream")));
    explorer.type(QStringLiteral("?anything=1"));
    explorer.click(QStringLiteral("explore"));
    QVERIFY(explorer.waitUntilLive());
    explorer.cause(QStringLiteral("drop"));
    QTRY_VERIFY_WITH_TIMEOUT(
            explorer.result(QStringLiteral("drop")).startsWith(QStringLiteral("Back after")),
            patience);
    explorer.click(QStringLiteral("explore"));
    explorer.click(QStringLiteral("requestPane")); // the faults need space
    explorer.enter(QStringLiteral("explorerAddress"), explorer.address(QStringLiteral("/echo")));
    QTRY_VERIFY(explorer.text(QStringLiteral("faultScope"))
                        .contains(QStringLiteral("is not the built-in server's")));
    QVERIFY(!explorer.item(QStringLiteral("fault-drop"))->isEnabled());
}

void tst_Explorer::remembersAddresses()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString plain = QStringLiteral("http://127.0.0.1:%1/events").arg(other.serverPort());
    const QString secret = QString(plain).replace(QStringLiteral("//"), QStringLiteral("//me:pw@"))
            + QStringLiteral("?token=abc#def");
    {
        Explorer explorer;
        explorer.enter(QStringLiteral("explorerAddress"), secret);
        explorer.click(QStringLiteral("explore"));
        QTRY_COMPARE(explorer.text(QStringLiteral("recent0")), plain);
        explorer.click(QStringLiteral("explore"));
        // The embedded server has another port each time.
        explorer.start(QStringLiteral("/stream"));
        QVERIFY(!explorer.item(QStringLiteral("recent1")));
    }
    QFile file(
            m_folder.filePath(QStringLiteral("eventsource-dashboard/eventsource-dashboard.ini")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray stored = file.readAll();
    QVERIFY(stored.contains(plain.toUtf8()));
    for (const char *secret : {"me", "pw", "token", "abc", "def"})
        QVERIFY2(!stored.contains(QByteArray(secret)), secret);

    Explorer explorer(QSize(360, 640));
    QCOMPARE(explorer.badge(), QStringLiteral("Ready"));
    explorer.press(QStringLiteral("recent0"));
    QCOMPARE(explorer.text(QStringLiteral("explorerAddress")), plain);
    explorer.press(QStringLiteral("forget"));
    QVERIFY(!explorer.item(QStringLiteral("recent0")));
}

void tst_Explorer::exportsEvents()
{
    Explorer explorer;
    explorer.press(QStringLiteral("methodPOST"));
    explorer.press(QStringLiteral("json"));
    explorer.paste(QStringLiteral("body"), QString(70000, u'x'));
    explorer.start(QStringLiteral("/echo"));
    QTRY_COMPARE(explorer.count(), 1);
    explorer.click(QStringLiteral("export"));
    const QString note = explorer.text(QStringLiteral("exportNote"));
    const QString path = note.mid(note.indexOf(m_folder.path()));
    QFile file(path);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(note));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 1);
    const QJsonObject line = QJsonDocument::fromJson(lines.constFirst()).object();
    QCOMPARE(line.value(QStringLiteral("type")).toString(), QStringLiteral("request"));
    QVERIFY(line.value(QStringLiteral("data"))
                    .toString()
                    .startsWith(QStringLiteral("{\"body\":\"x")));
    // Its end is missing, and it says so.
    QVERIFY(line.value(QStringLiteral("cut")).toBool());
    explorer.item(QStringLiteral("explorerLog"))->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(explorer.window(), Qt::Key_Down);
    QVERIFY(explorer.text(QStringLiteral("explorerDetails"))
                    .contains(QStringLiteral("Only the beginning is shown.")));
}

void tst_Explorer::copiesWithoutSecrets()
{
    Explorer explorer;
    explorer.enter(QStringLiteral("explorerAddress"),
                   QStringLiteral("https://example.com/events?api_key=abc"));
    explorer.press(QStringLiteral("addHeader"));
    explorer.type(QStringLiteral("Authorization"));
    explorer.enter(QStringLiteral("headerValue0"), QStringLiteral("Bearer abc"));
    QCOMPARE(explorer.item(QStringLiteral("headerValue0"))
                     ->property("displayText")
                     .toString()
                     .count(u'a'),
             0); // masked
    const QClipboard *clipboard = QGuiApplication::clipboard();
    for (const auto &[name, start] :
         {std::pair("copyQML", "import EventSource"),
          std::pair("copyC++", "#include <EventSource/"), std::pair("copycurl", "curl ")}) {
        explorer.click(QLatin1String(name));
        QVERIFY(clipboard->text().startsWith(QLatin1String(start)));
        QVERIFY(clipboard->text().contains(
                QStringLiteral("https://example.com/events?api_key=SECRET")));
        QVERIFY(clipboard->text().contains(QStringLiteral("Authorization")));
        QVERIFY(!clipboard->text().contains(QStringLiteral("abc")));
        QCOMPARE(explorer.text(QStringLiteral("copyLabel")), QStringLiteral("Copied"));
    }
}

QTEST_MAIN(tst_Explorer)
#include "tst_explorer.moc"
