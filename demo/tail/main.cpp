// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "options.h"
#include "tail.h"

#include <QtCore/qcoreapplication.h>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("eventsource-tail"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EVENTSOURCE_TAIL_VERSION));

    const Options options = Options::fromArguments(QCoreApplication::arguments());
    switch (options.action) {
    case Options::ShowHelp:
        std::fputs(qPrintable(options.help), stdout);
        return Tail::Ended;
    case Options::ShowVersion:
        std::puts("eventsource-tail " EVENTSOURCE_TAIL_VERSION);
        return Tail::Ended;
    case Options::Refuse:
        Tail::say(options.problem);
        Tail::say(QStringLiteral("See eventsource-tail --help."));
        return Tail::WrongUsage;
    case Options::Listen:
        break;
    }

    Tail tail(options);
    return QCoreApplication::exec();
}
