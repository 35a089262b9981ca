// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "trigger.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>

#include <QtCore/qabstractitemmodel.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qregularexpression.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

// A stream as rows.
class tst_Model : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void appendsAndTrimsInOneChange();
    void changesEachRangeOnceInASlice_data();
    void changesEachRangeOnceInASlice();
    void prependsTheNewestRow();
    void updatesRowsByTheirKey();
    void removesAndReplacesRows();
    void clearsAKeyedModelWithTheUrl();
    void clearsAKeyedModelWithTheListener();
    void warnsOnceOfRowsWithoutAKey();
    void givesSeveralRolesAtOnce();
    void keepsTheNamesOfRoles();
    void showsWhatArrivedWhilePaused();
    void keepsEventsThatAreNotJson();
    void isClearedInHandlers_data();
    void isClearedInHandlers();
    void isDeletedInHandlers_data();
    void isDeletedInHandlers();
    void boundsTheTextOfARow();

private:
    QStringList texts() const;

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<EventSourceListener> m_listener;
    std::unique_ptr<EventSourceModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_Model::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_listener = std::make_unique<EventSourceListener>(m_server->url());
    m_model = std::make_unique<EventSourceModel>(m_listener.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void tst_Model::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_listener.reset();
    m_server.reset();
}

QStringList tst_Model::texts() const
{
    QStringList result;
    for (int row = 0; row < m_model->rowCount(); ++row)
        result.append(m_model->index(row).data().toString());
    return result;
}

void tst_Model::appendsAndTrimsInOneChange()
{
    m_model->setMaximumCount(3);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\n");
    QTRY_COMPARE(texts(), QStringList({u"2"_s, u"3"_s, u"4"_s}));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(m_model->count(), 3);
}

void tst_Model::changesEachRangeOnceInASlice_data()
{
    QTest::addColumn<EventSourceModel::Order>("order");
    QTest::addColumn<QStringList>("changes");
    QTest::newRow("append") << EventSourceModel::Append
                            << QStringList {u"removed 5-5"_s, u"removed 0-2"_s, u"changed 0-1"_s,
                                            u"changed 3-3"_s, u"inserted 4-7"_s};
    QTest::newRow("prepend") << EventSourceModel::Prepend
                             << QStringList {u"removed 2-2"_s, u"removed 4-6"_s, u"changed 2-3"_s,
                                             u"changed 0-0"_s, u"inserted 0-3"_s};
}

// Rows leave because they are removed or too old, change once or more often, and come; one comes and
// leaves again.
void tst_Model::changesEachRangeOnceInASlice()
{
    QFETCH(EventSourceModel::Order, order);
    QFETCH(QStringList, changes);
    m_model->setKeyField(u"id"_s);
    m_model->setRoles({u"id"_s});
    m_model->setRemoveTypes({u"gone"_s});
    m_model->setMaximumCount(8);
    m_model->setOrder(order);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: [{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},"
                         "{\"id\":5},{\"id\":6},{\"id\":7},{\"id\":8}]\n\n");
    QTRY_COMPARE(m_model->count(), 8);

    QStringList log;
    const auto write = [&log](const QString &what, int first, int last) {
        log.append(what + u' ' + QString::number(first) + u'-' + QString::number(last));
    };
    QObject context;
    connect(m_model.get(), &QAbstractItemModel::rowsRemoved, &context,
            [write](const QModelIndex &, int first, int last) {
                write(u"removed"_s, first, last);
            });
    connect(m_model.get(), &QAbstractItemModel::dataChanged, &context,
            [write](const QModelIndex &first, const QModelIndex &last) {
                write(u"changed"_s, first.row(), last.row());
            });
    connect(m_model.get(), &QAbstractItemModel::rowsInserted, &context,
            [write](const QModelIndex &, int first, int last) {
                write(u"inserted"_s, first, last);
            });
    connect(m_model.get(), &QAbstractItemModel::modelReset, &context,
            [&log] { log.append(u"reset"_s); });
    QSignalSpy counted(m_model.get(), &EventSourceModel::countChanged);

    exchange->sendChunk("data: {\"id\":4,\"v\":1}\n\n"
                        "event: gone\ndata: 2\n\n"
                        "data: [{\"id\":9},{\"id\":10}]\n\n"
                        "data: {\"id\":5,\"v\":1}\n\n"
                        "data: {\"id\":4,\"v\":2}\n\n"
                        "event: gone\ndata: 6\n\n"
                        "data: {\"id\":13}\n\n"
                        "event: gone\ndata: 13\n\n"
                        "data: [{\"id\":11},{\"id\":12},{\"id\":8,\"v\":1},"
                        "{\"id\":12,\"v\":1}]\n\n");
    QTRY_VERIFY(m_model->indexOf(12) >= 0);
    QCOMPARE(log, changes);
    QCOMPARE(counted.count(), 0);
    QStringList ids;
    for (int row = 0; row < m_model->rowCount(); ++row)
        ids.append(m_model->index(row).data(EventSourceModel::FieldRole).toString());
    if (order == EventSourceModel::Prepend)
        std::reverse(ids.begin(), ids.end());
    QCOMPARE(ids.join(u' '), u"4 5 7 8 9 10 11 12"_s);
}

