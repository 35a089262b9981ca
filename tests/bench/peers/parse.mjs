// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The npm package eventsource-parser on the workloads of bench_streamparser, fed bytes through a
// streaming TextDecoder as a client has to.
//     node parse.mjs [workload…] [--json]

import { createParser } from 'eventsource-parser';

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
    D: () => ': keep alive\n'.repeat(1000000),
};

function run(bytes, pieceSize) {
    let tokens = 0;
    let length = 0; // so that no result is unused
    const parser = createParser({
        onEvent: (event) => { ++tokens; length += event.data.length; },
        onComment: (comment) => { ++tokens; length += comment.length; },
    });
    const decoder = new TextDecoder();
    // Processor time, as the benchmark reports it; that of node's own helper threads counts too.
    const start = process.cpuUsage();
    for (let at = 0; at < bytes.length; at += pieceSize)
        parser.feed(decoder.decode(bytes.subarray(at, at + pieceSize), { stream: true }));
    const { user, system } = process.cpuUsage(start);
    const seconds = (user + system) / 1e6;
    if (length === 0)
        throw new Error('nothing was parsed');
    return { megabytesPerSecond: bytes.length / 1e6 / seconds, tokensPerSecond: tokens / seconds };
}

const names = process.argv.slice(2).filter((name) => name in workloads);
const results = [];
for (const name of names.length > 0 ? names : ['A', 'B']) {
    const bytes = new TextEncoder().encode(workloads[name]());
    for (const pieceSize of pieceSizes) {
        for (let i = 0; i < 5; ++i)
            run(bytes, pieceSize); // lets the compiler see it first
        const runs = Array.from({ length: 5 }, () => run(bytes, pieceSize));
        runs.sort((a, b) => a.megabytesPerSecond - b.megabytesPerSecond);
        results.push({ name: `eventsource-parser/${name}/${pieceSize}`, ...runs[2] });
    }
}

if (process.argv.includes('--json')) {
    console.log(JSON.stringify(results));
} else {
    for (const { name, megabytesPerSecond, tokensPerSecond } of results)
        console.log(`${name.padEnd(32)}${megabytesPerSecond.toFixed(0).padStart(8)} MB/s`
            + `${(tokensPerSecond / 1e6).toFixed(2).padStart(8)} M/s`);
}
