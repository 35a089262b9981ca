// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef CHATSCREEN_H
#define CHATSCREEN_H

#include "screen.h"

#include <QtGui/qaccessible.h>

// The chat page, operated and read like a user does it.
inline Options chat(const QSize &size = {1280, 800})
{
    Options options;
    options.page = QStringLiteral("chat");
    options.size = size;
    return options;
}

inline QString answer(const Screen &screen)
{
    return screen.text(QStringLiteral("lastMessage"));
}

inline bool waitUntilDone(const Screen &screen)
{
    return QTest::qWaitFor([&] { return screen.item(QStringLiteral("askAgain")) != nullptr; },
                           patience);
}

inline QString focused(const Screen &screen)
{
    const QQuickItem *item = screen.window()->activeFocusItem();
    return item ? item->objectName() : QString();
}

// Types letters as one does, and sends them with Return.
inline void ask(Screen &screen, const char *prompt)
{
    screen.click(QStringLiteral("composer"));
    for (const char *letter = prompt; *letter; ++letter)
        QTest::keyClick(screen.window(), *letter);
    QCOMPARE(screen.text(QStringLiteral("composer")), QLatin1String(prompt));
    QTest::keyClick(screen.window(), Qt::Key_Return);
    QVERIFY(screen.text(QStringLiteral("composer")).isEmpty());
}

inline QString accessibleName(QQuickItem *item)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(item);
    return accessible ? accessible->text(QAccessible::Name) : QString();
}

#endif // CHATSCREEN_H
