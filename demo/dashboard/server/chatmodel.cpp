// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "chatmodel.h"

#include "httpconnection.h"

#include <QtCore/qcryptographichash.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qrandom.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qtimer.h>

#include <chrono>

using namespace std::chrono_literals;

namespace {
constexpr auto thinkingTime = 3s;
constexpr auto shortestPause = 17; // ms between two tokens
constexpr auto longestPause = 33;
constexpr auto longAnswerPause = 5; // 200 tokens/s
constexpr qsizetype longAnswerSize = 50000;
constexpr qsizetype cutAfter = 24; // tokens
constexpr int retryAfter = 4; // seconds

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void refuse(HttpConnection *connection, int status, const QString &message, const QString &type,
            const QByteArray &headers = {})
{
    const QJsonObject error {{QStringLiteral("message"), message}, {QStringLiteral("type"), type}};
    connection->answer(status, "application/json", json({{QStringLiteral("error"), error}}),
                       headers);
}

// One event of an answer: a piece of text, or the reason why there is no more.
QByteArray chunk(const QString &model, const QString &content, const QString &finishReason = {})
{
    QJsonObject delta;
    if (!content.isEmpty())
        delta.insert(QStringLiteral("content"), content);
    const QJsonObject choice {{QStringLiteral("index"), 0},
                              {QStringLiteral("delta"), delta},
                              {QStringLiteral("finish_reason"),
                               finishReason.isEmpty() ? QJsonValue() : QJsonValue(finishReason)}};
    return "data: "
            + json({{QStringLiteral("object"), QStringLiteral("chat.completion.chunk")},
                    {QStringLiteral("model"), model},
                    {QStringLiteral("choices"), QJsonArray {choice}}})
            + "\n\n";
}

QString pick(QRandomGenerator &random, const QStringList &choices)
{
    return choices.at(random.bounded(int(choices.size())));
}

QString aboutEvents(QRandomGenerator &random)
{
    return QStringLiteral(
                   "Server-sent events are a plain way to get news from a server. The client "
                   "sends one HTTP request, and the response does not end: %1.\n\n"
                   "Each event is a few lines of text and an empty line behind them. A line "
                   "that begins with \"data:\" is the payload, \"event:\" names the type, and "
                   "\"id:\" gives a position. After an interruption the client sends the last "
                   "id that it has seen, and the server continues from there.\n\n"
                   "This answer came to you in the same way. Each word was an event.")
            .arg(pick(random,
                      {QStringLiteral("whenever something happens, the server writes it"),
                       QStringLiteral("it grows by a few lines whenever there is news"),
                       QStringLiteral("the server keeps it open and writes as things happen")}));
}

QString aboutFleet(QRandomGenerator &random)
{
    const QString host = pick(random,
                              {QStringLiteral("web-1"), QStringLiteral("api-2"),
                               QStringLiteral("db-1"), QStringLiteral("cache-1")});
    return QStringLiteral("The fleet has six hosts: two for the web, two for the API, a database "
                          "and a cache. The one to watch is %1: its processor was at %2 % in the "
                          "last busy minute, and its memory at %3 %.\n\n"
                          "Nothing is on fire. I would look at the overview page before the next "
                          "deployment, and wait until the load of %1 is below 60 %.")
            .arg(host)
            .arg(random.bounded(61, 94))
            .arg(random.bounded(40, 80));
}

QString aboutWeather(QRandomGenerator &random)
{
    return QStringLiteral("Tomorrow begins with %1. Around noon it will be %2 degrees, with a wind "
                          "from the %3. %4\n\n"
                          "I have no window and no thermometer, so take a second opinion.")
            .arg(pick(random,
                      {QStringLiteral("fog in the valleys"), QStringLiteral("a clear sky"),
                       QStringLiteral("light rain"), QStringLiteral("low clouds")}))
            .arg(random.bounded(4, 24))
            .arg(pick(random,
                      {QStringLiteral("west"), QStringLiteral("north"), QStringLiteral("south")}),
                 pick(random,
                      {QStringLiteral("An umbrella would be wise."),
                       QStringLiteral("You will not need an umbrella."),
                       QStringLiteral("Showers are possible in the evening.")}));
}

QString longAnswer(QRandomGenerator &random)
{
    const QStringList sentences {
            QStringLiteral("The stream was open all night, and nobody had to ask for news."),
            QStringLiteral("An event is small, but a day has many of them."),
            QStringLiteral("The second server took over before anyone noticed the first was gone."),
            QStringLiteral("A client that reads slowly gets everything, only later."),
            QStringLiteral("What has an identifier can be found again after an interruption."),
            QStringLiteral("The heartbeat says nothing, and that is what makes it useful."),
            QStringLiteral("In the morning the counters agreed to the last digit.")};
    QString answer;
    while (answer.size() < longAnswerSize) {
        for (int count = random.bounded(4, 9); count > 0; --count)
            answer += pick(random, sentences) + QLatin1Char(' ');
        answer.chop(1);
        answer += QStringLiteral("\n\n");
    }
    answer.truncate(longAnswerSize - 1);
    return answer + QLatin1Char('.');
}

bool contains(const QString &prompt, const char *words)
{
    return prompt.contains(QLatin1String(words), Qt::CaseInsensitive);
}

QString answerTo(const QString &prompt, const QStringList &earlier, quint32 seed)
{
    QRandomGenerator random(seed + quint32(earlier.size()));
    QString answer;
    if (!earlier.isEmpty()) {
        answer = QStringLiteral("Before this, you asked me: \"%1\" %2\n\n")
                         .arg(earlier.constLast().simplified().left(120),
                              earlier.size() == 1
                                      ? QStringLiteral("This is your second question.")
                                      : QStringLiteral("This is question %1 of our conversation.")
                                                .arg(earlier.size() + 1));
    }
    if (contains(prompt, "50,000"))
        answer = longAnswer(random);
    else if (contains(prompt, "401"))
        answer +=
                QStringLiteral("Your token was accepted, so here is the answer: all is well. The "
                               "request was sent again by itself as soon as the token was there.");
    else if (contains(prompt, "429"))
        answer += QStringLiteral("Thank you for waiting. The first request was refused, and the "
                                 "second one was sent when the server had time again.");
    else if (contains(prompt, "think"))
        answer +=
                QStringLiteral("I have thought about it for three seconds. The connection was open "
                               "the whole time, and nothing had to be repeated.");
    else if (contains(prompt, "weather") || contains(prompt, "rain"))
        answer += aboutWeather(random);
    else if (contains(prompt, "fleet") || contains(prompt, "host"))
        answer += aboutFleet(random);
    else if (contains(prompt, "event") || contains(prompt, "stream")
             || contains(prompt, "in the middle"))
        answer += aboutEvents(random);
    else
        answer +=
                QStringLiteral("I am a small model and know only a few things: server-sent events, "
                               "the fleet of this program, and the weather. About \"%1\" I can "
                               "only say that you asked it politely.")
                        .arg(prompt.simplified().left(120));
    return answer;
}

// Words with the space before them.
QStringList tokensOf(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("\\s*\\S+|\\s+$"));
    QStringList tokens;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        tokens.append(it.next().captured());
    return tokens;
}

