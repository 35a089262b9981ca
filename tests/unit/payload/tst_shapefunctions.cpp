// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/json_p.h"
#include "payload/scriptvalues_p.h"
#include "payload/shapefunctions_p.h"

#ifdef __linux__
#  include "../../shared/processfigures.h"
#endif

#include <QtCore/qlibraryinfo.h>
#include <QtCore/qrandom.h>
#include <QtCore/qversionnumber.h>
#include <QtQml/qjsengine.h>
#include <QtTest/qtest.h>

#include <climits>
#include <memory>
#include <utility>
#include <vector>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

// Which shapes have a compiled function.
class tst_ShapeFunctions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void compilesAShapeThatIsUsedOften();
    void compilesAHotShapeHoweverManyColdOnesCameBefore_data();
    void compilesAHotShapeHoweverManyColdOnesCameBefore();
    void keepsAHotShapeAmongColdOnes();
    void replacesShapesThatAreNotUsedAnyMore();
    void compilesASmallShareOfEverNewShapes();
    void compilesFewerTheMoreWereCompiled();
    void freesTheFunctionsThatItReplaced();
    void isSharedByAllListenersOfAnEngine();
    void triesAgainWhenTheEngineWasInterrupted();
    void makesStringsThatRepeat_data();
    void makesStringsThatRepeat();
    void makesStringsWhateverAScriptDoesToArrays();
    void makesNumbersAsJsonParse();

private:
    QJSEngine m_engine;
};

static QByteArray shapeText(int number)
{
    return "{\"name" + QByteArray::number(number) + "\":#,},";
}

static bool use(ShapeFunctions *functions, int number, int times)
{
    bool isCompiled = false;
    for (int i = 0; i < times; ++i)
        isCompiled = functions->use(shapeText(number)) != nullptr;
    return isCompiled;
}

void tst_ShapeFunctions::compilesAShapeThatIsUsedOften()
{
    ShapeFunctions functions(&m_engine);
    QVERIFY(!use(&functions, 1, ShapeFunctions::usesBeforeCompiling - 1));
    QVERIFY(use(&functions, 1, 1));
    const ShapeFunctions::Shape *shape = functions.use(shapeText(1));
    QVERIFY(shape);
    QCOMPARE(shape->function.call({7}).property(u"name1"_s).toInt(), 7);
    QCOMPARE(functions.compiledCount(), 1);
}

void tst_ShapeFunctions::compilesAHotShapeHoweverManyColdOnesCameBefore_data()
{
    QTest::addColumn<int>("coldShapes");
    QTest::addColumn<int>("usesOfEach");

    QTest::newRow("1,000 once each") << 1000 << 1;
    QTest::newRow("1,000 that were nearly compiled")
            << 1000 << ShapeFunctions::usesBeforeCompiling - 1;
    QTest::newRow("1,000 that were compiled") << 1000 << ShapeFunctions::usesBeforeCompiling;
    QTest::newRow("1,000 that were hot") << 1000 << 100;
}

void tst_ShapeFunctions::compilesAHotShapeHoweverManyColdOnesCameBefore()
{
    QFETCH(int, coldShapes);
    QFETCH(int, usesOfEach);
    ShapeFunctions functions(&m_engine);
    for (int i = 0; i < coldShapes; ++i)
        use(&functions, i, usesOfEach);
    // The share for compiling may be used up.
    QVERIFY(use(&functions, -1, ShapeFunctions::usesPerFunction));
    QVERIFY(functions.count() <= qsizetype(ShapeFunctions::maximumFunctions));
}

void tst_ShapeFunctions::keepsAHotShapeAmongColdOnes()
{
    ShapeFunctions functions(&m_engine);
    QVERIFY(use(&functions, -1, ShapeFunctions::usesBeforeCompiling));
    for (int i = 0; i < 1000; ++i) {
        use(&functions, i, 100); // compiled, each of them
        QVERIFY(use(&functions, -1, 1));
    }
    QCOMPARE(functions.compiledCount(), 1001);
}

void tst_ShapeFunctions::replacesShapesThatAreNotUsedAnyMore()
{
    ShapeFunctions functions(&m_engine);
    const int more = int(ShapeFunctions::maximumFunctions) + 1;
    for (int i = 0; i < more; ++i)
        QVERIFY(use(&functions, i, 100));
    QCOMPARE(functions.count(), qsizetype(ShapeFunctions::maximumFunctions));
    QVERIFY(use(&functions, 1, 1));
    QVERIFY(use(&functions, more - 1, 1));
    QVERIFY(!use(&functions, 0, 1)); // the one that was not used for the longest time
}

