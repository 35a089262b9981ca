// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The input is a JSON text. What is read from it into a gadget is what the text says: each property
// is compared with the JSON value of its name. A text that is refused gives a short message.

#include "everykind.h"
#include "payload/json_p.h"
#include "payload/jsonnumber_p.h"
#include "payload/typereader_p.h"
#include "require.h"

#include <QtCore/qassociativeiterable.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qsequentialiterable.h>

#include <cmath>

using namespace EventSourcePrivate;

namespace {

bool isSame(const QVariant &read, const QJsonValue &json);

// What an iterable has, by way of its own iterators, which the reader does not use.
bool isSameList(const QVariant &read, const QJsonArray &json)
{
    const auto list = read.value<QSequentialIterable>();
    if (list.size() != json.size())
        return false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        if (!isSame(list.at(i), json.at(i)))
            return false;
    }
    return true;
}

bool isSameMap(const QVariant &read, const QJsonObject &json)
{
    const auto map = read.value<QAssociativeIterable>();
    if (map.size() != json.size())
        return false;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (!isSame(map.value(it.key()), it.value()))
            return false;
    }
    return true;
}

bool isSameGadget(const EveryKind &read, const QJsonObject &json)
{
    const QMetaObject &metaObject = EveryKind::staticMetaObject;
    const EveryKind untouched;
    for (int i = 0; i < metaObject.propertyCount(); ++i) {
        const QMetaProperty property = metaObject.property(i);
        const QString name = property.name() == QByteArray("alias")
                ? QStringLiteral("odd name")
                : QString::fromLatin1(property.name());
        const QVariant value = property.readOnGadget(&read);
        if (json.contains(name)) {
            if (!isSame(value, json.value(name)))
                return false;
        } else if (property.name() != QByteArray("children")) {
            if (property.metaType().isEqualityComparable()
                && value != property.readOnGadget(&untouched))
                return false;
        } else if (!read.children().isEmpty()) {
            return false;
        }
    }
    return true;
}

template <typename T>
bool isSameOptional(const std::optional<T> &read, const QJsonValue &json)
{
    return json.isNull() ? !read : read && isSame(QVariant::fromValue(*read), json);
}

bool isSameFlags(int bits, const QJsonValue &json)
{
    const QMetaEnum names = QMetaEnum::fromType<EveryKind::Sides>();
    const QStringList keys = json.isString()
            ? json.toString().split(QLatin1Char('|'), Qt::SkipEmptyParts)
            : json.toVariant().toStringList();
    int expected = 0;
    for (const QString &key : keys)
        expected |= names.keyToValue(key.toLatin1().constData());
    return bits == expected;
}

bool isSame(const QVariant &read, const QJsonValue &json)
{
    const QMetaType type = read.metaType();
    if (type == QMetaType::fromType<QJsonValue>())
        return read.value<QJsonValue>() == json;
    if (type == QMetaType::fromType<QJsonObject>())
        return read.toJsonObject() == json.toObject();
    if (type == QMetaType::fromType<QJsonArray>())
        return read.toJsonArray() == json.toArray();
    if (type == QMetaType::fromType<QVariantMap>() || type == QMetaType::fromType<QVariantList>())
        return read == json.toVariant();
    if (type == QMetaType::fromType<QVariantHash>())
        return json.isObject() && read.toHash() == json.toObject().toVariantHash();
    if (type == QMetaType::fromType<EveryKind::Color>())
        return QMetaEnum::fromType<EveryKind::Color>().valueToKey(read.toInt())
                == json.toString().toUtf8();
    if (type == QMetaType::fromType<EveryKind::Sides>())
        return isSameFlags(int(read.value<EveryKind::Sides>()), json);
    if (type == QMetaType::fromType<std::optional<int>>())
        return isSameOptional(read.value<std::optional<int>>(), json);
    if (type == QMetaType::fromType<std::optional<QString>>())
        return isSameOptional(read.value<std::optional<QString>>(), json);
    if (type == QMetaType::fromType<EveryKind>())
        return json.isObject() && isSameGadget(read.value<EveryKind>(), json.toObject());
    switch (type.id()) {
    case QMetaType::Bool:
        return json.isBool() && read.toBool() == json.toBool();
    case QMetaType::QString:
        return json.isString() && read.toString() == json.toString();
    case QMetaType::QByteArray:
        return read.toByteArray().toBase64() == json.toString().toUtf8();
    case QMetaType::QUrl:
        return read.toUrl() == QUrl(json.toString(), QUrl::StrictMode);
    case QMetaType::QUuid:
        return read.toUuid() == QUuid(json.toString());
    case QMetaType::QDate:
        return read.toDate().toString(Qt::ISODate) == json.toString();
    case QMetaType::QTime:
        return read.toTime().isValid()
                && json.toString().startsWith(read.toTime().toString(QStringLiteral("HH:mm")));
    case QMetaType::QDateTime: {
        // Qt's reader rounds digits of a second that ours drops.
        const QDateTime expected = QDateTime::fromString(json.toString(), Qt::ISODateWithMs);
        return expected.isValid() && qAbs(read.toDateTime().msecsTo(expected)) <= 1000;
    }
    case QMetaType::Float:
        return json.isDouble() && read.toFloat() == float(json.toDouble());
    case QMetaType::Double:
        return json.isDouble() && read.toDouble() == json.toDouble();
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        return json.isDouble() && double(read.toULongLong()) == json.toDouble();
    default:
        break;
    }
    if (json.isArray())
        return isSameList(read, json.toArray());
    if (json.isObject())
        return isSameMap(read, json.toObject());
    return json.isDouble() && double(read.toLongLong()) == json.toDouble();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const TypePlan *const plan = TypePlan::of(QMetaType::fromType<EveryKind>());
    const QByteArray text(reinterpret_cast<const char *>(bytes), qsizetype(size));
    if (!text.isValidUtf8())
        return 0;
    const ParsedJson parsed = parseJson(text);
    if (!parsed.error.isEmpty())
        return 0;
    for (const QByteArray &known : {text, QByteArray()}) {
        EveryKind read;
        const Mismatch mismatch = readTyped(parsed.value, *plan, &read, known);
        require(mismatch.message.size() < 800, "a short message");
        require(mismatch.isNull() == mismatch.loggable.isEmpty(), "two messages or none");
        if (mismatch.isNull())
            require(isSameGadget(read, parsed.value.toObject()), "the value of the text");
    }
    // The digits are those of the text, wherever the number is.
    const QJsonValue number = parsed.value.toObject().value(QStringLiteral("u64"));
    if (number.isDouble()) {
        const ExactNumber exact = readExactNumber(findNumber(text, {QStringLiteral("u64")}));
        const QByteArray alone =
                "{\"u64\":" + findNumber(text, {QStringLiteral("u64")}).toByteArray() + '}';
        EveryKind read;
        if (readTyped(parseJson(alone).value, *plan, &read, alone).isNull()
            && std::abs(number.toDouble()) >= 9007199254740992.0) {
            require(exact.kind == ExactNumber::Integer && !exact.isNegative
                            && exact.magnitude == read.u64,
                    "the digits of the text");
        }
    }
    return 0;
}
