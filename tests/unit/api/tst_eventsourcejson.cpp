// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include <EventSource/EventSourceJson>

#include <QtCore/qfile.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qset.h>
#include <QtTest/qtest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

struct Author
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(int age MEMBER age)

public:
    QString name = u"nobody"_s;
    int age = 1;
    friend bool operator==(const Author &a, const Author &b)
    {
        return a.name == b.name && a.age == b.age;
    }
    friend bool operator!=(const Author &a, const Author &b) { return !(a == b); }
};

class Message
{
    Q_GADGET
    Q_CLASSINFO("json:startedAt", "started_at")
    Q_CLASSINFO("json:odd", "odd \"name\"")
    Q_PROPERTY(int startedAt MEMBER startedAt)
    Q_PROPERTY(int odd MEMBER odd)
    Q_PROPERTY(QString id MEMBER id REQUIRED)
    Q_PROPERTY(int computed READ computed)

public:
    int computed() const { return 42; }
    int startedAt = 7;
    int odd = 0;
    QString id;
};

class Commit : public Message
{
    Q_GADGET
    Q_CLASSINFO("json:author", "by")
    Q_PROPERTY(Author author MEMBER author)
    Q_PROPERTY(QMap<QString, Author> reviewers MEMBER reviewers)
    Q_PROPERTY(QList<Commit> parents READ parents WRITE setParents)
    Q_PROPERTY(std::optional<Author> tester MEMBER tester)
    Q_PROPERTY(QString id READ shortId WRITE setShortId)

public:
    QList<Commit> parents() const { return m_parents; }
    void setParents(const QList<Commit> &parents) { m_parents = parents; }
    QString shortId() const { return m_shortId; }
    void setShortId(const QString &id) { m_shortId = id; }

    Author author {u"somebody"_s, 30};
    QMap<QString, Author> reviewers;
    std::optional<Author> tester;

private:
    QString m_shortId;
    QList<Commit> m_parents;
};

struct Unreadable
{
    Q_GADGET
    Q_PROPERTY(QFile *file MEMBER file)
    Q_PROPERTY(QSet<int> set MEMBER set)
    Q_PROPERTY(QMap<int, int> map MEMBER map)
    Q_PROPERTY(QList<QFile *> files MEMBER files)
    Q_PROPERTY(std::optional<Message> unknown READ unknown WRITE setUnknown)
    Q_PROPERTY(int number MEMBER number)

public:
    std::optional<Message> unknown() const { return {}; }
    void setUnknown(const std::optional<Message> &) { }

    QFile *file = nullptr;
    QSet<int> set;
    QMap<int, int> map;
    QList<QFile *> files;
    int number = 0;
};

namespace {

template <typename T>
std::optional<T> read(const QByteArray &text, QString *error = nullptr)
{
    return EventSource::fromJson<T>(QJsonDocument::fromJson('[' + text + ']').array().first(),
                                    error);
}

} // namespace

// How values get into gadgets.
class tst_EventSourceJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { EventSource::registerOptional<Author>(); }
    void namesFieldsAsTheClassSays();
    void keepsWhatIsMissing();
    void ignoresWhatItDoesNotKnow();
    void readsInheritedProperties();
    void readsPartsOfGadgets();
    void readsOtherValuesThanGadgets();
    void namesThePath_data();
    void namesThePath();
    void namesTypesThatCannotBeRead_data();
    void namesTypesThatCannotBeRead();
    void boundsTheDepth();
    void isUsedInManyThreads();
};

void tst_EventSourceJson::namesFieldsAsTheClassSays()
{
    const auto message = read<Message>(R"({"id":"a","started_at":3,"startedAt":4})");
    QVERIFY(message);
    QCOMPARE(message->startedAt, 3);
    QCOMPARE(read<Message>("{\"id\":\"a\",\"odd \\\"name\\\"\":3}")->odd, 3);
    const auto commit = read<Commit>(R"({"id":"a","started_at":5,"by":{"age":2}})");
    QVERIFY(commit);
    QCOMPARE(commit->startedAt, 5);
    QCOMPARE(commit->author.age, 2);
}

void tst_EventSourceJson::keepsWhatIsMissing()
{
    const auto commit = read<Commit>(R"({"by":{"age":2},"reviewers":{"x":{"age":3}}})");
    QVERIFY(commit);
    QCOMPARE(commit->startedAt, 7);
    QCOMPARE(commit->author, (Author {u"somebody"_s, 2}));
    QCOMPARE(commit->reviewers.value(u"x"_s), (Author {u"nobody"_s, 3}));
}

void tst_EventSourceJson::ignoresWhatItDoesNotKnow()
{
    QVERIFY(read<Message>(R"({"id":"a","more":{"x":[]},"computed":"read-only"})"));
}

void tst_EventSourceJson::readsInheritedProperties()
{
    // The derived class declares "id" again, and does not require it.
    const auto commit = read<Commit>(R"({"id":"abc"})");
    QVERIFY(commit);
    QCOMPARE(commit->shortId(), u"abc"_s);
    QCOMPARE(commit->id, QString());
}

