// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <QtCore/qfile.h>
#include <QtCore/qregularexpression.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtQuick/qquickitem.h>
#include <QtQuick/qquickwindow.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

bool shows(const QQuickItem *item, const QString &text)
{
    const QList<QQuickItem *> items = item->childItems();
    return item->property("text").toString().contains(text)
            || std::any_of(items.begin(), items.end(),
                           [&](const QQuickItem *child) { return shows(child, text); });
}

} // namespace

// The samples of the README work as they stand there: only the server's address is replaced.
class tst_Readme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sampleShowsEvents_data();
    void sampleShowsEvents();
};

void tst_Readme::sampleShowsEvents_data()
{
    QTest::addColumn<QString>("sample");
    QFile file(QStringLiteral(README_FILE));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    static const QRegularExpression block(u"```qml\\n(.*?)```"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    auto match = block.globalMatch(QString::fromUtf8(file.readAll()));
    int count = 0;
    while (match.hasNext()) {
        const QString sample = match.next().captured(1);
        if (sample.contains(u"import QtQuick"_s))
            QTest::addRow("sample %d", ++count) << sample;
    }
    QVERIFY2(count > 0, "The README has no sample that stands by itself.");
}

void tst_Readme::sampleShowsEvents()
{
    QFETCH(QString, sample);
    ScriptedServer server;
    static const QRegularExpression address(u"\"http://[^\"]*\""_s);
    QVERIFY(sample.contains(address));
    sample.replace(address, u'"' + server.url().toString() + u'"');

    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData(sample.toUtf8(), {});
    const std::unique_ptr<QObject> object(component.create());
    QVERIFY2(object, qPrintable(component.errorString()));
    auto *window = qobject_cast<QQuickWindow *>(object.get());
    QVERIFY(window);

    Exchange *exchange = server.take();
    QVERIFY(exchange);
    // The types of the dashboard's server. Whatever field a sample shows has the text.
    const QByteArray text = "\"hello from the server\"";
    exchange->sendStream("event: metrics\ndata: {\"cpu\":7,\"host\":" + text
                         + "}\n\nevent: deployment\ndata: {\"service\":" + text
                         + "}\n\nevent: metrics\ndata: {\"cpu\":7,\"host\":" + text
                         + ",\"content\":" + text + "}\n\n");
    QTRY_VERIFY(shows(window->contentItem(), u"hello from the server"_s));
}

QTEST_MAIN(tst_Readme)
#include "tst_readme.moc"
