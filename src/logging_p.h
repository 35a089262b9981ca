// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef LOGGING_P_H
#define LOGGING_P_H

#include <QtCore/qloggingcategory.h>
#include <QtCore/qstring.h>

QT_BEGIN_NAMESPACE
class QUrl;
QT_END_NAMESPACE

Q_DECLARE_LOGGING_CATEGORY(lcEventSource)
Q_DECLARE_LOGGING_CATEGORY(lcNetwork)

// A URL for people and logs: user info, query and fragment may hold secrets and stay out.
QString displayUrl(const QUrl &url);

#endif // LOGGING_P_H
