// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef PAYLOAD_P_H
#define PAYLOAD_P_H

#include "payload/json_p.h"
#include "payload/scriptvalues_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qfuture.h>
#include <QtCore/qvariant.h>

#include <memory>
#include <mutex>

namespace EventSourcePrivate {

// The data of one event. It is checked before the event is delivered, and becomes a value when
// somebody reads it: a QJsonValue in C++, a value of the JavaScript engine in QML, each once.
class Payload
{
public:
    enum class Format { Json, Text };

    // What a check found. For a reader in QML the value is made of the text later, if at all.
    struct CheckResult
    {
        ParsedJson json;
        bool hasValue = true;
    };

    Payload();
    ~Payload();
    Q_DISABLE_COPY_MOVE(Payload)

    // The text is well-formed UTF-8. scriptValues makes the values for QML; null without an engine.
    void set(const QByteArray &text, Format format, std::shared_ptr<ScriptValues> scriptValues);

    QByteArray text() const { return m_text; }
    Format format() const { return m_format; }

    // From this size on a check takes longer than the way to another thread and back.
    bool isLarge() const { return needsCheck() && m_text.size() >= largeSize; }
    void check();
    QFuture<CheckResult> checkInPool() const;
    void setCheckResult(const CheckResult &result) { m_result = result; }

    // Why the text is not JSON; empty if it is, or need not be.
    QString error() const { return m_result.json.error; }

    // Whether variant() is for one engine only.
    bool isForScripts() const { return m_scriptValues != nullptr; }

    // Whether it is for another engine than the one of the reader.
    bool isForeignTo(const QObject *reader) const
    {
        return m_scriptValues && m_scriptValues->areForeignTo(reader);
    }

    QJsonValue value() const;
    QVariant variant();

private:
    static constexpr qsizetype largeSize = 128 * 1024; // bytes; about a millisecond

    bool needsCheck() const { return m_format == Format::Json && !m_text.isEmpty(); }

    QByteArray m_text;
    std::shared_ptr<ScriptValues> m_scriptValues;
    mutable CheckResult m_result;
    mutable std::once_flag m_parseOnce; // copies of an event may be read in several threads
    ScriptValues::Key m_key = ScriptValues::noKey; // of the value in the engine, once it was read
    Format m_format = Format::Json;
};

} // namespace EventSourcePrivate

#endif // PAYLOAD_P_H
