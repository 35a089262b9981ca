// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef EXPLORERSCREEN_H
#define EXPLORERSCREEN_H

#include "screen.h"

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>

// The program with its explorer page.
class Explorer : public Screen
{
public:
    explicit Explorer(const QSize &size = QSize(1280, 800), const QString &colors = {})
        : Screen(options(size, colors))
    {
    }

    bool narrow() const { return item(QStringLiteral("requestPane")); }
    QString address(const QString &path) const { return server()->address(path).toString(); }
    int count() const { return item(QStringLiteral("explorerLog"))->property("count").toInt(); }
    QString situation() const { return text(QStringLiteral("situation")); }

    // As soon as it can be clicked: a view tells its number of rows with its next frame.
    void click(const QString &name)
    {
        QTRY_VERIFY2(item(name) && item(name)->isEnabled(), qPrintable(name));
        Screen::click(name);
    }
    // By name, also where the form has to be scrolled.
    void press(const QString &name)
    {
        focus(name);
        QTest::keyClick(window(), Qt::Key_Space);
    }
    void enter(const QString &name, const QString &text)
    {
        focus(name);
        QTest::keyClick(window(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(window(), Qt::Key_Delete);
        type(text);
    }
    void type(const QString &text)
    {
        for (const QChar character : text)
            QTest::keyClick(window(), character.toLatin1());
    }
    void paste(const QString &name, const QString &text)
    {
        focus(name);
        QGuiApplication::clipboard()->setText(text);
        QTest::keyClick(window(), Qt::Key_V, Qt::ControlModifier);
    }
    void start(const QString &path)
    {
        enter(QStringLiteral("explorerAddress"), address(path));
        click(QStringLiteral("explore"));
    }
    // Whether a visible text has these words.
    bool shows(const QString &words) const
    {
        for (const QQuickItem *each : items()) {
            if (each->property("text").toString().contains(words))
                return true;
        }
        return false;
    }

private:
    static Options options(const QSize &size, const QString &colors)
    {
        Options result;
        result.page = QStringLiteral("explorer");
        result.size = size;
        result.colorScheme = colors;
        return result;
    }

    void focus(const QString &name)
    {
        QQuickItem *found = item(name);
        QVERIFY2(found && found->isEnabled(), qPrintable(name));
        found->forceActiveFocus(Qt::TabFocusReason);
    }
};

#endif // EXPLORERSCREEN_H
