// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/shapefunctions_p.h"

#include "format/utf8_p.h"

#include <QtQml/qjsengine.h>

#include <cfloat>
#include <climits>
#include <optional>
#include <utility>

namespace EventSourcePrivate {

namespace {

using Scalar = JsonOutline::Scalar;

// Up to 15 digits and a power of ten up to 22 are doubles without rounding, so their quotient is
// rounded once and right (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990).
std::optional<double> shortDecimal(QByteArrayView text)
{
    constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    constexpr qsizetype maximumSize = 16; // with the point
    if (FLT_EVAL_METHOD != 0 || text.size() > maximumSize)
        return {};
    qint64 digits = 0;
    qsizetype point = text.size() - 1;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9')
            digits = digits * 10 + (c - '0');
        else if (c == '.')
            point = i;
        else
            return {};
    }
    const qsizetype decimals = text.size() - 1 - point;
    if (decimals == 0 && text.size() == maximumSize)
        return {}; // 16 digits
    return double(digits) / powers[decimals];
}

QJSValue toScript(const Scalar &scalar)
{
    switch (scalar.kind) {
    case Scalar::String:
        return QJSValue(textFromUtf8(scalar.text));
    case Scalar::Number: {
        const std::optional<double> number = shortDecimal(scalar.text);
        if (!number)
            return QJSValue(scalar.text.toDouble());
        // An integer, as JSON.parse makes it.
        const bool isInt = *number <= INT_MAX && *number == int(*number);
        return isInt ? QJSValue(int(*number)) : QJSValue(*number);
    }
    case Scalar::True:
        return QJSValue(true);
    case Scalar::False:
        return QJSValue(false);
    case Scalar::Null:
        break;
    }
    return QJSValue(QJSValue::NullValue);
}

} // namespace

ShapeFunctions::ShapeFunctions(QJSEngine *engine) : m_engine(engine), m_strings(engine) { }

QJSValue ShapeFunctions::make(const JsonOutline &outline)
{
    // In most cases it is the shape of the event before.
    if (std::exchange(m_shapeNumber, outline.shapeNumber()) != outline.shapeNumber() || !m_last)
        m_last = use(outline.shape());
    else
        countUse();
    Shape *shape = m_last;
    if (!shape)
        return {};
    const std::vector<Scalar> &scalars = outline.scalars();
    m_arguments.resize(qsizetype(scalars.size()));
    if (++shape->usesInPhase > (shape->phase == Shape::Resting ? usesBetweenCounts : usesPerCount))
        endPhase(shape);
    if (shape->phase == Shape::Counting)
        countKnown(shape, outline);

    const bool isIndexed = shape->phase == Shape::Indexing && takeIndexes(shape, outline);
    auto nextIndexed = shape->indexed.cbegin();
    for (size_t i = 0; i < scalars.size(); ++i) {
        if (isIndexed && nextIndexed != shape->indexed.cend() && nextIndexed->place == i)
            ++nextIndexed;
        else
            m_arguments[qsizetype(i)] = toScript(scalars[i]);
    }
    return (isIndexed ? shape->indexedFunction : shape->function).call(m_arguments);
}

// Whether all strings in indexed places are known. Those that are not will be the next time.
bool ShapeFunctions::takeIndexes(Shape *shape, const JsonOutline &outline)
{
    bool areKnown = true;
    for (auto &[place, last] : shape->indexed) {
        const Scalar &scalar = outline.scalars()[place];
        const int index = scalar.kind == Scalar::String ? m_strings.find(scalar.text, last) : -1;
        if (index >= 0) {
            last = index;
            m_arguments[qsizetype(place)] = QJSValue(index);
            continue;
        }
        areKnown = false;
        if (scalar.kind == Scalar::String)
            m_strings.add(scalar.text);
    }
    // An added string may have taken the place of one before it.
    shape->misses += areKnown ? 0 : 1;
    return areKnown;
}

void ShapeFunctions::countKnown(Shape *shape, const JsonOutline &outline)
{
    const std::vector<Scalar> &scalars = outline.scalars();
    shape->known.resize(scalars.size());
    for (size_t i = 0; i < scalars.size(); ++i) {
        if (scalars[i].kind != Scalar::String)
            continue;
        if (m_strings.find(scalars[i].text) >= 0)
            ++shape->known[i];
        else
            m_strings.add(scalars[i].text);
    }
}

