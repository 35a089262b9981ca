// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef DASHBOARD_H
#define DASHBOARD_H

#include "options.h"

#include <QtQml/qqmlapplicationengine.h>

#include <memory>

QT_BEGIN_NAMESPACE
class QQuickWindow;
QT_END_NAMESPACE

// The program without its event loop: the server, the engine, the window. The tests use it too.
class Dashboard : public QObject
{
    Q_OBJECT

public:
    // Must be called before the application object exists.
    static void prepareEnvironment(const Options &options);

    explicit Dashboard(const Options &options, QObject *parent = nullptr);
    ~Dashboard() override;

    bool start(QString *error);

    QQuickWindow *window() const;
    DemoServer *server() const { return m_server.get(); }

private:
    void takeScreenshot();

    Options m_options;
    std::unique_ptr<DemoServer> m_server;
    QQmlApplicationEngine m_engine; // deleted before the server that it shows
};

#endif // DASHBOARD_H
