// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Built without CMake. The first argument is the version that the headers must have. The others are a
// command: it runs with the address of a server added, and its exit code is ours. Without a command
// the program listens to the server itself.

#include "../shared/eventserver.h"

#include <EventSource/EventSourceListener>
#include <EventSource/eventsourceversion.h>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qprocess.h>

static_assert(EVENTSOURCE_VERSION
              == QT_VERSION_CHECK(EVENTSOURCE_VERSION_MAJOR, EVENTSOURCE_VERSION_MINOR,
                                  EVENTSOURCE_VERSION_PATCH));

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QStringList arguments = application.arguments().mid(1);
    if (arguments.isEmpty() || arguments.takeFirst() != QLatin1String(EVENTSOURCE_VERSION_STR))
        qFatal("The headers are those of " EVENTSOURCE_VERSION_STR);

    EventServer server;
    if (arguments.isEmpty()) {
        EventSourceListener listener(server.url());
        QObject::connect(&listener, &EventSourceListener::message, &application,
                         [](const EventSourceEvent &event) {
                             QCoreApplication::exit(event.lastEventId() == QLatin1String("7") ? 0
                                                                                              : 1);
                         });
        return application.exec();
    }

    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    QObject::connect(&process, &QProcess::finished, &application,
                     [](int code) { QCoreApplication::exit(code); });
    QObject::connect(&process, &QProcess::errorOccurred, &application,
                     [] { QCoreApplication::exit(4); });
    const QString program = arguments.takeFirst();
    process.start(program, arguments << server.url().toString());
    return application.exec();
}
