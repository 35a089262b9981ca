// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/payload_p.h"

#include "format/utf8_p.h"
#include "payload/decodepool_p.h"

#include <QtCore/qpromise.h>

#include <utility>

namespace EventSourcePrivate {

namespace {

Payload::CheckResult checkText(const QByteArray &text, bool isForScripts)
{
    if (isForScripts && isPlainJson(text))
        return {{}, false};
    return {parseJson(text), true};
}

} // namespace

Payload::Payload() = default;

Payload::~Payload()
{
    // To free the many parts of a large value takes nearly as long as it took to make them.
    if (isLarge())
        runInDecodePool([value = std::move(m_result.json.value)] {});
    if (m_key != ScriptValues::noKey)
        m_scriptValues->release(m_key);
}

void Payload::set(const QByteArray &text, Format format, std::shared_ptr<ScriptValues> scriptValues)
{
    m_text = text;
    m_format = format;
    m_scriptValues = std::move(scriptValues);
}

void Payload::check()
{
    if (!needsCheck())
        return;
    if (isForScripts() && m_scriptValues->isUsable() && m_scriptValues->check(m_text))
        m_result = {{}, false};
    else
        m_result = checkText(m_text, isForScripts());
}

QFuture<Payload::CheckResult> Payload::checkInPool() const
{
    const auto promise = std::make_shared<QPromise<CheckResult>>();
    promise->start();
    runInDecodePool([promise, text = m_text, isForScripts = isForScripts()] {
        promise->addResult(checkText(text, isForScripts));
        promise->finish();
    });
    return promise->future();
}

QJsonValue Payload::value() const
{
    if (m_format == Format::Text)
        return textFromUtf8(m_text);
    if (!m_result.hasValue)
        std::call_once(m_parseOnce, [this] { m_result.json.value = parseJson(m_text).value; });
    return m_result.json.value;
}

// Scripts get their value by way of the text, because going through a QJsonValue is slower and sorts
// the names.
QVariant Payload::variant()
{
    if (m_format == Format::Text)
        return textFromUtf8(m_text);
    const bool isValue = !m_text.isEmpty() && m_result.json.error.isEmpty();
    if (!isValue || !m_scriptValues || !m_scriptValues->isUsable())
        return value().toVariant();
    if (m_key == ScriptValues::noKey)
        m_key = m_scriptValues->keepText(m_text);
    // QJsonDocument accepts more in places.
    if (m_key == ScriptValues::noKey)
        m_key = m_scriptValues->keepJson(value());
    return m_scriptValues->value(m_key);
}

} // namespace EventSourcePrivate
