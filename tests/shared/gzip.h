// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef GZIP_H
#define GZIP_H

#include <QtCore/qbytearray.h>

#include <zlib.h>

// Packs as a server with a compressing proxy does, flushed after each piece.
class Gzip
{
public:
    Gzip() { deflateInit2(&m_stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY); }
    ~Gzip() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Gzip)

    QByteArray pack(const QByteArray &bytes)
    {
        QByteArray packed(qsizetype(deflateBound(&m_stream, uLong(bytes.size()))) + 64,
                          Qt::Uninitialized);
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
        m_stream.avail_in = uInt(bytes.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(packed.data());
        m_stream.avail_out = uInt(packed.size());
        deflate(&m_stream, Z_SYNC_FLUSH);
        packed.chop(qsizetype(m_stream.avail_out));
        return packed;
    }

private:
    z_stream m_stream {};
};

#endif // GZIP_H
