// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The parsers of Node's clients on the workloads of bench_streamparser.
//     node parse.mjs eventsource-parser|undici [FILTER] [--json]
// FILTER is a regular expression for the names: <parser>/<workload>/<bytes per piece>. Each parser runs
// in a process of its own, so that the JIT compiler optimizes for this parser alone.

import { createParser } from 'eventsource-parser';
// Not exported. The EventSource of undici pipes the bytes into it.
import { EventSourceStream } from 'undici/lib/web/eventsource/eventsource-stream.js';

const streamSize = 4 * 1024 * 1024;
const pieceSizes = [64, 16 * 1024, 1024 * 1024];

// The same bytes as in bench_streamparser.cpp.
const workloads = {
    A() {
        const parts = [];
        for (let i = 1000000, size = 0; size < streamSize; ++i) {
            const number = String(i);
            const part = `id: ${number}\nevent: metric\ndata: {"host":"web-${number.slice(-2)}","cpu":0.`
                + `${number.slice(-4)},"memory":0.7215,"time":1700000${number.slice(-6)},"ok":true}\n\n`;
            parts.push(part);
            size += part.length;
        }
        return parts.join('');
    },
    B() {
        const parts = [];
        for (let i = 1000000, size = 0; size < streamSize; ++i) {
            const text = `{"build":${i},"text":"`;
            const letter = String.fromCharCode(97 + (i % 26));
            const part = `data: ${text}${letter.repeat(292 - text.length)}"}\n\n`;
            parts.push(part);
            size += part.length;
        }
        return parts.join('');
    },
    C: () => `data: ${'x'.repeat(64 * 1024 * 1024)}\n\n`,
    c: () => `data: ${'x'.repeat(32 * 1024 * 1024)}\n\n`,
    D: () => ': keep alive\n'.repeat(1000000),
    d: () => ': keep alive\n'.repeat(500000),
};

// Each makes a function that takes bytes and calls take() with the text of every event in them.
const parsers = {
    // Through a streaming TextDecoder, as every client of this parser needs it.
    'eventsource-parser'(take) {
        const parser = createParser({ onEvent: (event) => take(event.data), onComment: take });
        const decoder = new TextDecoder();
        return (bytes) => parser.feed(decoder.decode(bytes, { stream: true }));
    },
    // Skips comments.
    undici(take) {
        const stream = new EventSourceStream({ push: (event) => take(event.options.data) });
        return (bytes) => stream.write(bytes);
    },
};

const [parser, ...options] = process.argv.slice(2);
if (!(parser in parsers)) {
    console.error('usage: node parse.mjs eventsource-parser|undici [FILTER] [--json]');
    process.exit(2);
}

function run(bytes, pieceSize) {
    let tokens = 0;
    let length = 0; // so that no result is unused
    const feed = parsers[parser]((text) => { ++tokens; length += text.length; });
    // Processor time, as the benchmark reports it. The time of Node's helper threads counts too.
    const start = process.cpuUsage();
    for (let at = 0; at < bytes.length; at += pieceSize)
        feed(bytes.subarray(at, at + pieceSize));
    const { user, system } = process.cpuUsage(start);
    const seconds = (user + system) / 1e6;
    const parsed = length;
    feed(Buffer.from('\ndata: end\n\n'));
    if (length !== parsed + 3)
        throw new Error(`${parser} gave up`);
    return { megabytesPerSecond: bytes.length / 1e6 / seconds, tokensPerSecond: tokens / seconds };
}

const filter = new RegExp(options.find((option) => option !== '--json') ?? '/[AB]/');
const results = [];
for (const [workload, make] of Object.entries(workloads)) {
    let bytes; // made where it is needed
    for (const pieceSize of pieceSizes) {
        const name = `${parser}/${workload}/${pieceSize}`;
        // undici keeps at most 131,072 pieces.
        if (!filter.test(name) || /^undici\/c\/64$/i.test(name))
            continue;
        bytes ??= Buffer.from(make());
        const rounds = bytes.length > 2 * streamSize ? 1 : 5; // long streams vary little
        for (let i = 0; i < rounds; ++i)
            run(bytes, pieceSize); // warm-up for the JIT compiler
        const runs = Array.from({ length: rounds }, () => run(bytes, pieceSize));
        runs.sort((a, b) => a.megabytesPerSecond - b.megabytesPerSecond);
        results.push({ name, ...runs[Math.floor(rounds / 2)] });
    }
}

if (options.includes('--json')) {
    console.log(JSON.stringify(results));
} else {
    for (const { name, megabytesPerSecond, tokensPerSecond } of results)
        console.log(`${name.padEnd(32)}${megabytesPerSecond.toFixed(0).padStart(8)} MB/s`
            + `${(tokensPerSecond / 1e6).toFixed(2).padStart(8)} M/s`);
}
