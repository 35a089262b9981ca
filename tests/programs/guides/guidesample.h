// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef GUIDESAMPLE_H
#define GUIDESAMPLE_H

#include "scriptedserver.h"

#include <QtCore/qfile.h>
#include <QtCore/qregularexpression.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtQml/qqmlerror.h>
#include <QtQuick/qquickitem.h>
#include <QtQuick/qquickwindow.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>

// The complete QML samples of docs/guides/<guide>.md, in their order.
inline QStringList guideSamples(const QString &guide)
{
    QFile file(QStringLiteral(GUIDES_DIR "/%1.md").arg(guide));
    QStringList samples;
    if (!file.open(QIODevice::ReadOnly))
        return samples;
    static const QRegularExpression block(QStringLiteral("^```qml\\n(import .*?)^```$"),
                                          QRegularExpression::DotMatchesEverythingOption
                                                  | QRegularExpression::MultilineOption);
    auto match = block.globalMatch(QString::fromUtf8(file.readAll()));
    while (match.hasNext())
        samples += match.next().captured(1);
    return samples;
}

// A QML sample that runs against a ScriptedServer: the scheme and host of each address in it are
// replaced by the server's, the path stays.
class GuideSample
{
public:
    // The number counts from 1.
    GuideSample(const QString &guide, int number)
        : GuideSample(guideSamples(guide).value(number - 1))
    {
    }

    explicit GuideSample(QString text)
    {
        static const QRegularExpression origin(QStringLiteral("\"https?://[^\"/]*"));
        text.replace(origin, u'"' + server.url(QString()).toString());
        QObject::connect(&engine, &QQmlEngine::warnings, &engine,
                         [this](const QList<QQmlError> &list) {
                             for (const QQmlError &warning : list)
                                 warnings += warning.toString();
                         });
        component.setData(text.toUtf8(), {});
        root.reset(component.create());
    }

    QQuickWindow *window() const { return qobject_cast<QQuickWindow *>(root.get()); }

    // An item with this property, such as a field with a placeholder or a button with a text.
    QQuickItem *item(const char *property, const QString &value) const
    {
        return window() ? find(window()->contentItem(), property, value) : nullptr;
    }

    // Whether a text is on the screen.
    bool shows(const QString &text) const
    {
        return window() && shows(window()->contentItem(), text);
    }

    // Letters for the item that has the focus, as a user types them.
    void type(const QByteArray &letters) const
    {
        for (const char letter : letters)
            QTest::keyClick(window(), letter);
    }

    ScriptedServer server;
    QQmlEngine engine;
    QQmlComponent component {&engine};
    QStringList warnings; // what QML said of errors in the sample
    std::unique_ptr<QObject> root; // null if it has not loaded: component.errorString()

private:
    static bool shows(const QQuickItem *item, const QString &text)
    {
        const QList<QQuickItem *> items = item->childItems();
        return (item->isVisible() && item->property("text").toString().contains(text))
                || std::any_of(items.begin(), items.end(),
                               [&](const QQuickItem *child) { return shows(child, text); });
    }

    static QQuickItem *find(QQuickItem *item, const char *property, const QString &value)
    {
        if (item->property(property).toString() == value)
            return item;
        const QList<QQuickItem *> items = item->childItems();
        for (QQuickItem *child : items) {
            if (QQuickItem *found = find(child, property, value))
                return found;
        }
        return nullptr;
    }
};

#endif // GUIDESAMPLE_H
