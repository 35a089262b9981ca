// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef NCHANHUB_H
#define NCHANHUB_H

#include <QtCore/qprocess.h>
#include <QtCore/qtemporarydir.h>
#include <QtCore/qurl.h>

// nginx with its nchan module on a free loopback port, in a folder of its own. It ends with this
// object, and with this process however that ends.
class NchanHub
{
public:
    ~NchanHub();

    // Comes back when the hub takes connections; false: problem() says why not.
    bool start();
    QString problem() const { return m_problem; }

    quint16 port() const { return m_port; }
    QUrl publisherUrl(const QString &channel) const;
    static QString subscriberPath(const QString &channel);
    // What nginx wrote to its error log.
    QByteArray log();

private:
    enum Outcome { Started, PortTaken, NotStarted };
    Outcome startOn(quint16 port);
    bool writeConfiguration(quint16 port);
    bool answersByName(quint16 port) const;
    QByteArray name() const;

    QTemporaryDir m_folder;
    QProcess m_nginx;
    QString m_program;
    QString m_module;
    QString m_problem;
    QByteArray m_log;
    quint16 m_port = 0;
};

#endif // NCHANHUB_H
