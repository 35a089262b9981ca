// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "everykind.h"

#include <EventSource/EventSourceJson>

#include <QtCore/qjsondocument.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qtimezone.h>
#include <QtTest/qtest.h>

#include <limits>

using namespace Qt::StringLiterals;

namespace {

QJsonValue parse(const QByteArray &text)
{
    return QJsonDocument::fromJson('[' + text + ']').array().first();
}

} // namespace

// One property at a time.
class tst_EventSourceJsonKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsValues_data();
    void readsValues();
    void refusesValues_data();
    void refusesValues();
    void readsOptionals();
    void readsContainers();
    void losesNoMemberOfAMap();
    void dropsDigitsBelowMilliseconds();
};

void tst_EventSourceJsonKinds::readsValues_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QVariant>("expected");
    const auto row = [](const char *property, const char *json, const QVariant &expected) {
        QTest::addRow("%s %s", property, json)
                << QByteArray(property) << QByteArray(json) << expected;
    };
    row("boolean", "true", true);
    row("i8", "-128", -128);
    row("i8", "127", 127);
    row("u8", "0", 0);
    row("u8", "255", 255);
    row("i16", "-32768", -32768);
    row("i16", "32767", 32767);
    row("u16", "65535", 65535);
    row("i32", "-2147483648", -2147483648LL);
    row("i32", "2147483647", 2147483647);
    row("i32", "1e3", 1000);
    row("i32", "1.0", 1);
    row("i32", "-0", 0);
    row("u32", "4294967295", 4294967295LL);
    row("l", "-5", -5);
    row("ul", "4294967295", QVariant::fromValue(4294967295UL));
    row("i64", "-9223372036854775808", std::numeric_limits<qint64>::min());
    row("i64", "9223372036854775807", std::numeric_limits<qint64>::max());
    row("i64", "9007199254740993", 9007199254740993LL);
    row("u64", "9223372036854775807", quint64(9223372036854775807ULL));
    row("real", "0.1", 0.1);
    row("real", "-7", -7.0);
    row("real", "1e300", 1e300);
    row("real", "9007199254740992", 9007199254740992.0);
    row("real", "100000000000000020", 100000000000000020.0);
    row("single", "0.5", 0.5F);
    row("single", "16777216", 16777216.0F);
    row("single", "0.1", 0.1F);
    row("string", "\"\"", u""_s);
    row("string", "\"\\u00e4\"", u"ä"_s);
    row("bytes", "\"\"", QByteArray(""));
    row("bytes", "\"AP8=\"", QByteArray("\0\xff", 2));
    row("url", "\"https://a.example/b?c#d\"", QUrl(u"https://a.example/b?c#d"_s));
    row("date", "\"2024-02-29\"", QDate(2024, 2, 29));
    row("time", "\"23:59:01.25\"", QTime(23, 59, 1, 250));
    row("time", "\"07:30\"", QTime(7, 30));
    const QDateTime utc(QDate(2024, 2, 29), QTime(10, 30, 5), QTimeZone::utc());
    row("dateTime", "\"2024-02-29T10:30:05Z\"", utc);
    row("dateTime", "\"2024-02-29T12:30:05+02:00\"", utc);
    row("dateTime", "\"2024-02-29T12:30:05+0200\"", utc);
    row("dateTime", "\"2024-02-29T08:30:05-02\"", utc);
    row("dateTime", "\"2024-02-29T10:30:05.5Z\"", utc.addMSecs(500));
    row("dateTime", "\"2024-02-29T10:30:05\"", QDateTime(utc.date(), utc.time()));
    const QUuid uuid(u"12345678-9abc-def0-1234-56789abcdef0"_s);
    row("uuid", "\"12345678-9abc-def0-1234-56789abcdef0\"", uuid);
    row("uuid", "\"{12345678-9ABC-def0-1234-56789abcdef0}\"", uuid);
    row("uuid", "\"00000000-0000-0000-0000-000000000000\"", QUuid());
    row("json", "null", QVariant::fromValue(QJsonValue(QJsonValue::Null)));
    row("json", "[1]", QVariant::fromValue(QJsonValue(QJsonArray {1})));
    row("object", "{\"a\":1}", QVariant::fromValue(QJsonObject {{u"a"_s, 1}}));
    row("array", "[1]", QVariant::fromValue(QJsonArray {1}));
    row("variantMap", "{\"a\":\"b\"}", QVariantMap {{u"a"_s, u"b"_s}});
    row("variantHash", "{\"a\":{\"b\":[1]}}",
        QVariantHash {{u"a"_s, QVariantMap {{u"b"_s, QVariantList {1}}}}});
    row("variantList", "[\"b\",null]", QVariantList {u"b"_s, QVariant::fromValue(nullptr)});
    row("variant", "\"b\"", u"b"_s);
    row("color", "\"Blue\"", QVariant::fromValue(EveryKind::Color::Blue));
    row("sides", "\"\"", 0);
    row("sides", "\"Left|Top\"", 5);
    row("sides", "[\"Top\",\"Right\"]", 6);
    row("sides", "[]", 0);
    row("strings", "[\"a\",\"b\"]", QStringList {u"a"_s, u"b"_s});
}

