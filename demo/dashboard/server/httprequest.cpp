// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "httprequest.h"

QByteArray HttpRequest::header(const QByteArray &name) const
{
    for (const auto &header : headers) {
        if (header.first.compare(name, Qt::CaseInsensitive) == 0)
            return header.second;
    }
    return {};
}

RequestReader::Result RequestReader::read(const QByteArray &bytes)
{
    if (m_result != Incomplete)
        return m_result;
    m_buffer += bytes;
    if (!m_hasHead) {
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        if (end > maximumHeadSize || (end < 0 && m_buffer.size() > maximumHeadSize))
            return m_result = HeadTooLarge;
        if (end < 0)
            return Incomplete;
        m_hasHead = true;
        m_result = readHead(m_buffer.left(end));
        m_buffer.remove(0, end + 4);
    }
    if (m_result != Incomplete || m_buffer.size() < m_bodySize)
        return m_result;
    m_request.body = m_buffer.left(m_bodySize);
    m_buffer.clear();
    return m_result = Complete;
}

RequestReader::Result RequestReader::readHead(const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> requestLine = lines.constFirst().trimmed().split(' ');
    if (requestLine.size() != 3 || !requestLine.at(2).startsWith("HTTP/1."))
        return Malformed;
    m_request.method = requestLine.at(0);
    const QByteArray &target = m_request.target = requestLine.at(1);
    const qsizetype mark = target.indexOf('?');
    m_request.path = mark < 0 ? target : target.left(mark);
    if (mark >= 0)
        m_request.query = QUrlQuery(QString::fromUtf8(target.mid(mark + 1)));
    m_request.http10 = requestLine.at(2) == "HTTP/1.0";
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QByteArray &line = lines.at(i);
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            m_request.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
    }

    // Chunked bodies are for clients that do not know the length. None of ours is one.
    if (!m_request.header("Transfer-Encoding").isEmpty())
        return LengthRequired;
    const QByteArray length = m_request.header("Content-Length");
    if (length.isEmpty())
        return Incomplete; // without a body
    bool ok = false;
    const qlonglong size = length.toLongLong(&ok);
    if (!ok || size < 0)
        return Malformed;
    if (size > maximumBodySize)
        return BodyTooLarge;
    m_bodySize = qsizetype(size);
    return Incomplete;
}
