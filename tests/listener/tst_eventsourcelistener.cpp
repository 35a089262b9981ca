// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/reachability_p.h"
#include "recorder.h"
#include "scriptedserver.h"
#include "waiting.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qeventloop.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qloggingcategory.h>
#include <QtCore/qmetaobject.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qscopeguard.h>
#include <QtCore/qthread.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qnetworkaccessmanager.h>
#include <QtNetwork/qnetworkreply.h>
#include <QtQml/qqmlcomponent.h>
#include <QtQml/qqmlengine.h>
#include <QtQml/qqmlnetworkaccessmanagerfactory.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<void(EventSourceListener *)>)

// Calls a function on any signal.
class Trigger : public QObject
{
    Q_OBJECT

public:
    QMetaMethod slot() const { return metaObject()->method(metaObject()->indexOfSlot("fire()")); }

    std::function<void()> handler;

public Q_SLOTS:
    void fire() { handler(); }
};

class tst_EventSourceListener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversEventsFromBytes();
    void deliversAcrossChunkBorders();
    void sendsTheStandardsHeaders();
    void sendsTheApplicationsHeaders();
    void makesOneRequestOfOneTurn();
    void opensByItselfUnlessLazy();
    void staysClosedWhereActiveWasWrittenFalse();
    void doesNotReviveByTheSameWrite();
    void waitsForAUrl();
    void switchesToAnotherUrl();
    void refusesWrongUrls_data();
    void refusesWrongUrls();
    void refusesWrongRequests_data();
    void refusesWrongRequests();
    void refusesPropertyValuesOutOfRange();
    void decodesJson_data();
    void decodesJson();
    void reportsWhatIsNotJson_data();
    void reportsWhatIsNotJson();
    void deliversText();
    void filtersTypesBeforeDecoding();
    void endsAtTheMarker();
    void sendsBodies_data();
    void sendsBodies();
    void reportsHttpStatus_data();
    void reportsHttpStatus();
    void acceptsMediaTypes_data();
    void acceptsMediaTypes();
    void finishesOnNoContent();
    void followsRedirects_data();
    void followsRedirects();
    void takesNothingToAnotherOrigin();
    void refusesRedirects_data();
    void refusesRedirects();
    void reconnectsAfterACleanEnd();
    void reconnectsAfterAReset();
    void reconnectsWhenTheServerIsBack();
    void honoursRetry();
    void countsDown();
    void countdownEndsWithTheAttempt();
    void endsAfterMaximumAttempts();
    void finishesWhereReconnectingIsOff();
    void doesNotRepeatAnOpenedPost();
    void restartsAndKeepsTheId();
    void waitsForOtherHeadersAfter401();
    void timesOut_data();
    void timesOut();
    void keepsTheIdInStep();
    void resumesFromAStoredId();
    void skipsTooLargeEvents();
    void notifiesDataOncePerSlice();
    void isFinalAtOnce_data();
    void isFinalAtOnce();
    void deliversWithTheNewsOfBytes();
    void pausesInANestedEventLoop();
    void endsInANestedEventLoop_data();
    void endsInANestedEventLoop();
    void othersGoOnInANestedEventLoop();
    void keepsTheThreadResponsive();
    void decodesLargeEventsElsewhere();
    void isFinalWhileALargeEventIsDecoded();
    void slowsTheServerDown();
    void opensMoreStreamsThanOneManagerCan();
    void usesTheFactory();
    void worksInAnotherThread();
    void itsEventsAreReadInSeveralThreads();
    void convertsOnlyWhatIsRead();
    void logsNoSecrets();
    void waitsForTheNetwork();
};

namespace {

QByteArray numbered(int id)
{
    const QByteArray number = QByteArray::number(id);
    return "id: " + number + "\ndata: " + number + "\n\n";
}

// Waits until the server has seen nothing new for as many turns of the loop as a request needs.
bool staysAt(const ScriptedServer &server, int requests)
{
    return !QTest::qWaitFor([&] { return server.requestCount() != requests; }, 150);
}

} // namespace

void tst_EventSourceListener::deliversEventsFromBytes()
{
    ScriptedServer server;
    EventSourceListener listener(server.url(u"/a/b?c=d"_s));
    Recorder recorder(&listener);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.data().isNull());
    QVERIFY(listener.data().isUndefined());

    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "GET");
    QCOMPARE(exchange->target(), "/a/b?c=d");
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    QVERIFY(recorder.isEmpty());

    exchange->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    QCOMPARE(listener.status(), EventSourceListener::Open);

    exchange->sendChunk(": hello\nevent: build\nid: 7\ndata: {\"state\":\"done\",\"n\":[1,2]}\n\n");
    QCOMPARE(recorder.take(2),
             QStringList({u"comment: hello"_s, u"build: {\"state\":\"done\",\"n\":[1,2]} #7"_s}));
    const EventSourceEvent last = listener.lastEvent();
    QCOMPARE(last.type(), u"build"_s);
    QCOMPARE(last.text(), u"{\"state\":\"done\",\"n\":[1,2]}"_s);
    QCOMPARE(last.lastEventId(), u"7"_s);
    QCOMPARE(last.origin(), server.url().toString().remove(u"/stream"_s));
    QCOMPARE(last.data()["state"_L1].toString(), u"done"_s);
    QCOMPARE(listener.data()["n"_L1].toArray().size(), 2);
    QCOMPARE(listener.property("data").toMap()[u"state"_s].toString(), u"done"_s);
    QCOMPARE(listener.lastEventId(), u"7"_s);

    listener.stopListening();
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_EventSourceListener::deliversAcrossChunkBorders()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setFormat(EventSourceListener::Text);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    const QByteArray bytes = "\xEF\xBB\xBF"
                             "data: a\xE2\x82\xAC\r\ndata: b\r\n\r\nevent: x\rdata:c\r\r";
    for (const char byte : bytes)
        exchange->sendChunk(QByteArray(1, byte));
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: a€\nb"_s, u"x: c"_s}));
    exchange->sendChunk("data: cut off by the end");
    exchange->end();
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
}

void tst_EventSourceListener::sendsTheStandardsHeaders()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Accept"), "text/event-stream");
    QCOMPARE(exchange->headerCount("Accept"), 1);
    QCOMPARE(exchange->header("Cache-Control"), "no-cache");
    QCOMPARE(exchange->headerCount("Last-Event-ID"), 0);
    QCOMPARE(exchange->headerCount("Content-Type"), 0);
    QVERIFY(exchange->body().isEmpty());
}

void tst_EventSourceListener::sendsTheApplicationsHeaders()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setHeaders({{u"Authorization"_s, u"Bearer ü"_s},
                         {u"X-Count"_s, 3},
                         {u"X-Null"_s, QVariant::fromValue(nullptr)},
                         {u"X-Undefined"_s, QVariant()},
                         {u"Accept"_s, u"application/json, text/event-stream"_s}});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Authorization"), "Bearer \xC3\xBC");
    QCOMPARE(exchange->header("X-Count"), "3");
    QCOMPARE(exchange->headerCount("X-Null"), 0);
    QCOMPARE(exchange->headerCount("X-Undefined"), 0);
    QCOMPARE(exchange->header("Accept"), "application/json, text/event-stream");
}

void tst_EventSourceListener::makesOneRequestOfOneTurn()
{
    ScriptedServer server;
    EventSourceListener listener;
    listener.setUrl(server.url(u"/first"_s));
    listener.startListening();
    listener.stopListening();
    listener.startListening();
    listener.setUrl(server.url(u"/second"_s));
    listener.setHeaders({{u"X-A"_s, u"b"_s}});
    listener.restart();
    listener.setMethod(u"POST"_s);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/second");
    QCOMPARE(exchange->method(), "POST");
    QCOMPARE(exchange->header("X-A"), "b");
    QVERIFY(staysAt(server, 1));
}

