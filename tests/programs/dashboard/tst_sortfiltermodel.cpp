// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "sortfiltermodel.h"

#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qtest.h>

#include <memory>

class tst_SortFilterModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qmlRegisterType<SortFilterModel>("Dashboard.Models", 1, 0, "SortFilterModel");
    }
    void init();
    void keepsTheOrderWithoutARole();
    void sortsByRole_data();
    void sortsByRole();
    void filtersByRole_data();
    void filtersByRole();
    void followsChanges();
    void findsRolesThatComeLater();
    void looksUpARoleOnce();

private:
    QStringList names() const;
    void call(const char *function) { QVERIFY(QMetaObject::invokeMethod(m_root.get(), function)); }

    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_root;
    SortFilterModel *m_sorted = nullptr;
};

void tst_SortFilterModel::init()
{
    QQmlComponent component(&m_engine);
    component.setData(R"qml(
import Dashboard.Models
import QtQml
import QtQml.Models

SortFilterModel {
    id: sorted

    readonly property ListModel list: ListModel { }

    function fill() {
        list.append({ name: "web", load: 10.5, note: "main (a.b)" });
        list.append({ name: "Db", load: 9, note: "spare" });
        list.append({ name: "cache", load: 100, note: "spare" });
        list.append({ name: "api", load: 9.5, note: "MAIN" });
    }
    function change() { list.setProperty(0, "load", 1); }
    function add() { list.append({ name: "mail", load: 50, note: "main" }); }
    function remove() { list.remove(2); }

    sourceModel: list
}
)qml",
                      {});
    m_root.reset(component.create());
    QVERIFY2(m_root, qPrintable(component.errorString()));
    m_sorted = qobject_cast<SortFilterModel *>(m_root.get());
    QVERIFY(m_sorted);
}

QStringList tst_SortFilterModel::names() const
{
    const int role = m_sorted->roleNames().key("name");
    QStringList result;
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        result += m_sorted->index(row, 0).data(role).toString();
    return result;
}

void tst_SortFilterModel::keepsTheOrderWithoutARole()
{
    call("fill");
    QCOMPARE(names(), QStringList({"web", "Db", "cache", "api"}));
    m_sorted->setProperty("sortRoleName", QStringLiteral("name"));
    m_sorted->setProperty("sortRoleName", QString());
    QCOMPARE(names(), QStringList({"web", "Db", "cache", "api"}));
    m_sorted->setProperty("sortRoleName", QStringLiteral("nobody"));
    QCOMPARE(names(), QStringList({"web", "Db", "cache", "api"}));
}

void tst_SortFilterModel::sortsByRole_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("descending");
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("text") << "name" << false << QStringList {"api", "cache", "Db", "web"};
    QTest::newRow("descending") << "name" << true << QStringList {"web", "Db", "cache", "api"};
    QTest::newRow("numbers") << "load" << false << QStringList {"Db", "api", "web", "cache"};
}

void tst_SortFilterModel::sortsByRole()
{
    QFETCH(QString, role);
    QFETCH(bool, descending);
    call("fill");
    m_sorted->setProperty("sortRoleName", role);
    m_sorted->setProperty("descending", descending);
    QTEST(names(), "expected");
}

void tst_SortFilterModel::filtersByRole_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");

    QTest::newRow("any case") << "Main" << QStringList {"web", "api"};
    QTest::newRow("signs are no pattern") << "(a.b)" << QStringList {"web"};
    QTest::newRow("nothing fits") << "nobody" << QStringList();
    QTest::newRow("empty") << "" << QStringList {"web", "Db", "cache", "api"};
}

void tst_SortFilterModel::filtersByRole()
{
    QFETCH(QString, text);
    call("fill");
    m_sorted->setProperty("filterRoleName", QStringLiteral("note"));
    m_sorted->setProperty("filterText", QStringLiteral("spare"));
    QCOMPARE(names(), QStringList({"Db", "cache"}));
    m_sorted->setProperty("filterText", text);
    QTEST(names(), "expected");
}

void tst_SortFilterModel::followsChanges()
{
    call("fill");
    m_sorted->setProperty("sortRoleName", QStringLiteral("load"));
    m_sorted->setProperty("filterRoleName", QStringLiteral("note"));
    m_sorted->setProperty("filterText", QStringLiteral("main"));
    QCOMPARE(names(), QStringList({"api", "web"}));
    call("change");
    QCOMPARE(names(), QStringList({"web", "api"}));
    call("add");
    QCOMPARE(names(), QStringList({"web", "api", "mail"}));
    m_sorted->setProperty("filterText", QString());
    QCOMPARE(names(), QStringList({"web", "Db", "api", "mail", "cache"}));
    call("remove");
    QCOMPARE(names(), QStringList({"web", "Db", "api", "mail"}));
}

void tst_SortFilterModel::findsRolesThatComeLater()
{
    m_sorted->setProperty("sortRoleName", QStringLiteral("name"));
    m_sorted->setProperty("filterRoleName", QStringLiteral("note"));
    m_sorted->setProperty("filterText", QStringLiteral("main"));
    call("fill");
    QTRY_COMPARE(names(), QStringList({"api", "web"}));
}

namespace {
// Has a value in one role, and other roles after a reset.
class Source : public QAbstractListModel
{
public:
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 1; }
    QVariant data(const QModelIndex &, int role) const override
    {
        return role == m_role ? QVariant(QStringLiteral("web")) : QVariant();
    }
    QHash<int, QByteArray> roleNames() const override
    {
        ++lookUps;
        return {{m_role, "name"}};
    }
    void setRole(int role)
    {
        beginResetModel();
        m_role = role;
        endResetModel();
    }

    mutable int lookUps = 0;

private:
    int m_role = Qt::UserRole + 1;
};
} // namespace

void tst_SortFilterModel::looksUpARoleOnce()
{
    Source source;
    SortFilterModel model;
    model.setSourceModel(&source);
    const auto isFound = [&] {
        return model.value(0, QStringLiteral("name")) == QStringLiteral("web")
                && model.find(QStringLiteral("name"), QStringLiteral("web")) == 0;
    };
    QVERIFY(isFound());
    source.lookUps = 0;
    for (int i = 0; i < 100; ++i)
        QVERIFY(isFound());
    QCOMPARE(source.lookUps, 0);
    source.setRole(Qt::UserRole + 7);
    QVERIFY(isFound());
    Source other;
    other.setRole(Qt::UserRole + 9);
    model.setSourceModel(&other);
    QVERIFY(isFound());
}

QTEST_MAIN(tst_SortFilterModel)
#include "tst_sortfiltermodel.moc"
