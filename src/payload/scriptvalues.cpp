// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/scriptvalues_p.h"

#include "format/utf8_p.h"
#include "payload/shapefunctions_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qcoreevent.h>
#include <QtQml/qqmlengine.h>

#include <optional>
#include <utility>

namespace EventSourcePrivate {

namespace {

// The bytes that a typed array or a DataView shows of its buffer. Unlike those of an object that
// looks like one, these properties are not its own but of its prototype.
std::optional<QByteArray> bytesOfView(const QJSValue &script)
{
    const QString name = QStringLiteral("buffer");
    if (!script.isObject() || script.hasOwnProperty(name))
        return {};
    const QVariant buffer = script.property(name).toVariant();
    const QJSValue offset = script.property(QStringLiteral("byteOffset"));
    const QJSValue size = script.property(QStringLiteral("byteLength"));
    if (buffer.metaType() != QMetaType::fromType<QByteArray>() || !offset.isNumber()
        || !size.isNumber())
        return {};
    return buffer.toByteArray().mid(offset.toInt(), size.toInt());
}

// A value of another engine cannot be passed to a function of this one.
bool isOfEngine(const QJSValue &script, const QJSEngine *engine)
{
    QJSValue root = script;
    while (root.prototype().isObject())
        root = root.prototype();
    const QJSValue prototype = engine->globalObject()
                                       .property(QStringLiteral("Object"))
                                       .property(QStringLiteral("prototype"));
    return root.strictlyEquals(prototype) || root.strictlyEquals(script);
}

QJSEngine *engineOf(const QObject *object)
{
    QJSEngine *engine = qmlEngine(object);
    return engine ? engine : qjsEngine(object);
}

} // namespace

// A child of the engine, which is deleted with it and gets events in its thread.
class EngineGuard : public QObject
{
    Q_OBJECT

public:
    explicit EngineGuard(QJSEngine *engine)
        : QObject(engine), m_values(std::make_shared<ScriptValues>(engine))
    {
        m_values->m_guard = this;
    }
    ~EngineGuard() override { m_values->close(); }

    const std::shared_ptr<ScriptValues> &values() const { return m_values; }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::User) {
            m_values->freeGarbage();
            return true;
        }
        // Unusable until a listener asks for it in the new thread.
        if (event->type() == QEvent::ThreadChange)
            m_values->m_thread = nullptr;
        return QObject::event(event);
    }

private:
    const std::shared_ptr<ScriptValues> m_values;
};

ScriptValues::ScriptValues(QJSEngine *engine)
    : m_engine(engine), m_parse(engine->globalObject()
                                        .property(QStringLiteral("JSON"))
                                        .property(QStringLiteral("parse"))),
      m_shapeFunctions(std::make_unique<ShapeFunctions>(engine))
{
}

ScriptValues::~ScriptValues() = default;

std::shared_ptr<ScriptValues> ScriptValues::of(QJSEngine *engine)
{
    auto *guard = engine->findChild<EngineGuard *>(QString(), Qt::FindDirectChildrenOnly);
    if (!guard)
        guard = new EngineGuard(engine);
    guard->values()->m_thread = QThread::currentThread();
    return guard->values();
}

bool ScriptValues::outline(const QByteArray &text)
{
    // It shares the bytes, so no other text can be at their place.
    if (!m_outlined.isNull() && m_outlined.constData() == text.constData()
        && m_outlined.size() == text.size())
        return true;
    const bool hasOutline = m_outline.read(text);
    m_outlined = hasOutline ? text : QByteArray();
    return hasOutline;
}

bool ScriptValues::check(const QByteArray &text)
{
    return outline(text) || isPlainJson(text);
}

QJSValue ScriptValues::parse(const QByteArray &text)
{
    if (outline(text)) {
        QJSValue value = m_shapeFunctions->make(m_outline);
        if (!value.isUndefined())
            return value;
    }
    return m_parse.call({textFromUtf8(text)});
}

ScriptValues::Key ScriptValues::keepText(const QByteArray &text)
{
    QJSValue value = parse(text);
    return value.isError() ? noKey : keep(std::move(value));
}

