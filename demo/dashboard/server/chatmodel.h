// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef CHATMODEL_H
#define CHATMODEL_H

#include "requesthandler.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qset.h>
#include <QtCore/qstringlist.h>

// A language model that needs no network: it answers a conversation in the format of chat
// completions, token by token. The same seed and the same conversation give the same answer.
//
// Some prompts make it misbehave: a prompt with "401" wants a token, one with "429" is refused once,
// one with "in the middle" is cut once, one with "think" is slow to begin, and one with "50,000"
// gets an answer of that many characters.
class ChatModel : public RequestHandler
{
    Q_OBJECT

public:
    explicit ChatModel(quint32 seed, QObject *parent = nullptr);

    QByteArrayList methods() const override { return {"POST"}; }
    void handle(HttpConnection *connection) override;

    // It forgets whom it has refused when there are more.
    static constexpr qsizetype maximumRefused = 100;

private:
    // The first of two equal requests, which the fault hits. The second one is answered.
    bool isFirst(const QByteArray &request);

    quint32 m_seed;
    QSet<QByteArray> m_refused;
};

#endif // CHATMODEL_H
