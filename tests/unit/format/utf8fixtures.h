// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Written by utf8fixtures.mjs with the TextDecoder of node 20.20.2; do not edit.
// clang-format off

#ifndef UTF8FIXTURES_H
#define UTF8FIXTURES_H

namespace Utf8Fixtures {

inline constexpr unsigned char interesting[] = {
    0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
    0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
};

// SHA-256 over the results for all sequences of 1, 2, 3 and 4 interesting bytes in that order, each
// result followed by FF.
inline constexpr const char *digests[] = {
    "9d797bd32ed75647298b6cf6282d1cf915bc94ca78bf321fa12ba735b7599cc6",
    "dc47a08c07f0a7c9007d59cbc6c4a0a52f0943ea0a58025adc35f2f0c3979381",
    "460a86302198540a4a425eae348536d17213a5a5116c0ce008cdf929561d8304",
    "c55398ac9db01c08c4b88a1baee4c3f674ef57ddaca63ff6246efdd2a266922e",
};

struct Named
{
    const char *tag;
    const char *bytes; // in hexadecimal
    const char *decoded;
};

inline constexpr Named named[] = {
    {"lone continuation byte", "80", "efbfbd"},
    {"two continuation bytes", "80bf", "efbfbdefbfbd"},
    {"two of three bytes, then a letter", "e28241", "efbfbd41"},
    {"two of three bytes at the end", "e282", "efbfbd"},
    {"one of three bytes, then a letter", "e241", "efbfbd41"},
    {"three of four bytes, then a letter", "f09f9841", "efbfbd41"},
    {"three of four bytes at the end", "f09f98", "efbfbd"},
    {"lead byte after lead byte", "e2e282ac", "efbfbde282ac"},
    {"truncated character, then a whole one", "e282e282ac", "efbfbde282ac"},
    {"one continuation byte too many", "c3a4a4", "c3a4efbfbd"},
    {"overlong NUL", "c080", "efbfbdefbfbd"},
    {"overlong slash in three bytes", "e080af", "efbfbdefbfbdefbfbd"},
    {"overlong slash in four bytes", "f08080af", "efbfbdefbfbdefbfbdefbfbd"},
    {"first surrogate", "eda080", "efbfbdefbfbdefbfbd"},
    {"surrogate pair", "eda0bdedb880", "efbfbdefbfbdefbfbdefbfbdefbfbdefbfbd"},
    {"past U+10FFFF", "f4908080", "efbfbdefbfbdefbfbdefbfbd"},
    {"five byte form", "f888808080", "efbfbdefbfbdefbfbdefbfbdefbfbd"},
    {"FE and FF", "feff", "efbfbdefbfbd"},
    {"noncharacters are valid", "efbfbeefbfbfefb790", "efbfbeefbfbfefb790"},
    {"last code point", "f48fbfbf", "f48fbfbf"},
    {"byte order mark inside", "41efbbbf42", "41efbbbf42"},
    {"U+FFFD itself", "efbfbd", "efbfbd"},
    {"NUL", "410042", "410042"},
};

} // namespace Utf8Fixtures

#endif // UTF8FIXTURES_H
