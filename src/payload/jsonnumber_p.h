// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef JSONNUMBER_P_H
#define JSONNUMBER_P_H

#include <QtCore/qbytearrayview.h>
#include <QtCore/qstring.h>

#include <variant>
#include <vector>

namespace EventSourcePrivate {

// From one value to one inside it: the name of a member or the index of an element.
using JsonStep = std::variant<QString, qsizetype>;

// The number at the end of a path through a JSON text, which QJsonDocument has accepted. Empty if
// there is none. Of members with the same name the last one counts, as for QJsonDocument.
QByteArrayView findNumber(QByteArrayView text, const std::vector<JsonStep> &path);

// What the digits of a JSON number say. No double has rounded it.
struct ExactNumber
{
    enum Kind { Integer, Fraction, TooLarge };
    Kind kind = Fraction;
    bool isNegative = false;
    quint64 magnitude = 0; // of an integer
};
ExactNumber readExactNumber(QByteArrayView number);

} // namespace EventSourcePrivate

#endif // JSONNUMBER_P_H
