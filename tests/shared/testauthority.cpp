// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "testauthority.h"

#include <QtCore/qfile.h>
#include <QtCore/qprocess.h>
#include <QtNetwork/qsslcertificate.h>
#include <QtNetwork/qsslkey.h>

using namespace Qt::StringLiterals;

QSslConfiguration TestAuthority::Identity::sslConfiguration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(certificateFile));
    QFile file(keyFile);
    if (file.open(QIODevice::ReadOnly))
        configuration.setPrivateKey(QSslKey(&file, QSsl::Ec));
    return configuration;
}

bool TestAuthority::create()
{
    return run(QStringList {u"req"_s, u"-x509"_s, u"-out"_s, certificateFile(), u"-subj"_s,
                            u"/CN=Test authority"_s, u"-days"_s, u"2"_s, u"-addext"_s,
                            u"keyUsage=critical,keyCertSign,cRLSign"_s}
               + newKey(u"authority.key"_s));
}

TestAuthority::Identity TestAuthority::issue(const QString &name, const QString &alternativeName,
                                             int days)
{
    const QString request = path(name + u".csr"_s);
    const Identity identity {path(name + u".pem"_s), path(name + u".key"_s)};
    QFile extensions(path(name + u".ext"_s));
    if (!extensions.open(QIODevice::WriteOnly)) {
        m_problem = extensions.errorString();
        return {};
    }
    extensions.write("subjectAltName=" + alternativeName.toLatin1() + "\n");
    extensions.close();
    const bool done =
            run(QStringList {u"req"_s, u"-new"_s, u"-out"_s, request, u"-subj"_s, u"/CN="_s + name}
                + newKey(name + u".key"_s))
            && run({u"x509"_s, u"-req"_s, u"-in"_s, request, u"-CA"_s, certificateFile(),
                    u"-CAkey"_s, path(u"authority.key"_s), u"-CAcreateserial"_s, u"-days"_s,
                    QString::number(days), u"-extfile"_s, extensions.fileName(), u"-out"_s,
                    identity.certificateFile});
    return done ? identity : Identity();
}

TestAuthority::Identity TestAuthority::issueSelfSigned(const QString &name,
                                                       const QString &alternativeName)
{
    const Identity identity {path(name + u".pem"_s), path(name + u".key"_s)};
    const bool done = run(QStringList {u"req"_s, u"-x509"_s, u"-out"_s, identity.certificateFile,
                                       u"-subj"_s, u"/CN="_s + name, u"-days"_s, u"2"_s,
                                       u"-addext"_s, u"subjectAltName="_s + alternativeName}
                          + newKey(name + u".key"_s));
    return done ? identity : Identity();
}

QSslCertificate TestAuthority::certificate() const
{
    return QSslCertificate::fromPath(certificateFile()).value(0);
}

QSslConfiguration TestAuthority::trustingConfiguration() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificate(certificate());
    return configuration;
}

QStringList TestAuthority::newKey(const QString &file) const
{
    return {u"-newkey"_s, u"ec"_s,      u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
            u"-nodes"_s,  u"-keyout"_s, path(file)};
}

bool TestAuthority::run(const QStringList &arguments)
{
    QProcess openssl;
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    openssl.start(u"openssl"_s, arguments);
    if (openssl.waitForFinished() && openssl.exitStatus() == QProcess::NormalExit
        && openssl.exitCode() == 0)
        return true;
    m_problem = u"openssl %1: %2 %3"_s.arg(arguments.join(u' '), openssl.errorString(),
                                           QString::fromLocal8Bit(openssl.readAll()));
    return false;
}
