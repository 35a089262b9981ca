// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/shapefunctions_p.h"

#include "payload/json_p.h"

#include <QtQml/qjsengine.h>

namespace EventSourcePrivate {

ShapeFunctions::ShapeFunctions(QJSEngine *engine) : m_engine(engine) { }

const QJSValue *ShapeFunctions::use(QByteArrayView shape)
{
    if (m_savedUses < usesPerFunction * int(maximumFunctions))
        ++m_savedUses;
    // In most cases it is the shape of the event before.
    if (!m_compiled.empty() && m_compiled.front().text == shape)
        return &m_compiled.front().function;

    const auto known = m_index.constFind(QByteArray::fromRawData(shape.data(), shape.size()));
    if (known == m_index.cend()) {
        if (m_candidates.size() == maximumCandidates)
            removeLast(&m_candidates);
        m_candidates.push_front({shape.toByteArray(), 1, {}});
        m_index.insert(m_candidates.front().text, m_candidates.begin());
        return nullptr;
    }
    const Shapes::iterator used = *known;
    if (used->function.isCallable()) {
        m_compiled.splice(m_compiled.begin(), m_compiled, used);
        return &used->function;
    }
    m_candidates.splice(m_candidates.begin(), m_candidates, used);
    if (++used->uses < usesBeforeCompiling || m_savedUses < usesPerFunction)
        return nullptr;

    m_savedUses -= usesPerFunction;
    used->uses = 0;
    used->function = compile(shape);
    if (!used->function.isCallable())
        return nullptr; // the engine is interrupted
    ++m_compiledCount;
    if (m_compiled.size() == maximumFunctions)
        removeLast(&m_compiled);
    m_compiled.splice(m_compiled.begin(), m_candidates, used);
    return &used->function;
}

void ShapeFunctions::removeLast(Shapes *shapes)
{
    m_index.remove(shapes->back().text);
    shapes->pop_back();
}

// The shape is a literal already, except for its scalars. All that it has from the server are the
// names, and these are identifiers in quotes.
QJSValue ShapeFunctions::compile(QByteArrayView shape) const
{
    QString parameters;
    QString literal;
    int count = 0;
    for (const char c : shape.chopped(1)) { // its last comma
        if (c == JsonOutline::placeholder) {
            const QString name = QLatin1Char('v') + QString::number(count++);
            literal += name;
            parameters += name + QLatin1Char(',');
        } else {
            literal += QLatin1Char(c);
        }
    }
    parameters.chop(1);
    return m_engine->evaluate(QLatin1String("(function(") + parameters + QLatin1String("){return ")
                              + literal + QLatin1String("})"));
}

} // namespace EventSourcePrivate
