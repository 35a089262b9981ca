// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCERECONNECTPOLICY_H
#define EVENTSOURCERECONNECTPOLICY_H

#include "eventsourceglobal.h"

#include <QtCore/qlist.h>
#include <QtCore/qobject.h>
#include <QtQml/qqmlregistration.h>

#include <chrono>
#include <memory>

namespace EventSourcePrivate {
class ListenerPrivate;
class ReconnectPolicyPrivate;
} // namespace EventSourcePrivate

/// When and how often a listener tries again.
class EVENTSOURCE_EXPORT EventSourceReconnectPolicy : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_ADDED_IN_VERSION(0, 1)
    QML_UNCREATABLE("A policy is the property 'reconnect' of an EventSourceListener.")

    Q_PROPERTY(bool enabled READ isEnabled WRITE setEnabled NOTIFY enabledChanged FINAL)
    Q_PROPERTY(int initialDelay READ initialDelay WRITE setInitialDelay NOTIFY initialDelayChanged
                       FINAL)
    Q_PROPERTY(int maximumDelay READ maximumDelay WRITE setMaximumDelay NOTIFY maximumDelayChanged
                       FINAL)
    Q_PROPERTY(qreal multiplier READ multiplier WRITE setMultiplier NOTIFY multiplierChanged FINAL)
    Q_PROPERTY(qreal jitter READ jitter WRITE setJitter NOTIFY jitterChanged FINAL)
    Q_PROPERTY(int maximumAttempts READ maximumAttempts WRITE setMaximumAttempts NOTIFY
                       maximumAttemptsChanged FINAL)
    Q_PROPERTY(bool retryHttpErrors READ retryHttpErrors WRITE setRetryHttpErrors NOTIFY
                       retryHttpErrorsChanged FINAL)
    Q_PROPERTY(QList<int> retryStatuses READ retryStatuses WRITE setRetryStatuses NOTIFY
                       retryStatusesChanged FINAL)
    Q_PROPERTY(bool resend READ resend WRITE setResend RESET resetResend NOTIFY resendChanged FINAL)

public:
    ~EventSourceReconnectPolicy() override; ///< belongs to its listener

    [[nodiscard]] bool isEnabled() const; ///< whether a stream is opened again
    void setEnabled(bool enabled); ///< true by default

    [[nodiscard]] int initialDelay() const; ///< the wait before the first new attempt, in ms
    [[nodiscard]] std::chrono::milliseconds initialDelayAsDuration() const; ///< as a duration
    void setInitialDelay(int milliseconds); ///< 1000 by default
    void setInitialDelay(std::chrono::milliseconds duration); ///< as a duration

    [[nodiscard]] int maximumDelay() const; ///< the longest wait between attempts, in ms
    [[nodiscard]] std::chrono::milliseconds maximumDelayAsDuration() const; ///< as a duration
    void setMaximumDelay(int milliseconds); ///< 30000 by default
    void setMaximumDelay(std::chrono::milliseconds duration); ///< as a duration

    [[nodiscard]] qreal multiplier() const; ///< by which the wait grows with each failure
    void setMultiplier(qreal multiplier); ///< 2 by default

    [[nodiscard]] qreal jitter() const; ///< the part of the wait that is left to chance
    void setJitter(qreal jitter); ///< 0.5 by default, from 0 to 1

    [[nodiscard]] int maximumAttempts() const; ///< how many in a row may fail
    void setMaximumAttempts(int attempts); ///< -1 by default: no limit

    [[nodiscard]] bool retryHttpErrors() const; ///< whether 408, 425, 429 and 5xx are tried again
    void setRetryHttpErrors(bool retry); ///< true by default

    [[nodiscard]] QList<int> retryStatuses() const; ///< further HTTP statuses that are tried again
    void setRetryStatuses(const QList<int> &statuses); ///< empty by default

    /// Whether a request that may have been carried out is repeated.
    [[nodiscard]] bool resend() const;
    void setResend(bool resend); ///< by default true for GET alone
    void resetResend(); ///< back to the default

Q_SIGNALS:
    void enabledChanged(); ///< enabled has changed
    void initialDelayChanged(); ///< initialDelay has changed
    void maximumDelayChanged(); ///< maximumDelay has changed
    void multiplierChanged(); ///< multiplier has changed
    void jitterChanged(); ///< jitter has changed
    void maximumAttemptsChanged(); ///< maximumAttempts has changed
    void retryHttpErrorsChanged(); ///< retryHttpErrors has changed
    void retryStatusesChanged(); ///< retryStatuses has changed
    void resendChanged(); ///< resend has changed

private:
    friend class EventSourceListener;
    friend class EventSourcePrivate::ListenerPrivate;
    explicit EventSourceReconnectPolicy(QObject *parent);

    std::unique_ptr<EventSourcePrivate::ReconnectPolicyPrivate> d;
};

#endif // EVENTSOURCERECONNECTPOLICY_H
