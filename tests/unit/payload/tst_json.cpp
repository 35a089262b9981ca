// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "payload/json_p.h"
#include "payload/scriptvalues_p.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qrandom.h>
#include <QtQml/qjsengine.h>
#include <QtTest/qtest.h>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

// JSON.parse decides what values are, QJsonDocument has to agree on what is JSON at all.
class tst_Json : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsPlainJson_data();
    void knowsPlainJson();
    void agreesWithTheParsers();
    void makesTheValueOfJsonParse_data();
    void makesTheValueOfJsonParse();
    void makesRandomValuesOfJsonParse();
    void readsAlikeTextsAsOthers();
    void takesNothingForCode_data();
    void takesNothingForCode();
    void saysWhatIsWrongAndWhere_data();
    void saysWhatIsWrongAndWhere();
    void servesManyShapes();
    void parsesAShapeThatComesAgainNoMore();

private:
    QString written(const QJSValue &value);
    QString parsedByEngine(const QByteArray &text);

    QJSEngine m_engine;
    // Distinguishes undefined, -0 and the order of names, which JSON.stringify alone would not.
    QJSValue m_write = m_engine.evaluate(uR"(
        (function write(v) {
            if (Array.isArray(v))
                return '[' + v.map(write).join() + ']'
            if (v !== null && typeof v === 'object') {
                if (Object.getPrototypeOf(v) !== Object.prototype)
                    return 'another prototype'
                return '{' + Object.keys(v).map(k => JSON.stringify(k) + ':' + write(v[k])).join() + '}'
            }
            return Object.is(v, -0) ? '-0' : typeof v + ' ' + JSON.stringify(v)
        })
    )"_s);
    QJSValue m_parse = m_engine.globalObject().property(u"JSON"_s).property(u"parse"_s);
};

QString tst_Json::written(const QJSValue &value)
{
    return value.isError() ? u"not JSON"_s : m_write.call({value}).toString();
}

QString tst_Json::parsedByEngine(const QByteArray &text)
{
    return written(m_parse.call({QString::fromUtf8(text)}));
}

static bool isTakenByQt(const QByteArray &text)
{
    return QJsonDocument::fromJson('[' + text + ']').array().size() == 1;
}

void tst_Json::knowsPlainJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isPlain");

    QTest::newRow("object") << "{\"a\":1}"_ba << true;
    QTest::newRow("empty object") << "{}"_ba << true;
    QTest::newRow("empty array") << "[ ]"_ba << true;
    QTest::newRow("nested") << "{\"a\":[{\"b\":[[],{}]}],\"c\":{\"d\":null}}"_ba << true;
    QTest::newRow("spaces") << " \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : true } \n"_ba << true;
    QTest::newRow("number") << "-12.5e-3"_ba << true;
    QTest::newRow("string") << "\"a\""_ba << true;
    QTest::newRow("words") << "[true,false,null]"_ba << true;
    QTest::newRow("simple escapes") << R"(["\"\\\/\b\f\n\r\t"])"_ba << true;
    QTest::newRow("characters of all sizes") << "\"\u007F \u00E9 \u20AC \U0001F600\""_ba << true;
    QTest::newRow("empty name") << "{\"\":0}"_ba << true;
    QTest::newRow("forty digits") << QByteArray(40, '1') << true;

    QTest::newRow("nothing") << ""_ba << false;
    QTest::newRow("only space") << "  "_ba << false;
    QTest::newRow("two values") << "1 2"_ba << false;
    QTest::newRow("comma at the end of an array") << "[1,]"_ba << false;
    QTest::newRow("comma at the end of an object") << "{\"a\":1,}"_ba << false;
    QTest::newRow("comma at the beginning") << "[,1]"_ba << false;
    QTest::newRow("no value") << "{\"a\":}"_ba << false;
    QTest::newRow("no colon") << "{\"a\" 1}"_ba << false;
    QTest::newRow("name without quotes") << "{a:1}"_ba << false;
    QTest::newRow("number as a name") << "{1:1}"_ba << false;
    QTest::newRow("single quotes") << "'a'"_ba << false;
    QTest::newRow("wrong bracket") << "[1}"_ba << false;
    QTest::newRow("open array") << "[1"_ba << false;
    QTest::newRow("open object") << "{\"a\":1"_ba << false;
    QTest::newRow("open name") << "{\"a"_ba << false;
    QTest::newRow("open string") << "\"a"_ba << false;
    QTest::newRow("open escape") << "\"a\\"_ba << false;
    QTest::newRow("bracket too many") << "[1]]"_ba << false;
    QTest::newRow("cut word") << "tru"_ba << false;
    QTest::newRow("longer word") << "trueish"_ba << false;
    QTest::newRow("leading zero") << "01"_ba << false;
    QTest::newRow("plus") << "+1"_ba << false;
    QTest::newRow("minus alone") << "-"_ba << false;
    QTest::newRow("no digit before the point") << ".5"_ba << false;
    QTest::newRow("no digit after the point") << "5."_ba << false;
    QTest::newRow("no exponent") << "1e"_ba << false;
    QTest::newRow("hexadecimal") << "0x10"_ba << false;
    QTest::newRow("NaN") << "NaN"_ba << false;
    QTest::newRow("line feed in a string") << "\"a\nb\""_ba << false;
    QTest::newRow("NUL in a string") << QByteArray("\"a\0b\"", 5) << false;
    QTest::newRow("NUL as an escape") << QByteArray("\"\\\0\"", 4) << false;
    QTest::newRow("unknown escape") << R"("\x41")"_ba << false;
    QTest::newRow("comment") << "[1/**/]"_ba << false;

    // JSON, but left to the parsers.
    QTest::newRow("Unicode escape") << R"("\u00e9")"_ba << false;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF{}"_ba << false;
    QTest::newRow("large exponent") << "1e400"_ba << false;
    QTest::newRow("many digits") << QByteArray(41, '1') << false;
    QTest::newRow("depth") << QByteArray(1000, '[') + QByteArray(1000, ']') << false;
}

