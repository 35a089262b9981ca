// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qdatetime.h>
#include <QtCore/qlocale.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// Servers that refuse, and say why.
class tst_Refusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheReason_data();
    void keepsTheReason();
    void keepsTheReasonOfARefusedRedirect_data();
    void keepsTheReasonOfARefusedRedirect();
    void keepsThePageThatARedirectLedTo();
    void doesNotWaitForABodyWithoutAnEnd_data();
    void doesNotWaitForABodyWithoutAnEnd();
    void waitsForABodyInPieces();
    void takes64KiBOfABody();
    void refuses201WithAnEventStream();
    void acceptsMediaTypes_data();
    void acceptsMediaTypes();
    void reportsAnInformationalResponse_data();
    void reportsAnInformationalResponse();
    void explainsAHeadThatQtDoesNotRead_data();
    void explainsAHeadThatQtDoesNotRead();
    void honoursRetryAfter_data();
    void honoursRetryAfter();
    void keepsItsTextsWhole_data();
    void keepsItsTextsWhole();
    void offersTheResponseHeaders();
    void offersNoHeadersOfARefusal();

private:
    static QByteArray head(const QByteArray &status, const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + status + "\r\n" + headers + "\r\n";
    }
};

void tst_Refusals::keepsTheReason_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *status, const char *type, const QString &expected) {
        QTest::addRow("%s, %s", status, type) << QByteArray(status) << QByteArray(type) << expected;
    };
    row("200 OK", "application/json", u"ContentTypeError"_s);
    row("200 OK", "text/html; charset=utf-8", u"ContentTypeError"_s);
    row("200 OK", "", u"ContentTypeError"_s);
    row("400 Bad Request", "application/json", u"HttpStatusError"_s);
    row("401 Unauthorized", "application/json", u"HttpStatusError"_s);
    row("403 Forbidden", "text/plain", u"HttpStatusError"_s);
    row("404 Not Found", "text/event-stream", u"HttpStatusError"_s);
    row("429 Too Many Requests", "application/json", u"HttpStatusError, retries"_s);
    row("500 Internal Server Error", "text/html", u"HttpStatusError, retries"_s);
    row("503 Service Unavailable", "", u"HttpStatusError, retries"_s);
}

void tst_Refusals::keepsTheReason()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, type);
    QFETCH(QString, expected);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer(status, type.isEmpty() ? QByteArray() : "Content-Type: " + type + "\r\n",
                         "{\"error\":{\"message\":\"K\xc3\xb6ln\"}}");
    QCOMPARE(recorder.take(1), QStringList {expected});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), status.left(3).toInt());
    QCOMPARE(error.body(), u"{\"error\":{\"message\":\"Köln\"}}"_s);
}

void tst_Refusals::keepsTheReasonOfARefusedRedirect_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no address") << QByteArray() << u"HttpStatusError"_s;
    QTest::newRow("not a web address") << QByteArray("file:///etc/passwd") << u"HttpStatusError"_s;
    QTest::newRow("a body to another origin")
            << QByteArray("http://localhost:1/") << u"InsecureRedirectError"_s;
    QTest::newRow("too many") << QByteArray("/stream") << u"TooManyRedirectsError"_s;
}

void tst_Refusals::keepsTheReasonOfARefusedRedirect()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, expected);
    ScriptedServer server;
    server.setHandler([location](Exchange *exchange) {
        exchange->sendAnswer("307 Temporary Redirect",
                             location.isEmpty() ? QByteArray() : "Location: " + location + "\r\n",
                             "moved");
    });
    EventSourceListener listener;
    listener.setMethod(u"POST"_s);
    listener.setBody(u"question"_s);
    Recorder recorder(&listener);
    listener.setUrl(server.url());
    QCOMPARE(recorder.take(1), QStringList {expected});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), 307);
    QCOMPARE(error.body(), u"moved"_s);
}

