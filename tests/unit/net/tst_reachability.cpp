// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/reachability_p.h"

#include <QtCore/qeventloop.h>
#include <QtCore/qpointer.h>
#include <QtCore/qthread.h>
#include <QtCore/qurl.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <future>
#include <thread>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

class tst_Reachability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isCreatedByTheMainThreadAlone(); // the first: no other test must have created it
    void cleanup();
    void reportsChangesOnly();
    void hasChangedBeforeItReports();
    void reportsToOtherThreads();
    void reachesLoopbackWithoutANetwork_data();
    void reachesLoopbackWithoutANetwork();
    void isCreatedAgainAfterItsEnd();
};

void tst_Reachability::isCreatedByTheMainThreadAlone()
{
    QVERIFY(!Reachability::existing());
    Reachability *inOtherThread = nullptr;
    std::thread([&] { inOtherThread = Reachability::instance(); }).join();
    QVERIFY(!inOtherThread);
    QVERIFY(!Reachability::existing());

    Reachability *reachability = Reachability::instance();
    QVERIFY(reachability);
    QCOMPARE(reachability->thread(), qApp->thread());
    QCOMPARE(Reachability::existing(), reachability);
    QCOMPARE(Reachability::instance(), reachability);
    Reachability *existingInOtherThread = nullptr;
    std::thread([&] {
        inOtherThread = Reachability::instance();
        existingInOtherThread = Reachability::existing();
    }).join();
    QCOMPARE(inOtherThread, reachability);
    QCOMPARE(existingInOtherThread, reachability);
}

void tst_Reachability::cleanup()
{
    Reachability::instance()->setOnline(true);
}

void tst_Reachability::reportsChangesOnly()
{
    Reachability *reachability = Reachability::instance();
    reachability->setOnline(true);
    QSignalSpy onlineChanged(reachability, &Reachability::onlineChanged);
    reachability->setOnline(true);
    QCOMPARE(onlineChanged.size(), 0);
    reachability->setOnline(false);
    QVERIFY(!reachability->isOnline());
    QCOMPARE(onlineChanged.size(), 1);
    reachability->setOnline(false);
    QCOMPARE(onlineChanged.size(), 1);
    reachability->setOnline(true);
    QVERIFY(reachability->isOnline());
    QCOMPARE(onlineChanged.size(), 2);
}

void tst_Reachability::hasChangedBeforeItReports()
{
    Reachability *reachability = Reachability::instance();
    reachability->setOnline(true);
    QList<bool> seen;
    QObject context;
    connect(reachability, &Reachability::onlineChanged, &context, [&] {
        seen += reachability->isOnline();
        seen += reachability->isInReach(QUrl(u"http://one.example/"_s));
    });
    reachability->setOnline(false);
    reachability->setOnline(true);
    QCOMPARE(seen, QList<bool>({false, false, true, true}));
}

void tst_Reachability::reportsToOtherThreads()
{
    Reachability *reachability = Reachability::instance();
    reachability->setOnline(true);
    std::promise<void> isConnected;
    bool isInItsThread = false;
    bool wasOnline = true;
    std::thread thread([&] {
        QEventLoop loop;
        QObject receiver;
        connect(reachability, &Reachability::onlineChanged, &receiver, [&] {
            isInItsThread = QThread::currentThread() == receiver.thread();
            wasOnline = reachability->isOnline();
            loop.quit();
        });
        isConnected.set_value();
        loop.exec();
    });
    isConnected.get_future().wait();
    reachability->setOnline(false);
    thread.join();
    QVERIFY(isInItsThread);
    QVERIFY(!wasOnline);
}

void tst_Reachability::reachesLoopbackWithoutANetwork_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<bool>("isInReach"); // without a network
    QTest::newRow("localhost") << QUrl(u"http://localhost/"_s) << true;
    QTest::newRow("upper case") << QUrl(u"http://LocalHost:8080/"_s) << true;
    QTest::newRow("below localhost") << QUrl(u"https://app.localhost/"_s) << true;
    QTest::newRow("127.0.0.1") << QUrl(u"http://127.0.0.1:8080/x"_s) << true;
    QTest::newRow("127.9.9.9") << QUrl(u"http://127.9.9.9/"_s) << true;
    QTest::newRow("[::1]") << QUrl(u"http://[::1]:8080/"_s) << true;
    QTest::newRow("a name") << QUrl(u"http://one.example/"_s) << false;
    QTest::newRow("name that ends like it") << QUrl(u"http://notlocalhost/"_s) << false;
    QTest::newRow("name that begins like it") << QUrl(u"http://localhost.example/"_s) << false;
    QTest::newRow("name like an address") << QUrl(u"http://127.0.0.1.example/"_s) << false;
    QTest::newRow("private address") << QUrl(u"http://192.168.0.1/"_s) << false;
    QTest::newRow("any address") << QUrl(u"http://0.0.0.0/"_s) << false;
    QTest::newRow("another IPv6 address") << QUrl(u"http://[fe80::1]/"_s) << false;
    QTest::newRow("localhost as user") << QUrl(u"http://localhost@one.example/"_s) << false;
}

void tst_Reachability::reachesLoopbackWithoutANetwork()
{
    QFETCH(QUrl, url);
    Reachability *reachability = Reachability::instance();
    reachability->setOnline(false);
    QTEST(reachability->isInReach(url), "isInReach");
    reachability->setOnline(true);
    QVERIFY(reachability->isInReach(url));
}

void tst_Reachability::isCreatedAgainAfterItsEnd()
{
    const QPointer<Reachability> first = Reachability::instance();
    QCOMPARE(first->parent(), qApp);
    delete first.data();
    QVERIFY(!Reachability::existing());
    QVERIFY(Reachability::instance());
    QCOMPARE(Reachability::existing(), Reachability::instance());
}

QTEST_GUILESS_MAIN(tst_Reachability)
#include "tst_reachability.moc"
