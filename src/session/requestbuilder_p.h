// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef REQUESTBUILDER_P_H
#define REQUESTBUILDER_P_H

#include "net/streamrequest_p.h"
#include "session/failure_p.h"

#include <QtCore/qurl.h>
#include <QtCore/qvariant.h>

#include <variant>

namespace EventSourcePrivate {

// What the application asks for.
struct RequestParts
{
    QUrl url; // absolute
    QString method;
    QVariantMap headers;
    QVariant body = {}; // without values of a JavaScript engine
    QString jsonBody = {}; // takes its place if it is not empty
    QString bodyProblem = {}; // why there is neither, if the body could not be written
};

// The request as it can be sent, or why it cannot. Then nothing is to be sent. The texts name no
// values: they may be secrets.
std::variant<StreamRequest, Failure> buildRequest(const RequestParts &parts);

// Fetch standard, "normalize a method": the usual ones in upper case, others as they are.
QByteArray normalizedMethod(const QString &method);

// May the text stand in a header? It must have no CR, LF or NUL.
bool isHeaderValue(const QString &text);

} // namespace EventSourcePrivate

#endif // REQUESTBUILDER_P_H