void tst_Json::knowsPlainJson()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isPlain);
    QCOMPARE(isPlainJson(text), isPlain);
    if (isPlain) {
        QVERIFY(isTakenByQt(text));
        QVERIFY(parsedByEngine(text) != u"not JSON"_s);
    }
}

// JSON that somebody has typed with mistakes. What is called plain must not be refused by either.
void tst_Json::agreesWithTheParsers()
{
    static const QByteArray parts[] = {
            "{",  "}",  "[",   "]",      ",",       ":",    "\"a\"", "\"b\\n\"", "\"\\u0041\"",
            "1",  "-0", "2.5", "1e5",    "true",    "null", " ",     "\"",       "\\",
            "\n", "e",  "0",   "\u20AC", "\"id\":", "{}",   "[]",
    };
    QRandomGenerator random(42);
    int plain = 0;
    for (int i = 0; i < 50000; ++i) {
        QByteArray text;
        for (int n = int(random.bounded(12)); n >= 0; --n)
            text += parts[random.bounded(quint32(std::size(parts)))];
        if (!isPlainJson(text))
            continue;
        ++plain;
        QVERIFY2(isTakenByQt(text), text);
        QVERIFY2(parsedByEngine(text) != u"not JSON"_s, text);
    }
    QVERIFY(plain > 1000);
}

void tst_Json::makesTheValueOfJsonParse_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("flat") << R"({"id":7,"host":"web-1","value":1.5,"ok":true,"none":null})"_ba;
    QTest::newRow("order of names") << R"({"z":1,"a":2,"m":3})"_ba;
    QTest::newRow("nested") << R"({"a":{"b":[1,{"c":"d"},[]]},"e":{}})"_ba;
    QTest::newRow("array") << R"([1,"a",[2],{"b":false}])"_ba;
    QTest::newRow("spaces") << " { \"a\" : [ 1 , 2 ] } "_ba;
    QTest::newRow("the same name twice") << R"({"a":1,"b":2,"a":3})"_ba;
    QTest::newRow("minus zero") << "[-0,-0.0,-0e1]"_ba;
    QTest::newRow("numbers") << "[0,0.0,-1,999999999,1234567890,12345678901234567890,"
                                "0.1,1e5,1E-7,123456789.5]"_ba;
    QTest::newRow("no number") << R"(["0","-1","true","null",""])"_ba;
    QTest::newRow("strings")
            << "[\"\u00E9\",\"\U0001F600\",\"\uFEFFmark\",\"#,\",\"'\",\"`${1}`\"]"_ba;
    QTest::newRow("escapes") << R"({"a":"b\n\"c\"\\","d":"\u20ac"})"_ba;
    QTest::newRow("name with an escape") << R"({"a\n":1})"_ba;
    QTest::newRow("name that is no identifier") << R"({"a-b":1,"2":2,"":3,"é":4})"_ba;
    QTest::newRow("number as a name") << R"({"b":1,"1":2,"a":3})"_ba;
    QTest::newRow("words of the language") << R"({"default":1,"function":2,"get":3,"let":4})"_ba;
    QTest::newRow("names of Object") << R"({"constructor":1,"toString":2,"hasOwnProperty":3})"_ba;
    QTest::newRow("__proto__") << R"({"__proto__":{"a":1},"b":2})"_ba;
    QTest::newRow("placeholder as a name") << R"({"#":1,"v0":2})"_ba;
    QTest::newRow("scalar") << "12"_ba;
    QTest::newRow("string alone") << "\"a\""_ba;
    QTest::newRow("null alone") << "null"_ba;
    QTest::newRow("empty object") << "{}"_ba;
    QTest::newRow("many scalars") << '[' + QByteArray("1,").repeated(100) + "2]";
    QTest::newRow("deep") << QByteArray(100, '[') + '1' + QByteArray(100, ']');
    QTest::newRow("long") << "[\"" + QByteArray(10000, 'x') + "\"]";
}

