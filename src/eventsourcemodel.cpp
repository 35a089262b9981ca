// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcemodel.h"
#include "eventsourcemodel_p.h"

#include "eventsourceevent_p.h"
#include "eventsourcelistener_p.h"

#include <QtCore/qdatetime.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtQml/qqmlinfo.h>

#include <algorithm>
#include <utility>

using namespace EventSourcePrivate;

namespace {

struct BuiltInRole
{
    EventSourceModel::Role role;
    const char *name;
};
constexpr BuiltInRole builtInRoles[] = {
        {EventSourceModel::TypeRole, "type"},
        {EventSourceModel::DataRole, "data"},
        {EventSourceModel::TextRole, "text"},
        {EventSourceModel::LastEventIdRole, "lastEventId"},
        {EventSourceModel::ReceivedRole, "received"},
        {EventSourceModel::ProblemRole, "problem"},
};

} // namespace

namespace EventSourcePrivate {

// Events become rows --------------------------------------------------------------------------

ModelPrivate::ModelPrivate(EventSourceModel *model) : q(model)
{
    rows.setMaximum(maximumCount);
}

ModelPrivate::~ModelPrivate()
{
    detach();
}

void ModelPrivate::detach()
{
    if (const auto consumers = std::exchange(m_consumers, nullptr))
        consumers->remove(this);
}

void ModelPrivate::setListener(EventSourceListener *newListener)
{
    const QPointer<EventSourceModel> self(q);
    detach();
    listener = newListener;
    if (listener) {
        m_consumers = ListenerPrivate::get(listener)->consumers;
        m_consumers->add(this);
    }
    const bool isOther = listener && m_lastListener != listener;
    if (isOther)
        m_lastListener = listener;
    if (isOther && !rows.keyField().isEmpty())
        clear();
    else
        show(); // what the former listener has delivered
    if (self)
        Q_EMIT q->listenerChanged();
}

// The keys of another stream are others, or mean something else.
void ModelPrivate::urlChanged()
{
    if (!rows.keyField().isEmpty())
        clear();
}

bool ModelPrivate::wants(const QString &type) const
{
    return eventTypes.isEmpty() || eventTypes.contains(type) || removeTypes.contains(type)
            || resetTypes.contains(type);
}

void ModelPrivate::eventNotDecoded(const EventSourceEvent &event, const QString &message)
{
    if (includesParseErrors)
        take({event, message});
}

void ModelPrivate::take(const Arrived &arrived)
{
    if (!wants(arrived.event.type()))
        return;
    // The handler of a change may run an event loop, in which another listener delivers.
    if (m_isShowing)
        m_arrived.push_back(arrived);
    else
        add(arrived);
}

void ModelPrivate::add(const Arrived &arrived)
{
    const QString type = arrived.event.type();
    if (!arrived.problem.isEmpty()) {
        rows.add({shortened(arrived.event), QJsonValue::Undefined, arrived.problem,
                  QDateTime::currentMSecsSinceEpoch()},
                 {});
    } else if (resetTypes.contains(type)) {
        rows.removeAll();
        const QJsonValue data = arrived.event.data();
        if (!data.isUndefined() && !data.isNull())
            addRows(arrived.event);
    } else if (removeTypes.contains(type)) {
        removeRows(arrived.event.data());
    } else {
        addRows(arrived.event);
    }
}

void ModelPrivate::addRows(const EventSourceEvent &event)
{
    const qint64 received = QDateTime::currentMSecsSinceEpoch();
    const EventSourceEvent shown = shortened(event);
    if (rows.keyField().isEmpty() || !shown.data().isArray()) {
        addRow({shown, QJsonValue::Undefined, {}, received});
        return;
    }
    // The elements share what the event has beside its text, which would stay as long as one of them.
    auto *rest = new EventData;
    const EventSourceEvent withoutText = EventData::wrap(rest);
    rest->type = shown.type();
    rest->lastEventId = EventData::get(shown)->lastEventId;
    rest->origin = shown.origin();
    const QJsonArray elements = shown.data().toArray();
    for (const QJsonValue &element : elements)
        addRow({withoutText, element, {}, received});
}

void ModelPrivate::addRow(Row row)
{
    const RowKey key = rows.keyOf(row);
    if (!key.isValid() && !rows.keyField().isEmpty()) {
        warnOnce(&m_hasWarnedOfKey,
                 EventSourceModel::tr("An event of type \"%1\" is appended as a row without a key: "
                                      "its field \"%2\" (keyField) is missing, or is not a string, "
                                      "a number or a boolean.")
                         .arg(row.event.type(), rows.keyField().toString()));
    }
    rows.add(std::move(row), key);
}

void ModelPrivate::removeRows(const QJsonValue &data)
{
    if (data.isArray()) {
        const QJsonArray elements = data.toArray();
        for (const QJsonValue &element : elements)
            removeRows(element);
        return;
    }
    const RowKey key(data.isObject() ? rows.keyField().in(data) : data);
    if (key.isValid() && !rows.keyField().isEmpty()) {
        rows.remove(key);
        return;
    }
    warnOnce(&m_hasWarnedOfRemoval,
             rows.keyField().isEmpty()
                     ? EventSourceModel::tr("removeTypes has no effect without keyField.")
                     : EventSourceModel::tr("An event of removeTypes is ignored: its data are "
                                            "neither a key nor an object with the field \"%1\" "
                                            "(keyField).")
                               .arg(rows.keyField().toString()));
}

// The event itself, or one that is bounded and has no data.
EventSourceEvent ModelPrivate::shortened(const EventSourceEvent &event) const
{
    const auto shorten = [this](QString text) {
        if (text.size() <= maximumTextLength)
            return text;
        text.truncate(text.at(maximumTextLength - 1).isHighSurrogate() ? maximumTextLength - 1
                                                                       : maximumTextLength);
        return QString(text + u'\u2026');
    };
    const EventData *data = EventData::get(event);
    // UTF-8 has at least as many bytes as UTF-16 has units.
    if (maximumTextLength == 0
        || std::max(data->payload.text().size(), data->type.size()) <= maximumTextLength)
        return event;
    const QString type = shorten(event.type());
    const QString text = shorten(event.text());
    if (type.size() == data->type.size() && text.size() == event.text().size())
        return event;
    auto *copy = new EventData;
    copy->type = type;
    copy->lastEventId = data->lastEventId;
    copy->origin = data->origin;
    copy->payload.set(text.toUtf8(), data->payload.format(), nullptr);
    return EventData::wrap(copy);
}

void ModelPrivate::warnOnce(bool *warned, const QString &message)
{
    if (!std::exchange(*warned, true))
        qmlWarning(q) << message;
}

// Rows are shown ------------------------------------------------------------------------------

// A change of the rows as views see it. Handlers may do anything: what changes the rows within the
// change itself waits for its end. Returns whether the rows are still the same ones.
template <typename Begin, typename Apply, typename End>
bool ModelPrivate::change(Begin begin, Apply apply, End end)
{
    const QPointer<EventSourceModel> self(q);
    const unsigned resets = m_resets;
    m_isChanging = true;
    begin();
    apply();
    m_isChanging = false;
    end();
    while (self && !m_actions.empty()) {
        const auto actions = std::exchange(m_actions, {});
        for (const auto &action : actions) {
            if (self)
                action();
        }
    }
    return self && m_resets == resets;
}

void ModelPrivate::reset(const std::function<void()> &apply)
{
    change([this] { q->beginResetModel(); }, apply, [this] { q->endResetModel(); });
}

void ModelPrivate::afterChange(std::function<void()> action)
{
    if (m_isChanging)
        m_actions.push_back(std::move(action));
    else
        action();
}

void ModelPrivate::show()
{
    if (m_isShowing || isPaused || !rows.hasChanges())
        return;
    const QPointer<EventSourceModel> self(q);
    m_isShowing = true;
    do {
        showChanges();
        if (!self)
            return;
        rows.setMaximum(maximumCount); // it may have been set meanwhile
        const auto arrived = std::exchange(m_arrived, {});
        for (const Arrived &next : arrived)
            add(next);
    } while (rows.hasChanges() && !isPaused);
    m_isShowing = false;
    notifyCount();
}

void ModelPrivate::showChanges()
{
    RowList::Changes changes = rows.takeChanges();
    if (changes.isReset) {
        reset([&] { rows.applyReset(std::move(changes.added)); });
        return;
    }

    for (const RowList::Range range : changes.removed) {
        const auto [first, last] = std::minmax({rowOf(range.first), rowOf(range.last)});
        if (!change([&, first = first, last = last] { q->beginRemoveRows({}, first, last); },
                    [&] { rows.applyRemoval(range); }, [&] { q->endRemoveRows(); }))
            return;
    }

    if (!showUpdates(std::move(changes.updated)) || changes.added.empty())
        return;
    const int first = order == EventSourceModel::Append ? int(rows.size()) : 0;
    const int last = first + int(changes.added.size()) - 1;
    change([&] { q->beginInsertRows({}, first, last); },
           [&] { rows.applyAddition(std::move(changes.added)); }, [&] { q->endInsertRows(); });
}

bool ModelPrivate::showUpdates(std::vector<RowList::Update> updates)
{
    struct Changed
    {
        RowList::Range range;
        QList<int> roles; // of any of these rows
    };
    std::vector<Changed> changed;
    for (RowList::Update &update : updates) {
        const qsizetype position = update.position;
        const Row before = rows.applyUpdate(std::move(update));
        if (changed.empty() || changed.back().range.last != position - 1)
            changed.push_back({{position, position}, {}});
        changed.back().range.last = position;
        addChangedRoles(before, rows.at(position), &changed.back().roles);
    }

    const QPointer<EventSourceModel> self(q);
    const unsigned resets = m_resets;
    for (const Changed &next : changed) {
        if (next.roles.isEmpty())
            continue;
        const auto [first, last] = std::minmax({rowOf(next.range.first), rowOf(next.range.last)});
        Q_EMIT q->dataChanged(q->index(first), q->index(last), next.roles);
        if (!self || m_resets != resets)
            return false;
    }
    return true;
}

void ModelPrivate::addChangedRoles(const Row &before, const Row &after, QList<int> *changed) const
{
    const auto add = [changed](int role) {
        if (!changed->contains(role))
            changed->append(role);
    };
    if (before.event.type() != after.event.type())
        add(EventSourceModel::TypeRole);
    if (before.event.lastEventId() != after.event.lastEventId())
        add(EventSourceModel::LastEventIdRole);
    if (before.received != after.received)
        add(EventSourceModel::ReceivedRole);
    if (before.isElement() == after.isElement()
        && (before.isElement() ? before.element == after.element
                               : before.event.text() == after.event.text()))
        return;
    if (before.text() != after.text()) {
        add(Qt::DisplayRole);
        add(EventSourceModel::TextRole);
    }
    const QJsonValue dataBefore = before.data();
    const QJsonValue dataAfter = after.data();
    if (dataBefore == dataAfter)
        return;
    add(EventSourceModel::DataRole);
    for (size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].in(dataBefore) != m_fields[i].in(dataAfter))
            add(EventSourceModel::FieldRole + int(i));
    }
}