void tst_ShapeFunctions::compilesASmallShareOfEverNewShapes()
{
    ShapeFunctions functions(&m_engine);
    int uses = 0;
    for (int i = 0; i < 5000; ++i) {
        use(&functions, i, ShapeFunctions::usesBeforeCompiling);
        uses += ShapeFunctions::usesBeforeCompiling;
        QVERIFY(functions.count() <= qsizetype(ShapeFunctions::maximumFunctions));
    }
    QVERIFY2(functions.compiledCount() <= int(ShapeFunctions::maximumFunctions)
                             + uses / ShapeFunctions::usesPerFunction,
             QByteArray::number(functions.compiledCount()));
}

void tst_ShapeFunctions::compilesFewerTheMoreWereCompiled()
{
    ShapeFunctions functions(&m_engine);
    auto compiledBy = [&functions, number = 0](int uses) mutable {
        const int before = functions.compiledCount();
        for (; uses > 0; uses -= ShapeFunctions::usesPerFunction)
            use(&functions, number++, ShapeFunctions::usesPerFunction);
        return functions.compiledCount() - before;
    };
    constexpr int uses = ShapeFunctions::functionsPerPrice * ShapeFunctions::usesPerFunction;
    QCOMPARE(compiledBy(uses), ShapeFunctions::functionsPerPrice);
    // Some were saved at the beginning.
    const int second = compiledBy(uses);
    QVERIFY2(second <= ShapeFunctions::functionsPerPrice / 2
                             + int(ShapeFunctions::maximumFunctions),
             QByteArray::number(second));
    compiledBy(uses);
    const int fourth = compiledBy(uses);
    QVERIFY2(fourth <= ShapeFunctions::functionsPerPrice / 4, QByteArray::number(fourth));
    QVERIFY(fourth > 0);
}

void tst_ShapeFunctions::freesTheFunctionsThatItReplaced()
{
#ifdef Q_OS_LINUX
    if (QLibraryInfo::version() >= QVersionNumber(6, 8))
        QSKIP("Qt keeps them: see ShapeFunctions::pay().");
    ShapeFunctions functions(&m_engine);
    auto compile = [&functions, number = 0](int count) mutable {
        for (const int end = functions.compiledCount() + count; functions.compiledCount() < end;)
            use(&functions, number++, ShapeFunctions::usesPerFunction);
    };
    compile(1000);
    const qint64 before = residentBytes();
    if (before == 0)
        QSKIP("Sanitizers keep what was freed.");
    compile(3000);
    const qint64 growth = residentBytes() - before;
    QVERIFY2(growth < 4 * 1024 * 1024, QByteArray::number(growth)); // without: 10 MiB
#endif
}

void tst_ShapeFunctions::isSharedByAllListenersOfAnEngine()
{
    std::vector<std::unique_ptr<QObject>> objects;
    std::vector<std::shared_ptr<ScriptValues>> values;
    QJSEngine engine;
    for (int i = 0; i < 300; ++i) {
        const QObject *object = objects.emplace_back(std::make_unique<QObject>()).get();
        QJSEngine::setObjectOwnership(objects.back().get(), QJSEngine::CppOwnership);
        engine.globalObject().setProperty(u"object%1"_s.arg(i),
                                          engine.newQObject(objects.back().get()));
        values.push_back(EngineFinder(object).find(false));
        QVERIFY(values.back());
        const QJSValue value = values.back()->parse("{\"n\":" + QByteArray::number(i) + '}');
        QCOMPARE(value.property(u"n"_s).toInt(), i);
    }
    QCOMPARE(values.front()->shapeFunctions().compiledCount(), 1);
    QCOMPARE(values.back(), values.front());
}

void tst_ShapeFunctions::triesAgainWhenTheEngineWasInterrupted()
{
    ShapeFunctions functions(&m_engine);
    m_engine.setInterrupted(true);
    QVERIFY(!use(&functions, 1, ShapeFunctions::usesBeforeCompiling));
    m_engine.setInterrupted(false);
    QVERIFY(use(&functions, 1, ShapeFunctions::usesBeforeCompiling));
}

