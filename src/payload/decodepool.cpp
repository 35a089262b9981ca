// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/decodepool_p.h"

#include <QtCore/qglobalstatic.h>
#include <QtCore/qthreadpool.h>

#include <utility>

namespace EventSourcePrivate {

namespace {

Q_GLOBAL_STATIC(QThreadPool, decodePool)

} // namespace

void runInDecodePool(std::function<void()> function)
{
    if (decodePool.isDestroyed())
        function();
    else
        decodePool->start(std::move(function));
}

} // namespace EventSourcePrivate
