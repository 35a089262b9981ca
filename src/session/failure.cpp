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

// Statuses that the server itself calls temporary, or that are in most cases.
bool isTransientStatus(int status)
{
    return status == 408 || status == 425 || status == 429 || status / 100 == 5;
}

// Statuses by which the server says that it has not processed the request.
bool isUnprocessedStatus(int status)
{
    return status == 408 || status == 425 || status == 429 || status == 503;
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
    case Outcome::NoContent:
    case Outcome::HttpStatus:
        return settings.retryStatuses.contains(result.httpStatus)
                || (settings.retryHttpErrors && isTransientStatus(result.httpStatus));
    case Outcome::ContentType:
    case Outcome::TooManyRedirects:
    case Outcome::InsecureRedirect:
        break;
    }
    return false;
}

// Is it certain that the server has not carried out the request?
bool isUnprocessed(const ConnectionResult &result)
{
    switch (result.outcome) {
    case Outcome::NetworkError:
    case Outcome::Timeout:
    case Outcome::Ssl:
        return !result.isSent && !result.isAccepted;
    case Outcome::HttpStatus:
        return isUnprocessedStatus(result.httpStatus);
    case Outcome::CleanEnd:
    case Outcome::NoContent:
    case Outcome::ContentType:
    case Outcome::Decoding:
    case Outcome::TooManyRedirects:
    case Outcome::InsecureRedirect:
        break;
    }
    return false;
}

// May only the application make the request succeed?
bool needsChange(const ConnectionResult &result, const ReconnectSettings &settings)
{
    if (!settings.retryHttpErrors)
        return false;
    return result.outcome == Outcome::ContentType
            || (result.outcome == Outcome::HttpStatus
                && (result.httpStatus == 401 || result.httpStatus == 403));
}

} // namespace

Failure classify(const ConnectionResult &result, const ReconnectSettings &settings,
                 const AttemptContext &context)
{
    Failure failure {errorCode(result.outcome), Recovery::None, result.message,
                     result.httpStatus,         result.body,    result.retryAfter};
    const bool isWorthRetrying =
            settings.enabled && !context.isExhausted && isTransient(result, settings);
    const bool mayRepeat = context.mayResend || isUnprocessed(result);
    if (isWorthRetrying && mayRepeat)
        failure.recovery = Recovery::Retry;
    else if (needsChange(result, settings))
        failure.recovery = Recovery::AwaitChange;

    const bool isComplete = result.outcome != Outcome::CleanEnd || !context.expectsEndMarker;
    if (failure.recovery == Recovery::None && !isComplete) {
        failure.code = EventSourceListener::IncompleteError;
        failure.message = EventSourceListener::tr(
                "The response ended before the event that endMarker names. A part of it "
                "may be missing.");
    }
    if (isWorthRetrying && failure.recovery == Recovery::None
        && failure.code != EventSourceListener::NoError) {
        failure.message +=
                QLatin1Char(' ')
                + EventSourceListener::tr(
                        "The server may have carried out the request, so it is not sent again "
                        "(reconnect.resend).");
    }
    // Otherwise a wait of 6 s after "Retry-After: 4" looks like a mistake.
    if (failure.recovery == Recovery::Retry && result.retryAfter > 0 && settings.jitter > 0) {
        failure.message += QLatin1Char(' ')
                + EventSourceListener::tr("It asks for a wait of at least %1 s (Retry-After). The "
                                          "wait is spread above "
                                          "that, so that its clients do not all return at once.")
                          .arg(result.retryAfter / 1000.0);
    }
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
