// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventtable.h"
#include "mainwindow.h"
#include "answeringserver.h"

#include <QtTest/qtest.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qscrollbar.h>
#include <QtWidgets/qtreeview.h>

// Uses the window as a person does: by its keys, and by what stands in it.
constexpr int maximumCount = 1000; // of EventSourceModel

class tst_Widgets : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void beginsClosed();
    void showsEventsAsTheyCome();
    void startsAndStopsByKeyboard();
    void enterConnectsAnew();
    void showsTheSelectedEventInFull();
    void marksWhatIsNotJson();
    void sendsHeaders();
    void refusesABadHeader_data();
    void refusesABadHeader();
    void refusesABadUrl_data();
    void refusesABadUrl();
    void showsErrorsUntilTheStreamIsBack();
    void showsWhatAServerSaysAsText();
    void waitsForCredentials();
    void followsTheNewestUnlessScrolledUp();
    void keepsTheLatestEventsOnly();
    void clears();
    void everyControlIsReachedByTab();
    void readsTheFleetAsValues();
    void leavesOtherMessagesOfTheSameName();

private:
    template <typename T>
    T *child(const char *name) const
    {
        return m_window->findChild<T *>(QLatin1String(name));
    }
    QString shown(const char *label) const
    {
        const auto *widget = child<QLabel>(label);
        return widget->isVisible() ? widget->text() : QString();
    }
    QTreeView *view() const { return child<QTreeView>("events"); }
    QString cell(int row, int column) const
    {
        return view()->model()->index(row, column).data().toString();
    }
    int rows() const { return view()->model()->rowCount(); }
    void type(const QString &url)
    {
        auto *field = child<QLineEdit>("url");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, url);
    }

    std::unique_ptr<AnsweringServer> m_server;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Widgets::init()
{
    m_server = std::make_unique<AnsweringServer>();
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_Widgets::cleanup()
{
    m_window.reset();
    m_server.reset();
}

void tst_Widgets::beginsClosed()
{
    QCOMPARE(shown("status"), "Closed");
    QCOMPARE(shown("problem"), "");
    QCOMPARE(shown("count"), "No events yet");
    QCOMPARE(child<QPushButton>("startStop")->text(), "&Start");
}

void tst_Widgets::showsEventsAsTheyCome()
{
    m_server->answers = {
            AnsweringServer::stream("id: 41\nevent: build\ndata: {\"state\": \"passed\"}\n\n")};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(cell(0, EventTable::TypeColumn), "build");
    QCOMPARE(cell(0, EventTable::IdColumn), "41");
    QCOMPARE(cell(0, EventTable::DataColumn), "{\"state\": \"passed\"}");
    QVERIFY(QTime::fromString(cell(0, EventTable::TimeColumn), "HH:mm:ss.zzz").isValid());
    QCOMPARE(shown("status"), QStringLiteral("Open · last event id 41"));
    QCOMPARE(shown("count"), "1 event");

    m_server->requests.last()->sendChunk("id: 42\ndata: 2\n\n");
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(cell(1, EventTable::TypeColumn), "message");
    QCOMPARE(shown("status"), QStringLiteral("Open · last event id 42"));
}

void tst_Widgets::startsAndStopsByKeyboard()
{
    m_server->answers = {AnsweringServer::stream({})};
    type(m_server->address());
    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::AltModifier);
    QTRY_COMPARE(shown("status"), "Open");
    QCOMPARE(child<QPushButton>("startStop")->text(), "&Stop");

    QTest::keyClick(m_window.get(), Qt::Key_S, Qt::AltModifier);
    QTRY_COMPARE(shown("status"), "Closed");
    QCOMPARE(child<QPushButton>("startStop")->text(), "&Start");
    QTRY_VERIFY(!m_server->requests.last()->isConnected());
    QCOMPARE(m_server->requests.size(), 1);
}

void tst_Widgets::enterConnectsAnew()
{
    m_server->answers = {AnsweringServer::stream("id: 7\ndata: 1\n\n")};
    type(m_server->address());
    QTest::keyClick(child<QLineEdit>("url"), Qt::Key_Return);
    QTRY_COMPARE(rows(), 1);
    QTest::keyClick(child<QLineEdit>("url"), Qt::Key_Return);
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(m_server->requests.last()->header("last-event-id"), "7");
}

