// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "options.h"

#include <QtCore/qcommandlineparser.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qlocale.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qregularexpression.h>
#include <QtGui/qimagewriter.h>

#include <algorithm>
#include <iterator>

namespace {
constexpr struct
{
    const char *name;
    DemoServer::Fault fault;
} faults[] = {
        {"drop", DemoServer::Drop},
        {"reset", DemoServer::Reset},
        {"cut-chunk", DemoServer::CutChunk},
        {"end", DemoServer::End},
        {"refuse", DemoServer::Refuse},
        {"expire-token", DemoServer::ExpireToken},
        {"wrong-type", DemoServer::WrongType},
        {"redirect", DemoServer::Redirect},
        {"late-head", DemoServer::LateHead},
        {"broken-json", DemoServer::BrokenJson},
        {"huge-event", DemoServer::HugeEvent},
        {"silence", DemoServer::Silence},
        {"flood", DemoServer::Flood},
};

QString faultNames()
{
    QStringList names;
    for (const auto &fault : faults)
        names.append(QLatin1String(fault.name));
    return names.join(QStringLiteral(", "));
}

constexpr const char *pages[] = {"overview", "log", "fleet", "chat", "explorer"};

// Empty if the address is valid.
QString complaintAboutUrl(const QString &option, const QString &text, const QUrl &url)
{
    const QString scheme = url.scheme();
    const bool isHttp = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    if (isHttp && url.isValid() && !url.host().isEmpty())
        return {};
    if (isHttp || text.isEmpty() || text.startsWith(QLatin1Char('/')))
        return QStringLiteral("--%1: \"%2\" is not a complete address. An example: "
                              "https://example.com/events")
                .arg(option, text);
    if (text.contains(QLatin1String("://")))
        return QStringLiteral("--%1: \"%2\" is not an http or https address.").arg(option, text);
    return QStringLiteral("--%1: \"%2\" has no http:// or https:// in front. Did you mean "
                          "http://%2?")
            .arg(option, text);
}

// A whole number in the range.
std::optional<uint> number(const QString &text, uint minimum, uint maximum)
{
    bool ok = false;
    const uint value = text.toUInt(&ok);
    return ok && value >= minimum && value <= maximum ? std::optional(value) : std::nullopt;
}
} // namespace

