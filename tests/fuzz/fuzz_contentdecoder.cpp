// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The input is a byte of flags, a byte n, n sizes of pieces, and a body. With the flag it is
// compressed first, because chance does not find checksums. Whatever the body is, the output and the
// error are the same however both sides are cut, there is never more output than was asked for and
// never much memory, and what zlib takes in one go is decoded and nothing else.

#include "net/contentdecoder_p.h"
#include "require.h"

#include <sanitizer/allocator_interface.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace {

using EventSourcePrivate::ContentDecoder;
using State = ContentDecoder::State;

constexpr int gzipFormat = MAX_WBITS + 16;
constexpr int zlibFormat = MAX_WBITS;
constexpr int rawFormat = -MAX_WBITS;

// A few KiB may become some MiB, which is too slow byte by byte. More than the window of 32 KiB.
constexpr qsizetype enoughOutput = 40 * 1024;
constexpr qsizetype largestOutput = 32 * 1024; // of one call
constexpr size_t memoryLimit = 64 * 1024;

struct Decoded
{
    QByteArray output;
    QString error;
    State state = State::NeedsInput;
    bool isComplete = false;
    bool isCutOff = false; // enough output

    bool operator==(const Decoded &other) const
    {
        return output == other.output
                && ((isCutOff && other.isCutOff)
                    || (error == other.error && state == other.state
                        && isComplete == other.isComplete));
    }
};

Decoded decode(const char *coding, QByteArrayView body, QByteArrayView inputSizes,
               QByteArrayView outputSizes)
{
    Decoded result;
    result.output.reserve(enoughOutput);
    // AddressSanitizer watches its end, so that is where the output goes.
    const auto buffer = std::make_unique<char[]>(largestOutput);
    const size_t before = __sanitizer_get_current_allocated_bytes();
    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding(coding);
    require(decoder.has_value(), "coding");
    qsizetype i = 0;
    qsizetype o = 0;
    const auto next = [](QByteArrayView sizes, qsizetype &index, qsizetype whole) {
        return sizes.isEmpty() ? whole : qsizetype(uchar(sizes[index++ % sizes.size()])) + 1;
    };
    while (!body.isEmpty() && decoder->state() == State::NeedsInput && !result.isCutOff) {
        const qsizetype inputSize = std::min(next(inputSizes, i, body.size()), body.size());
        decoder->setInput(body.first(inputSize));
        body = body.sliced(inputSize);
        int callsWithoutOutput = 0;
        while (decoder->state() == State::HasMore && !result.isCutOff) {
            const qsizetype wanted = next(outputSizes, o, largestOutput);
            char *const data = buffer.get() + (largestOutput - wanted);
            const qint64 written = decoder->read(data, wanted);
            require(written >= 0 && written <= wanted, "size of the output");
            callsWithoutOutput = written > 0 ? 0 : callsWithoutOutput + 1;
            require(callsWithoutOutput <= 1 + inputSize / 1024, "progress");
            result.output.append(data,
                                 std::min<qsizetype>(written, enoughOutput - result.output.size()));
            result.isCutOff = result.output.size() == enoughOutput;
        }
    }
    // Nothing of it is given back before the end.
    const size_t held = __sanitizer_get_current_allocated_bytes() - before;
    require(held <= memoryLimit, "memory bound");
    result.state = decoder->state();
    result.error = decoder->errorString();
    result.isComplete = decoder->isComplete();
    require(result.error.isEmpty() == (result.state != State::Failed), "error text");
    return result;
}

Decoded decodeHoweverCut(const char *coding, QByteArrayView body, QByteArrayView sizes)
{
    const QByteArrayView single("\0", 1);
    const Decoded whole = decode(coding, body, {}, {});
    require(decode(coding, body, single, {}) == whole, "input byte by byte");
    require(decode(coding, body, {}, single) == whole, "output byte by byte");
    require(decode(coding, body, single, single) == whole, "both byte by byte");
    require(decode(coding, body, sizes, {}) == whole, "input in pieces");
    require(decode(coding, body, sizes, sizes) == whole, "both in pieces");
    return whole;
}