void tst_EventSourceListener::opensByItselfUnlessLazy()
{
    ScriptedServer server;
    EventSourceListener lazy(server.url(u"/lazy"_s));
    lazy.setLazy(true);
    EventSourceListener eager(server.url(u"/eager"_s));
    EventSourceListener stopped(server.url(u"/stopped"_s));
    stopped.stopListening();

    Exchange *first = server.take();
    QVERIFY(first);
    QCOMPARE(first->target(), "/eager");
    QVERIFY(staysAt(server, 1));
    QVERIFY(!lazy.isActive());
    QVERIFY(!stopped.isActive());
    QCOMPARE(lazy.status(), EventSourceListener::Closed);

    lazy.startListening();
    QVERIFY(lazy.isActive());
    QCOMPARE(lazy.status(), EventSourceListener::Connecting);
    QCOMPARE(server.requestCount(), 1);
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->target(), "/lazy");
}

void tst_EventSourceListener::staysClosedWhereActiveWasWrittenFalse()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setActive(false);
    QVERIFY(staysAt(server, 0));
    QSignalSpy activeChanged(&listener, &EventSourceListener::activeChanged);
    listener.setActive(true);
    QCOMPARE(activeChanged.size(), 1);
    QVERIFY(server.take());
    listener.setActive(false);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QCOMPARE(activeChanged.size(), 2);
}

void tst_EventSourceListener::doesNotReviveByTheSameWrite()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("204 No Content"); });
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    listener.setActive(true);
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QVERIFY(!listener.isActive());
    listener.setActive(true);
    QVERIFY(!listener.isActive());
    QVERIFY(staysAt(server, 1));
    listener.setActive(false);
    listener.setActive(true);
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    listener.startListening();
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    listener.restart();
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QCOMPARE(server.requestCount(), 4);
}

void tst_EventSourceListener::waitsForAUrl()
{
    ScriptedServer server;
    EventSourceListener listener;
    Recorder recorder(&listener);
    QTRY_VERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    listener.setUrl(server.url());
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    listener.setUrl({});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(listener.isActive());
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_EventSourceListener::switchesToAnotherUrl()
{
    ScriptedServer server;
    EventSourceListener listener(server.url(u"/one"_s));
    Recorder recorder(&listener);
    Exchange *one = server.take();
    QVERIFY(one);
    one->sendStream(numbered(1));
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #1"_s}));
    one->sendChunk(numbered(2));
    listener.setUrl(server.url(u"/two"_s));
    QCOMPARE(listener.lastEventId(), QString());
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    Exchange *two = server.take();
    QVERIFY(two);
    QCOMPARE(two->target(), "/two");
    QCOMPARE(two->headerCount("Last-Event-ID"), 0);
    two->sendStream("data: 3\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 3"_s}));
}

void tst_EventSourceListener::refusesWrongUrls_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("relative") << QUrl(u"stream"_s);
    QTest::newRow("another scheme") << QUrl(u"ftp://127.0.0.1/stream"_s);
    QTest::newRow("a file") << QUrl(u"file:///stream"_s);
    QTest::newRow("no host") << QUrl(u"http:///stream"_s);
    QTest::newRow("invalid port") << QUrl(u"http://127.0.0.1:99999/"_s);
    QTest::newRow("invalid host") << QUrl(u"http://[::zz]/"_s);
    QTest::newRow("invalid, with a secret") << QUrl(u"http://user:s3cret@[::zz]/?s3cret"_s);
}

void tst_EventSourceListener::refusesWrongUrls()
{
    QFETCH(QUrl, url);
    ScriptedServer server;
    EventSourceListener listener(url);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(1), QStringList {u"InvalidUrlError"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY(!error.willRetry());
    QCOMPARE(error.retryIn(), -1);
    QCOMPARE(error.message(), listener.errorString());
    QVERIFY2(error.message().contains(u"http or https"_s), qPrintable(error.message()));
    QVERIFY2(!error.message().contains(u"s3cret"_s), qPrintable(error.message()));
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);

    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    QCOMPARE(listener.errorString(), QString());
}

void tst_EventSourceListener::refusesWrongRequests_data()
{
    QTest::addColumn<QString>("property");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("words");
    const auto header = [](const QString &name, const QVariant &value) {
        return QVariant(QVariantMap {{name, value}});
    };
    const QString headers = u"headers"_s;
    QTest::newRow("header name with space") << headers << header(u"X Y"_s, u"z"_s) << u"\"X Y\""_s;
    QTest::newRow("header name with LF") << headers << header(u"X\nY"_s, u"z"_s) << u"name"_s;
    QTest::newRow("empty header name") << headers << header(u""_s, u"z"_s) << u"name"_s;
    QTest::newRow("header name past ASCII") << headers << header(u"Ü"_s, u"z"_s) << u"\"Ü\""_s;
    QTest::newRow("value with CR") << headers << header(u"X"_s, u"secret\rY: z"_s) << u"X"_s;
    QTest::newRow("value with LF") << headers << header(u"X"_s, u"secret\nY: z"_s) << u"X"_s;
    QTest::newRow("value with NUL") << headers << header(u"X"_s, QString(QChar(0))) << u"X"_s;
    QTest::newRow("value is an object")
            << headers << header(u"X"_s, QVariantMap {{u"a"_s, 1}}) << u"X"_s;
    QTest::newRow("framing header")
            << headers << header(u"Content-Length"_s, u"5"_s) << u"Content-Length"_s;
    QTest::newRow("empty method") << u"method"_s << QVariant(u""_s) << u"method"_s;
    QTest::newRow("method with space") << u"method"_s << QVariant(u"GE T"_s) << u"GE T"_s;
    QTest::newRow("method with line") << u"method"_s << QVariant(u"GET\r\nX: y"_s) << u"method"_s;
    QTest::newRow("body is a number") << u"body"_s << QVariant(5) << u"body"_s;
}

void tst_EventSourceListener::refusesWrongRequests()
{
    QFETCH(QString, property);
    QFETCH(QVariant, value);
    QFETCH(QString, words);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    listener.setMethod(u"POST"_s);
    const QByteArray name = property.toLatin1();
    const QVariant good = listener.property(name);
    QVERIFY(listener.setProperty(name, value));
    QCOMPARE(recorder.take(1), QStringList {u"InvalidRequestError"_s});
    const EventSourceError error = recorder.takeError();
    QVERIFY2(error.message().contains(words), qPrintable(error.message()));
    QVERIFY2(!error.message().contains(u"secret"_s), qPrintable(error.message()));
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(staysAt(server, 0));

    QVERIFY(listener.setProperty(name, good));
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), "POST");
}

void tst_EventSourceListener::refusesPropertyValuesOutOfRange()
{
    EventSourceListener listener;
    const auto refuses = [](QObject *object, const char *name, const QVariant &value) {
        const QVariant before = object->property(name);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QLatin1String(name)));
        object->setProperty(name, value);
        return object->property(name) == before;
    };
    QVERIFY(refuses(&listener, "connectTimeout", -1));
    QVERIFY(refuses(&listener, "idleTimeout", -5));
    QVERIFY(refuses(&listener, "maximumEventSize", 0));
    QVERIFY(refuses(&listener, "format", 7));
    QVERIFY(refuses(&listener, "lastEventId", u"a\nb"_s));
    QVERIFY(refuses(&listener, "lastEventId", u"a\rb"_s));
    QVERIFY(refuses(&listener, "lastEventId", QString(QChar(0))));
    EventSourceReconnectPolicy *policy = listener.reconnect();
    QVERIFY(refuses(policy, "initialDelay", -1));
    QVERIFY(refuses(policy, "maximumDelay", -1));
    QVERIFY(refuses(policy, "multiplier", 0.5));
    QVERIFY(refuses(policy, "multiplier", qQNaN()));
    QVERIFY(refuses(policy, "jitter", 1.5));
    QVERIFY(refuses(policy, "jitter", -0.5));
    QVERIFY(refuses(policy, "maximumAttempts", 0));
}

