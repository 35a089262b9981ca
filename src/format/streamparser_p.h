// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef STREAMPARSER_P_H
#define STREAMPARSER_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qbytearrayview.h>

namespace EventSourcePrivate {

// The event stream format of the HTML standard, section "Parsing an event stream", incrementally:
// bytes in, one token out per call. It does no I/O, knows no signals and never calls back, so the
// caller may stop between any two tokens. The time is linear in the bytes however they are cut into
// pieces. What it hands out is well-formed UTF-8.
class StreamParser
{
public:
    enum class Token {
        NeedInput, // all input is used up
        Event, // type(), data() and lastEventId() are valid
        IdOnly, // a block that ended without data; lastEventId() is valid
        Comment, // comment() is valid
        Retry, // retry() has changed
        LongId, // an id of more than maximumIdSize was ignored
        TooLarge, // an event over the limit was skipped; lastEventId() is valid
    };

    // In bytes. A server would not accept a longer one in a header, so it could not be sent back.
    static constexpr qsizetype maximumIdSize = 4096;

    // Begins a new response. What an unfinished block of the old one had collected is dropped.
    void reset(const QByteArray &lastEventId);

    // The next piece. The bytes must stay in place until next() answers NeedInput.
    void setInput(QByteArrayView input);
    Token next();

    // The views are valid until the next call of next(), setInput() or reset().
    QByteArray type() const;
    QByteArrayView rawData() const { return m_data.view(); }
    QByteArray data() const;
    QByteArray comment() const;

    // The id of the last finished block, in step with the tokens handed out. One that is set from
    // outside counts until a block with an id ends.
    QByteArray lastEventId() const { return m_lastEventId; }
    void setLastEventId(const QByteArray &id) { m_lastEventId = id; }

    // The data of the block that has begun, with the line that has begun: what a response that ends
    // here leaves behind.
    QByteArray unfinishedData() const;

    // The last reconnection time this response asked for, in ms and at most an hour; -1 if none.
    int retry() const { return m_retry; }

    // What one event may hold: its data and the line being read, in bytes.
    void setMaximumEventSize(qsizetype bytes) { m_maximumEventSize = bytes; }

private:
    enum class Field { Comment, Data, Event, Id, Retry, Unknown };

    // Bytes that lie in the present piece or, when that is about to go, in a buffer of their own.
    class Text
    {
    public:
        QByteArrayView view() const { return m_isHeld ? QByteArrayView(m_buffer) : m_view; }
        void set(QByteArrayView view)
        {
            if (m_isHeld)
                release();
            m_view = view;
        }
        void clear() { set({}); }
        void appendLine(QByteArrayView line);
        void hold();
        void takeOver(QByteArray &line);
        QByteArray toWellFormedUtf8() const;

    private:
        void release();

        QByteArray m_buffer; // empty unless m_isHeld
        QByteArrayView m_view;
        bool m_isHeld = false;
    };

    // Inline are those that run for every line.
    static inline Field fieldOf(QByteArrayView line);
    inline const char *findLineEnd();
    inline Token processLine(QByteArrayView line);
    inline void processData(QByteArrayView value);

    void skipByteOrderMark();
    void holdLine(const char *begin, const char *end);
    void holdTexts();
    bool isOverLimit(qsizetype line) const { return rawData().size() + line > m_maximumEventSize; }
    void skipEvent();
    Token dispatch();
    bool updateLastEventId();

    const char *m_pos = nullptr;
    const char *m_end = nullptr;
    const char *m_nextLf = nullptr; // as last found; m_end if there is none
    const char *m_nextCr = nullptr;

    QByteArray m_line; // the line that began in an earlier piece
    Text m_data;
    Text m_type;
    mutable QByteArray m_knownType; // the last one handed out
    Text m_id; // of the block being read, if it has one
    QByteArray m_lastEventId;
    QByteArrayView m_comment;
    qsizetype m_maximumEventSize = 16 * 1024 * 1024;
    int m_retry = -1;
    int m_byteOrderMark = 0; // bytes of it seen; 3 when that question is settled
    bool m_skipLf = false;
    bool m_hasData = false;
    bool m_hasId = false;
    bool m_lineDone = false;
    bool m_lineTooLong = false; // m_line has its beginning only
    bool m_tooLarge = false;
    bool m_blockDone = false;
};

} // namespace EventSourcePrivate

#endif // STREAMPARSER_P_H