void tst_Json::makesTheValueOfJsonParse()
{
    QFETCH(QByteArray, text);
    ScriptValues context(&m_engine);
    const QString expected = parsedByEngine(text);
    QVERIFY(expected != u"not JSON"_s);
    // Before and after the shape is known.
    for (int i = 0; i < 20; ++i)
        QCOMPARE(written(context.parse(text)), expected);
}

// Each of some random shapes with many random scalars.
void tst_Json::makesRandomValuesOfJsonParse()
{
    QRandomGenerator random(7);
    const auto scalar = [&]() -> QByteArray {
        switch (random.bounded(7)) {
        case 0:
            return QByteArray::number(int(random.generate()));
        case 1:
            return QByteArray::number(random.generateDouble() * 1e6, 'g', 17);
        case 2:
            return "\"" + QByteArray::number(random.generate(), 36) + " \u00E9\"";
        case 3:
            return "\"a\\tb\"";
        case 4:
            return "true";
        case 5:
            return "false";
        default:
            return "null";
        }
    };
    const auto shape = [&](auto &self, int depth) -> QByteArray {
        const quint32 kind = depth > 3 ? 0 : random.bounded(3);
        if (kind == 0)
            return "#";
        QByteArray text;
        const int count = int(random.bounded(5));
        for (int i = 0; i < count; ++i) {
            text += i > 0 ? ", " : " ";
            if (kind == 1)
                text += '"' + QByteArray("zyxabcde", 1 + int(random.bounded(4))) + char('a' + i)
                        + "\": ";
            text += self(self, depth + 1);
        }
        return kind == 1 ? '{' + text + '}' : '[' + text + ']';
    };
    ScriptValues context(&m_engine);
    for (int i = 0; i < 200; ++i) {
        const QByteArray form = shape(shape, 0);
        for (int j = 0; j < 16; ++j) {
            QByteArray text;
            for (const char c : form)
                text += c == '#' ? scalar() : QByteArray(1, c);
            QCOMPARE(written(context.parse(text)), parsedByEngine(text));
        }
    }
}

// A text after one that differs in a byte or two has the outline that it has without it.
void tst_Json::readsAlikeTextsAsOthers()
{
    const QByteArrayList bases {
            R"({"id":17,"host":"web-1","load":-0.5e3,"ok":true,"note":null,"list":[1,{"a":""}]})",
            R"([ {"a" : "b"} , [ ] , 0 , false ])",
            R"("x")",
            "10",
    };
    const QByteArray inserted = "\"\\{}[]:,-+.0519eEtfn ax#'\x01\xC3\xA9"_ba;
    const auto compare = [](const QByteArray &base, const QByteArray &text) {
        JsonOutline used;
        QVERIFY(used.read(base));
        JsonOutline fresh;
        const bool hasOutline = fresh.read(text);
        QVERIFY2(used.read(text) == hasOutline, text);
        if (!hasOutline)
            return;
        QVERIFY2(used.shape() == fresh.shape(), text);
        QVERIFY2(used.scalars().size() == fresh.scalars().size(), text);
        for (size_t i = 0; i < fresh.scalars().size(); ++i) {
            QVERIFY2(used.scalars()[i].text == fresh.scalars()[i].text, text);
            QVERIFY2(used.scalars()[i].kind == fresh.scalars()[i].kind, text);
        }
    };
    for (const QByteArray &base : bases) {
        for (qsizetype i = 0; i <= base.size(); ++i) {
            for (qsizetype removed = 0; removed <= qMin(2, base.size() - i); ++removed) {
                compare(base, base.left(i) + base.mid(i + removed));
                for (const char c : inserted)
                    compare(base, base.left(i) + c + base.mid(i + removed));
                for (const QByteArrayView word : {"null", "true", "\"\"", "-0", "12", "[]", "\\n"})
                    compare(base, base.left(i) + word.toByteArray() + base.mid(i + removed));
            }
        }
        for (const QByteArray &other : bases)
            compare(base, other);
    }
}

