// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef DEMOSERVER_H
#define DEMOSERVER_H

#include <QtCore/qobject.h>
#include <QtCore/qthread.h>
#include <QtCore/qurl.h>
#include <QtQml/qqmlregistration.h>

class DemoBackend;

// The embedded server for the user interface: its addresses, and its faults.
class DemoServer : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program starts its server.")

    Q_PROPERTY(QUrl url READ url CONSTANT FINAL)
    // Of all event streams together.
    Q_PROPERTY(int clientCount READ clientCount NOTIFY clientCountChanged FINAL)
    Q_PROPERTY(int refusalsLeft READ refusalsLeft NOTIFY refusalsLeftChanged FINAL)

public:
    enum Fault {
        Drop,
        Reset,
        CutChunk,
        End,
        Refuse,
        ExpireToken,
        WrongType,
        Redirect,
        LateHead,
        BrokenJson,
        HugeEvent,
        Silence,
        Flood
    };
    Q_ENUM(Fault)

    explicit DemoServer(quint32 seed, QObject *parent = nullptr);
    ~DemoServer() override;

    // Returns false, and the reason in error, if the port is not available. Port 0: any free port.
    bool start(quint16 port, QString *error);

    QUrl url() const { return m_url; }
    int clientCount() const { return m_clientCount; }
    int refusalsLeft() const { return m_refusalsLeft; }

    // The address of another path, such as "/log".
    Q_INVOKABLE QUrl address(const QString &path) const;

    // Affects the event stream at that path only.
    Q_INVOKABLE void cause(DemoServer::Fault fault,
                           const QString &path = QStringLiteral("/stream"));

    // The token that is valid now, as a login service would issue it. ExpireToken makes it the last
    // one of the stream. Clients without a token are served all the time, see EventFeed.
    Q_INVOKABLE QString issueToken() const;

Q_SIGNALS:
    void clientCountChanged();
    void refusalsLeftChanged();

private:
    QThread m_thread;
    DemoBackend *m_backend; // lives in m_thread
    QUrl m_url;
    int m_tokenNumber = 1;
    int m_clientCount = 0;
    int m_refusalsLeft = 0;
};

#endif // DEMOSERVER_H