void tst_Model::prependsTheNewestRow()
{
    m_model->setOrder(EventSourceModel::Prepend);
    m_model->setMaximumCount(2);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\ndata: 2\n\ndata: 3\n\n");
    QTRY_COMPARE(texts(), QStringList({u"3"_s, u"2"_s}));
    m_model->setOrder(EventSourceModel::Append);
    QCOMPARE(texts(), QStringList({u"2"_s, u"3"_s}));
}

void tst_Model::updatesRowsByTheirKey()
{
    m_model->setKeyField(u"meta.id"_s);
    m_model->setRoles({u"cpu"_s, u"host"_s});
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: [{\"meta\":{\"id\":1},\"cpu\":1,\"host\":\"a\"},"
                         "{\"meta\":{\"id\":2},\"cpu\":2}]\n\n");
    QTRY_COMPARE(m_model->count(), 2);
    QCOMPARE(m_model->indexOf(2.0), 1);
    QCOMPARE(m_model->indexOf(u"2"_s), -1);
    QVERIFY(!m_model->index(1).data(EventSourceModel::FieldRole + 1).isValid());

    exchange->sendChunk("data: {\"meta\":{\"id\":1},\"cpu\":8,\"host\":\"a\"}\n\n"
                        "data: {\"meta\":{\"id\":1},\"cpu\":9,\"host\":\"a\"}\n\n");
    QTRY_COMPARE(m_model->get(0).value(u"cpu"_s).toInt(), 9);
    QCOMPARE(m_model->count(), 2);
    QCOMPARE(changed.count(), 1);
    const auto roles = changed.first().at(2).value<QList<int>>();
    QVERIFY(roles.contains(EventSourceModel::FieldRole));
    QVERIFY(!roles.contains(EventSourceModel::FieldRole + 1));
}

void tst_Model::removesAndReplacesRows()
{
    m_model->setKeyField(u"id"_s);
    m_model->setRemoveTypes({u"gone"_s});
    m_model->setResetTypes({u"all"_s});
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: [{\"id\":1},{\"id\":2},{\"id\":3}]\n\n");
    QTRY_COMPARE(m_model->count(), 3);
    exchange->sendChunk("event: gone\ndata: 2\n\nevent: gone\ndata: {\"id\":1}\n\n");
    QTRY_COMPARE(texts(), QStringList({u"{\"id\":3}"_s}));
    exchange->sendChunk("event: all\ndata: [{\"id\":7},{\"id\":8}]\n\n");
    QTRY_COMPARE(texts(), QStringList({u"{\"id\":7}"_s, u"{\"id\":8}"_s}));
    QCOMPARE(m_model->indexOf(3), -1);
    QCOMPARE(m_model->indexOf(8), 1);
}

void tst_Model::clearsAKeyedModelWithTheUrl()
{
    m_model->setKeyField(u"id"_s);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"id\":1}\n\n");
    QTRY_COMPARE(m_model->count(), 1);
    QUrl url = m_server->url();
    url.setPath(u"/other"_s);
    m_listener->setUrl(url);
    QCOMPARE(m_model->count(), 0);
}

// Without a listener the rows stay, and so they do when the same one comes back.
void tst_Model::clearsAKeyedModelWithTheListener()
{
    m_model->setKeyField(u"id"_s);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"id\":1}\n\n");
    QTRY_COMPARE(m_model->count(), 1);
    m_model->setListener(nullptr);
    QCOMPARE(m_model->count(), 1);
    m_model->setListener(m_listener.get());
    QCOMPARE(m_model->count(), 1);

    ScriptedServer otherServer;
    EventSourceListener other(otherServer.url());
    m_model->setListener(&other);
    QCOMPARE(m_model->count(), 0);
    QCOMPARE(m_model->indexOf(1), -1);
    exchange->sendChunk("data: {\"id\":2}\n\n");
    Exchange *otherExchange = otherServer.take();
    QVERIFY(otherExchange);
    otherExchange->sendStream("data: {\"id\":3}\n\n");
    QTRY_COMPARE(texts(), QStringList({u"{\"id\":3}"_s}));
}

