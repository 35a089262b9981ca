// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcelistener.h"
#include "session/backoff_p.h"

#include <QtCore/qrandom.h>
#include <QtCore/qscopeguard.h>
#include <QtQml/qjsengine.h>
#include <QtTest/qtest.h>

#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

// Whatever an application sets, each wait has an end, and a failed attempt is not repeated at once.
class tst_BackoffBounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsADayAtMost_data();
    void waitsADayAtMost();
    void holdsForEverySetting_data();
    void holdsForEverySetting();
    void holdsForEverythingThatCanBeSet_data();
    void holdsForEverythingThatCanBeSet();
};

namespace {

constexpr int maximum = std::numeric_limits<int>::max();
constexpr int minimum = std::numeric_limits<int>::min();
constexpr int day = 24 * 60 * 60 * 1000;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

int anyInt(QRandomGenerator *random)
{
    static constexpr int corners[] = {minimum, -1,      0,           1,          2,
                                      99,      100,     101,         1000,       30000,
                                      3600000, day - 1, day,         day + 1,    maximum / 2,
                                      maximum, 10000,   maximum - 1, minimum + 1};
    const int choice = random->bounded(int(std::size(corners)) + 8);
    if (choice < int(std::size(corners)))
        return corners[choice];
    return int(random->generate() >> random->bounded(32));
}

double anyDouble(QRandomGenerator *random)
{
    using Limits = std::numeric_limits<double>;
    static constexpr double corners[] = {notANumber,
                                         infinity,
                                         -infinity,
                                         0,
                                         -0.0,
                                         0.5,
                                         1,
                                         -1,
                                         1 + 1e-15,
                                         1.5,
                                         2,
                                         1e9,
                                         1e300,
                                         Limits::max(),
                                         Limits::min(),
                                         0.999999999,
                                         Limits::lowest(),
                                         Limits::denorm_min()};
    const int choice = random->bounded(int(std::size(corners)) + 8);
    if (choice < int(std::size(corners)))
        return corners[choice];
    return random->generateDouble() * std::pow(10, random->bounded(-20, 20));
}

double anyChance(QRandomGenerator *random)
{
    const int choice = random->bounded(4);
    return choice == 0 ? 0 : choice == 1 ? 1 - 1e-16 : random->generateDouble();
}

QByteArray describe(const ReconnectSettings &settings)
{
    return u"initialDelay %1, maximumDelay %2, multiplier %3, jitter %4"_s
            .arg(settings.initialDelay)
            .arg(settings.maximumDelay)
            .arg(settings.multiplier)
            .arg(settings.jitter)
            .toUtf8();
}

// Returns what is wrong.
QByteArray check(const ReconnectSettings &settings, QRandomGenerator *random)
{
    double chance = 0;
    Backoff backoff([&chance] { return chance; });
    if (random->bounded(3) == 0)
        backoff.setServerDelay(anyInt(random));
    int failures = 0;
    for (int step = 0; step < 12; ++step) {
        const int further = random->bounded(4) == 0 ? random->bounded(1100) : random->bounded(3);
        for (int i = 0; i < further; ++i)
            backoff.fail();
        failures += further;
        chance = anyChance(random);
        const int atLeast = random->bounded(2) ? 0 : anyInt(random);
        const int delay = backoff.delay(settings, atLeast);
        const QByteArray situation = describe(settings) + ": " + QByteArray::number(delay)
                + " ms after " + QByteArray::number(failures) + " failures, at least "
                + QByteArray::number(atLeast);
        if (delay < 0 || delay > day)
            return situation;
        if (failures > 0 && delay < 100)
            return situation;
        if (delay < std::min(atLeast, day))
            return situation;
    }
    return {};
}

} // namespace

void tst_BackoffBounds::waitsADayAtMost_data()
{
    QTest::addColumn<int>("initialDelay");
    QTest::addColumn<int>("maximumDelay");
    QTest::addColumn<double>("multiplier");
    QTest::addColumn<double>("jitter");
    QTest::addColumn<double>("chance");
    QTest::addColumn<int>("failures");
    QTest::addColumn<int>("atLeast");
    QTest::addColumn<int>("delay");
    const double max = std::numeric_limits<double>::max();
    QTest::newRow("no delay, grown past what a number holds")
            << 0 << 30000 << 2.0 << 0.5 << 0.0 << 1026 << 0 << 100;
    QTest::newRow("no delay, the largest multiplier")
            << 0 << 30000 << max << 0.5 << 0.0 << 3 << 0 << 100;
    QTest::newRow("a delay, the largest multiplier")
            << 1 << 30000 << max << 0.0 << 0.0 << 3 << 0 << 30000;
    QTest::newRow("the longest delays") << maximum << maximum << 2.0 << 0.0 << 0.0 << 1 << 0 << day;
    QTest::newRow("the longest delays, all of it jitter")
            << maximum << maximum << 2.0 << 1.0 << 0.0 << 1 << 0 << day;
    QTest::newRow("the longest delays above a Retry-After")
            << maximum << maximum << 2.0 << 1.0 << 0.0 << 1 << 3600000 << day;
    QTest::newRow("the shortest of the longest delays")
            << maximum << maximum << 2.0 << 1.0 << 1.0 << 1 << 0 << 100;
    QTest::newRow("a minimum above a day")
            << 1000 << 30000 << 2.0 << 1.0 << 0.0 << 1 << maximum << day;
    QTest::newRow("a negative minimum")
            << 1000 << 30000 << 2.0 << 0.0 << 0.0 << 1 << minimum << 1000;
    QTest::newRow("nothing at all") << 0 << 0 << 1.0 << 0.0 << 0.0 << 1 << 0 << 100;
    QTest::newRow("nothing at all, without a failure")
            << 0 << 0 << 1.0 << 0.0 << 0.0 << 0 << 0 << 0;
}

