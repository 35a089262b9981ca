// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "format/streamparser_p.h"

#include "format/utf8_p.h"

#include <algorithm>
#include <cstring>

namespace EventSourcePrivate {

namespace {

constexpr char byteOrderMark[] = "\xEF\xBB\xBF";
constexpr int byteOrderMarkSize = 3;
constexpr int maximumRetry = 60 * 60 * 1000;

// A large buffer is handed over, a small one copied and kept for the next event.
constexpr qsizetype smallestSharedSize = 4096;

// Enough of a line to know its field: the longest name and its colon.
constexpr qsizetype fieldPrefixSize = 6;

const char *find(const char *begin, const char *end, char c)
{
    if (begin == end)
        return end;
    const void *found = std::memchr(begin, c, size_t(end - begin));
    return found ? static_cast<const char *>(found) : end;
}

// Whether a buffer may be filled again in place: nobody else reads it, and it is not what one huge
// event has left behind.
bool isReusable(const QByteArray &buffer)
{
    constexpr qsizetype largestKeptSize = 64 * 1024;
    return buffer.capacity() <= largestKeptSize && buffer.isDetached();
}

void recycle(QByteArray &buffer)
{
    if (isReusable(buffer))
        buffer.resize(0);
    else
        buffer = QByteArray();
}

void assign(QByteArray &buffer, QByteArrayView bytes)
{
    if (isReusable(buffer)) {
        buffer.resize(bytes.size());
        std::copy(bytes.begin(), bytes.end(), buffer.begin());
    } else {
        buffer = bytes.toByteArray();
    }
}

// Names are compared byte by byte: "Data" and "data " are unknown (rule 6). A line without a colon
// is all name.
template <size_t Size>
bool hasName(QByteArrayView line, const char (&name)[Size])
{
    constexpr qsizetype size = qsizetype(Size) - 1;
    return line.size() >= size && std::memcmp(line.data(), name, size_t(size)) == 0
            && (line.size() == size || line[size] == ':');
}

// What follows the colon, less one space (rule 5).
QByteArrayView valueOf(QByteArrayView line, qsizetype nameSize)
{
    qsizetype start = nameSize;
    if (start < line.size())
        ++start;
    if (start < line.size() && line[start] == ' ')
        ++start;
    return line.sliced(start);
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

void StreamParser::setInput(QByteArrayView input)
{
    Q_ASSERT(m_pos == m_end);
    m_pos = input.data();
    m_end = input.data() + input.size();
    m_nextLf = find(m_pos, m_end, '\n');
    m_nextCr = find(m_pos, m_end, '\r');
}

StreamParser::Token StreamParser::next()
{
    if (m_lineDone) {
        m_lineDone = m_lineTooLong = false;
        recycle(m_line);
    }
    if (m_blockDone) {
        // "Set the data buffer and the event type buffer to the empty string."
        m_blockDone = m_hasData = m_tooLarge = false;
        m_data.clear();
        m_type.clear();
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

        QByteArrayView line(begin, end);
        const bool isHeld = !m_line.isEmpty();
        if (isHeld) {
            holdLine(begin, end);
            line = m_line;
        }
        const Token token = processLine(line);
        if (isHeld) {
            m_lineDone = true;
            if (token == Token::NeedInput) {
                // The line's buffer is about to be used again.
                m_data.takeOver(m_line);
                holdTexts();
                m_lineDone = m_lineTooLong = false;
                recycle(m_line);
            }
        }
        if (token != Token::NeedInput)
            return token;
    }

    holdTexts();
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
    if (*m_pos == '\n')
        return m_pos; // the end of a block, mostly
    if (m_nextLf < m_pos)
        m_nextLf = find(m_pos, m_end, '\n');
    if (m_nextCr < m_pos)
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
    // Reserving grows a large buffer by remapping it, where append() alone would copy it.
    if (m_line.capacity() < size)
        m_line.reserve(2 * size);
    m_line.append(begin, end - begin);
}

// Moves what the block has so far out of the piece that is about to go.
void StreamParser::holdTexts()
{
    m_data.hold();
    m_type.hold();
    m_id.hold();
}

StreamParser::Field StreamParser::fieldOf(QByteArrayView line)
{
    switch (line.front()) {
    case ':':
        return Field::Comment;
    case 'd':
        return hasName(line, "data") ? Field::Data : Field::Unknown;
    case 'e':
        return hasName(line, "event") ? Field::Event : Field::Unknown;
    case 'i':
        return hasName(line, "id") ? Field::Id : Field::Unknown;
    case 'r':
        return hasName(line, "retry") ? Field::Retry : Field::Unknown;
    }
    return Field::Unknown;
}

StreamParser::Token StreamParser::processLine(QByteArrayView line)
{
    if (line.isEmpty())
        return dispatch();

    const Field field = fieldOf(line);
    if (m_lineTooLong || isOverLimit(line.size())) {
        // A comment, say, concerns no event: it only is not handed out.
        if (field == Field::Data || field == Field::Event || field == Field::Id)
            skipEvent();
        // The id of a skipped event still counts, unless it is too long by itself.
        if (field != Field::Id || m_lineTooLong || isOverLimit(line.size()))
            return Token::NeedInput;
    }

    switch (field) {
    case Field::Comment:
        m_comment = line.sliced(1);
        return Token::Comment;
    case Field::Data:
        processData(valueOf(line, 4));
        break;
    case Field::Event:
        m_type.set(valueOf(line, 5));
        break;
    case Field::Id: {
        const QByteArrayView id = valueOf(line, 2);
        if (id.size() > maximumIdSize)
            return Token::LongId;
        if (find(id.begin(), id.end(), '\0') == id.end()) {
            m_id.set(id);
            m_hasId = true;
        }
        break;
    }
    case Field::Retry: {
        const int retry = parseRetry(valueOf(line, 5));
        if (retry >= 0 && retry != m_retry) {
            m_retry = retry;
            return Token::Retry;
        }
        break;
    }
    case Field::Unknown:
        break;
    }
    return Token::NeedInput;
}

// Lines are joined with LF here, which is the standard's "append LF, then drop the last one".
void StreamParser::processData(QByteArrayView value)
{
    if (m_tooLarge)
        return;
    if (m_hasData)
        m_data.appendLine(value);
    else
        m_data.set(value);
    m_hasData = true;
}

// The rest of the block is read for its id alone.
void StreamParser::skipEvent()
{
    m_tooLarge = true;
    m_hasData = false;
    m_data.clear();
}

StreamParser::Token StreamParser::dispatch()
{
    const bool newId = m_hasId && updateLastEventId();
    m_blockDone = true;
    if (m_tooLarge)
        return Token::TooLarge;
    if (m_hasData)
        return Token::Event;
    if (newId)
        return Token::IdOnly;

    // Nothing to tell: forget the type (rule 9) and go on.
    m_blockDone = false;
    m_type.clear();
    return Token::NeedInput;
}

// The standard's "last event ID buffer" is this block's id if it has one, else what it was (rule
// 8).
bool StreamParser::updateLastEventId()
{
    const QByteArrayView id = m_id.view();
    bool changed = id != m_lastEventId;
    if (changed && id.isValidUtf8()) {
        assign(m_lastEventId, id); // allocates only if somebody keeps the last one
    } else if (changed) {
        const QByteArray decoded = toWellFormedUtf8(id);
        changed = decoded != m_lastEventId;
        m_lastEventId = decoded;
    }
    m_id.clear();
    m_hasId = false;
    return changed;
}

QByteArray StreamParser::type() const
{
    const QByteArrayView type = m_type.view();
    if (type.isEmpty())
        return QByteArrayLiteral("message");
    // Mostly it is the type of the event before, whose copy can be shared.
    constexpr qsizetype largestKeptSize = 256;
    if (type == m_knownType)
        return m_knownType;
    const QByteArray decoded = toWellFormedUtf8(type);
    if (decoded.size() <= largestKeptSize)
        m_knownType = decoded;
    return decoded;
}

QByteArray StreamParser::data() const
{
    return m_data.toWellFormedUtf8();
}

QByteArray StreamParser::unfinishedData() const
{
    QByteArray data = m_hasData ? this->data() : QByteArray();
    if (!m_line.isEmpty() && !m_lineTooLong && fieldOf(m_line) == Field::Data) {
        if (m_hasData)
            data += '\n';
        data += EventSourcePrivate::toWellFormedUtf8(valueOf(m_line, 4));
    }
    return data;
}

QByteArray StreamParser::comment() const
{
    return toWellFormedUtf8(m_comment);
}

void StreamParser::Text::release()
{
    recycle(m_buffer);
    m_isHeld = false;
}

void StreamParser::Text::appendLine(QByteArrayView line)
{
    hold();
    m_isHeld = true;
    m_buffer.append('\n').append(line.data(), line.size());
}

void StreamParser::Text::hold()
{
    if (m_isHeld || m_view.isEmpty())
        return;
    assign(m_buffer, m_view);
    m_isHeld = true;
}

// A large text is not copied out of the line that it ends, but keeps that line's buffer.
void StreamParser::Text::takeOver(QByteArray &line)
{
    if (m_isHeld || m_view.size() < smallestSharedSize)
        return;
    Q_ASSERT(m_view.end() == line.cend());
    m_buffer.swap(line);
    m_buffer.remove(0, m_buffer.size() - m_view.size());
    m_isHeld = true;
}

QByteArray StreamParser::Text::toWellFormedUtf8() const
{
    if (m_isHeld && m_buffer.size() >= smallestSharedSize && m_buffer.isValidUtf8())
        return m_buffer;
    return EventSourcePrivate::toWellFormedUtf8(view());
}

} // namespace EventSourcePrivate