void tst_EventSourceJson::readsPartsOfGadgets()
{
    const auto commit = read<Commit>(
            R"({"parents":[{"id":"p","parents":[{"id":"pp"}]},{}],"tester":{"name":"t"}})");
    QVERIFY(commit);
    QCOMPARE(commit->parents().size(), 2);
    QCOMPARE(commit->parents().first().parents().first().shortId(), u"pp"_s);
    QCOMPARE(commit->tester, (Author {u"t"_s, 1}));
    QVERIFY(!read<Commit>(R"({"tester":null})")->tester);
}

void tst_EventSourceJson::readsOtherValuesThanGadgets()
{
    QCOMPARE(read<int>("3"), 3);
    QCOMPARE(read<QString>("\"a\""), u"a"_s);
    QCOMPARE(read<QList<Author>>(R"([{"age":2},{}])")->size(), 2);
    QCOMPARE((read<QMap<QString, Author>>(R"({"a":{"age":2}})")->value(u"a"_s).age), 2);
    QCOMPARE((read<QHash<QString, QList<int>>>(R"({"a":[1,2]})")->value(u"a"_s).size()), 2);
    QCOMPARE(read<std::optional<int>>("null"), std::optional<std::optional<int>>(std::in_place));
    QVERIFY(!EventSource::fromJson<Author>(QJsonValue::Undefined));
}

void tst_EventSourceJson::namesThePath_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("error");
    QTest::newRow("root") << QByteArray("[]") << u"$: expected an object, found an array"_s;
    QTest::newRow("alias") << QByteArray(R"({"started_at":"x"})")
                           << u"$.started_at: expected an integer, found a string"_s;
    QTest::newRow("odd name") << QByteArray("{\"odd \\\"name\\\"\":\"x\"}")
                              << u"$[\"odd \\\"name\\\"\"]: expected an integer, found a string"_s;
    QTest::newRow("element") << QByteArray(R"({"parents":[{},{"by":{"name":3}}]})")
                             << u"$.parents[1].by.name: expected a string, found a number"_s;
    QTest::newRow("key") << QByteArray(R"({"reviewers":{"a b":{"age":true}}})")
                         << uR"($.reviewers["a b"].age: expected an integer, found a boolean)"_s;
    QTest::newRow("optional") << QByteArray(R"({"tester":{"age":1.5}})")
                              << u"$.tester.age: expected an integer, found 1.5"_s;
}

void tst_EventSourceJson::namesThePath()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, error);
    QString found;
    QVERIFY(!read<Commit>(json, &found));
    QCOMPARE(found, error);

    QVERIFY(!read<Message>("{}", &found));
    QCOMPARE(found, u"$.id: a required field is missing"_s);
}

void tst_EventSourceJson::namesTypesThatCannotBeRead_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("type");
    QTest::newRow("pointer") << QByteArray("file") << QByteArray("\"\"") << u"QFile*"_s;
    QTest::newRow("set") << QByteArray("set") << QByteArray("[1]") << u"QSet<int>"_s;
    QTest::newRow("map of integers") << QByteArray("map") << QByteArray("{}") << u"QMap<int,int>"_s;
    QTest::newRow("list of pointers")
            << QByteArray("files") << QByteArray("[null]") << u"QList<QFile*>"_s;
    QTest::newRow("optional that is not registered")
            << QByteArray("unknown") << QByteArray("{}") << u"std::optional<Message>"_s;
}

void tst_EventSourceJson::namesTypesThatCannotBeRead()
{
    QFETCH(QByteArray, property);
    QFETCH(QByteArray, json);
    QFETCH(QString, type);
    QString error;
    QVERIFY(!read<Unreadable>("{\"" + property + "\":" + json + '}', &error));
    QVERIFY2(
            error.contains(
                    u"the property Unreadable::%1 has the type %2, which cannot be read from JSON"_s
                            .arg(QString::fromLatin1(property), type)),
            qPrintable(error));
    QCOMPARE(read<Unreadable>("{\"number\":3}")->number, 3);
}

void tst_EventSourceJson::boundsTheDepth()
{
    const auto nested = [](int levels) {
        QJsonObject object;
        for (int i = 1; i < levels; ++i)
            object = {{u"parents"_s, QJsonArray {object}}};
        return object;
    };
    QVERIFY(EventSource::fromJson<Commit>(nested(100)));
    QString error;
    QVERIFY(!EventSource::fromJson<Commit>(nested(200), &error));
    QVERIFY2(error.endsWith(u": nested deeper than 256 levels"_s), qPrintable(error));
    QVERIFY(error.size() < 300);
}

void tst_EventSourceJson::isUsedInManyThreads()
{
    struct Local
    {
        static void run(std::atomic<int> *count)
        {
            for (int i = 0; i < 200; ++i)
                *count += read<QList<Commit>>(R"([{"by":{"age":2}}])").has_value();
        }
    };
    std::atomic<int> count = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(Local::run, &count);
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(count.load(), 800);
}

QTEST_APPLESS_MAIN(tst_EventSourceJson)
#include "tst_eventsourcejson.moc"
