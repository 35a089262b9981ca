// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "logging_p.h"

#include <QtCore/qurl.h>

Q_LOGGING_CATEGORY(lcEventSource, "eventsource", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNetwork, "eventsource.network", QtInfoMsg)

QString displayUrl(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}