void ModelPrivate::clear()
{
    afterChange([this] {
        const QPointer<EventSourceModel> self(q);
        m_arrived.clear();
        ++m_resets;
        if (rows.size() == 0)
            rows.clear();
        else
            reset([this] { rows.clear(); });
        if (self)
            notifyCount();
    });
}

void ModelPrivate::notifyCount()
{
    if (m_notifiedCount == rows.size())
        return;
    m_notifiedCount = int(rows.size());
    Q_EMIT q->countChanged();
}

// Positions are by age.
int ModelPrivate::rowOf(qsizetype position) const
{
    return int(order == EventSourceModel::Append ? position : rows.size() - 1 - position);
}

const Row &ModelPrivate::at(int row) const
{
    return rows.at(order == EventSourceModel::Append ? row : rows.size() - 1 - row);
}

QVariant ModelPrivate::value(const Row &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case EventSourceModel::TextRole:
        return row.text();
    case EventSourceModel::TypeRole:
        return row.event.type();
    case EventSourceModel::DataRole:
        return row.data().toVariant();
    case EventSourceModel::LastEventIdRole:
        return row.event.lastEventId();
    case EventSourceModel::ReceivedRole:
        return QDateTime::fromMSecsSinceEpoch(row.received);
    case EventSourceModel::ProblemRole:
        return row.problem;
    default:
        break;
    }
    const int field = role - EventSourceModel::FieldRole;
    if (field < 0 || size_t(field) >= m_fields.size())
        return {};
    return m_fields[size_t(field)].in(row.data()).toVariant();
}

