// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/requestbuilder_p.h"

#include <QtCore/qjsonarray.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qsize.h>
#include <QtTest/qtest.h>

#include <optional>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

using Headers = QList<QPair<QByteArray, QByteArray>>;

class tst_RequestBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWebAddresses_data();
    void takesWebAddresses();
    void refusesOtherAddresses_data();
    void refusesOtherAddresses();
    void normalizesMethods_data();
    void normalizesMethods();
    void refusesMethods_data();
    void refusesMethods();
    void takesHeaders_data();
    void takesHeaders();
    void refusesHeaders_data();
    void refusesHeaders();
    void takesBodies_data();
    void takesBodies();
    void refusesBodies_data();
    void refusesBodies();
    void sendsNoBodyWithGet_data();
    void sendsNoBodyWithGet();
    void reportsTheFirstProblem();
    void namesNoSecrets_data();
    void namesNoSecrets();
    void keepsPercentSignsInMessages();
    void checksHeaderValues_data();
    void checksHeaderValues();
};

namespace {

RequestParts makeParts(const QString &method = u"GET"_s)
{
    RequestParts parts;
    parts.url = QUrl(u"https://one.example/stream"_s);
    parts.method = method;
    return parts;
}

// The problem, or an empty failure if there is none.
Failure failureOf(const RequestParts &parts)
{
    const auto built = buildRequest(parts);
    const auto *failure = std::get_if<Failure>(&built);
    return failure ? *failure : Failure();
}

std::optional<StreamRequest> requestOf(const RequestParts &parts)
{
    const auto built = buildRequest(parts);
    const auto *request = std::get_if<StreamRequest>(&built);
    return request ? std::optional(*request) : std::nullopt;
}

} // namespace

void tst_RequestBuilder::takesWebAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("http") << u"http://one.example/"_s;
    QTest::newRow("https") << u"https://one.example/stream?a=b"_s;
    QTest::newRow("port") << u"http://one.example:8080/"_s;
    QTest::newRow("no path") << u"http://one.example"_s;
    QTest::newRow("IPv4") << u"http://127.0.0.1/"_s;
    QTest::newRow("IPv6") << u"http://[::1]:80/"_s;
    QTest::newRow("user and password") << u"https://user:password@one.example/"_s;
    QTest::newRow("upper case") << u"HTTPS://ONE.example/"_s;
    QTest::newRow("escaped path") << u"http://one.example/a%2Fb%20c"_s;
    QTest::newRow("international name") << u"http://bücher.example/"_s;
}

void tst_RequestBuilder::takesWebAddresses()
{
    QFETCH(QString, url);
    RequestParts parts = makeParts();
    parts.url = QUrl(url);
    const auto request = requestOf(parts);
    QVERIFY(request);
    QCOMPARE(request->url, parts.url);
    QCOMPARE(request->method, "GET");
    QVERIFY(request->headers.isEmpty());
    QVERIFY(request->body.isEmpty());
    QVERIFY(request->bodyType.isEmpty());
}

void tst_RequestBuilder::refusesOtherAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("shown");
    QTest::newRow("empty") << QString() << u"http or https"_s;
    QTest::newRow("relative") << u"stream"_s << u"stream"_s;
    QTest::newRow("absolute path") << u"/stream"_s << u"/stream"_s;
    QTest::newRow("no scheme") << u"//one.example/stream"_s << u"one.example"_s;
    QTest::newRow("ftp") << u"ftp://one.example/stream"_s << u"ftp://one.example/stream"_s;
    QTest::newRow("file") << u"file:///stream"_s << u"file:///stream"_s;
    QTest::newRow("ws") << u"ws://one.example/"_s << u"ws://one.example/"_s;
    QTest::newRow("mailto") << u"mailto:a@one.example"_s << u"mailto:"_s;
    QTest::newRow("no host") << u"http:///stream"_s << u"http or https"_s;
    QTest::newRow("host taken for the scheme") << u"one.example:80/stream"_s << u"http or https"_s;
    QTest::newRow("invalid port") << u"http://one.example:99999/"_s << u"port"_s;
    QTest::newRow("invalid host") << u"http://[::zz]/"_s << u"Nothing was sent"_s;
}

