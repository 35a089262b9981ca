// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "recorder.h"
#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qloggingcategory.h>
#include <QtTest/qtest.h>

#include <utility>

using namespace Qt::StringLiterals;

static QStringList *loggedLines = nullptr;

// What stays between the application and its server.
class tst_Secrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logsNoSecrets();
};

void tst_Secrets::logsNoSecrets()
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

QTEST_GUILESS_MAIN(tst_Secrets)
#include "tst_secrets.moc"
