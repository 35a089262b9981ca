// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourceerror.h"
#include "eventsourceerror_p.h"

#include "payload/json_p.h"

#include <QtCore/qdebug.h>

using namespace EventSourcePrivate;

EventSourceError ErrorData::wrap(ErrorData *data)
{
    EventSourceError error;
    error.d = data;
    return error;
}

/*!
    \class EventSourceError
    \inmodule EventSource
    \brief One failure of a listener.

    A value: copies are cheap and share what they hold. In QML it is the value type
    \c eventSourceError. A default-constructed one has the code EventSourceListener::NoError.

    \sa EventSourceListener::error()
*/

EventSourceError::EventSourceError() = default;
EventSourceError::EventSourceError(const EventSourceError &other) = default;
EventSourceError::EventSourceError(EventSourceError &&other) noexcept = default;
EventSourceError &EventSourceError::operator=(const EventSourceError &other) = default;
EventSourceError &EventSourceError::operator=(EventSourceError &&other) noexcept = default;
EventSourceError::~EventSourceError() = default;

/*!
    \property EventSourceError::code
    What kind of failure it is.
*/
EventSourceListener::ErrorCode EventSourceError::code() const
{
    return d ? d->code : EventSourceListener::NoError;
}

/*!
    \property EventSourceError::message
    What happened, where, and what to do, for people. It never has a query, user info or payload.
*/
QString EventSourceError::message() const
{
    return d ? d->message : QString();
}

/*!
    \property EventSourceError::httpStatus
    The HTTP status of the response; 0 if there was none.
*/
int EventSourceError::httpStatus() const
{
    return d ? d->httpStatus : 0;
}

/*!
    \property EventSourceError::body
    The first 64 KiB of a refused response, as text. It is waited for at most 2 s.
*/
QString EventSourceError::body() const
{
    return d ? d->body : QString();
}

/*!
    \property EventSourceError::data
    The body, decoded, where it is JSON; undefined where it is not: \c{error.data?.error?.message}.
*/
QJsonValue EventSourceError::data() const
{
    return d && !d->body.isEmpty() ? parseJson(d->body.toUtf8()).value
                                   : QJsonValue(QJsonValue::Undefined);
}

QVariant EventSourceError::dataVariant() const
{
    return data().toVariant();
}

/*!
    \property EventSourceError::willRetry
    Whether a new attempt follows by itself.
*/
bool EventSourceError::willRetry() const
{
    return d && d->willRetry;
}

/*!
    \property EventSourceError::retryIn
    The time until that attempt in milliseconds; -1 if there is none.
*/
int EventSourceError::retryIn() const
{
    return d ? d->retryIn : -1;
}

/*!
    \fn void EventSourceError::swap(EventSourceError &other)
    Swaps this error with \a other. Never fails.
*/

/*!
    Whether all properties of \a a and \a b are equal.
*/
bool operator==(const EventSourceError &a, const EventSourceError &b)
{
    return a.d == b.d
            || (a.code() == b.code() && a.message() == b.message()
                && a.httpStatus() == b.httpStatus() && a.body() == b.body()
                && a.willRetry() == b.willRetry() && a.retryIn() == b.retryIn());
}

#ifndef QT_NO_DEBUG_STREAM
/*!
    Writes the code, the status and the message of \a error. The body may be confidential and is left
    out.
*/
QDebug operator<<(QDebug debug, const EventSourceError &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << "EventSourceError(" << error.code();
    if (error.httpStatus() != 0)
        debug << ", status " << error.httpStatus();
    debug << ", " << error.message();
    if (error.willRetry())
        debug << ", next attempt in " << error.retryIn() << " ms";
    debug << ')';
    return debug;
}
#endif
