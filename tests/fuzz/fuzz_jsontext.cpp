// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// The input is a text, or several after each other, with zeros between. If isPlainJson() is true for
// one, QJsonDocument and JSON.parse accept it. For every text ScriptValues returns the same value as
// JSON.parse, whatever came before it, and before and after the functions for its shape are compiled.

#include "payload/json_p.h"
#include "payload/scriptvalues_p.h"
#include "payload/shapefunctions_p.h"
#include "require.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtQml/qjsengine.h>

#include <memory>

using namespace EventSourcePrivate;

namespace {

struct Reference
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

void check(const QByteArray &text, Reference &reference, ScriptValues &context)
{
    const QString expected = reference.write(reference.parse.call({QString::fromUtf8(text)}));
    if (isPlainJson(text)) {
        require(expected != QStringLiteral("not JSON"), "plain for JSON.parse");
        require(QJsonDocument::fromJson('[' + text + ']').array().size() == 1,
                "plain for QJsonDocument");
    }
    // Most of the uses only bring its function, and then the one with indexed strings.
    constexpr int uses = ShapeFunctions::usesBeforeCompiling + ShapeFunctions::usesPerCount + 4;
    for (int i = 0; i < uses; ++i) {
        const QJSValue value = context.parse(text);
        if (i < 10 || i >= uses - 4)
            require(reference.write(value) == expected, "the value of JSON.parse");
    }
}

} // namespace

// LeakSanitizer does not search the engine's heap and would report all values in it as leaks.
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
    static std::unique_ptr<Reference> reference;
    // Deleting the engine also frees all compiled functions.
    if (!reference || ++reference->uses == 1000)
        reference = std::make_unique<Reference>();

    ScriptValues context(&reference->engine);
    const QByteArray input(reinterpret_cast<const char *>(bytes), qsizetype(size));
    for (const QByteArray &text : input.split('\0')) {
        if (text.isValidUtf8() && !text.startsWith("\xEF\xBB\xBF"))
            check(text, *reference, context);
    }
    return 0;
}
