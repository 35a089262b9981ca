// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/json_p.h"
#include "payload/scriptvalues_p.h"
#include "payload/shapefunctions_p.h"

#ifdef __linux__
#  include "../../shared/processfigures.h"
#endif

#include <QtQml/qjsengine.h>
#include <QtTest/qtest.h>

#include <memory>
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
    void freesTheFunctionsThatItReplaced();
    void isSharedByAllListenersOfAnEngine();
    void triesAgainWhenTheEngineWasInterrupted();

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
    const QJSValue *function = functions.use(shapeText(1));
    QVERIFY(function);
    QCOMPARE(function->call({7}).property(u"name1"_s).toInt(), 7);
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

void tst_ShapeFunctions::freesTheFunctionsThatItReplaced()
{
#ifdef Q_OS_LINUX
    ShapeFunctions functions(&m_engine);
    auto compile = [&functions, number = 0](int count) mutable {
        for (const int end = functions.compiledCount() + count; functions.compiledCount() < end;)
            use(&functions, number++, ShapeFunctions::usesPerFunction);
    };
    compile(1000);
    const qint64 before = residentBytes();
    if (before == 0)
        QSKIP("Sanitizers keep what was freed.");
    compile(5000);
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

QTEST_GUILESS_MAIN(tst_ShapeFunctions)
#include "tst_shapefunctions.moc"
