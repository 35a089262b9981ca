// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SCALARTEXT_P_H
#define SCALARTEXT_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qdatetime.h>
#include <QtCore/qstring.h>
#include <QtCore/quuid.h>

#include <optional>

namespace EventSourcePrivate {

// Strict: what Qt would guess, complete or cut is refused. Digits of a second beyond milliseconds are
// dropped, because servers write nine of them.
std::optional<QDateTime> dateTimeFromText(const QString &text);
std::optional<QDate> dateFromText(const QString &text);
std::optional<QTime> timeFromText(const QString &text);

std::optional<QByteArray> bytesFromBase64(const QString &text);
std::optional<QUuid> uuidFromText(const QString &text);

} // namespace EventSourcePrivate

#endif // SCALARTEXT_P_H
