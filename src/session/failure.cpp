// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/failure_p.h"

#include "eventsourceerror_p.h"
#include "format/utf8_p.h"

namespace EventSourcePrivate {

namespace {

using Outcome = ConnectionResult::Outcome;

EventSourceListener::ErrorCode errorCode(Outcome outcome)
{
    switch (outcome) {
    case Outcome::CleanEnd:
    case Outcome::NoContent:
        break;
    case Outcome::NetworkError:
        return EventSourceListener::NetworkError;
    case Outcome::Timeout:
        return EventSourceListener::TimeoutError;
    case Outcome::HttpStatus:
        return EventSourceListener::HttpStatusError;
    case Outcome::ContentType:
        return EventSourceListener::ContentTypeError;
    case Outcome::Decoding:
        return EventSourceListener::DecodingError;
    case Outcome::Ssl:
        return EventSourceListener::SslError;
    case Outcome::TooManyRedirects:
        return EventSourceListener::TooManyRedirectsError;
    case Outcome::InsecureRedirect:
        return EventSourceListener::InsecureRedirectError;
    }
    return EventSourceListener::NoError;
}

// May the same request succeed later?
bool isTransient(const ConnectionResult &result, const ReconnectSettings &settings)
{
    switch (result.outcome) {
    case Outcome::CleanEnd:
    case Outcome::NetworkError:
    case Outcome::Timeout:
    case Outcome::Decoding:
    case Outcome::Ssl:
        return true;
    case Outcome::HttpStatus: {
        const int status = result.httpStatus;
        return settings.retryHttpErrors
                && (status == 408 || status == 425 || status == 429 || status / 100 == 5);
    }
    case Outcome::NoContent:
    case Outcome::ContentType:
    case Outcome::TooManyRedirects:
    case Outcome::InsecureRedirect:
        break;
    }
    return false;
}

// May only the application make the request succeed?
bool needsChange(const ConnectionResult &result, const ReconnectSettings &settings)
{
    return result.outcome == Outcome::HttpStatus && settings.retryHttpErrors
            && (result.httpStatus == 401 || result.httpStatus == 403);
}

} // namespace

Failure classify(const ConnectionResult &result, const ReconnectSettings &settings, bool mayResend,
                 bool isExhausted)
{
    Failure failure {errorCode(result.outcome), Recovery::None, result.message,
                     result.httpStatus,         result.body,    result.retryAfter};
    const bool mayRepeat = !result.isAccepted || mayResend;
    if (needsChange(result, settings))
        failure.recovery = Recovery::AwaitChange;
    else if (settings.enabled && !isExhausted && mayRepeat && isTransient(result, settings))
        failure.recovery = Recovery::Retry;
    return failure;
}

EventSourceError toError(const Failure &failure, int retryIn)
{
    auto *data = new ErrorData;
    const EventSourceError error = ErrorData::wrap(data);
    data->code = failure.code;
    data->message = failure.message;
    data->httpStatus = failure.httpStatus;
    data->body = textFromUtf8(toWellFormedUtf8(failure.body));
    data->willRetry = failure.recovery == Recovery::Retry;
    data->retryIn = retryIn;
    return error;
}

} // namespace EventSourcePrivate
