// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef DECODEPOOL_P_H
#define DECODEPOOL_P_H

#include <functional>

namespace EventSourcePrivate {

// Runs a function in a thread pool of the library's own. The application's pool may be full of tasks
// that take long. At the end of the program, when the pool is gone, it runs at once.
void runInDecodePool(std::function<void()> function);

} // namespace EventSourcePrivate

#endif // DECODEPOOL_P_H
