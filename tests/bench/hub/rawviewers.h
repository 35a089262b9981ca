// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef RAWVIEWERS_H
#define RAWVIEWERS_H

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

// Many plain sockets that read one stream in a thread of their own. Its events have data that
// begin with {"n":NUMBER,"at":NANOSECONDS, numbered from 0 without a gap.
class RawViewers
{
public:
    RawViewers(uint16_t port, int count);
    ~RawViewers();

    // How many get the stream.
    int open() const { return m_open; }
    // How many have got the event with this number.
    int arrivedAt(int number) const;

    // The rest is known when the thread has ended.
    void stop();
    // Events that were skipped or came twice, and connections that broke.
    int64_t lost() const { return m_lost; }
    int64_t repeated() const { return m_repeated; }
    int broken() const { return m_broken; }
    int64_t received() const { return int64_t(m_latencies.size()); }
    // Microseconds from the time in the event: of each event at each viewer, and of each event at
    // the viewer that got it last.
    std::vector<uint32_t> &latencies() { return m_latencies; }
    std::vector<uint32_t> &lastLatencies() { return m_lastLatencies; }

private:
    struct Viewer
    {
        int socket = -1;
        int next = 0;
        std::string line; // unfinished
        bool open = false;
    };
    void run(uint16_t port, int count);
    bool connect(Viewer &viewer, uint16_t port);
    bool read(Viewer &viewer);
    void take(Viewer &viewer, const std::string &line, int64_t now);

    std::vector<Viewer> m_viewers;
    std::vector<std::atomic<int>> m_arrived; // by number
    std::vector<uint32_t> m_latencies;
    std::vector<uint32_t> m_lastLatencies; // by number
    int64_t m_lost = 0;
    int64_t m_repeated = 0;
    int m_broken = 0;
    std::atomic<int> m_open = 0;
    std::atomic<bool> m_stopped = false;
    std::thread m_thread;
};

// The clock of the events.
inline int64_t steadyNanoseconds()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

#endif // RAWVIEWERS_H
