// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef CONTENTDECODING_H
#define CONTENTDECODING_H

#include "net/contentdecoder_p.h"

#include <QtCore/qlist.h>
#include <QtCore/qrandom.h>

#include <algorithm>
#include <vector>

#ifdef EVENTSOURCE_HAS_ZLIB
#  include <zlib.h>
#endif
#if defined(__GLIBC__)
#  include <malloc.h>
#endif

// Compressed bodies, and what the decoder makes of them however they are cut.
namespace ContentDecoding {

using EventSourcePrivate::ContentDecoder;
using State = ContentDecoder::State;

inline constexpr qsizetype kibi = 1024;
inline constexpr qsizetype mebi = 1024 * 1024;

// What malloc has handed out, 0 where that cannot be found out.
inline size_t heldMemory()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

struct Decoded
{
    QByteArray output;
    QString error;
    State state = State::NeedsInput;
    bool isComplete = false;
    bool isWithinSize = true; // of each call
    qsizetype calls = 0;
    size_t mostMemory = 0; // held by the decoder
};

enum class Output { Kept, Counted };

// The body cut into pieces, each of which is read to its end.
inline Decoded decode(const QByteArray &coding, const QByteArray &body,
                      qsizetype inputSize = 16 * kibi, qsizetype outputSize = 32 * kibi,
                      Output keep = Output::Kept)
{
    Decoded result;
    std::vector<char> buffer(static_cast<size_t>(outputSize));
    qint64 count = 0;
    const size_t memory = heldMemory();
    std::optional<ContentDecoder> decoder = ContentDecoder::forContentEncoding(coding);
    if (!decoder)
        return result;
    for (qsizetype at = 0; at < body.size() && decoder->state() != State::Failed; at += inputSize) {
        decoder->setInput(QByteArrayView(body).sliced(at, std::min(inputSize, body.size() - at)));
        while (decoder->state() == State::HasMore) {
            const qint64 written = decoder->read(buffer.data(), outputSize);
            ++result.calls;
            count += written;
            result.isWithinSize = result.isWithinSize && written >= 0 && written <= outputSize;
            if (keep == Output::Kept)
                result.output.append(buffer.data(), written);
            else
                result.mostMemory = std::max(result.mostMemory, heldMemory() - memory);
        }
    }
    if (keep == Output::Counted)
        result.output = QByteArray::number(count);
    result.state = decoder->state();
    result.error = decoder->errorString();
    result.isComplete = decoder->isComplete();
    return result;
}

#ifdef EVENTSOURCE_HAS_ZLIB

enum Format { Gzip = MAX_WBITS + 16, Zlib = MAX_WBITS, Raw = -MAX_WBITS };

struct NamedFormat
{
    const char *tag;
    const char *coding;
    Format format;
};

inline constexpr NamedFormat formats[] = {
        {"gzip", "gzip", Gzip},
        {"deflate", "deflate", Zlib},
        {"raw deflate", "deflate", Raw},
};

class Compressor
{
public:
    explicit Compressor(Format format, int level = Z_DEFAULT_COMPRESSION)
    {
        if (deflateInit2(&m_stream, level, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            qFatal("deflateInit2");
    }
    ~Compressor() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Compressor)

    z_stream *stream() { return &m_stream; }

    QByteArray add(const QByteArray &data, int flush)
    {
        QByteArray result;
        QByteArray buffer(64 * kibi, Qt::Uninitialized);
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.constData()));
        m_stream.avail_in = uInt(data.size());
        do {
            m_stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
            m_stream.avail_out = uInt(buffer.size());
            deflate(&m_stream, flush);
            result.append(buffer.constData(), buffer.size() - m_stream.avail_out);
        } while (m_stream.avail_out == 0);
        return result;
    }

private:
    z_stream m_stream = {};
};

inline QByteArray compressed(const QByteArray &data, Format format,
                             int level = Z_DEFAULT_COMPRESSION)
{
    return Compressor(format, level).add(data, Z_FINISH);
}

// So that a part of it is the data of no other part.
inline QByteArray events(int count)
{
    QByteArray result;
    for (int i = 0; i < count; ++i)
        result += "id: " + QByteArray::number(i)
                + "\ndata: {\"value\": " + QByteArray::number(i * i) + "}\n\n";
    return result;
}

inline QByteArray noise(qsizetype size)
{
    QRandomGenerator random(1);
    QByteArray result(size, Qt::Uninitialized);
    std::generate(result.begin(), result.end(), [&] { return char(random.generate()); });
    return result;
}

#endif

} // namespace ContentDecoding

#endif // CONTENTDECODING_H
