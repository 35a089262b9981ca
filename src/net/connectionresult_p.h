// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef CONNECTIONRESULT_P_H
#define CONNECTIONRESULT_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qstring.h>

namespace EventSourcePrivate {

// How an HTTP exchange ended.
struct ConnectionResult
{
    enum class Outcome {
        CleanEnd,
        NoContent,
        NetworkError,
        Timeout,
        HttpStatus,
        ContentType,
        Decoding, // of the content coding
        Ssl,
        TooManyRedirects,
        InsecureRedirect,
    };

    Outcome outcome = Outcome::CleanEnd;
    bool isSent = false; // the request, or a part of it, may have reached the server
    bool isAccepted = false; // it was an event stream
    QString message; // what happened, for people
    int httpStatus = 0; // 0 without a response
    QByteArray body; // the beginning of a refused response's
    int retryAfter = 0; // ms, 0 if the server did not say
};

} // namespace EventSourcePrivate

#endif // CONNECTIONRESULT_P_H
