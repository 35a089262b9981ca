// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCERECONNECTPOLICY_P_H
#define EVENTSOURCERECONNECTPOLICY_P_H

#include "reconnectpolicy_p.h"

#include <optional>

class EventSourceReconnectPolicyPrivate
{
public:
    ReconnectSettings settings;
    std::optional<bool> resend;
    bool defaultResend = true;
};

#endif // EVENTSOURCERECONNECTPOLICY_P_H
