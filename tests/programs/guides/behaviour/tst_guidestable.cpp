// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#define main sampleMain
#include "guidestablesample.cpp"
#undef main

#include "scriptedserver.h"

#include <QtTest/qtest.h>

#include <array>
#include <memory>

namespace {

std::array<char, 100> address;

// The program has made the application, which reads its arguments only now.
void prepare();

} // namespace

Q_COREAPP_STARTUP_FUNCTION(prepare)

// The table of the guide, in the program that shows it.
class tst_GuidesTable : public QObject
{
    Q_OBJECT

public:
    ScriptedServer server;

private Q_SLOTS:
    void showsTheBusiestHostFirst();
};

void tst_GuidesTable::showsTheBusiestHostFirst()
{
    const QTableView *table = nullptr;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (const QWidget *window : windows) {
        if (const auto view = qobject_cast<const QTableView *>(window))
            table = view;
    }
    QVERIFY(table);
    const auto row = [table](int row) {
        QStringList texts;
        for (int column = 0; column < table->model()->columnCount(); ++column)
            texts.append(table->model()->index(row, column).data().toString());
        return texts.join(u' ');
    };
    QCOMPARE(table->model()->headerData(2, Qt::Horizontal).toString(), "CPU");

    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/hosts");
    exchange->sendStream(
            "event: snapshot\ndata: [{\"name\":\"a\",\"state\":\"ok\",\"metrics\":{\"cpu\":10}},"
            "{\"name\":\"b\",\"state\":\"ok\",\"metrics\":{\"cpu\":9}}]\n\n");
    QTRY_COMPARE(row(0), "a ok 10");
    QCOMPARE(row(1), "b ok 9");

    // A change moves the row, and all its cells are shown anew.
    int changedColumns = 0;
    connect(table->model(), &QAbstractItemModel::dataChanged, this,
            [&](const QModelIndex &first, const QModelIndex &last) {
                changedColumns = std::max(changedColumns, last.column() - first.column() + 1);
            });
    exchange->sendChunk("event: host\ndata: "
                        "{\"name\":\"b\",\"state\":\"critical\",\"metrics\":{\"cpu\":97}}\n\n");
    QTRY_COMPARE(row(0), "b critical 97");
    QCOMPARE(row(1), "a ok 10");
    QCOMPARE(changedColumns, 3);

    exchange->sendChunk("event: removed\ndata: {\"name\":\"b\"}\n\n");
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QCOMPARE(row(0), "a ok 10");
}

namespace {

int result = 1;

void prepare()
{
    auto *test = new tst_GuidesTable;
    qstrncpy(address.data(), test->server.url(QStringLiteral("/hosts")).toEncoded().constData(),
             address.size());
    QTimer::singleShot(0, test, [test] {
        result = QTest::qExec(test);
        delete test;
        QCoreApplication::quit();
    });
}

} // namespace

int main(int, char **argv)
{
    std::array<char *, 3> arguments {argv[0], address.data(), nullptr};
    sampleMain(2, arguments.data());
    return result;
}

#include "tst_guidestable.moc"
