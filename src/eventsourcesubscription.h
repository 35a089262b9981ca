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

// One of several consumers of a listener's stream.
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
    explicit EventSourceSubscription(QObject *parent = nullptr);
    explicit EventSourceSubscription(EventSourceListener *listener, QObject *parent = nullptr);
    ~EventSourceSubscription() override;

    [[nodiscard]] EventSourceListener *listener() const;
    void setListener(EventSourceListener *listener);

    [[nodiscard]] QStringList eventTypes() const;
    void setEventTypes(const QStringList &types);

    [[nodiscard]] bool isEnabled() const;
    void setEnabled(bool enabled);

    [[nodiscard]] QJsonValue data() const;
    [[nodiscard]] EventSourceEvent lastEvent() const;

Q_SIGNALS:
    void message(const EventSourceEvent &event);
    void parseError(const EventSourceEvent &event, const QString &message);

    void listenerChanged();
    void eventTypesChanged();
    void enabledChanged();
    void dataChanged();
    void lastEventChanged();

private:
    friend class EventSourcePrivate::SubscriptionPrivate;
    QVariant dataVariant() const;

    std::unique_ptr<EventSourcePrivate::SubscriptionPrivate> d;
};

#endif // EVENTSOURCESUBSCRIPTION_H
