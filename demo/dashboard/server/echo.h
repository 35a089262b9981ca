// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef ECHO_H
#define ECHO_H

#include "requesthandler.h"

// An event stream of one event, which is the request: its method, query, headers and body.
class Echo : public RequestHandler
{
    Q_OBJECT

public:
    using RequestHandler::RequestHandler;

    QByteArrayList methods() const override;
    void handle(HttpConnection *connection) override;
};

#endif // ECHO_H