// Properties that change the rows -------------------------------------------------------------

void ModelPrivate::setRoles(const QStringList &fields)
{
    afterChange([this, fields] {
        const QPointer<EventSourceModel> self(q);
        reset([&] {
            roles = fields;
            m_fields.clear();
            for (const QString &field : fields)
                m_fields.emplace_back(field);
        });
        if (self)
            Q_EMIT q->rolesChanged();
    });
}

void ModelPrivate::setOrder(EventSourceModel::Order newOrder)
{
    afterChange([this, newOrder] {
        if (order == newOrder)
            return;
        const QPointer<EventSourceModel> self(q);
        reset([&] { order = newOrder; });
        if (self)
            Q_EMIT q->orderChanged();
    });
}

void ModelPrivate::setKeyField(const QString &field)
{
    afterChange([this, field] {
        if (rows.keyField().toString() == field)
            return;
        const QPointer<EventSourceModel> self(q);
        clear();
        if (!self)
            return;
        rows.setKeyField(FieldPath(field));
        Q_EMIT q->keyFieldChanged();
    });
}

void ModelPrivate::setMaximumCount(int count)
{
    maximumCount = count;
    if (!m_isShowing)
        rows.setMaximum(maximumCount);
    const QPointer<EventSourceModel> self(q);
    show();
    if (self)
        Q_EMIT q->maximumCountChanged();
}

} // namespace EventSourcePrivate

