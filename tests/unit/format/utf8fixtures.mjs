// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Writes utf8fixtures.h: what a decoder that is not ours makes of invalid UTF-8.
//     node utf8fixtures.mjs > utf8fixtures.h

import { createHash } from 'node:crypto';

// Both ends of every range that the definition of UTF-8 knows, and their neighbours.
const interesting = [
    0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
    0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
];

const named = {
    'lone continuation byte': [0x80],
    'two continuation bytes': [0x80, 0xbf],
    'two of three bytes, then a letter': [0xe2, 0x82, 0x41],
    'two of three bytes at the end': [0xe2, 0x82],
    'one of three bytes, then a letter': [0xe2, 0x41],
    'three of four bytes, then a letter': [0xf0, 0x9f, 0x98, 0x41],
    'three of four bytes at the end': [0xf0, 0x9f, 0x98],
    'lead byte after lead byte': [0xe2, 0xe2, 0x82, 0xac],
    'truncated character, then a whole one': [0xe2, 0x82, 0xe2, 0x82, 0xac],
    'one continuation byte too many': [0xc3, 0xa4, 0xa4],
    'overlong NUL': [0xc0, 0x80],
    'overlong slash in three bytes': [0xe0, 0x80, 0xaf],
    'overlong slash in four bytes': [0xf0, 0x80, 0x80, 0xaf],
    'first surrogate': [0xed, 0xa0, 0x80],
    'surrogate pair': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
    'past U+10FFFF': [0xf4, 0x90, 0x80, 0x80],
    'five byte form': [0xf8, 0x88, 0x80, 0x80, 0x80],
    'FE and FF': [0xfe, 0xff],
    'noncharacters are valid': [0xef, 0xbf, 0xbe, 0xef, 0xbf, 0xbf, 0xef, 0xb7, 0x90],
    'last code point': [0xf4, 0x8f, 0xbf, 0xbf],
    'byte order mark inside': [0x41, 0xef, 0xbb, 0xbf, 0x42],
    'U+FFFD itself': [0xef, 0xbf, 0xbd],
    'NUL': [0x41, 0x00, 0x42],
};

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();
const decode = (bytes) => encoder.encode(decoder.decode(Uint8Array.from(bytes)));

// All outputs for one length, each followed by a byte that cannot be part of UTF-8.
function digest(length) {
    const hash = createHash('sha256');
    const bytes = new Array(length);
    const fill = (at) => {
        if (at === length) {
            hash.update(decode(bytes));
            hash.update(Uint8Array.of(0xff));
            return;
        }
        for (const byte of interesting) {
            bytes[at] = byte;
            fill(at + 1);
        }
    };
    fill(0);
    return hash.digest('hex');
}

const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const literal = interesting.map((b) => '0x' + b.toString(16).toUpperCase().padStart(2, '0'));

console.log(`// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Written by utf8fixtures.mjs with the TextDecoder of node ${process.versions.node}; do not edit.
// clang-format off

#ifndef UTF8FIXTURES_H
#define UTF8FIXTURES_H

namespace Utf8Fixtures {

inline constexpr unsigned char interesting[] = {
    ${literal.slice(0, 13).join(', ')},
    ${literal.slice(13).join(', ')},
};

// SHA-256 over the results for all sequences of 1, 2, 3 and 4 interesting bytes in that order, each
// result followed by FF.
inline constexpr const char *digests[] = {
${[1, 2, 3, 4].map((length) => `    "${digest(length)}",`).join('\n')}
};

struct Named
{
    const char *tag;
    const char *bytes; // in hexadecimal
    const char *decoded;
};

inline constexpr Named named[] = {
${Object.entries(named).map(([tag, bytes]) => `    {"${tag}", "${hex(bytes)}", "${hex(decode(bytes))}"},`).join('\n')}
};

} // namespace Utf8Fixtures

#endif // UTF8FIXTURES_H`);
