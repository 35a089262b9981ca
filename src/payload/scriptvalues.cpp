// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/scriptvalues_p.h"

#include "format/utf8_p.h"

#include <algorithm>

namespace EventSourcePrivate {

namespace {

// A stream that is never alike costs a little memory and no compiler.
constexpr size_t maximumShapes = 16;
constexpr int worthCompiling = 8;
constexpr int maximumCompiled = 64;

QJSValue toScript(const JsonOutline::Scalar &scalar)
{
    constexpr qsizetype digitsOfAnInt = 9;

    using Scalar = JsonOutline::Scalar;
    switch (scalar.kind) {
    case Scalar::String:
        return QJSValue(textFromUtf8(scalar.text));
    case Scalar::Number:
        if (scalar.text.size() <= digitsOfAnInt
            && std::all_of(scalar.text.begin(), scalar.text.end(),
                           [](char c) { return c >= '0' && c <= '9'; })) {
            int value = 0;
            for (const char c : scalar.text)
                value = value * 10 + (c - '0');
            return QJSValue(value);
        }
        return QJSValue(scalar.text.toDouble());
    case Scalar::True:
        return QJSValue(true);
    case Scalar::False:
        return QJSValue(false);
    case Scalar::Null:
        break;
    }
    return QJSValue(QJSValue::NullValue);
}

} // namespace

ScriptValues::ScriptValues(QJSEngine *engine)
    : m_engine(engine), m_parse(engine->globalObject()
                                        .property(QStringLiteral("JSON"))
                                        .property(QStringLiteral("parse")))
{
}

QJSValue ScriptValues::parse(const QByteArray &text)
{
    if (m_outline.read(text)) {
        if (const QJSValue *make = makerOf(m_outline.shape())) {
            QJSValueList arguments;
            arguments.reserve(qsizetype(m_outline.scalars().size()));
            for (const JsonOutline::Scalar &scalar : m_outline.scalars())
                arguments.append(toScript(scalar));
            return make->call(arguments);
        }
    }
    return m_parse.call({textFromUtf8(text)});
}

// Null while the shape is not known well enough.
const QJSValue *ScriptValues::makerOf(QByteArrayView shape)
{
    const auto known = std::find_if(m_shapes.begin(), m_shapes.end(),
                                    [&](const Shape &s) { return s.text == shape; });
    if (known != m_shapes.end()) {
        std::rotate(m_shapes.begin(), known, known + 1);
    } else {
        if (m_shapes.size() == maximumShapes)
            m_shapes.pop_back();
        m_shapes.insert(m_shapes.begin(), Shape {shape.toByteArray(), 0, {}});
    }
    Shape &first = m_shapes.front();
    if (first.seen < worthCompiling && ++first.seen == worthCompiling
        && m_compiled < maximumCompiled) {
        ++m_compiled;
        first.make = compile(shape);
    }
    return first.make.isCallable() ? &first.make : nullptr;
}

// The shape is a literal already, but for its scalars. All that it has from the server are the
// names, and these are identifiers in quotes.
QJSValue ScriptValues::compile(QByteArrayView shape)
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
