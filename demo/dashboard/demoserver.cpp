// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "demoserver.h"

#include "streamserver.h"

namespace {
constexpr int attemptsToRefuse = 3;
}

DemoServer::DemoServer(quint32 seed, QObject *parent)
    : QObject(parent), m_server(new StreamServer(seed))
{
    connect(m_server, &StreamServer::clientCountChanged, this, [this](int count) {
        m_clientCount = count;
        Q_EMIT clientCountChanged();
    });
    connect(m_server, &StreamServer::refusalsLeftChanged, this, [this](int count) {
        m_refusalsLeft = count;
        Q_EMIT refusalsLeftChanged();
    });
    m_thread.setObjectName(QStringLiteral("demo server"));
    m_server->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_thread.start();
}

DemoServer::~DemoServer()
{
    m_thread.quit();
    m_thread.wait();
}

bool DemoServer::start(quint16 port, QString *error)
{
    quint16 actualPort = 0;
    QMetaObject::invokeMethod(
            m_server, [&] { actualPort = m_server->listen(port, error); },
            Qt::BlockingQueuedConnection);
    if (actualPort == 0)
        return false;
    m_url.setUrl(QStringLiteral("http://127.0.0.1:%1/stream").arg(actualPort));
    return true;
}

void DemoServer::cause(DemoServer::Fault fault)
{
    switch (fault) {
    case Drop:
        QMetaObject::invokeMethod(m_server, &StreamServer::dropConnections);
        break;
    case End:
        QMetaObject::invokeMethod(m_server, &StreamServer::endStreams);
        break;
    case Refuse:
        QMetaObject::invokeMethod(m_server, [this] { m_server->refuse(attemptsToRefuse); });
        break;
    case BrokenJson:
        QMetaObject::invokeMethod(m_server, &StreamServer::sendBrokenJson);
        break;
    case Silence:
        QMetaObject::invokeMethod(m_server, &StreamServer::fallSilent);
        break;
    case ExpireToken:
        m_token = QStringLiteral("token-%1").arg(++m_tokenNumber);
        QMetaObject::invokeMethod(
                m_server, [this, token = m_token.toLatin1()] { m_server->requireToken(token); });
        break;
    }
}
