// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"
#include "program.h"
#include "testauthority.h"

#include <QtCore/qtemporaryfile.h>
#include <QtNetwork/qsslcertificate.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// eventsource-tail and servers whose certificates the system does not trust.
class tst_TailTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void checksTheServerByDefault();
    void takesAnyCertificateOnDemand();
    void trustsTheCertificatesOfAFile();
    void trustsNoStrangerWithAFile();
    void saysHowToTrustACertificate();
    void refusesAFileWithoutCertificates_data();
    void refusesAFileWithoutCertificates();

private:
    const QByteArray m_line = "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n";
    TestAuthority m_authority;
    TestAuthority::Identity m_known;
    TestAuthority::Identity m_selfSigned;
    QTemporaryFile m_file;
};

void tst_TailTls::initTestCase()
{
    QVERIFY2(m_authority.create(), qPrintable(m_authority.problem()));
    m_known = m_authority.issue(u"known"_s, u"IP:127.0.0.1"_s);
    // Of another host, too: nothing about the certificate is right.
    m_selfSigned = m_authority.issueSelfSigned(u"self"_s, u"DNS:other.example"_s);
    QVERIFY2(m_authority.problem().isEmpty(), qPrintable(m_authority.problem()));
    QVERIFY(m_file.open());
    m_file.write(m_authority.certificate().toPem());
    m_file.close();
}

void tst_TailTls::checksTheServerByDefault()
{
    AnsweringServer server;
    server.setSslConfiguration(m_known.sslConfiguration());
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--no-reconnect", "-H", "Authorization: Bearer secret"});
    COMPARE_EXIT(program, 1);
    QCOMPARE(program.out, "");
    QVERIFY2(program.err.contains("error: No secure connection to https://"), program.err);
    QVERIFY2(!program.err.contains("not checked"), program.err);
    QVERIFY(!server.hasReceivedBytes());
}

void tst_TailTls::takesAnyCertificateOnDemand()
{
    AnsweringServer server;
    server.setSslConfiguration(m_selfSigned.sslConfiguration());
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    for (const QString &option : {u"-k"_s, u"--insecure"_s}) {
        Program program;
        program.run({server.address(), "--no-reconnect", option});
        COMPARE_EXIT(program, 0);
        QCOMPARE(program.out, m_line);
        QVERIFY2(program.err.startsWith("eventsource-tail: the identity of the server is not "
                                        "checked (--insecure)\n"),
                 program.err);
    }
}

void tst_TailTls::trustsTheCertificatesOfAFile()
{
    AnsweringServer server;
    server.setSslConfiguration(m_known.sslConfiguration());
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    // The name is relative to where the program was started.
    const QFileInfo file(m_file.fileName());
    program.setWorkingDirectory(file.path());
    program.run({server.address(), "--no-reconnect", "--cacert", file.fileName()});
    COMPARE_EXIT(program, 0);
    QCOMPARE(program.out, m_line);
}

void tst_TailTls::trustsNoStrangerWithAFile()
{
    AnsweringServer server;
    server.setSslConfiguration(m_selfSigned.sslConfiguration());
    server.answers = {AnsweringServer::endedStream("data: 1\n\n")};
    Program program;
    program.run({server.address(), "--no-reconnect", "--cacert", m_file.fileName()});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.contains("error: No secure connection to https://"), program.err);
}

void tst_TailTls::saysHowToTrustACertificate()
{
    AnsweringServer server;
    server.setSslConfiguration(m_selfSigned.sslConfiguration());
    Program program;
    program.run({server.address()});
    QTRY_VERIFY2(program.err.count("trying again") >= 2, program.err);
    // Once is enough.
    QCOMPARE(program.err.count("a certificate that this system does not know is trusted with "
                               "--cacert FILE, and any with --insecure\n"),
             1);
}

void tst_TailTls::refusesAFileWithoutCertificates_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("missing") << u"/nowhere/ca.pem"_s
                             << QByteArray("The file '/nowhere/ca.pem' of --cacert cannot be read: "
                                           "No such file");
    QTest::newRow("a folder") << u"/"_s << QByteArray("of --cacert cannot be read: ");
    QTest::newRow("no name") << u""_s << QByteArray("of --cacert cannot be read: it has no name.");
    QTest::newRow("something else")
            << QString::fromLocal8Bit(TAIL_PROGRAM) << QByteArray("has no certificate. Name a PEM");
}

void tst_TailTls::refusesAFileWithoutCertificates()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, said);

    AnsweringServer server;
    Program program;
    program.run({server.address(), "--cacert", file});
    COMPARE_EXIT(program, 2);
    QVERIFY2(program.err.contains(said), program.err);
    QCOMPARE(server.requests.size(), 0);
}

QTEST_GUILESS_MAIN(tst_TailTls)
#include "tst_tailtls.moc"