void tst_Widgets::showsTheSelectedEventInFull()
{
    m_server->answers = {
            AnsweringServer::stream("data: {\"a\":{\"b\":[1,2]}}\n\ndata: \"one\\ntwo\"\n\n")};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(rows(), 2);
    auto *details = child<QPlainTextEdit>("details");
    QCOMPARE(details->toPlainText(), "");

    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Home);
    QCOMPARE(details->toPlainText(),
             "{\n    \"a\": {\n        \"b\": [\n            1,\n            2\n        ]\n    "
             "}\n}\n");
    QTest::keyClick(view(), Qt::Key_Down);
    QCOMPARE(details->toPlainText(), "\"one\\ntwo\"");
}

void tst_Widgets::marksWhatIsNotJson()
{
    m_server->answers = {AnsweringServer::stream("data: {oops\n\n")};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(cell(0, EventTable::DataColumn), "{oops");
    const QModelIndex index = view()->model()->index(0, EventTable::DataColumn);
    QVERIFY(!index.data(Qt::DecorationRole).isNull());
    QVERIFY(index.data(Qt::ToolTipRole).toString().startsWith("Not JSON: "));
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Home);
    const QString details = child<QPlainTextEdit>("details")->toPlainText();
    QVERIFY2(details.startsWith("Not JSON: ") && details.endsWith("\n\n{oops"),
             qPrintable(details));
    QCOMPARE(shown("status"), "Open");
}

void tst_Widgets::sendsHeaders()
{
    m_server->answers = {AnsweringServer::stream({})};
    child<QPlainTextEdit>("headers")->setPlainText("Authorization: Bearer a:b\n\nX-Other:1\n");
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(shown("status"), "Open");
    QCOMPARE(m_server->requests.first()->header("authorization"), "Bearer a:b");
    QCOMPARE(m_server->requests.first()->header("x-other"), "1");
}

void tst_Widgets::refusesABadHeader_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no colon") << "Authorization" << QStringLiteral("“Authorization” has no colon");
    QTest::newRow("no name") << " : x" << QStringLiteral("“ : x” has no name");
}

void tst_Widgets::refusesABadHeader()
{
    QFETCH(QString, header);
    QFETCH(QString, problem);
    child<QPlainTextEdit>("headers")->setPlainText(header);
    m_window->listenTo(m_server->address());
    QVERIFY2(shown("problem").contains(problem), qPrintable(shown("problem")));
    QVERIFY(child<QPlainTextEdit>("headers")->hasFocus());
    QCOMPARE(shown("status"), "Closed");
}

void tst_Widgets::refusesABadUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("empty") << "";
    QTest::newRow("no scheme") << "localhost/events";
    QTest::newRow("another scheme") << "ftp://localhost/events";
    QTest::newRow("bad port") << "http://localhost:99999/";
    QTest::newRow("no URL at all") << "not a url";
}

void tst_Widgets::refusesABadUrl()
{
    QFETCH(QString, url);
    type(url);
    QTest::keyClick(child<QLineEdit>("url"), Qt::Key_Return);
    QTRY_VERIFY(!shown("problem").isEmpty());
    QVERIFY(shown("status") != "Open");
    QVERIFY(shown("status") != QStringLiteral("Connecting …"));

    // And a good one mends it.
    m_server->answers = {AnsweringServer::stream({})};
    type(m_server->address());
    QTest::keyClick(child<QLineEdit>("url"), Qt::Key_Return);
    QTRY_COMPARE(shown("status"), "Open");
    QCOMPARE(shown("problem"), "");
}

void tst_Widgets::showsErrorsUntilTheStreamIsBack()
{
    m_server->answers = {AnsweringServer::stream("retry: 1000\ndata: 1\n\n"),
                         AnsweringServer::status("503 Service Unavailable", "come back later"),
                         AnsweringServer::stream("data: 2\n\n")};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(rows(), 1);
    m_server->requests.last()->reset();
    QTRY_VERIFY(shown("status").startsWith("Waiting, next attempt in "));
    QTRY_VERIFY2(shown("problem").contains("The server says: come back later"),
                 qPrintable(shown("problem")));
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(shown("problem"), "");
    QCOMPARE(shown("status"), "Open");
}

void tst_Widgets::showsWhatAServerSaysAsText()
{
    m_server->answers = {AnsweringServer::status("404 Not Found", "<h1>Nothing</h1>")};
    m_window->listenTo(m_server->address());
    QTRY_VERIFY2(shown("problem").contains("<h1>Nothing</h1>"), qPrintable(shown("problem")));
    QCOMPARE(child<QLabel>("problem")->textFormat(), Qt::PlainText);
    QTRY_COMPARE(shown("status"), "Closed");
    QCOMPARE(child<QPushButton>("startStop")->text(), "&Start");
}

