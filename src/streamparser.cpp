// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "streamparser_p.h"

#include <algorithm>
#include <cstring>

namespace {

constexpr char byteOrderMark[] = "\xEF\xBB\xBF";
constexpr int byteOrderMarkSize = 3;
constexpr int maximumRetry = 60 * 60 * 1000;

// Enough of a line to know its field: the longest name and its colon.
constexpr qsizetype fieldPrefixSize = 8;

const char *find(const char *begin, const char *end, char c)
{
    if (begin == end)
        return end;
    const void *found = std::memchr(begin, c, size_t(end - begin));
    return found ? static_cast<const char *>(found) : end;
}

// Empties a buffer that will soon be filled again, but does not keep what one huge event needed.
void recycle(QByteArray &buffer)
{
    constexpr qsizetype worthKeeping = 64 * 1024;
    if (buffer.capacity() > worthKeeping || !buffer.isDetached())
        buffer = QByteArray();
    else
        buffer.resize(0);
}

int parseRetry(QByteArrayView digits)
{
    if (digits.isEmpty())
        return -1;
    int value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return -1;
        value = std::min(value * 10 + (c - '0'), maximumRetry);
    }
    return value;
}

} // namespace

void StreamParser::reset(const QByteArray &lastEventId)
{
    const qsizetype maximumEventSize = m_maximumEventSize;
    *this = StreamParser();
    m_maximumEventSize = maximumEventSize;
    setLastEventId(lastEventId);
}

void StreamParser::setLastEventId(const QByteArray &id)
{
    m_id = id;
    m_lastEventId = id;
}

void StreamParser::setInput(QByteArrayView input)
{
    Q_ASSERT(m_pos == m_end);
    m_pos = input.data();
    m_end = input.data() + input.size();
    m_nextLf = m_nextCr = nullptr;
}

StreamParser::Token StreamParser::next()
{
    if (m_lineDone) {
        m_lineDone = m_lineTooLong = false;
        recycle(m_line);
    }
    if (m_blockDone) {
        // "Set the data buffer and the event type buffer to the empty string." The id buffer stays.
        m_blockDone = m_hasData = m_dataIsView = m_tooLarge = false;
        recycle(m_data);
        recycle(m_type);
    }

    if (m_byteOrderMark < byteOrderMarkSize)
        skipByteOrderMark();

    while (m_pos != m_end) {
        if (m_skipLf) {
            m_skipLf = false;
            if (*m_pos == '\n') {
                ++m_pos;
                continue;
            }
        }

        const char *begin = m_pos;
        const char *end = findLineEnd();
        if (end == m_end) {
            holdLine(begin, end);
            m_pos = m_end;
            break;
        }

        m_pos = end + 1;
        if (*end == '\r') {
            // A CR ends its line at once (rule 3): the LF that may follow is swallowed when it
            // comes.
            if (m_pos == m_end)
                m_skipLf = true;
            else if (*m_pos == '\n')
                ++m_pos;
        }

        Token token;
        if (m_line.isEmpty()) {
            token = processLine({begin, end});
        } else {
            holdLine(begin, end);
            token = processLine(m_line);
            m_lineDone = true;
            if (token == Token::NeedInput) {
                // The line's buffer is about to be used again.
                if (m_dataIsView)
                    holdData();
                m_lineDone = m_lineTooLong = false;
                recycle(m_line);
            }
        }
        if (token != Token::NeedInput)
            return token;
    }

    if (m_dataIsView)
        holdData();
    return Token::NeedInput;
}

// The byte order mark is dropped at the very start of a response only, even when it arrives in
// pieces (rule 2). What only looked like the beginning of one belongs to the first line.
void StreamParser::skipByteOrderMark()
{
    while (m_pos != m_end && m_byteOrderMark < byteOrderMarkSize) {
        if (*m_pos != byteOrderMark[m_byteOrderMark]) {
            m_line.append(byteOrderMark, m_byteOrderMark);
            m_byteOrderMark = byteOrderMarkSize;
            return;
        }
        ++m_pos;
        ++m_byteOrderMark;
    }
}

// Both positions are remembered, so that no byte of a piece is searched twice for the same
// character, whichever line ends the stream uses.
const char *StreamParser::findLineEnd()
{
    if (!m_nextLf || m_nextLf < m_pos)
        m_nextLf = find(m_pos, m_end, '\n');
    if (!m_nextCr || m_nextCr < m_pos)
        m_nextCr = find(m_pos, m_end, '\r');
    return std::min(m_nextLf, m_nextCr);
}

// Keeps a part of a line until its end arrives: the name of its field always, the rest of it only
// as far as one event may hold it.
void StreamParser::holdLine(const char *begin, const char *end)
{
    const qsizetype missing = std::max<qsizetype>(fieldPrefixSize - m_line.size(), 0);
    const qsizetype prefix = std::min<qsizetype>(missing, end - begin);
    m_line.append(begin, prefix);
    begin += prefix;

    const qsizetype size = m_line.size() + (end - begin);
    if (isOverLimit(size) && m_line.startsWith("id:"))
        skipEvent(); // makes room for the id
    if (begin != end && (m_lineTooLong || isOverLimit(size))) {
        m_lineTooLong = true;
        if (m_line.size() > fieldPrefixSize) {
            m_line.resize(fieldPrefixSize);
            m_line.squeeze();
        }
        return;
    }
    m_line.append(begin, end - begin);
}