void tst_EventSourceListener::decodesJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *tag, const QByteArray &text, const QJsonValue &value) {
        QTest::newRow(tag) << text << value;
    };
    row("object", R"({"a":{"b":[1]}})",
        QJsonObject {{u"a"_s, QJsonObject {{u"b"_s, QJsonArray {1}}}}});
    row("object after space", " \t {\"a\":1}", QJsonObject {{u"a"_s, 1}});
    row("array", "[1,2]", QJsonArray {1, 2});
    row("empty array", "[]", QJsonArray());
    row("string", R"("a\u00e9")", u"aé"_s);
    row("number", "-12.5e1", -125);
    row("large number", "9007199254740993", qint64(9007199254740993));
    row("true", "true", true);
    row("null", "null", QJsonValue::Null);
    row("scalar with space", "  42 ", 42);
    row("empty text", "", QJsonValue::Undefined);
    row("beyond the basic plane", "\"\xF0\x9F\x98\x80\"", u"😀"_s);
    row("over lines", "{\ndata: \"a\":\ndata: 1}", QJsonObject {{u"a"_s, 1}});
}

void tst_EventSourceListener::decodesJson()
{
    QFETCH(QByteArray, text);
    QFETCH(QJsonValue, value);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy messages(&listener, &EventSourceListener::message);
    QSignalSpy parseErrors(&listener, &EventSourceListener::parseError);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: " + text + "\n\n");
    QTRY_COMPARE(messages.size(), 1);
    const auto event = messages.at(0).at(0).value<EventSourceEvent>();
    QCOMPARE(event.data(), value);
    QCOMPARE(listener.data(), value);
    QCOMPARE(parseErrors.size(), 0);
}

void tst_EventSourceListener::reportsWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::newRow("word") << QByteArray("hello") << 0;
    QTest::newRow("object cut off") << QByteArray("{\"a\":1") << 6;
    QTest::newRow("two values") << QByteArray("1,2") << 1;
    QTest::newRow("object and more") << QByteArray("{} x") << 3;
    QTest::newRow("space only") << QByteArray("   ") << 0;
    QTest::newRow("closing bracket") << QByteArray("1],[2") << -1;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF{}") << -1;
}

void tst_EventSourceListener::reportsWhatIsNotJson()
{
    QFETCH(QByteArray, text);
    QFETCH(int, offset);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy parseErrors(&listener, &EventSourceListener::parseError);
    QSignalSpy messages(&listener, &EventSourceListener::message);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 3\nevent: x\ndata: " + text + "\n\n");
    QTRY_COMPARE(parseErrors.size(), 1);
    const auto event = parseErrors.at(0).at(0).value<EventSourceEvent>();
    QCOMPARE(event.text().toUtf8(), text);
    QCOMPARE(event.type(), u"x"_s);
    QVERIFY(event.data().isUndefined());
    QCOMPARE(listener.lastEventId(), u"3"_s);
    QVERIFY(listener.data().isUndefined());
    const QString message = parseErrors.at(0).at(1).toString();
    const QString place = offset < 0 ? u"at offset"_s : u"at offset %1."_s.arg(offset);
    QVERIFY2(message.contains(place), qPrintable(message));

    exchange->sendChunk("data: 1\n\n");
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(listener.status(), EventSourceListener::Open);
}

void tst_EventSourceListener::deliversText()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setFormat(EventSourceListener::Text);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: {\"a\n\ndata\n\ndata:\xEF\xBB\xBFx\n\n");
    QCOMPARE(recorder.take(4),
             QStringList({u"opened"_s, u"message: {\"a"_s, u"message: "_s, u"message: \uFEFFx"_s}));
    QCOMPARE(listener.data(), QJsonValue(u"\uFEFFx"_s));
}

void tst_EventSourceListener::filtersTypesBeforeDecoding()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setEventTypes({u"build"_s, u"message"_s});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\nevent: build\ndata: 1\n\n"
                         "data: 2\n\n"
                         "id: 3\nevent: other\ndata: {broken\n\n");
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"build: 1 #1"_s, u"message: 2 #1"_s}));
    QTRY_COMPARE(listener.lastEventId(), u"3"_s);
}

void tst_EventSourceListener::endsAtTheMarker()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setEndMarker(u"[DONE]"_s);
    listener.setEventTypes({u"message"_s});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\nid: 9\nevent: end\ndata: [DONE]\n\ndata: 2\n\n");
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: 1"_s, u"finished"_s}));
    QCOMPARE(listener.lastEventId(), u"9"_s);
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QTRY_VERIFY(!exchange->isConnected());
    QVERIFY(staysAt(server, 1));
}

void tst_EventSourceListener::sendsBodies_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QVariant>("body");
    QTest::addColumn<QByteArray>("sentBody");
    QTest::addColumn<QByteArray>("sentType");
    const QByteArray none;
    QTest::newRow("string") << u"POST"_s << QVariant(u"grüße"_s)
                            << QByteArray("gr\xC3\xBC\xC3\x9F"
                                          "e")
                            << QByteArray("text/plain;charset=UTF-8");
    QTest::newRow("bytes") << u"POST"_s << QVariant(QByteArray("\0\1", 2)) << QByteArray("\0\1", 2)
                           << QByteArray("application/octet-stream");
    QTest::newRow("object") << u"PUT"_s << QVariant(QVariantMap {{u"a"_s, 1}})
                            << QByteArray("{\"a\":1}") << QByteArray("application/json");
    QTest::newRow("array") << u"QUERY"_s << QVariant(QVariantList {1, u"b"_s})
                           << QByteArray("[1,\"b\"]") << QByteArray("application/json");
    QTest::newRow("JSON object") << u"POST"_s << QVariant(QJsonObject {{u"a"_s, true}})
                                 << QByteArray("{\"a\":true}") << QByteArray("application/json");
    QTest::newRow("lower case method") << u"post"_s << QVariant(u"x"_s) << QByteArray("x")
                                       << QByteArray("text/plain;charset=UTF-8");
    QTest::newRow("none") << u"POST"_s << QVariant() << none << none;
    QTest::newRow("null") << u"POST"_s << QVariant::fromValue(nullptr) << none << none;
    QTest::newRow("not with GET") << u"GET"_s << QVariant(u"x"_s) << none << none;
}

void tst_EventSourceListener::sendsBodies()
{
    QFETCH(QString, method);
    QFETCH(QVariant, body);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setMethod(method);
    listener.setBody(body);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->method(), method.toUpper().toLatin1());
    QTEST(exchange->body(), "sentBody");
    QTEST(exchange->header("Content-Type"), "sentType");
    if (!exchange->body().isEmpty()) {
        listener.setHeaders({{u"content-type"_s, u"x/y"_s}});
        listener.restart();
        exchange = server.take();
        QVERIFY(exchange);
        QCOMPARE(exchange->header("Content-Type"), "x/y");
        QCOMPARE(exchange->headerCount("Content-Type"), 1);
    }
}

void tst_EventSourceListener::reportsHttpStatus_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<EventSourceListener::Status>("then");
    const auto row = [](const char *status, EventSourceListener::Status then) {
        QTest::newRow(status) << QByteArray(status) << then;
    };
    row("201 Created", EventSourceListener::Closed);
    row("206 Partial Content", EventSourceListener::Closed);
    row("304 Not Modified", EventSourceListener::Closed);
    row("400 Bad Request", EventSourceListener::Closed);
    row("404 Not Found", EventSourceListener::Closed);
    row("410 Gone", EventSourceListener::Closed);
    row("401 Unauthorized", EventSourceListener::Waiting);
    row("403 Forbidden", EventSourceListener::Waiting);
    row("408 Request Timeout", EventSourceListener::Waiting);
    row("425 Too Early", EventSourceListener::Waiting);
    row("429 Too Many Requests", EventSourceListener::Waiting);
    row("500 Internal Server Error", EventSourceListener::Waiting);
    row("503 Service Unavailable", EventSourceListener::Waiting);
    row("599 Whatever", EventSourceListener::Waiting);
}