void tst_Model::warnsOnceOfRowsWithoutAKey()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"row without a key"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"neither a key nor an object"_s));
    m_model->setKeyField(u"id"_s);
    m_model->setRemoveTypes({u"gone"_s});
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    const QByteArray events = "data: {\"v\":1}\n\ndata: {\"id\":{\"v\":1}}\n\n"
                              "data: {\"id\":null}\n\ndata: [{\"id\":[1]},7]\n\n"
                              "event: gone\ndata: {\"v\":1}\n\nevent: gone\ndata: [null]\n\n";
    exchange->sendStream(events);
    QTRY_COMPARE(m_model->count(), 5);
    m_model->clear();
    exchange->sendChunk(events + "data: {\"id\":1}\n\n");
    QTRY_COMPARE(m_model->count(), 6);
    QCOMPARE(m_model->indexOf(1), 5);
}

void tst_Model::givesSeveralRolesAtOnce()
{
    m_model->setKeyField(u"id"_s);
    m_model->setRoles({u"id"_s, u"missing"_s});
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("id: 5\nevent: a\ndata: {\"id\":1,\"v\":[2]}\n\n"
                         "data: [{\"id\":\"b\"}]\n\n");
    QTRY_COMPARE(m_model->count(), 2);
    QList<int> roles = m_model->roleNames().keys();
    roles.append(EventSourceModel::FieldRole + 2); // there is none
    for (int row = 0; row < 2; ++row) {
        const QModelIndex index = m_model->index(row);
        std::vector<QModelRoleData> values(roles.cbegin(), roles.cend());
        index.multiData(values);
        for (const QModelRoleData &value : values)
            QCOMPARE(value.data(), index.data(value.role()));
    }
}

void tst_Model::keepsTheNamesOfRoles()
{
    m_model->setKeyField(u"id"_s);
    m_model->setRoles({u"id"_s, u"text"_s, u"display"_s});
    m_model->setResetTypes({u"all"_s});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"row without a key"_s));
    using Names = QHash<int, QByteArray>;
    const Names names = m_model->roleNames();
    QCOMPARE(names.value(EventSourceModel::FieldRole + 1), QByteArray("text"));
    QVERIFY(!names.contains(EventSourceModel::TextRole));
    QCOMPARE(names.key("display"), EventSourceModel::FieldRole + 2);
    QVERIFY(!names.contains(Qt::DisplayRole));

    QList<Names> atResets;
    connect(m_model.get(), &QAbstractItemModel::modelReset, this,
            [&] { atResets.append(m_model->roleNames()); });
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"id\":1,\"other\":1}\n\n");
    QTRY_COMPARE(m_model->count(), 1);
    exchange->sendChunk("event: all\ndata: [{\"id\":2,\"more\":2},{}]\n\n");
    QTRY_COMPARE(m_model->count(), 2);
    m_model->setOrder(EventSourceModel::Prepend);
    m_model->clear();
    QCOMPARE(atResets, QList<Names>(3, names));
}

void tst_Model::showsWhatArrivedWhilePaused()
{
    m_model->setMaximumCount(2);
    m_model->setPaused(true);
    QSignalSpy arrived(m_listener.get(), &EventSourceListener::message);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\ndata: 2\n\ndata: 3\n\n");
    QTRY_COMPARE(arrived.count(), 3);
    QCOMPARE(m_model->count(), 0);
    m_model->setPaused(false);
    QCOMPARE(texts(), QStringList({u"2"_s, u"3"_s}));
}

