// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/streamconnection_p.h"

#include "net/responsehead_p.h"
#include "net/weburl_p.h"

#include <QtCore/qiodevice.h>
#include <QtCore/qloggingcategory.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkcookie.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtNetwork/qnetworkrequest.h>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#  include <QtNetwork/qhttp1configuration.h>
#endif
#if QT_CONFIG(ssl)
#  include <QtNetwork/qsslkey.h>
#endif

#include <algorithm>
#include <cstring>
#include <utility>

namespace EventSourcePrivate {

namespace {

Q_LOGGING_CATEGORY(lcNetwork, "eventsource.network", QtInfoMsg)

// See wakeThread(). What QNAM's thread holds back waits for at least half a read buffer to be read.
constexpr qint64 bytesPerWakeUp = StreamConnection::readBufferSize / 4;
constexpr int wakeUpDelay = 20;

constexpr qint64 refusedBodySize = 64 * 1024;
constexpr int refusedBodyTimeout = 2000;
constexpr int maximumRedirects = 20;

// A request body that can be read once. QNAM sends a request again by itself when the connection
// closes without an answer; that it cannot do with this one (Qt 6.4: only a sequential device that
// was not buffered is not sent again).
class OneShotBody : public QIODevice
{
public:
    OneShotBody(const QByteArray &bytes, QObject *parent) : QIODevice(parent), m_bytes(bytes)
    {
        open(ReadOnly | Unbuffered);
    }

    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool atEnd() const override { return m_read == m_bytes.size(); }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_read; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 count = std::min<qint64>(size, m_bytes.size() - m_read);
        if (count == 0)
            return -1;
        std::memcpy(data, m_bytes.constData() + m_read, size_t(count));
        m_read += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
};

bool hasHeader(const StreamRequest &request, QByteArrayView name)
{
    return std::any_of(request.headers.begin(), request.headers.end(), [&](const auto &header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
}

bool isBodiless(const QByteArray &method)
{
    return method == "GET" || method == "HEAD";
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
            m_pool->dispose(m_reply);
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
    connect(&m_limit, &TimeLimit::passed, this, &StreamConnection::onLimitPassed);
    m_wakeUpTimer.setSingleShot(true);
    m_wakeUpTimer.setInterval(wakeUpDelay);
    connect(&m_wakeUpTimer, &QTimer::timeout, this, &StreamConnection::wakeThread);
    connect(m_pool.get(), &AccessManagerPool::placesReduced, this, &StreamConnection::sendAgain);
}

StreamConnection::~StreamConnection()
{
    dropReply();
}

QString StreamConnection::shownUrl() const
{
    return displayUrl(m_request.url);
}

void StreamConnection::open(const StreamRequest &request)
{
    m_request = request;
    send();
}

// One hop: the first request, or the one after a redirect.
void StreamConnection::send()
{
    m_hasHead = false;
    m_result.isSent = false;
    m_result.httpStatus = 0;
    m_limit.start(m_request.connectTimeout);
    m_lease = m_pool->acquire(m_request.url, m_request.http2);
    QNetworkAccessManager *manager = m_lease->manager();
    QNetworkRequest request = networkRequest();
    qCDebug(lcNetwork).noquote() << m_request.method << shownUrl();
    if (isBodiless(m_request.method)) {
        m_reply = m_request.method == "GET" ? manager->get(request) : manager->head(request);
    } else {
        request.setHeader(QNetworkRequest::ContentLengthHeader, m_request.body.size());
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        auto *body = new OneShotBody(m_request.body, nullptr);
        m_reply = manager->sendCustomRequest(request, m_request.method, body);
        body->setParent(m_reply);
        // A request with a body starts one event later and ignores what was set before.
        QNetworkReply *reply = m_reply;
        QMetaObject::invokeMethod(
                reply, [reply] { reply->setReadBufferSize(readBufferSize); }, Qt::QueuedConnection);
        // From its first byte on the request may have an effect.
        connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent) {
            if (sent > 0)
                m_result.isSent = true;
        });
    }
    m_pool->watch(m_reply);
    m_reply->setReadBufferSize(readBufferSize);
    connect(m_reply, &QNetworkReply::requestSent, this, &StreamConnection::onRequestSent);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &StreamConnection::classifyHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &StreamConnection::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &StreamConnection::onReplyFinished);
    connect(m_reply, &QObject::destroyed, this, [this] {
        finish(Outcome::NetworkError, tr("The network access manager of the stream was deleted."));
    });
}

// A request that may have been sent already, and must not be sent twice, stays on its manager.
void StreamConnection::sendAgain(const QString &host)
{
    if (m_ended || m_hasHead || !m_reply || m_request.method != "GET" || m_lease->host() != host)
        return;
    dropReply();
    send();
}

QNetworkRequest StreamConnection::networkRequest() const
{
    QUrl url = m_request.url;
    QByteArray authorization;
    // QNAM would answer a challenge with the URL's credentials by sending the request again, and the
    // 401 of any other listener of the manager as well. (That it stores none could be asked for, but
    // then it does not use those of a proxy and of an application's slot either, up to Qt 6.4.)
    if (!url.userInfo().isEmpty() && !(isBodiless(m_request.method) && m_request.hasOwnManager)) {
        const QString credentials = url.userName(QUrl::FullyDecoded) + QLatin1Char(':')
                + url.password(QUrl::FullyDecoded);
        authorization = "Basic " + credentials.toUtf8().toBase64();
        url.setUserInfo({});
    }
    QNetworkRequest request(url);
    // QNAM repeats every header to any origin it is redirected to.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    // Its HTTP/2 ignores the read buffer's size.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, m_request.http2);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QHttp1Configuration http1;
    http1.setNumberOfConnectionsPerHost(m_pool->streamsPerHost());
    request.setHttp1Configuration(http1);
#endif
#if QT_CONFIG(ssl)
    if (m_request.sslConfiguration) {
        QSslConfiguration configuration = *m_request.sslConfiguration;
        if (m_leftOrigin) { // who we are concerns the first origin alone
            configuration.setLocalCertificateChain({});
            configuration.setPrivateKey({});
        }
        request.setSslConfiguration(configuration);
    }
#endif

    request.setRawHeader("Accept", "text/event-stream");
    request.setRawHeader("Cache-Control", "no-cache");
    // With a header of ours QNAM hands over the body as it came. It would decompress without limit.
    request.setRawHeader("Accept-Encoding", ContentDecoder::acceptEncoding());
    if (!authorization.isEmpty())
        request.setRawHeader("Authorization", authorization);
    if (!m_request.body.isEmpty() && !m_request.bodyType.isEmpty())
        request.setRawHeader("Content-Type", m_request.bodyType);
    for (const auto &header : m_request.headers)
        request.setRawHeader(header.first, header.second);
    if (!m_request.lastEventId.isEmpty()) {
        request.setRawHeader("Last-Event-ID", m_request.lastEventId);
        // The standard allows control characters in an id. Qt 6.8 and later do not send them.
        if (!request.hasRawHeader("Last-Event-ID")) {
            qCWarning(lcNetwork).noquote()
                    << "This version of Qt does not send an id with control characters, so"
                    << shownUrl() << "is asked for without Last-Event-ID.";
        }
    }
    addCookies(&request);
    return request;
}

// QNAM would replace the application's own Cookie header, and share one jar between the streams of a
// manager. So it gets cookies from here, unless the application made the manager.
void StreamConnection::addCookies(QNetworkRequest *request) const
{
    const bool isAllowed = !m_leftOrigin && !hasHeader(m_request, "Cookie");
    if (isAllowed && m_request.usesManagerCookies)
        return;
    request->setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request->setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    if (!isAllowed || !m_request.cookieJar)
        return;
    QByteArray value;
    const QList<QNetworkCookie> cookies = m_request.cookieJar->cookiesForUrl(m_request.url);
    for (const QNetworkCookie &cookie : cookies) {
        if (!value.isEmpty())
            value += "; ";
        value += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    }
    if (!value.isEmpty())
        request->setRawHeader("Cookie", value);
}

void StreamConnection::storeCookies()
{
    if (m_leftOrigin || !m_request.cookieJar || m_request.usesManagerCookies
        || hasHeader(m_request, "Cookie"))
        return;
    const auto cookies =
            m_reply->header(QNetworkRequest::SetCookieHeader).value<QList<QNetworkCookie>>();
    if (!cookies.isEmpty())
        m_request.cookieJar->setCookiesFromUrl(cookies, m_request.url);
}

// Deleting a reply closes its connection. abort() would do so a moment earlier, but warn when an error
// is on its way from QNAM's thread already.
void StreamConnection::dropReply()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (reply)
        reply->disconnect(this);
    if (m_emission) {
        if (reply)
            AccessManagerPool::abort(reply); // the emission may last
        m_emission->keep(reply, std::move(m_lease));
    } else if (reply) {
        m_pool->dispose(reply);
    }
    m_lease.reset();
}

