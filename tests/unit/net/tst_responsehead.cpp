// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "net/responsehead_p.h"

#include <QtCore/qdatetime.h>
#include <QtCore/qlocale.h>
#include <QtTest/qtest.h>

using namespace EventSourcePrivate;
using namespace Qt::StringLiterals;

class tst_ResponseHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void extractsTheMediaType_data();
    void extractsTheMediaType();
    void parsesRetryAfter_data();
    void parsesRetryAfter();
    void parsesDates_data();
    void parsesDates();
};

void tst_ResponseHead::extractsTheMediaType_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("essence");
    const auto row = [](const char *tag, const char *value, const char *essence) {
        QTest::newRow(tag) << QByteArray(value) << QByteArray(essence);
    };
    row("plain", "text/event-stream", "text/event-stream");
    row("upper case", "Text/Event-Stream", "text/event-stream");
    row("spaces around", " \ttext/event-stream ", "text/event-stream");
    row("a parameter", "text/event-stream;charset=utf-8", "text/event-stream");
    row("a space before the parameter", "text/event-stream ; charset=utf-8", "text/event-stream");
    row("a parameter that is none", "text/event-stream;", "text/event-stream");
    row("all characters of a token", "x!#$%&'*+-.^_`|~/1", "x!#$%&'*+-.^_`|~/1");
    row("empty", "", "");
    row("no slash", "text", "");
    row("no type", "/event-stream", "");
    row("no subtype", "text/", "");
    row("two slashes", "text/event/stream", "");
    row("a space within", "text/event stream", "");
    row("a byte above ASCII", "text/\xe9vent-stream", "");
    row("the last of two", "text/plain, text/event-stream", "text/event-stream");
    row("the last of two, the other way round", "text/event-stream, text/plain", "text/plain");
    row("the same twice", "text/event-stream, text/event-stream", "text/event-stream");
    row("the last that parses", "text/event-stream, nonsense", "text/event-stream");
    row("an empty element", "text/event-stream,,", "text/event-stream");
    row("any type does not count", "text/event-stream, */*", "text/event-stream");
    row("a comma in quotes", "text/event-stream;x=\"a, text/plain\"", "text/event-stream");
    row("an escaped quote", "text/event-stream;x=\"a\\\", text/plain\"", "text/event-stream");
    row("quotes that do not end", "text/event-stream;x=\"a, text/plain", "text/event-stream");
    row("a backslash at the end", "text/event-stream;x=\"\\", "text/event-stream");
    row("a comma after quotes", "text/plain;x=\"a\",text/event-stream", "text/event-stream");
}

void tst_ResponseHead::extractsTheMediaType()
{
    QFETCH(QByteArray, value);
    QTEST(mediaTypeEssence(value), "essence");
}

void tst_ResponseHead::parsesRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("milliseconds");
    const auto row = [](const char *value, int milliseconds) {
        QTest::newRow(*value ? value : "empty") << QByteArray(value) << milliseconds;
    };
    row("5", 5000);
    row(" 5 ", 5000);
    row("0", 0);
    row("007", 7000);
    row("2.5", 3000); // up, so that the server is not asked too early
    row("2.0", 2000);
    row("0.001", 1000);
    row(".5", 1000);
    row("3, 3", 3000);
    row("3,5", 5000); // the longest
    row("7, 5", 7000);
    row("5, soon", 5000);
    row("3600", 3600000);
    row("3601", 3600000); // an hour at most
    row("99999999999999999999", 3600000);
    row("", 0);
    row(" ", 0);
    row("soon", 0);
    row("-5", 0);
    row("+5", 0);
    row("5s", 0);
    row("1e3", 0);
    row("0x10", 0);
    row("1.2.3", 0);
    row(".", 0);
    row("inf", 0);
    row("nan", 0);
    row("\xc2\xb2", 0);
}

void tst_ResponseHead::parsesRetryAfter()
{
    QFETCH(QByteArray, value);
    QTEST(parseRetryAfter(value), "milliseconds");
}

void tst_ResponseHead::parsesDates_data()
{
    QTest::addColumn<int>("seconds"); // from now
    QTest::addColumn<int>("times");
    QTest::newRow("in 100 s") << 100 << 1;
    QTest::newRow("in 100 s, twice") << 100 << 2;
    QTest::newRow("in a day") << 86400 << 1;
    QTest::newRow("now") << 0 << 1;
    QTest::newRow("a year ago") << -365 * 86400 << 1;
}

// The date has whole seconds, and time passes while it is parsed.
void tst_ResponseHead::parsesDates()
{
    QFETCH(int, seconds);
    QFETCH(int, times);
    const QByteArray date = QLocale::c()
                                    .toString(QDateTime::currentDateTimeUtc().addSecs(seconds),
                                              u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
                                    .toLatin1();
    const int milliseconds = parseRetryAfter(times == 1 ? date : date + ", " + date);
    const int expected = qBound(0, seconds, 3600) * 1000;
    QVERIFY2(milliseconds <= expected, QByteArray::number(milliseconds));
    QVERIFY2(milliseconds >= expected - 20000, QByteArray::number(milliseconds));
}

QTEST_APPLESS_MAIN(tst_ResponseHead)
#include "tst_responsehead.moc"