// An answer on its way. It lives as long as its connection.
class Answer : public QObject
{
public:
    Answer(HttpConnection *connection, const QString &model, const QStringList &tokens,
           quint32 seed)
        : QObject(connection), m_connection(connection), m_model(model), m_tokens(tokens),
          m_random(seed), m_timer(this)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Answer::sendNext);
        connect(connection, &HttpConnection::closed, &m_timer, &QTimer::stop);
    }

    qsizetype tokensUntilCut = -1; // -1: none
    int pause = 0; // between two tokens; 0: as a model does it

    void start(std::chrono::milliseconds delay)
    {
        m_connection->begin("text/event-stream");
        m_timer.start(delay);
    }

private:
    void sendNext()
    {
        if (!m_connection->isOpen())
            return;
        if (m_next == tokensUntilCut) {
            m_connection->abort();
        } else if (m_next < m_tokens.size()) {
            m_timer.start(pause > 0 ? pause : m_random.bounded(shortestPause, longestPause + 1));
            m_connection->send(chunk(m_model, m_tokens.at(m_next++)));
        } else {
            m_connection->send(chunk(m_model, {}, QStringLiteral("stop")) + "data: [DONE]\n\n");
            m_connection->end();
        }
    }

    HttpConnection *m_connection;
    QString m_model;
    QStringList m_tokens;
    QRandomGenerator m_random;
    QTimer m_timer;
    qsizetype m_next = 0;
};
} // namespace

ChatModel::ChatModel(quint32 seed, QObject *parent) : RequestHandler(parent), m_seed(seed) { }

bool ChatModel::isFirst(const QByteArray &request)
{
    const QByteArray hash = QCryptographicHash::hash(request, QCryptographicHash::Sha256);
    if (m_refused.remove(hash))
        return false;
    if (m_refused.size() == maximumRefused)
        m_refused.clear();
    m_refused.insert(hash);
    return true;
}

void ChatModel::handle(HttpConnection *connection)
{
    const HttpRequest &request = connection->request();
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    QStringList prompts;
    const QJsonArray messages = body.value(QLatin1String("messages")).toArray();
    for (const QJsonValue &message : messages) {
        if (message[QLatin1String("role")].toString() == QLatin1String("user"))
            prompts.append(message[QLatin1String("content")].toString());
    }
    if (prompts.isEmpty() || !body.value(QLatin1String("stream")).toBool()) {
        refuse(connection, 400,
               QStringLiteral("The request needs \"messages\" with one of the role \"user\", and "
                              "\"stream\": true."),
               QStringLiteral("invalid_request_error"));
        return;
    }
    const QString prompt = prompts.takeLast();
    const QByteArray authorization = request.header("Authorization");
    if (contains(prompt, "401") && !authorization.startsWith("Bearer ")) {
        refuse(connection, 401,
               QStringLiteral("This question needs a token. This server accepts any."),
               QStringLiteral("authentication_error"), "WWW-Authenticate: Bearer\r\n");
        return;
    }
    if (contains(prompt, "429") && isFirst(request.body)) {
        refuse(connection, 429,
               QStringLiteral("Too many questions at once. Wait for %1 seconds.").arg(retryAfter),
               QStringLiteral("rate_limit_error"),
               "Retry-After: " + QByteArray::number(retryAfter) + "\r\n");
        return;
    }

    auto *answer = new Answer(connection, body.value(QLatin1String("model")).toString(),
                              tokensOf(answerTo(prompt, prompts, m_seed)), m_seed);
    if (contains(prompt, "in the middle") && isFirst(request.body))
        answer->tokensUntilCut = cutAfter;
    if (contains(prompt, "50,000"))
        answer->pause = longAnswerPause;
    answer->start(contains(prompt, "think") ? thinkingTime : 200ms);
}