void tst_RequestBuilder::refusesOtherAddresses()
{
    QFETCH(QString, url);
    QFETCH(QString, shown);
    RequestParts parts = makeParts();
    parts.url = QUrl(url);
    const Failure failure = failureOf(parts);
    QCOMPARE(failure.code, EventSourceListener::InvalidUrlError);
    QCOMPARE(failure.recovery, Recovery::AwaitChange);
    QCOMPARE(failure.httpStatus, 0);
    QVERIFY(failure.body.isEmpty());
    QVERIFY2(failure.message.contains(shown, Qt::CaseInsensitive), qPrintable(failure.message));
}

void tst_RequestBuilder::normalizesMethods_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("get") << u"get"_s << QByteArray("GET");
    QTest::newRow("Post") << u"Post"_s << QByteArray("POST");
    QTest::newRow("put") << u"put"_s << QByteArray("PUT");
    QTest::newRow("delete") << u"delete"_s << QByteArray("DELETE");
    QTest::newRow("head") << u"head"_s << QByteArray("HEAD");
    QTest::newRow("options") << u"options"_s << QByteArray("OPTIONS");
    QTest::newRow("patch stays, as the Fetch standard has it") << u"patch"_s << QByteArray("patch");
    QTest::newRow("QUERY") << u"QUERY"_s << QByteArray("QUERY");
    QTest::newRow("all characters of a token")
            << u"aZ09!#$%&'*+-.^_`|~"_s << QByteArray("aZ09!#$%&'*+-.^_`|~");
}

void tst_RequestBuilder::normalizesMethods()
{
    QFETCH(QString, method);
    QFETCH(QByteArray, sent);
    QCOMPARE(normalizedMethod(method), sent);
    const auto request = requestOf(makeParts(method));
    QVERIFY(request);
    QCOMPARE(request->method, sent);
}

void tst_RequestBuilder::refusesMethods_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("empty") << QString();
    QTest::newRow("space inside") << u"GE T"_s;
    QTest::newRow("space behind") << u"GET "_s;
    QTest::newRow("line break") << u"GET\r\nX: y"_s;
    QTest::newRow("NUL") << u"GET"_s + QChar(0);
    QTest::newRow("separator") << u"GET/1"_s;
    QTest::newRow("past ASCII") << u"GÉT"_s;
    QTest::newRow("past Latin-1") << u"ＧＥＴ"_s;
}

void tst_RequestBuilder::refusesMethods()
{
    QFETCH(QString, method);
    const Failure failure = failureOf(makeParts(method));
    QCOMPARE(failure.code, EventSourceListener::InvalidRequestError);
    QCOMPARE(failure.recovery, Recovery::AwaitChange);
    QVERIFY2(failure.message.contains(u"method"_s), qPrintable(failure.message));
    QVERIFY2(failure.message.contains(u"https://one.example/stream"_s),
             qPrintable(failure.message));
}

void tst_RequestBuilder::takesHeaders_data()
{
    QTest::addColumn<QVariantMap>("headers");
    QTest::addColumn<Headers>("sent");
    QTest::newRow("none") << QVariantMap() << Headers();
    QTest::newRow("string") << QVariantMap {{u"X-A"_s, u"b c"_s}} << Headers {{"X-A", "b c"}};
    QTest::newRow("several") << QVariantMap {{u"X-A"_s, u"1"_s}, {u"X-B"_s, u"2"_s}}
                             << Headers {{"X-A", "1"}, {"X-B", "2"}};
    QTest::newRow("empty string") << QVariantMap {{u"X-A"_s, u""_s}} << Headers {{"X-A", ""}};
    QTest::newRow("null string, QML's empty one")
            << QVariantMap {{u"X-A"_s, QString()}} << Headers {{"X-A", ""}};
    QTest::newRow("number") << QVariantMap {{u"X-A"_s, 3}} << Headers {{"X-A", "3"}};
    QTest::newRow("boolean") << QVariantMap {{u"X-A"_s, true}} << Headers {{"X-A", "true"}};
    QTest::newRow("past ASCII, as UTF-8")
            << QVariantMap {{u"X-A"_s, u"€"_s}} << Headers {{"X-A", "\xE2\x82\xAC"}};
    QTest::newRow("undefined is not sent") << QVariantMap {{u"X-A"_s, QVariant()}} << Headers();
    QTest::newRow("null is not sent")
            << QVariantMap {{u"X-A"_s, QVariant::fromValue(nullptr)}} << Headers();
    QTest::newRow("the standard's may be replaced")
            << QVariantMap {{u"Accept"_s, u"a/b"_s}} << Headers {{"Accept", "a/b"}};
}

