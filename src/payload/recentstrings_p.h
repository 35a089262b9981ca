// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef RECENTSTRINGS_P_H
#define RECENTSTRINGS_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qhash.h>
#include <QtQml/qjsvalue.h>

#include <vector>

QT_BEGIN_NAMESPACE
class QJSEngine;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// Short strings that an engine has made lately: names of hosts, units, states. A script takes one from
// the array by its index instead of making it again. Memory is bounded: when the array is full it
// begins anew.
class RecentStrings
{
public:
    explicit RecentStrings(QJSEngine *engine) : m_engine(engine) { }

    // The index of the text, or -1. It is fast if it is the likely one.
    int find(QByteArrayView text, int likely = -1) const;
    // The text must not be known yet. Too long ones are not kept.
    void add(QByteArrayView text);

    const QJSValue &array() const { return m_array; }

    static constexpr int maximumCount = 512;
    static constexpr qsizetype maximumSize = 32; // bytes of UTF-8

private:
    QJSEngine *const m_engine;
    QJSValue m_array; // made when it is needed
    std::vector<QByteArray> m_texts;
    QHash<QByteArray, int> m_indexes;
};

} // namespace EventSourcePrivate

#endif // RECENTSTRINGS_P_H
