// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TESTSERVER_H
#define TESTSERVER_H

#include "scriptedserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qhash.h>
#include <QtCore/qvariant.h>

// A ScriptedServer for QML: it answers every request alike and lets a test send more later.
class TestServer : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int requestCount READ requestCount NOTIFY requestCountChanged)
    Q_PROPERTY(QString status MEMBER m_status)
    Q_PROPERTY(QString stream MEMBER m_stream)
    Q_PROPERTY(bool ends MEMBER m_ends)

public:
    TestServer()
    {
        m_server.setHandler([this](Exchange *exchange) {
            m_exchanges.append(exchange);
            const QByteArray document = m_documents.value(QString::fromLatin1(exchange->target()));
            if (exchange->target().endsWith("/qmldir")) {
                exchange->sendAnswer("404 Not Found"); // the engine looks for one beside a document
            } else if (!document.isEmpty()) {
                exchange->sendAnswer("200 OK", "Content-Type: text/plain\r\n", document);
            } else if (m_status.startsWith(QLatin1String("200"))) {
                exchange->sendStream(m_stream.toUtf8());
                if (m_ends)
                    exchange->end();
            } else {
                exchange->sendAnswer(m_status.toLatin1(), {}, m_stream.toUtf8());
            }
            Q_EMIT requestCountChanged();
        });
    }

    int requestCount() const { return int(m_exchanges.size()); }

    Q_INVOKABLE QUrl url(const QString &path) const { return m_server.url(path); }
    Q_INVOKABLE void send(const QString &text)
    {
        if (!m_exchanges.isEmpty() && m_exchanges.constLast())
            m_exchanges.constLast()->sendChunk(text.toUtf8());
    }
    Q_INVOKABLE void addDocument(const QString &path, const QString &text)
    {
        m_documents.insert(path, text.toUtf8());
    }
    Q_INVOKABLE bool isConnected(int request) const
    {
        return m_exchanges.value(request) && m_exchanges.value(request)->isConnected();
    }
    Q_INVOKABLE QString header(int request, const QString &name) const
    {
        return QString::fromUtf8(m_exchanges.value(request)->header(name.toLatin1()));
    }
    Q_INVOKABLE QString target(int request) const
    {
        return QString::fromUtf8(m_exchanges.value(request)->target());
    }
    Q_INVOKABLE QString body(int request) const
    {
        return QString::fromUtf8(m_exchanges.value(request)->body());
    }

    // A listener that no QML document declared.
    Q_INVOKABLE EventSourceListener *makeListener(const QUrl &url)
    {
        return new EventSourceListener(url, this);
    }

Q_SIGNALS:
    void requestCountChanged();

private:
    ScriptedServer m_server;
    QList<QPointer<Exchange>> m_exchanges;
    QHash<QString, QByteArray> m_documents;
    QString m_status = QStringLiteral("200 OK");
    QString m_stream;
    bool m_ends = false;
};

#endif // TESTSERVER_H
