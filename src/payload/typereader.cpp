// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/typereader_p.h"

#include "payload/jsonnumber_p.h"
#include "payload/jsonpath_p.h"
#include "payload/scalartext_p.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qlocale.h>
#include <QtCore/qurl.h>
#include <QtCore/qvariant.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <optional>

namespace EventSourcePrivate {

namespace {

// Of values inside each other. The reader recurses, and threads may have small stacks.
constexpr int maximumDepth = 256;

// Up to here all integers are doubles of their own, so QJsonValue has rounded nothing.
constexpr double exactLimit = 9007199254740992.0; // 2^53
constexpr double int64Limit = 9223372036854775808.0; // 2^63

// Names of an enum in a message.
constexpr size_t maximumNames = 12;

// Types that are not built in and that the application knows how to make of a text.
bool isMadeOfText(QMetaType type)
{
    constexpr QMetaType::TypeFlags never = QMetaType::IsEnumeration | QMetaType::PointerToQObject
            | QMetaType::PointerToGadget | QMetaType::IsPointer;
    return type.isValid() && !(type.flags() & never)
            && QMetaType::canConvert(QMetaType::fromType<QString>(), type);
}

// A value of a type that only its plan knows; null if it cannot be read anyway.
class Temporary
{
public:
    explicit Temporary(const TypePlan &plan) : m_plan(plan)
    {
        if (plan.isPlainData) {
            std::memset(m_inline, 0, sizeof(qint64));
            m_data = m_inline;
        } else if (plan.kind == TypePlan::Other && !isMadeOfText(plan.type)
                   && !TypePlan::findOptional(plan.type).emplace) {
            m_data = nullptr;
        } else if (plan.type.sizeOf() <= qsizetype(sizeof m_inline)
                   && plan.type.alignOf() <= qsizetype(alignof(std::max_align_t))) {
            m_data = plan.type.construct(m_inline);
        } else {
            m_data = plan.type.create();
        }
    }
    ~Temporary()
    {
        if (m_plan.isPlainData || !m_data)
            return;
        if (m_data == m_inline)
            m_plan.type.destruct(m_data);
        else
            m_plan.type.destroy(m_data);
    }
    Q_DISABLE_COPY_MOVE(Temporary)

    void *data() const { return m_data; }

private:
    const TypePlan &m_plan;
    void *m_data;
    alignas(std::max_align_t) char m_inline[64];
};

// An integer of the type's width, whatever its name.
void storeInteger(void *target, qsizetype size, quint64 bits)
{
    const auto store = [&](auto value) { std::memcpy(target, &value, sizeof value); };
    switch (size) {
    case 1:
        store(quint8(bits));
        break;
    case 2:
        store(quint16(bits));
        break;
    case 4:
        store(quint32(bits));
        break;
    default:
        store(bits);
    }
}

template <typename T>
void store(void *target, T value)
{
    *static_cast<T *>(target) = std::move(value);
}

// The integer that QJsonValue has, if it has one.
std::optional<qint64> storedInteger(const QJsonValue &value)
{
    constexpr qint64 no = std::numeric_limits<qint64>::min();
    const qint64 integer = value.toInteger(no);
    if (integer == no && value.toInteger(0) != no)
        return {};
    return integer;
}

class Reader
{
public:
    explicit Reader(QByteArrayView text) : m_text(text) { }

    bool read(const QJsonValue &value, const TypePlan &plan, void *target, const JsonPath &path);

    Mismatch mismatch;

private:
    // What a payload says is quoted in the message only.
    bool fail(const JsonPath &path, const QString &expected, const QJsonValue &found,
              bool isQuoted = false, QByteArrayView number = {});
    bool failWith(const JsonPath &path, const QString &problem);

