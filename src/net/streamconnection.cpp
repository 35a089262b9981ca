// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/streamconnection_p.h"

#include "net/weburl_p.h"

#include <QtCore/qdatetime.h>
#include <QtCore/qlocale.h>
#include <QtCore/qloggingcategory.h>
#include <QtCore/qtimezone.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtNetwork/qnetworkrequest.h>

#include <algorithm>
#include <utility>

namespace EventSourcePrivate {

namespace {

Q_LOGGING_CATEGORY(lcNetwork, "eventsource.network", QtInfoMsg)

// See wakeThread(). What QNAM's thread holds back waits for at least half a read buffer to be read.
constexpr qint64 bytesPerWakeUp = StreamConnection::readBufferSize / 4;
constexpr int wakeUpDelay = 20;

constexpr qint64 errorBodySize = 64 * 1024;
constexpr int maximumRedirects = 20;
constexpr int maximumRetryAfter = 60 * 60 * 1000;

// RFC 9110, "Retry-After": seconds or an HTTP date.
int parseRetryAfter(const QByteArray &value)
{
    const QByteArray trimmed = value.trimmed();
    if (trimmed.isEmpty())
        return 0;
    qint64 milliseconds = 0;
    const bool isNumber = std::all_of(trimmed.begin(), trimmed.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
    if (isNumber) {
        bool fits = false;
        const qint64 seconds = trimmed.toLongLong(&fits);
        milliseconds = fits && seconds < maximumRetryAfter ? seconds * 1000 : maximumRetryAfter;
    } else {
        QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(trimmed),
                                                 QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
        if (!date.isValid())
            return 0;
        date.setTimeZone(QTimeZone::utc());
        milliseconds = QDateTime::currentDateTimeUtc().msecsTo(date);
    }
    return int(std::clamp<qint64>(milliseconds, 0, maximumRetryAfter));
}

// A media type without its parameters (RFC 9110).
QByteArray essence(const QByteArray &contentType)
{
    const qsizetype parameters = contentType.indexOf(';');
    const QByteArray type = parameters < 0 ? contentType : contentType.left(parameters);
    return type.trimmed().toLower();
}

} // namespace

// Lives on the stack while a reply emits. The reply and its manager continue after that with what is
// theirs, so neither may be deleted before; a nested event loop would not wait with it.
class StreamConnection::Emission
{
public:
    explicit Emission(StreamConnection *connection)
        : m_connection(connection), m_pool(connection->m_pool)
    {
        m_connection->m_emission = this;
    }

    ~Emission()
    {
        if (m_connection)
            m_connection->m_emission = nullptr;
        if (m_reply)
            m_reply->deleteLater();
        m_lease.reset();
        AccessManagerPool::releaseLater(std::move(m_pool));
    }
    Q_DISABLE_COPY_MOVE(Emission)

    // Takes over what the connection does not need any more.
    void keep(QNetworkReply *reply, std::unique_ptr<AccessManagerPool::Lease> lease)
    {
        m_connection->m_emission = nullptr;
        m_connection = nullptr;
        m_reply = reply;
        m_lease = std::move(lease);
    }

private:
    StreamConnection *m_connection;
    std::shared_ptr<AccessManagerPool> m_pool;
    QPointer<QNetworkReply> m_reply;
    std::unique_ptr<AccessManagerPool::Lease> m_lease;
};

StreamConnection::StreamConnection(std::shared_ptr<AccessManagerPool> pool)
    : m_pool(std::move(pool))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &StreamConnection::checkTimeouts);
    m_wakeUpTimer.setSingleShot(true);
    m_wakeUpTimer.setInterval(wakeUpDelay);
    connect(&m_wakeUpTimer, &QTimer::timeout, this, &StreamConnection::wakeThread);
    connect(m_pool.get(), &AccessManagerPool::placesReduced, this, &StreamConnection::sendAgain);
}

StreamConnection::~StreamConnection()
{
    dropReply();
}

void StreamConnection::open(const StreamRequest &request)
{
    m_request = request;
    if (m_request.connectTimeout > 0) {
        m_deadline.setRemainingTime(m_request.connectTimeout);
        armTimer(m_request.connectTimeout);
    }
    send();
}

