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
                                        .property(QStringLiteral("parse"))),
      m_shapeFunctions(engine)
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
        if (const QJSValue *function = m_shapeFunctions.use(m_outline.shape())) {
            QJSValueList arguments;
            arguments.reserve(qsizetype(m_outline.scalars().size()));
            for (const JsonOutline::Scalar &scalar : m_outline.scalars())
                arguments.append(toScript(scalar));
            return function->call(arguments);
        }
    }
    return m_parse.call({textFromUtf8(text)});
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
