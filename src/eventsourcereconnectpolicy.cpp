// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcereconnectpolicy.h"
#include "eventsourcereconnectpolicy_p.h"

#include <QtCore/qnumeric.h>
#include <QtQml/qqmlinfo.h>

using namespace EventSourcePrivate;

/*!
    \class EventSourceReconnectPolicy
    \inheaderfile EventSource/EventSourceReconnectPolicy
    \inmodule EventSource
    \since EventSource 0.1
    \brief When and how often a listener tries again.

//! [description]
    It is the grouped property \c reconnect of an EventSourceListener:

    \qml
    EventSourceListener {
        url: "https://ci.example.com/stream"
        reconnect { initialDelay: 500; maximumAttempts: 10 }
    }
    \endqml

    The delay falls back to the start with the first event received, or when a connection stayed
    open for 10 s (or maximumDelay, if that is less; but at least 100 ms). An attempt without either
    counts as failed, also when it ended cleanly. So a gateway that ends quiet streams every 20 or
    30 s is no failure. After a failed attempt the wait is at least 100 ms.

    A value out of range is refused with a warning. No combination of values gives a wait of more
    than 24 h. A change counts when the next attempt ends. A wait that has begun stays as it is.
//! [description]
*/

/*!
    \internal
*/
EventSourceReconnectPolicy::EventSourceReconnectPolicy(QObject *parent)
    : QObject(parent), d(std::make_unique<ReconnectPolicyPrivate>())
{
}

/*!
    \internal
    The policy belongs to its listener.
*/
EventSourceReconnectPolicy::~EventSourceReconnectPolicy() = default;

/*!
    \property EventSourceReconnectPolicy::enabled
//! [enabled]
    Whether a stream that failed or ended is opened again.

    The default is true, also for a clean end: a log that the server ends is asked for again. Set it to
    false for such a stream, or let the server answer 204 to the next request.

    With false no failure is tried again, and a clean end ends the stream
    permanently with EventSourceListener::finished(), or with
    \l{EventSourceListener::}{IncompleteError} where EventSourceListener::endMarker is set. What
    waits for a change of the request waits all the same.

    \sa maximumAttempts
//! [enabled]
*/
bool EventSourceReconnectPolicy::isEnabled() const
{
    return d->settings.enabled;
}

void EventSourceReconnectPolicy::setEnabled(bool enabled)
{
    if (d->settings.enabled == enabled)
        return;
    d->settings.enabled = enabled;
    Q_EMIT enabledChanged();
}

/*!
    \property EventSourceReconnectPolicy::initialDelay
//! [initialDelay]
    The wait before the first new attempt, in milliseconds.

    The default is 1000. What the server asks for with a \c{retry:} line, held between 100 ms
    and 1 h, takes its place for the stream; the property itself does not change.

    \sa maximumDelay, multiplier, jitter
//! [initialDelay]
*/
int EventSourceReconnectPolicy::initialDelay() const
{
    return d->settings.initialDelay;
}

void EventSourceReconnectPolicy::setInitialDelay(int milliseconds)
{
    if (!(milliseconds >= 0)) {
        qmlWarning(this) << "initialDelay takes 0 or more ms, not " << milliseconds;
        return;
    }
    if (d->settings.initialDelay == milliseconds)
        return;
    d->settings.initialDelay = milliseconds;
    Q_EMIT initialDelayChanged();
}

/*!
    \overload
    Sets initialDelay to \a duration.
*/
void EventSourceReconnectPolicy::setInitialDelay(std::chrono::milliseconds duration)
{
    setInitialDelay(toInt(duration));
}

/*!
    Returns initialDelay as a duration.

    \sa initialDelay
*/
std::chrono::milliseconds EventSourceReconnectPolicy::initialDelayAsDuration() const
{
    return std::chrono::milliseconds(d->settings.initialDelay);
}

