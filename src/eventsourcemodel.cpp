// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcemodel.h"
#include "eventsourcemodel_p.h"

#include <QtQml/qqmlinfo.h>

#include <algorithm>

using namespace EventSourcePrivate;

namespace {

struct BuiltInRole
{
    int role;
    const char *name;
};
constexpr BuiltInRole builtInRoles[] = {
        {Qt::DisplayRole, "display"},
        {EventSourceModel::TypeRole, "type"},
        {EventSourceModel::DataRole, "data"},
        {EventSourceModel::TextRole, "text"},
        {EventSourceModel::LastEventIdRole, "lastEventId"},
        {EventSourceModel::ReceivedRole, "received"},
        {EventSourceModel::ProblemRole, "problem"},
};

} // namespace

/*!
    \class EventSourceModel
    \inheaderfile EventSource/EventSourceModel
    \inmodule EventSource
    \since EventSource 0.1
    \brief A stream as a list for views: one row for each event, or for each key.

//! [description]
    \qml
    ListView {
        model: EventSourceModel {
            listener: App.events
            eventTypes: ["build"]
            keyField: "id" // a further event of the same build updates its row
            removeTypes: ["deleted"]
            resetTypes: ["snapshot"]
            roles: ["name", "status"]
        }
        delegate: Label {
            required property string name
            required property string status
            text: name + ": " + status
        }
    }
    \endqml

    Without \l keyField each event is a row: a log. With it the model is a table that the stream
    keeps up to date: an event whose key is known replaces the data of that row, which keeps its place,
    and an event of \l removeTypes removes it. An array is a batch then, one row for each element. An
    event of \l resetTypes replaces all rows, with or without a key field.

    A row has these roles, and one for each field that \l roles names:

    \table
    \header \li name \li value
    \row \li type \li the type of the event
    \row \li data \li the decoded data (of a batch the element): a map, a list or a scalar
    \row \li text \li the data as text, also Qt::DisplayRole
    \row \li lastEventId \li EventSourceEvent::lastEventId
    \row \li received \li date and time of arrival
    \row \li problem \li why the data are not JSON; see \l includeParseErrors
    \endtable

    Views are notified once for all events of a delivery slice: each contiguous range of rows that
    are removed, changed or inserted is one change, and several events with one key are one change of
    their row. The roles that dataChanged() names are those whose values differ. What the rows are does
    not depend on how the events were cut into slices.

    Like a subscription the model is a consumer of the listener: types that nobody wants are not
    decoded. Model and listener belong to the same thread.
//! [description]

    \sa EventSourceSubscription
*/

/*!
    \enum EventSourceModel::Order
    Where new rows come.

//! [Order-values]
    \value Append a new row is the last one (default)
    \value Prepend a new row is the first one
//! [Order-values]

    \sa order
*/

/*!
    \enum EventSourceModel::Role
    The roles of a row. Their names are in the table of the class.

//! [Role-values]
    \value TypeRole the type of the event
    \value DataRole the decoded data
    \value TextRole the data as text
    \value LastEventIdRole the last event id after the event
    \value ReceivedRole date and time of arrival
    \value ProblemRole why the data are not JSON
    \value FieldRole the role of the first field that \l roles names; the others follow
//! [Role-values]

    \sa roles
*/

/*!
    Makes a model without a listener, with \a parent.
*/
EventSourceModel::EventSourceModel(QObject *parent)
    : QAbstractListModel(parent), d(std::make_unique<ModelPrivate>(this))
{
}

/*!
    Makes a model of what \a listener receives, with \a parent.
*/
EventSourceModel::EventSourceModel(EventSourceListener *listener, QObject *parent)
    : EventSourceModel(parent)
{
    setListener(listener);
}

/*!
    Leaves the listener.
*/
EventSourceModel::~EventSourceModel() = default;

/*!
    \property EventSourceModel::listener
//! [listener]
    Whose events these are; null by default, and again when the listener is destroyed.

    The rows stay without a listener. With a key field they are removed when another listener is set,
    and when the listener gets a new URL.

    \sa eventTypes
//! [listener]
*/
EventSourceListener *EventSourceModel::listener() const
{
    return d->listener;
}

void EventSourceModel::setListener(EventSourceListener *listener)
{
    if (d->listener != listener)
        d->setListener(listener);
}