QString StreamConnection::origin() const
{
    return serializedOrigin(m_request.url);
}

// Reading ------------------------------------------------------------------------------------

qint64 StreamConnection::read(char *data, qint64 size)
{
    if (!isAccepted() || m_drained)
        return -1;
    const qint64 count = m_decoder ? readDecoded(data, size) : readReply(data, size);
    if (count < 0 && m_ended && !m_drained)
        concludeBody();
    return count;
}

qint64 StreamConnection::readReply(char *data, qint64 size)
{
    if (!m_reply)
        return -1;
    // Being asked for more than it holds, the reply wakes QNAM's thread to fill it again. In a flood
    // that is best done early; otherwise the bytes are first to be delivered.
    const qint64 held = m_reply->bytesAvailable();
    const bool isFlood = held >= readBufferSize / 2;
    const qint64 count = m_reply->read(data, held > 0 && !isFlood ? std::min(size, held) : size);
    if (count > 0) {
        if (isAccepted())
            m_limit.renew();
        m_bytesSinceWakeUp += count;
        return count;
    }
    if (!m_ended && m_bytesSinceWakeUp >= bytesPerWakeUp && !m_wakeUpTimer.isActive())
        m_wakeUpTimer.start();
    return -1;
}

qint64 StreamConnection::readDecoded(char *data, qint64 size)
{
    qint64 count = m_decoder->read(data, size);
    if (count == 0 && m_decoder->state() == ContentDecoder::State::NeedsInput) {
        if (m_compressed.isNull())
            m_compressed = QByteArray(readBufferSize, Qt::Uninitialized);
        const qint64 compressed = readReply(m_compressed.data(), m_compressed.size());
        if (compressed < 0)
            return -1;
        m_decoder->setInput(QByteArrayView(m_compressed.constData(), compressed));
        count = m_decoder->read(data, size);
    }
    // What came out before the damage is delivered first.
    if (count > 0 || m_decoder->state() != ContentDecoder::State::Failed)
        return count;
    if (!m_isRefused) {
        finish(Outcome::Decoding,
               tr("The response of %1 cannot be decompressed (%2): %3.")
                       .arg(shownUrl(), QString::fromLatin1(m_decoder->coding()),
                            m_decoder->errorString()));
    }
    return -1;
}

