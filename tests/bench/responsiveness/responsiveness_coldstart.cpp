// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Prints the microseconds from main() to the first QML object. The program does not link the library,
// so that the import has to load all of it.
//
//   responsiveness_coldstart [listener]

#include <QtCore/qcoreapplication.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>

#include <chrono>
#include <cstdio>
#include <memory>

int main(int argc, char *argv[])
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point start = Clock::now();
    QCoreApplication app(argc, argv);
    QQmlEngine engine;
    engine.addImportPath(QStringLiteral(BENCH_QML_DIR));
    QQmlComponent component(&engine);
    // No request is sent: that needs the event loop, which does not run here.
    component.setData(argc > 1 ? "import QtQml\nimport EventSource\n"
                                 "EventSourceListener { url: 'http://127.0.0.1/' }"
                               : "import QtQml\nQtObject {}",
                      {});
    const std::unique_ptr<QObject> object(component.create());
    const Clock::time_point end = Clock::now();
    if (!object)
        qFatal("%s", qPrintable(component.errorString()));
    std::printf(
            "%lld\n",
            static_cast<long long>(
                    std::chrono::duration_cast<std::chrono::microseconds>(end - start).count()));
    return 0;
}
