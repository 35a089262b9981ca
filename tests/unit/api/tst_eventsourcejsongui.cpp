// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include <EventSource/EventSourceJson>

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qmetaobject.h>
#include <QtGui/qcolor.h>
#include <QtTest/qtest.h>

#include <optional>

using namespace Qt::StringLiterals;

struct Lamp
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QColor color MEMBER color)
    Q_PROPERTY(QList<QColor> gradient MEMBER gradient)
    Q_PROPERTY(std::optional<QColor> previous MEMBER previous)

public:
    QString name;
    QColor color = Qt::gray;
    QList<QColor> gradient;
    std::optional<QColor> previous;
};

// Types of Qt Gui, which the library does not link and the application does.
class tst_EventSourceJsonGui : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsColors();
    void refusesWhatIsNoColor_data();
    void refusesWhatIsNoColor();
};

void tst_EventSourceJsonGui::readsColors()
{
    EventSource::registerOptional<QColor>();
    QString error;
    const auto read = EventSource::fromJson<Lamp>(
            QJsonObject {{u"name"_s, u"a"_s},
                         {u"color"_s, u"#ff8000"_s},
                         {u"gradient"_s, QJsonArray {u"red"_s, u"#80102030"_s}},
                         {u"previous"_s, u"blue"_s}},
            &error);
    QVERIFY2(read, qPrintable(error));
    QCOMPARE(read->color, QColor(255, 128, 0));
    QCOMPARE(read->gradient, QList<QColor>({QColor(Qt::red), QColor(16, 32, 48, 128)}));
    QCOMPARE(read->previous, std::optional<QColor>(Qt::blue));

    const auto without = EventSource::fromJson<Lamp>(QJsonObject {{u"previous"_s, QJsonValue()}});
    QVERIFY(without);
    QCOMPARE(without->color, QColor(Qt::gray));
    QVERIFY(!without->previous);
}

void tst_EventSourceJsonGui::refusesWhatIsNoColor_data()
{
    QTest::addColumn<QJsonObject>("json");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a number") << QJsonObject {{u"color"_s, 255}}
                              << u"$.color: expected a string, found a number"_s;
    QTest::newRow("null") << QJsonObject {{u"color"_s, QJsonValue()}}
                          << u"$.color: expected a string, found null"_s;
    QTest::newRow("another word") << QJsonObject {{u"color"_s, u"colour"_s}}
                                  << u"$.color: expected a QColor, found \"colour\""_s;
    QTest::newRow("in a list") << QJsonObject {{u"gradient"_s, QJsonArray {u"red"_s, u"#1"_s}}}
                               << u"$.gradient[1]: expected a QColor, found \"#1\""_s;
}

void tst_EventSourceJsonGui::refusesWhatIsNoColor()
{
    QFETCH(QJsonObject, json);
    QFETCH(QString, expected);
    QString error;
    QVERIFY(!EventSource::fromJson<Lamp>(json, &error));
    QCOMPARE(error, expected);
}

QTEST_APPLESS_MAIN(tst_EventSourceJsonGui)
#include "tst_eventsourcejsongui.moc"