void StreamConnection::send()
{
    m_hasHead = false;
    m_lease = m_pool->acquire(m_request.url, m_request.http2);
    QNetworkAccessManager *manager = m_lease->manager();
    const QNetworkRequest request = networkRequest();
    qCDebug(lcNetwork).noquote() << m_request.method << displayUrl(m_request.url);
    m_reply = m_request.method == "GET"
            ? manager->get(request)
            : manager->sendCustomRequest(request, m_request.method, m_request.body);
    m_reply->setReadBufferSize(readBufferSize);
    // A request with a body starts one event later and ignores what was set before.
    if (m_request.method != "GET") {
        QNetworkReply *reply = m_reply;
        QMetaObject::invokeMethod(
                reply, [reply] { reply->setReadBufferSize(readBufferSize); }, Qt::QueuedConnection);
    }
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &StreamConnection::classifyHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &StreamConnection::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &StreamConnection::onReplyFinished);
    connect(m_reply, &QObject::destroyed, this, [this] {
        finish(Outcome::NetworkError, tr("The network access manager of the stream was deleted."));
    });
}

// What may have been sent already, and must not be sent twice, stays where it is.
void StreamConnection::sendAgain(const QString &host)
{
    if (m_ended || m_hasHead || !m_reply || m_request.method != "GET" || m_lease->host() != host)
        return;
    dropReply();
    send();
}

QNetworkRequest StreamConnection::networkRequest() const
{
    QNetworkRequest request(m_request.url);
    // QNAM repeats every header to any origin it is redirected to.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Its HTTP/2 ignores the read buffer's size.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, m_request.http2);
    // A long compressible stream is no archive bomb.
    request.setDecompressedSafetyCheckThreshold(-1);
#if QT_CONFIG(ssl)
    if (m_request.sslConfiguration)
        request.setSslConfiguration(*m_request.sslConfiguration);
#endif

    request.setRawHeader("Accept", "text/event-stream");
    request.setRawHeader("Cache-Control", "no-cache");
    if (!m_request.body.isEmpty() && !m_request.bodyType.isEmpty())
        request.setRawHeader("Content-Type", m_request.bodyType);
    for (const auto &header : m_request.headers)
        request.setRawHeader(header.first, header.second);
    if (!m_request.lastEventId.isEmpty())
        request.setRawHeader("Last-Event-ID", m_request.lastEventId);
    return request;
}

// Deleting a reply closes its connection. abort() would do so a moment earlier, but report to
// everyone who listens, and warn when an error is on its way from QNAM's thread already.
void StreamConnection::dropReply()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (reply)
        reply->disconnect(this);
    if (m_emission) {
        if (reply)
            reply->abort(); // who knows when the emission ends
        m_emission->keep(reply, std::move(m_lease));
    } else if (reply) {
        reply->deleteLater();
    }
    m_lease.reset();
}

QString StreamConnection::origin() const
{
    return serializedOrigin(m_request.url);
}

// The bytes of the body that were received and not read yet.
qint64 StreamConnection::heldBytes() const
{
    return m_decompressed.size() - m_decompressedRead + (m_reply ? m_reply->bytesAvailable() : 0);
}

// With a content coding the limit counts compressed bytes, and all room is given back with the first
// read, however little of them it took. So all is taken at once, and then nothing until it is used.
qint64 StreamConnection::readDecompressed(char *data, qint64 size)
{
    if (m_decompressedRead == m_decompressed.size()) {
        m_decompressed = m_reply->readAll();
        m_decompressedRead = 0;
    }
    const qsizetype count = std::min<qsizetype>(size, m_decompressed.size() - m_decompressedRead);
    std::copy_n(m_decompressed.constData() + m_decompressedRead, count, data);
    m_decompressedRead += count;
    return count;
}

qint64 StreamConnection::read(char *data, qint64 size)
{
    qint64 count = 0;
    if (m_reply && m_isCompressed) {
        count = readDecompressed(data, size);
    } else if (m_reply) {
        // Being asked for more than it holds, the reply wakes QNAM's thread to fill it again. In a
        // flood that is best done early; else the bytes are first to be delivered.
        const qint64 held = m_reply->bytesAvailable();
        const bool isFlood = held >= readBufferSize / 2;
        count = m_reply->read(data, held > 0 && !isFlood ? std::min(size, held) : size);
    }
    if (count > 0) {
        m_lastByte.start();
        m_bytesSinceWakeUp += count;
        return count;
    }
    m_drained = m_ended;
    if (!m_ended && m_bytesSinceWakeUp >= bytesPerWakeUp && !m_wakeUpTimer.isActive())
        m_wakeUpTimer.start();
    return 0;
}

