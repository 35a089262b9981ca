// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "nginxserver.h"

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

} // namespace

NginxServer::~NginxServer()
{
    if (m_nginx.state() == QProcess::NotRunning)
        return;
    // SIGTERM, not SIGKILL: the master process ends its worker then.
    m_nginx.terminate();
    if (!m_nginx.waitForFinished())
        m_nginx.kill();
    m_nginx.waitForFinished();
}

bool NginxServer::start(const QString &configuration, const Words &words)
{
    m_configuration = configuration;
    m_words = words;
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
        switch (tryToStart()) {
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

void NginxServer::reload()
{
    ::kill(pid_t(m_nginx.processId()), SIGHUP);
}

QByteArray NginxServer::log()
{
    m_log += m_nginx.readAllStandardError();
    return m_log;
}

NginxServer::Outcome NginxServer::tryToStart()
{
    {
        QTcpServer plain;
        QTcpServer tls;
        plain.listen(QHostAddress::LocalHost);
        tls.listen(QHostAddress::LocalHost);
        m_port = plain.serverPort();
        m_tlsPort = tls.serverPort();
    }
    m_log.clear();
    if (!writeConfiguration())
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
        if (answersByName())
            return Started;
        // An nginx that gave up ends the wait.
        if (m_nginx.waitForFinished(20))
            break;
    }
    if (log().contains("Address already in use"))
        return PortTaken;
    m_problem = u"nginx does not start: "_s + QString::fromLocal8Bit(m_log);
    return NotStarted;
}

bool NginxServer::answersByName() const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    if (!socket.waitForConnected(1000))
        return false;
    socket.write("GET /name HTTP/1.0\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(1000))
        answer += socket.readAll();
    return answer.endsWith("\r\n\r\n" + name());
}

QByteArray NginxServer::name() const
{
    return QFileInfo(m_folder.path()).fileName().toUtf8();
}

bool NginxServer::writeConfiguration()
{
    QFile source(m_configuration);
    QFile target(m_folder.filePath(u"nginx.conf"_s));
    if (!source.open(QIODevice::ReadOnly) || !target.open(QIODevice::WriteOnly)) {
        m_problem = u"The configuration cannot be written: %1 %2"_s.arg(source.errorString(),
                                                                        target.errorString());
        return false;
    }
    QByteArray text = source.readAll();
    text.replace("@PORT@", QByteArray::number(m_port));
    text.replace("@TLS_PORT@", QByteArray::number(m_tlsPort));
    text.replace("@NAME@", name());
    text.replace("@MODULE@", QFile::encodeName(m_module));
    // Started by root, the worker would run as somebody who cannot enter the folder. Started by
    // anyone else it stays who it is, and nginx wants no such line.
    text.replace("@USER@", ::geteuid() == 0 ? "user root root;" : "");
    for (auto word = m_words.cbegin(); word != m_words.cend(); ++word)
        text.replace('@' + word.key() + '@', word.value());
    target.write(text);
    return target.flush();
}
