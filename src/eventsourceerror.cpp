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
    \inheaderfile EventSource/EventSourceError
    \inmodule EventSource
    \since EventSource 0.1
    \brief One failure of a listener.

//! [description]
    A value: copies are cheap and share what they hold.
//! [description]
    In QML it is the value type \l eventSourceError.

    \sa EventSourceListener::error()
*/

/*!
    Makes an error with the code EventSourceListener::NoError.
*/
EventSourceError::EventSourceError() = default;

/*!
    Makes a copy of \a other, which shares what it holds.
*/
EventSourceError::EventSourceError(const EventSourceError &other) = default;

/*!
    Moves \a other to a new error.
*/
EventSourceError::EventSourceError(EventSourceError &&other) noexcept = default;

/*!
    Makes this error a copy of \a other.
*/
EventSourceError &EventSourceError::operator=(const EventSourceError &other) = default;

/*!
    Moves \a other to this error.
*/
EventSourceError &EventSourceError::operator=(EventSourceError &&other) noexcept = default;

/*!
    Destroys this copy of the error.
*/
EventSourceError::~EventSourceError() = default;

/*!
    \property EventSourceError::code
//! [code]
    What kind of failure it is.

    \sa message
//! [code]
*/
EventSourceListener::ErrorCode EventSourceError::code() const
{
    return d ? d->code : EventSourceListener::NoError;
}

/*!
    \property EventSourceError::message
//! [message]
    What happened, where, and what to do, for people. It never has a query, user info or payload.

    \sa code, EventSourceListener::errorString
//! [message]
*/
QString EventSourceError::message() const
{
    return d ? d->message : QString();
}

/*!
    \property EventSourceError::httpStatus
//! [httpStatus]
    The HTTP status of the response; 0 if there was none.

    \sa body
//! [httpStatus]
*/
int EventSourceError::httpStatus() const
{
    return d ? d->httpStatus : 0;
}

/*!
    \property EventSourceError::body
//! [body]
    The first 64 KiB of a refused response, as text. It is waited for at most 2 s.

    \sa data
//! [body]
*/
QString EventSourceError::body() const
{
    return d ? d->body : QString();
}

/*!
    \property EventSourceError::data
//! [data]
    The body, decoded, where it is JSON; undefined where it is not: \c{error.data?.error?.message}.

    \sa body
//! [data]
*/

/*!
    \fn QJsonValue EventSourceError::data() const
    Returns the data as a JSON value.
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
//! [willRetry]
    Whether a new attempt follows by itself.

    \sa retryIn
//! [willRetry]
*/
bool EventSourceError::willRetry() const
{
    return d && d->willRetry;
}

/*!
    \property EventSourceError::retryIn
//! [retryIn]
    The time until that attempt in milliseconds; -1 if there is none.

    \sa willRetry, EventSourceListener::retryIn
//! [retryIn]
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
    \fn bool EventSourceError::operator!=(const EventSourceError &a, const EventSourceError &b)
    Returns whether a property of \a a and \a b differs.
*/

/*!
    \fn bool EventSourceError::operator==(const EventSourceError &a, const EventSourceError &b)
    Returns whether all properties of \a a and \a b are equal.
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
    \fn QDebug EventSourceError::operator<<(QDebug debug, const EventSourceError &error)
    Writes the code, the status and the message of \a error. The body may be confidential and is left
    out. Returns \a debug.
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
