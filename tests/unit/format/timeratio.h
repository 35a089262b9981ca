// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TIMERATIO_H
#define TIMERATIO_H

#include <algorithm>
#include <array>
#include <ctime>

#if defined(__GLIBC__)
#  include <malloc.h>
#endif

// Before the first measurement.
inline void settleMalloc()
{
#if defined(__GLIBC__)
    // Else malloc learns to keep blocks up to 32 MiB, but gives larger ones back each time, and
    // twice the bytes take far more than twice the time whatever is measured.
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
}

// How many times longer the second one takes. Processor time, taken in turns: other programs on the
// machine and its changing clock disturb this least.
template <typename First, typename Second>
double timeRatio(First first, Second second)
{
    constexpr size_t rounds = 5;
    std::array<double, rounds> firsts;
    std::array<double, rounds> seconds;
    const auto measure = [](auto function) {
        const std::clock_t start = std::clock();
        function();
        return double(std::clock() - start);
    };
    for (size_t i = 0; i < rounds; ++i) {
        firsts[i] = measure(first);
        seconds[i] = measure(second);
    }
    std::sort(firsts.begin(), firsts.end());
    std::sort(seconds.begin(), seconds.end());
    return seconds[rounds / 2] / std::max(firsts[rounds / 2], 1.0);
}

constexpr double linear = 3.0; // the most that twice the bytes may take

#endif // TIMERATIO_H