/*!
    \property EventSourceReconnectPolicy::maximumDelay
//! [maximumDelay]
    The longest wait between attempts, in milliseconds.

    The default is 30000. It never cuts the first wait, initialDelay or the server's, short.

    While the network is lost (as QNetworkInformation reports it, where it has a backend) there is
    one attempt per maximumDelay. The backend can be wrong, so the attempts do not stop. When the
    network is back the next attempt follows at once. Hosts on this machine need no network.

    \sa initialDelay, multiplier
//! [maximumDelay]
*/
int EventSourceReconnectPolicy::maximumDelay() const
{
    return d->settings.maximumDelay;
}

void EventSourceReconnectPolicy::setMaximumDelay(int milliseconds)
{
    if (!(milliseconds >= 0)) {
        qmlWarning(this) << "maximumDelay takes 0 or more ms, not " << milliseconds;
        return;
    }
    if (d->settings.maximumDelay == milliseconds)
        return;
    d->settings.maximumDelay = milliseconds;
    Q_EMIT maximumDelayChanged();
}

/*!
    \overload
    Sets maximumDelay to \a duration.
*/
void EventSourceReconnectPolicy::setMaximumDelay(std::chrono::milliseconds duration)
{
    setMaximumDelay(toInt(duration));
}

/*!
    Returns maximumDelay as a duration.

    \sa maximumDelay
*/
std::chrono::milliseconds EventSourceReconnectPolicy::maximumDelayAsDuration() const
{
    return std::chrono::milliseconds(d->settings.maximumDelay);
}

/*!
    \property EventSourceReconnectPolicy::multiplier
//! [multiplier]
    The factor by which the wait grows with every attempt that fails.

    The default is 2.

    \sa initialDelay, maximumDelay
//! [multiplier]
*/
qreal EventSourceReconnectPolicy::multiplier() const
{
    return d->settings.multiplier;
}

void EventSourceReconnectPolicy::setMultiplier(qreal multiplier)
{
    if (!(multiplier >= 1 && qIsFinite(multiplier))) {
        qmlWarning(this) << "multiplier takes a number from 1 up, not " << multiplier;
        return;
    }
    if (d->settings.multiplier == multiplier)
        return;
    d->settings.multiplier = multiplier;
    Q_EMIT multiplierChanged();
}

/*!
    \property EventSourceReconnectPolicy::jitter
//! [jitter]
    The part of the wait that is left to chance, from 0 to 1.

    The default is 0.5. A wait d is drawn evenly from d * (1 - jitter) to d, so that clients
    that lost their server together do not come back together. A \c Retry-After longer than that
    moves the range up and keeps its width: the wait is never below it, and may be longer.

    \sa initialDelay
//! [jitter]
*/
qreal EventSourceReconnectPolicy::jitter() const
{
    return d->settings.jitter;
}

void EventSourceReconnectPolicy::setJitter(qreal jitter)
{
    if (!(jitter >= 0 && jitter <= 1)) {
        qmlWarning(this) << "jitter takes a number from 0 to 1, not " << jitter;
        return;
    }
    if (d->settings.jitter == jitter)
        return;
    d->settings.jitter = jitter;
    Q_EMIT jitterChanged();
}

/*!
    \property EventSourceReconnectPolicy::maximumAttempts
//! [maximumAttempts]
    How many attempts in a row may fail before the stream ends permanently.

    The default is -1, no limit. 1 means that nothing is tried again. A refusal after which the
    listener waits for a change of the request, such as 401, counts too, but never ends the stream.

    \sa enabled, EventSourceListener::failedAttempts
//! [maximumAttempts]
*/
int EventSourceReconnectPolicy::maximumAttempts() const
{
    return d->settings.maximumAttempts;
}

void EventSourceReconnectPolicy::setMaximumAttempts(int attempts)
{
    if (!(attempts == -1 || attempts >= 1)) {
        qmlWarning(this) << "maximumAttempts takes -1 (no limit) or 1 and more, not " << attempts;
        return;
    }
    if (d->settings.maximumAttempts == attempts)
        return;
    d->settings.maximumAttempts = attempts;
    Q_EMIT maximumAttemptsChanged();
}