// Moves the data out of the piece that is about to go.
void StreamParser::holdData()
{
    m_data.append(m_view.data(), m_view.size());
    m_dataIsView = false;
}

StreamParser::Token StreamParser::processLine(QByteArrayView line)
{
    if (line.isEmpty())
        return dispatch();

    const bool tooLong = m_lineTooLong || isOverLimit(line.size());
    const char *const begin = line.data();
    const char *const end = begin + line.size();
    const char *const colon = find(begin, end, ':');
    if (colon == begin) {
        // A comment over the limit concerns no event: it only is not handed out.
        if (tooLong)
            return Token::NeedInput;
        m_comment = line.sliced(1);
        return Token::Comment;
    }

    const QByteArrayView name(begin, colon);
    if (tooLong) {
        if (name == "data" || name == "event" || name == "id")
            skipEvent();
        // The id of a skipped event still counts, unless it is too long by itself.
        if (name != "id" || m_lineTooLong || isOverLimit(line.size()))
            return Token::NeedInput;
    }

    const char *value = colon;
    if (value != end)
        ++value;
    if (value != end && *value == ' ')
        ++value; // one space only (rule 5)
    processField(name, {value, end});
    return Token::NeedInput;
}

void StreamParser::processField(QByteArrayView name, QByteArrayView value)
{
    // Names are compared byte by byte: "Data" and "data " are unknown, and unknown is ignored.
    if (name == "data") {
        processData(value);
    } else if (name == "event") {
        recycle(m_type);
        m_type.append(value.data(), value.size());
    } else if (name == "id") {
        const bool hasNul = find(value.begin(), value.end(), '\0') != value.end();
        if (!hasNul && value != m_id)
            m_id = toWellFormedUtf8(value);
    } else if (name == "retry") {
        const int retry = parseRetry(value);
        if (retry >= 0)
            m_retry = retry;
    }
}

// Lines are joined with LF here, which is the standard's "append LF, then drop the last one".
void StreamParser::processData(QByteArrayView value)
{
    if (m_tooLarge)
        return;
    if (!m_hasData) {
        m_hasData = m_dataIsView = true;
        m_view = value;
        return;
    }
    if (m_dataIsView)
        holdData();
    m_data.append('\n').append(value.data(), value.size());
}

// The rest of the block is read for its id alone.
void StreamParser::skipEvent()
{
    m_tooLarge = true;
    m_hasData = m_dataIsView = false;
    m_data = QByteArray();
}

StreamParser::Token StreamParser::dispatch()
{
    m_blockDone = true;
    const bool newId = m_lastEventId != m_id;
    m_lastEventId = m_id;
    if (m_tooLarge)
        return Token::TooLarge;
    if (m_hasData)
        return Token::Event;
    if (newId)
        return Token::IdOnly;

    // Nothing to tell: forget the type (rule 9) and go on.
    m_blockDone = false;
    recycle(m_type);
    return Token::NeedInput;
}

QByteArray StreamParser::type() const
{
    return m_type.isEmpty() ? QByteArrayLiteral("message") : toWellFormedUtf8(m_type);
}

QByteArray StreamParser::data() const
{
    // A large buffer is handed over, a small one kept for the next event.
    constexpr qsizetype worthSharing = 4096;
    if (!m_dataIsView && m_data.size() >= worthSharing && m_data.isValidUtf8())
        return m_data;
    return toWellFormedUtf8(rawData());
}

QByteArray StreamParser::comment() const
{
    return toWellFormedUtf8(m_comment);
}

// WHATWG Encoding standard, "UTF-8 decoder": each maximal beginning of a character that does not go
// on as it should becomes one U+FFFD, and the byte that broke it is looked at again. Qt's decoders
// count differently, but agree on what is valid.
QByteArray StreamParser::toWellFormedUtf8(QByteArrayView bytes)
{
    if (bytes.isValidUtf8())
        return bytes.toByteArray();

    static constexpr char replacement[] = "\xEF\xBF\xBD";
    QByteArray result;
    result.reserve(bytes.size() + bytes.size() / 2);
    qsizetype start = 0; // of the present character
    int needed = 0; // bytes it still wants
    uchar lower = 0x80;
    uchar upper = 0xBF;
    for (qsizetype i = 0; i < bytes.size();) {
        const uchar byte = uchar(bytes[i]);
        if (needed == 0) {
            start = i++;
            if (byte < 0x80) {
                result.append(char(byte));
            } else if (byte >= 0xC2 && byte <= 0xDF) {
                needed = 1;
            } else if (byte >= 0xE0 && byte <= 0xEF) {
                needed = 2;
                if (byte == 0xE0)
                    lower = 0xA0; // shorter forms exist
                else if (byte == 0xED)
                    upper = 0x9F; // surrogates
            } else if (byte >= 0xF0 && byte <= 0xF4) {
                needed = 3;
                if (byte == 0xF0)
                    lower = 0x90;
                else if (byte == 0xF4)
                    upper = 0x8F; // past U+10FFFF
            } else {
                result.append(replacement);
            }
            continue;
        }
        const bool fits = byte >= lower && byte <= upper;
        lower = 0x80;
        upper = 0xBF;
        if (!fits) {
            needed = 0;
            result.append(replacement);
            continue; // with the same byte
        }
        ++i;
        if (--needed == 0)
            result.append(bytes.data() + start, i - start);
    }
    if (needed > 0)
        result.append(replacement);
    return result;
}
