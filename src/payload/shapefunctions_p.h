// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SHAPEFUNCTIONS_P_H
#define SHAPEFUNCTIONS_P_H

#include "payload/json_p.h"
#include "payload/recentstrings_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qhash.h>
#include <QtQml/qjsvalue.h>

#include <list>
#include <vector>

QT_BEGIN_NAMESPACE
class QJSEngine;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// The functions of an engine that create a value from the scalars of a text, one for each shape (see
// JsonOutline). A function is compiled for a shape that was used several times lately. What was not
// used for the longest time is removed, so a shape in use is compiled however many others came
// before, and memory stays bounded. Compiling is limited to a share of the uses, because a stream
// whose shapes never stay would otherwise compile without end.
//
// Strings that repeat in a place of a shape are taken from RecentStrings: after some uses a second
// function is compiled, which gets their indexes.
class ShapeFunctions
{
public:
    explicit ShapeFunctions(QJSEngine *engine);

    // A place of a string that repeats.
    struct Indexed
    {
        size_t place; // among the scalars
        int last; // the index of the string that was there
    };

    struct Shape
    {
        QByteArray text;
        int uses = 0;
        QJSValue function;

        // Strings that repeat.
        enum Phase { Counting, Indexing, Resting };
        Phase phase = Counting;
        int usesInPhase = 0;
        int misses = 0; // uses with an unknown string in an indexed place
        std::vector<int> known {}; // how often the string in each place was known
        std::vector<Indexed> indexed {};
        QJSValue indexedFunction {};
    };

    // The shape, which is one use of it; null while it has no function. It is valid until the next
    // call.
    Shape *use(QByteArrayView shape);

    // The value with this outline; undefined while there is no function for its shape.
    QJSValue make(const JsonOutline &outline);

    qsizetype count() const { return qsizetype(m_compiled.size()); }
    int compiledCount() const { return m_compiledCount; } // since the beginning

    static constexpr size_t maximumFunctions = 128;
    static constexpr size_t maximumCandidates = 128;
    static constexpr int usesBeforeCompiling = 8;
    // To compile one takes as long as JSON.parse for about this number of texts.
    static constexpr int usesPerFunction = 32;
    // After so many functions the next ones cost twice as many uses.
    static constexpr int functionsPerPrice = 1024;
    // Over so many uses the known strings are counted. Places where three of four were known are
    // indexed, as long as it stays so. If there are none, it is tried again after a while.
    static constexpr int usesPerCount = 64;
    static constexpr int usesBetweenCounts = 4096;

private:
    using Shapes = std::list<Shape>; // the last used first

    void countUse();
    bool pay();
    void removeLast(Shapes *shapes);
    QJSValue compile(QByteArrayView shape, const std::vector<Indexed> &indexed) const;
    bool takeIndexes(Shape *shape, const JsonOutline &outline);
    void countKnown(Shape *shape, const JsonOutline &outline);
    void endPhase(Shape *shape);

    QJSEngine *const m_engine;
    RecentStrings m_strings;
    QJSValueList m_arguments;
    Shapes m_compiled;
    Shapes m_candidates;
    QHash<QByteArray, Shapes::iterator> m_index; // of both
    Shape *m_last = nullptr; // as use() returned it for m_shapeNumber
    quint64 m_shapeNumber = 0;
    qint64 m_savedUses = usesPerFunction * qint64(maximumFunctions);
    qint64 m_price = usesPerFunction; // of the next function
    int m_paidCount = 0;
    int m_compiledCount = 0;
};

} // namespace EventSourcePrivate

#endif // SHAPEFUNCTIONS_P_H