void tst_Model::keepsEventsThatAreNotJson()
{
    m_model->setIncludeParseErrors(true);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: {broken\n\n");
    QTRY_COMPARE(texts(), QStringList({u"{broken"_s}));
    QVERIFY(!m_model->get(0).value(u"problem"_s).toString().isEmpty());
    QVERIFY(!m_model->get(0).value(u"data"_s).isValid());
}

// Each of these is emitted for the second piece of the stream: row 2 leaves, 3 changes, 4 comes.
void tst_Model::isClearedInHandlers_data()
{
    QTest::addColumn<QByteArray>("signal");
    QTest::newRow("before a removal")
            << QByteArray(SIGNAL(rowsAboutToBeRemoved(QModelIndex, int, int)));
    QTest::newRow("after a removal") << QByteArray(SIGNAL(rowsRemoved(QModelIndex, int, int)));
    QTest::newRow("after an update")
            << QByteArray(SIGNAL(dataChanged(QModelIndex, QModelIndex, QList<int>)));
    QTest::newRow("before an insertion")
            << QByteArray(SIGNAL(rowsAboutToBeInserted(QModelIndex, int, int)));
    QTest::newRow("after an insertion") << QByteArray(SIGNAL(rowsInserted(QModelIndex, int, int)));
}

void tst_Model::isClearedInHandlers()
{
    QFETCH(QByteArray, signal);
    m_model->setKeyField(u"id"_s);
    m_model->setRemoveTypes({u"gone"_s});
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: [{\"id\":1},{\"id\":2},{\"id\":3}]\n\n");
    QTRY_COMPARE(m_model->count(), 3);

    Trigger trigger;
    trigger.handler = [this] { m_model->clear(); };
    QVERIFY(connect(m_model.get(), signal.constData(), &trigger, SLOT(fire())));
    QSignalSpy cleared(m_model.get(), &QAbstractItemModel::modelReset);
    exchange->sendChunk("event: gone\ndata: 2\n\ndata: {\"id\":3,\"v\":1}\n\ndata: {\"id\":4}\n\n");
    QTRY_COMPARE(cleared.count(), 1);
    QCOMPARE(m_model->count(), 0);
    QCOMPARE(m_model->indexOf(4), -1);
    m_model->disconnect(&trigger);

    exchange->sendChunk("data: {\"id\":5}\n\n");
    QTRY_COMPARE(texts(), QStringList({u"{\"id\":5}"_s}));
}

void tst_Model::isDeletedInHandlers_data()
{
    QTest::addColumn<QByteArray>("signal");
    QTest::newRow("after a removal") << QByteArray(SIGNAL(rowsRemoved(QModelIndex, int, int)));
    QTest::newRow("after an update")
            << QByteArray(SIGNAL(dataChanged(QModelIndex, QModelIndex, QList<int>)));
    QTest::newRow("after an insertion") << QByteArray(SIGNAL(rowsInserted(QModelIndex, int, int)));
    QTest::newRow("after a reset") << QByteArray(SIGNAL(modelReset()));
    QTest::newRow("with the count") << QByteArray(SIGNAL(countChanged()));
}

void tst_Model::isDeletedInHandlers()
{
    QFETCH(QByteArray, signal);
    m_tester.reset(); // it would look at the model that is gone
    m_model->setKeyField(u"id"_s);
    m_model->setRemoveTypes({u"gone"_s});
    m_model->setResetTypes({u"all"_s});
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: [{\"id\":1},{\"id\":2},{\"id\":3}]\n\n");
    QTRY_COMPARE(m_model->count(), 3);

    Trigger trigger;
    trigger.handler = [this] { m_model.reset(); };
    QVERIFY(connect(m_model.get(), signal.constData(), &trigger, SLOT(fire())));
    QSignalSpy arrived(m_listener.get(), &EventSourceListener::message);
    const QByteArray all =
            signal.contains("modelReset") ? "event: all\ndata: [{\"id\":9}]\n\n" : "";
    exchange->sendChunk(all
                        + "event: gone\ndata: 2\n\ndata: {\"id\":3,\"v\":1}\n\n"
                          "data: [{\"id\":4},{\"id\":5}]\n\n");
    QTRY_VERIFY(!m_model);
    const qsizetype before = arrived.count();
    exchange->sendChunk("data: 1\n\n");
    QTRY_COMPARE(arrived.count(), before + 1);
}

void tst_Model::boundsTheTextOfARow()
{
    m_model->setMaximumTextLength(5);
    Exchange *exchange = m_server->take();
    QVERIFY(exchange);
    exchange->sendStream("data: 12345\n\ndata: 123456\n\nevent: abcdefg\ndata: 7\n\n");
    QTRY_COMPARE(texts(), QStringList({u"12345"_s, u"12345\u2026"_s, u"7"_s}));
    QCOMPARE(m_model->get(0).value(u"data"_s).toInt(), 12345);
    QVERIFY(!m_model->get(1).value(u"data"_s).isValid());
    QCOMPARE(m_model->get(2).value(u"type"_s).toString(), u"abcde\u2026"_s);
}

QTEST_GUILESS_MAIN(tst_Model)

#include "tst_model.moc"
