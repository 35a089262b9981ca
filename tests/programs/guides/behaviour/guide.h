// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef GUIDE_H
#define GUIDE_H

#include <QtCore/qfile.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qstring.h>
#include <QtCore/qurl.h>

// The first block in a language under a heading of a guide; empty if there is none.
inline QString guideSample(const QString &guide, const QString &heading, const QString &language)
{
    QFile file(QStringLiteral(GUIDES_FOLDER "/%1.md").arg(guide));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    const qsizetype section = text.indexOf(QLatin1Char('\n') + heading + QLatin1Char('\n'));
    const QString opening = QStringLiteral("\n```%1\n").arg(language);
    const qsizetype begin = text.indexOf(opening, section);
    if (section < 0 || begin < 0)
        return {};
    return text.mid(begin + opening.size(),
                    text.indexOf(QLatin1String("\n```"), begin + opening.size()) - begin
                            - opening.size());
}

// The sample with the origin of its address replaced; the path and the query stay.
inline QString withServer(QString sample, const QUrl &server)
{
    static const QRegularExpression origin(QStringLiteral("\\burl: \"https?://[^/\"]+"));
    return sample.replace(origin,
                          QStringLiteral("url: \"")
                                  + server.toString(QUrl::RemovePath | QUrl::RemoveQuery));
}

#endif // GUIDE_H
