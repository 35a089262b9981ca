// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The speed of the parser, and an upper bound for it on this machine: a search for line feeds and a
// copy of the same bytes in the same pieces.
//
// Names: <what>/<workload>/<bytes per piece>. Workloads:
//   A  id, event and data with JSON, about 110 bytes an event
//   B  data only, 300 bytes an event
//   C  one line of 64 MiB
//   D  a million comment lines
//   c, d  half of C and D, to measure how the time grows

#include "format/streamparser_p.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <string>

using namespace EventSourcePrivate;

namespace {

using Token = StreamParser::Token;

// Small enough for the processor's cache, where a client also finds the bytes that it has just read
// from a socket.
constexpr qsizetype streamSize = 4 * 1024 * 1024;

// peers/parse.mjs makes the same bytes.
QByteArray makeWorkload(char name)
{
    QByteArray stream;
    switch (name) {
    case 'A':
        for (int i = 1000000; stream.size() < streamSize; ++i) {
            const QByteArray number = QByteArray::number(i);
            stream += "id: " + number + "\nevent: metric\ndata: {\"host\":\"web-" + number.right(2)
                    + "\",\"cpu\":0." + number.right(4) + ",\"memory\":0.7215,\"time\":1700000"
                    + number.right(6) + ",\"ok\":true}\n\n";
        }
        break;
    case 'B':
        for (int i = 1000000; stream.size() < streamSize; ++i) {
            const QByteArray number = QByteArray::number(i);
            const QByteArray text = "{\"build\":" + number + ",\"text\":\"";
            stream += "data: " + text + QByteArray(292 - text.size(), 'a' + i % 26) + "\"}\n\n";
        }
        break;
    case 'C':
    case 'c':
        stream = "data: " + QByteArray((name == 'C' ? 64 : 32) * 1024 * 1024, 'x') + "\n\n";
        break;
    case 'D':
    case 'd':
        stream = QByteArray(": keep alive\n").repeated(name == 'D' ? 1000000 : 500000);
        break;
    }
    return stream;
}

const QByteArray &workload(char name)
{
    static std::map<char, QByteArray> streams;
    QByteArray &stream = streams[name];
    if (stream.isEmpty())
        stream = makeWorkload(name);
    return stream;
}

template <typename Function>
void forEachPiece(const QByteArray &stream, qsizetype pieceSize, Function function)
{
    for (qsizetype at = 0; at < stream.size(); at += pieceSize) {
        const qsizetype size = std::min(pieceSize, stream.size() - at);
        function(QByteArrayView(stream.constData() + at, size));
    }
}

template <typename OnToken>
void parse(benchmark::State &state, char name, OnToken onToken)
{
    const QByteArray &stream = workload(name);
    int64_t tokens = 0;
    for (auto _ : state) {
        StreamParser parser;
        parser.setMaximumEventSize(128 * 1024 * 1024);
        forEachPiece(stream, state.range(0), [&](QByteArrayView piece) {
            parser.setInput(piece);
            for (Token token; (token = parser.next()) != Token::NeedInput; ++tokens)
                onToken(parser, token);
        });
    }
    state.SetItemsProcessed(tokens);
    state.SetBytesProcessed(int64_t(state.iterations()) * stream.size());
}

// Type, data and id as owned values, as the application gets them.
void ownedEvent(benchmark::State &state, char name)
{
    parse(state, name, [](const StreamParser &parser, Token token) {
        if (token == Token::Comment) {
            benchmark::DoNotOptimize(parser.comment());
        } else {
            benchmark::DoNotOptimize(parser.type());
            benchmark::DoNotOptimize(parser.data());
            benchmark::DoNotOptimize(parser.lastEventId());
        }
    });
}

void ownedData(benchmark::State &state, char name)
{
    parse(state, name,
          [](const StreamParser &parser, Token) { benchmark::DoNotOptimize(parser.data()); });
}

void views(benchmark::State &state, char name)
{
    parse(state, name,
          [](const StreamParser &parser, Token) { benchmark::DoNotOptimize(parser.rawData()); });
}

void lineScan(benchmark::State &state, char name)
{
    const QByteArray &stream = workload(name);
    for (auto _ : state) {
        qsizetype lines = 0;
        forEachPiece(stream, state.range(0), [&](QByteArrayView piece) {
            const char *pos = piece.begin();
            while (const void *found = std::memchr(pos, '\n', size_t(piece.end() - pos))) {
                ++lines;
                pos = static_cast<const char *>(found) + 1;
            }
        });
        benchmark::DoNotOptimize(lines);
    }
    state.SetBytesProcessed(int64_t(state.iterations()) * stream.size());
}

void copy(benchmark::State &state, char name)
{
    const QByteArray &stream = workload(name);
    QByteArray target(state.range(0), Qt::Uninitialized);
    for (auto _ : state) {
        forEachPiece(stream, state.range(0), [&](QByteArrayView piece) {
            std::memcpy(target.data(), piece.data(), size_t(piece.size()));
            benchmark::ClobberMemory();
        });
    }
    state.SetBytesProcessed(int64_t(state.iterations()) * stream.size());
}

void registerBenchmarks()
{
    using Function = void (*)(benchmark::State &, char);
    const auto add = [](const char *what, Function function, char name) {
        const std::string title = std::string(what) + '/' + name;
        benchmark::RegisterBenchmark(title.c_str(), function, name)
                ->Arg(64)
                ->Arg(16 * 1024)
                ->Arg(1024 * 1024)
                ->Unit(benchmark::kMillisecond);
    };
    // The half runs right after its whole, so that both run under the same load of the machine.
    for (const char name : {'A', 'B', 'C', 'c', 'D', 'd'}) {
        add("ownedEvent", ownedEvent, name);
        if (name == 'c' || name == 'd')
            continue;
        if (name != 'D')
            add("ownedData", ownedData, name);
        add("views", views, name);
        add("lineScan", lineScan, name);
        add("copy", copy, name);
    }
}

} // namespace

int main(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    registerBenchmarks();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