void tst_RequestBuilder::takesHeaders()
{
    QFETCH(QVariantMap, headers);
    QFETCH(Headers, sent);
    RequestParts parts = makeParts();
    parts.headers = headers;
    const auto request = requestOf(parts);
    QVERIFY(request);
    QCOMPARE(request->headers, sent);
    for (const auto &[name, value] : request->headers)
        QVERIFY(!value.isNull()); // QNetworkRequest would remove the header
}

void tst_RequestBuilder::refusesHeaders_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("words");
    const QVariant plain = u"s3cret"_s;
    const QString badName = u"characters that HTTP does not allow"_s;
    QTest::newRow("empty name") << QString() << plain << badName;
    QTest::newRow("name with space") << u"X Y"_s << plain << badName;
    QTest::newRow("name with colon") << u"X:"_s << plain << badName;
    QTest::newRow("name with LF") << u"X\nY"_s << plain << badName;
    QTest::newRow("name with NUL") << u"X"_s + QChar(0) << plain << badName;
    QTest::newRow("name past ASCII") << u"Ü"_s << plain << badName;
    for (const auto &name : {u"Connection"_s, u"content-length"_s, u"Keep-Alive"_s, u"TE"_s,
                             u"Trailer"_s, u"Transfer-Encoding"_s, u"UPGRADE"_s}) {
        QTest::newRow(qPrintable(name)) << name << plain << u"for the connection to set"_s;
    }
    const QString lineBreak = u"has a line break or NUL"_s;
    QTest::newRow("value with CR") << u"X"_s << QVariant(u"s3cret\rY: z"_s) << lineBreak;
    QTest::newRow("value with LF") << u"X"_s << QVariant(u"s3cret\n"_s) << lineBreak;
    QTest::newRow("value with NUL") << u"X"_s << QVariant(u"s3cret"_s + QChar(0)) << lineBreak;
    const QString control = u"has a control character"_s;
    QTest::newRow("value with ESC") << u"X"_s << QVariant(u"s3cret\x1b"_s) << control;
    QTest::newRow("value with DEL") << u"X"_s << QVariant(u"\x7fs3cret"_s) << control;
    const QString notAString = u"is not a string"_s;
    QTest::newRow("object") << u"X"_s << QVariant(QVariantMap {{u"s3cret"_s, 1}}) << notAString;
    QTest::newRow("array") << u"X"_s << QVariant(QVariantList {u"s3cret"_s, 1}) << notAString;
}

void tst_RequestBuilder::refusesHeaders()
{
    QFETCH(QString, name);
    QFETCH(QVariant, value);
    QFETCH(QString, words);
    RequestParts parts = makeParts();
    parts.headers = {{name, value}, {u"Z"_s, u"fine"_s}};
    const Failure failure = failureOf(parts);
    QCOMPARE(failure.code, EventSourceListener::InvalidRequestError);
    QCOMPARE(failure.recovery, Recovery::AwaitChange);
    QVERIFY2(failure.message.contains(words), qPrintable(failure.message));
    QVERIFY2(failure.message.contains(name), qPrintable(failure.message));
    QVERIFY2(!failure.message.contains(u"s3cret"_s), qPrintable(failure.message));
    QVERIFY2(failure.message.endsWith(u"Nothing was sent to https://one.example/stream."_s),
             qPrintable(failure.message));
}

