// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceListener>

#include <QtCore/qtextstream.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

void showBuilds(EventSourceListener *listener, QTextStream *log);

// The sample of typed messages in its guide.
class tst_GuidesTyped : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sampleShowsBuilds();
};

void tst_GuidesTyped::sampleShowsBuilds()
{
    ScriptedServer server;
    QString shown;
    QTextStream log(&shown);
    EventSourceListener listener(server.url());
    showBuilds(&listener, &log);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->sendStream(
            "event: build\ndata: {\"state\":\"a\",\"branches\":[\"x\",\"y\",null]}\n\n"
            "event: build\ndata: {\"state\":\"ok\",\"started_at\":\"2024-02-29T10:30:05Z\"}\n\n");
    QTRY_VERIFY(shown.contains(u"ok since "_s));
    QVERIFY(shown.contains(u"$.branches[2]: expected a string, found null\n"_s));
    QVERIFY(shown.contains(u"2024"_s));
}

QTEST_GUILESS_MAIN(tst_GuidesTyped)
#include "tst_guidestyped.moc"
