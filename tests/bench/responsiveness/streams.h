// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef STREAMS_H
#define STREAMS_H

#include "waiting.h"

#include <EventSource/EventSourceListener>

#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtNetwork/qnetworkrequest.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlcontext.h>
#include <QtQml/qqmlengine.h>

#include <algorithm>
#include <memory>
#include <vector>

// Listeners written in QML, and bare replies as in an application without this library.

inline std::unique_ptr<QObject> createQml(QQmlComponent &component, const QVariantMap &properties)
{
    std::unique_ptr<QObject> object(component.createWithInitialProperties(properties));
    if (!object)
        qFatal("%s", qPrintable(component.errorString()));
    return object;
}

// Listeners of one engine and one component. The QML code can call sink.
class QmlListeners
{
public:
    explicit QmlListeners(const char *qml, QObject *sink = nullptr)
    {
        m_engine.addImportPath(QStringLiteral(BENCH_QML_DIR));
        m_engine.rootContext()->setContextProperty(QStringLiteral("sink"), sink);
        m_component.setData(qml, {});
    }

    void add(const QUrl &url, int count = 1)
    {
        for (int i = 0; i < count; ++i)
            m_objects.push_back(createQml(m_component, {{QStringLiteral("url"), url}}));
        const bool areOpen = waitFor([this] {
            return std::all_of(m_objects.begin(), m_objects.end(), [](const auto &object) {
                return object->property("status").toInt() == EventSourceListener::Open;
            });
        });
        if (!areOpen)
            qFatal("Not all listeners are open.");
    }

    void clear() { m_objects.clear(); }

    const std::vector<std::unique_ptr<QObject>> &objects() const { return m_objects; }

private:
    QQmlEngine m_engine;
    QQmlComponent m_component {&m_engine};
    std::vector<std::unique_ptr<QObject>> m_objects;
};

// Plain replies, six for each manager, because a manager opens at most six connections to a host.
class BareReplies
{
public:
    void add(const QUrl &url, int count = 1)
    {
        for (int i = 0; i < count; ++i) {
            if (m_replies.size() % 6 == 0)
                m_managers.push_back(std::make_unique<QNetworkAccessManager>());
            m_replies.emplace_back(m_managers.back()->get(QNetworkRequest(url)));
        }
        const bool areOpen = waitFor([this] {
            return std::all_of(m_replies.begin(), m_replies.end(), [](const auto &reply) {
                return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute) == 200;
            });
        });
        if (!areOpen)
            qFatal("Not all replies are open.");
    }

    const std::vector<std::unique_ptr<QNetworkReply>> &replies() const { return m_replies; }

private:
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_managers;
    std::vector<std::unique_ptr<QNetworkReply>> m_replies;
};

#endif // STREAMS_H
