// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qrandom.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qsortfilterproxymodel.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr int pathRole = EventSourceModel::FieldRole;
constexpr int numberRole = EventSourceModel::FieldRole + 1;
constexpr int comparedRoles[] = {Qt::DisplayRole,
                                 EventSourceModel::TypeRole,
                                 EventSourceModel::DataRole,
                                 EventSourceModel::TextRole,
                                 EventSourceModel::LastEventIdRole,
                                 numberRole,
                                 pathRole,
                                 EventSourceModel::ReceivedRole};

struct Settings
{
    QString keyField;
    int maximum;
    int keys;
    bool prepends;
};

QString toText(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

using Values = QList<QVariant>; // of comparedRoles

struct Item
{
    QString type;
    QJsonValue data;
    QString text;
    QString id;

    Values values() const
    {
        return {text,
                type,
                data.isUndefined() ? QVariant() : data.toVariant(),
                text,
                id,
                data[u"n"_s].isUndefined() ? QVariant() : data[u"n"_s].toVariant(),
                data[u"meta"_s][u"key"_s].isUndefined() ? QVariant()
                                                        : data[u"meta"_s][u"key"_s].toVariant()};
    }
};

// The rows by the documented rules: one event after the other, with plain searches. The oldest first.
class ReferenceRows
{
public:
    explicit ReferenceRows(Settings settings) : m_settings(std::move(settings)) { }

    void take(const Item &item, bool isJson = true)
    {
        if (!isJson) {
            append(item);
        } else if (item.type == "gone"_L1) {
            removeRows(item.data);
        } else if (item.type == "all"_L1) {
            m_items.clear();
            if (!item.data.isNull())
                addRows(item);
        } else if (item.type == "host"_L1) {
            addRows(item);
        }
    }
    void clear() { m_items.clear(); }
    void setMaximum(int maximum)
    {
        m_settings.maximum = maximum;
        trim();
    }
    void setPrepends(bool prepends) { m_settings.prepends = prepends; }

    QList<Item> items() const
    {
        QList<Item> result = m_items;
        if (m_settings.prepends)
            std::reverse(result.begin(), result.end());
        return result;
    }

private:
    bool isKeyed() const { return !m_settings.keyField.isEmpty(); }
    static bool isKey(const QJsonValue &value)
    {
        return value.isString() || value.isDouble() || value.isBool();
    }
    static QJsonValue keyOf(const QJsonValue &data) { return data[u"meta"_s][u"key"_s]; }

    qsizetype find(const QJsonValue &key) const
    {
        for (qsizetype i = 0; isKeyed() && isKey(key) && i < m_items.size(); ++i) {
            if (keyOf(m_items[i].data) == key)
                return i;
        }
        return -1;
    }
    void addRows(const Item &item)
    {
        if (!isKeyed() || !item.data.isArray()) {
            add(item);
            return;
        }
        const QJsonArray elements = item.data.toArray();
        for (const QJsonValue &element : elements)
            add({item.type, element, toText(element), item.id});
    }
    void add(const Item &item)
    {
        const qsizetype known = find(keyOf(item.data));
        if (known >= 0)
            m_items[known] = item;
        else
            append(item);
    }
    void append(const Item &item)
    {
        m_items.append(item);
        trim();
    }
    void removeRows(const QJsonValue &data)
    {
        if (data.isArray()) {
            const QJsonArray elements = data.toArray();
            for (const QJsonValue &element : elements)
                removeRows(element);
            return;
        }
        const qsizetype known = find(data.isObject() ? keyOf(data) : data);
        if (known >= 0)
            m_items.removeAt(known);
    }
    void trim()
    {
        while (m_settings.maximum > 0 && m_items.size() > m_settings.maximum)
            m_items.removeFirst();
    }

    Settings m_settings;
    QList<Item> m_items;
};

// Rows as a view has them: it reads what the signals of the model name, and nothing else.
class View
{
public:
    explicit View(const EventSourceModel *model) : m_model(model)
    {
        QObject::connect(model, &QAbstractItemModel::rowsInserted, &m_context,
                         [this](const QModelIndex &, int first, int last) {
                             for (int row = first; row <= last; ++row)
                                 rows.insert(row, read(row));
                             ++changes;
                         });
        QObject::connect(model, &QAbstractItemModel::rowsRemoved, &m_context,
                         [this](const QModelIndex &, int first, int last) {
                             rows.remove(first, last - first + 1);
                             ++changes;
                         });
        QObject::connect(
                model, &QAbstractItemModel::dataChanged, &m_context,
                [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                    QList<int> needless = roles;
                    for (int row = first.row(); row <= last.row(); ++row) {
                        const Values values = read(row);
                        for (size_t i = 0; i < std::size(comparedRoles); ++i) {
                            if (!roles.contains(comparedRoles[i]))
                                continue;
                            QVariant &value = rows[row][qsizetype(i)];
                            if (value != values[qsizetype(i)])
                                needless.removeOne(comparedRoles[i]);
                            value = values[qsizetype(i)];
                        }
                    }
                    needlessRoles += needless.size();
                    ++changes;
                });
        QObject::connect(model, &QAbstractItemModel::modelReset, &m_context, [this] {
            rows.clear();
            for (int row = 0; row < m_model->rowCount(); ++row)
                rows.append(read(row));
            ++changes;
        });
    }

    QList<Values> rows;
    qint64 changes = 0;
    qint64 needlessRoles = 0; // that were named, and are what they were in all rows of the range

private:
    Values read(int row) const
    {
        Values values;
        for (const int role : comparedRoles)
            values.append(m_model->index(row).data(role));
        return values;
    }

    const EventSourceModel *m_model;
    QObject m_context;
};

class Sequence
{
public:
    Sequence(const Settings &settings, quint32 seed)
        : m_settings(settings), m_random(seed), reference(settings)
    {
    }

    // One event on the wire and in the reference.
    QByteArray next()
    {
        const quint32 kind = m_random.bounded(1000);
        if (kind < 10) {
            // The type is wanted, the text is not JSON.
            const QString text = u"{\"n\":%1"_s.arg(m_count);
            reference.take({u"host"_s, QJsonValue::Undefined, text, id()}, false);
            return bytes(u"host"_s, text);
        }
        if (kind < 200)
            return event(u"gone"_s, removal());
        if (kind < 204)
            return event(u"all"_s, m_random.bounded(4) == 0 ? QJsonValue() : batch(20));
        if (kind < 240)
            return event(u"other"_s, object());
        if (kind < 300)
            return event(u"host"_s, batch(6));
        return event(u"host"_s, object());
    }

    quint32 bounded(quint32 limit) { return m_random.bounded(limit); }

private:
    QString id() const { return QString::number(m_count / 3); }
    QJsonValue key()
    {
        const int number = int(m_random.bounded(quint32(m_settings.keys)));
        switch (number % 3) {
        case 0:
            return number;
        case 1:
            return QString::number(number - 1); // not equal to the number
        default:
            return number == 2 ? QJsonValue(true) : QJsonValue(u"k"_s + QString::number(number));
        }
    }
    QJsonValue object()
    {
        QJsonObject result;
        if (m_random.bounded(3) != 0)
            result.insert(u"n"_s, int(m_random.bounded(3))); // often what it was before
        const quint32 kind = m_random.bounded(40);
        if (kind == 0)
            result.insert(u"meta"_s, 7); // no key
        else if (kind == 1)
            result.insert(u"meta"_s, QJsonObject {{u"key"_s, QJsonObject()}}); // no key either
        else
            result.insert(u"meta"_s, QJsonObject {{u"key"_s, key()}});
        return result;
    }
    QJsonValue batch(quint32 limit)
    {
        QJsonArray result;
        for (quint32 i = m_random.bounded(limit); i > 0; --i)
            result.append(object());
        return result;
    }
    QJsonValue removal()
    {
        switch (m_random.bounded(3)) {
        case 0:
            return key();
        case 1:
            return object();
        default:
            return QJsonArray {key(), object(), key()};
        }
    }
    QByteArray event(const QString &type, const QJsonValue &data)
    {
        const QString text = toText(data);
        reference.take({type, data, text, id()});
        return bytes(type, text);
    }
    QByteArray bytes(const QString &type, const QString &text)
    {
        const QByteArray result = "id: " + id().toUtf8() + "\nevent: " + type.toUtf8()
                + "\ndata: " + text.toUtf8() + "\n\n";
        ++m_count;
        return result;
    }

    Settings m_settings;
    QRandomGenerator m_random;
    int m_count = 0;

public:
    ReferenceRows reference;
};

QList<Values> expectedRows(const ReferenceRows &reference)
{
    QList<Values> rows;
    const QList<Item> items = reference.items();
    for (const Item &item : items)
        rows.append(item.values());
    return rows;
}

// The reference does not know when an event came.
QList<Values> withoutReceived(QList<Values> rows)
{
    for (Values &row : rows)
        row.removeLast();
    return rows;
}

QList<Values> shownRows(const QAbstractItemModel &model)
{
    QList<Values> rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        Values values;
        for (const int role : comparedRoles)
            values.append(model.index(row, 0).data(role));
        rows.append(values);
    }
    return rows;
}

} // namespace