void tst_EventSourceListener::reportsHttpStatus()
{
    QFETCH(QByteArray, status);
    QFETCH(EventSourceListener::Status, then);
    ScriptedServer server;
    server.setHandler([status](Exchange *exchange) {
        const bool hasBody = !status.startsWith("304");
        exchange->sendAnswer(status, "Content-Type: text/event-stream\r\n",
                             hasBody ? "data: why\n\n" : "");
    });
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    const int code = status.left(3).toInt();
    const bool retries = then == EventSourceListener::Waiting && code != 401 && code != 403;
    QCOMPARE(recorder.take(1),
             QStringList {retries ? u"HttpStatusError, retries"_s : u"HttpStatusError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), code);
    QCOMPARE(error.body(), code == 304 ? QString() : u"data: why\n\n"_s);
    QVERIFY2(error.message().contains(QString::fromLatin1(status)), qPrintable(error.message()));
    QCOMPARE(error.retryIn() > 0, retries);
    QCOMPARE(listener.status(), then);
    QCOMPARE(listener.retryIn() > 0, retries);
    QCOMPARE(listener.isActive(), then == EventSourceListener::Waiting);

    listener.reconnect()->setRetryHttpErrors(false);
    listener.restart();
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
}

void tst_EventSourceListener::acceptsMediaTypes_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("plain") << QByteArray("Content-Type: text/event-stream\r\n") << true;
    QTest::newRow("parameter") << QByteArray("Content-Type: text/event-stream;charset=utf-8\r\n")
                               << true;
    QTest::newRow("any parameter")
            << QByteArray("Content-Type: text/event-stream ; charset=x\r\n") << true;
    QTest::newRow("upper case") << QByteArray("content-type: TEXT/Event-Stream\r\n") << true;
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("html") << QByteArray("Content-Type: text/html\r\n") << false;
    QTest::newRow("longer") << QByteArray("Content-Type: text/event-streams\r\n") << false;
    QTest::newRow("json") << QByteArray("Content-Type: application/json\r\n") << false;
}

void tst_EventSourceListener::acceptsMediaTypes()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, accepted);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead("200 OK", header);
    exchange->sendChunk("data: 1\n\n");
    if (accepted) {
        QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    } else {
        QCOMPARE(recorder.take(1), QStringList {u"ContentTypeError"_s});
        QCOMPARE(listener.status(), EventSourceListener::Closed);
        QVERIFY(!listener.isActive());
        QCOMPARE(recorder.takeError().httpStatus(), 200);
        QTRY_VERIFY(!exchange->isConnected());
    }
}

void tst_EventSourceListener::finishesOnNoContent()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("204 No Content");
    QCOMPARE(recorder.take(1), QStringList {u"finished"_s});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QCOMPARE(listener.errorString(), QString());
}

void tst_EventSourceListener::followsRedirects_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("then");
    for (const char *status : {"301 A", "302 B", "303 C", "307 D", "308 E"}) {
        const bool keeps = status[1] == '0' && (status[2] == '7' || status[2] == '8');
        QTest::addRow("%s GET", status)
                << QByteArray(status) << QByteArray("GET") << QByteArray("GET");
        QTest::addRow("%s POST", status)
                << QByteArray(status) << QByteArray("POST") << QByteArray(keeps ? "POST" : "GET");
    }
    QTest::newRow("301 PUT") << QByteArray("301 A") << QByteArray("PUT") << QByteArray("PUT");
    QTest::newRow("303 PUT") << QByteArray("303 A") << QByteArray("PUT") << QByteArray("GET");
}

void tst_EventSourceListener::followsRedirects()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, then);
    ScriptedServer server;
    EventSourceListener listener(server.url(u"/old/path"_s));
    listener.setMethod(QString::fromLatin1(method));
    listener.setBody(u"text"_s);
    listener.setHeaders({{u"Authorization"_s, u"Bearer t"_s}});
    listener.setLastEventId(u"5"_s);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer(status, "Location: ../new?x=y\r\n", "moved");
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->target(), "/new?x=y");
    QCOMPARE(second->method(), then);
    QCOMPARE(second->body(), then == "GET" ? "" : "text");
    QCOMPARE(second->headerCount("Content-Type"), then == "GET" ? 0 : 1);
    QCOMPARE(second->header("Authorization"), "Bearer t");
    QCOMPARE(second->header("Last-Event-ID"), "5");
    second->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #5"_s}));

    // The next attempt starts where the application pointed to.
    listener.restart();
    Exchange *third = server.take();
    QVERIFY(third);
    QCOMPARE(third->target(), "/old/path");
}

void tst_EventSourceListener::takesNothingToAnotherOrigin()
{
    ScriptedServer server;
    ScriptedServer other;
    EventSourceListener listener(server.url());
    listener.setHeaders(
            {{u"Authorization"_s, u"Bearer t"_s}, {u"Cookie"_s, u"a=b"_s}, {u"X-Key"_s, u"k"_s}});
    listener.setLastEventId(u"5"_s);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer("307 Temporary Redirect", "Location: " + other.url().toEncoded() + "\r\n");
    Exchange *second = other.take();
    QVERIFY(second);
    QCOMPARE(second->headerCount("Authorization"), 0);
    QCOMPARE(second->headerCount("Cookie"), 0);
    QCOMPARE(second->headerCount("X-Key"), 0);
    QCOMPARE(second->header("Accept"), "text/event-stream");
    QCOMPARE(second->header("Last-Event-ID"), "5");

    // Nor does the way back give them again.
    second->sendAnswer("307 Temporary Redirect", "Location: " + server.url().toEncoded() + "\r\n");
    Exchange *third = server.take();
    QVERIFY(third);
    QCOMPARE(third->headerCount("Authorization"), 0);
    third->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
}

void tst_EventSourceListener::refusesRedirects_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("error");
    QTest::newRow("missing") << QByteArray() << u"HttpStatusError"_s;
    QTest::newRow("empty") << QByteArray("Location: \r\n") << u"HttpStatusError"_s;
    QTest::newRow("file") << QByteArray("Location: file:///etc/passwd\r\n") << u"HttpStatusError"_s;
    QTest::newRow("no host") << QByteArray("Location: http://\r\n") << u"HttpStatusError"_s;
    QTest::newRow("to itself") << QByteArray("Location: /stream\r\n") << u"TooManyRedirectsError"_s;
    QTest::newRow("body to another origin")
            << QByteArray("Location: http://localhost:1/\r\n") << u"InsecureRedirectError"_s;
}

void tst_EventSourceListener::refusesRedirects()
{
    QFETCH(QByteArray, location);
    QFETCH(QString, error);
    ScriptedServer server;
    server.setHandler([location](Exchange *exchange) {
        exchange->sendAnswer("307 Temporary Redirect", location);
    });
    EventSourceListener listener(server.url());
    listener.setMethod(u"POST"_s);
    listener.setBody(u"text"_s);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(1), QStringList {error});
    QCOMPARE(listener.status(), EventSourceListener::Closed);
    QVERIFY(!listener.isActive());
    QCOMPARE(server.requestCount(), error == u"TooManyRedirectsError"_s ? 21 : 1);
}

void tst_EventSourceListener::reconnectsAfterACleanEnd()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(20);
    Recorder recorder(&listener);
    QSignalSpy statusChanged(&listener, &EventSourceListener::statusChanged);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendStream(numbered(1) + "id: lost\ndata: cut off\n");
    first->end();
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Last-Event-ID"), "1");
    second->sendStream(numbered(2));
    QCOMPARE(recorder.take(4),
             QStringList({u"opened"_s, u"message: 1 #1"_s, u"opened"_s, u"message: 2 #2"_s}));
    QCOMPARE(statusChanged.size(), 5); // Connecting, Open, Waiting, Connecting, Open
}

void tst_EventSourceListener::reconnectsAfterAReset()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(20);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendStream(numbered(1));
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #1"_s}));
    first->reset();
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError, retries"_s});
    QVERIFY(recorder.takeError().retryIn() >= 0);
    QVERIFY(!listener.errorString().isEmpty());
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Last-Event-ID"), "1");
    second->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    QCOMPARE(listener.errorString(), QString());
}

void tst_EventSourceListener::reconnectsWhenTheServerIsBack()
{
    ScriptedServer server;
    server.stop();
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(100);
    listener.reconnect()->setMultiplier(1);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(2),
             QStringList({u"NetworkError, retries"_s, u"NetworkError, retries"_s}));
    const QString message = recorder.takeError().message();
    QVERIFY2(message.contains(u"127.0.0.1"_s), qPrintable(message));
    server.start();
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    QVERIFY(recorder.take(1).contains(u"opened"_s));
}

void tst_EventSourceListener::honoursRetry()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setJitter(0);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("retry: 60000\ndata: 1\n\nretry: 90000\n");
    exchange->end();
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
    QVERIFY(listener.retryIn() > 80000 && listener.retryIn() <= 90000);
    QCOMPARE(listener.reconnect()->initialDelay(), 1000);
}