// While a reply is full, QNAM's thread stops watching the socket, and now and then (Qt 6.4.2, busy
// machine) does not begin again when the reply is empty: neither more bytes nor the end would ever
// be reported. Setting the limit again makes it look.
void StreamConnection::wakeThread()
{
    m_bytesSinceWakeUp = 0;
    if (m_reply && !m_ended)
        m_reply->setReadBufferSize(readBufferSize);
}

void StreamConnection::classifyHead()
{
    if (m_hasHead)
        return;
    m_hasHead = true;
    m_result.httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    qCDebug(lcNetwork) << "answered" << m_result.httpStatus;
    if (m_request.http2 && !m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool())
        m_lease->lacksHttp2();

    switch (m_result.httpStatus) {
    case 200: {
        const QByteArray contentType = m_reply->rawHeader("Content-Type");
        if (essence(contentType) != "text/event-stream") {
            const QString shown = contentType.isEmpty()
                    ? tr("no media type")
                    : tr("the media type \"%1\"").arg(QString::fromLatin1(contentType.left(200)));
            finish(Outcome::ContentType,
                   tr("%1 answered with %2 where an event stream has \"text/event-stream\". Is it "
                      "the address of a stream?")
                           .arg(displayUrl(m_request.url), shown));
            return;
        }
        m_result.isAccepted = true;
        m_isCompressed = m_reply->hasRawHeader("Content-Encoding");
        m_limitPassed = false;
        m_lastByte.start();
        armTimer(m_request.idleTimeout);
        Q_EMIT progressed();
        return;
    }
    case 204:
        finish(Outcome::NoContent, {});
        return;
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        followRedirect();
        return;
    default:
        m_result.retryAfter = parseRetryAfter(m_reply->rawHeader("Retry-After"));
        // The body may say why; it gets the same time again.
        if (m_request.connectTimeout > 0) {
            m_deadline.setRemainingTime(m_request.connectTimeout);
            armTimer(m_request.connectTimeout);
        }
        readErrorBody();
    }
}

// Fetch standard, "HTTP-redirect fetch", and stricter in two places: nothing that the application
// added goes to another origin, and https never falls back to http.
void StreamConnection::followRedirect()
{
    const QUrl from = m_request.url;
    const QByteArray location = m_reply->rawHeader("Location").trimmed();
    const QUrl target = from.resolved(QUrl::fromEncoded(location));
    if (location.isEmpty() || !isWebUrl(target)) {
        const QString where = location.isEmpty() ? tr("without saying where to")
                                                 : tr("to an address that is not http or https");
        finish(Outcome::HttpStatus,
               tr("%1 redirects (status %2) %3.")
                       .arg(displayUrl(from))
                       .arg(m_result.httpStatus)
                       .arg(where));
        return;
    }
    if (++m_redirects > maximumRedirects) {
        finish(Outcome::TooManyRedirects,
               tr("More than %1 redirects; the last one led from %2 to %3.")
                       .arg(maximumRedirects)
                       .arg(displayUrl(from), displayUrl(target)));
        return;
    }
    if (isSecure(from) && !isSecure(target)) {
        finish(Outcome::InsecureRedirect,
               tr("%1 redirects from https to http (%2), which would send the request in the "
                  "clear. It was not followed.")
                       .arg(displayUrl(from), displayUrl(target)));
        return;
    }

    const bool becomesGet = m_result.httpStatus == 303
            ? m_request.method != "GET" && m_request.method != "HEAD"
            : (m_result.httpStatus == 301 || m_result.httpStatus == 302)
                    && m_request.method == "POST";
    if (becomesGet) {
        m_request.method = "GET";
        m_request.body.clear();
        m_request.headers.erase(std::remove_if(m_request.headers.begin(), m_request.headers.end(),
                                               [](const QPair<QByteArray, QByteArray> &header) {
                                                   return header.first.toLower().startsWith(
                                                           "content-");
                                               }),
                                m_request.headers.end());
    }
    if (!isSameOrigin(from, target)) {
        if (!m_request.body.isEmpty()) {
            finish(Outcome::InsecureRedirect,
                   tr("%1 redirects a request with a body to another origin (%2). It was not "
                      "followed, because the body is not meant for it.")
                           .arg(displayUrl(from), displayUrl(target)));
            return;
        }
        m_request.headers.clear();
    }
    m_request.url = target;
    dropReply();
    send();
}