    template <typename T, typename Convert>
    bool readText(const QJsonValue &value, void *target, const JsonPath &path,
                  const QString &expected, Convert convert);
    bool readInteger(const QJsonValue &value, const TypePlan &plan, void *target,
                     const JsonPath &path);
    bool readReal(const QJsonValue &value, const TypePlan &plan, void *target,
                  const JsonPath &path);
    bool readEnum(const QJsonValue &value, const TypePlan &plan, void *target,
                  const JsonPath &path);
    bool readFlags(const QJsonValue &value, const TypePlan &plan, void *target,
                   const JsonPath &path);
    bool readName(const QString &name, const TypePlan &plan, const QJsonValue &value,
                  const JsonPath &path, int *bits);
    bool readObject(const QJsonObject &object, const TypePlan &plan, void *target,
                    const JsonPath &path);
    bool readList(const QJsonArray &array, const TypePlan &plan, void *target,
                  const JsonPath &path);
    bool readMap(const QJsonObject &object, const TypePlan &plan, void *target,
                 const JsonPath &path);
    bool readOptional(const QJsonValue &value, const OptionalAccess &access,
                      const TypePlan &element, void *target, const JsonPath &path);
    bool readOther(const QJsonValue &value, const TypePlan &plan, void *target,
                   const JsonPath &path);
    QByteArrayView numberAt(const JsonPath &path, const QJsonValue &value) const;

