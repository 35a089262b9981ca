// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef BUFFEREDSOCKETS_P_H
#define BUFFEREDSOCKETS_P_H

#include <QtCore/qglobal.h>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QUrl;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// QNAM opens the sockets of plain HTTP without a buffer and reads the head of each chunk byte by
// byte, which is a system call for each of them. It opens a buffered socket where it has been told of
// a transparent proxy. QNetworkProxy::DefaultProxy is one whose address the socket finds out by
// itself, and where the application uses no proxy that is the same direct connection. None of this is
// documented by Qt; it was measured with 6.4 to 6.11. If it changes, sockets are unbuffered again.
//
// Such a socket asks for its proxy once more, in QNAM's thread: an application's proxy factory
// (QNetworkProxyFactory::setApplicationProxyFactory()) is called there too, unless the host is a
// loopback address. Nothing public tells whether there is one.

// Whether a socket with DefaultProxy connects directly to that address, just as one of QNAM would: no
// proxy, whichever way Qt asks for it. Other sockets must stay as they are. False for https, whose
// sockets have a buffer anyway.
bool canBufferSockets(const QUrl &url);

// From now on the sockets of this manager are buffered. It must serve only requests of which the
// above is true.
void bufferSockets(QNetworkAccessManager *manager);

} // namespace EventSourcePrivate

#endif // BUFFEREDSOCKETS_P_H
