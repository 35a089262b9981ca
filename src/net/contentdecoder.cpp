// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/contentdecoder_p.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#ifdef EVENTSOURCE_HAS_ZLIB
#  define ZLIB_CONST
#  include <zlib.h>
#endif

namespace EventSourcePrivate {

#ifdef EVENTSOURCE_HAS_ZLIB

namespace {

// What one call takes of the input. The size of the output bounds the work only where there is
// output: blocks without any, which do nothing but set up new codes, cost up to 100 ns a byte.
constexpr qsizetype maximumInput = 4 * 1024;

constexpr Bytef gzipFirstByte = 0x1f;

// What inflateInit2() calls the formats; 0 is none of them.
constexpr int noFormat = 0;
constexpr int gzipFormat = MAX_WBITS + 16;
constexpr int zlibFormat = MAX_WBITS;
constexpr int rawFormat = -MAX_WBITS;

// "deflate" means the zlib format (RFC 9110), but some servers send raw blocks.
int deflateFormat(Bytef first)
{
    // zlib: the method, which is 8, and above it the size of the window as a power of two, less 8.
    if ((first & 0x0f) == 8 && (first >> 4) <= MAX_WBITS - 8)
        return zlibFormat;
    // Raw: one bit for "last block", two for its type. A stored block, type 0, is padded to the end
    // of the byte. Any bits are allowed there, but all encoders write zeros, and so most plain text
    // and damaged zlib headers are found here instead of being decoded to something.
    const bool isStored = (first & 0x06) == 0;
    return isStored && (first >> 3) != 0 ? noFormat : rawFormat;
}

} // namespace

class ContentDecoder::Inflater
{
public:
    explicit Inflater(bool isGzip) : m_isGzip(isGzip) { }
    ~Inflater() { inflateEnd(&m_stream); } // does nothing where begin() was never called
    Q_DISABLE_COPY_MOVE(Inflater)

    // Takes input away from the front and returns how many bytes it wrote.
    qint64 inflate(QByteArrayView *input, char *data, qint64 size);

    // There may be output without more input.
    bool hasOutput() const { return m_stage == Stage::Inside && m_stream.avail_out == 0; }
    bool isComplete() const { return m_stage != Stage::Inside; }
    const char *error() const { return m_error; }

private:
    // A stream is a member in gzip, where another one may follow, and the whole body in deflate.
    enum class Stage {
        Start, // nothing received
        Inside,
        AfterEnd, // of a stream
        Padding, // zeros after the last member
    };

    void inflateStreams();
    bool begin();
    void fail(int result);