// The response has ended and all was read.
void StreamConnection::concludeBody()
{
    m_drained = true;
    if (m_result.outcome == Outcome::CleanEnd && m_decoder && !m_decoder->isComplete()) {
        m_result.outcome = Outcome::NetworkError;
        m_result.message = tr("The response of %1 ended within its compressed data (%2).")
                                   .arg(shownUrl(), QString::fromLatin1(m_decoder->coding()));
    }
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

// The response -------------------------------------------------------------------------------

void StreamConnection::onRequestSent()
{
    m_result.isSent = true;
    if (!m_hasHead)
        m_limit.start(m_request.responseTimeout);
}

void StreamConnection::classifyHead()
{
    if (m_hasHead)
        return;
    m_hasHead = true;
    m_result.isSent = true;
    m_result.httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    qCDebug(lcNetwork) << "answered" << m_result.httpStatus;
    if (m_request.http2 && !m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool())
        m_lease->lacksHttp2();
    storeCookies();
    m_decoder = ContentDecoder::forContentEncoding(m_reply->rawHeader("Content-Encoding"));

    switch (m_result.httpStatus) {
    case 200:
        accept();
        return;
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
        break;
    }
    m_result.retryAfter = parseRetryAfter(m_reply->rawHeader("Retry-After"));
    const QString reason = QString::fromLatin1(
            m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray().left(200));
    const QString status = reason.isEmpty()
            ? QString::number(m_result.httpStatus)
            : QString::number(m_result.httpStatus) + QLatin1Char(' ') + reason;
    refuse(Outcome::HttpStatus,
           m_result.httpStatus < 200
                   ? tr("%1 answered %2, which announces an answer. This version of Qt (%3) takes "
                        "it for the answer, and nothing else is received.")
                             .arg(shownUrl(), status, QString::fromLatin1(qVersion()))
                   : tr("%1 answered %2.").arg(shownUrl(), status));
}

// QNAM drops all fields where it does not take one of them, and reports no error.
QString StreamConnection::headProblem() const
{
    return m_reply->rawHeaderPairs().isEmpty()
            ? tr(" The head of the response has no fields, or Qt did not read them: there are too "
                 "many, they are too long, or one is malformed.")
            : QString();
}

void StreamConnection::accept()
{
    const QByteArray contentType = m_reply->rawHeader("Content-Type");
    if (mediaTypeEssence(contentType) != "text/event-stream") {
        const QString shown = contentType.isEmpty()
                ? tr("no media type")
                : tr("the media type \"%1\"").arg(QString::fromLatin1(contentType.left(200)));
        refuse(Outcome::ContentType,
               tr("%1 answered with %2 where an event stream has \"text/event-stream\". Is it "
                  "the address of a stream?%3")
                       .arg(shownUrl(), shown, headProblem()));
        return;
    }
    if (!m_decoder) {
        const QByteArray coding = m_reply->rawHeader("Content-Encoding").left(200);
        finish(Outcome::Decoding,
               tr("%1 answered with the content coding \"%2\", which was not asked for and cannot "
                  "be decompressed.")
                       .arg(shownUrl(), QString::fromLatin1(coding)));
        return;
    }
    if (m_decoder->isIdentity())
        m_decoder.reset();
    m_result.isAccepted = true;
    const QList<QNetworkReply::RawHeaderPair> &headers = m_reply->rawHeaderPairs();
    for (const QNetworkReply::RawHeaderPair &header : headers)
        m_responseHeaders.append({header.first.toLower(), header.second});
    m_limit.start(m_request.idleTimeout);
    Q_EMIT progressed();
}

// Fetch standard, "HTTP-redirect fetch", and stricter in two places: nothing that the application
// added goes to another origin, and https never falls back to http.
void StreamConnection::followRedirect()
{
    const QUrl from = m_request.url;
    const QByteArray location = m_reply->rawHeader("Location").trimmed();
    QUrl target = from.resolved(QUrl::fromEncoded(location));
    if (location.isEmpty() || !isWebUrl(target)) {
        const QString where = location.isEmpty() ? tr("without saying where to")
                                                 : tr("to an address that is not http or https");
        refuse(Outcome::HttpStatus,
               tr("%1 redirects (status %2) %3.%4")
                       .arg(displayUrl(from), QString::number(m_result.httpStatus), where,
                            headProblem()));
        return;
    }
    if (++m_redirects > maximumRedirects) {
        refuse(Outcome::TooManyRedirects,
               tr("More than %1 redirects; the last one led from %2 to %3.")
                       .arg(QString::number(maximumRedirects), displayUrl(from),
                            displayUrl(target)));
        return;
    }
    if (isSecure(from) && !isSecure(target)) {
        refuse(Outcome::InsecureRedirect,
               tr("%1 redirects from https to http (%2), which would send the request in the "
                  "clear. It was not followed.")
                       .arg(displayUrl(from), displayUrl(target)));
        return;
    }

    const bool becomesGet = m_result.httpStatus == 303
            ? !isBodiless(m_request.method)
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
            refuse(Outcome::InsecureRedirect,
                   tr("%1 redirects a request with a body to another origin (%2). It was not "
                      "followed, because the body is not meant for it.")
                           .arg(displayUrl(from), displayUrl(target)));
            return;
        }
        m_request.headers.clear();
        m_leftOrigin = true;
    } else if (target.userInfo().isEmpty()) {
        target.setUserInfo(from.userInfo());
    }
    m_request.url = target;
    dropReply();
    send();
}