void tst_Json::takesNothingForCode_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("call as a name") << R"({"a":attack(),"b":1})"_ba;
    QTest::newRow("name that ends its quotes") << R"({"a\":attack(),\"b":1})"_ba;
    QTest::newRow("string that ends its quotes") << R"({"a":"\"+attack()+\""})"_ba;
    QTest::newRow("placeholder's name") << R"({"a":v0})"_ba;
    QTest::newRow("template") << R"({"${attack()}":1,"`${attack()}`":2})"_ba;
    QTest::newRow("computed name") << R"({["a"+attack()]:1})"_ba;
    QTest::newRow("getter") << R"({get a(){attack()}})"_ba;
    QTest::newRow("line separators") << "{\"a\u2028attack()\":1,\"b\":\"\u2029attack()\"}"_ba;
    QTest::newRow("end of the literal") << R"({"a":1}),attack(),({"b":1})"_ba;
}

void tst_Json::takesNothingForCode()
{
    QFETCH(QByteArray, text);
    m_engine.evaluate(u"var attacked = 0; function attack() { ++attacked; return 1 }"_s);
    const QString expected = parsedByEngine(text);
    ScriptValues context(&m_engine);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(written(context.parse(text)), expected);
    QCOMPARE(m_engine.globalObject().property(u"attacked"_s).toInt(), 0);
}

void tst_Json::saysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");

    const auto row = [](const char *name, const QByteArray &text, const QString &problem) {
        QTest::newRow(name) << text << problem;
    };
    row("word", "hello", u"unexpected character at offset 0."_s);
    row("word behind spaces", "  hello", u"unexpected character at offset 2."_s);
    row("word in an object", R"({"a": hello})", u"unexpected character at offset 6."_s);
    row("accent", "\xC3\xA9t\xC3\xA9", u"unexpected character at offset 0."_s);
    row("emoji", "\xF0\x9F\x98\x80", u"unexpected character at offset 0."_s);
    row("page", "<html>", u"unexpected character at offset 0."_s);
    row("nothing", "", u"there is no value at offset 0."_s);
    row("spaces", " \n ", u"there is no value at offset 0."_s);
    row("two numbers", "1,2", u"more than one value at offset 1."_s);
    row("two numbers and a space", "1 2", u"more than one value at offset 2."_s);
    row("text with a comma", R"("a,\",b",2)", u"more than one value at offset 8."_s);
    row("object cut off", R"({"a":1)", u"unexpected end at offset 6."_s);
    row("text cut off", R"("abc)", u"unterminated string at offset 4."_s);
}

void tst_Json::saysWhatIsWrongAndWhere()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    QCOMPARE(parseJson(text).error, u"The data is not JSON: "_s + problem);
}

void tst_Json::servesManyShapes()
{
    ScriptValues context(&m_engine);
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < 100; ++i) {
            const QByteArray text =
                    "{\"name" + QByteArray::number(i) + "\":" + QByteArray::number(round) + "}";
            QCOMPARE(written(context.parse(text)), parsedByEngine(text));
        }
    }
    // One after the other, more than it compiles.
    for (int i = 0; i < 200; ++i) {
        const QByteArray text = "{\"other" + QByteArray::number(i) + "\":true}";
        for (int round = 0; round < 10; ++round)
            QCOMPARE(written(context.parse(text)), parsedByEngine(text));
    }
}

void tst_Json::parsesAShapeThatComesAgainNoMore()
{
    QJSEngine engine;
    const QJSValue log = engine.evaluate(u"var parsed = [], parse = JSON.parse;"
                                         "JSON.parse = t => { parsed.push(t); return parse(t) };"
                                         "parsed"_s);
    ScriptValues context(&engine);
    const auto parsed = [&] { return log.property(u"length"_s).toInt(); };
    for (int i = 0; i < 100; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QJSValue value = context.parse("{\"n\":" + number + ",\"text\":\"" + number + "\"}");
        QCOMPARE(value.property(u"n"_s).toInt(), i);
        QCOMPARE(value.property(u"text"_s).toString(), QString::number(i));
    }
    QVERIFY2(parsed() > 0 && parsed() < 10, QByteArray::number(parsed()));
    const int before = parsed();
    context.parse(R"({"n":1,"text":"an \"escape\""})");
    QCOMPARE(parsed(), before + 1);
}

QTEST_GUILESS_MAIN(tst_Json)

#include "tst_json.moc"
