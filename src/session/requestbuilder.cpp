// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/requestbuilder_p.h"

#include "net/weburl_p.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qjsonvalue.h>

#include <algorithm>

namespace EventSourcePrivate {

namespace {

// RFC 9110, "token": what a method or the name of a header may consist of.
bool isToken(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        const ushort u = c.unicode();
        return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z')
                || QLatin1String("!#$%&'*+-.^_`|~").contains(c);
    });
}

// A tab is white space.
bool hasControlCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return (c < QLatin1Char(' ') && c != QLatin1Char('\t')) || c == QChar(0x7F);
    });
}

// These describe the message itself and are the connection's to set.
bool isFramingHeader(const QString &name)
{
    static const QStringList names {
            QStringLiteral("connection"), QStringLiteral("content-length"),
            QStringLiteral("keep-alive"), QStringLiteral("te"),
            QStringLiteral("trailer"),    QStringLiteral("transfer-encoding"),
            QStringLiteral("upgrade"),
    };
    return names.contains(name.toLower());
}

// Each of these returns what is wrong.

QString appendHeaders(const QVariantMap &headers, StreamRequest *request)
{
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        const QString &name = header.key();
        const QVariant &value = header.value();
        if (!isToken(name)) {
            return EventSourceListener::tr(
                           "The header name \"%1\" has characters that HTTP does not allow there.")
                    .arg(name);
        }
        if (isFramingHeader(name)) {
            return EventSourceListener::tr(
                           "The header %1 is for the connection to set; remove it from headers.")
                    .arg(name);
        }
        if (!value.isValid() || value.isNull())
            continue;
        if (!value.canConvert<QString>())
            return EventSourceListener::tr("The header %1 has a value that is not a string.")
                    .arg(name);
        const QString text = value.toString();
        if (!isHeaderValue(text))
            return EventSourceListener::tr("The header %1 has a line break or NUL in its value.")
                    .arg(name);
        // RFC 9110 has no control characters in values, and Qt 6.8 and later would omit the header.
        if (hasControlCharacter(text))
            return EventSourceListener::tr("The header %1 has a control character in its value.")
                    .arg(name);
        // A null value would not be sent, and QML's empty strings are null.
        request->headers.append({name.toLatin1(), text.isEmpty() ? QByteArray("") : text.toUtf8()});
    }
    return {};
}

QString appendBody(const RequestParts &parts, StreamRequest *request)
{
    if (!parts.bodyProblem.isEmpty())
        return parts.bodyProblem;
    if (!parts.jsonBody.isEmpty()) {
        request->body = parts.jsonBody.toUtf8();
        request->bodyType = "application/json";
        return {};
    }
    switch (parts.body.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr:
        return {};
    case QMetaType::QString:
        request->body = parts.body.toString().toUtf8();
        request->bodyType = "text/plain;charset=UTF-8";
        return {};
    case QMetaType::QByteArray:
        request->body = parts.body.toByteArray();
        request->bodyType = "application/octet-stream";
        return {};
    default:
        break;
    }
    const QJsonValue json = QJsonValue::fromVariant(parts.body);
    if (json.isObject())
        request->body = QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact);
    else if (json.isArray())
        request->body = QJsonDocument(json.toArray()).toJson(QJsonDocument::Compact);
    else
        return EventSourceListener::tr(
                "The body is neither a string, an ArrayBuffer, an object nor an array.");
    request->bodyType = "application/json";
    return {};
}

} // namespace

std::variant<StreamRequest, Failure> buildRequest(const RequestParts &parts)
{
    if (!isWebUrl(parts.url)) {
        const QString shown = parts.url.isValid() ? displayUrl(parts.url) : urlProblem(parts.url);
        return Failure {
                EventSourceListener::InvalidUrlError, Recovery::AwaitChange,
                EventSourceListener::tr(
                        "The url is not an http or https address: %1. Nothing was sent; set "
                        "another url.")
                        .arg(shown)};
    }

    StreamRequest request;
    request.url = parts.url;
    request.method = normalizedMethod(parts.method);
    QString problem;
    if (!isToken(parts.method))
        problem = EventSourceListener::tr("The method \"%1\" is not one that HTTP could carry.")
                          .arg(parts.method);
    if (problem.isEmpty())
        problem = appendHeaders(parts.headers, &request);
    if (problem.isEmpty() && request.method != "GET")
        problem = appendBody(parts, &request);
    if (problem.isEmpty())
        return request;
    return Failure {EventSourceListener::InvalidRequestError, Recovery::AwaitChange,
                    EventSourceListener::tr("%1 Nothing was sent to %2.")
                            .arg(problem, displayUrl(parts.url))};
}

QByteArray normalizedMethod(const QString &method)
{
    static const QList<QByteArray> names {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"};
    const QByteArray upper = method.toLatin1().toUpper();
    return names.contains(upper) ? upper : method.toLatin1();
}

bool isHeaderValue(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c == QLatin1Char('\r') || c == QLatin1Char('\n') || c.isNull();
    });
}

} // namespace EventSourcePrivate
