// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#ifndef LOGSCREEN_H
#define LOGSCREEN_H

#include "screen.h"

#include <QtCore/qdeadlinetimer.h>
#include <QtCore/qtimer.h>

// The page with a short history, used like a user does it.
class LogScreen : public Screen
{
public:
    explicit LogScreen(QSize size = {1280, 800}, const QString &scheme = QStringLiteral("dark"),
                       const QString &query = QStringLiteral("?history=3000"))
        : Screen(options(size, scheme))
    {
        auto *stream = window()->property("currentPage")
                               .value<QObject *>()
                               ->property("stream")
                               .value<QObject *>();
        stream->setProperty("url", server()->address(QStringLiteral("/log")).toString() + query);
        click(QStringLiteral("startStop"));
    }

    QQuickItem *view() const { return item(QStringLiteral("logView")); }
    // Of the stream, whether or not its lines are shown.
    int lastEventId() const
    {
        const auto *page = window()->property("currentPage").value<QObject *>();
        const auto *listener = page->property("listener").value<QObject *>();
        return listener->property("lastEventId").toInt();
    }
    int count() const { return view()->property("count").toInt(); }
    bool isFollowing() const { return view()->property("following").toBool(); }

    // Until the history is there.
    bool waitForLines(int number = 3000) const
    {
        // QTest's functions sleep in between, and a stream delivers a part in each turn.
        const QDeadlineTimer deadline(patience);
        QTimer timer;
        timer.start(10);
        while (count() < number && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return count() >= number;
    }
    bool isSearching() const
    {
        return view()->property("lines").value<QObject *>()->property("searching").toBool();
    }

    // The rows that are visible, from top to bottom. (A view keeps others for reuse.)
    QList<QQuickItem *> rows() const
    {
        const qreal top = view()->property("contentY").toReal();
        QList<QQuickItem *> result;
        for (qreal y = top + 1; y < top + view()->height(); y += 5) {
            QQuickItem *row = nullptr;
            QMetaObject::invokeMethod(view(), "itemAt", Q_RETURN_ARG(QQuickItem *, row),
                                      Q_ARG(double, 1), Q_ARG(double, y));
            if (row && !result.contains(row) && row->y() + row->height() / 2 > top)
                result.append(row);
        }
        return result;
    }
    QStringList shown(const QString &part) const
    {
        QStringList result;
        for (const QQuickItem *row : rows()) {
            for (const QQuickItem *child : row->childItems()) {
                if (child->objectName() == part)
                    result.append(child->property("text").toString());
            }
        }
        return result;
    }
    QList<int> numbers() const
    {
        QList<int> result;
        for (const QString &number : shown(QStringLiteral("number")))
            result.append(number.toInt());
        return result;
    }

    void clickRow(int fromTop, Qt::KeyboardModifiers modifiers = {})
    {
        const QQuickItem *row = rows().value(fromTop);
        QVERIFY(row);
        QTest::mouseClick(window(), Qt::LeftButton, modifiers,
                          row->mapToScene({40, row->height() / 2}).toPoint());
    }

    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(window(), Qt::Key(key), modifiers);
    }
    void type(const QString &text)
    {
        key(Qt::Key_F, Qt::ControlModifier);
        for (const QChar c : text)
            QTest::keyClick(window(), c.toLatin1());
    }
    // Up, or with a negative number down.
    void scroll(int notches)
    {
        const QPointF centre = view()->mapToScene({view()->width() / 2, view()->height() / 2});
        for (int i = 0; i < qAbs(notches); ++i) {
            QWheelEvent event(centre, window()->mapToGlobal(centre.toPoint()), {},
                              {0, notches > 0 ? 120 : -120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            event.setTimestamp(m_time += 20);
            QCoreApplication::sendEvent(window(), &event);
        }
    }

    QString status() const { return text(QStringLiteral("logStatus")); }
    QString summary() const { return text(QStringLiteral("shownCount")); }
    QString details() const { return text(QStringLiteral("lineData")); }
    QString focused() const
    {
        return window()->activeFocusItem() ? window()->activeFocusItem()->objectName() : QString();
    }

private:
    quint64 m_time = 1000;

    static Options options(QSize size, const QString &scheme)
    {
        Options result;
        result.page = QStringLiteral("log");
        result.lazy = true;
        result.size = size;
        result.colorScheme = scheme;
        return result;
    }
};

#endif // LOGSCREEN_H