void tst_EventSourceJsonKinds::readsValues()
{
    QFETCH(QByteArray, property);
    QFETCH(QByteArray, json);
    QFETCH(QVariant, expected);
    QString error = u"old"_s;
    const auto read = EventSource::fromJson<EveryKind>(
            QJsonObject {{QString::fromLatin1(property), parse(json)}}, &error);
    QCOMPARE(error, QString());
    QVERIFY(read);
    const QMetaObject &metaObject = EveryKind::staticMetaObject;
    QVariant value = metaObject.property(metaObject.indexOfProperty(property)).readOnGadget(&*read);
    // A property of an integer width has that width.
    if (value.metaType() != expected.metaType())
        QVERIFY(value.convert(expected.metaType()));
    QCOMPARE(value, expected);
}

void tst_EventSourceJsonKinds::refusesValues_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *property, const char *json, const char *expected) {
        QTest::addRow("%s %s", property, json)
                << QByteArray(property) << QByteArray(json) << QString::fromUtf8(expected);
    };
    row("boolean", "1", "a boolean, found a number");
    row("boolean", "\"true\"", "a boolean, found a string");
    row("i8", "-129", "an integer from -128 to 127, found -129");
    row("i8", "128", "an integer from -128 to 127, found 128");
    row("u8", "-1", "an integer from 0 to 255, found -1");
    row("u8", "300", "an integer from 0 to 255, found 300");
    row("i16", "-32769", "an integer from -32768 to 32767, found -32769");
    row("i16", "32768", "an integer from -32768 to 32767, found 32768");
    row("u16", "65536", "an integer from 0 to 65535, found 65536");
    row("i32", "2147483648", "an integer from -2147483648 to 2147483647, found 2147483648");
    row("i32", "-2147483649", "an integer from -2147483648 to 2147483647, found -2147483649");
    row("i32", "1.5", "an integer, found 1.5");
    row("i32", "1e-5", "an integer, found 1e-05");
    row("i32", "\"1\"", "an integer, found a string");
    row("i32", "null", "an integer, found null");
    row("i32", "true", "an integer, found a boolean");
    row("u32", "4294967296", "an integer from 0 to 4294967295, found 4294967296");
    const QByteArray unsignedLong = "an integer from 0 to "
            + QByteArray::number(std::numeric_limits<unsigned long>::max()) + ", found -1";
    row("ul", "-1", unsignedLong.constData());
    row("ul", "\"1\"", "an integer, found a string");
    row("i64", "9223372036854775808",
        "an integer from -9223372036854775808 to 9223372036854775807, found 9.223372036854776e+18");
    row("i64", "1e19", "an integer from -9223372036854775808 to 9223372036854775807, found 1e+19");
    row("u64", "-1", "an integer from 0 to 18446744073709551615, found -1");
    row("u64", "1e20", "an integer from 0 to 18446744073709551615, found 1e+20");
    row("u64", "9223372036854775808",
        "an integer up to 9223372036854775807, because QJsonValue rounds larger ones, found "
        "9.223372036854776e+18");
    row("real", "\"1\"", "a number, found a string");
    row("real", "null", "a number, found null");
    row("real", "9007199254740993", "a number that a double holds, found 9007199254740993");
    row("single", "16777217", "a number that a float holds, found 16777217");
    row("single", "1e39", "a number that a float holds, found 1e+39");
    row("single", "1e-60", "a number that a float holds, found 1e-60");
    row("string", "3", "a string, found a number");
    row("string", "null", "a string, found null");
    row("bytes", "\"AP8\"", "base64, found \"AP8\"");
    row("bytes", "\"AP9=\"", "base64, found \"AP9=\"");
    row("bytes", "\"A P8=\"", "base64, found \"A P8=\"");
    row("bytes", "\"\\u00e4\\u00e4==\"", "base64, found \"ää==\"");
    row("url", "\"http://a:b\"", "a URL, found \"http://a:b\"");
    row("url", "\"\"", "a URL, found \"\"");
    row("url", "[]", "a string, found an array");
    row("date", "\"2023-02-29\"", "an ISO 8601 date, found \"2023-02-29\"");
    row("date", "\"2023-2-9\"", "an ISO 8601 date, found \"2023-2-9\"");
    row("date", "\"2023-02-09T\"", "an ISO 8601 date, found \"2023-02-09T\"");
    row("time", "\"24:00:00\"", "an ISO 8601 time, found \"24:00:00\"");
    row("time", "\"7:30\"", "an ISO 8601 time, found \"7:30\"");
    row("time", "\"07:30:\"", "an ISO 8601 time, found \"07:30:\"");
    row("time", "\"07:30:00.\"", "an ISO 8601 time, found \"07:30:00.\"");
    row("dateTime", "\"2024-02-29\"", "an ISO 8601 date and time, found \"2024-02-29\"");
    row("dateTime", "\"2024-02-29 10:00Z\"",
        "an ISO 8601 date and time, found \"2024-02-29 10:00Z\"");
    row("dateTime", "\"2024-02-29T10:00Zx\"",
        "an ISO 8601 date and time, found \"2024-02-29T10:00Zx\"");
    row("dateTime", "\"2024-02-29T10:00+2\"",
        "an ISO 8601 date and time, found \"2024-02-29T10:00+2\"");
    row("dateTime", "\"2024-02-29T10:00+99:00\"",
        "an ISO 8601 date and time, found \"2024-02-29T10:00+99:00\"");
    row("dateTime", "1709202605", "a string, found a number");
    row("uuid", "\"12345678\"", "a UUID, found \"12345678\"");
    row("uuid", "\"\"", "a UUID, found \"\"");
    row("object", "[]", "an object, found an array");
    row("object", "null", "an object, found null");
    row("array", "{}", "an array, found an object");
    row("variantMap", "1", "an object, found a number");
    row("variantHash", "[]", "an object, found an array");
    row("variantList", "\"\"", "an array, found a string");
    row("color", "\"blue\"", "one of \"Red\", \"Green\", \"Blue\", found \"blue\"");
    row("color", "2", "a string, found a number");
    row("sides", "\"Left|Bottom\"", "one of \"Left\", \"Right\", \"Top\", found \"Bottom\"");
    row("sides", "\"Left|\"", "one of \"Left\", \"Right\", \"Top\", found \"\"");
    row("sides", "3", "a string or an array of strings, found a number");
    row("strings", "\"a\"", "an array, found a string");
    row("map", "[]", "an object, found an array");
    row("children", "{}", "an array, found an object");
    row("string", "{}", "a string, found an object");
    row("date", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
        "an ISO 8601 date, found \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\"");
    row("date", "\"\\\"\\n\"", "an ISO 8601 date, found \"\\\"\\u000a\"");
}

