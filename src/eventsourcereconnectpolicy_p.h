// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCERECONNECTPOLICY_P_H
#define EVENTSOURCERECONNECTPOLICY_P_H

#include "session/backoff_p.h"

#include <optional>

namespace EventSourcePrivate {

class ReconnectPolicyPrivate
{
public:
    ReconnectSettings settings;
    std::optional<bool> resend;
    bool defaultResend = true;
};

} // namespace EventSourcePrivate

#endif // EVENTSOURCERECONNECTPOLICY_P_H
