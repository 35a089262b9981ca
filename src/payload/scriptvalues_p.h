// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#ifndef SCRIPTVALUES_P_H
#define SCRIPTVALUES_P_H

#include "payload/json_p.h"
#include "payload/shapefunctions_p.h"

#include <QtCore/qbytearray.h>
#include <QtCore/qpointer.h>
#include <QtCore/qvariant.h>
#include <QtQml/qjsengine.h>
#include <QtQml/qjsvalue.h>

#include <memory>

namespace EventSourcePrivate {

// Makes values of one JavaScript engine; shared by all events of a listener. Values are handed out
// in variants, so that nobody but this file has to know what they are.
//
// Most events of a stream are alike: the same names in the same order. For a shape that comes again
// and again a function is compiled that makes the object from its scalars, which takes a third of
// the time of JSON.parse. The result is the same.
class ScriptValues
{
public:
    explicit ScriptValues(QJSEngine *engine);

    // Those of the engine that knows the object, which are kept while it is the same one; null while
    // there is none. An object may become known to an engine late.
    static void update(std::shared_ptr<ScriptValues> *values, const QObject *object);

    // Ends the use of a value. An event may be destroyed in any thread, a value only in the engine's.
    static void release(std::shared_ptr<ScriptValues> values, QVariant value);

    // Whether the engine exists and belongs to this thread.
    bool isUsable() const;

    // What JSON.parse makes of the text; an error object if it is not JSON.
    QJSValue parse(const QByteArray &text);

    // The same in a variant, which is invalid if it is not JSON.
    QVariant fromText(const QByteArray &text);
    QVariant fromJson(const QJsonValue &value);

private:
    QPointer<QJSEngine> m_engine;
    QJSValue m_parse;
    JsonOutline m_outline;
    ShapeFunctions m_shapeFunctions;
};

// A request body, of which a script may have given objects, arrays and buffers.
struct ScriptBody
{
    QVariant value; // without scripts in it
    QString json; // an object or array written by the engine, with its keys in their order
    QString problem;
};
ScriptBody toScriptBody(const QVariant &body, const QObject *object);

} // namespace EventSourcePrivate

#endif // SCRIPTVALUES_P_H