/*!
    \property EventSourceReconnectPolicy::retryHttpErrors
//! [retryHttpErrors]
    Whether the HTTP statuses 408, 425, 429 and 5xx lead to a new attempt.

    The default is true. A \c Retry-After header up to 1 h is honoured: the wait is not shorter. It
    is spread above that by the jitter, so that clients that all got the same answer do not return
    at once. So the wait after \c{Retry-After: 4} is between 4 and 6 s with the defaults. 401, 403
    and a wrong media type then wait for a change of the request. With false any status but 200 ends
    the stream, and so does a wrong media type, which is the rule of the HTML standard; except the
    statuses in retryStatuses.

    \sa retryStatuses, resend
//! [retryHttpErrors]
*/
bool EventSourceReconnectPolicy::retryHttpErrors() const
{
    return d->settings.retryHttpErrors;
}

void EventSourceReconnectPolicy::setRetryHttpErrors(bool retry)
{
    if (d->settings.retryHttpErrors == retry)
        return;
    d->settings.retryHttpErrors = retry;
    Q_EMIT retryHttpErrorsChanged();
}

/*!
    \property EventSourceReconnectPolicy::retryStatuses
//! [retryStatuses]
    Further HTTP statuses that lead to a new attempt, such as 404 while a service is
    redeployed.

    The default is empty. They are tried again also where retryHttpErrors is false, and
    \c Retry-After is honoured. 401 and 403 in this list are tried again after a delay instead of
    waiting for a change, and 204 like the clean end of a stream. 200 and redirects that can be
    followed are not affected. A list with a value outside of 100 to 599 is refused with a warning.

    Where resend is false a status is tried again only if it is 408, 425, 429 or 503, also if it is in
    this list: with others the server may have carried out the request.

    \sa retryHttpErrors, resend
//! [retryStatuses]
*/
QList<int> EventSourceReconnectPolicy::retryStatuses() const
{
    return d->settings.retryStatuses;
}

void EventSourceReconnectPolicy::setRetryStatuses(const QList<int> &statuses)
{
    for (const int status : statuses) {
        if (status < 100 || status > 599) {
            qmlWarning(this) << "retryStatuses takes HTTP statuses from 100 to 599, not " << status;
            return;
        }
    }
    if (d->settings.retryStatuses == statuses)
        return;
    d->settings.retryStatuses = statuses;
    Q_EMIT retryStatusesChanged();
}

/*!
    \property EventSourceReconnectPolicy::resend
//! [resend]
    Whether a request that the server may have carried out is sent again.

    The default is true for GET and false for every other method. With false a request is repeated
    only where it cannot have been carried out: the name, TCP or TLS failed before it was sent, or
    the answer was 408, 425, 429 or 503. A request that was opened, timed out after it was sent, was
    cut off, or was answered 500, 502 or 504 is not repeated: the listener emits error(), and the
    stream ends. So does the clean end of an opened stream, with EventSourceListener::finished(), or
    with \l{EventSourceListener::}{IncompleteError} where EventSourceListener::endMarker is set and
    has not arrived.

    Resetting the property (in QML: assigning \c undefined) brings the default back.

    \sa EventSourceListener::method, EventSourceListener::endMarker
//! [resend]
*/
bool EventSourceReconnectPolicy::resend() const
{
    return d->mayResend();
}

void EventSourceReconnectPolicy::setResend(bool resend)
{
    const bool old = this->resend();
    d->resend = resend;
    if (old != resend)
        Q_EMIT resendChanged();
}

void EventSourceReconnectPolicy::resetResend()
{
    const bool old = resend();
    d->resend.reset();
    if (old != resend())
        Q_EMIT resendChanged();
}
