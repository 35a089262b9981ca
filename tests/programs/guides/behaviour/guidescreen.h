// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef GUIDESCREEN_H
#define GUIDESCREEN_H

#include "guide.h"
#include "scriptedserver.h"

#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtQuick/qquickitem.h>
#include <QtQuick/qquickwindow.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>

// A sample of a guide in QML, with the scripted server in the place of its own.
class GuideScreen
{
public:
    // A text of the sample is replaced by another one.
    bool open(const QString &guide, const QString &heading, const QString &before = {},
              const QString &after = {})
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        QQmlComponent component(&m_engine);
        QString sample =
                withServer(guideSample(guide, heading, QStringLiteral("qml")), server.url());
        if (!before.isEmpty()) {
            QTest::qVerify(sample.contains(before), "contains", "", __FILE__, __LINE__);
            sample.replace(before, after);
        }
        component.setData(sample.toUtf8(), {});
        m_object.reset(component.create());
        if (!m_object)
            QTest::qFail(qPrintable(component.errorString()), __FILE__, __LINE__);
        return bool(m_object);
    }

    QQmlEngine *engine() { return &m_engine; }
    QObject *object() const { return m_object.get(); }
    QQuickWindow *window() const { return qobject_cast<QQuickWindow *>(m_object.get()); }

    // All texts, from the top to the bottom.
    QStringList texts() const { return textsOf(window()->contentItem()); }

    ScriptedServer server;

private:
    static QStringList textsOf(const QQuickItem *item)
    {
        QStringList texts;
        const QString text = item->property("text").toString();
        if (!text.isEmpty())
            texts.append(text);
        QList<QQuickItem *> items = item->childItems();
        std::stable_sort(items.begin(), items.end(),
                         [](const QQuickItem *a, const QQuickItem *b) { return a->y() < b->y(); });
        for (const QQuickItem *child : std::as_const(items))
            texts += textsOf(child);
        return texts;
    }

    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_object;
};

#endif // GUIDESCREEN_H
