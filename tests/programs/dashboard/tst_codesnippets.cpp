// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

#include "demoserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qfile.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstandardpaths.h>
#include <QtCore/qurlquery.h>
#include <QtQml/qjsengine.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

// The texts that the explorer page copies: each of them really sends the request.
class tst_CodeSnippets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void curlSendsTheRequest_data() { requests(); }
    void curlSendsTheRequest();
    void qmlSendsTheRequest_data() { requests(); }
    void qmlSendsTheRequest();
    void cppIsTheCompiledSample();
    void escapesForCpp_data();
    void escapesForCpp();
    void hidesSecrets_data();
    void hidesSecrets();
    void hidesSecretHeaders();
    void namesTheFileOfCertificates();

private:
    using Headers = QList<QPair<QString, QString>>;

    void requests() const;
    QString written(const QString &function, const QJsonObject &request);
    static QJsonObject request(const QString &url, const QString &method = QStringLiteral("GET"),
                               const Headers &headers = {}, const QString &body = {});
    static void compare(const QJsonObject &echoed, const QJsonObject &sent);

    DemoServer m_server {1};
    QJSEngine m_engine;
    QJSValue m_module;
};

namespace {
// All that means something to a shell, to C++, to JavaScript or to curl.
const QString awkward =
        QString::fromUtf8("it's \"so\" $HOME $(id) `id` ${x} \\n \\ %d %41 !! ?\?/ ~ * @x ä→𝄞");
} // namespace

void tst_CodeSnippets::initTestCase()
{
    QString error;
    QVERIFY2(m_server.start(0, &error), qPrintable(error));
    m_module = m_engine.importModule(QStringLiteral(":/qt/qml/Dashboard/codesnippets.mjs"));
    QVERIFY2(!m_module.isError(), qPrintable(m_module.toString()));
}

QJsonObject tst_CodeSnippets::request(const QString &url, const QString &method,
                                      const Headers &headers, const QString &body)
{
    QJsonArray list;
    for (const auto &[name, value] : headers)
        list.append(QJsonObject {{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    return {{QStringLiteral("url"), url},      {QStringLiteral("method"), method},
            {QStringLiteral("headers"), list}, {QStringLiteral("body"), body},
            {QStringLiteral("text"), false},   {QStringLiteral("caFile"), QString()}};
}

QString tst_CodeSnippets::written(const QString &function, const QJsonObject &request)
{
    const QJSValue text =
            m_module.property(function).call({m_engine.toScriptValue(QJsonValue(request))});
    return text.isError() ? QString() : text.toString();
}

void tst_CodeSnippets::requests() const
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("method");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QString>("body");

    const QString get = QStringLiteral("GET");
    const QString post = QStringLiteral("POST");
    const QString none;
    QTest::addRow("plain") << none << get << Headers() << none;
    QTest::addRow("query") << QStringLiteral("a=%26%20b&list[]={1..3}&q='$x'") << get << Headers()
                           << none;
    QTest::addRow("headers") << none << get
                             << Headers {{QStringLiteral("X-Plain"), QStringLiteral("yes")},
                                         {QStringLiteral("X-Awkward"), awkward},
                                         {QStringLiteral("Accept"), QStringLiteral("*/*")}}
                             << none;
    QTest::addRow("empty header") << none << get << Headers {{QStringLiteral("X-Empty"), none}}
                                  << none;
    QTest::addRow("no body") << none << post << Headers() << none;
    QTest::addRow("other method") << none << QStringLiteral("DELETE") << Headers() << none;
    QTest::addRow("text") << none << post << Headers() << awkward;
    QTest::addRow("lines") << none << QStringLiteral("PUT") << Headers()
                           << QStringLiteral("one\ntwo\r\n\tthree\u2028four\u007f\n");
    QTest::addRow("a file's name") << none << post << Headers() << QStringLiteral("@/etc/passwd");
    QTest::addRow("json") << QStringLiteral("x=1") << QStringLiteral("PATCH")
                          << Headers {{QStringLiteral("Content-Type"),
                                       QStringLiteral("application/json")}}
                          << QStringLiteral("{\"a\": [1, \"%1\"]}").arg(QStringLiteral("ä\\n"));
}

// Without what the client adds by itself.
void tst_CodeSnippets::compare(const QJsonObject &echoed, const QJsonObject &sent)
{
    const QUrl url(sent.value(QStringLiteral("url")).toString());
    QCOMPARE(echoed.value(QStringLiteral("method")), sent.value(QStringLiteral("method")));
    QCOMPARE(echoed.value(QStringLiteral("query")).toString(), QUrlQuery(url).toString());
    QCOMPARE(echoed.value(QStringLiteral("body")), sent.value(QStringLiteral("body")));
    const QJsonObject headers = echoed.value(QStringLiteral("headers")).toObject();
    QMap<QString, QString> expected {
            {QStringLiteral("accept"), QStringLiteral("text/event-stream")}};
    if (!sent.value(QStringLiteral("body")).toString().isEmpty())
        expected.insert(QStringLiteral("content-type"), QStringLiteral("text/plain;charset=UTF-8"));
    const QJsonArray list = sent.value(QStringLiteral("headers")).toArray();
    for (const QJsonValue &each : list)
        expected.insert(each[QStringLiteral("name")].toString().toLower(),
                        each[QStringLiteral("value")].toString());
    for (auto it = expected.cbegin(); it != expected.cend(); ++it) {
        QVERIFY2(headers.contains(it.key()), qPrintable(it.key()));
        QCOMPARE(headers.value(it.key()).toString(), it.value());
    }
    QCOMPARE(headers.contains(QStringLiteral("content-type")),
             expected.contains(QStringLiteral("content-type")));
}

void tst_CodeSnippets::curlSendsTheRequest()
{
    QFETCH(QString, query);
    QFETCH(QString, method);
    QFETCH(Headers, headers);
    QFETCH(QString, body);
    if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()
        || !QFile::exists(QStringLiteral("/bin/sh")))
        QSKIP("curl or a shell is not installed.");
    const QString url = m_server.address(QStringLiteral("/echo")).toString()
            + (query.isEmpty() ? QString() : u'?' + query);
    const QJsonObject sent = request(url, method, headers, body);
    const QString line = written(QStringLiteral("toCurl"), sent);
    QVERIFY(!line.isEmpty());
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), line});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
    const QByteArray output = shell.readAllStandardOutput();
    const QByteArray start("event: request\ndata: ");
    QVERIFY2(output.contains(start), (line.toUtf8() + output).constData());
    const qsizetype begin = output.indexOf(start) + start.size();
    compare(QJsonDocument::fromJson(output.mid(begin, output.indexOf('\n', begin) - begin))
                    .object(),
            sent);
}

