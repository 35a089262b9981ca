// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/recentstrings_p.h"

#include "format/utf8_p.h"

#include <QtQml/qjsengine.h>

#include <algorithm>

namespace EventSourcePrivate {

int RecentStrings::find(QByteArrayView text, int likely) const
{
    if (likely >= 0 && likely < int(m_texts.size())) {
        const QByteArray &known = m_texts[size_t(likely)];
        if (known.size() == text.size()
            && std::equal(text.begin(), text.end(), known.cbegin())) // mostly a few bytes
            return likely;
    }
    return text.size() > maximumSize
            ? -1
            : m_indexes.value(QByteArray::fromRawData(text.data(), text.size()), -1);
}

void RecentStrings::add(QByteArrayView text)
{
    if (text.size() > maximumSize)
        return;
    // With elements of its own: what an application does to Array.prototype does not matter.
    if (!m_array.isArray()) {
        m_array = m_engine->evaluate(QLatin1Char('[') + QStringLiteral("'',").repeated(maximumCount)
                                     + QLatin1Char(']'));
    }
    if (!m_array.isArray())
        return; // the engine is interrupted
    if (m_indexes.size() == maximumCount) {
        m_indexes.clear();
        m_texts.clear();
    }
    const int index = int(m_indexes.size());
    m_array.setProperty(quint32(index), textFromUtf8(text));
    m_texts.push_back(text.toByteArray());
    m_indexes.insert(m_texts.back(), index);
}

} // namespace EventSourcePrivate
