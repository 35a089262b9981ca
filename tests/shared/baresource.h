// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef BARESOURCE_H
#define BARESOURCE_H

#include <QtCore/qbytearray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qobject.h>
#include <QtCore/qstring.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtNetwork/qnetworkrequest.h>

#include <memory>

// What an application would write by itself: QNAM, lines, QJsonDocument, a value in a signal.

class BareEvent
{
    Q_GADGET
    Q_PROPERTY(QJsonValue data MEMBER data)
    Q_PROPERTY(QString type MEMBER type)
    Q_PROPERTY(QString lastEventId MEMBER lastEventId)

public:
    QJsonValue data;
    QString type;
    QString lastEventId;
};

class BareSource : public QObject
{
    Q_OBJECT

public:
    enum Mode { Drain, Decode };

    BareSource(Mode mode, const QUrl &url) : BareSource(mode, http1Request(url)) { }
    // Without a manager it has its own.
    BareSource(Mode mode, const QNetworkRequest &request, QNetworkAccessManager *manager = nullptr)
    {
        m_reply.reset((manager ? manager : &m_manager)->get(request));
        m_reply->setReadBufferSize(16 * 1024);
        connect(m_reply.get(), &QNetworkReply::readyRead, this, [this, mode] { read(mode); });
        connect(m_reply.get(), &QNetworkReply::finished, this, [this, mode] {
            read(mode);
            Q_EMIT finished();
        });
    }

Q_SIGNALS:
    void message(const BareEvent &event);
    void finished();

private:
    static QNetworkRequest http1Request(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        return request;
    }

    void read(Mode mode)
    {
        if (mode == Drain) {
            m_reply->readAll();
            return;
        }
        m_bytes += m_reply->readAll();
        qsizetype begin = 0;
        for (qsizetype end; (end = m_bytes.indexOf('\n', begin)) >= 0; begin = end + 1) {
            const QByteArrayView line(m_bytes.constData() + begin, end - begin);
            if (line.startsWith("data: ")) {
                m_data = line.sliced(6).toByteArray();
            } else if (line.startsWith("id: ")) {
                m_event.lastEventId = QString::fromUtf8(line.sliced(4));
            } else if (line.startsWith("event: ")) {
                m_event.type = QString::fromUtf8(line.sliced(7));
            } else if (line.isEmpty()) {
                m_event.data = QJsonDocument::fromJson(m_data).object();
                Q_EMIT message(m_event);
            }
        }
        m_bytes.remove(0, begin);
    }

    QNetworkAccessManager m_manager;
    std::unique_ptr<QNetworkReply> m_reply;
    QByteArray m_bytes;
    QByteArray m_data;
    BareEvent m_event;
};

#endif // BARESOURCE_H
