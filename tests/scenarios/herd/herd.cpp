// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "herd.h"

#include <QtCore/qrandom.h>

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace {

constexpr int binsPerSecond = 10;

int worstSecond(const std::vector<int> &arrivals, int firstBin)
{
    int worst = 0;
    int sum = 0;
    for (int bin = firstBin; bin < int(arrivals.size()); ++bin) {
        sum += arrivals[size_t(bin)];
        if (bin - binsPerSecond >= firstBin)
            sum -= arrivals[size_t(bin - binsPerSecond)];
        worst = std::max(worst, sum);
    }
    return worst;
}

} // namespace

HerdResult simulate(const Herd &herd)
{
    QRandomGenerator random(herd.seed);
    std::vector<Backoff> policies(size_t(herd.clients),
                                  Backoff([&random] { return random.generateDouble(); }));
    // Who arrives when, the earliest first.
    using Arrival = std::pair<int, size_t>;
    std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> queue;
    for (size_t i = 0; i < policies.size(); ++i) {
        if (herd.serverRetry >= 0)
            policies[i].setServerDelay(herd.serverRetry);
        policies[i].succeed(); // it had events until the server died
        queue.push({policies[i].delay(herd.settings), i});
    }

    HerdResult result;
    const int base = herd.serverRetry >= 0 ? herd.serverRetry : herd.settings.initialDelay;
    result.evenSpread = herd.clients / (base * herd.settings.jitter / 1000);
    qint64 attempts = 0;
    int second = -1;
    int acceptedInSecond = 0;
    while (!queue.empty()) {
        const auto [now, client] = queue.top();
        queue.pop();
        const auto bin = size_t(now * binsPerSecond / 1000);
        if (result.arrivals.size() <= bin)
            result.arrivals.resize(bin + 1);
        ++result.arrivals[bin];
        ++attempts;

        int minimum = 0;
        if (now >= herd.downFor) {
            if (std::exchange(second, now / 1000) != now / 1000)
                acceptedInSecond = 0;
            if (herd.capacity == 0 || acceptedInSecond < herd.capacity) {
                ++acceptedInSecond;
                result.lastServed = now;
                continue;
            }
            minimum = herd.retryAfter * 1000;
            if (herd.retryAtDate) // one instant for all who are refused in this interval
                minimum -= (now - herd.downFor) % std::max(minimum, 1);
        }
        policies[client].fail();
        queue.push({now + policies[client].delay(herd.settings, minimum), client});
    }
    result.worstSecond = worstSecond(result.arrivals, 0);
    result.worstSecondAfterReturn =
            worstSecond(result.arrivals, herd.downFor * binsPerSecond / 1000);
    result.attemptsPerClient = double(attempts) / herd.clients;
    return result;
}
