// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef REQUIRE_H
#define REQUIRE_H

#include <cstdio>
#include <cstdlib>

// What must be true for every input. If it is not, libFuzzer stores the input.
inline void require(bool condition, const char *what)
{
    if (condition)
        return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

#endif // REQUIRE_H
