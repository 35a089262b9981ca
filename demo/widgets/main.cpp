// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "mainwindow.h"
#include "options.h"

#include <QtCore/qtimer.h>
#include <QtGui/qpalette.h>
#include <QtGui/qpixmap.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qstyle.h>

#include <cstdio>

namespace {

QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2d, 0x31), QColor(0x23, 0x25, 0x29));
    palette.setColor(QPalette::Base, QColor(0x1b, 0x1d, 0x20));
    palette.setColor(QPalette::AlternateBase, QColor(0x22, 0x24, 0x28));
    palette.setColor(QPalette::Highlight, QColor(0x2f, 0x6f, 0xc4));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::ToolTipBase, QColor(0x4a, 0x37, 0x1c));
    palette.setColor(QPalette::ToolTipText, QColor(0xf6, 0xe3, 0xc1));
    palette.setColor(QPalette::PlaceholderText, QColor(0x8a, 0x8f, 0x98));
    return palette;
}

int fail(const QString &message, int code)
{
    std::fprintf(stderr, "eventsource-widgets: %s\n", qPrintable(message));
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
int main(int argc, char **argv)
{
    std::optional<Options> options;
    {
        // The parser needs the arguments, and the help text the name of the program.
        const QCoreApplication application(argc, argv);
        QString message;
        bool helpRequested = false;
        options = Options::parse(QCoreApplication::arguments(), &message, &helpRequested);
        if (helpRequested) {
            std::fputs(qPrintable(message), stdout);
            return 0;
        }
        if (!options)
            return fail(message + QStringLiteral("\nTry --help."), 2);
    }
    if (!options->screenshot.isEmpty() && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (displayIsMissing())
        return fail(QStringLiteral("There is no display. --screenshot FILE works without one."), 1);

    const QApplication application(argc, argv);
    if (options->dark) {
        QApplication::setStyle(QStringLiteral("Fusion"));
        QApplication::setPalette(darkPalette());
    }
    MainWindow window;
    if (!options->url.isEmpty())
        window.listenTo(options->url);
    window.show();

    if (!options->screenshot.isEmpty()) {
        QTimer::singleShot(options->screenshotDelay, &window, [&] {
            const bool saved = window.grab().save(options->screenshot);
            QApplication::exit(
                    saved ? 0
                          : fail(QStringLiteral("%1 cannot be written.").arg(options->screenshot),
                                 1));
        });
    }
    return QApplication::exec();
}