void tst_RequestBuilder::takesBodies_data()
{
    QTest::addColumn<QVariant>("body");
    QTest::addColumn<QString>("jsonBody");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("type");
    const QByteArray text = "text/plain;charset=UTF-8";
    const QByteArray bytes = "application/octet-stream";
    const QByteArray json = "application/json";
    const QString none;
    QTest::newRow("none") << QVariant() << none << QByteArray() << QByteArray();
    QTest::newRow("null") << QVariant::fromValue(nullptr) << none << QByteArray() << QByteArray();
    QTest::newRow("string") << QVariant(u"a €"_s) << none << QByteArray("a \xE2\x82\xAC") << text;
    QTest::newRow("empty string") << QVariant(u""_s) << none << QByteArray() << text;
    QTest::newRow("bytes") << QVariant(QByteArray("\0\xFF", 2)) << none << QByteArray("\0\xFF", 2)
                           << bytes;
    QTest::newRow("object") << QVariant(QVariantMap {{u"b"_s, 1}, {u"a"_s, QVariantList {true}}})
                            << none << QByteArray("{\"a\":[true],\"b\":1}") << json;
    QTest::newRow("array") << QVariant(QVariantList {1, u"b"_s}) << none << QByteArray("[1,\"b\"]")
                           << json;
    QTest::newRow("list of strings")
            << QVariant(QStringList {u"a"_s}) << none << QByteArray("[\"a\"]") << json;
    QTest::newRow("QJsonObject") << QVariant(QJsonObject {{u"a"_s, 1}}) << none
                                 << QByteArray("{\"a\":1}") << json;
    QTest::newRow("QJsonArray") << QVariant(QJsonArray {1}) << none << QByteArray("[1]") << json;
    QTest::newRow("JSON that was written before")
            << QVariant(u"not this"_s) << u"{\"b\":1,\"a\":\"€\"}"_s
            << QByteArray("{\"b\":1,\"a\":\"\xE2\x82\xAC\"}") << json;
}

void tst_RequestBuilder::takesBodies()
{
    QFETCH(QVariant, body);
    QFETCH(QString, jsonBody);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, type);
    RequestParts parts = makeParts(u"POST"_s);
    parts.body = body;
    parts.jsonBody = jsonBody;
    const auto request = requestOf(parts);
    QVERIFY(request);
    QCOMPARE(request->body, sent);
    QCOMPARE(request->bodyType, type);
}

void tst_RequestBuilder::refusesBodies_data()
{
    QTest::addColumn<QVariant>("body");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("words");
    const QString kind = u"neither a string, an ArrayBuffer, an object nor an array"_s;
    QTest::newRow("number") << QVariant(3) << QString() << kind;
    QTest::newRow("boolean") << QVariant(true) << QString() << kind;
    QTest::newRow("a value JSON does not have") << QVariant(QSize(1, 2)) << QString() << kind;
    QTest::newRow("could not be written")
            << QVariant() << u"It has a cycle."_s << u"It has a cycle."_s;
}

void tst_RequestBuilder::refusesBodies()
{
    QFETCH(QVariant, body);
    QFETCH(QString, problem);
    QFETCH(QString, words);
    RequestParts parts = makeParts(u"POST"_s);
    parts.body = body;
    parts.bodyProblem = problem;
    const Failure failure = failureOf(parts);
    QCOMPARE(failure.code, EventSourceListener::InvalidRequestError);
    QCOMPARE(failure.recovery, Recovery::AwaitChange);
    QVERIFY2(failure.message.contains(words), qPrintable(failure.message));
}

void tst_RequestBuilder::sendsNoBodyWithGet_data()
{
    QTest::addColumn<QString>("method");
    QTest::newRow("GET") << u"GET"_s;
    QTest::newRow("get") << u"get"_s;
}

// Whatever it is: it is for other methods.
void tst_RequestBuilder::sendsNoBodyWithGet()
{
    QFETCH(QString, method);
    RequestParts parts = makeParts(method);
    for (const QVariant &body : {QVariant(u"text"_s), QVariant(3)}) {
        parts.body = body;
        const auto request = requestOf(parts);
        QVERIFY(request);
        QVERIFY(request->body.isEmpty());
        QVERIFY(request->bodyType.isEmpty());
    }
}

void tst_RequestBuilder::reportsTheFirstProblem()
{
    RequestParts parts = makeParts(u"PO ST"_s);
    parts.url = QUrl(u"ftp://one.example/"_s);
    parts.headers = {{u"X Y"_s, u"z"_s}};
    parts.body = 3;
    QCOMPARE(failureOf(parts).code, EventSourceListener::InvalidUrlError);
    parts.url = makeParts().url;
    QVERIFY(failureOf(parts).message.contains(u"method"_s));
    parts.method = u"POST"_s;
    QVERIFY(failureOf(parts).message.contains(u"\"X Y\""_s));
    parts.headers.clear();
    QVERIFY(failureOf(parts).message.contains(u"body"_s));
    parts.body.clear();
    QVERIFY(requestOf(parts));
}

