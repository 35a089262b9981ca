// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCEMODEL_P_H
#define EVENTSOURCEMODEL_P_H

#include "eventsourcemodel.h"

#include "eventconsumer_p.h"
#include "model/rowlist_p.h"

#include <QtCore/qpointer.h>

#include <functional>
#include <memory>
#include <vector>

namespace EventSourcePrivate {

// Turns events into rows, and reports changes to views: those of a slice together.
class ModelPrivate final : public EventConsumer
{
public:
    explicit ModelPrivate(EventSourceModel *model);

    void setListener(EventSourceListener *newListener);
    void setRoles(const QStringList &fields);
    void setOrder(EventSourceModel::Order newOrder);
    void setKeyField(const QString &field);
    void setMaximumCount(int count);
    void clear();

    // Shows what is pending, unless the model is paused or a handler of such a change is running.
    void show();

    int rowOf(qsizetype position) const;
    const Row &at(int row) const;
    QVariant value(const Row &row, int role) const;

    EventSourceModel *const q;
    EventSourceListener *listener = nullptr;
    QStringList eventTypes;
    QStringList removeTypes;
    QStringList resetTypes;
    QStringList roles;
    int maximumCount = 1000;
    int maximumTextLength = 0;
    EventSourceModel::Order order = EventSourceModel::Append;
    bool isPaused = false;
    bool includesParseErrors = false;
    bool isComplete = false; // declared by a QML document, with its first properties set
    RowList rows;

private:
    struct Arrived
    {
        EventSourceEvent event;
        QString problem;
    };

    bool isEnabled() const override { return true; }
    bool wants(const QString &type) const override;
    bool handlesParseErrors() const override { return includesParseErrors; }
    void eventDecoded(const EventSourceEvent &event) override { take({event, {}}); }
    void eventNotDecoded(const EventSourceEvent &event, const QString &message) override;
    void sliceDelivered() override { show(); }
    void urlChanged() override;
    void listenerDestroyed() override { q->setListener(nullptr); }

    void take(const Arrived &arrived);
    void add(const Arrived &arrived);
    void addRows(const EventSourceEvent &event);
    void addRow(Row row);
    void removeRows(const QJsonValue &data);
    EventSourceEvent shortened(const EventSourceEvent &event) const;
    void warnOnce(bool *warned, const QString &message);

    template <typename Begin, typename Apply, typename End>
    bool change(Begin begin, Apply apply, End end);
    void reset(const std::function<void()> &apply);
    void afterChange(std::function<void()> action);
    void showChanges();
    bool showUpdates(std::vector<RowList::Update> updates);
    void addChangedRoles(const Row &before, const Row &after, QList<int> *changed) const;
    void notifyCount();

    QPointer<EventSourceListener> m_lastListener; // whose rows these are
    std::vector<FieldPath> m_fields; // of the roles
    std::vector<Arrived> m_arrived; // while changes are shown
    std::vector<std::function<void()>> m_actions; // for after the present change
    int m_notifiedCount = 0;
    unsigned m_resets = 0; // changes that were taken before the last one are not shown any more
    bool m_isShowing = false;
    bool m_isChanging = false; // between the begin and the end of one change
    bool m_hasWarnedOfKey = false;
    bool m_hasWarnedOfRemoval = false;
};

} // namespace EventSourcePrivate

#endif // EVENTSOURCEMODEL_P_H