void tst_EventSourceListener::countsDown()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("503 Busy"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(60000);
    listener.reconnect()->setMaximumDelay(60000);
    listener.reconnect()->setJitter(0);
    Recorder recorder(&listener);
    QSignalSpy retryInChanged(&listener, &EventSourceListener::retryInChanged);
    QCOMPARE(listener.retryIn(), -1);
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    QCOMPARE(retryInChanged.size(), 1);
    const int before = listener.retryIn();
    QVERIFY(before > 59000);
    QTRY_COMPARE(retryInChanged.size(), 2);
    QVERIFY(listener.retryIn() <= before - 500);
    listener.stopListening();
    QCOMPARE(retryInChanged.size(), 3);
    QCOMPARE(listener.retryIn(), -1);
}

void tst_EventSourceListener::countdownEndsWithTheAttempt()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(100);
    Recorder recorder(&listener);
    QList<int> told;
    connect(&listener, &EventSourceListener::retryInChanged, this,
            [&] { told.append(listener.retryIn()); });
    server.take()->sendAnswer("503 Busy");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    QCOMPARE(told.size(), 2);
    QVERIFY(told.constFirst() > 0);
    QCOMPARE(told.constLast(), -1);
}

void tst_EventSourceListener::endsAfterMaximumAttempts()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendAnswer("500 Broken"); });
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMultiplier(1);
    listener.reconnect()->setMaximumAttempts(3);
    Recorder recorder(&listener);
    QCOMPARE(recorder.take(3),
             QStringList({u"HttpStatusError, retries"_s, u"HttpStatusError, retries"_s,
                          u"HttpStatusError"_s}));
    QVERIFY(!listener.isActive());
    QCOMPARE(server.requestCount(), 3);
}

void tst_EventSourceListener::finishesWhereReconnectingIsOff()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.reconnect()->setEnabled(false);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    exchange->end();
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: 1"_s, u"finished"_s}));
    QVERIFY(!listener.isActive());

    listener.startListening();
    exchange = server.take();
    QVERIFY(exchange);
    exchange->sendAnswer("503 Busy");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    QVERIFY(!listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Closed);
}

void tst_EventSourceListener::doesNotRepeatAnOpenedPost()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setMethod(u"POST"_s);
    QVERIFY(!listener.reconnect()->resend());
    listener.reconnect()->setInitialDelay(100);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer("503 Busy");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    Exchange *second = server.take();
    QVERIFY(second);
    second->sendStream("data: 1\n\n");
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    second->reset();
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError"_s});
    QVERIFY(!listener.isActive());

    listener.restart();
    Exchange *third = server.take();
    QVERIFY(third);
    third->sendStream("data: 2\n\n");
    third->end();
    QCOMPARE(recorder.take(3), QStringList({u"opened"_s, u"message: 2"_s, u"finished"_s}));

    listener.reconnect()->setResend(true);
    listener.restart();
    Exchange *fourth = server.take();
    QVERIFY(fourth);
    fourth->sendStream("data: 3\n\n");
    fourth->end();
    QVERIFY(server.take());
    recorder.take(2);
}

void tst_EventSourceListener::restartsAndKeepsTheId()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendStream(numbered(1));
    QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1 #1"_s}));
    first->sendChunk(numbered(2));
    listener.restart();
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Last-Event-ID"), "1");
    QTRY_VERIFY(!first->isConnected());

    // It cuts a wait short.
    second->sendAnswer("503 Busy", "Retry-After: 3000\r\n");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    QVERIFY(recorder.takeError().retryIn() > 2900000);
    listener.restart();
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(server.take());
}

void tst_EventSourceListener::waitsForOtherHeadersAfter401()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setHeaders({{u"Authorization"_s, u"old"_s}});
    listener.setLastEventId(u"4"_s);
    Recorder recorder(&listener);
    Exchange *first = server.take();
    QVERIFY(first);
    first->sendAnswer("401 Unauthorized", "WWW-Authenticate: Bearer\r\n", "expired");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError"_s});
    const EventSourceError error = recorder.takeError();
    QCOMPARE(error.httpStatus(), 401);
    QCOMPARE(error.body(), u"expired"_s);
    QVERIFY(listener.isActive());
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(staysAt(server, 1));
    listener.setHeaders({{u"Authorization"_s, u"new"_s}});
    Exchange *second = server.take();
    QVERIFY(second);
    QCOMPARE(second->header("Authorization"), "new");
    QCOMPARE(second->header("Last-Event-ID"), "4");
}

void tst_EventSourceListener::timesOut_data()
{
    QTest::addColumn<bool>("opens");
    QTest::newRow("without an answer") << false;
    QTest::newRow("in silence") << true;
}

void tst_EventSourceListener::timesOut()
{
    QFETCH(bool, opens);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setConnectTimeout(100);
    listener.setIdleTimeout(opens ? 100 : 0);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    if (opens) {
        exchange->sendStream("data: 1\n\n");
        QCOMPARE(recorder.take(2), QStringList({u"opened"_s, u"message: 1"_s}));
    }
    QCOMPARE(recorder.take(1), QStringList {u"TimeoutError, retries"_s});
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QTRY_VERIFY(!exchange->isConnected());
}

void tst_EventSourceListener::keepsTheIdInStep()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QStringList ids;
    connect(&listener, &EventSourceListener::message, this,
            [&] { ids.append(listener.lastEventId()); });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QByteArray bytes;
    for (int i = 0; i < 20; ++i)
        bytes += numbered(i);
    exchange->sendStream(bytes);
    QTRY_COMPARE(ids.size(), 20);
    QCOMPARE(ids.first(), u"0"_s);
    QCOMPARE(ids.at(11), u"11"_s);
    exchange->sendChunk("id: only\n\n");
    QTRY_COMPARE(listener.lastEventId(), u"only"_s);
    exchange->sendChunk("id\n\n");
    QTRY_COMPARE(listener.lastEventId(), QString());
}

void tst_EventSourceListener::resumesFromAStoredId()
{
    ScriptedServer server;
    EventSourceListener listener;
    listener.setLastEventId(u"stored €"_s);
    listener.setUrl(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->header("Last-Event-ID"), "stored \xE2\x82\xAC");
    listener.setLastEventId({});
    listener.restart();
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->headerCount("Last-Event-ID"), 0);
}

void tst_EventSourceListener::skipsTooLargeEvents()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setMaximumEventSize(100);
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: " + QByteArray(200, 'x') + "\n\ndata: 2\n\n");
    QCOMPARE(recorder.take(3),
             QStringList({u"opened"_s, u"EventTooLargeError"_s, u"message: 2 #1"_s}));
    QVERIFY(!recorder.takeError().willRetry());
    QCOMPARE(listener.status(), EventSourceListener::Open);
    QVERIFY(listener.isActive());
}

void tst_EventSourceListener::notifiesDataOncePerSlice()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy messages(&listener, &EventSourceListener::message);
    QSignalSpy dataChanged(&listener, &EventSourceListener::dataChanged);
    QSignalSpy lastEventChanged(&listener, &EventSourceListener::lastEventChanged);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QByteArray bytes;
    for (int i = 0; i < 200; ++i)
        bytes += numbered(i);
    exchange->sendStream(bytes);
    QTRY_COMPARE(messages.size(), 200);
    QTRY_COMPARE(listener.data().toInt(), 199);
    QVERIFY2(dataChanged.size() >= 1 && dataChanged.size() <= 20,
             QByteArray::number(dataChanged.size()));
    QCOMPARE(lastEventChanged.size(), dataChanged.size());
}

