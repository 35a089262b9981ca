// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SHAPEFUNCTIONS_P_H
#define SHAPEFUNCTIONS_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qhash.h>
#include <QtQml/qjsvalue.h>

#include <list>

QT_BEGIN_NAMESPACE
class QJSEngine;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// The functions of an engine that create a value from the scalars of a text, one for each shape (see
// JsonOutline). A function is compiled for a shape that was used several times lately. What was not
// used for the longest time is removed, so a shape in use is compiled however many others came
// before, and memory stays bounded. Compiling is limited to a share of the uses, because a stream
// whose shapes never stay would otherwise compile without end.
class ShapeFunctions
{
public:
    explicit ShapeFunctions(QJSEngine *engine);

    // The function for a shape, which is one use of it; null while there is none. It is valid until
    // the next call.
    const QJSValue *use(QByteArrayView shape);

    qsizetype count() const { return qsizetype(m_compiled.size()); }
    int compiledCount() const { return m_compiledCount; } // since the beginning

    static constexpr size_t maximumFunctions = 128;
    static constexpr size_t maximumCandidates = 128;
    static constexpr int usesBeforeCompiling = 8;
    // To compile one takes as long as JSON.parse for about this number of texts.
    static constexpr int usesPerFunction = 32;

private:
    struct Shape
    {
        QByteArray text;
        int uses = 0;
        QJSValue function;
    };
    using Shapes = std::list<Shape>; // the last used first

    void removeLast(Shapes *shapes);
    QJSValue compile(QByteArrayView shape) const;

    QJSEngine *const m_engine;
    Shapes m_compiled;
    Shapes m_candidates;
    QHash<QByteArray, Shapes::iterator> m_index; // of both
    int m_savedUses = usesPerFunction * int(maximumFunctions);
    int m_compiledCount = 0;
};

} // namespace EventSourcePrivate

#endif // SHAPEFUNCTIONS_P_H
