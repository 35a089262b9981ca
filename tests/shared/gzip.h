// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef GZIP_H
#define GZIP_H

#include <QtCore/qbytearray.h>

#include <zlib.h>

// Compresses as a server with a compressing proxy does, flushed after each piece.
class Gzip
{
public:
    Gzip() { deflateInit2(&m_stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY); }
    ~Gzip() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Gzip)

    QByteArray compress(const QByteArray &bytes)
    {
        QByteArray compressed(qsizetype(deflateBound(&m_stream, uLong(bytes.size()))) + 64,
                              Qt::Uninitialized);
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
        m_stream.avail_in = uInt(bytes.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(compressed.data());
        m_stream.avail_out = uInt(compressed.size());
        deflate(&m_stream, Z_SYNC_FLUSH);
        compressed.chop(qsizetype(m_stream.avail_out));
        return compressed;
    }

private:
    z_stream m_stream {};
};

#endif // GZIP_H
