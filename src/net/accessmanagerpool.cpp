// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/accessmanagerpool_p.h"

#include "net/bufferedsockets_p.h"
#include "net/weburl_p.h"

#include <QtCore/qabstracteventdispatcher.h>
#include <QtCore/qcoreevent.h>
#include <QtCore/qthreadstorage.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>

#include <algorithm>
#include <map>

using namespace std::chrono_literals;

namespace EventSourcePrivate {

namespace {

// QNetworkAccessManager's own limit over HTTP/1.1.
constexpr int defaultStreamsPerHost = 6;

// Of the library's managers, where Qt can be told. Each manager costs a thread, each connection that
// might be opened a little memory.
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
constexpr int raisedStreamsPerHost = 40;
#else
constexpr int raisedStreamsPerHost = defaultStreamsPerHost;
#endif

// Over HTTP/2 one connection carries many, but a server may limit them, and the request beyond its
// limit waits for ever as well. RFC 9113 asks for no less than 100; servers have 100 to 128.
constexpr int http2StreamsPerHost = 100;

// Replies of applications' managers that receive an event, one within the other. Slots of the
// application, connected to a manager, may be on the stack then, and may run an event loop of their own.
// (QThread::loopLevel() does not count QCoreApplication::processEvents().)
thread_local int notifiedReplies = 0;

// All that a reply and its manager emit comes from events of the reply.
class ReplyWatch : public QObject
{
public:
    explicit ReplyWatch(QNetworkReply *reply) : QObject(reply) { reply->installEventFilter(this); }