/*!
    \property EventSourceModel::eventTypes
//! [eventTypes]
    The types of events that make rows; empty (default) for all.

    The types that \l removeTypes and \l resetTypes name need not be repeated here.

    \sa removeTypes, resetTypes, EventSourceListener::eventTypes
//! [eventTypes]
*/
QStringList EventSourceModel::eventTypes() const
{
    return d->eventTypes;
}

void EventSourceModel::setEventTypes(const QStringList &types)
{
    if (d->eventTypes == types)
        return;
    d->eventTypes = types;
    Q_EMIT eventTypesChanged();
}

/*!
    \property EventSourceModel::roles
//! [roles]
    The fields of the JSON objects that are offered as roles of the same name.

    A name may be a path with dots, such as \c metrics.cpu; in a delegate it is
    \c{model["metrics.cpu"]}. A field that an object does not have is undefined. A field takes the place
    of a built-in role with the same name.

    In QML the roles are fixed once the component is complete; a later change is refused with a warning.
    In C++ a change resets the model.

    \sa get()
//! [roles]
*/
QStringList EventSourceModel::roles() const
{
    return d->roles;
}

void EventSourceModel::setRoles(const QStringList &fields)
{
    QStringList unique;
    for (const QString &field : fields) {
        if (!field.isEmpty() && !unique.contains(field))
            unique.append(field);
    }
    if (d->roles == unique)
        return;
    if (d->isComplete) {
        qmlWarning(this) << tr("roles is fixed once the component is complete.");
        return;
    }
    d->setRoles(unique);
}

/*!
    \property EventSourceModel::maximumCount
//! [maximumCount]
    The largest number of rows, 1000 by default; 0 for no limit.

    The oldest rows leave, in the same change that brings the new ones. The age of a row with a key
    counts from its first event.

    \sa maximumTextLength, order
//! [maximumCount]
*/
int EventSourceModel::maximumCount() const
{
    return d->maximumCount;
}

void EventSourceModel::setMaximumCount(int count)
{
    count = std::max(0, count);
    if (d->maximumCount != count)
        d->setMaximumCount(count);
}

/*!
    \property EventSourceModel::order
//! [order]
    Where new rows come: Append (default) or Prepend. A change resets the model.

    \sa maximumCount
//! [order]
*/
EventSourceModel::Order EventSourceModel::order() const
{
    return d->order;
}

void EventSourceModel::setOrder(Order order)
{
    d->setOrder(order);
}

/*!
    \property EventSourceModel::keyField
//! [keyField]
    The field, or path with dots, by which an event finds its row; empty by default.

    A key is a string, a number or a boolean. Numbers above 2^63 - 1 are doubles, so two keys that
    differ only in their last digits are equal. An event without one is a row of its own that is never
    updated; the first is reported as a warning. A change of the property removes all rows.

    \sa removeTypes, indexOf()
//! [keyField]
*/
QString EventSourceModel::keyField() const
{
    return d->rows.keyField().toString();
}

void EventSourceModel::setKeyField(const QString &field)
{
    d->setKeyField(field);
}

/*!
    \property EventSourceModel::removeTypes
//! [removeTypes]
    Events of these types remove the row with their key; none by default.

    Their data are the key itself, an object with the key in \l keyField, or an array of these.

    \sa keyField, resetTypes
//! [removeTypes]
*/
QStringList EventSourceModel::removeTypes() const
{
    return d->removeTypes;
}

void EventSourceModel::setRemoveTypes(const QStringList &types)
{
    if (d->removeTypes == types)
        return;
    d->removeTypes = types;
    Q_EMIT removeTypesChanged();
}

/*!
    \property EventSourceModel::resetTypes
//! [resetTypes]
    Events of these types replace all rows by what they bring; none by default.

    Without data, or with null, they only remove all rows.

    \sa removeTypes, clear()
//! [resetTypes]
*/
QStringList EventSourceModel::resetTypes() const
{
    return d->resetTypes;
}

void EventSourceModel::setResetTypes(const QStringList &types)
{
    if (d->resetTypes == types)
        return;
    d->resetTypes = types;
    Q_EMIT resetTypesChanged();
}