std::optional<Options> Options::parse(const QStringList &arguments, QString *message,
                                      bool *helpRequested)
{
    *helpRequested = false;
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
            "Shows a live stream of server-sent events. Without --url it starts a built-in server\n"
            "on the loopback interface and shows its events about a small fleet of computers.\n"
            "Buttons cause faults of this server."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Shows this text."));
    const QCommandLineOption url(QStringLiteral("url"),
                                 QStringLiteral("Watch this stream (http or https)."),
                                 QStringLiteral("URL"));
    const QCommandLineOption chatUrl(
            QStringLiteral("chat-url"),
            QStringLiteral("The chat's address (default: the embedded server's). Without a path it "
                           "gets /v1/chat/completions."),
            QStringLiteral("URL"));
    const QCommandLineOption page(
            QStringLiteral("page"),
            QStringLiteral("Show this page first: overview, log, fleet, chat or explorer."),
            QStringLiteral("NAME"));
    const QCommandLineOption screenshot(
            QStringLiteral("screenshot"),
            QStringLiteral("Write a picture of the window to this file (.png, .jpg) and end. Needs "
                           "no display."),
            QStringLiteral("FILE"));
    const QCommandLineOption after(
            QStringLiteral("after"),
            QStringLiteral("Take the picture after this many milliseconds (3000)."),
            QStringLiteral("MS"));
    const QCommandLineOption size(QStringLiteral("size"),
                                  QStringLiteral("The window's size, such as 1280x800."),
                                  QStringLiteral("WxH"));
    const QCommandLineOption dark(QStringLiteral("dark"), QStringLiteral("Dark colours."));
    const QCommandLineOption light(QStringLiteral("light"), QStringLiteral("Light colours."));
    const QCommandLineOption language(
            QStringLiteral("language"),
            QStringLiteral("Texts and numbers of this language, such as de (the system's)."),
            QStringLiteral("NAME"));
    const QCommandLineOption lazy(QStringLiteral("lazy"),
                                  QStringLiteral("Do not connect until Start is pressed."));
    const QCommandLineOption reducedMotion(
            QStringLiteral("reduced-motion"),
            QStringLiteral("Nothing flashes, fades or fills in slowly."));
    const QCommandLineOption fault(
            QStringLiteral("fault"),
            QStringLiteral("Cause a fault of the embedded server once the stream is open: %1.")
                    .arg(faultNames()),
            QStringLiteral("NAME"));
    const QCommandLineOption port(
            QStringLiteral("port"),
            QStringLiteral(
                    "The embedded server's port. 0, the default, means any free port. With this "
                    "option the server's address is printed."),
            QStringLiteral("N"));
    const QCommandLineOption seed(
            QStringLiteral("seed"),
            QStringLiteral("Makes the embedded server send the same events every time."),
            QStringLiteral("N"));
    parser.addOptions({help, page, url, chatUrl, screenshot, after, size, dark, light, language,
                       lazy, reducedMotion, fault, port, seed});

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
        return refuse(
                QStringLiteral("\"%1\" is not understood. A stream's address goes behind --url.")
                        .arg(parser.positionalArguments().constFirst()));

    Options options;
    options.lazy = parser.isSet(lazy);
    options.reducedMotion = parser.isSet(reducedMotion);
    if (parser.isSet(dark) && parser.isSet(light))
        return refuse(QStringLiteral("--dark and --light exclude each other."));
    if (parser.isSet(dark))
        options.colorScheme = QStringLiteral("dark");
    if (parser.isSet(light))
        options.colorScheme = QStringLiteral("light");

    if (parser.isSet(language)) {
        options.language = parser.value(language);
        if (QLocale(options.language).language() == QLocale::C)
            return refuse(QStringLiteral("--language: \"%1\" is not the name of a language.")
                                  .arg(options.language));
    }

    if (parser.isSet(url)) {
        const QString text = parser.value(url);
        options.url = QUrl(text, QUrl::StrictMode);
        const QString complaint = complaintAboutUrl(QStringLiteral("url"), text, options.url);
        if (!complaint.isEmpty())
            return refuse(complaint);
        for (const QCommandLineOption *option : {&fault, &port, &seed}) {
            if (parser.isSet(*option))
                return refuse(QStringLiteral("--%1 is for the embedded server and does not go with "
                                             "--url.")
                                      .arg(option->names().constFirst()));
        }
    }

    if (parser.isSet(chatUrl)) {
        const QString text = parser.value(chatUrl);
        options.chatUrl = QUrl(text, QUrl::StrictMode);
        const QString complaint =
                complaintAboutUrl(QStringLiteral("chat-url"), text, options.chatUrl);
        if (!complaint.isEmpty())
            return refuse(complaint);
        if (options.chatUrl.path().isEmpty())
            options.chatUrl.setPath(QStringLiteral("/v1/chat/completions"));
    }
    if (parser.isSet(page)) {
        options.page = parser.value(page);
        const auto isPage = [&](const char *name) { return options.page == QLatin1String(name); };
        if (std::none_of(std::begin(pages), std::end(pages), isPage))
            return refuse(QStringLiteral("--page: \"%1\" is none of overview, log, fleet, chat, "
                                         "explorer.")
                                  .arg(options.page));
    }

    if (parser.isSet(screenshot)) {
        options.screenshot = parser.value(screenshot);
        if (options.screenshot.isEmpty())
            return refuse(QStringLiteral("--screenshot: the file's name is empty."));
        const QString format = QFileInfo(options.screenshot).suffix().toLower();
        if (!QImageWriter::supportedImageFormats().contains(format.toLatin1()))
            return refuse(QStringLiteral("--screenshot: \"%1\" does not end in .png or .jpg.")
                                  .arg(options.screenshot));
    }
    if (parser.isSet(after)) {
        const std::optional<uint> delay = number(parser.value(after), 0, 3600 * 1000);
        if (!delay)
            return refuse(
                    QStringLiteral("--after: \"%1\" is not a number of milliseconds up to one "
                                   "hour.")
                            .arg(parser.value(after)));
        if (options.screenshot.isEmpty())
            return refuse(QStringLiteral("--after goes with --screenshot."));
        options.screenshotDelay = int(*delay);
    }
    if (parser.isSet(size)) {
        static const QRegularExpression pattern(QStringLiteral("^(\\d{1,5})x(\\d{1,5})$"));
        const QRegularExpressionMatch match = pattern.match(parser.value(size));
        const std::optional<uint> width = number(match.captured(1), 360, 8192);
        const std::optional<uint> height = number(match.captured(2), 360, 8192);
        if (!width || !height)
            return refuse(QStringLiteral("--size: \"%1\" is not a size from 360x360 to 8192x8192.")
                                  .arg(parser.value(size)));
        options.size = QSize(int(*width), int(*height));
    }
    if (parser.isSet(fault)) {
        for (const auto &candidate : faults) {
            if (parser.value(fault) == QLatin1String(candidate.name))
                options.fault = candidate.fault;
        }
        if (!options.fault)
            return refuse(QStringLiteral("--fault: \"%1\" is none of %2.")
                                  .arg(parser.value(fault), faultNames()));
    }
    if (parser.isSet(port)) {
        const std::optional<uint> value = number(parser.value(port), 0, 65535);
        if (!value)
            return refuse(QStringLiteral("--port: \"%1\" is not a port from 0 to 65535.")
                                  .arg(parser.value(port)));
        options.port = quint16(*value);
        options.printsAddress = true;
    }
    if (parser.isSet(seed)) {
        const std::optional<uint> value =
                number(parser.value(seed), 0, std::numeric_limits<quint32>::max());
        if (!value)
            return refuse(QStringLiteral("--seed: \"%1\" is not a whole number below 4294967296.")
                                  .arg(parser.value(seed)));
        options.seed = *value;
    }
    return options;
}