// The model beside a plain reference, for random sequences of all that can happen to it.
class tst_ModelSequences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheRowsOfTheReference_data();
    void showsTheRowsOfTheReference();
};

void tst_ModelSequences::showsTheRowsOfTheReference_data()
{
    QTest::addColumn<QString>("keyField");
    QTest::addColumn<int>("maximum");
    QTest::addColumn<int>("keys");
    QTest::addColumn<bool>("prepends");
    QTest::addColumn<int>("operations");
    QTest::newRow("fewer rows than keys") << u"meta.key"_s << 20 << 40 << false << 80000;
    QTest::newRow("more rows than keys") << u"meta.key"_s << 50 << 30 << true << 60000;
    QTest::newRow("one row") << u"meta.key"_s << 1 << 5 << false << 20000;
    QTest::newRow("without keys") << QString() << 30 << 10 << true << 50000;
}

void tst_ModelSequences::showsTheRowsOfTheReference()
{
    QFETCH(QString, keyField);
    QFETCH(int, maximum);
    QFETCH(int, keys);
    QFETCH(bool, prepends);
    QFETCH(int, operations);
    if (!keyField.isEmpty()) {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"row without a key"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"neither a key nor an object"_s));
    } else {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no effect without keyField"_s));
    }

    ScriptedServer server;
    EventSourceListener listener(server.url());
    bool isSynchronized = false;
    int unreadable = 0;
    QObject::connect(&listener, &EventSourceListener::parseError, &listener,
                     [&unreadable] { ++unreadable; });
    QObject::connect(&listener, &EventSourceListener::message, &listener,
                     [&isSynchronized](const EventSourceEvent &event) {
                         isSynchronized = isSynchronized || event.type() == "sync"_L1;
                     });

    EventSourceModel model(&listener);
    model.setKeyField(keyField);
    model.setMaximumCount(maximum);
    model.setOrder(prepends ? EventSourceModel::Prepend : EventSourceModel::Append);
    model.setEventTypes({u"host"_s});
    model.setRemoveTypes({u"gone"_s});
    model.setResetTypes({u"all"_s});
    model.setRoles({u"meta.key"_s, u"n"_s});
    model.setIncludeParseErrors(true);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    View view(&model);

    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setSortRole(EventSourceModel::TextRole);
    proxy.setFilterRole(EventSourceModel::TextRole);
    proxy.setFilterFixedString(u"\"n\":1"_s);
    proxy.sort(0);
    QAbstractItemModelTester proxyTester(&proxy,
                                         QAbstractItemModelTester::FailureReportingMode::QtTest);

    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream(": hello\n\n");

    Sequence sequence({keyField, maximum, keys, prepends}, 20260101);
    ReferenceRows &reference = sequence.reference;
    QList<Values> frozen;
    qint64 slices = 0;
    for (int operation = 0; operation < operations;) {
        const int chunkEnd = operation + 1 + int(sequence.bounded(30));
        QByteArray chunk;
        for (; operation < chunkEnd; ++operation)
            chunk += sequence.next();
        isSynchronized = false;
        exchange->sendChunk(chunk + "event: sync\ndata: 0\n\n");
        QVERIFY(waitFor([&] { return isSynchronized; }));
        ++slices;
        const quint32 kind = sequence.bounded(100);
        if (kind < 2) {
            reference.clear();
            model.clear();
            frozen.clear();
        } else if (kind < 5) {
            const int other = 1 + int(sequence.bounded(quint32(maximum)));
            reference.setMaximum(other);
            model.setMaximumCount(other);
            reference.setMaximum(maximum);
            model.setMaximumCount(maximum);
        } else if (kind < 10) {
            if (!model.isPaused())
                frozen = shownRows(model);
            model.setPaused(!model.isPaused());
        } else if (kind < 11 && !model.isPaused()) {
            prepends = !prepends;
            reference.setPrepends(prepends);
            model.setOrder(prepends ? EventSourceModel::Prepend : EventSourceModel::Append);
        }

        const QList<Values> shown = shownRows(model);
        if (model.isPaused())
            QCOMPARE(shown, frozen);
        else
            QCOMPARE(withoutReceived(shown), expectedRows(reference));
        QCOMPARE(view.rows, shown);
        QCOMPARE(view.needlessRoles, 0);
        QCOMPARE(model.count(), int(shown.size()));

        QStringList matches;
        for (const Values &row : shown) {
            if (row.first().toString().contains(u"\"n\":1"_s))
                matches.append(row.first().toString());
        }
        std::sort(matches.begin(), matches.end());
        QStringList proxied;
        for (int row = 0; row < proxy.rowCount(); ++row)
            proxied.append(proxy.index(row, 0).data().toString());
        QCOMPARE(proxied, matches);
    }
    QVERIFY(unreadable > operations / 200);
    QVERIFY(view.changes > slices / 2);
}

QTEST_GUILESS_MAIN(tst_ModelSequences)

#include "tst_modelsequences.moc"
