// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "trigger.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>

#include <QtCore/qjsonobject.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

// A stream as rows.
class tst_Model : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void appendsAndTrimsInOneChange();
    void prependsTheNewestRow();
    void updatesRowsByTheirKey();
    void removesAndReplacesRows();
    void clearsAKeyedModelWithTheUrl();
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