void tst_CodeSnippets::qmlSendsTheRequest()
{
    QFETCH(QString, query);
    QFETCH(QString, method);
    QFETCH(Headers, headers);
    QFETCH(QString, body);
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    const QString url = m_server.address(QStringLiteral("/echo")).toString()
            + (query.isEmpty() ? QString() : u'?' + query);
    const QJsonObject sent = request(url, method, headers, body);
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData(written(QStringLiteral("toQml"), sent).toUtf8(), QUrl());
    QVERIFY2(component.isReady(), qPrintable(component.errorString()));
    const std::unique_ptr<QObject> object(component.create());
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QVERIFY(listener);
    QJsonObject echoed;
    connect(listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        echoed = event.data().toObject();
        listener->stopListening();
    });
    QTRY_VERIFY(!echoed.isEmpty());
    compare(echoed, sent);
}

void tst_CodeSnippets::cppIsTheCompiledSample()
{
    QJsonObject all = request(
            QStringLiteral("https://example.com/events?a=%26&q=\"x\""), QStringLiteral("POST"),
            {{QStringLiteral("X-Awkward"), awkward}, {QStringLiteral("X-Empty"), QString()}},
            QStringLiteral("{\n\t\"text\": \"1\\n2 %1\"\n}\u00011").arg(QStringLiteral("ä→𝄞")));
    all.insert(QStringLiteral("text"), true);
    all.insert(QStringLiteral("caFile"), QStringLiteral("file:///etc/ssl/my%20authority.pem"));
    const QString text = written(QStringLiteral("toCpp"), all);
    QFile sample(QStringLiteral(COPIED_CPP_FILE));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    // It begins with the licence.
    const QString expected = QString::fromUtf8(sample.readAll());
    QCOMPARE(text, expected.mid(expected.indexOf(QStringLiteral("#include"))));
}

void tst_CodeSnippets::escapesForCpp_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("literal");

    QTest::addRow("quote") << QStringLiteral("a\"b") << QStringLiteral("u\"a\\\"b\"_s");
    QTest::addRow("backslash") << QStringLiteral("\\n") << QStringLiteral("u\"\\\\n\"_s");
    QTest::addRow("line") << QStringLiteral("1\r\n2") << QStringLiteral("u\"1\\015\\0122\"_s");
    QTest::addRow("tab") << QStringLiteral("\t1") << QStringLiteral("u\"\\0111\"_s");
    QTest::addRow("others") << QString::fromUtf8("$ä→𝄞%1") << QString::fromUtf8("u\"$ä→𝄞%1\"_s");
}

