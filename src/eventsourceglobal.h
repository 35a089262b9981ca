// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEGLOBAL_H
#define EVENTSOURCEGLOBAL_H

#include <QtCore/qglobal.h>

#if defined(EVENTSOURCE_STATIC)
#  define EVENTSOURCE_EXPORT
#elif defined(EVENTSOURCE_BUILDING)
#  define EVENTSOURCE_EXPORT Q_DECL_EXPORT
#else
#  define EVENTSOURCE_EXPORT Q_DECL_IMPORT
#endif

#endif // EVENTSOURCEGLOBAL_H
