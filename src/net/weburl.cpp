// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/weburl_p.h"

#include <QtCore/qurl.h>
#include <QtNetwork/qhostaddress.h>

namespace EventSourcePrivate {

bool isWebUrl(const QUrl &url)
{
    return url.isValid() && (url.scheme() == QLatin1String("http") || isSecure(url))
            && !url.host().isEmpty();
}

bool isSecure(const QUrl &url)
{
    return url.scheme() == QLatin1String("https");
}

int effectivePort(const QUrl &url)
{
    return url.port(isSecure(url) ? 443 : 80);
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && effectivePort(a) == effectivePort(b);
}

QString serializedOrigin(const QUrl &url)
{
    QUrl origin = url;
    if (origin.port() == (isSecure(url) ? 443 : 80))
        origin.setPort(-1);
    return origin.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery
                           | QUrl::RemoveFragment);
}

QString hostKey(const QUrl &url)
{
    return url.scheme() + QLatin1String("://") + url.host() + QLatin1Char(':')
            + QString::number(effectivePort(url));
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost"))
            || QHostAddress(host).isLoopback();
}

QString displayUrl(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QUrl withoutSurroundingSpace(const QUrl &url)
{
    // An invalid one has all of its text in its path.
    return url.isValid() ? url : QUrl(url.path().trimmed());
}

QString urlProblem(const QUrl &url)
{
    // QUrl's own text ends with all of the URL, secrets included.
    return url.errorString().section(QLatin1String("; source was"), 0, 0);
}

} // namespace EventSourcePrivate
