// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEJSON_H
#define EVENTSOURCEJSON_H

#include "eventsourceglobal.h"

#include <QtCore/qjsonvalue.h>
#include <QtCore/qmetatype.h>
#include <QtCore/qstring.h>

#include <optional>
#include <utility>

namespace EventSourcePrivate {
class TypePlan;
EVENTSOURCE_EXPORT const TypePlan *planOf(QMetaType type);
EVENTSOURCE_EXPORT bool readJson(const QJsonValue &value, const TypePlan *plan, void *target,
                                 QString *error);
EVENTSOURCE_EXPORT void addOptional(QMetaType optional, QMetaType value,
                                    void *(*emplace)(void *optional),
                                    void (*reset)(void *optional));
} // namespace EventSourcePrivate

/// JSON as values of C++ types.
namespace EventSource {

/// The JSON value as a T, such as a Q_GADGET; nothing if it does not fit.
template <typename T>
[[nodiscard]] std::optional<T> fromJson(const QJsonValue &value, QString *error = nullptr)
{
    static const EventSourcePrivate::TypePlan *const plan =
            EventSourcePrivate::planOf(QMetaType::fromType<T>());
    std::optional<T> result(std::in_place);
    if (!EventSourcePrivate::readJson(value, plan, &*result, error))
        result.reset();
    return result;
}

/// Lets properties be std::optional<T>.
template <typename T>
void registerOptional()
{
    using Optional = std::optional<T>;
    EventSourcePrivate::addOptional(
            QMetaType::fromType<Optional>(), QMetaType::fromType<T>(),
            [](void *optional) -> void * { return &static_cast<Optional *>(optional)->emplace(); },
            [](void *optional) { static_cast<Optional *>(optional)->reset(); });
}

} // namespace EventSource

#endif // EVENTSOURCEJSON_H