void StreamConnection::onReadyRead()
{
    m_limitPassed = false;
    if (m_result.isAccepted && m_emission) {
        // Its receivers run an event loop, and continue to read when they are back.
        m_lastByte.start();
    } else if (m_result.isAccepted) {
        m_lastByte.start();
        const Emission emission(this);
        Q_EMIT readyRead(); // may delete this
    } else if (m_hasHead) {
        readErrorBody();
    }
}

void StreamConnection::readErrorBody()
{
    m_result.body += m_reply->read(errorBodySize - m_result.body.size());
    if (m_result.body.size() >= errorBodySize)
        finishWithStatus();
}

void StreamConnection::finishWithStatus()
{
    const QString reason = QString::fromLatin1(
            m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray().left(200));
    const QString status = reason.isEmpty()
            ? QString::number(m_result.httpStatus)
            : QString::number(m_result.httpStatus) + QLatin1Char(' ') + reason;
    finish(Outcome::HttpStatus, tr("%1 answered %2.").arg(displayUrl(m_request.url), status));
}

void StreamConnection::onReplyFinished()
{
    // Some answers come with their end and no news of their head.
    if (!m_hasHead && m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid()) {
        QNetworkReply *judged = m_reply;
        classifyHead();
        if (m_ended || m_reply != judged)
            return;
    }

    const QNetworkReply::NetworkError error = m_reply->error();
    if (m_result.isAccepted) {
        // What it holds is still to be read.
        m_ended = true;
        m_timer.stop();
        m_wakeUpTimer.stop();
        m_result.outcome =
                error == QNetworkReply::NoError ? Outcome::CleanEnd : Outcome::NetworkError;
        if (error != QNetworkReply::NoError) {
            m_result.message = tr("The connection to %1 broke: %2.")
                                       .arg(displayUrl(m_request.url), m_reply->errorString());
        }
        Q_EMIT progressed();
    } else if (m_hasHead) {
        readErrorBody();
        if (!m_ended)
            finishWithStatus();
    } else if (error == QNetworkReply::SslHandshakeFailedError) {
        // A manager goes on with the TLS configuration of its first request to a host; the next
        // attempt is to see what the application has come to trust since.
        m_lease->retire();
        finish(Outcome::Ssl,
               tr("No secure connection to %1: %2. Nothing was sent.")
                       .arg(displayUrl(m_request.url), m_reply->errorString()));
    } else {
        finish(Outcome::NetworkError,
               tr("No answer from %1: %2.").arg(displayUrl(m_request.url), m_reply->errorString()));
    }
}

// QNetworkRequest's transfer timeout counts from the last byte that QNAM read, which stands still
// when the reader pauses, so time is taken here.
void StreamConnection::checkTimeouts()
{
    if (m_ended)
        return;
    if (m_result.isAccepted) {
        const qint64 left = m_request.idleTimeout - m_lastByte.elapsed();
        if (heldBytes() > 0 || left > 0) {
            m_limitPassed = false;
            armTimer(left > 0 ? int(left) : m_request.idleTimeout);
            return;
        }
    }
    // A thread that was busy until now may find its bytes behind this very event.
    if (!m_limitPassed) {
        m_limitPassed = true;
        QMetaObject::invokeMethod(this, &StreamConnection::checkTimeouts, Qt::QueuedConnection);
        return;
    }
    if (m_result.isAccepted) {
        finish(Outcome::Timeout,
               tr("%1 was silent for longer than %2 ms (idleTimeout).")
                       .arg(displayUrl(m_request.url))
                       .arg(m_request.idleTimeout));
    } else if (m_hasHead) {
        finishWithStatus();
    } else {
        // QNAM queues requests for an HTTP/2 connection that takes no more of them, be it because
        // of its limit or because the server said goodbye to it (GOAWAY), until it has ended.
        if (m_request.http2)
            m_lease->retire();
        finish(Outcome::Timeout,
               tr("%1 did not answer within %2 ms (connectTimeout).")
                       .arg(displayUrl(m_request.url))
                       .arg(m_request.connectTimeout));
    }
}

void StreamConnection::armTimer(int milliseconds)
{
    if (milliseconds > 0)
        m_timer.start(milliseconds);
    else
        m_timer.stop();
}

void StreamConnection::finish(Outcome outcome, const QString &message)
{
    m_result.outcome = outcome;
    m_result.message = message;
    m_ended = m_drained = true;
    m_timer.stop();
    m_wakeUpTimer.stop();
    dropReply();
    Q_EMIT progressed();
}

} // namespace EventSourcePrivate