void tst_CodeSnippets::escapesForCpp()
{
    QFETCH(QString, body);
    QFETCH(QString, literal);
    const QString text =
            written(QStringLiteral("toCpp"),
                    request(QStringLiteral("http://a/"), QStringLiteral("POST"), {}, body));
    QVERIFY2(text.contains(QStringLiteral("    listener.setBody(%1);\n").arg(literal)),
             qPrintable(text));
}

void tst_CodeSnippets::hidesSecrets_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, const char *url, const char *expected) {
        QTest::addRow("%s", name) << QString::fromUtf8(url) << QString::fromUtf8(expected);
    };
    row("nothing", "https://example.com/a?page=1#b", "https://example.com/a?page=1#b");
    row("user", "https://me:pa%40ss@example.com/a", "https://USER:PASSWORD@example.com/a");
    row("user only", "https://me@example.com/a", "https://USER:PASSWORD@example.com/a");
    row("at sign in the path", "https://example.com/@me", "https://example.com/@me");
    row("token", "https://example.com/?access_token=abc&page=1",
        "https://example.com/?access_token=SECRET&page=1");
    row("key", "https://example.com/?page=1&key=abc=def&api_key=x",
        "https://example.com/?page=1&key=SECRET&api_key=SECRET");
    row("escaped name", "https://example.com/?to%6ben=abc", "https://example.com/?to%6ben=SECRET");
    row("harmless", "https://example.com/?monkey=abc&keys=1",
        "https://example.com/?monkey=abc&keys=1");
    row("dollar", "https://$&:$1@example.com/?sig=$&",
        "https://USER:PASSWORD@example.com/?sig=SECRET&");
    row("wrong escape", "https://example.com/?%=1&token=%zz",
        "https://example.com/?%=1&token=SECRET");
}

void tst_CodeSnippets::hidesSecrets()
{
    QFETCH(QString, url);
    QFETCH(QString, expected);
    const QJSValue request =
            m_module.property(QStringLiteral("withoutSecrets"))
                    .call({m_engine.toScriptValue(QJsonValue(this->request(url)))});
    QCOMPARE(request.property(QStringLiteral("url")).toString(), expected);
}

void tst_CodeSnippets::hidesSecretHeaders()
{
    const QStringList secret {"Authorization", "cookie",     "X-Api-Key", "X-API-KEY", "apikey",
                              "X-Auth-Token",  "Set-Cookie", "X-Secret",  "X-Password"};
    const QStringList harmless {"Accept", "X-Room", "Last-Event-ID", "X-Monkey"};
    Headers headers;
    for (const QString &name : secret + harmless)
        headers.append({name, QStringLiteral("hunter2 ") + name});
    const QString url = QStringLiteral("http://example.com/");
    const QJSValue safe = m_module.property(QStringLiteral("withoutSecrets"))
                                  .call({m_engine.toScriptValue(QJsonValue(
                                          request(url, QStringLiteral("GET"), headers)))});
    for (const char *function : {"toQml", "toCpp", "toCurl"}) {
        const QString text = m_module.property(QLatin1String(function)).call({safe}).toString();
        for (const QString &name : secret) {
            QVERIFY2(text.contains(name), qPrintable(text));
            QVERIFY2(!text.contains(QStringLiteral("hunter2 ") + name), qPrintable(text));
        }
        for (const QString &name : harmless)
            QVERIFY2(text.contains(QStringLiteral("hunter2 ") + name), qPrintable(text));
    }
}

void tst_CodeSnippets::namesTheFileOfCertificates()
{
    QJsonObject all = request(QStringLiteral("https://example.com/"));
    all.insert(QStringLiteral("caFile"), QStringLiteral("file:///tmp/it's%20mine.pem"));
    const QString curl = written(QStringLiteral("toCurl"), all);
    QVERIFY(curl.contains(QStringLiteral("\ncurl -N"))); // below the comment
    QVERIFY(curl.contains(QStringLiteral("--cacert '/tmp/it'\\''s mine.pem'")));
    QVERIFY(curl.startsWith(QStringLiteral(
            "# curl trusts the certificates of --cacert in place of the system's.")));
    QVERIFY(written(QStringLiteral("toQml"), all)
                    .contains(QStringLiteral("caCertificates: \"file:///tmp/it's%20mine.pem\"")));
    all.insert(QStringLiteral("caFile"), QStringLiteral("file:///C:/my.pem"));
    QVERIFY(written(QStringLiteral("toCurl"), all)
                    .contains(QStringLiteral("--cacert 'C:/my.pem'")));
}

QTEST_MAIN(tst_CodeSnippets)
#include "tst_codesnippets.moc"