void tst_RequestBuilder::namesNoSecrets_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QVariantMap>("headers");
    QTest::addColumn<QVariant>("body");
    const QString secretUrl = u"https://user:s3cret@one.example/stream?token=s3cret#s3cret"_s;
    const QVariantMap secretHeaders {{u"Authorization"_s, u"Bearer s3cret"_s}};
    const QVariant secretBody = u"s3cret"_s;
    QTest::newRow("another scheme") << u"ftp://user:s3cret@one.example/?s3cret#s3cret"_s << u"GET"_s
                                    << secretHeaders << secretBody;
    QTest::newRow("invalid host") << u"http://user:s3cret@[::zz]/?s3cret"_s << u"GET"_s
                                  << secretHeaders << secretBody;
    QTest::newRow("invalid port") << u"http://user:s3cret@one.example:99999/?s3cret"_s << u"GET"_s
                                  << secretHeaders << secretBody;
    QTest::newRow("relative") << u"stream?token=s3cret"_s << u"GET"_s << secretHeaders
                              << secretBody;
    QTest::newRow("method") << secretUrl << u"PO ST"_s << secretHeaders << secretBody;
    QTest::newRow("header name") << secretUrl << u"POST"_s << QVariantMap {{u"X Y"_s, u"s3cret"_s}}
                                 << secretBody;
    QTest::newRow("framing header")
            << secretUrl << u"POST"_s << QVariantMap {{u"Upgrade"_s, u"s3cret"_s}} << secretBody;
    QTest::newRow("header value") << secretUrl << u"POST"_s
                                  << QVariantMap {{u"Cookie"_s, u"a=s3cret\n"_s}} << secretBody;
    QTest::newRow("header that is an object")
            << secretUrl << u"POST"_s
            << QVariantMap {{u"Cookie"_s, QVariantMap {{u"s3cret"_s, u"s3cret"_s}}}} << secretBody;
    QTest::newRow("body") << secretUrl << u"POST"_s << secretHeaders
                          << QVariant(QUrl(u"s3cret:"_s));
}

void tst_RequestBuilder::namesNoSecrets()
{
    QFETCH(QString, url);
    QFETCH(QString, method);
    QFETCH(QVariantMap, headers);
    QFETCH(QVariant, body);
    RequestParts parts = makeParts(method);
    parts.url = QUrl(url);
    parts.headers = headers;
    parts.body = body;
    const Failure failure = failureOf(parts);
    QVERIFY(failure.code != EventSourceListener::NoError);
    QVERIFY(!failure.message.isEmpty());
    QVERIFY2(!failure.message.contains(u"s3cret"_s), qPrintable(failure.message));
}

// What is put into a message is not taken for a place to put more into.
void tst_RequestBuilder::keepsPercentSignsInMessages()
{
    RequestParts parts = makeParts();
    parts.url = QUrl(u"https://one.example/a%2Fb%1c"_s);
    parts.headers = {{u"X %2"_s, u"z"_s}};
    const Failure failure = failureOf(parts);
    QVERIFY2(failure.message.contains(u"\"X %2\""_s), qPrintable(failure.message));
    QVERIFY2(failure.message.contains(u"https://one.example/a%2Fb"_s), qPrintable(failure.message));
}

void tst_RequestBuilder::checksHeaderValues_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isValid");
    QTest::newRow("empty") << QString() << true;
    QTest::newRow("text") << u"a, b;c=\"d\" €\t"_s << true;
    QTest::newRow("CR") << u"a\rb"_s << false;
    QTest::newRow("LF") << u"a\n"_s << false;
    QTest::newRow("NUL") << u"a"_s + QChar(0) << false;
}

void tst_RequestBuilder::checksHeaderValues()
{
    QFETCH(QString, text);
    QTEST(isHeaderValue(text), "isValid");
}

QTEST_GUILESS_MAIN(tst_RequestBuilder)
#include "tst_requestbuilder.moc"
