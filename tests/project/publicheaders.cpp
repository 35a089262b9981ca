// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The templates of the public headers as applications use them. It is only compiled.

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceEvent>
#include <EventSource/EventSourceJson>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>
#include <EventSource/EventSourceReconnectPolicy>
#include <EventSource/EventSourceSubscription>
#include <EventSource/EventSourceVersion>

#include <QtCore/qjsonobject.h>

#include <memory>
#include <optional>

namespace {

struct Receiver : QObject
{
    void take(const QJsonObject &) { }
    void takeWithEvent(const QJsonObject &, const EventSourceEvent &) const { }
};

void takeFree(const QJsonObject &) { }

} // namespace

void connectAll(EventSourceListener *listener);
void connectAll(EventSourceListener *listener)
{
    const QString type = QStringLiteral("build");
    Receiver receiver;
    listener->onMessage<QJsonObject>(&receiver, &Receiver::take);
    listener->onMessage<QJsonObject>(type, &receiver, &Receiver::takeWithEvent);
    listener->onMessage<QJsonObject>({type, type}, &receiver, &takeFree);
    listener->onMessage<QJsonObject>(QStringList(type), &receiver, [](const QJsonObject &) {});
    listener->onMessage<QJsonObject>(
            listener,
            [count = std::make_unique<int>(0)](const QJsonObject &, const EventSourceEvent &) {
                ++*count;
            });
    EventSource::registerOptional<QList<int>>();
    QString error;
    if (!EventSource::fromJson<std::optional<int>>(QJsonValue(1), &error))
        listener->stopListening();
}
