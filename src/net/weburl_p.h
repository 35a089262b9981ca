// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef WEBURL_P_H
#define WEBURL_P_H

#include <QtCore/qstring.h>

QT_BEGIN_NAMESPACE
class QUrl;
QT_END_NAMESPACE

// What a web address is, decided in one place.
namespace EventSourcePrivate {

// http or https, and a host.
bool isWebUrl(const QUrl &url);

bool isSecure(const QUrl &url); // https

// The port of the URL, or else the scheme's own.
int effectivePort(const QUrl &url);

// HTML standard, "origin": scheme, host and effective port.
bool isSameOrigin(const QUrl &a, const QUrl &b);

// scheme://host[:port]; the port stands only where it is not the scheme's own.
QString serializedOrigin(const QUrl &url);

// scheme://host:port, the same for all URLs that lead to one host for QNetworkAccessManager.
QString hostKey(const QUrl &url);

// The machine itself, which is in reach without a network.
bool isLoopback(const QUrl &url);

// For people and logs: user info, query and fragment may hold secrets and are left out.
QString displayUrl(const QUrl &url);

// Without white space around it (WHATWG URL standard, "basic URL parser"), with which QUrl takes it
// for invalid.
QUrl withoutSurroundingSpace(const QUrl &url);

// Why the URL is not valid, without the URL itself.
QString urlProblem(const QUrl &url);

} // namespace EventSourcePrivate

#endif // WEBURL_P_H
