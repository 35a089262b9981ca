// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventserver.h"

// Both spellings, of every class.
#include <EventSource/EventSourceError>
#include <EventSource/EventSourceEvent>
#include <EventSource/EventSourceListener>
#include <EventSource/EventSourceModel>
#include <EventSource/EventSourceReconnectPolicy>
#include <EventSource/EventSourceSubscription>
#include <EventSource/eventsourceerror.h>
#include <EventSource/eventsourceevent.h>
#include <EventSource/eventsourcelistener.h>
#include <EventSource/eventsourcemodel.h>
#include <EventSource/eventsourcereconnectpolicy.h>
#include <EventSource/eventsourcesubscription.h>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qtimer.h>

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    EventServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setEnabled(false);
    const EventSourceModel rows(&listener);
    const EventSourceSubscription subscription(&listener);
    QObject::connect(&subscription, &EventSourceSubscription::message, &app,
                     [](const EventSourceEvent &event) {
                         const QString content =
                                 event.data().toObject().value(QLatin1String("content")).toString();
                         const bool asExpected = content == QLatin1String("hello")
                                 && event.lastEventId() == QLatin1String("7");
                         if (!asExpected)
                             QCoreApplication::exit(1);
                     });
    QObject::connect(&rows, &EventSourceModel::countChanged, &app, [&rows] {
        const QString text = rows.index(0).data().toString();
        QCoreApplication::exit(text.contains(QLatin1String("hello")) ? 0 : 1);
    });
    QObject::connect(&listener, &EventSourceListener::error, &app,
                     [](const EventSourceError &error) {
                         qWarning("%s", qPrintable(error.message()));
                         QCoreApplication::exit(2);
                     });
    QTimer::singleShot(30000, &app, [] { QCoreApplication::exit(3); });
    return app.exec();
}
