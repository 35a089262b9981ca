// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The input is a text. If it is called plain JSON, QJsonDocument and JSON.parse take it, and
// whatever it is, a ScriptValues makes of it what JSON.parse makes, before and after it knows its
// shape.

#include "payload/json_p.h"
#include "payload/scriptvalues_p.h"
#include "require.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtQml/qjsengine.h>

#include <memory>

using namespace EventSourcePrivate;

namespace {

struct Judge
{
    QString write(const QJSValue &value)
    {
        return value.isError() ? QStringLiteral("not JSON") : stringify.call({value}).toString();
    }

    QJSEngine engine;
    QJSValue json = engine.globalObject().property(QStringLiteral("JSON"));
    QJSValue parse = json.property(QStringLiteral("parse"));
    QJSValue stringify = json.property(QStringLiteral("stringify"));
    int uses = 0;
};

} // namespace

// What lives in the engine's own heap is not found there, and so taken for leaks.
extern "C" const char *__asan_default_options()
{
    return "detect_leaks=0";
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static int argc = 1;
    static char name[] = "fuzz_jsontext";
    static char *argv[] = {name, nullptr};
    static QCoreApplication application(argc, argv);
    static std::unique_ptr<Judge> judge;
    // Compiled functions are collected with their engine at the latest.
    if (!judge || ++judge->uses == 1000)
        judge = std::make_unique<Judge>();

    const QByteArray text(reinterpret_cast<const char *>(bytes), qsizetype(size));
    if (!text.isValidUtf8() || text.startsWith("\xEF\xBB\xBF"))
        return 0;
    const QString expected = judge->write(judge->parse.call({QString::fromUtf8(text)}));
    if (isPlainJson(text)) {
        require(expected != QStringLiteral("not JSON"), "plain for JSON.parse");
        require(QJsonDocument::fromJson('[' + text + ']').array().size() == 1,
                "plain for QJsonDocument");
    }
    ScriptValues context(&judge->engine);
    for (int i = 0; i < 10; ++i)
        require(judge->write(context.parse(text)) == expected, "the value of JSON.parse");
    return 0;
}
