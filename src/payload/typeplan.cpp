// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/typeplan_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qdatetime.h>
#include <QtCore/qhash.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qjsonvalue.h>
#include <QtCore/qmap.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qreadwritelock.h>
#include <QtCore/qstringlist.h>
#include <QtCore/qurl.h>
#include <QtCore/quuid.h>
#include <QtCore/qvariant.h>

#include <limits>
#include <memory>
#include <optional>
#include <type_traits>
#include <unordered_map>

namespace EventSourcePrivate {

namespace {

// Written and read as values of this size, whatever their names.
template <typename T>
void planInteger(TypePlan *plan)
{
    plan->kind = std::is_signed_v<T> ? TypePlan::SignedInteger : TypePlan::UnsignedInteger;
    plan->minimum = qint64(std::numeric_limits<T>::min());
    plan->maximum = quint64(std::numeric_limits<T>::max());
}

TypePlan::Kind basicKind(int id)
{
    switch (id) {
    case QMetaType::Bool:
        return TypePlan::Bool;
    case QMetaType::Float:
        return TypePlan::Float;
    case QMetaType::Double:
        return TypePlan::Double;
    case QMetaType::QString:
        return TypePlan::String;
    case QMetaType::QByteArray:
        return TypePlan::ByteArray;
    case QMetaType::QUrl:
        return TypePlan::Url;
    case QMetaType::QDateTime:
        return TypePlan::DateTime;
    case QMetaType::QDate:
        return TypePlan::Date;
    case QMetaType::QTime:
        return TypePlan::Time;
    case QMetaType::QUuid:
        return TypePlan::Uuid;
    case QMetaType::QJsonValue:
        return TypePlan::JsonValue;
    case QMetaType::QJsonObject:
        return TypePlan::JsonObject;
    case QMetaType::QJsonArray:
        return TypePlan::JsonArray;
    case QMetaType::QVariant:
        return TypePlan::Variant;
    case QMetaType::QVariantMap:
        return TypePlan::VariantMap;
    case QMetaType::QVariantHash:
        return TypePlan::VariantHash;
    case QMetaType::QVariantList:
        return TypePlan::VariantList;
    default:
        return TypePlan::Other;
    }
}

bool planIntegerOf(int id, TypePlan *plan)
{
    switch (id) {
    case QMetaType::Char:
        planInteger<char>(plan);
        return true;
    case QMetaType::SChar:
        planInteger<signed char>(plan);
        return true;
    case QMetaType::UChar:
        planInteger<uchar>(plan);
        return true;
    case QMetaType::Short:
        planInteger<short>(plan);
        return true;
    case QMetaType::UShort:
        planInteger<ushort>(plan);
        return true;
    case QMetaType::Int:
        planInteger<int>(plan);
        return true;
    case QMetaType::UInt:
        planInteger<uint>(plan);
        return true;
    case QMetaType::Long:
        planInteger<long>(plan);
        return true;
    case QMetaType::ULong:
        planInteger<ulong>(plan);
        return true;
    case QMetaType::LongLong:
        planInteger<qint64>(plan);
        return true;
    case QMetaType::ULongLong:
        planInteger<quint64>(plan);
        return true;
    default:
        return false;
    }
}

template <typename T>
std::pair<int, OptionalAccess> basicOptional()
{
    using Optional = std::optional<T>;
    return {QMetaType::fromType<Optional>().id(),
            {QMetaType::fromType<T>(),
             [](void *optional) -> void * { return &static_cast<Optional *>(optional)->emplace(); },
             [](void *optional) { static_cast<Optional *>(optional)->reset(); }}};
}

template <typename... T>
std::unordered_map<int, OptionalAccess> basicOptionals()
{
    return {basicOptional<T>()...};
}

// The enum or flags type with this name, as QMetaType knows it: "Class::Name" or "QFlags<Class::Name>".
QMetaEnum enumOf(QMetaType type)
{
    const QMetaObject *scope = type.metaObject();
    if (!scope)
        return {};
    QByteArray name = type.name();
    const bool isFlags = name.startsWith("QFlags<");
    if (isFlags)
        name = name.mid(7, name.size() - 8);
    name = name.mid(name.lastIndexOf(':') + 1);
    for (int i = 0; i < scope->enumeratorCount(); ++i) {
        const QMetaEnum candidate = scope->enumerator(i);
        if (candidate.isFlag() == isFlags
            && (candidate.enumName() == name || candidate.name() == name))
            return candidate;
    }
    return {};
}

// What the converter of a container to an iterable knows. The converter is registered with the type.
template <typename Meta>
std::optional<Meta> containerOf(QMetaType type)
{
    const QMetaType iterableType = QMetaType::fromType<QIterable<Meta>>();
    if (!QMetaType::canView(type, iterableType))
        return {};
    void *container = type.create();
    if (!container)
        return {};
    QIterable<Meta> iterable(Meta(), static_cast<const int *>(nullptr));
    const bool isViewed = QMetaType::view(type, container, iterableType, &iterable);
    const Meta meta = iterable.metaContainer();
    type.destroy(container);
    return isViewed ? std::optional<Meta>(meta) : std::nullopt;
}

class Plans
{
public:
    const TypePlan *of(QMetaType type);
    void addOptional(QMetaType optional, const OptionalAccess &access);
    OptionalAccess findOptional(QMetaType type);

private:
    const TypePlan *make(QMetaType type);
    void fill(TypePlan *plan);
    void fillEnum(TypePlan *plan, const QMetaEnum &names);
    void fillGadget(TypePlan *plan);
    bool fillContainer(TypePlan *plan);

