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

// When and how often a listener tries again.
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
    ~EventSourceReconnectPolicy() override;

    [[nodiscard]] bool isEnabled() const;
    void setEnabled(bool enabled);

    [[nodiscard]] int initialDelay() const;
    [[nodiscard]] std::chrono::milliseconds initialDelayAsDuration() const;
    void setInitialDelay(int milliseconds);
    void setInitialDelay(std::chrono::milliseconds duration);

    [[nodiscard]] int maximumDelay() const;
    [[nodiscard]] std::chrono::milliseconds maximumDelayAsDuration() const;
    void setMaximumDelay(int milliseconds);
    void setMaximumDelay(std::chrono::milliseconds duration);

    [[nodiscard]] qreal multiplier() const;
    void setMultiplier(qreal multiplier);

    [[nodiscard]] qreal jitter() const;
    void setJitter(qreal jitter);

    [[nodiscard]] int maximumAttempts() const;
    void setMaximumAttempts(int attempts);

    [[nodiscard]] bool retryHttpErrors() const;
    void setRetryHttpErrors(bool retry);

    [[nodiscard]] QList<int> retryStatuses() const;
    void setRetryStatuses(const QList<int> &statuses);

    [[nodiscard]] bool resend() const;
    void setResend(bool resend);
    void resetResend();

Q_SIGNALS:
    void enabledChanged();
    void initialDelayChanged();
    void maximumDelayChanged();
    void multiplierChanged();
    void jitterChanged();
    void maximumAttemptsChanged();
    void retryHttpErrorsChanged();
    void retryStatusesChanged();
    void resendChanged();

private:
    friend class EventSourceListener;
    friend class EventSourcePrivate::ListenerPrivate;
    explicit EventSourceReconnectPolicy(QObject *parent);

    std::unique_ptr<EventSourcePrivate::ReconnectPolicyPrivate> d;
};

#endif // EVENTSOURCERECONNECTPOLICY_H
