// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "demobackend.h"

#include <QtCore/qfile.h>
#include <QtCore/qregularexpression.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtQuick/qquickitem.h>
#include <QtQuick/qquickwindow.h>
#include <QtTest/qtest.h>

#include <memory>

using namespace Qt::StringLiterals;

// The sample of the README works as it stands there: only the server's port is replaced.
class tst_Readme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysFirstHowToStartTheServer();
    void sampleShowsWhatTheDemoSends();

private:
    QString m_text;
};

void tst_Readme::initTestCase()
{
    QFile file(QStringLiteral(README_FILE));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    m_text = QString::fromUtf8(file.readAll());
}

void tst_Readme::saysFirstHowToStartTheServer()
{
    const qsizetype command = m_text.indexOf(u"scripts/demo.sh --port 8080"_s);
    QVERIFY(command > 0);
    QVERIFY(command < m_text.indexOf(u"http://127.0.0.1:8080/stream"_s));
}

void tst_Readme::sampleShowsWhatTheDemoSends()
{
    static const QRegularExpression block(u"```qml\\n(import .*?)```"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    QString sample = block.match(m_text).captured(1);
    QVERIFY(sample.contains(u":8080/"_s));

    DemoBackend server(1);
    QString error;
    const quint16 port = server.listen(0, &error);
    QVERIFY2(port != 0, qPrintable(error));
    sample.replace(u":8080/"_s, u":%1/"_s.arg(port));

    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData(sample.toUtf8(), {});
    const std::unique_ptr<QObject> object(component.create());
    QVERIFY2(object, qPrintable(component.errorString()));
    const auto *window = qobject_cast<QQuickWindow *>(object.get());
    QVERIFY(window);
    const QList<QQuickItem *> items = window->contentItem()->childItems();
    QCOMPARE(items.size(), 1);
    static const QRegularExpression shown(u"^[a-z]+-\\d: \\d+(\\.\\d)? %$"_s);
    QTRY_VERIFY2(shown.match(items[0]->property("text").toString()).hasMatch(),
                 qPrintable(items[0]->property("text").toString()));
}

QTEST_MAIN(tst_Readme)
#include "tst_readme.moc"
