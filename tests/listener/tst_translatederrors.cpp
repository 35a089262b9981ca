// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qlocale.h>
#include <QtCore/qtranslator.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace Qt::StringLiterals;

// The texts of each part of the library come from the catalogue that it brings.
class tst_TranslatedErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void translatesTheListener();
    void translatesTheRequest();
    void translatesTheConnection();
    void translatesTheReconnecting();
    void translatesThePayload();

private:
    static QString firstError(EventSourceListener *listener);

    QTranslator m_translator;
};

void tst_TranslatedErrors::init()
{
    if (m_translator.isEmpty()) {
        QVERIFY(m_translator.load(QLocale(u"de"_s), u"eventsource"_s, u"_"_s, u":/i18n"_s));
        QVERIFY(QCoreApplication::installTranslator(&m_translator));
    }
}

QString tst_TranslatedErrors::firstError(EventSourceListener *listener)
{
    QSignalSpy errors(listener, &EventSourceListener::error);
    if (errors.isEmpty())
        errors.wait();
    return errors.isEmpty() ? QString()
                            : errors.constFirst().constFirst().value<EventSourceError>().message();
}

void tst_TranslatedErrors::translatesTheListener()
{
    EventSourceListener listener(QUrl(u"https://127.0.0.1:1/"_s));
    listener.setCaCertificates(QUrl(u"file:///missing.pem"_s));
    const QString message = firstError(&listener);
    QVERIFY2(message.startsWith(u"caCertificates kann nicht gelesen werden: "_s),
             qPrintable(message));
}

void tst_TranslatedErrors::translatesTheRequest()
{
    EventSourceListener listener(QUrl(u"ftp://127.0.0.1/"_s));
    const QString message = firstError(&listener);
    QVERIFY2(message.startsWith(u"Die url ist keine http- oder https-Adresse: "_s),
             qPrintable(message));
}

void tst_TranslatedErrors::translatesTheConnection()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    const QString message = firstError(&listener);
    QVERIFY2(message.endsWith(u" hat mit 404 Not Found geantwortet."_s), qPrintable(message));
}

void tst_TranslatedErrors::translatesTheReconnecting()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send("HTTP/1.1 503 Busy\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n");
    const QString message = firstError(&listener);
    QVERIFY2(message.contains(u"verlangt eine Wartezeit von mindestens 5 s"_s),
             qPrintable(message));
}

void tst_TranslatedErrors::translatesThePayload()
{
    ScriptedServer server;
    EventSourceListener listener(server.url());
    QSignalSpy parseErrors(&listener, &EventSourceListener::parseError);
    Exchange *exchange = server.take();
    QVERIFY(exchange);
    exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n");
    QTRY_COMPARE(parseErrors.count(), 1);
    const QString message = parseErrors.constFirst().at(1).toString();
    QVERIFY2(message.startsWith(u"Die Daten sind kein JSON: "_s), qPrintable(message));
}

QTEST_GUILESS_MAIN(tst_TranslatedErrors)
#include "tst_translatederrors.moc"