void tst_Refusals::keepsThePageThatARedirectLedTo()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("302 Found", "Location: /login\r\nContent-Type: text/plain\r\n", "moved");
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("200 OK", "Content-Type: text/html\r\n", "<h1>Please log in</h1>");
    QCOMPARE(recorder.take(1), QStringList {u"ContentTypeError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.body(), u"<h1>Please log in</h1>"_s);
    QVERIFY2(error.message().contains(u"/login"_s), qPrintable(error.message()));
}

void tst_Refusals::doesNotWaitForABodyWithoutAnEnd_data()
{
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<int>("every"); // ms, 0: nothing follows
    QTest::newRow("an error, silent") << false << 0;
    QTest::newRow("an error, a byte now and then") << false << 100;
    QTest::newRow("another media type, silent") << true << 0;
    QTest::newRow("another media type, a byte now and then") << true << 100;
}

// Without a limit this waits for ever, as no other timeout is on its way.
void tst_Refusals::doesNotWaitForABodyWithoutAnEnd()
{
    QFETCH(bool, accepted);
    QFETCH(int, every);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setResponseTimeout(0);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send(head(accepted ? "200 OK" : "404 Not Found",
                        "Content-Type: text/plain\r\nContent-Length: 100000\r\n")
                   + "because");
    QTimer timer;
    connect(&timer, &QTimer::timeout, exchange, [&] {
        if (exchange->isConnected())
            exchange->send(".");
    });
    if (every > 0)
        timer.start(every);
    QCOMPARE(recorder.take(1),
             QStringList {accepted ? u"ContentTypeError"_s : u"HttpStatusError"_s});
    const QString body = recorder.takeError().body();
    QVERIFY2(body.startsWith(u"because"_s), qPrintable(body));
    QCOMPARE(body.size() > 7, every > 0);
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_Refusals::waitsForABodyInPieces()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send(head("404 Not Found", "Content-Type: text/plain\r\nContent-Length: 9\r\n"));
    // Each piece on its own, after the one before was read.
    for (const char *piece : {"bec", "aus", "e I"}) {
        QTest::qWait(100);
        QVERIFY(recorder.isEmpty());
        exchange->send(piece);
    }
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(recorder.takeError().body(), u"because I"_s);
}

void tst_Refusals::takes64KiBOfABody()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send(head("200 OK", "Content-Type: text/plain\r\n") + QByteArray(70000, 'x'));
    QCOMPARE(recorder.take(1), QStringList {u"ContentTypeError"_s});
    QCOMPARE(recorder.takeError().body(), QString(64 * 1024, u'x'));
    QTRY_VERIFY(!exchange->isConnected());
}

// The standard accepts 200 alone.
void tst_Refusals::refuses201WithAnEventStream()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setConnectTimeout(0);
    listener.setResponseTimeout(0);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("201 Created");
    exchange->sendChunk("data: 1\n\n");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(recorder.takeError().httpStatus(), 201);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
}

void tst_Refusals::acceptsMediaTypes_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *headers, bool accepted) {
        QTest::newRow(QByteArray(headers).replace("\r\n", " and ")) << QByteArray(headers) + "\r\n"
                                                                    << accepted;
    };
    row("Content-Type: application/json, text/event-stream; charset=utf-8", true);
    row("Content-Type: text/event-stream, nonsense", true);
    row("Content-Type: text/event-stream, text/event-stream", true);
    row("Content-Type: text/event-stream\r\nContent-Type: text/event-stream", true);
    row("Content-Type: text/plain\r\nContent-Type: text/event-stream", true);
    row("Content-Type: text/event-stream; title=\"a, text/plain\"", true);
    row("Content-Type: text/event-stream, text/plain", false);
    row("Content-Type: text/event-stream\r\nContent-Type: text/plain", false);
    row("Content-Type: nonsense", false);
}

void tst_Refusals::acceptsMediaTypes()
{
    QFETCH(QByteArray, headers);
    QFETCH(bool, accepted);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("200 OK", headers, accepted ? "data: 1\n\n" : "what");
    if (accepted) {
        QCOMPARE(recorder.take(2).mid(0, 2), (QStringList {u"opened"_s, u"message: 1"_s}));
        listener.stopListening();
    } else {
        QCOMPARE(recorder.take(1), QStringList {u"ContentTypeError"_s});
    }
}

