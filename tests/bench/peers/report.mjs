// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Makes the tables and plots of performance.md from the output of compare.mjs, bench_delivery and
// bench_responsiveness.
//     node report.mjs PARSER.txt DELIVERY.txt RESPONSIVENESS.txt DOCS

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [parserFile, deliveryFile, responsivenessFile, docs] = process.argv.slice(2);
if (!docs) {
    console.error('usage: node report.mjs PARSER.txt DELIVERY.txt RESPONSIVENESS.txt DOCS');
    process.exit(2);
}

function readFigures(file, pattern) {
    const figures = new Map();
    for (const line of readFileSync(file, 'utf8').split('\n')) {
        const match = line.match(pattern);
        if (match)
            figures.set(match[1].replace(/ +/g, ' '), Number(match[2]));
    }
    if (figures.size === 0)
        throw new Error(`${file} has no figures`);
    return figures;
}

const parser = readFigures(parserFile, /^(\S+) +(\d+) MB\/s/);
const delivery = readFigures(deliveryFile, /^(\S+ +.*?) +(\d+) events\/s/);

function table(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)]
        .join('\n');
}

const withUnits = (value) => value === undefined ? '' : value.toLocaleString('en-US');
const ratio = (value, base) => value && base ? `${(value / base).toFixed(2)} ×` : '';

const parserWays = [
    ['ownedData', 'this parser, copy of data'],
    ['ownedEvent', 'this parser, copies of type, data and id'],
    ['views', 'this parser, views without copies'],
    ['eventsource-parser', 'npm `eventsource-parser`, from bytes'],
    ['undici', 'npm `undici`, its own parser'],
    ['lineScan', 'only search for line feeds'],
    ['copy', 'only copy'],
];
const pieces = [['64', '64 B'], ['16384', '16 KiB'], ['1048576', '1 MiB']];
function parserTable(head, workloads, ways, cell) {
    const columns = workloads.flatMap((workload) => pieces.map(([bytes, title]) =>
        ({ workload, bytes, title: `${workload}, ${title}` })));
    return table([head, ...columns.map(({ title }) => title)], ways.map(([way, title]) =>
        [title, ...columns.map(({ workload, bytes }) => cell(way, workload, bytes))]));
}

const speedTable = parserTable('MB/s', ['A', 'B'], parserWays, (way, workload, bytes) =>
    withUnits(parser.get(`${way}/${workload}/${bytes}`)));

// The time for a whole stream divided by the time for its half, which has the small letter. The fastest
// rounds are taken: other work on the machine only makes a round slower, and the median of a few rounds
// would still contain it.
const fastest = readFigures(parserFile, /^(\S+) +\d+ MB\/s.*–(\d+)$/);
const growthTable = parserTable('whole / half', ['C', 'D'],
    parserWays.filter(([way]) => fastest.has(`${way}/c/16384`)), (way, workload, bytes) =>
        ratio(2 * fastest.get(`${way}/${workload.toLowerCase()}/${bytes}`),
            fastest.get(`${way}/${workload}/${bytes}`)));

const handler = 'listener, QML handler';
const slot = 'listener, C++ slot';
const figure = (path, way) => delivery.get(`${path} ${way}`);
const waysOf = (path) => [...delivery.keys()].filter((key) => key.startsWith(`${path} `))
    .map((key) => key.slice(path.length + 1));

// The browser is where users of EventSource come from. Left out where it is not installed.
const browser = 'Chromium';

// A table of some paths of the server, each with its title, and how the handler compares with a browser.
function deliverySection(paths, target, protocol = '') {
    const ways = waysOf(paths[0][0]);
    if (ways.length === 0)
        throw new Error(`${deliveryFile} has no rows "${paths[0][0]}"`);
    const figures = table(
        ['events/s', ...paths.flatMap(([, title]) => [title, 'QML handler ÷ this'])],
        ways.map((way) => [way, ...paths.flatMap(([path]) =>
            [withUnits(figure(path, way)), ratio(figure(path, handler), figure(path, way))])]));
    if (!ways.includes(browser))
        return figures;
    const relative = paths.map(([path, title]) =>
        `${ratio(figure(path, handler), figure(path, browser))} with ${title}`);
    return `${figures}\n\nQML handler relative to ${browser}${protocol}: ${relative.join(',\n')} `
        + `(target: at least ${target} ×).`;
}

const eachEvent = 'one chunk per event';
const blocks = 'chunks of 16 KiB';
const deliverySections = [
    ['delivery', deliverySection([['chunk', eachEvent], ['block', blocks]], 2.5)],
    ['delivery-tls', deliverySection([['chunk-tls', eachEvent], ['block-tls', blocks]], 2, ' over https')],
    ['delivery-http2', deliverySection([['http2', 'DATA frames']], 2, ' over HTTP/2')],
];

// What does only a part of the work is in the table only: its bar would make the others too short.
const partial = ['bare QNAM, drained', 'no stream, only the QML handler', 'curl -N'];
const handlers = waysOf('chunk').filter((way) => !partial.includes(way));

// bench_responsiveness prints rows: what | measured | limit | met.
function responsivenessTable(file) {
    const rows = readFileSync(file, 'utf8').split('\n').map((line) => line.split('|'))
        .filter((cells) => cells.length === 4)
        .map((cells) => cells.map((cell) => cell.trim()));
    if (rows.length === 0)
        throw new Error(`${file} has no figures`);
    return table(['what', 'measured', 'limit', 'met'], rows);
}

// Horizontal bars; those of this library have another colour.
function plot(title, unit, bars) {
    const longest = Math.max(...bars.map((bar) => bar.value));
    const left = 250;
    const width = 760;
    const step = 26;
    const height = 46 + bars.length * step;
    const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const rows = bars.map(({ name, value, own }, i) => {
        const y = 40 + i * step;
        const length = Math.max(1, Math.round((value / longest) * (width - left - 110)));
        return `<text x="${left - 8}" y="${y + 13}" text-anchor="end">${escape(name)}</text>`
            + `<rect x="${left}" y="${y}" width="${length}" height="18" fill="${own ? '#2a7f62' : '#9aa5b1'}"/>`
            + `<text x="${left + length + 6}" y="${y + 13}">${withUnits(value)}</text>`;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" `
        + `viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#1f2933">\n`
        + `<title>${escape(title)}</title>\n<rect width="${width}" height="${height}" fill="#ffffff"/>\n`
        + `<text x="12" y="24" font-size="15" font-weight="bold">${escape(title)} (${unit})</text>\n`
        + `${rows.join('\n')}\n</svg>\n`;
}

for (const [path, name, title] of [['chunk', 'performance-chunk', 'One chunk per event'],
    ['block', 'performance-block', 'Chunks of 16 KiB']]) {
    writeFileSync(join(docs, 'images', `${name}.svg`), plot(title, 'events/s', handlers.map((way) =>
        ({ name: way, value: figure(path, way), own: way === handler || way === slot }))));
}

// The text around the tables stays as it is.
const file = join(docs, 'performance.md');
let page = readFileSync(file, 'utf8');
for (const [name, text] of [['parser', speedTable], ['growth', growthTable],
    ...deliverySections,
    ['responsiveness', responsivenessTable(responsivenessFile)]]) {
    const section = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!section.test(page))
        throw new Error(`${file} has no section "${name}"`);
    page = page.replace(section, `$1\n${text}\n\n$2`);
}
writeFileSync(file, page);
