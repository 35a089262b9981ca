// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/scriptvalues_p.h"

#include "format/utf8_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qthread.h>
#include <QtQml/qqmlengine.h>

#include <algorithm>
#include <utility>

namespace EventSourcePrivate {

namespace {

// A stream that is never alike costs a little memory and no compiler.
constexpr size_t maximumShapes = 16;
constexpr int usesBeforeCompiling = 8;
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

QJSEngine *engineOf(const QObject *object)
{
    QJSEngine *engine = qmlEngine(object);
    return engine ? engine : qjsEngine(object);
}

} // namespace

ScriptValues::ScriptValues(QJSEngine *engine)
    : m_engine(engine), m_parse(engine->globalObject()
                                        .property(QStringLiteral("JSON"))
                                        .property(QStringLiteral("parse")))
{
}

void ScriptValues::update(std::shared_ptr<ScriptValues> *values, const QObject *object)
{
    QJSEngine *engine = engineOf(object);
    if (!engine)
        values->reset();
    else if (!*values || (*values)->m_engine != engine)
        *values = std::make_shared<ScriptValues>(engine);
}

void ScriptValues::release(std::shared_ptr<ScriptValues> values, QVariant value)
{
    QJSEngine *engine = values->m_engine;
    if (engine && engine->thread() != QThread::currentThread()) {
        QMetaObject::invokeMethod(engine,
                                  [value = std::move(value), values = std::move(values)] {});
    }
}

bool ScriptValues::isUsable() const
{
    return m_engine && m_engine->thread() == QThread::currentThread();
}

QVariant ScriptValues::fromText(const QByteArray &text)
{
    const QJSValue value = parse(text);
    return value.isError() ? QVariant() : QVariant::fromValue(value);
}

QVariant ScriptValues::fromJson(const QJsonValue &value)
{
    return QVariant::fromValue(m_engine->toScriptValue(value));
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

// Null while the shape was not seen often enough.
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
    if (first.seen < usesBeforeCompiling && ++first.seen == usesBeforeCompiling
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

ScriptBody toScriptBody(const QVariant &body, const QObject *object)
{
    if (body.metaType() != QMetaType::fromType<QJSValue>())
        return {body, {}, {}};
    const QJSValue script = body.value<QJSValue>();
    const QVariant plain = script.toVariant();
    const bool isBuffer = plain.metaType() == QMetaType::fromType<QByteArray>();
    QJSEngine *engine = engineOf(object);
    if (!script.isObject() || isBuffer || !engine)
        return {plain, {}, {}};
    // By the engine, because a QVariantMap sorts its keys.
    const QJSValue json = engine->globalObject()
                                  .property(QStringLiteral("JSON"))
                                  .property(QStringLiteral("stringify"))
                                  .call({script});
    if (json.isString())
        return {{}, json.toString(), {}};
    return {{},
            {},
            QCoreApplication::translate("EventSourceListener",
                                        "The body cannot be written as JSON (%1).")
                    .arg(json.toString())};
}

} // namespace EventSourcePrivate
