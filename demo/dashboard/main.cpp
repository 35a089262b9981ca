// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "dashboard.h"

#include <QtGui/qguiapplication.h>

#include <cstdio>

namespace {
int fail(const QString &message, int code)
{
    std::fprintf(stderr, "eventsource-dashboard: %s\n", qPrintable(message));
    return code;
}

// Without a display Qt aborts the process with a core dump, so the program checks this first.
bool displayIsMissing()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return !qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY")
            && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return false;
#endif
}
} // namespace

// Exit codes: 0 success, 1 failure, 2 wrong command line.
int main(int argc, char *argv[])
{
    std::optional<Options> options;
    {
        // The parser needs the arguments, and the help text the name of the program.
        const QCoreApplication application(argc, argv);
        QString message;
        bool helpRequested = false;
        options = Options::parse(application.arguments(), &message, &helpRequested);
        if (helpRequested) {
            std::fputs(qPrintable(message), stdout);
            return 0;
        }
        if (!options)
            return fail(message + QStringLiteral("\nTry --help."), 2);
    }
    Dashboard::prepareEnvironment(*options);
    if (displayIsMissing())
        return fail(QStringLiteral("There is no display. --screenshot FILE works without one."), 1);

    const QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("EventSource dashboard"));
    Dashboard dashboard(*options);
    QString error;
    if (!dashboard.start(&error))
        return fail(error, 1);
    if (options->printsAddress) {
        std::printf("%s\n", qPrintable(dashboard.server()->url().toString()));
        std::fflush(stdout); // it is read while the program runs
    }
    return QGuiApplication::exec();
}
