// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef UTF8_P_H
#define UTF8_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qbytearrayview.h>
#include <QtCore/qstring.h>

namespace EventSourcePrivate {

// UTF-8 to UTF-16 that keeps a leading byte order mark, which is data by now.
QString textFromUtf8(QByteArrayView utf8);

// Invalid bytes become U+FFFD as the WHATWG decoder does it (rule 1).
QByteArray toWellFormedUtf8(QByteArrayView bytes);

} // namespace EventSourcePrivate

#endif // UTF8_P_H
