// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCERECONNECTPOLICY_H
#define EVENTSOURCERECONNECTPOLICY_H

#include "eventsourceglobal.h"

#include <QtCore/qobject.h>
#include <QtQml/qqmlregistration.h>

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
    Q_PROPERTY(bool resend READ resend WRITE setResend RESET resetResend NOTIFY resendChanged FINAL)

public:
    ~EventSourceReconnectPolicy() override;

    bool isEnabled() const;
    void setEnabled(bool enabled);

    int initialDelay() const;
    void setInitialDelay(int milliseconds);

    int maximumDelay() const;
    void setMaximumDelay(int milliseconds);

    qreal multiplier() const;
    void setMultiplier(qreal multiplier);

    qreal jitter() const;
    void setJitter(qreal jitter);

    int maximumAttempts() const;
    void setMaximumAttempts(int attempts);

    bool retryHttpErrors() const;
    void setRetryHttpErrors(bool retry);

    bool resend() const;
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
    void resendChanged();

private:
    friend class EventSourceListener;
    friend class EventSourcePrivate::ListenerPrivate;
    explicit EventSourceReconnectPolicy(QObject *parent);
    void setDefaultResend(bool resend);

    std::unique_ptr<EventSourcePrivate::ReconnectPolicyPrivate> d;
};

#endif // EVENTSOURCERECONNECTPOLICY_H
