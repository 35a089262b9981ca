// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef TYPEPLAN_P_H
#define TYPEPLAN_P_H

#include <QtCore/qmetacontainer.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qmetatype.h>
#include <QtCore/qstring.h>

#include <utility>
#include <vector>

namespace EventSourcePrivate {

// How to fill a std::optional, which has no metatype that says what is in it.
struct OptionalAccess
{
    QMetaType value;
    void *(*emplace)(void *optional) = nullptr; // returns the value
    void (*reset)(void *optional) = nullptr;
};

// How the values of a type are read from JSON. Plans are made once and never deleted, and any thread
// may use them.
class TypePlan
{
public:
    enum Kind {
        Other, // decided when it is read: an optional that was registered since, or a converter
        Bool,
        SignedInteger,
        UnsignedInteger,
        Float,
        Double,
        String,
        ByteArray,
        Url,
        DateTime,
        Date,
        Time,
        Uuid,
        JsonValue,
        JsonObject,
        JsonArray,
        Variant,
        VariantMap,
        VariantHash,
        VariantList,
        Enum,
        Flags,
        Gadget,
        List,
        Map,
        Optional
    };

    struct Field
    {
        QString jsonName;
        QByteArray asciiName; // the same, if it is ASCII: QJsonObject compares that faster
        const TypePlan *type = nullptr;
        const QMetaObject *owner = nullptr;
        int index = -1; // within its owner
        bool isRequired = false;
        bool isReadable = false;
        QByteArray propertyName;
        QByteArray typeName;

        // The pointer is to a value of the property's own type, so that no QVariant is made.
        void read(void *gadget, void *value) const
        {
            call(gadget, QMetaObject::ReadProperty, value);
        }
        void write(void *gadget, void *value) const
        {
            call(gadget, QMetaObject::WriteProperty, value);
        }

    private:
        void call(void *gadget, QMetaObject::Call what, void *value) const
        {
            int status = -1;
            int flags = 0;
            void *arguments[] = {value, nullptr, &status, &flags};
            owner->d.static_metacall(static_cast<QObject *>(gadget), what, index, arguments);
        }
    };

    static const TypePlan *of(QMetaType type);
    static void addOptional(QMetaType optional, const OptionalAccess &access);
    // Nobody's, if the type is no optional or none that is known.
    static OptionalAccess findOptional(QMetaType type);

    Kind kind = Other;
    QMetaType type;
    bool isPlainData = false; // bytes that need no constructor

    qint64 minimum = 0; // of an integer
    quint64 maximum = 0;
    std::vector<std::pair<QString, int>> names; // of an enum
    std::vector<Field> fields; // of a gadget
    QMetaSequence sequence;
    QMetaAssociation association;
    OptionalAccess optional;
    const TypePlan *element = nullptr; // of a list, a map or an optional
};

} // namespace EventSourcePrivate

#endif // TYPEPLAN_P_H