// One stream in one go; returns how many bytes of the input it took, 0 if it is not valid.
qsizetype inflateStream(QByteArrayView body, int format, QByteArray *output)
{
    z_stream stream = {};
    require(inflateInit2(&stream, format) == Z_OK, "inflateInit2");
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(body.data()));
    stream.avail_in = uInt(body.size());
    int result = Z_OK;
    while (result == Z_OK) {
        char buffer[64 * 1024];
        stream.next_out = reinterpret_cast<Bytef *>(buffer);
        stream.avail_out = sizeof buffer;
        result = inflate(&stream, Z_NO_FLUSH);
        output->append(buffer, qsizetype(sizeof buffer - stream.avail_out));
    }
    const qsizetype taken = result == Z_STREAM_END ? body.size() - stream.avail_in : 0;
    inflateEnd(&stream);
    return taken;
}

// Nothing if it is not valid up to its end.
std::optional<QByteArray> reference(QByteArrayView body, bool isGzip)
{
    QByteArray output;
    if (body.isEmpty())
        return output;
    if (isGzip) {
        while (!body.isEmpty()) {
            const qsizetype taken = inflateStream(body, gzipFormat, &output);
            if (taken == 0)
                return std::nullopt;
            body = body.sliced(taken);
            if (std::all_of(body.begin(), body.end(), [](char c) { return c == '\0'; }))
                return output;
        }
        return output;
    }
    if (inflateStream(body, zlibFormat, &output) == body.size())
        return output;
    output.clear();
    const bool hasOddPadding = (body[0] & 0x06) == 0 && (body[0] & 0xf8) != 0;
    if (!hasOddPadding && inflateStream(body, rawFormat, &output) == body.size())
        return output;
    return std::nullopt;
}

QByteArray compress(QByteArrayView data, int format, int level, int flush, QByteArrayView sizes)
{
    QByteArray result;
    z_stream stream = {};
    require(deflateInit2(&stream, level, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY) == Z_OK,
            "deflateInit2");
    qsizetype i = 0;
    do {
        const qsizetype wanted = sizes.isEmpty() ? data.size() : uchar(sizes[i++ % sizes.size()]);
        const qsizetype size = std::min(wanted + (sizes.isEmpty() ? 0 : 1), data.size());
        stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.data()));
        stream.avail_in = uInt(size);
        data = data.sliced(size);
        // In gzip each piece may be a member of its own.
        const bool ends = data.isEmpty() || flush == Z_FINISH;
        do {
            char buffer[4096];
            stream.next_out = reinterpret_cast<Bytef *>(buffer);
            stream.avail_out = sizeof buffer;
            deflate(&stream, ends ? Z_FINISH : flush);
            result.append(buffer, qsizetype(sizeof buffer - stream.avail_out));
        } while (stream.avail_out == 0);
        if (ends && !data.isEmpty())
            deflateReset(&stream);
    } while (!data.isEmpty());
    deflateEnd(&stream);
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    const QByteArrayView input(bytes, qsizetype(size));
    const uint flags = bytes[0];
    const qsizetype count = std::min<qsizetype>(bytes[1], input.size() - 2);
    const QByteArrayView sizes = input.sliced(2, count);
    const QByteArrayView body = input.sliced(2 + count);
    const bool isGzip = flags & 1;
    const char *coding = isGzip ? "gzip" : "deflate";

    if (flags & 2) {
        constexpr int flushes[] = {Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH};
        const int format = isGzip ? gzipFormat : flags & 4 ? rawFormat : zlibFormat;
        const int flush = isGzip && flags & 4 ? Z_FINISH : flushes[flags >> 3 & 3];
        QByteArray compressed = compress(body, format, int(flags >> 5), flush, sizes);
        const Decoded decoded = decodeHoweverCut(coding, compressed, sizes);
        require(decoded.isComplete && decoded.output == body, "what was compressed");

        const size_t bit = size * 2654435761U % size_t(8 * compressed.size());
        compressed[qsizetype(bit / 8)] = char(compressed[qsizetype(bit / 8)] ^ (1 << bit % 8));
        decodeHoweverCut(coding, compressed, sizes);
        return 0;
    }

    const Decoded decoded = decodeHoweverCut(coding, body, sizes);
    if (decoded.isCutOff)
        return 0;
    const std::optional<QByteArray> expected = reference(body, isGzip);
    require(decoded.isComplete == expected.has_value(), "valid for zlib or not");
    if (expected)
        require(decoded.output == *expected, "output of zlib");
    return 0;
}
