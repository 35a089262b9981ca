// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The input is a byte with the limit, a byte n, n sizes of pieces, and the stream. For every input the
// tokens must be those of the standard's algorithm, wherever the stream is split, and the parser must
// not hold more than the limit allows.

#include "parsedtoken.h"
#include "referenceparser.h"
#include "require.h"

#include <sanitizer/allocator_interface.h>

namespace {

template <typename Function>
void forEachPiece(QByteArrayView stream, QByteArrayView sizes, Function function)
{
    for (qsizetype at = 0, i = 0; at < stream.size(); ++i) {
        const qsizetype wanted =
                sizes.isEmpty() ? stream.size() : uchar(sizes[i % sizes.size()]) + 1;
        const qsizetype size = std::min(wanted, stream.size() - at);
        function(stream.sliced(at, size));
        at += size;
    }
}

QList<ParsedToken> parse(QByteArrayView stream, QByteArrayView sizes, qsizetype limit)
{
    StreamParser parser;
    parser.setMaximumEventSize(limit);
    QList<ParsedToken> tokens;
    forEachPiece(stream, sizes, [&](QByteArrayView piece) { feed(parser, piece, tokens); });
    return tokens;
}

size_t mostHeld(QByteArrayView stream, QByteArrayView sizes, qsizetype limit)
{
    const size_t before = __sanitizer_get_current_allocated_bytes();
    size_t most = before;
    StreamParser parser;
    parser.setMaximumEventSize(limit);
    forEachPiece(stream, sizes, [&](QByteArrayView piece) {
        parser.setInput(piece);
        StreamParser::Token token;
        do {
            token = parser.next();
            most = std::max(most, __sanitizer_get_current_allocated_bytes());
        } while (token != StreamParser::Token::NeedInput);
    });
    return most - before;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView input(bytes, qsizetype(size));
    const qsizetype limit = bytes[0] == 0 ? 16 * 1024 * 1024 : bytes[0];
    const qsizetype count = std::min<qsizetype>(bytes[1], input.size() - 2);
    const QByteArrayView sizes = input.sliced(2, count);
    const QByteArrayView stream = input.sliced(2 + count);

    const QList<ParsedToken> expected = Reference::parse(stream.toByteArray(), limit);
    require(parse(stream, {}, limit) == expected, "tokens of the whole stream");
    require(parse(stream, QByteArrayView("\0", 1), limit) == expected, "tokens byte by byte");
    require(parse(stream, sizes, limit) == expected, "tokens in pieces");

    // Line, data, type, the new and the last id, each with spare capacity. U+FFFD has three bytes. The
    // rest is for the headers of the buffers.
    if (bytes[0] != 0)
        require(mostHeld(stream, sizes, limit) <= size_t(16 * limit + 1024), "memory bound");
    return 0;
}
