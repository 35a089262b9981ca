// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcejson.h"

#include "payload/typereader_p.h"

namespace EventSourcePrivate {

const TypePlan *planOf(QMetaType type)
{
    return TypePlan::of(type);
}

bool readJson(const QJsonValue &value, const TypePlan *plan, void *target, QString *error)
{
    const Mismatch mismatch = readTyped(value, *plan, target);
    if (error)
        *error = mismatch.message;
    return mismatch.isNull();
}

void addOptional(QMetaType optional, QMetaType value, void *(*emplace)(void *optional),
                 void (*reset)(void *optional))
{
    TypePlan::addOptional(optional, {value, emplace, reset});
}

} // namespace EventSourcePrivate
