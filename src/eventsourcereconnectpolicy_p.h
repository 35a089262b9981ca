// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCERECONNECTPOLICY_P_H
#define EVENTSOURCERECONNECTPOLICY_P_H

#include "session/backoff_p.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

namespace EventSourcePrivate {

// A duration as the properties have it, in ms. What is too long or negative stays so.
inline int toInt(std::chrono::milliseconds duration)
{
    using Count = std::chrono::milliseconds::rep;
    return int(std::clamp<Count>(duration.count(), -1, std::numeric_limits<int>::max()));
}

class ReconnectPolicyPrivate
{
public:
    bool mayResend() const { return resend.value_or(defaultResend); }

    // What the method of the request implies. Returns whether that changes mayResend(); the caller
    // emits resendChanged().
    bool setDefaultResend(bool newDefault)
    {
        const bool old = mayResend();
        defaultResend = newDefault;
        return mayResend() != old;
    }

    ReconnectSettings settings;
    std::optional<bool> resend;
    bool defaultResend = true;
};

} // namespace EventSourcePrivate

#endif // EVENTSOURCERECONNECTPOLICY_P_H
