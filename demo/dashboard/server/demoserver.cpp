// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "demoserver.h"

#include "demobackend.h"
#include "eventfeed.h"

namespace {
constexpr int attemptsToRefuse = 3;
}

DemoServer::DemoServer(quint32 seed, QObject *parent)
    : QObject(parent), m_backend(new DemoBackend(seed))
{
    connect(m_backend, &DemoBackend::clientCountChanged, this, [this](int count) {
        m_clientCount = count;
        Q_EMIT clientCountChanged();
    });
    connect(m_backend, &DemoBackend::refusalsLeftChanged, this, [this](int count) {
        m_refusalsLeft = count;
        Q_EMIT refusalsLeftChanged();
    });
    m_thread.setObjectName(QStringLiteral("demo server"));
    m_backend->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_backend, &QObject::deleteLater);
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
            m_backend, [&] { actualPort = m_backend->listen(port, error); },
            Qt::BlockingQueuedConnection);
    if (actualPort == 0)
        return false;
    m_url.setUrl(QStringLiteral("http://127.0.0.1:%1/stream").arg(actualPort));
    return true;
}

QUrl DemoServer::address(const QString &path) const
{
    QUrl result = m_url;
    result.setPath(path);
    return result;
}

QString DemoServer::issueToken() const
{
    return QStringLiteral("token-%1").arg(m_tokenNumber);
}

void DemoServer::cause(DemoServer::Fault fault, const QString &path)
{
    const QByteArray token = issueToken().toLatin1();
    if (fault == ExpireToken)
        ++m_tokenNumber;
    QMetaObject::invokeMethod(m_backend, [this, fault, token, path = path.toLatin1()] {
        EventFeed *feed = m_backend->feed(path);
        if (!feed)
            return;
        switch (fault) {
        case Drop:
            feed->dropConnections();
            break;
        case Reset:
            feed->resetConnections();
            break;
        case CutChunk:
            feed->cutChunks();
            break;
        case WrongType:
            feed->sendWrongType();
            break;
        case Redirect:
            feed->redirect();
            break;
        case LateHead:
            feed->delayHead();
            break;
        case HugeEvent:
            feed->sendHugeEvent();
            break;
        case Flood:
            feed->flood();
            break;
        case End:
            feed->endStreams();
            break;
        case Refuse:
            feed->refuseAttempts(attemptsToRefuse);
            break;
        case BrokenJson:
            feed->sendBrokenJson();
            break;
        case Silence:
            feed->fallSilent();
            break;
        case ExpireToken:
            feed->expireToken(token);
            break;
        }
    });
}
