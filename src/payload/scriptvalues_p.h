// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SCRIPTVALUES_P_H
#define SCRIPTVALUES_P_H

#include "payload/json_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qthread.h>
#include <QtCore/qvariant.h>
#include <QtQml/qjsvalue.h>

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

QT_BEGIN_NAMESPACE
class QJSEngine;
QT_END_NAMESPACE

namespace EventSourcePrivate {

class EngineGuard;
class ShapeFunctions;

// The JavaScript values of one engine: it creates them and keeps them for events. All listeners of
// an engine share it. Values are returned in variants, so that only this room knows what they are.
//
// A QJSValue must not be used or freed in another thread, not even after its engine has gone: the
// values of an engine share memory without locks. So an event has only a number, and the value
// itself is kept here. It is freed in the thread of the engine, at the latest when the engine is
// deleted. Events may be destroyed in any thread and may outlive the engine.
//
// Most events of a stream have the same names in the same order. For a shape that is used often a
// function is compiled that creates the object from its scalars, which takes a third of the time of
// JSON.parse. The result is the same.
class ScriptValues
{
public:
    explicit ScriptValues(QJSEngine *engine);
    ~ScriptValues();
    Q_DISABLE_COPY_MOVE(ScriptValues)

    // The one of an engine. To be called in the thread of the engine.
    static std::shared_ptr<ScriptValues> of(QJSEngine *engine);

    // Whether the engine exists and belongs to this thread. Except release(), the other functions
    // may be called only then.
    bool isUsable() const
    {
        return m_thread.load(std::memory_order_relaxed) == QThread::currentThread();
    }

    // Whether the text is JSON for sure. It is read only once if parse() comes next.
    bool check(const QByteArray &text);

    // What JSON.parse creates from the text; an error object if it is not JSON.
    QJSValue parse(const QByteArray &text);

    using Key = qsizetype;
    static constexpr Key noKey = -1;

    // Create and keep a value. noKey if the text is not JSON.
    Key keepText(const QByteArray &text);
    Key keepJson(const QJsonValue &value);
    QVariant value(Key key) const;
    void release(Key key); // in any thread

    const ShapeFunctions &shapeFunctions() const { return *m_shapeFunctions; }
    qsizetype keptCount() const { return qsizetype(m_values.size() - m_unused.size()); }

    QJSEngine *engine() const { return m_engine; }

    // Whether the reader belongs to another engine, in which a value of this one is undefined.
    bool areForeignTo(const QObject *reader) const;

private:
    friend class EngineGuard;

    bool outline(const QByteArray &text);
    Key keep(QJSValue value);
    void free(Key key);
    void freeGarbage();
    void close();

    // Used in the engine's thread only.
    QJSEngine *m_engine;
    QJSValue m_parse;
    JsonOutline m_outline;
    QByteArray m_outlined; // the text that it is of; null if it is of none
    std::unique_ptr<ShapeFunctions> m_shapeFunctions;
    std::deque<QJSValue> m_values; // by their keys
    std::vector<Key> m_unused;

    std::atomic<QThread *> m_thread = nullptr; // of the engine; null when that has gone

    std::mutex m_mutex; // for what follows
    EngineGuard *m_guard = nullptr; // null when the engine has gone
    std::vector<Key> m_garbage; // released in other threads
    std::atomic<bool> m_hasGarbage = false;
};

// Finds the engine that an object is shown by. A value of one engine is undefined in another one, so
// several engines get none: then the values must be ones that each engine converts.
//
// Qt has no function for "all engines that know this object". The first one is qmlEngine() or
// qjsEngine(). Each further one connects to destroyed() when a script uses the object, because Qt
// keeps its wrapper in a table. Only the first context property connects before a script has used
// the object; a connection that others make later is taken for a further engine.
class EngineFinder
{
public:
    explicit EngineFinder(const QObject *object) : m_object(object) { }

    // To be called from connectNotify() for destroyed(), in the thread of the object.
    void noticeConnection();

    // Of the only engine; null if there is none, or several. isConnected: whether there are
    // connections to destroyed().
    std::shared_ptr<ScriptValues> find(bool isConnected);

    bool areSeveral() const { return m_areSeveral.load(std::memory_order_relaxed); }

private:
    const QObject *const m_object;
    std::shared_ptr<ScriptValues> m_values; // of the first engine that was found
    std::atomic<bool> m_areSeveral = false; // while that engine exists
};

// A request body, for which a script may have set objects, arrays and buffers.
struct ScriptBody
{
    QVariant value; // without scripts in it
    QString json; // an object or array written by the engine, with its keys in their order
    QString problem;
};
ScriptBody toScriptBody(const QVariant &body, const QObject *object);

} // namespace EventSourcePrivate

#endif // SCRIPTVALUES_P_H
