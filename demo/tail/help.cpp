// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "help.h"

#include <QtCore/qstringlist.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype columns = 80;
constexpr qsizetype descriptionColumn = 30;

const char introduction[] = R"(Usage: eventsource-tail [options] URL

Prints the events of a server-sent events stream, one line of JSON per event:

  {"type":"message","id":"7","data":{"state":"passed"}}

"data" is the event's JSON as the server wrote it, without the white space
between its parts. It is missing when the event is empty. An event whose data is
not JSON is printed with "text" instead of "data", and the reason is printed on
stderr. After a lost connection the stream resumes after its last event. States
and errors go to stderr.
)";

const char conclusion[] = R"(
Exit codes:
  0    the stream ended, --max was reached, or the reader of the output has
       ended
  1    the stream failed permanently (for example the server refused it with 401
       or 404), or the output could not be written
  2    the command line is wrong; nothing was sent
  130  interrupted (SIGINT); 143: terminated (SIGTERM)

Environment:
  NO_COLOR  if it is set and not empty, there are no colours by default

Examples:
  eventsource-tail https://ci.example.com/stream --type build | jq .data
  eventsource-tail https://llm.example.com/v1/chat --json @request.json \
    -H 'Authorization: Bearer …' --end-marker '[DONE]'
)";

// The names with their dashes, short ones first: "-X, --method METHOD".
QString synopsis(const QCommandLineOption &option)
{
    QStringList names;
    const QStringList all = option.names();
    for (const QString &name : all)
        names += (name.size() == 1 ? "-"_L1 : "--"_L1) + name;
    QString text = names.join(u", "_s);
    if (names.first().startsWith("--"_L1))
        text.prepend(u"    "_s); // where the others have their short name
    if (!option.valueName().isEmpty())
        text += u' ' + option.valueName();
    return "  "_L1 + text;
}

QString wrapped(const QString &text, qsizetype indent)
{
    QString out;
    qsizetype column = indent;
    const QStringList words = text.split(u' ');
    for (const QString &word : words) {
        if (column > indent && column + 1 + word.size() > columns) {
            out += u'\n' + QString(indent, u' ');
            column = indent;
        } else if (column > indent) {
            out += u' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

} // namespace

QList<OptionGroup> optionGroups()
{
    return {
            {u"Request"_s,
             {
                     {{u"X"_s, u"method"_s, u"request"_s},
                      u"The request's method. It is GET, or POST when there is a body."_s,
                      u"METHOD"_s},
                     {{u"H"_s, u"header"_s},
                      u"Send this request header. Repeatable."_s,
                      u"'NAME: VALUE'"_s},
                     {{u"d"_s, u"data"_s},
                      u"Send this text, the contents of @FILE, or with - the standard input. The "
                      "type is application/x-www-form-urlencoded unless a Content-Type header is "
                      "given. Repeatable: the parts are joined with &."_s,
                      u"DATA"_s},
                     {u"json"_s, u"Send this text, @FILE or - as application/json."_s, u"DATA"_s},
                     {u"body"_s,
                      u"Send exactly this text, also if it begins with @, as text/plain."_s,
                      u"TEXT"_s},
                     {u"last-event-id"_s, u"Begin after the event with this id."_s, u"ID"_s},
             }},
            {u"Security"_s,
             {
                     {{u"k"_s, u"insecure"_s},
                      u"Do not check who the server is: any certificate is taken."_s},
                     {u"cacert"_s,
                      u"Trust the certificates in this PEM file too, not only the system's."_s,
                      u"FILE"_s},
             }},
            {u"Connection"_s,
             {
                     {u"connect-timeout"_s,
                      u"How long connecting may take, 0 for any time (default: 30). As with the "
                      "next two, decimals are allowed."_s,
                      u"SECONDS"_s},
                     {u"response-timeout"_s,
                      u"How long the server may take to answer (default: 300)."_s, u"SECONDS"_s},
                     {u"idle-timeout"_s,
                      u"Connect again after this long without a byte (default: 0, never)."_s,
                      u"SECONDS"_s},
                     {{u"no-reconnect"_s, u"no-retry"_s},
                      u"End with the connection instead of connecting again."_s},
                     {u"retry-status"_s,
                      u"Connect again after these HTTP statuses, such as 404,410, as after 408, "
                      "425, 429 and 5xx."_s,
                      u"LIST"_s},
             }},
            {u"Selection"_s,
             {
                     {u"type"_s, u"Print only events of this type. Repeatable."_s, u"TYPE"_s},
                     {u"max"_s, u"End after this many events."_s, u"COUNT"_s},
                     {u"end-marker"_s,
                      u"End at the event with exactly this data, such as [DONE]."_s, u"TEXT"_s},
             }},
            {u"Output"_s,
             {
                     {u"text"_s, u"Take data as text; do not decode JSON."_s},
                     {u"data-only"_s,
                      u"Print only each event's data: its JSON in one line; with --text, or if it "
                      "is not JSON, the data as it is."_s},
                     {u"raw"_s,
                      u"Print the events in the format of a stream, with lines for id (where it "
                      "changes), event and data. These are not the bytes that the server sent: "
                      "comments, retry and unknown fields are left out."_s},
                     {u"pretty"_s,
                      u"Indent JSON, if the output is a terminal. Otherwise an event stays one "
                      "line."_s},
                     {u"color"_s,
                      u"When there are colours: auto (on a terminal), always or never."_s,
                      u"WHEN"_s},
                     {u"timestamps"_s,
                      u"Print when each event came (UTC): as \"time\", with --data-only before the "
                      "data, with --raw as a comment."_s},
                     {{u"i"_s, u"include"_s},
                      u"Print the head of each accepted response before its events: status and "
                      "headers, without cookies."_s},
             }},
            {u"Reports on stderr"_s,
             {
                     {{u"q"_s, u"quiet"_s}, u"Only errors, and the reports that are asked for."_s},
                     {u"comments"_s, u"Show comment lines."_s},
                     {u"stats"_s,
                      u"At the end: events, bytes of their data, duration, rate, median and "
                      "longest gap between events, reconnects."_s},
                     {u"stats-interval"_s,
                      u"The same also every so many seconds, for the events since."_s,
                      u"SECONDS"_s},
             }},
            {u"Help"_s,
             {
                     {{u"h"_s, u"help"_s}, u"Show this text."_s},
                     {{u"v"_s, u"version"_s}, u"Show the version."_s},
             }},
    };
}

QString helpText()
{
    QString text = QString::fromUtf8(introduction);
    const QList<OptionGroup> groups = optionGroups();
    for (const OptionGroup &group : groups) {
        text += u"\n%1:\n"_s.arg(group.title);
        for (const QCommandLineOption &option : group.options) {
            const QString names = synopsis(option);
            const bool fits = names.size() + 2 <= descriptionColumn;
            text += fits ? names.leftJustified(descriptionColumn)
                         : names + u'\n' + QString(descriptionColumn, u' ');
            text += wrapped(option.description(), descriptionColumn) + u'\n';
        }
    }
    return text + QString::fromUtf8(conclusion);
}
