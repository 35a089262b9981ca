// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qidentityproxymodel.h>
#include <QtCore/qrandom.h>
#include <QtCore/qsortfilterproxymodel.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qlistview.h>
#include <QtWidgets/qtableview.h>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

// What a table shows of a row: its name.
class Names : public QIdentityProxyModel
{
public:
    using QIdentityProxyModel::QIdentityProxyModel;
    QVariant data(const QModelIndex &index, int role) const override
    {
        return mapToSource(index).data(role == Qt::DisplayRole ? EventSourceModel::FieldRole
                                                               : role);
    }
    QVariant headerData(int, Qt::Orientation orientation, int role) const override
    {
        return orientation == Qt::Horizontal && role == Qt::DisplayRole ? u"name"_s : QVariant();
    }
};

QStringList shownBy(const QAbstractItemView &view)
{
    QStringList texts;
    for (int row = 0; row < view.model()->rowCount(); ++row) {
        const QModelIndex index = view.model()->index(row, 0);
        if (!view.visualRect(index).isEmpty())
            texts.append(index.data().toString());
    }
    return texts;
}

QByteArray object(int id, const QByteArray &name)
{
    return "{\"id\":" + QByteArray::number(id) + ",\"name\":\"" + name + "\"}";
}

} // namespace

// The model in views and proxies of Qt.
class tst_ModelViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void isShownByAListView();
    void isShownByATableView();
    void isSortedAndFiltered();
    void findsKeysWithoutAScan();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<EventSourceListener> m_listener;
    std::unique_ptr<EventSourceModel> m_model;
    Exchange *m_exchange = nullptr;
};

void tst_ModelViews::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_listener = std::make_unique<EventSourceListener>(m_server->url());
    m_model = std::make_unique<EventSourceModel>(m_listener.get());
    m_model->setKeyField(u"id"_s);
    m_model->setRoles({u"name"_s});
    m_model->setRemoveTypes({u"gone"_s});
    m_exchange = m_server->take();
    QVERIFY(m_exchange);
    m_exchange->sendStream("data: [" + object(1, "b") + ',' + object(2, "c") + ',' + object(3, "a")
                           + "]\n\n");
    QTRY_COMPARE(m_model->count(), 3);
}

void tst_ModelViews::cleanup()
{
    m_model.reset();
    m_listener.reset();
    m_server.reset();
}

void tst_ModelViews::isShownByAListView()
{
    QListView view;
    view.setModel(m_model.get());
    view.resize(400, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto rows = [](const QByteArray &b, const QByteArray &c) {
        return QStringList {QString::fromUtf8(object(2, b)), QString::fromUtf8(object(3, c))};
    };
    view.setCurrentIndex(m_model->index(2));
    m_exchange->sendChunk("event: gone\ndata: 1\n\ndata: " + object(2, "x") + "\n\n");
    QTRY_COMPARE(shownBy(view), rows("x", "a"));
    // The current row is the same one at another place.
    QCOMPARE(view.currentIndex().row(), 1);
    QCOMPARE(view.currentIndex().data(EventSourceModel::FieldRole), u"a"_s);
}

void tst_ModelViews::isShownByATableView()
{
    Names names;
    names.setSourceModel(m_model.get());
    QAbstractItemModelTester tester(&names, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTableView view;
    view.setModel(&names);
    view.resize(400, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCOMPARE(shownBy(view), QStringList({u"b"_s, u"c"_s, u"a"_s}));
    QCOMPARE(names.headerData(0, Qt::Horizontal, Qt::DisplayRole), u"name"_s);
    m_exchange->sendChunk("data: [" + object(2, "x") + ',' + object(4, "d") + "]\n\n");
    QTRY_COMPARE(shownBy(view), QStringList({u"b"_s, u"x"_s, u"a"_s, u"d"_s}));
}

void tst_ModelViews::isSortedAndFiltered()
{
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(m_model.get());
    proxy.setSortRole(EventSourceModel::FieldRole);
    proxy.setFilterRole(EventSourceModel::FieldRole);
    proxy.setFilterRegularExpression(u"^[a-m]"_s);
    proxy.sort(0);
    QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto names = [&proxy] {
        QStringList result;
        for (int row = 0; row < proxy.rowCount(); ++row)
            result.append(proxy.index(row, 0).data(EventSourceModel::FieldRole).toString());
        return result.join(u' ');
    };
    QCOMPARE(names(), u"a b c"_s);
    // The second becomes the first, the first is filtered out, a new one comes between.
    m_exchange->sendChunk("data: [" + object(3, "z") + ',' + object(2, "a") + ',' + object(4, "aa")
                          + "]\n\n");
    QTRY_COMPARE(names(), u"a aa b"_s);
    m_exchange->sendChunk("event: gone\ndata: 4\n\ndata: " + object(3, "c") + "\n\n");
    QTRY_COMPARE(names(), u"a b c"_s);
}

// A scan would take a thousand times as long with a thousand times as many rows.
void tst_ModelViews::findsKeysWithoutAScan()
{
    constexpr int updates = 3000;
    const auto timeOfUpdates = [this](int rows) -> double {
        m_model->clear();
        m_model->setMaximumCount(0);
        QByteArray snapshot = "data: [";
        for (int id = 0; id < rows; ++id)
            snapshot += object(id, "first") + ',';
        snapshot.chop(1);
        m_exchange->sendChunk(snapshot + "]\n\n");
        if (!waitFor([&] { return m_model->count() == rows; }))
            return -1;
        std::array<double, 5> times;
        QRandomGenerator random(7);
        for (double &time : times) {
            QByteArray events;
            int id = 0;
            for (int i = 0; i < updates; ++i) {
                id = int(random.bounded(quint32(rows)));
                events += "data: " + object(id, QByteArray::number(i)) + "\n\n";
            }
            const QString last = QString::number(updates - 1);
            QElapsedTimer timer;
            timer.start();
            m_exchange->sendChunk(events);
            if (!waitFor([&] {
                    return m_model->index(id).data(EventSourceModel::FieldRole) == last;
                }))
                return -1;
            time = double(timer.nsecsElapsed());
        }
        // Every key is found at its row.
        for (int i = 0; i < 1000; ++i) {
            const int id = int(random.bounded(quint32(rows)));
            if (m_model->indexOf(id) != id)
                return -1;
        }
        return m_model->count() == rows ? *std::min_element(times.begin(), times.end()) : -1;
    };
    const double few = timeOfUpdates(100);
    const double many = timeOfUpdates(100000);
    QVERIFY(few > 0 && many > 0);
    QVERIFY2(many < 20 * few, qPrintable(u"%1 times as long"_s.arg(many / few)));
}

QTEST_MAIN(tst_ModelViews)

#include "tst_modelviews.moc"
