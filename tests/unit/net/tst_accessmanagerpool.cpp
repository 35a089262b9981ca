// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/accessmanagerpool_p.h"

#include <QtCore/qhash.h>
#include <QtCore/qthread.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtTest/qtest.h>

#include <memory>
#include <vector>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_AccessManagerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesSixPlacesPerHostAndManager();
    void givesSixPlacesWhereHttp2IsNotSpoken();
    void countsHostsByEffectivePort_data();
    void countsHostsByEffectivePort();
    void usesManagersAgain();
    void shrinksWhenStreamsStop();
    void forgetsManagersThatWereDeleted();
    void isSharedByThreadAndKey();
};

using Leases = std::vector<std::unique_ptr<AccessManagerPool::Lease>>;

namespace {

const QUrl url(u"http://one.example/"_s);
const QUrl otherUrl(u"http://two.example/"_s);

AccessManagerPool::Factory factory()
{
    return [](QObject *parent) { return new QNetworkAccessManager(parent); };
}

Leases acquire(AccessManagerPool &pool, int count, const QUrl &target = url, bool http2 = false)
{
    Leases leases;
    for (int i = 0; i < count; ++i)
        leases.push_back(pool.acquire(target, http2));
    return leases;
}

} // namespace

void tst_AccessManagerPool::givesSixPlacesPerHostAndManager()
{
    AccessManagerPool pool(factory());
    const Leases leases = acquire(pool, 300);
    QCOMPARE(pool.managerCount(), 50);
    QHash<QNetworkAccessManager *, int> streams;
    for (const auto &lease : leases)
        ++streams[lease->manager()];
    QCOMPARE(streams.size(), 50);
    for (const int count : std::as_const(streams))
        QCOMPARE(count, 6);
    // Another host, another port and HTTP/2 find places on the managers that are there.
    const Leases others = acquire(pool, 300, otherUrl);
    const Leases ports = acquire(pool, 300, QUrl(u"http://one.example:8080/"_s));
    const Leases http2 = acquire(pool, 300, url, true);
    QCOMPARE(pool.managerCount(), 50);
}

void tst_AccessManagerPool::givesSixPlacesWhereHttp2IsNotSpoken()
{
    AccessManagerPool pool(factory());
    QStringList reduced;
    connect(&pool, &AccessManagerPool::placesReduced, this,
            [&](const QString &host) { reduced += host; });
    Leases leases = acquire(pool, 60, url, true);
    QCOMPARE(pool.managerCount(), 1);
    leases[0]->lacksHttp2();
    leases[1]->lacksHttp2();
    QCOMPARE(reduced, QStringList {leases[0]->host()});
    leases.resize(6);
    const Leases more = acquire(pool, 12, url, true);
    QCOMPARE(pool.managerCount(), 3);
    const Leases others = acquire(pool, 60, otherUrl, true);
    QCOMPARE(pool.managerCount(), 3);
}

void tst_AccessManagerPool::countsHostsByEffectivePort_data()
{
    QTest::addColumn<QUrl>("other");
    QTest::addColumn<int>("managers");
    QTest::newRow("the scheme's own port") << QUrl(u"http://one.example:80/"_s) << 2;
    QTest::newRow("upper case") << QUrl(u"HTTP://ONE.EXAMPLE/x"_s) << 2;
    QTest::newRow("user info") << QUrl(u"http://me:secret@one.example/"_s) << 2;
    QTest::newRow("another port") << QUrl(u"http://one.example:8080/"_s) << 1;
    QTest::newRow("another scheme") << QUrl(u"https://one.example:80/"_s) << 1;
}

// QNetworkAccessManager takes them for one host, where the seventh request waits for ever.
void tst_AccessManagerPool::countsHostsByEffectivePort()
{
    QFETCH(QUrl, other);
    AccessManagerPool pool(factory());
    const Leases six = acquire(pool, 6);
    const Leases seventh = acquire(pool, 1, other);
    QTEST(pool.managerCount(), "managers");
}

void tst_AccessManagerPool::usesManagersAgain()
{
    AccessManagerPool pool(factory());
    Leases leases = acquire(pool, 60);
    QCOMPARE(pool.managerCount(), 10);
    for (int round = 0; round < 100; ++round) {
        leases.erase(leases.begin() + round % 7, leases.begin() + round % 7 + 20);
        Leases more = acquire(pool, 20);
        for (auto &lease : more)
            leases.push_back(std::move(lease));
    }
    QCOMPARE(pool.managerCount(), 10);
}

void tst_AccessManagerPool::shrinksWhenStreamsStop()
{
    AccessManagerPool pool(factory(), 1ms);
    Leases leases = acquire(pool, 60);
    QCOMPARE(pool.managerCount(), 10);
    leases.resize(13);
    QTRY_COMPARE(pool.managerCount(), 3);
    leases.clear();
    QTRY_COMPARE(pool.managerCount(), 0);
    leases = acquire(pool, 7);
    QCOMPARE(pool.managerCount(), 2);
    leases.clear();
    QTRY_COMPARE(pool.managerCount(), 0);
}

// A factory of the application may delete what it made.
void tst_AccessManagerPool::forgetsManagersThatWereDeleted()
{
    AccessManagerPool pool(factory());
    for (int round = 0; round < 5; ++round) {
        const Leases leases = acquire(pool, 12);
        QCOMPARE(pool.managerCount(), 2);
        delete leases.front()->manager();
        QVERIFY(!leases.front()->manager());
        delete leases.back()->manager();
        QVERIFY(pool.acquire(url, false)->manager());
        QCOMPARE(pool.managerCount(), 1);
    }
}

void tst_AccessManagerPool::isSharedByThreadAndKey()
{
    const int keys[2] {};
    const auto one = AccessManagerPool::shared(&keys[0], factory());
    QCOMPARE(AccessManagerPool::shared(&keys[0], factory()), one);
    QVERIFY(AccessManagerPool::shared(&keys[1], factory()) != one);
    std::unique_ptr<QThread> thread(QThread::create(
            [&] { QVERIFY(AccessManagerPool::shared(&keys[0], factory()) != one); }));
    thread->start();
    QVERIFY(thread->wait());
}

QTEST_GUILESS_MAIN(tst_AccessManagerPool)
#include "tst_accessmanagerpool.moc"
