// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "nchanhub.h"

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qstandardpaths.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

#include <signal.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#  include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace {

const QStringList programFolders = {u"/usr/sbin"_s, u"/usr/local/sbin"_s, u"/sbin"_s};
const QStringList moduleFolders = {u"/usr/lib/nginx/modules"_s, u"/usr/lib64/nginx/modules"_s,
                                   u"/usr/share/nginx/modules"_s, u"/usr/local/libexec/nginx"_s};
const QString moduleName = u"ngx_nchan_module.so"_s;

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

NchanHub::~NchanHub()
{
    if (m_nginx.state() == QProcess::NotRunning)
        return;
    // SIGTERM, not SIGKILL: the master process ends its worker then.
    m_nginx.terminate();
    if (!m_nginx.waitForFinished())
        m_nginx.kill();
    m_nginx.waitForFinished();
}

bool NchanHub::start()
{
    m_program = QStandardPaths::findExecutable(u"nginx"_s);
    if (m_program.isEmpty())
        m_program = QStandardPaths::findExecutable(u"nginx"_s, programFolders);
    for (const QString &folder : moduleFolders) {
        if (QFile::exists(folder + u'/' + moduleName))
            m_module = folder + u'/' + moduleName;
    }
    if (m_program.isEmpty() || m_module.isEmpty()) {
        m_problem = u"%1 is not installed. Install the Debian packages nginx and "
                    "libnginx-mod-nchan."_s.arg(m_program.isEmpty() ? u"nginx"_s : moduleName);
        return false;
    }

    // Between the moment a port was free and the moment nginx takes it, anyone may come first.
    for (int attempt = 0; attempt < 10; ++attempt) {
        switch (startOn(freePort())) {
        case Started:
            return true;
        case NotStarted:
            return false;
        case PortTaken:
            break;
        }
    }
    m_problem = u"No port was free for nginx: "_s + QString::fromLocal8Bit(m_log);
    return false;
}

QUrl NchanHub::publisherUrl(const QString &channel) const
{
    return QUrl(u"http://127.0.0.1:%1/publish?channel=%2"_s.arg(m_port).arg(channel));
}

QString NchanHub::subscriberPath(const QString &channel)
{
    return u"/events?channel="_s + channel;
}

QByteArray NchanHub::log()
{
    m_log += m_nginx.readAllStandardError();
    return m_log;
}

NchanHub::Outcome NchanHub::startOn(quint16 port)
{
    m_log.clear();
    if (!writeConfiguration(port))
        return NotStarted;

#ifdef Q_OS_LINUX
    // A crash or a kill of the test takes nginx along.
    m_nginx.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
#endif
    m_nginx.start(m_program,
                  {u"-p"_s, m_folder.path(), u"-c"_s, u"nginx.conf"_s, u"-e"_s, u"stderr"_s});
    if (!m_nginx.waitForStarted()) {
        m_problem = u"%1 does not start: %2."_s.arg(m_program, m_nginx.errorString());
        return NotStarted;
    }

    QDeadlineTimer deadline(20000);
    while (!deadline.hasExpired()) {
        if (answersByName(port)) {
            m_port = port;
            return Started;
        }
        // An nginx that gave up ends the wait.
        if (m_nginx.waitForFinished(20))
            break;
    }
    if (log().contains("Address already in use"))
        return PortTaken;
    m_problem = u"nginx does not start: "_s + QString::fromLocal8Bit(m_log);
    return NotStarted;
}

bool NchanHub::answersByName(quint16 port) const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    if (!socket.waitForConnected(1000))
        return false;
    socket.write("GET /name HTTP/1.0\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(1000))
        answer += socket.readAll();
    return answer.endsWith("\r\n\r\n" + name());
}

QByteArray NchanHub::name() const
{
    return QFileInfo(m_folder.path()).fileName().toUtf8();
}

bool NchanHub::writeConfiguration(quint16 port)
{
    QFile source(QStringLiteral(HUB_CONFIGURATION));
    QFile target(m_folder.filePath(u"nginx.conf"_s));
    if (!source.open(QIODevice::ReadOnly) || !target.open(QIODevice::WriteOnly)) {
        m_problem = u"The configuration cannot be written: %1 %2"_s.arg(source.errorString(),
                                                                        target.errorString());
        return false;
    }
    QByteArray text = source.readAll();
    text.replace("@PORT@", QByteArray::number(port));
    text.replace("@NAME@", name());
    text.replace("@MODULE@", QFile::encodeName(m_module));
    // Started by root, the worker would run as somebody who cannot enter the folder. Started by
    // anyone else it stays who it is, and nginx wants no such line.
    text.replace("@USER@", ::geteuid() == 0 ? "user root root;" : "");
    target.write(text);
    return target.flush();
}
