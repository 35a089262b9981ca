// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "echo.h"

#include "httpconnection.h"

#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>

QByteArrayList Echo::methods() const
{
    return {"GET", "POST", "PUT", "PATCH", "DELETE"};
}

void Echo::handle(HttpConnection *connection)
{
    const HttpRequest &request = connection->request();
    QJsonObject headers;
    for (const auto &[name, value] : request.headers)
        headers.insert(QString::fromUtf8(name.toLower()), QString::fromUtf8(value));
    const QJsonObject event {
            {QStringLiteral("method"), QString::fromUtf8(request.method)},
            {QStringLiteral("query"), request.query.toString()},
            {QStringLiteral("headers"), headers},
            {QStringLiteral("body"), QString::fromUtf8(request.body)},
    };
    connection->begin("text/event-stream");
    connection->send("event: request\ndata: " + QJsonDocument(event).toJson(QJsonDocument::Compact)
                     + "\n\n");
    connection->end();
}
