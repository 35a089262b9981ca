// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "livingobjects.h"
#include "testserver.h"

#include <QtQml/qqml.h>
#include <QtQml/qqmlengine.h>
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuick/qquickwindow.h>
#include <QtQuickTest/quicktest.h>

#ifdef EVENTSOURCE_STATIC
Q_IMPORT_QML_PLUGIN(EventSourcePlugin)
Q_IMPORT_QML_PLUGIN(EventSource_ControlsPlugin)
#endif

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void applicationAvailable()
    {
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
        qmlRegisterType<TestServer>("TestServer", 1, 0, "TestServer");
        qmlRegisterType<LivingObjects>("TestServer", 1, 0, "LivingObjects");
    }

    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(QStringLiteral(":/qt/qml"));
    }
};

QUICK_TEST_MAIN_WITH_SETUP(controls, Setup)
#include "tst_controls.moc"