void tst_BackoffBounds::waitsADayAtMost()
{
    QFETCH(int, initialDelay);
    QFETCH(int, maximumDelay);
    QFETCH(double, multiplier);
    QFETCH(double, jitter);
    QFETCH(double, chance);
    QFETCH(int, failures);
    QFETCH(int, atLeast);
    ReconnectSettings settings;
    settings.initialDelay = initialDelay;
    settings.maximumDelay = maximumDelay;
    settings.multiplier = multiplier;
    settings.jitter = jitter;
    Backoff backoff([chance] { return chance; });
    for (int i = 0; i < failures; ++i)
        backoff.fail();
    QTEST(backoff.delay(settings, atLeast), "delay");
}

void tst_BackoffBounds::holdsForEverySetting_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 2U, 3U, 4U})
        QTest::addRow("seed %u", seed) << seed;
}

// Also for values that the properties refuse.
void tst_BackoffBounds::holdsForEverySetting()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    for (int i = 0; i < 5000; ++i) {
        ReconnectSettings settings;
        settings.initialDelay = anyInt(&random);
        settings.maximumDelay = anyInt(&random);
        settings.multiplier = anyDouble(&random);
        settings.jitter = anyDouble(&random);
        const QByteArray wrong = check(settings, &random);
        QVERIFY2(wrong.isEmpty(), wrong);
    }
}

void tst_BackoffBounds::holdsForEverythingThatCanBeSet_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("by the setters") << 0;
    QTest::newRow("as durations") << 1;
    QTest::newRow("by JavaScript") << 2;
}

void tst_BackoffBounds::holdsForEverythingThatCanBeSet()
{
    QFETCH(int, way);
    // Thousands of values are refused, each with a warning.
    static int warnings = 0;
    const auto before = qInstallMessageHandler(
            [](QtMsgType, const QMessageLogContext &, const QString &) { ++warnings; });
    const auto restore = qScopeGuard([before] { qInstallMessageHandler(before); });
    warnings = 0;
    QRandomGenerator random(42);
    EventSourceListener listener;
    EventSourceReconnectPolicy *policy = listener.reconnect();
    QJSEngine engine;
    QJSEngine::setObjectOwnership(policy, QJSEngine::CppOwnership);
    engine.globalObject().setProperty(u"policy"_s, engine.newQObject(policy));
    QJSValue assign = engine.evaluate(u"(name, value) => policy[name] = value"_s);
    int changes = 0;
    for (int i = 0; i < 1500; ++i) {
        const int initialDelay = anyInt(&random);
        const int maximumDelay = anyInt(&random);
        const double multiplier = anyDouble(&random);
        const double jitter = anyDouble(&random);
        if (way == 2) {
            // A number of JavaScript becomes an int in its own way: NaN and infinity too.
            const bool isOdd = random.bounded(2);
            const double any = anyDouble(&random);
            assign.call({u"initialDelay"_s, isOdd ? any : initialDelay});
            assign.call({u"maximumDelay"_s, isOdd ? any : maximumDelay});
            assign.call({u"multiplier"_s, multiplier});
            assign.call({u"jitter"_s, jitter});
        } else {
            if (way == 1) {
                policy->setInitialDelay(std::chrono::milliseconds(initialDelay));
                policy->setMaximumDelay(std::chrono::milliseconds(std::numeric_limits<qint64>::max()
                                                                  >> random.bounded(63)));
            } else {
                policy->setInitialDelay(initialDelay);
                policy->setMaximumDelay(maximumDelay);
            }
            policy->setMultiplier(multiplier);
            policy->setJitter(jitter);
        }
        ReconnectSettings settings;
        settings.initialDelay = policy->initialDelay();
        settings.maximumDelay = policy->maximumDelay();
        settings.multiplier = policy->multiplier();
        settings.jitter = policy->jitter();
        changes += settings.initialDelay == initialDelay;
        QVERIFY2(settings.initialDelay >= 0 && settings.maximumDelay >= 0, describe(settings));
        QVERIFY2(settings.multiplier >= 1 && qIsFinite(settings.multiplier), describe(settings));
        QVERIFY2(settings.jitter >= 0 && settings.jitter <= 1, describe(settings));
        const QByteArray wrong = check(settings, &random);
        QVERIFY2(wrong.isEmpty(), wrong);
    }
    QVERIFY(changes > 0);
    QVERIFY(warnings > 0);
}

QTEST_GUILESS_MAIN(tst_BackoffBounds)
#include "tst_backoffbounds.moc"
