// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TYPEREADER_P_H
#define TYPEREADER_P_H

#include "payload/typeplan_p.h"

#include <QtCore/qbytearrayview.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qstring.h>

namespace EventSourcePrivate {

struct Mismatch
{
    QString message; // path, what is expected, what was found; empty if all went well
    QString loggable; // the same without what the payload says

    bool isNull() const { return message.isEmpty(); }
};

// Reads a JSON value into a default-constructed value of the plan's type, which is of no use after a
// mismatch. The text is that of the JSON value, or empty if it is unknown: it has the digits of
// numbers that QJsonValue has rounded.
[[nodiscard]] Mismatch readTyped(const QJsonValue &value, const TypePlan &plan, void *target,
                                 QByteArrayView text = {});

} // namespace EventSourcePrivate

#endif // TYPEREADER_P_H