void tst_Refusals::reportsAnInformationalResponse_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("100") << head("100 Continue");
    QTest::newRow("102") << head("102 Processing");
    QTest::newRow("103") << head("103 Early Hints", "Link: </style.css>; rel=preload\r\n");
}

// Qt 6.4 takes all but 100 for the answer and reads nothing of what follows.
void tst_Refusals::reportsAnInformationalResponse()
{
    QFETCH(QByteArray, first);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send(first);
    exchange->sendStream("data: 1\n\n");
    const QStringList lines = recorder.take(1);
    if (lines.startsWith(u"opened"_s)) {
        QTRY_COMPARE(listener.data(), QJsonValue(1));
        (void)recorder.take(0);
        return;
    }
    QVERIFY(!first.contains(" 100 "));
    QCOMPARE(lines, QStringList {u"HttpStatusError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), first.mid(9, 3).toInt());
    QVERIFY2(error.message().contains(u"announces"_s), qPrintable(error.message()));
    QVERIFY2(error.message().contains(QLatin1String(qVersion())), qPrintable(error.message()));
}

void tst_Refusals::explainsAHeadThatQtDoesNotRead_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("fields");
    const QByteArray type = "Content-Type: text/event-stream\r\n";
    QTest::newRow("a field of 300 KB")
            << QByteArray("200 OK") << type + "X: " + QByteArray(300000, 'x') + "\r\n";
    QTest::newRow("many fields") << QByteArray("200 OK")
                                 << type + QByteArray("X: y\r\n").repeated(9999);
    QTest::newRow("a malformed field") << QByteArray("200 OK") << type + "nonsense\r\n";
    QTest::newRow("none") << QByteArray("200 OK") << QByteArray();
    QTest::newRow("of a redirect")
            << QByteArray("302 Found") << "Location: /x\r\nX: " + QByteArray(300000, 'x') + "\r\n";
}

// Later versions may read some of them.
void tst_Refusals::explainsAHeadThatQtDoesNotRead()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, fields);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send(head(status, fields));
    exchange->send("data: 1\n\n");
    exchange->close();
    const QStringList lines = recorder.take(1);
    if (lines.startsWith(u"opened"_s)) {
        listener.stopListening();
        (void)recorder.take(0);
        return;
    }
    const bool isRedirect = status.startsWith("302");
    QCOMPARE(lines, QStringList {isRedirect ? u"HttpStatusError"_s : u"ContentTypeError"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(u"Qt did not read them"_s), qPrintable(error.message()));
}

void tst_Refusals::honoursRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("atLeast"); // ms
    QTest::addColumn<int>("atMost");
    QTest::newRow("seconds") << QByteArray("5") << 4000 << 7500;
    QTest::newRow("a fraction") << QByteArray("2.5") << 2500 << 4500;
    QTest::newRow("two fields, joined") << QByteArray("3, 3") << 2500 << 4500;
    QTest::newRow("two fields") << QByteArray("3\r\nRetry-After: 5") << 4000 << 7500;
    QTest::newRow("a date") << QLocale::c()
                                       .toString(QDateTime::currentDateTimeUtc().addSecs(100),
                                                 u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
                                       .toLatin1()
                            << 80000 << 150000;
    QTest::newRow("a date that has passed")
            << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << 1 << 1000;
    QTest::newRow("a day") << QByteArray("86400") << 3500000 << 5400000;
    QTest::newRow("garbage") << QByteArray("soon") << 1 << 1000;
    QTest::newRow("negative") << QByteArray("-5") << 1 << 1000;
    QTest::newRow("empty") << QByteArray() << 1 << 1000;
}

