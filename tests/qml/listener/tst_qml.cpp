// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "nestedloop.h"
#include "testserver.h"

#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtQml/qqml.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>
#include <QtQuickTest/quicktest.h>

// Managers that the application configures; here they only count themselves.
class CountingFactory : public QObject, public QQmlNetworkAccessManagerFactory
{
    Q_OBJECT
    Q_PROPERTY(int count MEMBER m_count CONSTANT)

public:
    QNetworkAccessManager *create(QObject *parent) override
    {
        ++m_count;
        return new QNetworkAccessManager(parent);
    }

private:
    int m_count = 0;
};

// An object of the application, whose functions run event loops.
class EventLoops : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE void runUntilMessage(const QUrl &url, bool ownLoop)
    {
        ::runUntilMessage(url, ownLoop);
    }
};

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void applicationAvailable()
    {
        qmlRegisterType<TestServer>("TestServer", 1, 0, "TestServer");
        qmlRegisterType<EventLoops>("TestServer", 1, 0, "EventLoops");
    }

    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->setNetworkAccessManagerFactory(&m_factory);
        engine->rootContext()->setContextProperty(QStringLiteral("managerFactory"), &m_factory);
    }

private:
    CountingFactory m_factory;
};

QUICK_TEST_MAIN_WITH_SETUP(qml, Setup)
#include "tst_qml.moc"
