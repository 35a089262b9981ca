// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef ACCESSMANAGERPOOL_P_H
#define ACCESSMANAGERPOOL_P_H

#include <QtCore/qhash.h>
#include <QtCore/qobject.h>
#include <QtCore/qpointer.h>
#include <QtCore/qset.h>
#include <QtCore/qstring.h>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QNetworkReply;
class QUrl;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// Access managers for streams. One manager opens six connections to a host, or as many as it is told
// to, and lets the next request wait for ever; a stream keeps its connection. So streams have managers
// of their own, which ordinary requests do not share, and another one when all are full.
class AccessManagerPool : public QObject
{
    Q_OBJECT

public:
    // Of an application. An empty one makes managers of the library's own.
    using Factory = std::function<QNetworkAccessManager *(QObject *parent)>;

    // A place on a manager for one exchange, given back on destruction.
    class Lease
    {
    public:
        Lease(AccessManagerPool *pool, QNetworkAccessManager *manager, const QString &host);
        ~Lease();
        Q_DISABLE_COPY_MOVE(Lease)

        QNetworkAccessManager *manager() const;

        // No other exchange gets this manager: what it has stored about the host is unreliable.
        void retire();

        // http2 was asked for, and the host answered over HTTP/1.1: six places, then.
        void lacksHttp2();

        QString host() const { return m_host; }

    private:
        QPointer<AccessManagerPool> m_pool;
        QPointer<QNetworkAccessManager> m_manager;
        QString m_host;
    };

    // The pool that the streams of this thread with the same source of managers share; it lives as
    // long as one of them. The key identifies the source.
    static std::shared_ptr<AccessManagerPool> shared(const void *key, const Factory &factory);

    // An unused manager is kept for a while: a stream that reconnects needs one again.
    explicit AccessManagerPool(Factory factory,
                               std::chrono::milliseconds shrinkDelay = std::chrono::minutes(1));
    ~AccessManagerPool() override;

    std::unique_ptr<Lease> acquire(const QUrl &url, bool http2);

    // One that nobody else gets.
    static std::shared_ptr<AccessManagerPool> create(const Factory &factory);

    // For an owner that may be called by a reply of the pool: if it is the last one, the pool is
    // deleted when control returns to the event loop.
    static void releaseLater(std::shared_ptr<AccessManagerPool> pool);

    // Closes the connection of a reply at once. The application, whose slots may be connected to the
    // manager, does not hear of it.
    static void abort(QNetworkReply *reply);

    // To be called for each new reply of one of the managers.
    void watch(QNetworkReply *reply) const;

    // Ends a reply of one of the managers. It is deleted when none of its signals can be on the
    // stack any more.
    void dispose(QNetworkReply *reply) const;

    // How many exchanges with a host one manager serves over HTTP/1.1. A request that is sent with it
    // must ask for so many connections (Qt 6.5).
    int streamsPerHost() const;

    int managerCount() const { return int(m_members.size()); }

Q_SIGNALS:
    // Requests that wait on a manager for this host may wait for ever.
    void placesReduced(const QString &host);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Member
    {
        QPointer<QNetworkAccessManager> manager; // an application's own may go at any time
        QHash<QString, int> streams; // by host
        bool buffered = false; // see bufferedsockets_p.h
        bool retired = false;
    };

    std::vector<Member>::iterator find(QNetworkAccessManager *manager);
    void release(QNetworkAccessManager *manager, const QString &host);
    void shrink(bool onlyRetired);

    Factory m_factory;
    std::chrono::milliseconds m_shrinkDelay;
    std::vector<Member> m_members;
    QSet<QString> m_hostsWithoutHttp2;
    int m_shrinkTimer = 0;
};

} // namespace EventSourcePrivate

#endif // ACCESSMANAGERPOOL_P_H