// Each text must come back as it was, also when other strings begin to come, or other kinds.
void tst_ShapeFunctions::makesStringsThatRepeat_data()
{
    QTest::addColumn<int>("names"); // in turn
    QTest::newRow("one") << 1;
    QTest::newRow("few") << 20;
    QTest::newRow("nearly as many as are kept") << RecentStrings::maximumCount - 10;
    QTest::newRow("more than are kept") << 2 * RecentStrings::maximumCount;
    QTest::newRow("never the same") << INT_MAX;
}

void tst_ShapeFunctions::makesStringsThatRepeat()
{
    QFETCH(int, names);
    QJSEngine engine;
    ScriptValues values(&engine);
    const QJSValue stringify = engine.evaluate(u"JSON.stringify"_s);
    const auto text = [names](int i, const QByteArray &state) -> QByteArray {
        return "{\"id\":" + QByteArray::number(i) + ",\"host\":\"web-"
                + QByteArray::number(i % names) + "\",\"state\":" + state + '}';
    };
    const QByteArrayList states {"\"ok\"", "\"ok\"", "\"ok\"", "\"ok\"", "\"\xC3\xBC\"",
                                 "\"ok\"", "null",   "\"\"",   "17"};
    for (int i = 0; i < 20000; ++i) {
        // At first always the same, then less and less so.
        const QByteArray json = text(i, i < 2000 ? states[0] : states[i % (1 + i / 2500)]);
        const QJSValue value = values.parse(json);
        QCOMPARE(stringify.call({value}).toString().toUtf8(), json);
    }
    QCOMPARE(values.shapeFunctions().count(), 1);
}

void tst_ShapeFunctions::makesStringsWhateverAScriptDoesToArrays()
{
    QJSEngine engine;
    engine.evaluate(u"Object.defineProperty(Array.prototype, '0', {set(v) { this.x = v }});"
                    "Object.defineProperty(Array.prototype, '1', {set(v) { this.x = v }})"_s);
    ScriptValues values(&engine);
    for (int i = 0; i < 1000; ++i) {
        const QJSValue value =
                values.parse(i % 2 ? R"({"a":"x","b":"y"})" : R"({"a":"y","b":"x"})");
        QCOMPARE(value.property(u"a"_s).toString(), i % 2 ? u"x"_s : u"y"_s);
        QCOMPARE(value.property(u"b"_s).toString(), i % 2 ? u"y"_s : u"x"_s);
    }
}

void tst_ShapeFunctions::makesNumbersAsJsonParse()
{
    ScriptValues values(&m_engine);
    const QJSValue parse = m_engine.evaluate(u"JSON.parse"_s);
    QRandomGenerator random(20260101);
    QByteArrayList numbers {"0",
                            "0.1",
                            "0.30000000000000004",
                            "999999999999999",
                            "9999999999999999",
                            "99999999999999.9",
                            "999999999999999.9",
                            "0.00000000000001",
                            "123456789",
                            "1234567890",
                            "12345678901",
                            "-5",
                            "-0.5",
                            "1e3",
                            "5.0"};
    for (int i = 0; i < 20000; ++i) {
        QByteArray digits = QByteArray::number(random.generate64());
        digits.truncate(1 + qsizetype(random.bounded(17)));
        const qsizetype point = 1 + qsizetype(random.bounded(17));
        if (point < digits.size())
            digits.insert(point, '.');
        numbers.append(digits);
    }
    for (const QByteArray &number : std::as_const(numbers)) {
        if (number.size() > 1 && number.front() == '0' && number[1] != '.')
            continue; // not JSON
        const QByteArray json = "{\"n\":" + number + '}';
        const QJSValue expected = parse.call({QString::fromLatin1(json)}).property(u"n"_s);
        const QJSValue made = values.parse(json).property(u"n"_s);
        QVERIFY2(made.strictlyEquals(expected), number);
    }
    QCOMPARE(values.shapeFunctions().compiledCount(), 1);
    // A variant shows how the engine keeps it.
    QCOMPARE(values.parse("{\"n\":17}").property(u"n"_s).toVariant().typeId(), QMetaType::Int);
}

QTEST_GUILESS_MAIN(tst_ShapeFunctions)
#include "tst_shapefunctions.moc"