    QReadWriteLock m_lock;
    std::unordered_map<int, std::unique_ptr<TypePlan>> m_plans;
    std::unordered_map<int, OptionalAccess> m_optionals =
            basicOptionals<bool, char, signed char, uchar, short, ushort, int, uint, long, ulong,
                           qint64, quint64, float, double, QString, QStringList, QByteArray, QUrl,
                           QDateTime, QDate, QTime, QUuid, QJsonValue, QJsonObject, QJsonArray,
                           QVariantMap, QVariantList>();
};

const TypePlan *Plans::of(QMetaType type)
{
    const int id = type.id();
    {
        const QReadLocker locker(&m_lock);
        const auto known = m_plans.find(id);
        if (known != m_plans.end())
            return known->second.get();
    }
    const QWriteLocker locker(&m_lock);
    return make(type);
}

void Plans::addOptional(QMetaType optional, const OptionalAccess &access)
{
    const int id = optional.id();
    const QWriteLocker locker(&m_lock);
    m_optionals.insert_or_assign(id, access);
}

OptionalAccess Plans::findOptional(QMetaType type)
{
    const int id = type.id();
    const QReadLocker locker(&m_lock);
    const auto known = m_optionals.find(id);
    return known == m_optionals.end() ? OptionalAccess() : known->second;
}

// A type may have itself as a part: its plan is known before the parts are looked at. No other thread
// sees it before the lock is released.
const TypePlan *Plans::make(QMetaType type)
{
    std::unique_ptr<TypePlan> &plan = m_plans[type.id()];
    if (!plan) {
        plan = std::make_unique<TypePlan>();
        TypePlan *made = plan.get();
        made->type = type;
        fill(made);
        return made;
    }
    return plan.get();
}

void Plans::fill(TypePlan *plan)
{
    const QMetaType type = plan->type;
    if (!type.isValid())
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (!type.isDefaultConstructible())
        return;
#endif
    plan->kind = basicKind(type.id());
    if (plan->kind != TypePlan::Other || planIntegerOf(type.id(), plan)) {
        plan->isPlainData = plan->kind == TypePlan::Bool || plan->kind == TypePlan::Float
                || plan->kind == TypePlan::Double || plan->kind == TypePlan::SignedInteger
                || plan->kind == TypePlan::UnsignedInteger;
        return;
    }
    if (const QMetaEnum names = enumOf(type); names.isValid()) {
        fillEnum(plan, names);
        return;
    }
    if (type.flags().testFlag(QMetaType::IsGadget) && type.metaObject()) {
        fillGadget(plan);
        return;
    }
    const auto optional = m_optionals.find(type.id());
    if (optional != m_optionals.end()) {
        plan->kind = TypePlan::Optional;
        plan->optional = optional->second;
        plan->element = make(plan->optional.value);
        return;
    }
    fillContainer(plan);
}

void Plans::fillEnum(TypePlan *plan, const QMetaEnum &names)
{
    plan->kind = names.isFlag() ? TypePlan::Flags : TypePlan::Enum;
    plan->isPlainData = true;
    for (int i = 0; i < names.keyCount(); ++i)
        plan->names.emplace_back(QString::fromUtf8(names.key(i)), names.value(i));
}

// All properties that can be written, those of base classes too. One that a derived class declares
// again takes the place of the first.
void Plans::fillGadget(TypePlan *plan)
{
    plan->kind = TypePlan::Gadget;
    const QMetaObject *metaObject = plan->type.metaObject();
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        const QMetaProperty property = metaObject->property(i);
        if (!property.isWritable() || metaObject->indexOfProperty(property.name()) != i
            || !property.enclosingMetaObject()->d.static_metacall)
            continue;
        TypePlan::Field field;
        const QByteArray key = QByteArray("json:").append(property.name());
        const int alias = metaObject->indexOfClassInfo(key.constData());
        field.jsonName = QString::fromUtf8(alias < 0 ? property.name()
                                                     : metaObject->classInfo(alias).value());
        if (const QByteArray name = field.jsonName.toUtf8(); name.size() == field.jsonName.size())
            field.asciiName = name;
        field.owner = property.enclosingMetaObject();
        field.index = property.relativePropertyIndex();
        field.isRequired = property.isRequired();
        field.isReadable = property.isReadable();
        field.propertyName = property.name();
        field.typeName = property.typeName();
        field.type = make(property.metaType());
        plan->fields.push_back(field);
    }
}

bool Plans::fillContainer(TypePlan *plan)
{
    const QMetaType type = plan->type;
    if (type.id() == QMetaType::QStringList)
        plan->sequence = QMetaSequence::fromContainer<QStringList>();
    else if (type.id() == QMetaType::QByteArrayList)
        plan->sequence = QMetaSequence::fromContainer<QByteArrayList>();
    else if (const auto sequence = containerOf<QMetaSequence>(type))
        plan->sequence = *sequence;
    // A set would lose what is equal.
    if (plan->sequence.canAddValueAtEnd()) {
        plan->kind = TypePlan::List;
        plan->element = make(plan->sequence.valueMetaType());
        return true;
    }
    const auto association = containerOf<QMetaAssociation>(type);
    if (association && association->keyMetaType() == QMetaType::fromType<QString>()
        && association->canSetMappedAtKey()) {
        plan->kind = TypePlan::Map;
        plan->association = *association;
        plan->element = make(association->mappedMetaType());
        return true;
    }
    return false;
}

Plans &plans()
{
    static Plans plans;
    return plans;
}

} // namespace

const TypePlan *TypePlan::of(QMetaType type)
{
    return plans().of(type);
}

void TypePlan::addOptional(QMetaType optional, const OptionalAccess &access)
{
    plans().addOptional(optional, access);
}

OptionalAccess TypePlan::findOptional(QMetaType type)
{
    return plans().findOptional(type);
}

} // namespace EventSourcePrivate
