// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Runs the benchmark and the peers alternately, so that changes of the machine's load affect all of them,
// and prints the medians with the range from the lowest to the highest round.
//     node compare.mjs path/to/bench_streamparser [rounds] [filter]

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [program, rounds = '5', filter] = process.argv.slice(2);
if (!program) {
    console.error('usage: node compare.mjs path/to/bench_streamparser [rounds] [filter]');
    process.exit(2);
}

const samples = new Map();
function add(name, megabytesPerSecond, tokensPerSecond) {
    if (!samples.has(name))
        samples.set(name, []);
    samples.get(name).push({ megabytesPerSecond, tokensPerSecond });
}

const options = { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] };
for (let round = 0; round < Number(rounds); ++round) {
    const own = execFileSync(program, [
        '--benchmark_format=json', '--benchmark_min_time=0.2',
        `--benchmark_filter=${filter ?? '/[AB]/|ownedEvent/[CcDd]/'}`,
    ], options);
    for (const row of JSON.parse(own).benchmarks)
        add(row.name, row.bytes_per_second / 1e6, row.items_per_second);

    // The peers need much time for the long streams, so these run in the first rounds only.
    const peerFilter = filter ?? (round < 3 ? '/[A-Dcd]/' : '/[AB]/');
    for (const parser of ['eventsource-parser', 'undici']) {
        const peer = execFileSync(process.execPath, [
            fileURLToPath(new URL('parse.mjs', import.meta.url)), parser, peerFilter, '--json',
        ], options);
        for (const row of JSON.parse(peer))
            add(row.name, row.megabytesPerSecond, row.tokensPerSecond);
    }
}

for (const [name, list] of samples) {
    list.sort((a, b) => a.megabytesPerSecond - b.megabytesPerSecond);
    const median = list[Math.floor(list.length / 2)];
    const spread = `${list[0].megabytesPerSecond.toFixed(0)}–${list.at(-1).megabytesPerSecond.toFixed(0)}`;
    const tokens = median.tokensPerSecond ? `${(median.tokensPerSecond / 1e6).toFixed(2)} M/s` : '';
    console.log(`${name.padEnd(32)}${median.megabytesPerSecond.toFixed(0).padStart(8)} MB/s`
        + `${tokens.padStart(12)}   ${spread}`);
}