void ShapeFunctions::endPhase(Shape *shape)
{
    shape->usesInPhase = 1;
    const int misses = std::exchange(shape->misses, 0);
    if (shape->phase == Shape::Indexing && misses <= usesPerCount / 4)
        return;
    shape->indexed.clear();
    shape->indexedFunction = {};
    const std::vector<int> known = std::exchange(shape->known, {});
    if (shape->phase != Shape::Counting) {
        shape->phase = shape->phase == Shape::Resting ? Shape::Counting : Shape::Resting;
        return;
    }

    for (size_t i = 0; i < known.size(); ++i) {
        if (known[i] >= usesPerCount * 3 / 4)
            shape->indexed.push_back({i, -1});
    }
    shape->phase = Shape::Resting;
    if (shape->indexed.empty() || !pay())
        return;
    shape->indexedFunction = compile(shape->text, shape->indexed);
    if (shape->indexedFunction.isCallable())
        shape->phase = Shape::Indexing;
}

void ShapeFunctions::countUse()
{
    if (m_savedUses < m_price * qint64(maximumFunctions))
        ++m_savedUses;
}

// Qt 6.8 keeps all functions, and Qt 6.11 many of them, about 2 KiB for each, until the engine is
// deleted. So they cost more and more: each thousand twice as much as the one before.
bool ShapeFunctions::pay()
{
    if (m_savedUses < m_price)
        return false;
    m_savedUses -= m_price;
    if (++m_paidCount % functionsPerPrice == 0)
        m_price *= 2;
    return true;
}

ShapeFunctions::Shape *ShapeFunctions::use(QByteArrayView shape)
{
    m_last = nullptr;
    countUse();
    const auto known = m_index.constFind(QByteArray::fromRawData(shape.data(), shape.size()));
    if (known == m_index.cend()) {
        if (m_candidates.size() == maximumCandidates)
            removeLast(&m_candidates);
        m_candidates.push_front({shape.toByteArray(), 1, {}});
        m_index.insert(m_candidates.front().text, m_candidates.begin());
        return nullptr;
    }
    const Shapes::iterator used = *known;
    if (used->function.isCallable()) {
        m_compiled.splice(m_compiled.begin(), m_compiled, used);
        return &*used;
    }
    m_candidates.splice(m_candidates.begin(), m_candidates, used);
    if (++used->uses < usesBeforeCompiling || !pay())
        return nullptr;

    used->uses = 0;
    used->function = compile(shape, {});
    if (!used->function.isCallable())
        return nullptr; // the engine is interrupted
    ++m_compiledCount;
    if (m_compiled.size() == maximumFunctions)
        removeLast(&m_compiled);
    m_compiled.splice(m_compiled.begin(), m_candidates, used);
    return &*used;
}

void ShapeFunctions::removeLast(Shapes *shapes)
{
    m_index.remove(shapes->back().text);
    shapes->pop_back();
}

// The shape is a literal already, except for its scalars. All that it has from the server are the
// names, and these are identifiers in quotes.
QJSValue ShapeFunctions::compile(QByteArrayView shape, const std::vector<Indexed> &indexed) const
{
    QString parameters;
    QString literal;
    size_t count = 0;
    auto nextIndexed = indexed.cbegin();
    for (const char c : shape.chopped(1)) { // its last comma
        if (c == JsonOutline::placeholder) {
            const bool isIndexed = nextIndexed != indexed.cend() && nextIndexed->place == count;
            if (isIndexed)
                ++nextIndexed;
            const QString name = QLatin1Char('v') + QString::number(count++);
            literal += isIndexed ? QLatin1String("s[") + name + QLatin1Char(']') : name;
            parameters += name + QLatin1Char(',');
        } else {
            literal += QLatin1Char(c);
        }
    }
    parameters.chop(1);
    const QJSValue function =
            m_engine->evaluate(QLatin1String("(function(s){return function(") + parameters
                               + QLatin1String("){return ") + literal + QLatin1String("}})"));
    return function.isCallable() ? function.call({m_strings.array()}) : function;
}

} // namespace EventSourcePrivate
