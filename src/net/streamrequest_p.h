// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef STREAMREQUEST_P_H
#define STREAMREQUEST_P_H

#include <QtCore/qbytearray.h>
#include <QtCore/qlist.h>
#include <QtCore/qpair.h>
#include <QtCore/qpointer.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qnetworkcookiejar.h>
#include <QtNetwork/qtnetworkglobal.h>
#if QT_CONFIG(ssl)
#  include <QtNetwork/qsslconfiguration.h>
#endif

#include <optional>

namespace EventSourcePrivate {

// What one HTTP exchange asks for, checked: it can be sent as it is.
struct StreamRequest
{
    QUrl url;
    QByteArray method = "GET";
    QList<QPair<QByteArray, QByteArray>> headers; // the application's
    QByteArray body;
    QByteArray bodyType;
    QByteArray lastEventId;
    int connectTimeout = 0; // ms, like the others; 0 is no limit
    int responseTimeout = 0;
    int idleTimeout = 0;
    bool http2 = false;

    // Where cookies come from and go to; null without cookies. The manager's own jar is for managers
    // that an application made.
    QPointer<QNetworkCookieJar> cookieJar;
    bool usesManagerCookies = false;

    // The manager serves this request's owner alone, so it may store credentials.
    bool hasOwnManager = false;
#if QT_CONFIG(ssl)
    std::optional<QSslConfiguration> sslConfiguration;
#endif
};

} // namespace EventSourcePrivate

#endif // STREAMREQUEST_P_H
