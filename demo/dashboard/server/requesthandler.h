// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef REQUESTHANDLER_H
#define REQUESTHANDLER_H

#include <QtCore/qbytearraylist.h>
#include <QtCore/qobject.h>

class HttpConnection;

// Answers the requests for one path, see HttpServer::addHandler().
class RequestHandler : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Requests with another method are answered with 405.
    virtual QByteArrayList methods() const { return {"GET"}; }

    // Called once for each request. The response may take as long as it likes.
    virtual void handle(HttpConnection *connection) = 0;
};

#endif // REQUESTHANDLER_H