void tst_EventSourceListener::isFinalAtOnce_data()
{
    QTest::addColumn<QString>("signal");
    QTest::addColumn<std::function<void(EventSourceListener *)>>("action");
    using Action = std::function<void(EventSourceListener *)>;
    const QList<QPair<QString, Action>> actions {
            {u"stop"_s, [](EventSourceListener *listener) { listener->stopListening(); }},
            {u"restart"_s, [](EventSourceListener *listener) { listener->restart(); }},
            {u"stop and start"_s,
             [](EventSourceListener *listener) {
                 listener->stopListening();
                 listener->startListening();
             }},
            {u"another url"_s,
             [](EventSourceListener *listener) {
                 listener->setUrl(QUrl(listener->url().toString() + u'x'));
             }},
            {u"no url"_s, [](EventSourceListener *listener) { listener->setUrl({}); }},
            {u"delete"_s, [](EventSourceListener *listener) { delete listener; }},
    };
    for (const QString &signal :
         {u"opened"_s, u"message"_s, u"comment"_s, u"parseError"_s, u"error"_s, u"finished"_s,
          u"dataChanged"_s, u"lastEventChanged"_s, u"lastEventIdChanged"_s, u"statusChanged"_s,
          u"errorStringChanged"_s, u"retryInChanged"_s, u"activeChanged"_s}) {
        for (const auto &action : actions) {
            QTest::addRow("%s in %s", qPrintable(action.first), qPrintable(signal))
                    << signal << action.second;
        }
    }
}

void tst_EventSourceListener::isFinalAtOnce()
{
    QFETCH(QString, signal);
    QFETCH(std::function<void(EventSourceListener *)>, action);
    ScriptedServer server;
    const bool fails = signal == u"error"_s || signal == u"errorStringChanged"_s
            || signal == u"retryInChanged"_s;
    bool stopped = false;
    server.setHandler([&](Exchange *exchange) {
        if (stopped)
            exchange->sendHead(); // and nothing more: whatever comes is of the old stream
        else if (fails)
            exchange->sendAnswer("503 Busy");
        else
            exchange->sendStream(": comment\nid: 1\ndata: 1\n\nid: 2\ndata: {broken\n\n"
                                 "id: 3\ndata: 3\n\n: comment\nid: 4\ndata: [DONE]\n\n");
    });
    auto *listener = new EventSourceListener;
    const QPointer<EventSourceListener> guard(listener);
    listener->setEndMarker(u"[DONE]"_s);

    // All signals that tell of the stream, in one counter; the handler is connected last, so that
    // the counter has seen the emission that the handler acts in.
    int after = 0;
    const auto count = [&] { after += stopped; };
    connect(listener, &EventSourceListener::opened, this, count);
    connect(listener, &EventSourceListener::message, this, count);
    connect(listener, &EventSourceListener::comment, this, count);
    connect(listener, &EventSourceListener::parseError, this, count);
    connect(listener, &EventSourceListener::error, this, count);
    connect(listener, &EventSourceListener::finished, this, count);

    Trigger trigger;
    trigger.handler = [&] {
        if (!std::exchange(stopped, true))
            action(listener);
    };
    const QMetaObject &meta = EventSourceListener::staticMetaObject;
    for (int i = meta.methodOffset(); i < meta.methodCount(); ++i) {
        if (meta.method(i).name() == signal.toLatin1())
            QVERIFY(connect(listener, meta.method(i), &trigger, trigger.slot()));
    }

    listener->setUrl(server.url());
    QTRY_VERIFY(stopped);
    after = 0;
    // What is still on its way has arrived when another stream of the same server was read.
    EventSourceListener witness(server.url(u"/witness"_s));
    QTRY_COMPARE(witness.status(), EventSourceListener::Open);
    if (guard && guard->isActive() && !guard->url().isEmpty()) {
        QTRY_COMPARE(guard->status(), EventSourceListener::Open);
        QVERIFY2(after <= 1, "more than the new stream's opened()");
    } else {
        QCOMPARE(after, 0);
    }
    delete guard;
}

// Another turn of the loop for each batch would cost more than most events.
void tst_EventSourceListener::deliversWithTheNewsOfBytes()
{
    class Factory : public QQmlNetworkAccessManagerFactory
    {
    public:
        QNetworkAccessManager *create(QObject *parent) override
        {
            return manager = new QNetworkAccessManager(parent);
        }
        QNetworkAccessManager *manager = nullptr;
    };
    Factory factory;
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setNetworkAccessManagerFactory(&factory);
    int messages = 0;
    connect(&listener, &EventSourceListener::message, this, [&] { ++messages; });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("data: 1\n\n");
    QTRY_COMPARE(messages, 1);
    // Told after the listener.
    auto *reply = factory.manager->findChild<QNetworkReply *>();
    QVERIFY(reply);
    QList<int> messagesThen;
    connect(reply, &QNetworkReply::readyRead, this, [&] { messagesThen.append(messages); });
    exchange->sendChunk("data: 2\n\n");
    QTRY_COMPARE(messages, 2);
    QCOMPARE(messagesThen, QList<int>({2}));
}

void tst_EventSourceListener::endsInANestedEventLoop_data()
{
    QTest::addColumn<QByteArray>("action");
    for (const char *action : {"stop", "restart", "other url", "delete", "delete after a stop"})
        QTest::newRow(action) << QByteArray(action);
}

// As when a handler asks the user something, and the user closes the stream instead.
void tst_EventSourceListener::endsInANestedEventLoop()
{
    QFETCH(QByteArray, action);
    class Factory : public QQmlNetworkAccessManagerFactory
    {
    public:
        QNetworkAccessManager *create(QObject *parent) override
        {
            return manager = new QNetworkAccessManager(parent);
        }
        QPointer<QNetworkAccessManager> manager;
    };
    Factory factory;
    ScriptedServer server;
    auto listener = std::make_unique<EventSourceListener>(server.url());
    listener->setNetworkAccessManagerFactory(&factory);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    const QPointer<QNetworkAccessManager> manager = factory.manager;
    const QPointer<QNetworkReply> reply = manager->findChild<QNetworkReply *>();
    QVERIFY(reply);
    int messages = 0;
    bool isOver = false;
    bool wasClosed = false;
    connect(listener.get(), &EventSourceListener::message, this, [&] {
        if (++messages != 2)
            return;
        QTimer::singleShot(0, this, [&] {
            if (action == "stop" || action == "delete after a stop")
                listener->stopListening();
            else if (action == "restart")
                listener->restart();
            else if (action == "other url")
                listener->setUrl(server.url(u"/other"_s));
            if (action.startsWith("delete"))
                listener.reset();
        });
        // The connection ends while this handler still runs, but what emits is still there.
        wasClosed = waitFor([&] { return !exchange->isConnected(); }) && reply && manager;
        isOver = true;
    });
    exchange->sendStream("data: 1\n\n");
    QTRY_COMPARE(messages, 1); // with the head; what comes later is delivered while the reply emits
    exchange->sendChunk("data: 2\n\n"
                        "data: 3\n\n");
    QTRY_VERIFY(isOver);
    QVERIFY(wasClosed);
    QCOMPARE(messages, 2);
    QTRY_VERIFY(!reply);
    QTRY_VERIFY(!manager || listener);
    if (action == "restart" || action == "other url") {
        Exchange *next = server.take();
        QVERIFY(next);
        QCOMPARE(next->target(),
                 action == "restart" ? QByteArray("/stream") : QByteArray("/other"));
        next->sendStream("data: 4\n\n");
        QTRY_COMPARE(messages, 3);
    }
    QCOMPARE(server.requestCount(), listener && listener->isActive() ? 2 : 1);
}

// Two streams have bytes to deliver when a handler of one of them runs an event loop.
void tst_EventSourceListener::othersGoOnInANestedEventLoop()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->sendStream(QByteArray("data: 1\n\n").repeated(10000));
    });
    EventSourceListener one(server.url());
    EventSourceListener two(server.url());
    int delivered[2] = {};
    bool waited = false;
    bool wentOn = false;
    const auto count = [&](int &mine, const int &theirs) {
        if (++mine == 5000 && theirs < 10000 && !std::exchange(waited, true))
            wentOn = waitFor([&] { return theirs == 10000; }, 10000);
        QElapsedTimer busy; // so that turns end before the bytes do
        busy.start();
        while (busy.nsecsElapsed() < 20000) { }
    };
    connect(&one, &EventSourceListener::message, this, [&] { count(delivered[0], delivered[1]); });
    connect(&two, &EventSourceListener::message, this, [&] { count(delivered[1], delivered[0]); });
    QTRY_VERIFY_WITH_TIMEOUT(delivered[0] == 10000 && delivered[1] == 10000, 60000);
    QVERIFY(wentOn);
}

