// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "console.h"
#include "help.h"
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
    const Console console(options);
    switch (options.action) {
    case Options::ShowHelp:
        std::fputs(qPrintable(helpText()), stdout);
        return Tail::Ended;
    case Options::ShowVersion:
        std::puts("eventsource-tail " EVENTSOURCE_TAIL_VERSION);
        return Tail::Ended;
    case Options::Refuse:
        console.report(options.problem);
        console.report(QStringLiteral("See eventsource-tail --help."));
        return Tail::WrongUsage;
    case Options::Listen:
        break;
    }

    Tail tail(options, console);
    return QCoreApplication::exec();
}
