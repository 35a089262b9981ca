// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/responsehead_p.h"

#include <QtCore/qdatetime.h>
#include <QtCore/qlist.h>
#include <QtCore/qlocale.h>
#include <QtCore/qtimezone.h>

#include <algorithm>
#include <cmath>

namespace EventSourcePrivate {

namespace {

constexpr int maximumRetryAfter = 60 * 60 * 1000;

// Fetch standard, "get, decode, and split": at commas that are not in a quoted string.
QList<QByteArray> splitAtCommas(const QByteArray &value)
{
    QList<QByteArray> parts;
    QByteArray part;
    bool isQuoted = false;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == ',' && !isQuoted) {
            parts.append(part.trimmed());
            part.clear();
            continue;
        }
        part += c;
        if (c == '"')
            isQuoted = !isQuoted;
        else if (c == '\\' && isQuoted && i + 1 < value.size())
            part += value[++i];
    }
    parts.append(part.trimmed());
    return parts;
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

// Empty if it is no media type.
QByteArray parseEssence(const QByteArray &mediaType)
{
    const qsizetype parameters = mediaType.indexOf(';');
    const QByteArray essence =
            (parameters < 0 ? mediaType : mediaType.left(parameters)).trimmed().toLower();
    const qsizetype slash = essence.indexOf('/');
    const bool isValid =
            slash > 0 && isToken(essence.left(slash)) && isToken(essence.mid(slash + 1));
    return isValid ? essence : QByteArray();
}

// Milliseconds; -1 if it is not a number of seconds.
double parseSeconds(const QByteArray &text)
{
    const bool hasDigits = std::any_of(text.begin(), text.end(), [](char c) { return c >= '0'; });
    const bool isNumber = hasDigits && text.count('.') <= 1
            && std::all_of(text.begin(), text.end(),
                           [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    return isNumber ? std::ceil(text.toDouble()) * 1000 : -1;
}

} // namespace

QByteArray mediaTypeEssence(const QByteArray &contentType)
{
    QByteArray essence;
    const QList<QByteArray> parts = splitAtCommas(contentType);
    for (const QByteArray &part : parts) {
        const QByteArray candidate = parseEssence(part);
        if (!candidate.isEmpty() && candidate != "*/*")
            essence = candidate;
    }
    return essence;
}

int parseRetryAfter(const QByteArray &value)
{
    const QByteArray trimmed = value.trimmed();
    double milliseconds = 0;
    constexpr qsizetype dateSize = 29; // Sun, 06 Nov 1994 08:49:37 GMT
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(trimmed.left(dateSize)),
                                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (date.isValid()) {
        date.setTimeZone(QTimeZone::utc());
        milliseconds = double(QDateTime::currentDateTimeUtc().msecsTo(date));
    } else {
        const QList<QByteArray> parts = splitAtCommas(trimmed);
        for (const QByteArray &part : parts)
            milliseconds = std::max(milliseconds, parseSeconds(part));
    }
    return int(std::clamp(milliseconds, 0.0, double(maximumRetryAfter)));
}

} // namespace EventSourcePrivate