void tst_EventSourceListener::pausesInANestedEventLoop()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QStringList log;
    Exchange *exchange = nullptr;
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        log.append(u"begin "_s + event.text());
        if (event.text() == u"1"_s) {
            exchange->sendChunk("data: 3\n\n");
            // Another stream begins after that: when it had its event, this one's has come too.
            EventSourceListener other(server.url(u"/other"_s));
            QEventLoop loop;
            connect(&other, &EventSourceListener::message, &loop, &QEventLoop::quit);
            loop.exec();
        }
        log.append(u"end "_s + event.text());
    });
    exchange = server.take();
    QVERIFY(exchange);
    server.setHandler([](Exchange *other) { other->sendStream("data: 1\n\n"); });
    exchange->sendStream("data: 1\n\ndata: 2\n\n");
    QTRY_COMPARE(log.size(), 6);
    QCOMPARE(log,
             QStringList({u"begin 1"_s, u"end 1"_s, u"begin 2"_s, u"end 2"_s, u"begin 3"_s,
                          u"end 3"_s}));
}

void tst_EventSourceListener::keepsTheThreadResponsive()
{
    // Two listeners of a flood whose handlers are slow: a timer of the thread still gets its turn
    // about once per slice, not once per flood.
    QThread thread;
    thread.start();
    auto *server = new ScriptedServer;
    const QUrl url = server->url();
    server->moveToThread(&thread);
    QMetaObject::invokeMethod(server, [server] {
        server->setHandler([](Exchange *exchange) {
            exchange->sendHead();
            QByteArray bytes;
            for (int i = 0; i < 20000; ++i)
                bytes += numbered(i);
            exchange->sendChunk(bytes);
        });
    });
    EventSourceListener one(url);
    EventSourceListener two(url);
    int delivered = 0;
    const auto slow = [&] {
        ++delivered;
        QElapsedTimer busy;
        busy.start();
        while (busy.nsecsElapsed() < 50000) { }
    };
    connect(&one, &EventSourceListener::message, this, slow);
    connect(&two, &EventSourceListener::message, this, slow);

    QTRY_VERIFY(delivered > 0);
    QList<int> perTurn; // events between two runs of the timer
    int before = delivered;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this,
            [&] { perTurn.append(delivered - std::exchange(before, delivered)); });
    timer.start(0);
    QTRY_VERIFY_WITH_TIMEOUT(delivered >= 4000, 30000);
    timer.stop();
    // 8 ms hold at most 160 events of 50 us for both together; twice that leaves room for noise.
    std::sort(perTurn.begin(), perTurn.end());
    QVERIFY2(perTurn.constLast() <= 320, QByteArray::number(perTurn.constLast()));

    one.stopListening();
    two.stopListening();
    QMetaObject::invokeMethod(server, &QObject::deleteLater);
    thread.quit();
    thread.wait();
}

void tst_EventSourceListener::decodesLargeEventsElsewhere()
{
    QByteArray large = "[";
    for (int i = 0; large.size() < 8 * 1024 * 1024; ++i)
        large += "{\"n\":" + QByteArray::number(i) + ",\"text\":\"0123456789\"},";
    large += "0]";
    QByteArray broken = large;
    broken.chop(1);
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QElapsedTimer turn;
    qint64 longest = 0; // ns without a turn for timers
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        longest = std::max(longest, turn.nsecsElapsed());
        turn.start();
    });
    QStringList log;
    QJsonArray decoded;
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        log.append(event.lastEventId() + u' ' + listener.lastEventId());
        if (event.data().isArray())
            decoded = event.data().toArray();
    });
    connect(&listener, &EventSourceListener::parseError, this, [&](const EventSourceEvent &event) {
        log.append(u"parseError "_s + listener.lastEventId());
        QCOMPARE(event.text().size(), broken.size());
    });
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream("id: 1\ndata: 1\n\nid: 2\ndata: " + large
                         + "\n\nid: 3\ndata: 3\n\nid: 4\ndata: " + broken
                         + "\n\nid: 5\ndata: 5\n\n");
    exchange->end(); // and a new attempt comes after the last event only
    timer.start(0);
    turn.start();
    QTRY_COMPARE_WITH_TIMEOUT(log.size(), 5, 60000);
    timer.stop();
    QCOMPARE(log, QStringList({u"1 1"_s, u"2 2"_s, u"3 3"_s, u"parseError 4"_s, u"5 5"_s}));
    QVERIFY(decoded.size() > 100000);
    QCOMPARE(decoded.at(99999)["n"_L1], QJsonValue(99999));

    QElapsedTimer decoding;
    decoding.start();
    QVERIFY(QJsonDocument::fromJson(large).isArray());
    const qint64 needed = decoding.nsecsElapsed();
    QVERIFY2(longest < needed / 2,
             qPrintable(u"longest turn %1 ms, decoding %2 ms"_s.arg(double(longest) / 1e6)
                                .arg(double(needed) / 1e6)));
}

void tst_EventSourceListener::isFinalWhileALargeEventIsDecoded()
{
    // Stopped a little later each time, so now and then while the event is decoded: neither it nor
    // its id may come after that.
    const QByteArray large = '[' + QByteArray("0,").repeated(1024 * 1024) + "0]";
    ScriptedServer server;
    server.setHandler([&](Exchange *exchange) {
        QCOMPARE(exchange->header("Last-Event-ID"), QByteArray("0"));
        exchange->sendStream("id: " + QByteArray::number(server.requestCount()) + "\ndata: " + large
                             + "\n\n");
    });
    EventSourceListener listener;
    listener.setLazy(true);
    listener.setUrl(server.url());
    listener.setLastEventId(u"0"_s);
    int messages = 0;
    connect(&listener, &EventSourceListener::message, this, [&] {
        ++messages;
        QVERIFY(listener.isActive());
    });
    int stops = 0;
    for (int patience = 1; messages == 0; patience += 1 + patience / 10) {
        listener.startListening();
        QVERIFY(waitFor([&] { return listener.status() == EventSourceListener::Open; }));
        (void)waitFor([&] { return messages > 0; }, patience);
        if (messages > 0)
            break;
        ++stops;
        listener.stopListening();
        QCOMPARE(listener.lastEventId(), u"0"_s);
    }
    QCOMPARE(listener.lastEventId(), QString::number(server.requestCount()));
    QVERIFY(stops > 3);
}

void tst_EventSourceListener::slowsTheServerDown()
{
    // A paused handler: the bytes must stay with the server, not pile up here.
    constexpr qint64 total = 64 * 1024 * 1024;
    ScriptedServer server;
    QByteArray block;
    for (int i = 0; block.size() < 1024 * 1024; ++i)
        block += numbered(i);
    EventSourceListener listener(server.url());
    listener.setFormat(EventSourceListener::Text);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendHead();
    bool paused = false;
    connect(&listener, &EventSourceListener::message, this, [&] {
        if (std::exchange(paused, true))
            return;
        for (qint64 sent = 0; sent < total; sent += block.size())
            exchange->sendChunk(block);
        // Until nothing moves any more.
        qint64 left = -1;
        QEventLoop loop;
        QTimer timer;
        connect(&timer, &QTimer::timeout, &loop, [&] {
            if (std::exchange(left, exchange->bytesToWrite()) == exchange->bytesToWrite())
                loop.quit();
        });
        timer.start(200);
        loop.exec();
        // What left the server is in the kernel's buffers and the listener's small ones.
        QVERIFY2(left > total - 16 * 1024 * 1024, QByteArray::number(total - left));
        listener.stopListening();
    });
    exchange->sendChunk(numbered(0));
    QTRY_VERIFY(!listener.isActive());
    QVERIFY(paused);
}

void tst_EventSourceListener::opensMoreStreamsThanOneManagerCan()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) { exchange->sendStream("data: 1\n\n"); });
    std::vector<std::unique_ptr<EventSourceListener>> listeners;
    for (int i = 0; i < 20; ++i)
        listeners.push_back(std::make_unique<EventSourceListener>(server.url()));
    for (const auto &listener : listeners) {
        QTRY_COMPARE(listener->status(), EventSourceListener::Open);
        QTRY_COMPARE(listener->data().toInt(), 1);
    }
}

