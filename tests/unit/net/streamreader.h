// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef STREAMREADER_H
#define STREAMREADER_H

#include "net/accessmanagerpool_p.h"
#include "net/streamconnection_p.h"
#include "waiting.h"

#include <QtCore/qpointer.h>
#include <QtCore/qstringlist.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

// A stream connection, with a pool of its own unless it is given one. Records what it emits and what
// was read of it.
class StreamReader
{
public:
    enum Reading { AtOnce, OnRequest };

    explicit StreamReader(Reading reading = AtOnce) : StreamReader(reading, nullptr) { }
    StreamReader(Reading reading, std::shared_ptr<EventSourcePrivate::AccessManagerPool> shared)
        : pool(shared ? std::move(shared)
                      : std::make_shared<EventSourcePrivate::AccessManagerPool>(
                              [this](QObject *parent) {
                                  manager = new QNetworkAccessManager(parent);
                                  return manager.data();
                              },
                              std::chrono::milliseconds(1))),
          connection(std::make_unique<EventSourcePrivate::StreamConnection>(pool))
    {
        const auto connectTo = [this, reading](auto signal, const QString &name) {
            QObject::connect(connection.get(), signal, &m_context, [this, reading, name] {
                // QNAM may report the bytes of one segment in several steps.
                if (emissions.isEmpty() || emissions.last() != name
                    || name != QLatin1String("readyRead"))
                    emissions.append(name);
                if (reading == AtOnce)
                    read();
            });
        };
        connectTo(&EventSourcePrivate::StreamConnection::progressed, QStringLiteral("progressed"));
        connectTo(&EventSourcePrivate::StreamConnection::readyRead, QStringLiteral("readyRead"));
    }

    void open(const QUrl &url)
    {
        EventSourcePrivate::StreamRequest request;
        request.url = url;
        connection->open(request);
    }

    // Appends all that is there to bytes.
    void read()
    {
        char piece[4096];
        for (qint64 count = 0; count >= 0;) {
            count = connection->read(piece, sizeof(piece));
            bytes.append(piece, std::max<qint64>(count, 0));
        }
    }

    bool awaitAccepted() const
    {
        return waitFor([this] { return connection->isAccepted() || connection->isFinished(); })
                && connection->isAccepted();
    }
    bool awaitFinished() const
    {
        return waitFor([this] { return connection->isFinished(); });
    }
    bool awaitBytes(const QByteArray &expected) const
    {
        return waitFor([&] { return bytes.size() >= expected.size(); }) && bytes == expected;
    }
    bool awaitEmissions(const QStringList &expected) const
    {
        return waitFor([&] { return emissions.size() >= expected.size(); })
                && emissions == expected;
    }

    // Of the connection, if its pool is its own.
    QNetworkReply *reply() const
    {
        return manager ? manager->findChild<QNetworkReply *>() : nullptr;
    }

    // The bytes that wait in the reply; -1 without one.
    qint64 heldBytes() const { return reply() ? reply()->bytesAvailable() : -1; }

    QPointer<QNetworkAccessManager> manager; // the last that the pool made
    std::shared_ptr<EventSourcePrivate::AccessManagerPool> pool;
    std::unique_ptr<EventSourcePrivate::StreamConnection> connection;
    QStringList emissions;
    QByteArray bytes;

private:
    QObject m_context;
};

#endif // STREAMREADER_H
