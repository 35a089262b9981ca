// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: BSD-3-Clause

// The program that the explorer page copies for the request of tst_codesnippets.cpp.
// clang-format off

#include <EventSource/EventSourceListener>

#include <QtCore/qcoreapplication.h>
#include <QtCore/qdebug.h>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    EventSourceListener listener;
    listener.setUrl(QUrl(u"https://example.com/events?a=%26&q=\"x\""_s));
    listener.setMethod(u"POST"_s);
    listener.setHeaders({
        {u"X-Awkward"_s, u"it's \"so\" $HOME $(id) `id` ${x} \\n \\ %d %41 !! ?\?/ ~ * @x ä→𝄞"_s},
        {u"X-Empty"_s, u""_s},
    });
    listener.setBody(u"{\012\011\"text\": \"1\\n2 ä→𝄞\"\012}\0011"_s);
    listener.setFormat(EventSourceListener::Text);
    listener.setCaCertificates(QUrl(u"file:///etc/ssl/my%20authority.pem"_s));
    QObject::connect(&listener, &EventSourceListener::message, [](const EventSourceEvent &event) {
        qInfo() << event.type() << event.text();
    });
    QObject::connect(&listener, &EventSourceListener::error, [](const EventSourceError &error) {
        qWarning() << error.message();
    });
    QObject::connect(&listener, &EventSourceListener::finished, &app, &QCoreApplication::quit);
    return app.exec();
}