/*!
    \class EventSourceModel
    \inmodule EventSource
    \brief A stream as a list for views: one row for each event, or for each key.

    \code
    EventSourceModel {
        id: builds
        listener: App.events
        eventTypes: ["build"]
        keyField: "id"            // a further event of the same build updates its row
        removeTypes: ["deleted"]
        resetTypes: ["snapshot"]
        roles: ["name", "status"]
    }
    ListView {
        model: builds
        delegate: Label {
            required property string name
            required property string status
            text: name + ": " + status
        }
    }
    \endcode

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

    \sa EventSourceSubscription
*/

/*!
    \enum EventSourceModel::Order
    \value Append a new row is the last one (default)
    \value Prepend a new row is the first one
*/

/*!
    \enum EventSourceModel::Role
    \value TypeRole
    \value DataRole
    \value TextRole
    \value LastEventIdRole
    \value ReceivedRole
    \value ProblemRole
    \value FieldRole the role of the first field that \l roles names; the others follow
*/

EventSourceModel::EventSourceModel(QObject *parent)
    : QAbstractListModel(parent), d(std::make_unique<ModelPrivate>(this))
{
}

/*!
    Makes a model of what \a listener receives.
*/
EventSourceModel::EventSourceModel(EventSourceListener *listener, QObject *parent)
    : EventSourceModel(parent)
{
    setListener(listener);
}

EventSourceModel::~EventSourceModel() = default;

/*!
    \property EventSourceModel::listener
    \brief whose events these are; null by default, and again when the listener is destroyed.

    The rows stay without a listener. With a key field they are removed when another listener is set,
    and when the listener gets a new URL.
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
    \brief the types of events that make rows; empty (default) for all.

    The types that \l removeTypes and \l resetTypes name need not be repeated here.
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
    \brief the fields of the JSON objects that are offered as roles of the same name.

    A name may be a path with dots, such as \c metrics.cpu; in a delegate it is
    \c{model["metrics.cpu"]}. A field that an object does not have is undefined. A field takes the place
    of a built-in role with the same name.

    In QML the roles are fixed once the component is complete; a later change is refused with a warning.
    In C++ a change resets the model.
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
    \brief the largest number of rows, 1000 by default; 0 for no limit.

    The oldest rows leave, in the same change that brings the new ones. The age of a row with a key
    counts from its first event.
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
    \brief where new rows come: Append (default) or Prepend. A change resets the model.
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
    \brief the field, or path with dots, by which an event finds its row; empty by default.

    A key is a string, a number or a boolean. An event without one is a row of its own that is never
    updated; the first is reported as a warning. A change of the property removes all rows.
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
    \brief events of these types remove the row with their key; none by default.

    Their data are the key itself, an object with the key in \l keyField, or an array of these.
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
    \brief events of these types replace all rows by what they bring; none by default.

    Without data, or with null, they only remove all rows.
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
    \brief while true the rows do not change; false by default.

    What arrives meanwhile is shown when it is false again, as if it had come at once. It needs no more
    memory than the rows themselves: what \l maximumCount or a later event with the same key makes
    superfluous is not kept.
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
    \brief whether an event whose data are not JSON is a row, too; false by default.

    Its role \c problem says why, and it has no \c data and no key. The listener does not warn of such
    events then.
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
    \brief of an event with a longer type or text, in UTF-16 units, only the beginning is kept; 0
    (default) for no limit.

    It bounds the memory of a log. An event that was shortened has no \c data and no fields.
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
    \brief the number of rows.
*/
int EventSourceModel::count() const
{
    return int(d->rows.size());
}

/*!
    Removes all rows, and what is not shown yet.
*/
void EventSourceModel::clear()
{
    d->clear();
}

/*!
    Returns a new object with the values of all roles of \a row, by their names. It is empty if there
    is no such row.
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
    Returns the row with \a key (a string, a number or a boolean), or -1. The number of rows does not
    matter for the time that it takes. A string is not equal to a number: 7 is not "7".
    \sa keyField
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
    A row is decoded once for all roles.
*/
void EventSourceModel::multiData(const QModelIndex &index, QModelRoleDataSpan roleDataSpan) const
{
    for (QModelRoleData &roleData : roleDataSpan)
        roleData.setData(data(index, roleData.role()));
}

/*!
    \reimp
*/
QHash<int, QByteArray> EventSourceModel::roleNames() const
{
    QHash<int, QByteArray> names {{Qt::DisplayRole, QByteArrayLiteral("display")}};
    for (const BuiltInRole &builtIn : builtInRoles) {
        if (!d->roles.contains(QLatin1String(builtIn.name)))
            names.insert(builtIn.role, builtIn.name);
    }
    for (qsizetype i = 0; i < d->roles.size(); ++i)
        names.insert(FieldRole + int(i), d->roles[i].toUtf8());
    return names;
}

void EventSourceModel::classBegin() { }

void EventSourceModel::componentComplete()
{
    d->isComplete = true;
}
