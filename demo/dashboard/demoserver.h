// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef DEMOSERVER_H
#define DEMOSERVER_H

#include <QtCore/qobject.h>
#include <QtCore/qthread.h>
#include <QtCore/qurl.h>
#include <QtQml/qqmlregistration.h>

class StreamServer;

// The embedded server for the user interface: its address, and its faults.
class DemoServer : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program starts its server.")

    Q_PROPERTY(QUrl url READ url CONSTANT FINAL)
    Q_PROPERTY(int clientCount READ clientCount NOTIFY clientCountChanged FINAL)
    Q_PROPERTY(int refusalsLeft READ refusalsLeft NOTIFY refusalsLeftChanged FINAL)

public:
    enum Fault { Drop, End, Refuse, BrokenJson, Silence, ExpireToken };
    Q_ENUM(Fault)

    explicit DemoServer(quint32 seed, QObject *parent = nullptr);
    ~DemoServer() override;

    // Returns false, and the reason in error, if the port is not available. Port 0: any free port.
    bool start(quint16 port, QString *error);

    QUrl url() const { return m_url; }
    int clientCount() const { return m_clientCount; }
    int refusalsLeft() const { return m_refusalsLeft; }

    Q_INVOKABLE void cause(DemoServer::Fault fault);

    // The token that the server currently requires, as a login service would issue it.
    Q_INVOKABLE QString issueToken() const { return m_token; }

Q_SIGNALS:
    void clientCountChanged();
    void refusalsLeftChanged();

private:
    QThread m_thread;
    StreamServer *m_server; // lives in m_thread
    QUrl m_url;
    QString m_token;
    int m_tokenNumber = 0;
    int m_clientCount = 0;
    int m_refusalsLeft = 0;
};

#endif // DEMOSERVER_H
