// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef GZIP_H
#define GZIP_H

#include <QtCore/qbytearray.h>

#include <zlib.h>

// Compresses as a server with a compressing proxy does, flushed after each piece.
class Compressor
{
public:
    enum Format { Gzip = 15 + 16, Zlib = 15, Raw = -15 }; // as deflateInit2() calls them

    explicit Compressor(Format format)
    {
        deflateInit2(&m_stream, 9, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY);
    }
    ~Compressor() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Compressor)

    QByteArray compress(const QByteArray &bytes, int flush = Z_SYNC_FLUSH)
    {
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
        m_stream.avail_in = uInt(bytes.size());
        QByteArray compressed;
        char piece[4096];
        do {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece);
            m_stream.avail_out = sizeof(piece);
            deflate(&m_stream, flush);
            compressed.append(piece, qsizetype(sizeof(piece) - m_stream.avail_out));
        } while (m_stream.avail_out == 0);
        return compressed;
    }

private:
    z_stream m_stream {};
};

class Gzip : public Compressor
{
public:
    Gzip() : Compressor(Compressor::Gzip) { }
};

#endif // GZIP_H
