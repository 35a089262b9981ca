// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef CHATMODEL_H
#define CHATMODEL_H

#include "requesthandler.h"

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qstringlist.h>

// Plays a language model with the common interface for chats: a POST with the messages so far, and a
// stream with one event for each token. The same messages get the same answer. Words in the last
// prompt make it fail: "401" without an Authorization header, "429" for some seconds, "cut" in the
// middle of the answer; "slow" lets it think first.
class ChatModel : public RequestHandler
{
    Q_OBJECT

public:
    using RequestHandler::RequestHandler;

    QByteArrayList methods() const override;
    void handle(HttpConnection *connection) override;

private:
    static QStringList answer(const QStringList &prompts);

    QDeadlineTimer m_limited; // until then "429" is refused
    bool m_isLimited = false;
};

#endif // CHATMODEL_H
