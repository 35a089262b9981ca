// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTBYTES_H
#define EVENTBYTES_H

#include <QtCore/qbytearray.h>

// An event whose id and data are this number.
inline QByteArray numbered(int id)
{
    const QByteArray number = QByteArray::number(id);
    return "id: " + number + "\ndata: " + number + "\n\n";
}

#endif // EVENTBYTES_H