// The outcome is known, but the body may say why. A server that keeps it open is not waited for.
void StreamConnection::refuse(Outcome outcome, const QString &message)
{
    m_isRefused = true;
    m_result.outcome = outcome;
    m_result.message = message;
    m_limit.start(refusedBodyTimeout);
    readRefusedBody();
}

void StreamConnection::readRefusedBody()
{
    char piece[4096];
    while (m_decoder && m_result.body.size() < refusedBodySize) {
        const qint64 room = refusedBodySize - m_result.body.size();
        const qint64 size = std::min<qint64>(room, sizeof(piece));
        const qint64 count =
                m_decoder->isIdentity() ? readReply(piece, size) : readDecoded(piece, size);
        if (count < 0)
            break;
        m_result.body.append(piece, count);
    }
    const bool isUnreadable = !m_decoder || m_decoder->state() == ContentDecoder::State::Failed;
    if (isUnreadable || m_result.body.size() >= refusedBodySize)
        finish(m_result.outcome, m_result.message);
}

void StreamConnection::onReadyRead()
{
    if (isAccepted())
        m_limit.renew();
    if (m_isRefused) {
        readRefusedBody();
    } else if (isAccepted() && m_emission) {
        // A receiver runs an event loop. It may have read before that, and not look again.
        m_hasNewsForLater = true;
    } else if (isAccepted()) {
        const QPointer<StreamConnection> self(this);
        {
            const Emission emission(this);
            Q_EMIT readyRead(); // may delete this
        }
        if (self && std::exchange(m_hasNewsForLater, false))
            QMetaObject::invokeMethod(this, &StreamConnection::onReadyRead, Qt::QueuedConnection);
    }
}

