// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef REACHABILITY_P_H
#define REACHABILITY_P_H

#include <QtCore/qobject.h>

#include <atomic>

QT_BEGIN_NAMESPACE
class QUrl;
QT_END_NAMESPACE

namespace EventSourcePrivate {

// Whether the machine has a network at all. Reported by QNetworkInformation where it has a backend,
// which can be wrong about interfaces that it does not manage, or set by a test; else online.
class Reachability : public QObject
{
    Q_OBJECT
    // Tests of the library set it by its name.
    Q_PROPERTY(bool online READ isOnline WRITE setOnline NOTIFY onlineChanged FINAL)

public:
    ~Reachability() override;

    // Lives in the application's main thread, which alone may create it; null before that in others.
    static Reachability *instance();
    static Reachability *existing();

    bool isOnline() const { return m_online; }
    void setOnline(bool online);

    // Hosts that need no network are always in reach.
    bool isInReach(const QUrl &url) const;

Q_SIGNALS:
    void onlineChanged();

private:
    explicit Reachability(QObject *parent);

    std::atomic<bool> m_online = true;
};

} // namespace EventSourcePrivate

#endif // REACHABILITY_P_H