void tst_EventSourceListener::usesTheFactory()
{
    class Factory : public QQmlNetworkAccessManagerFactory
    {
    public:
        QNetworkAccessManager *create(QObject *parent) override
        {
            ++count;
            return new QNetworkAccessManager(parent);
        }
        int count = 0;
    };
    Factory factory;
    ScriptedServer server;
    EventSourceListener listener(server.url());
    listener.setNetworkAccessManagerFactory(&factory);
    QVERIFY(server.take());
    QCOMPARE(factory.count, 1);
    listener.restart();
    QVERIFY(server.take());
    QCOMPARE(factory.count, 1); // the manager is used again
}

void tst_EventSourceListener::waitsForTheNetwork()
{
    Reachability *reachability = Reachability::instance();
    const auto restore = qScopeGuard([&] { reachability->setOnline(true); });
    reachability->setOnline(false);

    // This machine by an address that is not a loopback one by its name.
    ScriptedServer server;
    QUrl url = server.url();
    url.setHost(u"0.0.0.0"_s);
    EventSourceListener listener(url);
    Recorder recorder(&listener);
    EventSourceListener local(server.url(u"/local"_s));

    Exchange *exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/local");
    QTRY_COMPARE(listener.status(), EventSourceListener::Waiting);
    QVERIFY(listener.isActive());
    QCOMPARE(listener.retryIn(), -1);
    QVERIFY(staysAt(server, 1));

    reachability->setOnline(true);
    QCOMPARE(listener.status(), EventSourceListener::Connecting);
    exchange = server.take();
    QVERIFY(exchange);
    QCOMPARE(exchange->target(), "/stream");

    // It goes while the stream is open, and the attempt that was due does not happen.
    exchange->sendHead();
    QCOMPARE(recorder.take(1), QStringList {u"opened"_s});
    reachability->setOnline(false);
    exchange->reset();
    QCOMPARE(recorder.take(1), QStringList {u"NetworkError, retries"_s});
    QCOMPARE(recorder.takeError().retryIn(), -1);
    QCOMPARE(listener.status(), EventSourceListener::Waiting);
    QCOMPARE(listener.retryIn(), -1);
    reachability->setOnline(true);
    exchange = server.take();
    QVERIFY(exchange);

    // A wait with time left is cut short.
    exchange->sendAnswer("503 Busy", "Retry-After: 3000\r\n");
    QCOMPARE(recorder.take(1), QStringList {u"HttpStatusError, retries"_s});
    reachability->setOnline(false);
    reachability->setOnline(true);
    QVERIFY(server.take());
}

void tst_EventSourceListener::worksInAnotherThread()
{
    ScriptedServer server;
    server.setHandler(
            [](Exchange *exchange) { exchange->sendStream("id: 1\ndata: {\"a\":1}\n\n"); });
    QThread thread;
    auto *listener = new EventSourceListener(server.url());
    listener->moveToThread(&thread);
    QThread *deliveredIn = nullptr;
    connect(listener, &EventSourceListener::message, listener,
            [&deliveredIn] { deliveredIn = QThread::currentThread(); });
    QSignalSpy messages(listener, &EventSourceListener::message); // queued to this thread
    connect(&thread, &QThread::finished, listener, &QObject::deleteLater);
    thread.start();
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(messages.at(0).at(0).value<EventSourceEvent>().data()["a"_L1].toInt(), 1);
    QCOMPARE(deliveredIn, &thread);
    const QPointer<EventSourceListener> guard(listener);
    thread.quit();
    QVERIFY(thread.wait(10000));
    QVERIFY(!guard);
}

static QStringList *loggedLines = nullptr;

void tst_EventSourceListener::logsNoSecrets()
{
    QStringList lines;
    loggedLines = &lines;
    const auto before =
            qInstallMessageHandler([](QtMsgType, const QMessageLogContext &,
                                      const QString &message) { loggedLines->append(message); });
    QLoggingCategory::setFilterRules(u"eventsource*=true"_s);
    ScriptedServer server;
    QUrl url = server.url(u"/stream"_s);
    url.setUserInfo(u"user:pa55"_s);
    url.setQuery(u"token=s3cret"_s);
    EventSourceListener listener(url);
    listener.setHeaders({{u"Authorization"_s, u"Bearer s3cret"_s}});
    Recorder recorder(&listener);
    Exchange *exchange = server.take();
    if (exchange) {
        exchange->sendStream("data: \"s3cret\"\n\n");
        recorder.take(2);
        exchange->reset();
        lines.append(recorder.take(1));
        lines.append(recorder.takeError().message());
    }
    QLoggingCategory::setFilterRules({});
    qInstallMessageHandler(before);
    QVERIFY(exchange);
    QVERIFY(!lines.isEmpty());
    for (const QString &line : std::as_const(lines)) {
        QVERIFY2(!line.contains(u"s3cret"_s), qPrintable(line));
        QVERIFY2(!line.contains(u"pa55"_s), qPrintable(line));
    }
}

// With an engine JSON is decoded when it is read, wherever that is.
void tst_EventSourceListener::itsEventsAreReadInSeveralThreads()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->sendStream("data: {\"n\":1,\"text\":\"one\"}\n\ndata: {\"n\":2}\n\n");
    });
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import EventSource\n"
                      "EventSourceListener { property var kept; onMessage: e => kept = e.data }",
                      {});
    std::unique_ptr<QObject> object(
            component.createWithInitialProperties({{u"url"_s, server.url()}}));
    QVERIFY2(object, qPrintable(component.errorString()));
    auto *listener = qobject_cast<EventSourceListener *>(object.get());
    QList<EventSourceEvent> events;
    connect(listener, &EventSourceListener::message, this,
            [&](const EventSourceEvent &event) { events.append(event); });
    QTRY_COMPARE(events.size(), 2);

    const QJsonObject expected {{u"n"_s, 1}, {u"text"_s, u"one"_s}};
    std::atomic<int> right = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&, event = events.constFirst()] {
            right += event.data() == expected && event.text() == u"{\"n\":1,\"text\":\"one\"}";
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait(10000));
    QCOMPARE(right, 4);
    threads.clear();

    // The last copy of an event that QML has read may outlive its listener, in another thread.
    object.reset();
    QThread *last =
            QThread::create([events = std::exchange(events, {})]() mutable { events.clear(); });
    last->start();
    QVERIFY(last->wait(10000));
    delete last;
    QCoreApplication::processEvents();
}

void tst_EventSourceListener::convertsOnlyWhatIsRead()
{
    ScriptedServer server;
    server.setHandler([](Exchange *exchange) {
        exchange->sendStream("event: dropped\ndata: {\"n\":1}\n\n"
                             "event: unread\ndata: {\"n\":2}\n\n"
                             "event: read\ndata: {\"n\":3}\n\n"
                             "event: unread\ndata: {\"n\":4}\n\n");
    });
    EventSourceListener listener(server.url());
    listener.setEventTypes({u"read"_s, u"unread"_s});
    QJSEngine::setObjectOwnership(&listener, QJSEngine::CppOwnership);
    QJSEngine engine; // unlike a QQmlEngine it lets JSON.parse be replaced
    engine.globalObject().setProperty(u"listener"_s, engine.newQObject(&listener));
    const QJSValue log = engine.evaluate(uR"(
        var parsed = [], parse = JSON.parse, count = 0, sum = 0
        JSON.parse = text => { parsed.push(text); return parse(text) }
        listener.message.connect(event => {
            ++count
            if (event.type === "read")
                sum += event.data.n + event.data.n
        })
        parsed
    )"_s);
    QVERIFY2(log.isArray(), qPrintable(log.toString()));
    QTRY_COMPARE(engine.globalObject().property(u"count"_s).toInt(), 3);
    QCOMPARE(engine.globalObject().property(u"sum"_s).toInt(), 6);
    QCOMPARE(log.property(u"length"_s).toInt(), 1);
    QCOMPARE(log.property(0).toString(), u"{\"n\":3}"_s);
}

QTEST_GUILESS_MAIN(tst_EventSourceListener)
#include "tst_eventsourcelistener.moc"