void tst_Widgets::waitsForCredentials()
{
    m_server->answers = {AnsweringServer::status("401 Unauthorized"), AnsweringServer::stream({})};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(shown("status"), "Waiting for other headers or another URL");
    QVERIFY(!shown("problem").isEmpty());
    child<QPlainTextEdit>("headers")->setPlainText("Authorization: Bearer x");
    QTest::keyClick(child<QLineEdit>("url"), Qt::Key_Return);
    QTRY_COMPARE(shown("status"), "Open");
    QCOMPARE(shown("problem"), "");
    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(m_server->requests.last()->header("authorization"), "Bearer x");
}

void tst_Widgets::followsTheNewestUnlessScrolledUp()
{
    m_server->answers = {AnsweringServer::stream(QByteArray("data: 1\n\n").repeated(100))};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(rows(), 100);
    const auto lastRowIsVisible = [this] {
        const QRect rect = view()->visualRect(view()->model()->index(rows() - 1, 0));
        return rect.isValid() && view()->viewport()->rect().contains(rect.center());
    };
    QTRY_VERIFY(lastRowIsVisible());

    view()->scrollToTop();
    m_server->requests.last()->sendChunk(QByteArray("data: 1\n\n").repeated(100));
    QTRY_COMPARE(rows(), 200);
    QCOMPARE(view()->verticalScrollBar()->value(), 0);
}

void tst_Widgets::keepsTheLatestEventsOnly()
{
    QByteArray events;
    for (int i = 1; i <= maximumCount + 5; ++i)
        events += "data: " + QByteArray::number(i) + "\n\n";
    m_server->answers = {AnsweringServer::stream(events)};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(cell(rows() - 1, EventTable::DataColumn), "1005");
    QCOMPARE(rows(), maximumCount);
    QCOMPARE(cell(0, EventTable::DataColumn), "6");
    QCOMPARE(shown("count"), "1,005 events, the latest 1,000 shown");
}

void tst_Widgets::clears()
{
    m_server->answers = {AnsweringServer::stream("data: 1\n\n")};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(rows(), 1);
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Home);
    QVERIFY(!child<QPlainTextEdit>("details")->toPlainText().isEmpty());

    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::AltModifier);
    QTRY_COMPARE(rows(), 0);
    QCOMPARE(child<QPlainTextEdit>("details")->toPlainText(), "");
    QCOMPARE(shown("count"), "No events yet");
    QCOMPARE(shown("status"), "Open");
}

void tst_Widgets::everyControlIsReachedByTab()
{
    child<QLineEdit>("url")->setFocus();
    QStringList reached;
    for (int i = 0; i < 10; ++i) {
        const QString name = QApplication::focusWidget()->objectName();
        if (reached.contains(name))
            break;
        reached.append(name);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(reached, (QStringList {"url", "startStop", "headers", "events", "details", "clear"}));
}

void tst_Widgets::readsTheFleetAsValues()
{
    m_server->answers = {AnsweringServer::stream(
            "event: metrics\ndata: {\"host\":\"web-1\",\"cpu\":38.25,\"memory\":50}\n\n"
            "event: metrics\ndata: {\"host\":\"<b>db-1\",\"cpu\":91}\n\n")};
    QCOMPARE(shown("fleet"), "");
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(shown("fleet"), QStringLiteral("2 hosts · busiest: <b>db-1, 91.0 %"));
    QCOMPARE(child<QLabel>("fleet")->textFormat(), Qt::PlainText);

    // The next values of a host replace the ones before.
    m_server->requests.last()->sendChunk(
            "event: metrics\ndata: {\"host\":\"<b>db-1\",\"cpu\":1}\n\n"
            "event: deployment\ndata: {\"service\":\"orders\",\"version\":\"1.2\","
            "\"author\":\"Mei\",\"succeeded\":false}\n\n");
    QTRY_COMPARE(shown("fleet"),
                 QStringLiteral("2 hosts · busiest: web-1, 38.3 % · orders 1.2 by Mei failed"));
    QCOMPARE(shown("count"), "4 events");

    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::AltModifier);
    QTRY_COMPARE(shown("fleet"), "");
}

void tst_Widgets::leavesOtherMessagesOfTheSameName()
{
    m_server->answers = {
            AnsweringServer::stream("event: metrics\ndata: {\"host\":\"a\",\"cpu\":\"high\"}\n\n"
                                    "event: metrics\ndata: {oops\n\n")};
    m_window->listenTo(m_server->address());
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(shown("count"), "2 events");
    QCOMPARE(shown("fleet"), "");
    QVERIFY(view()->model()->index(0, EventTable::DataColumn).data(Qt::DecorationRole).isNull());
}

int main(int argc, char **argv)
{
    // Numbers are compared as they are shown.
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QApplication app(argc, argv);
    tst_Widgets test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}

#include "tst_widgets.moc"
