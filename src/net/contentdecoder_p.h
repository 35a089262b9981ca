// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef CONTENTDECODER_P_H
#define CONTENTDECODER_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qbytearrayview.h>
#include <QtCore/qstring.h>

#include <memory>
#include <optional>

namespace EventSourcePrivate {

// Decompresses one body with an HTTP content coding, incrementally: compressed bytes in, as many
// decompressed ones out as are asked for. It holds less than 64 KiB whatever it is given, because
// output that nobody has asked for is not made yet, and the work of one call is bounded. Input that
// was flushed by the sender comes out without waiting for more.
class ContentDecoder
{
public:
    enum class State {
        NeedsInput, // all input is used up, and nothing more comes out of it
        HasMore, // there may be more to read(), now or at any later time
        Failed, // the input is damaged and errorString() is valid; this is final
    };

    // The value of an Accept-Encoding header that names what this build decompresses.
    static QByteArray acceptEncoding();

    // By the value of a Content-Encoding header, which may be empty. Nothing if it is not supported:
    // another coding, or more than one.
    static std::optional<ContentDecoder> forContentEncoding(QByteArrayView value);

    ~ContentDecoder();
    ContentDecoder(ContentDecoder &&other) noexcept;
    ContentDecoder &operator=(ContentDecoder &&other) noexcept;

    // "identity", "gzip" or "deflate".
    QByteArray coding() const { return m_coding; }

    // The bytes are the same decoded, and a caller may as well leave the decoder out.
    bool isIdentity() const { return !m_inflater; }

    // The next piece. The bytes must stay in place until the state is no longer HasMore.
    void setInput(QByteArrayView input);

    // Writes up to size bytes and returns how many. Fewer than size, even 0, with the state HasMore:
    // the call did its share of work, and the caller may look at the clock before it calls again.
    // With the state Failed the bytes returned are those before the damage.
    qint64 read(char *data, qint64 size);

    State state() const { return m_state; }

    // The body is whole if it ends here. One of no bytes at all is, whatever its coding: that is
    // what a server sends which had nothing to compress.
    bool isComplete() const;

    // What is wrong with the input, in English, for the end of a message.
    QString errorString() const { return m_errorString; }

private:
    class Inflater;

    ContentDecoder(const QByteArray &coding, std::unique_ptr<Inflater> inflater);

    QByteArray m_coding;
    std::unique_ptr<Inflater> m_inflater; // null for identity
    QByteArrayView m_input;
    QString m_errorString;
    State m_state = State::NeedsInput;
};

} // namespace EventSourcePrivate

#endif // CONTENTDECODER_P_H
