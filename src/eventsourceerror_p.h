// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEERROR_P_H
#define EVENTSOURCEERROR_P_H

#include "eventsourceerror.h"

namespace EventSourcePrivate {

class ErrorData : public QSharedData
{
public:
    static EventSourceError wrap(ErrorData *data);

    EventSourceListener::ErrorCode code = EventSourceListener::NoError;
    QString message;
    int httpStatus = 0;
    QString body;
    bool willRetry = false;
    int retryIn = -1; // ms
};

} // namespace EventSourcePrivate

#endif // EVENTSOURCEERROR_P_H