    bool eventFilter(QObject *reply, QEvent *event) override
    {
        if (event->type() != QEvent::MetaCall)
            return false;
        ++notifiedReplies;
        reply->event(event); // may delete the reply and this
        --notifiedReplies;
        return true;
    }
};

// Children of the application object are deleted when there is none any more.
bool hasEventLoop()
{
    return QAbstractEventDispatcher::instance() != nullptr;
}

// Deletes what may be emitting to a slot of the application, as soon as nothing does.
void deleteAfterEmissions(QObject *object)
{
    class Remains : public QObject
    {
    public:
        explicit Remains(QObject *what) : m_what(what) { deleteLater(); }
        ~Remains() override { delete m_what; }

        bool event(QEvent *event) override
        {
            // In a slot's event loop this arrives too early.
            if (event->type() != QEvent::DeferredDelete || notifiedReplies == 0)
                return QObject::event(event);
            startTimer(50ms);
            return true;
        }

    protected:
        void timerEvent(QTimerEvent *) override
        {
            if (notifiedReplies == 0)
                delete this;
        }

    private:
        QPointer<QObject> m_what; // a reply goes with its manager
    };
    if (hasEventLoop())
        new Remains(object);
    else
        delete object;
}

void destroy(QNetworkAccessManager *manager)
{
    if (!manager)
        return;
    // Replies that outlive their manager, even as its children on the way out, crash in Qt 6.8.
    qDeleteAll(manager->findChildren<QNetworkReply *>(Qt::FindDirectChildrenOnly));
    delete manager;
}

} // namespace

AccessManagerPool::Lease::Lease(AccessManagerPool *pool, QNetworkAccessManager *manager,
                                const QString &host)
    : m_pool(pool), m_manager(manager), m_host(host)
{
}

AccessManagerPool::Lease::~Lease()
{
    if (m_pool && m_manager)
        m_pool->release(m_manager, m_host);
}

QNetworkAccessManager *AccessManagerPool::Lease::manager() const
{
    return m_manager;
}

void AccessManagerPool::Lease::retire()
{
    if (!m_pool || !m_manager)
        return;
    const auto member = m_pool->find(m_manager);
    if (member != m_pool->m_members.end())
        member->retired = true;
}

void AccessManagerPool::Lease::lacksHttp2()
{
    if (!m_pool || m_pool->m_hostsWithoutHttp2.contains(m_host))
        return;
    m_pool->m_hostsWithoutHttp2.insert(m_host);
    Q_EMIT m_pool->placesReduced(m_host);
}

std::shared_ptr<AccessManagerPool> AccessManagerPool::shared(const void *key,
                                                             const Factory &factory)
{
    static QThreadStorage<std::map<const void *, std::weak_ptr<AccessManagerPool>>> storage;
    std::weak_ptr<AccessManagerPool> &entry = storage.localData()[key];
    std::shared_ptr<AccessManagerPool> pool = entry.lock();
    if (!pool) {
        pool = create(factory);
        entry = pool;
    }
    return pool;
}

std::shared_ptr<AccessManagerPool> AccessManagerPool::create(const Factory &factory)
{
    if (!factory)
        return std::make_shared<AccessManagerPool>(factory);
    return std::shared_ptr<AccessManagerPool>(
            new AccessManagerPool(factory),
            [](AccessManagerPool *pool) { deleteAfterEmissions(pool); });
}

void AccessManagerPool::releaseLater(std::shared_ptr<AccessManagerPool> pool)
{
    class Owner : public QObject
    {
    public:
        std::shared_ptr<AccessManagerPool> pool;
    };
    if (pool.use_count() > 1)
        return;
    auto *owner = new Owner;
    owner->pool = std::move(pool);
    owner->deleteLater();
}

void AccessManagerPool::abort(QNetworkReply *reply)
{
    // With an error it is closed already, and abort() would print a warning of Qt's: "Internal
    // problem". So would an error that is on its way from QNAM's thread, and so the reply receives
    // nothing more.
    class Silence : public QObject
    {
    public:
        explicit Silence(QNetworkReply *reply) : QObject(reply) { reply->installEventFilter(this); }
        bool eventFilter(QObject *, QEvent *event) override
        {
            return event->type() == QEvent::MetaCall;
        }
    };
    if (!reply->isRunning() || reply->error() != QNetworkReply::NoError)
        return;
    const QSignalBlocker blocker(reply->manager());
    reply->abort();
    new Silence(reply);
}

void AccessManagerPool::watch(QNetworkReply *reply) const
{
    if (m_factory)
        new ReplyWatch(reply);
}

void AccessManagerPool::dispose(QNetworkReply *reply) const
{
    if (!m_factory) {
        reply->deleteLater();
        return;
    }
    if (notifiedReplies > 0)
        abort(reply);
    deleteAfterEmissions(reply);
}

AccessManagerPool::AccessManagerPool(Factory factory, std::chrono::milliseconds shrinkDelay)
    : m_factory(std::move(factory)), m_shrinkDelay(shrinkDelay)
{
}

AccessManagerPool::~AccessManagerPool()
{
    for (const Member &member : m_members)
        destroy(member.manager);
}

// The number counts from the first request to a host on, which an application's manager may have
// sent already.
int AccessManagerPool::streamsPerHost() const
{
    return m_factory ? defaultStreamsPerHost : raisedStreamsPerHost;
}

std::unique_ptr<AccessManagerPool::Lease> AccessManagerPool::acquire(const QUrl &url, bool http2)
{
    const QString host = QLatin1String(http2 ? "h2 " : "") + hostKey(url);
    const int limit =
            http2 && !m_hostsWithoutHttp2.contains(host) ? http2StreamsPerHost : streamsPerHost();
    // An application's manager keeps its proxy settings. Proxies may change at any time, so this is
    // decided for each exchange.
    const bool buffered = !m_factory && canBufferSockets(url);
    m_members.erase(std::remove_if(m_members.begin(), m_members.end(),
                                   [](const Member &m) { return !m.manager; }),
                    m_members.end());
    auto member = std::find_if(m_members.begin(), m_members.end(), [&](const Member &candidate) {
        return !candidate.retired && candidate.buffered == buffered
                && candidate.streams.value(host) < limit;
    });
    if (member == m_members.end()) {
        QNetworkAccessManager *manager = m_factory ? m_factory(this) : nullptr;
        if (!manager)
            manager = new QNetworkAccessManager(this);
        if (buffered)
            bufferSockets(manager);
        member = m_members.insert(m_members.end(), Member {manager, {}, buffered, false});
    }
    ++member->streams[host];
    return std::make_unique<Lease>(this, member->manager, host);
}

std::vector<AccessManagerPool::Member>::iterator
AccessManagerPool::find(QNetworkAccessManager *manager)
{
    return std::find_if(m_members.begin(), m_members.end(),
                        [&](const Member &member) { return member.manager == manager; });
}

void AccessManagerPool::release(QNetworkAccessManager *manager, const QString &host)
{
    const auto member = find(manager);
    if (member == m_members.end())
        return;
    if (--member->streams[host] == 0)
        member->streams.remove(host);
    if (!member->streams.isEmpty())
        return;
    // Not at once: this may be called while a reply of that manager emits.
    if (member->retired)
        QMetaObject::invokeMethod(
                this, [this] { shrink(true); }, Qt::QueuedConnection);
    else if (m_shrinkTimer == 0 && hasEventLoop())
        m_shrinkTimer = startTimer(m_shrinkDelay, Qt::VeryCoarseTimer);
}

void AccessManagerPool::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_shrinkTimer)
        return;
    killTimer(m_shrinkTimer);
    m_shrinkTimer = 0;
    shrink(false);
}

void AccessManagerPool::shrink(bool onlyRetired)
{
    if (m_factory && notifiedReplies > 0) { // one of the managers may be emitting
        if (m_shrinkTimer == 0)
            m_shrinkTimer = startTimer(m_shrinkDelay, Qt::VeryCoarseTimer);
        return;
    }
    const auto unused = std::stable_partition(
            m_members.begin(), m_members.end(), [onlyRetired](const Member &member) {
                return !member.streams.isEmpty() || (onlyRetired && !member.retired);
            });
    for (auto member = unused; member != m_members.end(); ++member)
        destroy(member->manager);
    m_members.erase(unused, m_members.end());
}

} // namespace EventSourcePrivate
