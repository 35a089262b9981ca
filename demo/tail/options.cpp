// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "options.h"

#include "help.h"

#include <QtCore/qcommandlineparser.h>
#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtNetwork/qtnetworkglobal.h>

#if QT_CONFIG(ssl)
#  include <QtNetwork/qsslcertificate.h>
#endif

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

// Reads the options into an Options. Each function returns what is wrong, or nothing.
class Reader
{
public:
    QString read(const QStringList &arguments);

    Options options;

private:
    QString readUrl();
    QString readHeaders();
    QString addHeader(const QString &text);
    QString readRequest();
    QString readBody();
    QString readData(const QString &option, const QString &separator, QByteArray *data);
    QString readSecurity();
    QString readConnection();
    QString readSelection();
    QString readOutput();
    QString readReports();
    QString readSeconds(const QString &option, int *milliseconds, bool mayBeZero = true);
    QString findConflict() const;

    bool isSet(const QString &option) const { return m_parser.isSet(option); }
    bool hasHeader(const QString &name) const;

    QCommandLineParser m_parser;
};

// The address without its password, which must not appear in terminals and logs.
QString shown(const QUrl &url)
{
    return url.toDisplayString();
}

bool namesInput(const QString &data)
{
    return data == "-"_L1 || data == "@-"_L1;
}

QString Reader::read(const QStringList &arguments)
{
    const QList<OptionGroup> groups = optionGroups();
    for (const OptionGroup &group : groups)
        m_parser.addOptions(group.options);
    if (!m_parser.parse(arguments))
        return m_parser.errorText();
    if (isSet(u"help"_s)) {
        options.action = Options::ShowHelp;
        return {};
    }
    if (isSet(u"version"_s)) {
        options.action = Options::ShowVersion;
        return {};
    }
    QString problem = findConflict();
    // The request comes last, because it may read the standard input.
    for (const auto part : {&Reader::readUrl, &Reader::readHeaders, &Reader::readSecurity,
                            &Reader::readConnection, &Reader::readSelection, &Reader::readOutput,
                            &Reader::readReports, &Reader::readRequest}) {
        if (problem.isEmpty())
            problem = (this->*part)();
    }
    if (problem.isEmpty())
        options.action = Options::Listen;
    return problem;
}

QString Reader::findConflict() const
{
    struct Conflict
    {
        const char *first;
        const char *second;
        const char *reason;
    };
    static const Conflict conflicts[] = {
            {"data", "json", "A request has one body."},
            {"data", "body", "A request has one body."},
            {"json", "body", "A request has one body."},
            {"insecure", "cacert", "Without a check no certificate matters."},
            {"no-reconnect", "retry-status", "Nothing is tried again."},
            {"raw", "data-only", "They are two formats of the output."},
            {"raw", "text", "The format of a stream has no JSON."},
            {"raw", "pretty", "The format of a stream has no JSON."},
            {"text", "pretty", "Text is not indented."},
    };
    for (const Conflict &conflict : conflicts) {
        const QString first = QString::fromLatin1(conflict.first);
        const QString second = QString::fromLatin1(conflict.second);
        if (isSet(first) && isSet(second)) {
            return u"--%1 and --%2 exclude each other. %3 Give one of them."_s.arg(
                    first, second, QString::fromLatin1(conflict.reason));
        }
    }
    return {};
}

QString Reader::readUrl()
{
    const QStringList positional = m_parser.positionalArguments();
    const QString text = positional.value(0);
    if (text.isEmpty())
        return u"The URL of a stream is missing."_s;
    if (positional.size() > 1) {
        return u"There is one URL too many: '%1'. Quote a value that has spaces."_s.arg(
                positional.at(1));
    }
    options.url = QUrl(text);
    if (!options.url.isValid())
        return u"The URL '%1' is not valid: %2."_s.arg(text, options.url.errorString());
    if (options.url.scheme() != "http"_L1 && options.url.scheme() != "https"_L1) {
        return u"The URL '%1' begins with neither http:// nor https://. Write it in full, such as "
               "http://localhost:8080/events."_s.arg(text);
    }
    if (options.url.host().isEmpty())
        return u"The URL '%1' names no host."_s.arg(shown(options.url));
    return {};
}

