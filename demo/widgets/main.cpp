// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "mainwindow.h"

#include <QtCore/qcommandlineparser.h>
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

int refuse(const QString &problem)
{
    std::fprintf(stderr, "eventsource-widgets: %s\n", qPrintable(problem));
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("eventsource-widgets"));

    const QCommandLineOption urlOption(QStringLiteral("url"),
                                       QStringLiteral("Listen to this stream from the start."),
                                       QStringLiteral("URL"));
    const QCommandLineOption darkOption(
            QStringLiteral("dark"), QStringLiteral("Dark colours, independent of the desktop."));
    const QCommandLineOption screenshotOption(
            QStringLiteral("screenshot"), QStringLiteral("Save a picture of the window and exit."),
            QStringLiteral("FILE.png"));
    const QCommandLineOption afterOption(QStringLiteral("after"),
                                         QStringLiteral("How long to wait before the picture."),
                                         QStringLiteral("ms"), QStringLiteral("2000"));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Shows a stream of server-sent events."));
    parser.addHelpOption();
    parser.addOptions({urlOption, darkOption, screenshotOption, afterOption});
    parser.process(app);

    bool ok = false;
    const int after = parser.value(afterOption).toInt(&ok);
    if (!ok || after < 0) {
        return refuse(QStringLiteral("the value of --after, '%1', is not a number of milliseconds")
                              .arg(parser.value(afterOption)));
    }

    if (parser.isSet(darkOption)) {
        QApplication::setStyle(QStringLiteral("Fusion"));
        QApplication::setPalette(darkPalette());
    }
    MainWindow window;
    if (parser.isSet(urlOption))
        window.listenTo(parser.value(urlOption));
    window.show();

    if (parser.isSet(screenshotOption)) {
        const QString file = parser.value(screenshotOption);
        QTimer::singleShot(after, &window, [&window, file] {
            if (window.grab().save(file))
                QApplication::exit(0);
            else
                QApplication::exit(refuse(QStringLiteral("cannot write '%1'").arg(file)));
        });
    }
    return QApplication::exec();
}