void tst_EventSourceJsonKinds::refusesValues()
{
    QFETCH(QByteArray, property);
    QFETCH(QByteArray, json);
    QFETCH(QString, expected);
    QString error;
    const auto read = EventSource::fromJson<EveryKind>(
            QJsonObject {{QString::fromLatin1(property), parse(json)}}, &error);
    QVERIFY(!read);
    QCOMPARE(error, u"$."_s + QString::fromLatin1(property) + u": expected "_s + expected);
}

void tst_EventSourceJsonKinds::readsOptionals()
{
    const auto read = [](const QByteArray &text) {
        return EventSource::fromJson<EveryKind>(parse(text)).value();
    };
    QVERIFY(!read("{}").optionalInteger);
    QVERIFY(!read("{\"optionalInteger\":null}").optionalInteger);
    QCOMPARE(read("{\"optionalInteger\":0}").optionalInteger, std::optional<int>(0));
    QCOMPARE(read("{\"optionalString\":\"\"}").optionalString, std::optional<QString>(u""_s));
    QString error;
    QVERIFY(!EventSource::fromJson<EveryKind>(parse("{\"optionalInteger\":\"\"}"), &error));
    QCOMPARE(error, u"$.optionalInteger: expected an integer, found a string"_s);
}

void tst_EventSourceJsonKinds::readsContainers()
{
    const auto read = EventSource::fromJson<EveryKind>(
            parse(R"({"integers":[1,2],"table":[[1],[],[2,3]],"colors":["Blue","Red"],
                      "map":{"b":2,"a":1},"hash":{"x":"y"},"children":[{"u8":1},{"u8":2}]})"));
    QVERIFY(read);
    QCOMPARE(read->integers, QList<int>({1, 2}));
    QCOMPARE(read->table, QList<QList<quint8>>({{1}, {}, {2, 3}}));
    QCOMPARE(read->colors,
             QList<EveryKind::Color>({EveryKind::Color::Blue, EveryKind::Color::Red}));
    QCOMPARE(read->map, (QMap<QString, int> {{u"a"_s, 1}, {u"b"_s, 2}}));
    QCOMPARE(read->hash, (QHash<QString, QString> {{u"x"_s, u"y"_s}}));
    QCOMPARE(read->children().size(), 2);
    QCOMPARE(read->children().at(1).u8, 2);
}

// Qt makes the same name of both.
void tst_EventSourceJsonKinds::losesNoMemberOfAMap()
{
    const QJsonValue json = parse("{\"map\":{\"\xEF\xBB\xBF\":1,\"\":2}}");
    const auto read = EventSource::fromJson<EveryKind>(json);
    QVERIFY(!read || read->map.size() == 2);
}

void tst_EventSourceJsonKinds::dropsDigitsBelowMilliseconds()
{
    QCOMPARE(EventSource::fromJson<QTime>(u"23:59:59.999999999"_s), QTime(23, 59, 59, 999));
}

QTEST_APPLESS_MAIN(tst_EventSourceJsonKinds)
#include "tst_eventsourcejsonkinds.moc"