void StreamConnection::onReplyFinished()
{
    // Some answers come with their end and no news of their head.
    if (!m_hasHead && m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid()) {
        const QPointer<StreamConnection> self(this);
        QNetworkReply *classified = m_reply;
        classifyHead();
        if (!self || m_ended || m_reply != classified)
            return;
    }

    const QNetworkReply::NetworkError error = m_reply->error();
    if (isAccepted()) {
        // What it holds is still to be read.
        m_ended = true;
        m_limit.stop();
        m_wakeUpTimer.stop();
        m_result.outcome =
                error == QNetworkReply::NoError ? Outcome::CleanEnd : Outcome::NetworkError;
        if (error != QNetworkReply::NoError) {
            m_result.message =
                    tr("The connection to %1 broke: %2.").arg(shownUrl(), m_reply->errorString());
        }
        Q_EMIT progressed();
    } else if (m_isRefused) {
        const QPointer<StreamConnection> self(this);
        readRefusedBody();
        if (self && !m_ended)
            finish(m_result.outcome, m_result.message);
    } else if (error == QNetworkReply::SslHandshakeFailedError) {
        // A manager continues with the TLS configuration of its first request to a host; the next
        // attempt is to see what the application has come to trust since.
        m_lease->retire();
        finish(Outcome::Ssl,
               tr("No secure connection to %1: %2. Nothing was sent.")
                       .arg(shownUrl(), m_reply->errorString()));
    } else if (error == QNetworkReply::ContentReSendError) {
        // QNAM tried to send it again; see OneShotBody.
        m_result.isSent = true;
        finish(Outcome::NetworkError,
               tr("%1 closed the connection without an answer. The request was not sent again.")
                       .arg(shownUrl()));
    } else {
        finish(Outcome::NetworkError,
               tr("No answer from %1: %2.").arg(shownUrl(), m_reply->errorString()));
    }
}

// QNetworkRequest's transfer timeout counts from the last byte that QNAM read, which stands still
// when the reader pauses, so time is taken here.
void StreamConnection::onLimitPassed()
{
    if (m_isRefused) {
        finish(m_result.outcome, m_result.message);
        return;
    }
    if (isAccepted()) {
        const bool hasBytes = (m_reply && m_reply->bytesAvailable() > 0)
                || (m_decoder && m_decoder->state() == ContentDecoder::State::HasMore);
        if (hasBytes || m_emission) { // the application did not read them
            m_limit.start(m_request.idleTimeout);
            return;
        }
        finish(Outcome::Timeout,
               tr("%1 was silent for longer than %2 ms (idleTimeout).")
                       .arg(shownUrl(), QString::number(m_request.idleTimeout)));
        return;
    }
    // QNAM queues requests for an HTTP/2 connection that takes no more of them, be it because of its
    // limit or because the server said goodbye to it (GOAWAY), until it has ended.
    if (m_request.http2)
        m_lease->retire();
    const bool isSent = m_result.isSent;
    finish(Outcome::Timeout,
           isSent ? tr("%1 did not answer within %2 ms (responseTimeout).")
                            .arg(shownUrl(), QString::number(m_request.responseTimeout))
                  : tr("No connection to %1 within %2 ms (connectTimeout).")
                            .arg(shownUrl(), QString::number(m_request.connectTimeout)));
}

void StreamConnection::finish(Outcome outcome, const QString &message)
{
    m_result.outcome = outcome;
    m_result.message = message;
    m_ended = m_drained = true;
    m_limit.stop();
    m_wakeUpTimer.stop();
    dropReply();
    Q_EMIT progressed();
}

} // namespace EventSourcePrivate
