// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "chatmodel.h"

#include "httpconnection.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qtimer.h>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace {

constexpr auto timePerToken = 25ms;
constexpr auto timeToThink = 4s;
constexpr auto limitedTime = 5s;

QByteArray chunk(const QJsonObject &delta, const QJsonValue &finishReason = QJsonValue::Null)
{
    const QJsonObject choice {
            {QStringLiteral("index"), 0},
            {QStringLiteral("delta"), delta},
            {QStringLiteral("finish_reason"), finishReason},
    };
    const QJsonObject object {
            {QStringLiteral("object"), QStringLiteral("chat.completion.chunk")},
            {QStringLiteral("choices"), QJsonArray {choice}},
    };
    return "data: " + QJsonDocument(object).toJson(QJsonDocument::Compact) + "\n\n";
}

void refuseAsJson(HttpConnection *connection, int status, const QString &message,
                  const QByteArray &headers = {})
{
    const QJsonObject error {{QStringLiteral("message"), message}};
    connection->answer(status, "application/json",
                       QJsonDocument(QJsonObject {{QStringLiteral("error"), error}}).toJson(),
                       headers);
}

// The answer to one request; goes with its connection.
class Answer : public QObject
{
public:
    Answer(HttpConnection *connection, QStringList tokens, bool isCut, bool isSlow)
        : QObject(connection), m_connection(connection), m_tokens(std::move(tokens)), m_isCut(isCut)
    {
        connect(connection, &HttpConnection::closed, &m_timer, &QTimer::stop);
        connect(&m_timer, &QTimer::timeout, this, &Answer::sendToken);
        connection->begin("text/event-stream");
        connection->send(chunk({{QStringLiteral("role"), QStringLiteral("assistant")}}));
        m_timer.start(isSlow ? std::chrono::milliseconds(timeToThink) : timePerToken);
    }

private:
    void sendToken()
    {
        m_timer.setInterval(timePerToken);
        if (m_isCut && m_next == m_tokens.size() / 2) {
            m_timer.stop();
            m_connection->abort();
        } else if (m_next < m_tokens.size()) {
            m_connection->send(chunk({{QStringLiteral("content"), m_tokens.at(m_next++)}}));
        } else {
            m_timer.stop();
            m_connection->send(chunk({}, QStringLiteral("stop")) + "data: [DONE]\n\n");
            m_connection->end();
        }
    }

    HttpConnection *m_connection;
    QStringList m_tokens;
    qsizetype m_next = 0;
    bool m_isCut;
    QTimer m_timer;
};

} // namespace

QByteArrayList ChatModel::methods() const
{
    return {"POST"};
}

void ChatModel::handle(HttpConnection *connection)
{
    const HttpRequest &request = connection->request();
    const QJsonArray messages = QJsonDocument::fromJson(request.body)
                                        .object()
                                        .value(QStringLiteral("messages"))
                                        .toArray();
    QStringList prompts;
    for (const QJsonValue &message : messages) {
        if (message[QStringLiteral("role")] == QStringLiteral("user"))
            prompts += message[QStringLiteral("content")].toString();
    }
    if (prompts.isEmpty()) {
        refuseAsJson(connection, 400, QStringLiteral("There is no message of a user."));
        return;
    }
    const QString prompt = prompts.last().toLower();
    if (prompt.contains(QStringLiteral("401")) && request.header("Authorization").isEmpty()) {
        refuseAsJson(connection, 401, QStringLiteral("You did not provide an access token."));
        return;
    }
    if (prompt.contains(QStringLiteral("429"))) {
        if (!std::exchange(m_isLimited, true))
            m_limited.setRemainingTime(limitedTime);
        if (!m_limited.hasExpired()) {
            const qint64 seconds = m_limited.remainingTime() / 1000 + 1;
            refuseAsJson(connection, 429, QStringLiteral("You have reached your token limit."),
                         "Retry-After: " + QByteArray::number(seconds) + "\r\n");
            return;
        }
        m_isLimited = false;
    }
    new Answer(connection, answer(prompts), prompt.contains(QStringLiteral("cut")),
               prompt.contains(QStringLiteral("slow")));
}

// The answer in tokens: words with the white space before them.
QStringList ChatModel::answer(const QStringList &prompts)
{
    static const struct
    {
        const char *word;
        const char *text;
    } answers[] = {
            {"replay",
             "After a lost connection the client asks again, and tells the server the id of the "
             "last "
             "event that it has processed, in the header Last-Event-ID. A server that keeps its "
             "last "
             "events sends those that came after it. So nothing is lost and nothing comes twice."},
            {"qml",
             "In QML you write an EventSourceListener with a url and an onMessage handler. The "
             "event's "
             "data is the decoded JSON. Everything else is optional: it reconnects by itself, it "
             "resumes after the last event, and it never blocks the window."},
            {"event",
             "A server-sent event is a few lines of text: an id, a type, and the data. The "
             "response "
             "stays open, and the server writes an event whenever something happens. It is plain "
             "HTTP, so proxies, compression and authentication work as for any other request."},
    };
    const QString prompt = prompts.last().toLower();
    QString text = QStringLiteral("I am not a real model, but the answer comes in the same way: a "
                                  "token at a time, each in an event of its own. Ask me about "
                                  "events, replay or QML.");
    for (const auto &[word, known] : answers) {
        if (prompt.contains(QLatin1String(word))) {
            text = QString::fromLatin1(known);
            break;
        }
    }
    if (prompts.size() > 1) {
        text += QStringLiteral(" Before that you asked: “%1”")
                        .arg(prompts.at(prompts.size() - 2).simplified().left(80));
    }
    static const QRegularExpression beginOfToken(QStringLiteral("(?=\\s)"));
    return text.split(beginOfToken);
}