/*!
    \property EventSourceModel::paused
//! [paused]
    While true the rows do not change; false by default.

    What arrives meanwhile is shown when it is false again, as if it had come at once. It needs no more
    memory than the rows themselves: what \l maximumCount or a later event with the same key makes
    superfluous is not kept.

    \sa maximumCount
//! [paused]
*/
bool EventSourceModel::isPaused() const
{
    return d->isPaused;
}

void EventSourceModel::setPaused(bool paused)
{
    if (d->isPaused == paused)
        return;
    d->isPaused = paused;
    const QPointer<EventSourceModel> self(this);
    d->show();
    if (self)
        Q_EMIT pausedChanged();
}

/*!
    \property EventSourceModel::includeParseErrors
//! [includeParseErrors]
    Whether an event whose data are not JSON is a row, too; false by default.

    Its role \c problem says why, and it has no \c data and no key. The listener does not warn of such
    events then.

    \sa EventSourceListener::parseError()
//! [includeParseErrors]
*/
bool EventSourceModel::includesParseErrors() const
{
    return d->includesParseErrors;
}

void EventSourceModel::setIncludeParseErrors(bool include)
{
    if (d->includesParseErrors == include)
        return;
    d->includesParseErrors = include;
    Q_EMIT includeParseErrorsChanged();
}

/*!
    \property EventSourceModel::maximumTextLength
//! [maximumTextLength]
    Of an event with a longer type or text, in UTF-16 units, only the beginning is kept; 0
    (default) for no limit.

    It bounds the memory of a log. JSON that was shortened has no \c data and no fields.

    \sa maximumCount
//! [maximumTextLength]
*/
int EventSourceModel::maximumTextLength() const
{
    return d->maximumTextLength;
}

void EventSourceModel::setMaximumTextLength(int length)
{
    length = std::max(0, length);
    if (d->maximumTextLength == length)
        return;
    d->maximumTextLength = length;
    Q_EMIT maximumTextLengthChanged();
}

/*!
    \property EventSourceModel::count
//! [count]
    The number of rows.

    \sa get()
//! [count]
*/
int EventSourceModel::count() const
{
    return int(d->rows.size());
}

/*!
//! [clear-method]
    Removes all rows, and what is not shown yet.

    \sa resetTypes
//! [clear-method]
*/
void EventSourceModel::clear()
{
    d->clear();
}

/*!
//! [get-method]
    Returns a new object with the values of all roles of \a row, by their names. It is empty if there
    is no such row.

    \sa indexOf(), roles
//! [get-method]
*/
QVariantMap EventSourceModel::get(int row) const
{
    QVariantMap values;
    if (row < 0 || row >= count())
        return values;
    const QHash<int, QByteArray> names = roleNames();
    for (auto name = names.cbegin(); name != names.cend(); ++name) {
        if (name.key() != Qt::DisplayRole)
            values.insert(QString::fromUtf8(*name), d->value(d->at(row), name.key()));
    }
    return values;
}

/*!
//! [indexOf-method]
    Returns the row with \a key (a string, a number or a boolean), or -1. The number of rows does not
    matter for the time that it takes. A string is not equal to a number: 7 is not "7".

    \sa keyField, get()
//! [indexOf-method]
*/
int EventSourceModel::indexOf(const QVariant &key) const
{
    const qsizetype position = d->rows.positionOf(RowKey(QJsonValue::fromVariant(key)));
    return position < 0 ? -1 : d->rowOf(position);
}

/*!
    \reimp
*/
int EventSourceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

/*!
    \reimp
*/
QVariant EventSourceModel::data(const QModelIndex &index, int role) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid) ? d->value(d->at(index.row()), role)
                                                             : QVariant();
}

/*!
    \reimp
*/
QHash<int, QByteArray> EventSourceModel::roleNames() const
{
    QHash<int, QByteArray> names;
    for (const BuiltInRole &builtIn : builtInRoles) {
        if (!d->roles.contains(QLatin1String(builtIn.name)))
            names.insert(builtIn.role, builtIn.name);
    }
    for (qsizetype i = 0; i < d->roles.size(); ++i)
        names.insert(FieldRole + int(i), d->roles[i].toUtf8());
    return names;
}

/*!
    \internal
*/
void EventSourceModel::classBegin() { }

/*!
    \internal
*/
void EventSourceModel::componentComplete()
{
    d->isComplete = true;
}
