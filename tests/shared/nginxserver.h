// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef NGINXSERVER_H
#define NGINXSERVER_H

#include <QtCore/qhash.h>
#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>

// nginx, with its nchan module at hand, on free loopback ports and in a folder of its own. It ends
// with this object, and with this process however that ends.
class NginxServer
{
public:
    using Words = QHash<QByteArray, QByteArray>;

    ~NginxServer();

    // The configuration has words between @ signs: PORT, TLS_PORT, NAME, MODULE and USER are known
    // here, others are given. A request for /name at PORT must be answered with NAME. Comes back
    // when nginx takes connections; false: problem() says why not.
    bool start(const QString &configuration, const Words &words = {});
    QString problem() const { return m_problem; }

    // New workers take over, and the old ones say goodbye to their clients.
    void reload();

    quint16 port() const { return m_port; }
    quint16 tlsPort() const { return m_tlsPort; }
    // What nginx wrote to its error log.
    QByteArray log();

private:
    enum Outcome { Started, PortTaken, NotStarted };
    Outcome tryToStart();
    bool writeConfiguration();
    bool answersByName() const;
    QByteArray name() const;

    QTemporaryDir m_folder;
    QProcess m_nginx;
    QString m_program;
    QString m_module;
    QString m_configuration;
    Words m_words;
    QString m_problem;
    QByteArray m_log;
    quint16 m_port = 0;
    quint16 m_tlsPort = 0;
};

#endif // NGINXSERVER_H
