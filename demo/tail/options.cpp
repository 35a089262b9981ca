// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "options.h"

#include <QtCore/qcommandlineparser.h>

using namespace Qt::StringLiterals;

namespace {

const char description[] = R"(
Prints the events of a server-sent events stream, one line of JSON per event:

  {"type":"message","id":"7","data":{"state":"passed"}}

"data" is the event's JSON as the server wrote it, without the white space between its parts. It is
missing when the event is empty. An event whose data is not JSON is printed with "text" instead of
"data", and the reason is printed on stderr. --text prints the data of every event as a string.
After a lost connection the stream resumes after its last event. States and errors go to stderr.

Exit codes:
  0    the stream ended, --max was reached, or the reader of the output has ended
  1    the stream failed permanently (for example the server refused it with 401 or 404), or the
       output could not be written
  2    the command line is wrong; nothing was sent
  130  interrupted (SIGINT); 143: terminated (SIGTERM))";

// The address without its password, which must not appear in terminals and logs.
QString shown(const QUrl &url)
{
    return url.toDisplayString();
}

QString problemOfUrl(const QString &text, const QUrl &url)
{
    if (!url.isValid())
        return u"The URL '%1' is not valid: %2."_s.arg(text, url.errorString());
    if (url.scheme() != "http"_L1 && url.scheme() != "https"_L1) {
        return u"The URL '%1' begins with neither http:// nor https://. Write it in full, such as "
               "http://localhost:8080/events."_s.arg(text);
    }
    if (url.host().isEmpty())
        return u"The URL '%1' names no host."_s.arg(shown(url));
    return {};
}

// Adds "Name: value" to headers, or returns why it cannot.
QString addHeader(QVariantMap &headers, const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const QString name = text.left(colon).trimmed();
    if (colon < 0 || name.isEmpty()) {
        return u"The header '%1' has no %2. Write it as -H 'Name: value'."_s.arg(
                text, colon < 0 ? u"colon"_s : u"name"_s);
    }
    // The listener takes one value for each name: the first one would be lost without a message.
    const QStringList names = headers.keys();
    if (names.contains(name, Qt::CaseInsensitive)) {
        return u"The header '%1' is given twice. Give it once, with all its values separated by "
               "commas."_s.arg(name);
    }
    headers.insert(name, text.mid(colon + 1).trimmed());
    return {};
}

} // namespace

Options Options::fromArguments(const QStringList &arguments)
{
    const QCommandLineOption helpOption({u"h"_s, u"help"_s}, u"Show this text."_s);
    const QCommandLineOption versionOption({u"v"_s, u"version"_s}, u"Show the version."_s);
    const QCommandLineOption headerOption(
            {u"H"_s, u"header"_s}, u"Send this request header. Repeatable."_s, u"Name: value"_s);
    const QCommandLineOption textOption(u"text"_s, u"Take data as text; do not decode JSON."_s);
    const QCommandLineOption typeOption(u"type"_s, u"Print only events of this type. Repeatable."_s,
                                        u"type"_s);
    const QCommandLineOption idOption(u"last-event-id"_s, u"Begin after the event with this id."_s,
                                      u"id"_s);
    const QCommandLineOption maximumOption(u"max"_s, u"End after this many lines."_s, u"n"_s);
    const QCommandLineOption methodOption(
            u"method"_s, u"The request's method: GET, or POST when there is a body."_s,
            u"method"_s);
    const QCommandLineOption bodyOption(
            u"body"_s, u"Send this text. It is text/plain unless a Content-Type header is given."_s,
            u"text"_s);
    const QCommandLineOption markerOption(
            u"end-marker"_s, u"End at the event with exactly this data, such as [DONE]."_s,
            u"text"_s);
    const QCommandLineOption noRetryOption(
            u"no-retry"_s, u"End with the connection instead of connecting again."_s);
    const QCommandLineOption commentsOption(u"comments"_s, u"Show comment lines on stderr."_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromLatin1(description).mid(1));
    parser.addPositionalArgument(u"URL"_s, u"Where the stream is, http or https."_s);
    parser.addOptions({headerOption, textOption, typeOption, idOption, maximumOption, methodOption,
                       bodyOption, markerOption, noRetryOption, commentsOption, helpOption,
                       versionOption});

    Options options;
    const bool parsed = parser.parse(arguments);
    options.help = parser.helpText();
    const auto refuse = [&options](const QString &problem) {
        options.action = Refuse;
        options.problem = problem;
        return options;
    };

    if (!parsed)
        return refuse(parser.errorText());
    if (parser.isSet(helpOption)) {
        options.action = ShowHelp;
        return options;
    }
    if (parser.isSet(versionOption)) {
        options.action = ShowVersion;
        return options;
    }

    const QStringList positional = parser.positionalArguments();
    if (positional.isEmpty() || positional.first().isEmpty())
        return refuse(u"The URL of a stream is missing."_s);
    if (positional.size() > 1) {
        return refuse(u"There is one URL too many: '%1'. Quote a value that has spaces."_s.arg(
                positional.at(1)));
    }
    options.url = QUrl(positional.first());
    const QString urlProblem = problemOfUrl(positional.first(), options.url);
    if (!urlProblem.isEmpty())
        return refuse(urlProblem);

    const QStringList headers = parser.values(headerOption);
    for (const QString &header : headers) {
        const QString problem = addHeader(options.headers, header);
        if (!problem.isEmpty())
            return refuse(problem);
    }

    options.lastEventId = parser.value(idOption);
    if (options.lastEventId.contains(u'\r') || options.lastEventId.contains(u'\n'))
        return refuse(u"The value of --last-event-id has a line break. An id is one line."_s);

    if (parser.isSet(maximumOption)) {
        const QString text = parser.value(maximumOption);
        bool ok = false;
        options.maximum = text.toLongLong(&ok);
        if (!ok || options.maximum < 1) {
            return refuse(
                    u"The value of --max, '%1', is not a whole number from 1 up."_s.arg(text));
        }
    }

    options.method = parser.value(methodOption);
    options.hasBody = parser.isSet(bodyOption);
    options.body = parser.value(bodyOption);
    if (parser.isSet(methodOption) && options.method.isEmpty())
        return refuse(u"The value of --method is empty. Name a method such as POST."_s);
    if (options.hasBody && options.method.isEmpty())
        options.method = u"POST"_s;
    if (options.hasBody && options.method == "GET"_L1) {
        return refuse(u"A GET request has no body. Leave out --body, or name another method such "
                      "as POST."_s);
    }

    options.types = parser.values(typeOption);
    options.endMarker = parser.value(markerOption);
    options.text = parser.isSet(textOption);
    options.comments = parser.isSet(commentsOption);
    options.retry = !parser.isSet(noRetryOption);
    options.action = Listen;
    return options;
}
