// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// How many events per second a client for Node delivers to a handler that decodes JSON and reads two
// fields. bench_delivery runs it for comparison.
//     node receive.mjs eventsource|eventsource-client|undici URL COUNT

const [client, url, count] = process.argv.slice(2);

let received = 0;
let sum = 0;
const start = process.hrtime.bigint();
function take(text) {
    const data = JSON.parse(text);
    sum += data.id + data.value;
    if (++received < Number(count))
        return;
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(Math.round(received / seconds));
    process.exit(sum > 0 ? 0 : 1);
}

switch (client) {
case 'eventsource': {
    const { EventSource } = await import('eventsource');
    new EventSource(url).addEventListener('metrics', (event) => take(event.data));
    break;
}
case 'eventsource-client': {
    const { createEventSource } = await import('eventsource-client');
    createEventSource({ url, onMessage: (event) => take(event.data) });
    break;
}
case 'undici': {
    const { EventSource } = await import('undici');
    new EventSource(url).addEventListener('metrics', (event) => take(event.data));
    break;
}
default:
    console.error('usage: node receive.mjs eventsource|eventsource-client|undici URL COUNT');
    process.exit(2);
}
