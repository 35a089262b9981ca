// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef EVENTSOURCESUBSCRIPTION_H
#define EVENTSOURCESUBSCRIPTION_H

#include "eventsourceevent.h"
#include "eventsourceglobal.h"
#include "eventsourcelistener.h"

#include <QtCore/qobject.h>
#include <QtCore/qstringlist.h>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace EventSourcePrivate {
class SubscriptionPrivate;
}

/// One of several consumers of a listener's stream.
class EVENTSOURCE_EXPORT EventSourceSubscription : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_ADDED_IN_VERSION(0, 1)

    Q_PROPERTY(EventSourceListener *listener READ listener WRITE setListener NOTIFY listenerChanged
                       FINAL)
    Q_PROPERTY(QStringList eventTypes READ eventTypes WRITE setEventTypes NOTIFY eventTypesChanged
                       FINAL)
    Q_PROPERTY(bool enabled READ isEnabled WRITE setEnabled NOTIFY enabledChanged FINAL)
    Q_PROPERTY(QVariant data READ dataVariant NOTIFY dataChanged FINAL)
    Q_PROPERTY(EventSourceEvent lastEvent READ lastEvent NOTIFY lastEventChanged FINAL)

public:
    explicit EventSourceSubscription(QObject *parent = nullptr); ///< has no listener yet
    /// Joins the listener.
    explicit EventSourceSubscription(EventSourceListener *listener, QObject *parent = nullptr);
    ~EventSourceSubscription() override; ///< leaves the listener

    [[nodiscard]] EventSourceListener *listener() const; ///< whose events these are
    void setListener(EventSourceListener *listener); ///< null by default

    [[nodiscard]] QStringList eventTypes() const; ///< the types of events that are wanted
    void setEventTypes(const QStringList &types); ///< empty by default: all types

    [[nodiscard]] bool isEnabled() const; ///< whether events are delivered
    void setEnabled(bool enabled); ///< true by default

    [[nodiscard]] QJsonValue data() const; ///< the payload of its last message
    [[nodiscard]] EventSourceEvent lastEvent() const; ///< its last message

Q_SIGNALS:
    void message(const EventSourceEvent &event); ///< an event of the wanted types arrived
    /// The data of an event of the wanted types are not JSON.
    void parseError(const EventSourceEvent &event, const QString &message);

    void listenerChanged(); ///< listener has changed
    void eventTypesChanged(); ///< eventTypes has changed
    void enabledChanged(); ///< enabled has changed
    void dataChanged(); ///< data has changed
    void lastEventChanged(); ///< lastEvent has changed

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    friend class EventSourcePrivate::SubscriptionPrivate;
    QVariant dataVariant() const;

    std::unique_ptr<EventSourcePrivate::SubscriptionPrivate> d;
};

#endif // EVENTSOURCESUBSCRIPTION_H
