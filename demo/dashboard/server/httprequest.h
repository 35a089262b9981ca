// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef HTTPREQUEST_H
#define HTTPREQUEST_H

#include <QtCore/qbytearray.h>
#include <QtCore/qlist.h>
#include <QtCore/qurlquery.h>

#include <utility>

// A request as a handler gets it: complete, with its body.
struct HttpRequest
{
    QByteArray method;
    QByteArray target; // as sent
    QByteArray path; // without the query
    QUrlQuery query;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    bool http10 = false; // the client knows no chunks

    // The value of the first header of that name, in any case; empty if it is missing.
    QByteArray header(const QByteArray &name) const;
};

// Reads one request from the bytes of a connection.
class RequestReader
{
public:
    enum Result { Incomplete, Complete, Malformed, HeadTooLarge, BodyTooLarge, LengthRequired };

    static constexpr qsizetype maximumHeadSize = 16 * 1024;
    static constexpr qsizetype maximumBodySize = 1024 * 1024;

    // What follows a complete or a wrong request is ignored.
    Result read(const QByteArray &bytes);

    const HttpRequest &request() const { return m_request; }

private:
    Result readHead(const QByteArray &head);

    HttpRequest m_request;
    QByteArray m_buffer;
    qsizetype m_bodySize = 0;
    Result m_result = Incomplete;
    bool m_hasHead = false;
};

#endif // HTTPREQUEST_H
