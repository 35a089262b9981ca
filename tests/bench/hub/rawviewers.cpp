// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "rawviewers.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {
constexpr int maximumNumber = 100000;
constexpr char request[] = "GET /events HTTP/1.1\r\nHost: hub\r\nAccept: text/event-stream\r\n\r\n";
} // namespace

RawViewers::RawViewers(uint16_t port, int count)
    : m_viewers(size_t(count)), m_arrived(maximumNumber), m_lastLatencies(maximumNumber)
{
    m_latencies.reserve(10000000);
    m_thread = std::thread([this, port, count] { run(port, count); });
}

RawViewers::~RawViewers()
{
    stop();
}

int RawViewers::arrivedAt(int number) const
{
    return m_arrived[size_t(number)];
}

void RawViewers::stop()
{
    m_stopped = true;
    if (m_thread.joinable())
        m_thread.join();
}

void RawViewers::run(uint16_t port, int count)
{
    const int poll = epoll_create1(0);
    int connected = 0;
    std::vector<epoll_event> events(1024);
    while (!m_stopped) {
        // Not all at once: the queue of connections that nginx has not taken yet is short.
        while (connected < count && connected - m_open < 100) {
            Viewer &viewer = m_viewers[size_t(connected++)];
            epoll_event event {};
            event.events = EPOLLIN;
            event.data.ptr = &viewer;
            if (!connect(viewer, port) || epoll_ctl(poll, EPOLL_CTL_ADD, viewer.socket, &event))
                ++m_broken;
        }
        const int ready = epoll_wait(poll, events.data(), int(events.size()), 100);
        for (int i = 0; i < ready; ++i) {
            auto *viewer = static_cast<Viewer *>(events[size_t(i)].data.ptr);
            if (!read(*viewer)) {
                ++m_broken;
                epoll_ctl(poll, EPOLL_CTL_DEL, viewer->socket, nullptr);
            }
        }
    }
    for (const Viewer &viewer : m_viewers) {
        if (viewer.socket >= 0)
            close(viewer.socket);
    }
    close(poll);
}

bool RawViewers::connect(Viewer &viewer, uint16_t port)
{
    viewer.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return viewer.socket >= 0
            && ::connect(viewer.socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0
            && write(viewer.socket, request, sizeof request - 1) == ssize_t(sizeof request - 1)
            && fcntl(viewer.socket, F_SETFL, O_NONBLOCK) == 0;
}

bool RawViewers::read(Viewer &viewer)
{
    char buffer[16384];
    const ssize_t size = ::read(viewer.socket, buffer, sizeof buffer);
    if (size <= 0)
        return size < 0 && errno == EAGAIN;
    const int64_t now = steadyNanoseconds();
    // The sizes of the chunks are lines of their own, which are of no interest here.
    const char *position = buffer;
    const char *const end = buffer + size;
    while (position != end) {
        const char *const newline = std::find(position, end, '\n');
        viewer.line.append(position, newline);
        if (newline == end)
            break;
        take(viewer, viewer.line, now);
        viewer.line.clear();
        position = newline + 1;
    }
    return true;
}

void RawViewers::take(Viewer &viewer, const std::string &line, int64_t now)
{
    static const std::string beginning = "data: {\"n\":";
    if (!viewer.open && line.compare(0, 12, "HTTP/1.1 200") == 0) {
        viewer.open = true;
        ++m_open;
    }
    if (line.compare(0, beginning.size(), beginning) != 0)
        return;
    char *rest = nullptr;
    const int number = int(std::strtol(line.c_str() + beginning.size(), &rest, 10));
    const int64_t at = std::strtoll(rest + 6, nullptr, 10); // behind ,"at":
    if (number < viewer.next) {
        ++m_repeated;
        return;
    }
    m_lost += number - viewer.next;
    viewer.next = number + 1;
    const auto latency = uint32_t((now - at) / 1000);
    m_latencies.push_back(latency);
    m_lastLatencies[size_t(number)] = std::max(m_lastLatencies[size_t(number)], latency);
    ++m_arrived[size_t(number)];
}
