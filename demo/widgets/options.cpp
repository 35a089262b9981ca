// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "options.h"

#include <QtCore/qcommandlineparser.h>

using namespace Qt::StringLiterals;

std::optional<Options> Options::parse(const QStringList &arguments, QString *message,
                                      bool *helpRequested)
{
    *helpRequested = false;
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Shows this text."_s);
    const QCommandLineOption url(u"url"_s, u"Listen to this stream from the start."_s, u"URL"_s);
    const QCommandLineOption dark(u"dark"_s, u"Dark colours, independent of the desktop."_s);
    const QCommandLineOption screenshot(
            u"screenshot"_s, u"Save a picture of the window and exit. Needs no display."_s,
            u"FILE.png"_s);
    const QCommandLineOption after(u"after"_s, u"How long to wait before the picture (2000)."_s,
                                   u"MS"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(
            u"Inspects a stream of server-sent events: its state, its events, their data."_s);
    parser.addOptions({help, url, dark, screenshot, after});

    const auto refuse = [message](const QString &text) -> std::optional<Options> {
        *message = text;
        return std::nullopt;
    };
    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    if (parser.isSet(help)) {
        *helpRequested = true;
        return refuse(parser.helpText());
    }
    if (!parser.positionalArguments().isEmpty())
        return refuse(u"\"%1\" is not understood. A stream's address goes behind --url."_s.arg(
                parser.positionalArguments().constFirst()));

    Options options;
    options.url = parser.value(url);
    options.dark = parser.isSet(dark);
    options.screenshot = parser.value(screenshot);
    if (parser.isSet(screenshot) && options.screenshot.isEmpty())
        return refuse(u"--screenshot: the file's name is empty."_s);
    if (parser.isSet(after)) {
        bool ok = false;
        options.screenshotDelay = parser.value(after).toInt(&ok);
        if (!ok || options.screenshotDelay < 0)
            return refuse(
                    u"--after: \"%1\" is not a number of milliseconds."_s.arg(parser.value(after)));
    }
    return options;
}
