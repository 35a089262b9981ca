// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef FAILURE_P_H
#define FAILURE_P_H

#include "eventsourceerror.h"
#include "net/connectionresult_p.h"
#include "session/backoff_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qstring.h>

namespace EventSourcePrivate {

// What follows an attempt.
enum class Recovery {
    Retry, // another attempt, after a delay
    AwaitChange, // another attempt as soon as the application changes the request
    None, // the stream ends permanently
};

// How an attempt ended. An attempt may end without an error, and then the code is NoError.
struct Failure
{
    EventSourceListener::ErrorCode code = EventSourceListener::NoError;
    Recovery recovery = Recovery::None;
    QString message = {};
    int httpStatus = 0;
    QByteArray body = {};
    int retryAfter = 0; // ms; the server's wish, 0 if it has none
};

// What is known of an attempt beside its result.
struct AttemptContext
{
    bool mayResend = true; // a request that may have been carried out may be sent again
    bool isExhausted = false; // as many attempts have failed as the policy allows
    bool expectsEndMarker = false; // which has not arrived
};

// Classifies the result of an exchange.
Failure classify(const ConnectionResult &result, const ReconnectSettings &settings,
                 const AttemptContext &context);

// For the application. retryIn: ms until the next attempt, -1 if there is none.
EventSourceError toError(const Failure &failure, int retryIn);

} // namespace EventSourcePrivate

#endif // FAILURE_P_H