// The waits are drawn from [d * (1 - jitter), d], and what the server asks for is a floor.
void tst_Refusals::honoursRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(int, atLeast);
    QFETCH(int, atMost);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("503 Service Unavailable", "Retry-After: " + value + "\r\n", "busy");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    const int retryIn = recorder.takeError().retryIn();
    QVERIFY2(retryIn >= atLeast && retryIn <= atMost, QByteArray::number(retryIn));
}

void tst_Refusals::keepsItsTextsWhole_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("status") << head("404 %1 and %2", "Content-Length: 0\r\n")
                            << QStringList {u"404 %1 and %2"_s};
    QTest::newRow("media type") << head("200 OK",
                                        "Content-Type: text/%1%2\r\nContent-Length: 0\r\n")
                                << QStringList {u"text/%1%2"_s};
    QTest::newRow("coding") << head("200 OK",
                                    "Content-Type: text/event-stream\r\n"
                                    "Content-Encoding: %1%2\r\nContent-Length: 0\r\n")
                            << QStringList {u"%1%2"_s};
    QTest::newRow("damaged coding")
            << head("200 OK", "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\n")
                    + "damaged"
            << QStringList {u"gzip"_s};
    QTest::newRow("redirect") << head("302 Found",
                                      "Location: ftp://%31/%32\r\nContent-Length: 0\r\n")
                              << QStringList {u"302"_s};
    QTest::newRow("closed") << QByteArray() << QStringList {};
    QTest::newRow("broken") << head("200 OK",
                                    "Content-Type: text/event-stream\r\n"
                                    "Transfer-Encoding: chunked\r\n")
                    + "5\r\nda"
                            << QStringList {};
}

void tst_Refusals::keepsItsTextsWhole()
{
    QFETCH(QByteArray, answer);
    QFETCH(QStringList, parts);
    ScriptedServer server;
    QUrl url = server.url();
    url.setPath(u"/a%2Fb%1%252/%99/%n"_s, QUrl::TolerantMode);
    QVERIFY(url.isValid());
    EventSourceListener listener(url);
    EventSourceError failure;
    connect(&listener, &EventSourceListener::error, this, [&](const EventSourceError &error) {
        failure = error;
        listener.stopListening();
    });
    // QNAM asks once more by itself where nothing came.
    server.setHandler([answer](Exchange *exchange) {
        exchange->send(answer);
        exchange->close();
    });
    QTRY_VERIFY(failure.code() != EventSourceListener::NoError);
    const QString shown = url.toDisplayString();
    QVERIFY2(failure.message().contains(shown), qPrintable(failure.message()));
    for (const QString &part : parts)
        QVERIFY2(failure.message().contains(part), qPrintable(failure.message()));
    QCOMPARE(listener.errorString(), failure.message());
}

void tst_Refusals::offersTheResponseHeaders()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QVERIFY(listener.responseHeaders().isEmpty());
    QVariantMap atOpened;
    connect(&listener, &EventSourceListener::opened, this,
            [&] { atOpened = listener.responseHeaders(); });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK",
                       "Content-Type: text/event-stream\r\nX-Request-ID: 7\r\n"
                       "X-Tag: a\r\nX-TAG: b\r\nSet-Cookie: secret=1\r\n");
    QTRY_COMPARE(listener.status(), EventSourceListener::Open);
    QTRY_VERIFY(!atOpened.isEmpty());
    QCOMPARE(atOpened, listener.responseHeaders());
    QCOMPARE(atOpened.value(u"content-type"_s).toString(), u"text/event-stream"_s);
    QCOMPARE(atOpened.value(u"x-request-id"_s).toString(), u"7"_s);
    QCOMPARE(atOpened.value(u"x-tag"_s).toString(), u"a, b"_s);
    QVERIFY(!atOpened.contains(u"set-cookie"_s));
    for (auto header = atOpened.cbegin(); header != atOpened.cend(); ++header)
        QCOMPARE(header.key(), header.key().toLower());
}

// They are those of an accepted response.
void tst_Refusals::offersNoHeadersOfARefusal()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("404 Not Found", "X-Request-ID: 7\r\n", "why");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QVERIFY(listener.responseHeaders().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Refusals)
#include "tst_refusals.moc"