    z_stream m_stream = {};
    const char *m_error = nullptr;
    Stage m_stage = Stage::Start;
    const bool m_isGzip;
};

qint64 ContentDecoder::Inflater::inflate(QByteArrayView *input, char *data, qint64 size)
{
    const uInt inputSize = uInt(std::min(input->size(), maximumInput));
    const uInt outputSize = uInt(std::min<qint64>(size, std::numeric_limits<int>::max()));
    m_stream.next_in = reinterpret_cast<const Bytef *>(input->data());
    m_stream.avail_in = inputSize;
    m_stream.next_out = reinterpret_cast<Bytef *>(data);
    m_stream.avail_out = outputSize;
    inflateStreams();
    *input = input->sliced(qsizetype(inputSize - m_stream.avail_in));
    return qint64(outputSize - m_stream.avail_out);
}

// Until the input or the room for output is used up, or something is wrong.
void ContentDecoder::Inflater::inflateStreams()
{
    while (m_stream.avail_out > 0 && (m_stage == Stage::Inside || begin())) {
        const int result = ::inflate(&m_stream, Z_SYNC_FLUSH);
        if (result == Z_STREAM_END) {
            m_stage = Stage::AfterEnd;
            continue;
        }
        if (result != Z_OK && result != Z_BUF_ERROR) // the latter if there was nothing to do
            fail(result);
        return;
    }
}

// Returns whether a stream begins here, by its first byte: zlib checks two at a time, and the second
// one may never come.
bool ContentDecoder::Inflater::begin()
{
    // gzip(1) takes zeros after the last member for padding, too.
    while (m_isGzip && m_stage != Stage::Start && m_stream.avail_in > 0 && *m_stream.next_in == 0) {
        m_stage = Stage::Padding;
        ++m_stream.next_in;
        --m_stream.avail_in;
    }
    if (m_stream.avail_in == 0)
        return false;

    const Bytef first = *m_stream.next_in;
    int result = Z_OK;
    if (m_stage == Stage::Start) {
        const int format = !m_isGzip     ? deflateFormat(first)
                : first == gzipFirstByte ? gzipFormat
                                         : noFormat;
        if (format == noFormat) {
            m_error = "incorrect header check";
            return false;
        }
        result = inflateInit2(&m_stream, format);
    } else {
        // Other decoders ignore what stands here. On a connection that stays open that would be a
        // stream without events and without an error.
        if (!m_isGzip || m_stage == Stage::Padding || first != gzipFirstByte) {
            m_error = "data after the end";
            return false;
        }
        result = inflateReset(&m_stream);
    }
    if (result != Z_OK) {
        fail(result);
        return false;
    }
    m_stage = Stage::Inside;
    return true;
}

void ContentDecoder::Inflater::fail(int result)
{
    if (result == Z_NEED_DICT)
        m_error = "a preset dictionary is needed";
    else
        m_error = m_stream.msg ? m_stream.msg : zError(result);
}

#else

// Never made: identity is all that there is without zlib.
class ContentDecoder::Inflater
{
public:
    qint64 inflate(QByteArrayView *, char *, qint64) { return 0; }
    bool hasOutput() const { return false; }
    bool isComplete() const { return true; }
    const char *error() const { return nullptr; }
};

#endif

QByteArray ContentDecoder::acceptEncoding()
{
#ifdef EVENTSOURCE_HAS_ZLIB
    return QByteArrayLiteral("gzip, deflate");
#else
    return QByteArrayLiteral("identity");
#endif
}

std::optional<ContentDecoder> ContentDecoder::forContentEncoding(QByteArrayView value)
{
    const QByteArray name = value.trimmed().toByteArray().toLower();
    if (name.isEmpty() || name == "identity")
        return ContentDecoder(QByteArrayLiteral("identity"), nullptr);
#ifdef EVENTSOURCE_HAS_ZLIB
    if (name == "gzip" || name == "x-gzip")
        return ContentDecoder(QByteArrayLiteral("gzip"), std::make_unique<Inflater>(true));
    if (name == "deflate")
        return ContentDecoder(QByteArrayLiteral("deflate"), std::make_unique<Inflater>(false));
#endif
    return std::nullopt;
}

ContentDecoder::ContentDecoder(const QByteArray &coding, std::unique_ptr<Inflater> inflater)
    : m_coding(coding), m_inflater(std::move(inflater))
{
}

// Where Inflater is complete.
ContentDecoder::~ContentDecoder() = default;
ContentDecoder::ContentDecoder(ContentDecoder &&other) noexcept = default;
ContentDecoder &ContentDecoder::operator=(ContentDecoder &&other) noexcept = default;

void ContentDecoder::setInput(QByteArrayView input)
{
    Q_ASSERT(m_input.isEmpty());
    if (m_state == State::Failed || input.isEmpty())
        return;
    m_input = input;
    m_state = State::HasMore;
}

qint64 ContentDecoder::read(char *data, qint64 size)
{
    if (m_state != State::HasMore || size <= 0)
        return 0;

    qint64 written = 0;
    if (m_inflater) {
        written = m_inflater->inflate(&m_input, data, size);
        if (m_inflater->error()) {
            m_input = {};
            m_errorString = QString::fromLatin1(m_inflater->error());
            m_state = State::Failed;
            return written;
        }
    } else {
        written = std::min<qint64>(size, m_input.size());
        std::memcpy(data, m_input.data(), size_t(written));
        m_input = m_input.sliced(qsizetype(written));
    }
    if (m_input.isEmpty() && !(m_inflater && m_inflater->hasOutput()))
        m_state = State::NeedsInput;
    return written;
}

bool ContentDecoder::isComplete() const
{
    if (m_state == State::Failed || !m_input.isEmpty())
        return false;
    return !m_inflater || m_inflater->isComplete();
}

} // namespace EventSourcePrivate
