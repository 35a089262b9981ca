// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "explorerstore.h"

#include <QtCore/qdatetime.h>
#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qsavefile.h>
#include <QtCore/qsettings.h>
#include <QtCore/qstandardpaths.h>

namespace {

constexpr qsizetype maximumCount = 10;
constexpr char key[] = "explorer/addresses";

// A file of the program's own name, whether or not the application has set one.
QSettings settings()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope,
                     QStringLiteral("eventsource-dashboard"),
                     QStringLiteral("eventsource-dashboard"));
}

} // namespace

ExplorerStore::ExplorerStore(QObject *parent) : QObject(parent)
{
    m_addresses = settings().value(QLatin1String(key)).toStringList().mid(0, maximumCount);
}

void ExplorerStore::remember(const QUrl &address)
{
    const QString plain =
            address.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    if (plain.isEmpty() || (!m_addresses.isEmpty() && m_addresses.first() == plain))
        return;
    m_addresses.removeAll(plain);
    m_addresses.prepend(plain);
    m_addresses = m_addresses.mid(0, maximumCount);
    settings().setValue(QLatin1String(key), m_addresses);
    Q_EMIT addressesChanged();
}

void ExplorerStore::forgetAll()
{
    m_addresses.clear();
    settings().remove(QLatin1String(key));
    Q_EMIT addressesChanged();
}

QString ExplorerStore::write(const QString &path, const QString &text) const
{
    QSaveFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
}

QString ExplorerStore::exportPath() const
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const QString time =
            QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-hhmmss-zzz"));
    return QDir(QDir(folder).exists() ? folder : QDir::homePath())
            .filePath(QStringLiteral("events-%1.jsonl").arg(time));
}

bool ExplorerStore::isAddress(const QString &text) const
{
    const QUrl url(text);
    return url.isValid() && !url.host().isEmpty() && url.port(80) > 0;
}

QUrl ExplorerStore::fileUrl(const QString &text) const
{
    return text.startsWith(QLatin1String("file:"))
            ? QUrl(text)
            : QUrl::fromLocalFile(QFileInfo(text).absoluteFilePath());
}

QString ExplorerStore::jsonProblem(const QString &text) const
{
    // As the only element of an array, since QJsonDocument takes no other values than these and objects.
    const QByteArray bytes = text.toUtf8();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + bytes + ']', &error);
    if (error.error == QJsonParseError::NoError) {
        return document.array().size() == 1 ? QString()
                                            : tr("It has to be one value, such as an object.");
    }
    // Qt has read the byte that is wrong, and the bracket.
    const qsizetype offset = qBound(qsizetype(0), qsizetype(error.offset - 2), bytes.size());
    const QString before = QString::fromUtf8(bytes.constData(), offset);
    return tr("Line %1, column %2: %3.")
            .arg(before.count(u'\n') + 1)
            .arg(before.size() - before.lastIndexOf(u'\n'))
            .arg(error.errorString());
}
