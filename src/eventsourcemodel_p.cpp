// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourcemodel_p.h"

#include "eventsourceevent_p.h"
#include "eventsourcelistener_p.h"

#include <QtCore/qdatetime.h>
#include <QtCore/qjsonarray.h>
#include <QtQml/qqmlinfo.h>

#include <algorithm>
#include <utility>

namespace EventSourcePrivate {

// Events become rows --------------------------------------------------------------------------

ModelPrivate::ModelPrivate(EventSourceModel *model) : q(model)
{
    rows.setMaximum(maximumCount);
}

void ModelPrivate::setListener(EventSourceListener *newListener)
{
    const QPointer<EventSourceModel> self(q);
    listener = newListener;
    join(listener ? ListenerPrivate::get(listener)->consumers : nullptr);
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
    const EventSourceEvent withoutText = EventData::wrap(EventData::copyWithoutPayload(shown));
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

// The event itself, or one that is bounded.
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
    const QString text = event.text();
    if (std::max(text.size(), data->type.size()) <= maximumTextLength)
        return event;
    EventData *copy = EventData::copyWithoutPayload(event);
    copy->type = shorten(data->type);
    copy->payload.set(shorten(text).toUtf8(), data->payload.format(), nullptr);
    // A whole text is decoded when somebody reads it; the beginning of one is not JSON.
    if (text.size() <= maximumTextLength)
        copy->payload.setCheckResult({{QJsonValue::Undefined, data->payload.error()}, false});
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
    const EventData *eventBefore = EventData::get(before.event);
    const EventData *eventAfter = EventData::get(after.event);
    if (eventBefore->type != eventAfter->type)
        add(EventSourceModel::TypeRole);
    if (eventBefore->lastEventId != eventAfter->lastEventId)
        add(EventSourceModel::LastEventIdRole);
    if (before.received != after.received)
        add(EventSourceModel::ReceivedRole);
    const bool isSameKind = before.isElement() == after.isElement();
    const auto isSameText = [&] {
        if (isSameKind) {
            return before.isElement() ? before.element == after.element
                                      : eventBefore->payload.text() == eventAfter->payload.text();
        }
        // Rows with a key are JSON objects, so other data have another text. To write an element as
        // text takes longer than to compare.
        return before.data() == after.data() && before.text() == after.text();
    };
    if (!isSameText()) {
        add(Qt::DisplayRole);
        add(EventSourceModel::TextRole);
    } else if (isSameKind) {
        return;
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