    const QByteArrayView m_text;
    int m_depth = 0;
};

bool Reader::fail(const JsonPath &path, const QString &expected, const QJsonValue &found,
                  bool isQuoted, QByteArrayView number)
{
    const QString problem = QStringLiteral("expected %1").arg(expected);
    mismatch.message = path.toString() + QLatin1String(": ") + problem + QLatin1String(", found ")
            + (isQuoted ? quotedForMessage(found, number) : kindForMessage(found));
    mismatch.loggable = path.toString(JsonPath::HideKeys) + QLatin1String(": ") + problem;
    if (!isQuoted)
        mismatch.loggable += QLatin1String(", found ") + kindForMessage(found);
    return false;
}

bool Reader::failWith(const JsonPath &path, const QString &problem)
{
    mismatch.message = path.toString() + QLatin1String(": ") + problem;
    mismatch.loggable = path.toString(JsonPath::HideKeys) + QLatin1String(": ") + problem;
    return false;
}

bool Reader::read(const QJsonValue &value, const TypePlan &plan, void *target, const JsonPath &path)
{
    const auto wrongKind = [&](QLatin1String expected) { return fail(path, expected, value); };
    switch (plan.kind) {
    case TypePlan::Bool:
        if (!value.isBool())
            return wrongKind(QLatin1String("a boolean"));
        store(target, value.toBool());
        return true;
    case TypePlan::SignedInteger:
    case TypePlan::UnsignedInteger:
        return readInteger(value, plan, target, path);
    case TypePlan::Float:
    case TypePlan::Double:
        return readReal(value, plan, target, path);
    case TypePlan::String:
        if (!value.isString())
            return wrongKind(QLatin1String("a string"));
        store(target, value.toString());
        return true;
    case TypePlan::ByteArray:
        return readText<QByteArray>(value, target, path, QStringLiteral("base64"), bytesFromBase64);
    case TypePlan::Url:
        return readText<QUrl>(value, target, path, QStringLiteral("a URL"),
                              [](const QString &text) -> std::optional<QUrl> {
                                  const QUrl url(text, QUrl::StrictMode);
                                  return url.isValid() ? std::optional<QUrl>(url) : std::nullopt;
                              });
    case TypePlan::DateTime:
        return readText<QDateTime>(value, target, path, QStringLiteral("an ISO 8601 date and time"),
                                   dateTimeFromText);
    case TypePlan::Date:
        return readText<QDate>(value, target, path, QStringLiteral("an ISO 8601 date"),
                               dateFromText);
    case TypePlan::Time:
        return readText<QTime>(value, target, path, QStringLiteral("an ISO 8601 time"),
                               timeFromText);
    case TypePlan::Uuid:
        return readText<QUuid>(value, target, path, QStringLiteral("a UUID"), uuidFromText);
    case TypePlan::JsonValue:
        store(target, value);
        return true;
    case TypePlan::Variant:
        store(target, value.toVariant());
        return true;
    case TypePlan::JsonObject:
    case TypePlan::VariantMap:
    case TypePlan::VariantHash:
        if (!value.isObject())
            return wrongKind(QLatin1String("an object"));
        if (plan.kind == TypePlan::JsonObject)
            store(target, value.toObject());
        else if (plan.kind == TypePlan::VariantMap)
            store(target, value.toObject().toVariantMap());
        else
            store(target, value.toObject().toVariantHash());
        return true;
    case TypePlan::JsonArray:
    case TypePlan::VariantList:
        if (!value.isArray())
            return wrongKind(QLatin1String("an array"));
        if (plan.kind == TypePlan::JsonArray)
            store(target, value.toArray());
        else
            store(target, value.toArray().toVariantList());
        return true;
    case TypePlan::Enum:
        return readEnum(value, plan, target, path);
    case TypePlan::Flags:
        return readFlags(value, plan, target, path);
    case TypePlan::Optional:
        return readOptional(value, plan.optional, *plan.element, target, path);
    case TypePlan::Other:
        return readOther(value, plan, target, path);
    case TypePlan::Gadget:
    case TypePlan::Map:
        if (!value.isObject())
            return wrongKind(QLatin1String("an object"));
        break;
    case TypePlan::List:
        if (!value.isArray())
            return wrongKind(QLatin1String("an array"));
        break;
    }

    if (m_depth == maximumDepth)
        return failWith(path, QStringLiteral("nested deeper than %1 levels").arg(maximumDepth));
    ++m_depth;
    bool isRead = false;
    if (plan.kind == TypePlan::Gadget)
        isRead = readObject(value.toObject(), plan, target, path);
    else if (plan.kind == TypePlan::List)
        isRead = readList(value.toArray(), plan, target, path);
    else
        isRead = readMap(value.toObject(), plan, target, path);
    --m_depth;
    return isRead;
}

template <typename T, typename Convert>
bool Reader::readText(const QJsonValue &value, void *target, const JsonPath &path,
                      const QString &expected, Convert convert)
{
    if (!value.isString())
        return fail(path, QStringLiteral("a string"), value);
    const std::optional<T> converted = convert(value.toString());
    if (!converted)
        return fail(path, expected, value, true);
    store(target, *converted);
    return true;
}

// What the text says where QJsonValue may have rounded; empty if the text is not known. A number that
// is not the same after all is none, too.
QByteArrayView Reader::numberAt(const JsonPath &path, const QJsonValue &value) const
{
    if (m_text.isEmpty())
        return {};
    const QByteArrayView number = findNumber(m_text, path.steps());
    bool isNumber = false;
    const double read = number.toByteArray().toDouble(&isNumber);
    return isNumber && read == value.toDouble() ? number : QByteArrayView();
}

bool Reader::readInteger(const QJsonValue &value, const TypePlan &plan, void *target,
                         const JsonPath &path)
{
    if (!value.isDouble())
        return fail(path, QStringLiteral("an integer"), value);
    QByteArrayView number; // as the text has it, where QJsonValue may have rounded
    const auto outOfRange = [&] {
        return fail(path,
                    QStringLiteral("an integer from %1 to %2").arg(plan.minimum).arg(plan.maximum),
                    value, true, number);
    };
    const auto take = [&](bool isNegative, quint64 magnitude) {
        const quint64 limit = isNegative ? quint64(0) - quint64(plan.minimum) : plan.maximum;
        if (magnitude > limit)
            return outOfRange();
        storeInteger(target, plan.type.sizeOf(), isNegative ? quint64(0) - magnitude : magnitude);
        return true;
    };

    const double real = value.toDouble();
    if (std::abs(real) >= exactLimit) {
        number = numberAt(path, value);
        if (!number.isEmpty()) {
            const ExactNumber exact = readExactNumber(number);
            if (exact.kind == ExactNumber::Integer)
                return take(exact.isNegative, exact.magnitude);
            if (exact.kind == ExactNumber::TooLarge)
                return outOfRange();
            return fail(path, QStringLiteral("an integer"), value, true, number);
        }
    }
    if (const auto integer = storedInteger(value))
        return take(*integer < 0,
                    *integer < 0 ? quint64(0) - quint64(*integer) : quint64(*integer));
    if (real != std::trunc(real))
        return fail(path, QStringLiteral("an integer"), value, true);
    // Which integer it was before it became a double nobody knows.
    if (real > 0 && real < 2 * int64Limit && plan.maximum > quint64(int64Limit)) {
        return fail(path,
                    QStringLiteral("an integer up to 9223372036854775807, because QJsonValue "
                                   "rounds larger ones"),
                    value, true);
    }
    return outOfRange();
}

bool Reader::readReal(const QJsonValue &value, const TypePlan &plan, void *target,
                      const JsonPath &path)
{
    if (!value.isDouble())
        return fail(path, QStringLiteral("a number"), value);
    const double real = value.toDouble();
    QByteArrayView number;
    const auto notExact = [&] {
        return fail(path,
                    QStringLiteral("a number that a %1 holds")
                            .arg(plan.kind == TypePlan::Float ? QLatin1String("float")
                                                              : QLatin1String("double")),
                    value, true, number);
    };
    // An integer that no double holds has other digits: neither all of those of the nearest one, nor
    // the shortest that lead back to it, which is what JavaScript writes.
    if (std::abs(real) >= exactLimit) {
        number = numberAt(path, value);
        const auto integer = storedInteger(value);
        const QByteArray digits = !number.isEmpty() ? number.toByteArray()
                : integer                           ? QByteArray::number(*integer)
                                                    : QByteArray();
        const bool isInteger = digits.indexOf('.') < 0 && !digits.toLower().contains('e');
        if (isInteger && !digits.isEmpty() && digits != QByteArray::number(real, 'f', 0)
            && digits != QByteArray::number(real, 'f', QLocale::FloatingPointShortest))
            return notExact();
    }
    if (plan.kind == TypePlan::Double) {
        store(target, real);
        return true;
    }
    // Fractions are rounded, as those of a double are. Integers and small numbers are not.
    if (std::abs(real) > double(std::numeric_limits<float>::max()))
        return notExact();
    const auto rounded = float(real);
    const bool isInteger = real == std::trunc(real);
    if ((isInteger && double(rounded) != real) || (rounded == 0 && real != 0))
        return notExact();
    store(target, rounded);
    return true;
}

bool Reader::readName(const QString &name, const TypePlan &plan, const QJsonValue &value,
                      const JsonPath &path, int *bits)
{
    const auto known = std::find_if(plan.names.begin(), plan.names.end(),
                                    [&](const auto &entry) { return entry.first == name; });
    if (known != plan.names.end()) {
        *bits |= known->second;
        return true;
    }
    QStringList names;
    for (const auto &entry : plan.names) {
        if (size_t(names.size()) == maximumNames)
            break;
        names.append(u'"' + entry.first + u'"');
    }
    if (plan.names.size() > maximumNames)
        names.append(QStringLiteral("%1 others").arg(plan.names.size() - maximumNames));
    return fail(path, QLatin1String("one of ") + names.join(QLatin1String(", ")), value, true);
}

bool Reader::readEnum(const QJsonValue &value, const TypePlan &plan, void *target,
                      const JsonPath &path)
{
    if (!value.isString())
        return fail(path, QStringLiteral("a string"), value);
    int bits = 0;
    if (!readName(value.toString(), plan, value, path, &bits))
        return false;
    storeInteger(target, plan.type.sizeOf(), quint64(qint64(bits)));
    return true;
}

bool Reader::readFlags(const QJsonValue &value, const TypePlan &plan, void *target,
                       const JsonPath &path)
{
    int bits = 0;
    if (value.isString()) {
        const QString text = value.toString();
        const QStringList names = text.isEmpty() ? QStringList() : text.split(u'|');
        for (const QString &name : names) {
            if (!readName(name, plan, name, path, &bits))
                return false;
        }
    } else if (value.isArray()) {
        const QJsonArray names = value.toArray();
        for (qsizetype i = 0; i < names.size(); ++i) {
            const JsonPath element(path, i);
            const QJsonValue name = names.at(i);
            if (!name.isString())
                return fail(element, QStringLiteral("a string"), name);
            if (!readName(name.toString(), plan, name, element, &bits))
                return false;
        }
    } else {
        return fail(path, QStringLiteral("a string or an array of strings"), value);
    }
    storeInteger(target, plan.type.sizeOf(), quint64(qint64(bits)));
    return true;
}

bool Reader::readObject(const QJsonObject &object, const TypePlan &plan, void *target,
                        const JsonPath &path)
{
    for (const TypePlan::Field &field : plan.fields) {
        const JsonPath member(path, field);
        const QJsonValue json = field.asciiName.isEmpty()
                ? object.value(field.jsonName)
                : object.value(QLatin1String(field.asciiName));
        if (json.isUndefined()) {
            if (field.isRequired)
                return failWith(member, QStringLiteral("a required field is missing"));
            continue;
        }
        if (field.type->kind == TypePlan::String && json.isString()) {
            QString text = json.toString();
            field.write(target, &text);
            continue;
        }
        const Temporary value(*field.type);
        // What a nested gadget lacks keeps the value that it has here.
        if (field.type->kind == TypePlan::Gadget && field.isReadable && value.data())
            field.read(target, value.data());
        if (!read(json, *field.type, value.data(), member))
            return false;
        field.write(target, value.data());
    }
    return true;
}

bool Reader::readList(const QJsonArray &array, const TypePlan &plan, void *target,
                      const JsonPath &path)
{
    for (qsizetype i = 0; i < array.size(); ++i) {
        const Temporary value(*plan.element);
        if (!read(array.at(i), *plan.element, value.data(), JsonPath(path, i)))
            return false;
        plan.sequence.addValueAtEnd(target, value.data());
    }
    return true;
}

bool Reader::readMap(const QJsonObject &object, const TypePlan &plan, void *target,
                     const JsonPath &path)
{
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        const QString key = it.key();
        // Qt drops a byte order mark in front of a name, so two names may become one.
        if (plan.association.containsKey(target, &key))
            return failWith(JsonPath(path, key), QStringLiteral("the name is there twice"));
        const Temporary value(*plan.element);
        if (!read(it.value(), *plan.element, value.data(), JsonPath(path, key)))
            return false;
        plan.association.setMappedAtKey(target, &key, value.data());
    }
    return true;
}

bool Reader::readOptional(const QJsonValue &value, const OptionalAccess &access,
                          const TypePlan &element, void *target, const JsonPath &path)
{
    if (value.isNull()) {
        access.reset(target);
        return true;
    }
    return read(value, element, access.emplace(target), path);
}

// What may be known by now: the application registers optionals, and modules such as Qt Gui bring
// converters.
bool Reader::readOther(const QJsonValue &value, const TypePlan &plan, void *target,
                       const JsonPath &path)
{
    const OptionalAccess access = TypePlan::findOptional(plan.type);
    if (access.emplace)
        return readOptional(value, access, *TypePlan::of(access.value), target, path);
    if (isMadeOfText(plan.type)) {
        if (!value.isString())
            return fail(path, QStringLiteral("a string"), value);
        const QString text = value.toString();
        if (QMetaType::convert(QMetaType::fromType<QString>(), &text, plan.type, target))
            return true;
        return fail(path, QStringLiteral("a ") + QLatin1String(plan.type.name()), value, true);
    }
    const TypePlan::Field *field = path.field();
    if (!field) {
        return failWith(path,
                        QStringLiteral("the type %1 cannot be read from JSON")
                                .arg(QLatin1String(plan.type.name())));
    }
    return failWith(path,
                    QStringLiteral("the property %1::%2 has the type %3, which cannot be read from "
                                   "JSON")
                            .arg(QLatin1String(field->owner->className()),
                                 QLatin1String(field->propertyName),
                                 QLatin1String(field->typeName)));
}

} // namespace

Mismatch readTyped(const QJsonValue &value, const TypePlan &plan, void *target, QByteArrayView text)
{
    Reader reader(text);
    reader.read(value, plan, target, JsonPath());
    return reader.mismatch;
}

} // namespace EventSourcePrivate
