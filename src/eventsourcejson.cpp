// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcejson.h"

#include "payload/typereader_p.h"

/*!
    \namespace EventSource
    \inheaderfile EventSource/EventSourceJson
    \inmodule EventSource
    \since EventSource 0.1
    \brief JSON as values of C++ types.
*/

/*!
    \fn template <typename T> std::optional<T> EventSource::fromJson(const QJsonValue &value, QString *error)

    Reads \a value into a T and returns it. If the value does not fit, it returns nothing, and
    \a error (if it is not null) says where the first mismatch is, what is expected and what was
    found: \c{$.steps[2].status: expected a string, found a number}. It is empty after success.

    \code
    struct Build { Q_GADGET
        Q_CLASSINFO("json:startedAt", "started_at")
        Q_PROPERTY(QString state MEMBER state REQUIRED)
        Q_PROPERTY(QDateTime startedAt MEMBER startedAt)

    public:
        QString state;
        QDateTime startedAt;
    };

    const std::optional<Build> build = EventSource::fromJson<Build>(value, &error);
    \endcode

    \target JSON types
    T is a class with Q_GADGET and a default constructor, or any other type of this list:

    \table
    \header \li Type \li JSON
    \row \li a gadget \li an object
    \row \li QList and other sequences, QStringList \li an array
    \row \li QMap and QHash with QString as key \li an object
    \row \li enums (Q_ENUM) \li the name of a value, without its class
    \row \li flags (Q_FLAG) \li names joined with "|", or an array of names
    \row \li bool \li true or false
    \row \li integers of all widths \li a number that is an integer of that width; \c 1.0 and
              \c 1e3 are
    \row \li double, float \li a number; fractions are rounded, but an integer that the type does not
              hold exactly is a mismatch, and so is a number out of its range
    \row \li QString \li a string
    \row \li QByteArray \li a string in base64 with its padding
    \row \li QUrl \li a string that is a valid URL, and not empty
    \row \li QDateTime, QDate, QTime \li a string in ISO 8601 (\c{2024-02-29T10:30:05.25+02:00}).
              Without an offset it is local time. Digits below milliseconds are dropped
    \row \li QUuid \li a string, with or without braces
    \row \li QJsonValue, QVariant \li any value, null too
    \row \li QJsonObject, QVariantMap, QVariantHash \li an object
    \row \li QJsonArray, QVariantList \li an array
    \row \li std::optional \li null, or what the type inside needs. See registerOptional()
    \row \li other types that QMetaType converts from QString, such as QColor in an application that
              uses Qt Gui \li a string that the converter accepts
    \endtable

    A member of the object is read into the property with its name. Another name is given with
    \c{Q_CLASSINFO("json:PROPERTY", "NAME")}; a derived class inherits it. A property without a member
    keeps its value, and so do the properties of a nested gadget; it is a mismatch if the property is
    \c REQUIRED. Members without a property are ignored, and so are properties that cannot be written.
    Null is a mismatch for all types that do not say otherwise above. A property whose type is not in
    the list is a mismatch that names the class, the property and the type, as soon as there is a
    member for it.

    Kinds are strict: no string becomes a number, and no number another one. QJsonValue itself keeps
    integers up to 2\sup{63} - 1 and rounds larger ones to doubles. Which integer such a double was
    is not known, so it is a mismatch for an integer property, also for quint64.
    EventSourceListener::onMessage() knows the text of the event and reads all integers of 64 bits.

    Objects and arrays inside each other are read down to 256 levels. What is quoted of a payload in a
    message is short. The function may be called in any thread.

    A listener calls functions with such values: see
    \l [CPP] {EventSourceListener::onMessage()}{EventSourceListener::onMessage()}.
*/

/*!
    \fn template <typename T> void EventSource::registerOptional()

    Lets fromJson() and EventSourceListener::onMessage() read properties of type std::optional<T>,
    where T is a type that they read, such as a gadget. It is called once, in any thread, before the
    first value is read. For bool, numbers, QString, QStringList, QByteArray, QUrl, QDateTime, QDate,
    QTime, QUuid, QJsonValue, QJsonObject, QJsonArray, QVariantMap and QVariantList that is not
    necessary.
*/

namespace EventSourcePrivate {

const TypePlan *planOf(QMetaType type)
{
    return TypePlan::of(type);
}

bool readJson(const QJsonValue &value, const TypePlan *plan, void *target, QString *error)
{
    const Mismatch mismatch = readTyped(value, *plan, target);
    if (error)
        *error = mismatch.message;
    return mismatch.isNull();
}

void addOptional(QMetaType optional, QMetaType value, void *(*emplace)(void *optional),
                 void (*reset)(void *optional))
{
    TypePlan::addOptional(optional, {value, emplace, reset});
}

} // namespace EventSourcePrivate