ScriptValues::Key ScriptValues::keepJson(const QJsonValue &value)
{
    return keep(m_engine->toScriptValue(value));
}

ScriptValues::Key ScriptValues::keep(QJSValue value)
{
    // Its event is not delivered while the thread does not return to its event loop.
    if (m_hasGarbage.load(std::memory_order_relaxed))
        freeGarbage();
    if (m_unused.empty()) {
        m_values.push_back(std::move(value));
        return Key(m_values.size()) - 1;
    }
    const Key key = m_unused.back();
    m_unused.pop_back();
    m_values[size_t(key)] = std::move(value);
    return key;
}

QVariant ScriptValues::value(Key key) const
{
    return QVariant::fromValue(m_values[size_t(key)]);
}

void ScriptValues::release(Key key)
{
    if (isUsable()) {
        free(key);
        return;
    }
    const std::lock_guard lock(m_mutex);
    if (!m_guard)
        return; // freed with the engine
    m_garbage.push_back(key);
    if (!m_hasGarbage.exchange(true))
        QCoreApplication::postEvent(m_guard, new QEvent(QEvent::User));
}

bool ScriptValues::areForeignTo(const QObject *reader) const
{
    const QJSEngine *engine = engineOf(reader);
    return engine && engine != m_engine;
}

void ScriptValues::free(Key key)
{
    m_values[size_t(key)] = QJSValue();
    m_unused.push_back(key);
}

void ScriptValues::freeGarbage()
{
    std::vector<Key> garbage;
    {
        const std::lock_guard lock(m_mutex);
        garbage.swap(m_garbage);
        m_hasGarbage = false;
    }
    for (const Key key : garbage)
        free(key);
}

// The engine is being deleted. From now on the keys of events mean nothing.
void ScriptValues::close()
{
    m_thread = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        m_guard = nullptr;
        m_garbage.clear();
    }
    m_engine = nullptr;
    m_parse = QJSValue();
    m_shapeFunctions.reset();
    m_outlined.clear();
    m_values.clear();
    m_unused.clear();
}

void EngineFinder::noticeConnection()
{
    if (engineOf(m_object))
        m_areSeveral = true;
}

std::shared_ptr<ScriptValues> EngineFinder::find(bool isConnected)
{
    if (m_values && !m_values->isUsable()) {
        m_values.reset();
        m_areSeveral = isConnected;
    }
    // An object may become known to an engine late. The engine forgets it when no script uses it
    // for a while, but may have connected its signals, so the first one that was found counts.
    QJSEngine *engine = engineOf(m_object);
    if (engine && engine->thread() == QThread::currentThread()) {
        if (!m_values)
            m_values = ScriptValues::of(engine);
        const QJSEngine *user = qjsEngine(m_object);
        if (m_values->engine() != engine || (user && user != engine))
            m_areSeveral = true;
    }
    return m_areSeveral ? nullptr : m_values;
}

ScriptBody toScriptBody(const QVariant &body, const QObject *object)
{
    if (body.metaType() != QMetaType::fromType<QJSValue>())
        return {body, {}, {}};
    const QJSValue script = body.value<QJSValue>();
    if (const std::optional<QByteArray> bytes = bytesOfView(script))
        return {*bytes, {}, {}};
    const QVariant plain = script.toVariant();
    const bool isBuffer = plain.metaType() == QMetaType::fromType<QByteArray>();
    QJSEngine *engine = engineOf(object);
    if (!script.isObject() || isBuffer || !engine || !isOfEngine(script, engine))
        return {plain, {}, {}};
    // By the engine, because a QVariantMap sorts its keys.
    const QJSValue json = engine->globalObject()
                                  .property(QStringLiteral("JSON"))
                                  .property(QStringLiteral("stringify"))
                                  .call({script});
    if (json.isString())
        return {{}, json.toString(), {}};
    return {{},
            {},
            QCoreApplication::translate("EventSourceListener",
                                        "The body cannot be written as JSON (%1).")
                    .arg(json.toString())};
}

} // namespace EventSourcePrivate

#include "scriptvalues.moc"
