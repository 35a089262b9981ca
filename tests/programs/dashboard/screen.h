// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef SCREEN_H
#define SCREEN_H

#include "dashboard.h"

#include <QtCore/qrect.h>
#include <QtCore/qregularexpression.h>
#include <QtQuick/qquickitem.h>
#include <QtQuick/qquickwindow.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <memory>
#include <utility>

// Long enough for the server's longest silence and reconnection time on a busy machine.
constexpr int patience = 20000;

// The rows of a test that runs at three sizes in both themes.
inline void addSizesAndSchemes()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("scheme");
    for (const QSize &size : {QSize(360, 640), QSize(1280, 800), QSize(2560, 1440)}) {
        for (const char *scheme : {"light", "dark"})
            QTest::addRow("%dx%d %s", size.width(), size.height(), scheme)
                    << size << QString::fromLatin1(scheme);
    }
}

// The program in this process, operated and read like a user does it.
class Screen
{
public:
    explicit Screen(Options options = {})
    {
        if (!std::exchange(s_hasGraphicsApi, true))
            QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
        // Binding loops, missing properties and the like.
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
        options.seed = 1;
        // Whether the C locale groups digits depends on the version of Qt.
        if (options.language.isEmpty())
            options.language = QStringLiteral("en");
        m_dashboard = std::make_unique<Dashboard>(options);
        QString error;
        if (!m_dashboard->start(&error))
            qFatal("%s", qPrintable(error));
        window()->resize(options.size.isValid() ? options.size : QSize(1280, 800));
        window()->requestActivate();
        if (!QTest::qWaitForWindowActive(window()))
            qFatal("The window does not show.");
    }

    QQuickWindow *window() const { return m_dashboard->window(); }
    DemoServer *server() const { return m_dashboard->server(); }

    // The visible item of that name.
    QQuickItem *item(const QString &name) const { return find(window()->contentItem(), name); }

    QString text(const QString &name) const
    {
        const QQuickItem *found = item(name);
        return found ? found->property("text").toString() : QString();
    }
    QString badge() const
    {
        return item(QStringLiteral("badge"))->property("statusText").toString();
    }
    QString headline() const { return text(QStringLiteral("headline")); }
    QString explanation() const { return text(QStringLiteral("explanation")); }

    bool waitUntilLive() const
    {
        return QTest::qWaitFor([this] { return badge() == QLatin1String("Live"); }, patience);
    }

    // Of the overview: what came before this client.
    bool waitForHistory() const
    {
        return waitUntilLive()
                && QTest::qWaitFor(
                        [this] { return text(QStringLiteral("fact-lastEventId")).toInt() > 700; },
                        patience);
    }

    // Until the next frame, what is new may lie at the place of something else.
    void waitForFrame() const
    {
        QSignalSpy shown(window(), &QQuickWindow::frameSwapped);
        window()->update();
        QVERIFY(QTest::qWaitFor([&] { return !shown.isEmpty(); }, patience));
    }

    void click(const QString &name)
    {
        waitForFrame();
        const QQuickItem *found = item(name);
        QVERIFY2(found, qPrintable(name));
        const QPointF centre = found->mapToScene({found->width() / 2, found->height() / 2});
        QVERIFY2(QRectF(QPointF(), window()->size()).contains(centre), qPrintable(name));
        QTest::mouseClick(window(), Qt::LeftButton, {}, centre.toPoint());
    }

    void showFaults()
    {
        if (!item(QStringLiteral("closeFaults")))
            QTest::keyClick(window(), Qt::Key_F8);
        QVERIFY(item(QStringLiteral("closeFaults")));
    }
    // Presses the fault's button in the drawer, which scrolls to it.
    void cause(const QString &fault)
    {
        showFaults();
        QQuickItem *button = item(QStringLiteral("fault-") + fault);
        QVERIFY2(button && button->isEnabled(), qPrintable(fault));
        button->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(window(), Qt::Key_Space);
    }
    // What it has cost.
    QString result(const QString &fault) const { return text(QStringLiteral("result-") + fault); }

    // All visible items, children after their parents.
    QList<QQuickItem *> items() const
    {
        QList<QQuickItem *> result {window()->contentItem()};
        for (qsizetype i = 0; i < result.size(); ++i) {
            for (QQuickItem *child : result.at(i)->childItems()) {
                if (child->isVisible())
                    result.append(child);
            }
        }
        return result;
    }

private:
    static QQuickItem *find(QQuickItem *parent, const QString &name)
    {
        if (!parent->isVisible())
            return nullptr;
        if (parent->objectName() == name)
            return parent;
        for (QQuickItem *child : parent->childItems()) {
            if (QQuickItem *found = find(child, name))
                return found;
        }
        return nullptr;
    }

    static inline bool s_hasGraphicsApi = false;
    std::unique_ptr<Dashboard> m_dashboard;
};

#endif // SCREEN_H
