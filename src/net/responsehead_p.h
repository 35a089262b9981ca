// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef RESPONSEHEAD_P_H
#define RESPONSEHEAD_P_H

#include <QtCore/qbytearray.h>

// What the fields of a response head say.
namespace EventSourcePrivate {

// Fetch standard, "extract a MIME type": the essence, in lower case, of the last media type that can
// be parsed; empty if there is none. Several fields of the name are joined with commas.
QByteArray mediaTypeEssence(const QByteArray &contentType);

// RFC 9110, "Retry-After": seconds or an HTTP date. In milliseconds, at most an hour; 0 if it is
// neither. Fractions of a second, which the RFC does not have, are rounded up, and the longest of
// several times counts: the server is not to be asked before.
int parseRetryAfter(const QByteArray &value);

} // namespace EventSourcePrivate

#endif // RESPONSEHEAD_P_H
