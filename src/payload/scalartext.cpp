// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/scalartext_p.h"

#include <QtCore/qtimezone.h>

namespace EventSourcePrivate {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

// Takes what the pattern says from the front, where 0 stands for any digit.
bool take(QStringView *text, QStringView pattern)
{
    if (text->size() < pattern.size())
        return false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == u'0' ? !isDigit((*text)[i]) : pattern[i] != (*text)[i])
            return false;
    }
    *text = text->sliced(pattern.size());
    return true;
}

std::optional<QDate> takeDate(QStringView *text)
{
    const QStringView begin = *text;
    if (!take(text, u"0000-00-00"))
        return {};
    const QDate date(begin.first(4).toInt(), begin.sliced(5, 2).toInt(),
                     begin.sliced(8, 2).toInt());
    return date.isValid() ? std::optional<QDate>(date) : std::nullopt;
}

std::optional<QTime> takeTime(QStringView *text)
{
    const QStringView begin = *text;
    if (!take(text, u"00:00"))
        return {};
    int seconds = 0;
    int milliseconds = 0;
    if (text->startsWith(u':')) {
        if (!take(text, u":00"))
            return {};
        seconds = begin.sliced(6, 2).toInt();
        if (text->startsWith(u'.') || text->startsWith(u',')) {
            *text = text->sliced(1);
            if (text->isEmpty() || !isDigit(text->front()))
                return {};
            for (int unit = 100; !text->isEmpty() && isDigit(text->front()); unit /= 10) {
                milliseconds += unit * text->front().digitValue();
                *text = text->sliced(1);
            }
        }
    }
    const QTime time(begin.first(2).toInt(), begin.sliced(3, 2).toInt(), seconds, milliseconds);
    return time.isValid() ? std::optional<QTime>(time) : std::nullopt;
}

// Seconds east of UTC; "+02:00", "+0200" or "+02".
std::optional<int> takeOffset(QStringView *text)
{
    if (text->isEmpty() || (text->front() != u'+' && text->front() != u'-'))
        return {};
    const int sign = text->front() == u'-' ? -1 : 1;
    *text = text->sliced(1);
    const QStringView begin = *text;
    if (!take(text, u"00"))
        return {};
    const int hours = begin.first(2).toInt();
    int minutes = 0;
    if (!text->isEmpty()) {
        take(text, u":");
        const QStringView digits = *text;
        if (!take(text, u"00"))
            return {};
        minutes = digits.first(2).toInt();
    }
    // QDateTime has no more than that.
    if (hours > 14 || minutes > 59 || hours * 60 + minutes > 14 * 60)
        return {};
    return sign * (hours * 3600 + minutes * 60);
}

} // namespace

std::optional<QDateTime> dateTimeFromText(const QString &text)
{
    QStringView rest = text;
    const auto date = takeDate(&rest);
    if (!date || !take(&rest, u"T"))
        return {};
    const auto time = takeTime(&rest);
    if (!time)
        return {};
    if (rest.isEmpty()) {
        const QDateTime local(*date, *time);
        return local.isValid() ? std::optional<QDateTime>(local) : std::nullopt;
    }
    const QDateTime utc = QDateTime(*date, *time, QTimeZone::utc()).toUTC();
    if (rest == u"Z")
        return utc;
    const auto offset = takeOffset(&rest);
    if (!offset || !rest.isEmpty())
        return {};
    return utc.addSecs(-*offset).toOffsetFromUtc(*offset);
}

std::optional<QDate> dateFromText(const QString &text)
{
    QStringView rest = text;
    const auto date = takeDate(&rest);
    return rest.isEmpty() ? date : std::nullopt;
}

std::optional<QTime> timeFromText(const QString &text)
{
    QStringView rest = text;
    const auto time = takeTime(&rest);
    return rest.isEmpty() ? time : std::nullopt;
}

// Written back it must be the same: Qt's decoder ignores bits and padding that are left over.
std::optional<QByteArray> bytesFromBase64(const QString &text)
{
    const QByteArray encoded = text.toUtf8();
    const QByteArray decoded = QByteArray::fromBase64(encoded);
    return decoded.toBase64() == encoded ? std::optional<QByteArray>(decoded) : std::nullopt;
}

// With or without braces.
std::optional<QUuid> uuidFromText(const QString &text)
{
    const QUuid uuid = QUuid::fromString(text);
    const bool hasBraces = text.startsWith(u'{');
    const QString written = uuid.toString(hasBraces ? QUuid::WithBraces : QUuid::WithoutBraces);
    return written.compare(text, Qt::CaseInsensitive) == 0 ? std::optional<QUuid>(uuid)
                                                           : std::nullopt;
}

} // namespace EventSourcePrivate
