// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// TLS before the plain server of bench_delivery: one port passes its bytes through as they are, so with
// the same chunks, and another one speaks HTTP/2. Prints both ports.
//     node tlsfront.mjs PORT CERTIFICATE KEY

import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createSecureServer } from 'node:http2';
import { connect } from 'node:net';
import { pipeline } from 'node:stream';
import { createServer } from 'node:tls';

const [port, certificate, key] = process.argv.slice(2);
if (!key) {
    console.error('usage: node tlsfront.mjs PORT CERTIFICATE KEY');
    process.exit(2);
}
const options = { cert: readFileSync(certificate), key: readFileSync(key) };

// A client may leave at any time.
function ignore() {}

const passing = createServer({ ...options, ALPNProtocols: ['http/1.1'] }, (client) => {
    // Not a pipeline(): that would destroy the client when the server has ended, with bytes to be sent.
    const server = connect(port, '127.0.0.1');
    client.pipe(server).pipe(client);
    client.on('error', ignore).on('close', () => server.destroy());
    server.on('error', () => client.destroy());
});

const http2 = createSecureServer(options);
http2.on('stream', (stream, headers) => {
    stream.on('error', ignore);
    get({ host: '127.0.0.1', port, path: headers[':path'], agent: false }, (response) => {
        if (stream.destroyed)
            return;
        stream.respond({
            ':status': response.statusCode,
            'content-type': response.headers['content-type'],
        });
        pipeline(response, stream, ignore);
    }).on('error', () => stream.close());
});

for (const server of [passing, http2]) {
    server.on('tlsClientError', ignore);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}
process.stdin.on('end', () => process.exit()).resume(); // when the bench has ended, however it did
console.log(passing.address().port, http2.address().port);
