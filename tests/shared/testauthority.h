// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TESTAUTHORITY_H
#define TESTAUTHORITY_H

#include <QtCore/qstring.h>
#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qsslconfiguration.h>

// A certificate authority that exists as long as this object: nobody else trusts it, and its keys
// are in no repository.
class TestAuthority
{
public:
    struct Identity
    {
        QString certificateFile;
        QString keyFile;
        // For the server that shows this certificate.
        QSslConfiguration sslConfiguration() const;
    };

    // Runs the openssl command; false: problem() says why not.
    bool create();
    QString problem() const { return m_problem; }

    // A server certificate for an alternative name such as "IP:127.0.0.1". With a negative number
    // of days it has expired. Empty file names: problem().
    Identity issue(const QString &name, const QString &alternativeName, int days = 2);
    // Nobody vouches for it but itself.
    Identity issueSelfSigned(const QString &name, const QString &alternativeName);

    QString certificateFile() const { return path(QStringLiteral("authority.pem")); }
    QSslCertificate certificate() const;
    // Qt's default with this authority trusted as well.
    QSslConfiguration trustingConfiguration() const;

private:
    bool run(const QStringList &arguments);
    QString path(const QString &file) const { return m_folder.filePath(file); }
    QStringList newKey(const QString &file) const;

    QTemporaryDir m_folder;
    QString m_problem;
};

#endif // TESTAUTHORITY_H
