// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "dashboard.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qlibraryinfo.h>
#include <QtCore/qlocale.h>
#include <QtCore/qtimer.h>
#include <QtCore/qtranslator.h>
#include <QtGui/qimage.h>
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuick/qquickwindow.h>

#include <cstdio>

Q_IMPORT_QML_PLUGIN(DashboardPlugin)
#ifdef DASHBOARD_STATIC_EVENTSOURCE
Q_IMPORT_QML_PLUGIN(EventSourcePlugin)
Q_IMPORT_QML_PLUGIN(EventSource_ControlsPlugin)
#endif

namespace {
// The catalogue in the language that comes first in the user's list, of those that there are. The
// texts of the sources are English, which therefore needs no catalogue and ends the search. Returns
// whether there is one.
bool installTranslator(const QLocale &locale, const QString &catalogue, const QString &folder,
                       QObject *parent)
{
    const QStringList languages = locale.uiLanguages();
    for (const QString &name : languages) {
        const QLocale language(name);
        if (language.language() == QLocale::English || language.language() == QLocale::C)
            return false;
        auto *translator = new QTranslator(parent);
        if (translator->load(language, catalogue, QStringLiteral("_"), folder)) {
            QCoreApplication::installTranslator(translator);
            return true;
        }
        delete translator;
    }
    return false;
}
} // namespace

void Dashboard::prepareEnvironment(const Options &options)
{
    if (options.screenshot.isEmpty())
        return;
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // Without a display there may be no GPU either.
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
}

Dashboard::Dashboard(const Options &options, QObject *parent) : QObject(parent), m_options(options)
{
    if (!m_options.language.isEmpty())
        QLocale::setDefault(QLocale(m_options.language));
    installTranslator(QLocale(), QStringLiteral("qtbase"),
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath), this);
    installTranslator(QLocale(), QStringLiteral("eventsource-dashboard"), QStringLiteral(":/i18n"),
                      this);
    // Qt 6.4 does not search there by default.
    m_engine.addImportPath(QStringLiteral(":/qt/qml"));
    // Relative to the program, in the build tree or installed, so that it runs from any folder.
    const QDir programDir(QCoreApplication::applicationDirPath());
    for (const char *path : {DASHBOARD_BUILD_QML_PATH, DASHBOARD_INSTALL_QML_PATH}) {
        const QFileInfo module(programDir, QLatin1String(path) + QStringLiteral("/EventSource"));
        if (module.exists())
            m_engine.addImportPath(QDir::cleanPath(module.absolutePath()));
    }
}

Dashboard::~Dashboard() = default;

QQuickWindow *Dashboard::window() const
{
    const QList<QObject *> roots = m_engine.rootObjects();
    return roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(roots.constFirst());
}

bool Dashboard::start(QString *error)
{
    QVariantMap properties {{QStringLiteral("lazy"), m_options.lazy},
                            {QStringLiteral("colorScheme"), m_options.colorScheme},
                            {QStringLiteral("page"), m_options.page},
                            {QStringLiteral("chatUrl"), m_options.chatUrl}};
    if (m_options.url.isEmpty()) {
        m_server = std::make_unique<DemoServer>(m_options.seed);
        QString reason;
        if (!m_server->start(m_options.port, &reason)) {
            *error = m_options.port
                    ? QStringLiteral("The embedded server cannot listen on port %1: %2")
                              .arg(m_options.port)
                              .arg(reason)
                    : QStringLiteral("The embedded server cannot listen: %1").arg(reason);
            return false;
        }
        properties.insert(QStringLiteral("server"), QVariant::fromValue(m_server.get()));
        properties.insert(QStringLiteral("streamUrl"), m_server->url());
        if (m_options.chatUrl.isEmpty()) {
            properties.insert(QStringLiteral("chatUrl"),
                              m_server->address(QStringLiteral("/v1/chat/completions")));
        }
    } else {
        properties.insert(QStringLiteral("streamUrl"), m_options.url);
    }
    if (m_options.size.isValid()) {
        properties.insert(QStringLiteral("width"), m_options.size.width());
        properties.insert(QStringLiteral("height"), m_options.size.height());
    }
    m_engine.setInitialProperties(properties);
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Dashboard/Main.qml")));
    if (!window()) {
        *error = QStringLiteral("The user interface could not be loaded. Are Qt Quick Controls and "
                                "the module EventSource installed?");
        return false;
    }
    // The catalogue is in the library, which is here only now that its module has been imported.
    if (installTranslator(QLocale(), QStringLiteral("eventsource"), QStringLiteral(":/i18n"), this))
        m_engine.retranslate();

    if (m_options.fault) {
        const DemoServer::Fault fault = *m_options.fault;
        auto *once = new QObject(this);
        connect(m_server.get(), &DemoServer::clientCountChanged, once, [this, once, fault] {
            if (m_server->clientCount() == 0)
                return;
            once->deleteLater();
            disconnect(m_server.get(), nullptr, once, nullptr);
            // Later, so that it hits a stream that has shown what it has.
            QTimer::singleShot(1000, this, [this, fault] {
                m_server->cause(fault, window()->property("faultPath").toString());
            });
        });
    }
    if (!m_options.screenshot.isEmpty())
        QTimer::singleShot(m_options.screenshotDelay, this, &Dashboard::takeScreenshot);
    return true;
}

void Dashboard::takeScreenshot()
{
    const QImage image = window()->grabWindow();
    const bool written = !image.isNull() && image.save(m_options.screenshot);
    if (!written) {
        std::fprintf(stderr, "eventsource-dashboard: %s cannot be written%s\n",
                     qPrintable(m_options.screenshot),
                     image.isNull() ? ": the window was not rendered" : "");
    }
    QCoreApplication::exit(written ? 0 : 1);
}