QString Reader::readHeaders()
{
    const QStringList headers = m_parser.values(u"header"_s);
    for (const QString &header : headers) {
        const QString problem = addHeader(header);
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

QString Reader::addHeader(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const QString name = text.left(colon).trimmed();
    if (colon < 0 || name.isEmpty()) {
        return u"The header '%1' has no %2. Write it as -H 'Name: value'."_s.arg(
                text, colon < 0 ? u"colon"_s : u"name"_s);
    }
    // The listener takes one value for each name: the first one would be lost without a message.
    if (hasHeader(name)) {
        return u"The header '%1' is given twice. Give it once, with all its values separated by "
               "commas."_s.arg(name);
    }
    options.headers.insert(name, text.mid(colon + 1).trimmed());
    return {};
}

bool Reader::hasHeader(const QString &name) const
{
    return options.headers.keys().contains(name, Qt::CaseInsensitive);
}

QString Reader::readRequest()
{
    options.lastEventId = m_parser.value(u"last-event-id"_s);
    if (options.lastEventId.contains(u'\r') || options.lastEventId.contains(u'\n'))
        return u"The value of --last-event-id has a line break. An id is one line."_s;

    options.method = m_parser.value(u"method"_s);
    if (isSet(u"method"_s) && options.method.isEmpty())
        return u"The value of --method is empty. Name a method such as POST."_s;
    for (const QString &option : {u"data"_s, u"json"_s, u"body"_s}) {
        if (!isSet(option))
            continue;
        if (options.method.isEmpty())
            options.method = u"POST"_s;
        if (options.method.compare("GET"_L1, Qt::CaseInsensitive) == 0) {
            return u"A GET request has no body. Leave out --%1, or name another method such "
                   "as POST."_s.arg(option);
        }
    }
    return readBody();
}

QString Reader::readBody()
{
    if (isSet(u"body"_s)) {
        options.body = m_parser.value(u"body"_s);
        return {};
    }
    const bool isJson = isSet(u"json"_s);
    if (!isJson && !isSet(u"data"_s))
        return {};
    QByteArray data;
    const QString problem =
            isJson ? readData(u"json"_s, {}, &data) : readData(u"data"_s, u"&"_s, &data);
    options.body = data;
    if (!hasHeader(u"Content-Type"_s)) {
        options.headers.insert(u"Content-Type"_s,
                               isJson ? u"application/json"_s
                                      : u"application/x-www-form-urlencoded"_s);
    }
    return problem;
}

QString Reader::readData(const QString &option, const QString &separator, QByteArray *data)
{
    const QStringList values = m_parser.values(option);
    if (std::count_if(values.begin(), values.end(), namesInput) > 1)
        return u"The standard input can be read once. Give --%1 - once."_s.arg(option);
    for (const QString &value : values) {
        if (&value != &values.first())
            data->append(separator.toUtf8());
        const bool isInput = namesInput(value);
        if (!isInput && !value.startsWith(u'@')) {
            data->append(value.toUtf8());
            continue;
        }
        QFile file(value.mid(1));
        if (!(isInput ? file.open(stdin, QFile::ReadOnly) : file.open(QFile::ReadOnly))) {
            return u"The file '%1' of --%2 cannot be read: %3."_s.arg(value.mid(1), option,
                                                                      file.errorString());
        }
        data->append(file.readAll());
        if (file.error() != QFile::NoError) {
            return u"The data of --%1 %2 cannot be read: %3."_s.arg(option, value,
                                                                    file.errorString());
        }
    }
    return {};
}

QString Reader::readSecurity()
{
    options.insecure = isSet(u"insecure"_s);
    const bool hasFile = isSet(u"cacert"_s);
#if QT_CONFIG(ssl)
    if (!hasFile)
        return {};
    const QString name = m_parser.value(u"cacert"_s);
    QFile file(name);
    if (!file.open(QFile::ReadOnly)) {
        return u"The file '%1' of --cacert cannot be read: %2."_s.arg(
                name, name.isEmpty() ? u"it has no name"_s : file.errorString());
    }
    if (QSslCertificate::fromDevice(&file, QSsl::Pem).isEmpty())
        return u"The file '%1' of --cacert has no certificate. Name a PEM file."_s.arg(name);
    options.caCertificates = QUrl::fromLocalFile(QFileInfo(name).absoluteFilePath());
#else
    if (options.insecure || hasFile)
        return u"This Qt has no TLS, so --insecure and --cacert have no meaning."_s;
#endif
    return {};
}

QString Reader::readConnection()
{
    QString problem = readSeconds(u"connect-timeout"_s, &options.connectTimeout);
    if (problem.isEmpty())
        problem = readSeconds(u"response-timeout"_s, &options.responseTimeout);
    if (problem.isEmpty())
        problem = readSeconds(u"idle-timeout"_s, &options.idleTimeout);
    options.reconnect = !isSet(u"no-reconnect"_s);
    if (!problem.isEmpty() || !isSet(u"retry-status"_s))
        return problem;
    const QStringList statuses = m_parser.value(u"retry-status"_s).split(u',');
    for (const QString &text : statuses) {
        const int status = text.trimmed().toInt();
        if (status < 201 || status > 599) {
            return u"The value of --retry-status has '%1', which is no HTTP status from 201 to "
                   "599. Write them with commas, such as 404,410."_s.arg(text);
        }
        options.retryStatuses += status;
    }
    return {};
}

QString Reader::readSeconds(const QString &option, int *milliseconds, bool mayBeZero)
{
    if (!isSet(option))
        return {};
    constexpr int longest = std::numeric_limits<int>::max() / 1000;
    const QString text = m_parser.value(option);
    bool ok = false;
    const double seconds = text.toDouble(&ok);
    if (!ok || !(seconds >= 0 && seconds <= longest) || (seconds == 0 && !mayBeZero)) {
        return u"The value of --%1, '%2', is not a number of seconds %3 to %4."_s
                .arg(option, text, mayBeZero ? u"from 0 (no limit)"_s : u"above 0"_s)
                .arg(longest);
    }
    *milliseconds = int(std::ceil(seconds * 1000)); // a very short time is not 0
    return {};
}

QString Reader::readSelection()
{
    options.types = m_parser.values(u"type"_s);
    options.endMarker = m_parser.value(u"end-marker"_s);
    if (!isSet(u"max"_s))
        return {};
    const QString text = m_parser.value(u"max"_s);
    bool ok = false;
    options.maximum = text.toLongLong(&ok);
    if (!ok || options.maximum < 1)
        return u"The value of --max, '%1', is not a whole number from 1 up."_s.arg(text);
    return {};
}

QString Reader::readOutput()
{
    options.text = isSet(u"text"_s);
    options.pretty = isSet(u"pretty"_s);
    options.timestamps = isSet(u"timestamps"_s);
    options.include = isSet(u"include"_s);
    if (isSet(u"raw"_s))
        options.output = Options::RawOutput;
    else if (isSet(u"data-only"_s))
        options.output = Options::DataOutput;
    if (!isSet(u"color"_s))
        return {};
    const QString when = m_parser.value(u"color"_s);
    const qsizetype color = QStringList {u"auto"_s, u"always"_s, u"never"_s}.indexOf(when);
    if (color < 0)
        return u"The value of --color, '%1', is none of auto, always and never."_s.arg(when);
    options.color = Options::Color(color);
    return {};
}

QString Reader::readReports()
{
    options.quiet = isSet(u"quiet"_s);
    options.comments = isSet(u"comments"_s);
    options.stats = isSet(u"stats"_s) || isSet(u"stats-interval"_s);
    return readSeconds(u"stats-interval"_s, &options.statsInterval, false);
}

} // namespace

Options Options::fromArguments(const QStringList &arguments)
{
    Reader reader;
    reader.options.problem = reader.read(arguments);
    return reader.options;
}
