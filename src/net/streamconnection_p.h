// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef STREAMCONNECTION_P_H
#define STREAMCONNECTION_P_H

#include "net/accessmanagerpool_p.h"
#include "net/connectionresult_p.h"
#include "net/contentdecoder_p.h"
#include "net/streamrequest_p.h"
#include "net/timelimit_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qlist.h>
#include <QtCore/qobject.h>
#include <QtCore/qpair.h>
#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QNetworkReply;
class QNetworkRequest;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// One HTTP exchange: the request, its redirects, the classification of the response head, the time
// limits. The bytes of an accepted response stay in the reply until they are asked for. All progress
// is reported by a signal and looked up afterwards, so that the reader chooses when to look.
class StreamConnection : public QObject
{
    Q_OBJECT

public:
    // What a reply holds, in bytes. Everything else stays in the socket, and TCP slows the server
    // down. A connection that is reset loses what QNAM had not handed over, which a small buffer
    // keeps small.
    static constexpr qint64 readBufferSize = 16 * 1024;

    explicit StreamConnection(std::shared_ptr<AccessManagerPool> pool);
    ~StreamConnection() override;

    void open(const StreamRequest &request);

    bool isAccepted() const { return m_result.isAccepted; }

    // Of an accepted response.
    QString origin() const;
    QList<QPair<QByteArray, QByteArray>> responseHeaders() const { return m_responseHeaders; }

    // Reads up to size bytes of an accepted response, decompressed. 0: none came out of what was
    // read, but there is more to do; -1: there are none now.
    qint64 read(char *data, qint64 size);

    // Nothing more will come and all was read: the result is valid.
    bool isFinished() const { return m_ended && (m_drained || !isAccepted()); }

    const ConnectionResult &result() const { return m_result; }

Q_SIGNALS:
    // Accepted or finished.
    void progressed();

    // There are bytes to read. Emitted by a reply: its receivers may do with this connection and
    // with all others what they like, also in an event loop of their own.
    void readyRead();

private:
    class Emission;
    using Outcome = ConnectionResult::Outcome;

    void send();
    QNetworkRequest networkRequest() const;
    void addCookies(QNetworkRequest *request) const;
    void storeCookies();
    void sendAgain(const QString &host);
    void dropReply();
    void wakeThread();
    void onRequestSent();
    void onReadyRead();
    void onReplyFinished();
    void classifyHead();
    QString headProblem() const;
    void accept();
    void followRedirect();
    void refuse(Outcome outcome, const QString &message);
    void readRefusedBody();
    qint64 readReply(char *data, qint64 size);
    qint64 readDecoded(char *data, qint64 size);
    void concludeBody();
    void onLimitPassed();
    void finish(Outcome outcome, const QString &message);
    QString shownUrl() const;

    std::shared_ptr<AccessManagerPool> m_pool;
    std::unique_ptr<AccessManagerPool::Lease> m_lease;
    QPointer<QNetworkReply> m_reply;
    Emission *m_emission = nullptr; // of m_reply, while it lasts
    StreamRequest m_request;
    ConnectionResult m_result;
    QList<QPair<QByteArray, QByteArray>> m_responseHeaders;
    TimeLimit m_limit; // of the present phase
    QTimer m_wakeUpTimer;
    std::optional<ContentDecoder> m_decoder; // of a compressed body
    QByteArray m_compressed; // what the decoder works on
    qint64 m_bytesSinceWakeUp = 0;
    int m_redirects = 0;
    bool m_leftOrigin = false; // a redirect led to another one
    bool m_hasHead = false;
    bool m_isRefused = false; // the outcome is known, the body may say why
    bool m_ended = false; // the reply gets nothing more than what it holds
    bool m_drained = false;
    bool m_hasNewsForLater = false; // bytes came during an emission
};

} // namespace EventSourcePrivate

#endif // STREAMCONNECTION_P_H
