// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef JSON_P_H
#define JSON_P_H

#include <QtCore/qbytearrayview.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qstring.h>

#include <vector>

namespace EventSourcePrivate {

struct ParsedJson
{
    QJsonValue value = QJsonValue::Undefined;
    QString error; // what is wrong and at which offset; empty if it is JSON
};

// Any JSON value, scalars too.
ParsedJson parseJson(const QByteArray &text);

// Checks JSON text without making values of it. It is cautious: what it calls JSON is accepted by
// QJsonDocument and by JSON.parse with the same result, and everything unusual (Unicode escapes,
// huge numbers, deep nesting) is left to them. The text must be well-formed UTF-8.
bool isPlainJson(QByteArrayView text);

// The structure of a JSON text, and the scalars in it.
class JsonOutline
{
public:
    struct Scalar
    {
        enum Kind { Number, String, True, False, Null };
        QByteArrayView text; // without the quotes of a string; it has no escapes
        Kind kind;
    };

    // Whether the text is plain JSON that has an outline: objects and arrays of moderate size, with
    // names that JavaScript takes as identifiers and strings without escapes. The scalars are valid
    // as long as the text, the shape until the next one is read.
    bool read(QByteArrayView text);

    // A JavaScript literal with a placeholder for each scalar. Texts with the same shape differ in
    // their scalars only.
    static constexpr char placeholder = '#';
    QByteArrayView shape() const { return m_shape; }
    // While it is the same, so is the shape.
    quint64 shapeNumber() const { return m_shapeNumber; }
    const std::vector<Scalar> &scalars() const { return m_scalars; }

private:
    bool readLikeLast(QByteArrayView text);
    void keepGaps(QByteArrayView text);

    std::vector<char> m_buffer;
    QByteArrayView m_shape;
    quint64 m_shapeNumber = 0;
    std::vector<Scalar> m_scalars;
    // What was before, between and after the scalars of the last text; none if it has no outline.
    std::vector<char> m_gaps;
    std::vector<qsizetype> m_gapSizes;
};

} // namespace EventSourcePrivate

#endif // JSON_P_H
