// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SCENE_H
#define SCENE_H

#include "measuring.h"
#include "streams.h"

#include <QtCore/qcoreevent.h>
#include <QtQuick/qquickwindow.h>

#include <atomic>
#include <thread>

// A window with a continuous animation, and one label for each flooded listener.
class Scene
{
public:
    Scene(const QUrl &url, int listeners)
    {
        m_engine.addImportPath(QStringLiteral(BENCH_QML_DIR));
        QQmlComponent component(&m_engine);
        component.setData(qml, {});
        m_window = createQml(
                component,
                {{QStringLiteral("source"), url}, {QStringLiteral("listeners"), listeners}});
    }

    QQmlEngine *engine() { return &m_engine; }
    QQuickWindow *window() { return qobject_cast<QQuickWindow *>(m_window.get()); }

private:
    static constexpr char qml[] = R"(
import QtQuick
import EventSource
Window {
    id: window
    required property url source
    required property int listeners
    property real sum: 0
    width: 640
    height: 480
    visible: true
    Rectangle {
        anchors.centerIn: parent
        width: 240
        height: 240
        color: "seagreen"
        RotationAnimation on rotation {
            from: 0
            to: 360
            duration: 2000
            loops: Animation.Infinite
        }
    }
    Column {
        Repeater {
            model: window.listeners
            Text {
                text: listener.data ? "value " + listener.data.id : "nothing yet"
                EventSourceListener {
                    id: listener
                    url: window.source
                    onMessage: event => { window.sum += event.data.id + event.data.value }
                }
            }
        }
    }
}
)";

    QQmlEngine m_engine;
    std::unique_ptr<QObject> m_window;
};

// Measures how long input events wait for the GUI thread: another thread posts one each millisecond.
// A timer of the GUI thread itself would be late during a stall and would count the stall only once.
class InputProbe : public QObject
{
public:
    InputProbe() : m_thread([this] { post(); }) { }

    ~InputProbe() override
    {
        m_stopping = true;
        m_thread.join();
    }

    std::vector<double> delays; // ms

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        delays.push_back(double(now() - static_cast<Input *>(event)->posted) / 1e6);
        return true;
    }

private:
    struct Input : QEvent
    {
        Input() : QEvent(QEvent::User) { }
        const qint64 posted = now();
    };

    void post()
    {
        auto next = std::chrono::steady_clock::now();
        while (!m_stopping) {
            QCoreApplication::postEvent(this, new Input);
            next += std::chrono::milliseconds(1);
            std::this_thread::sleep_until(next);
        }
    }

    std::atomic<bool> m_stopping {false};
    std::thread m_thread;
};

#endif // SCENE_H
