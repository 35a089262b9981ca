// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourceevent.h"
#include "eventsourceevent_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qpromise.h>
#include <QtCore/qstringconverter.h>
#include <QtCore/qthread.h>
#include <QtCore/qthreadpool.h>

#include <algorithm>
#include <memory>

namespace {

// Not the application's own pool, which may be full of tasks that take long.
Q_GLOBAL_STATIC(QThreadPool, largeEventPool)

} // namespace

QString textFromUtf8(const QByteArray &utf8)
{
    if (!utf8.startsWith("\xEF\xBB\xBF"))
        return QString::fromUtf8(utf8);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(utf8);
}

// QJsonDocument takes objects and arrays only: anything else is tried as the one element of an
// array.
QJsonValue decodeJson(const QByteArray &text, QString *error)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    const auto first = std::find_if_not(text.begin(), text.end(), isSpace);
    const bool isDocument = first != text.end() && (*first == '{' || *first == '[');

    QJsonParseError parseError;
    QJsonValue value(QJsonValue::Undefined);
    if (isDocument) {
        const QJsonDocument document = QJsonDocument::fromJson(text, &parseError);
        if (document.isObject())
            value = document.object();
        else if (document.isArray())
            value = document.array();
    } else {
        const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &parseError);
        parseError.offset = qBound(0, parseError.offset - 1, int(text.size()));
        if (parseError.error == QJsonParseError::NoError) {
            const QJsonArray array = document.array();
            if (array.size() == 1) {
                value = array.first();
            } else {
                parseError.error = array.isEmpty() ? QJsonParseError::IllegalValue
                                                   : QJsonParseError::GarbageAtEnd;
                parseError.offset = array.isEmpty() ? 0 : int(text.indexOf(','));
            }
        }
    }
    if (parseError.error != QJsonParseError::NoError) {
        *error = QCoreApplication::translate("EventSourceListener",
                                             "The data is not JSON: %1 at offset %2.")
                         .arg(parseError.errorString())
                         .arg(parseError.offset);
    }
    return value;
}

QFuture<DecodedJson> decodeJsonElsewhere(const QByteArray &text)
{
    const auto promise = std::make_shared<QPromise<DecodedJson>>();
    promise->start();
    largeEventPool->start([promise, text] {
        DecodedJson decoded;
        decoded.value = decodeJson(text, &decoded.error);
        promise->addResult(std::move(decoded));
        promise->finish();
    });
    return promise->future();
}

ScriptContext::ScriptContext(QJSEngine *scriptEngine)
    : engine(scriptEngine), parseJson(scriptEngine->globalObject()
                                              .property(QStringLiteral("JSON"))
                                              .property(QStringLiteral("parse")))
{
}

EventSourceEventPrivate::~EventSourceEventPrivate()
{
    // To free the many parts of a large value takes nearly as long as it took to make them.
    if (text.size() >= largeTextSize && !largeEventPool.isDestroyed())
        largeEventPool->start([value = std::move(json)] {});
    // A copy may end in another thread; a JavaScript value may not.
    if (m_hasScript && context->engine && context->engine->thread() != QThread::currentThread())
        QMetaObject::invokeMethod(context->engine, [value = std::move(m_script)] {});
}

EventSourceEvent EventSourceEventPrivate::wrap(EventSourceEventPrivate *d)
{
    EventSourceEvent event;
    event.d = d;
    return event;
}

// Converts once, and by way of the text, because the engine's own parser is faster than going
// through the QJsonValue.
QVariant EventSourceEventPrivate::variant()
{
    if (!isJson)
        return textFromUtf8(text);
    if (!json.isObject() && !json.isArray())
        return json.toVariant();
    if (!context || !context->engine || context->engine->thread() != QThread::currentThread())
        return json.toVariant();
    if (!m_hasScript) {
        m_hasScript = true;
        m_script = context->parseJson.call({textFromUtf8(text)});
        // QJsonDocument is more forgiving in places.
        if (m_script.isError())
            m_script = context->engine->toScriptValue(json);
    }
    return QVariant::fromValue(m_script);
}

/*!
    \class EventSourceEvent
    \inmodule EventSource
    \brief One event of a stream.

    A value: copies are cheap and share what they hold. In QML it is the value type
    \c eventSourceEvent.
*/

EventSourceEvent::EventSourceEvent() = default;
EventSourceEvent::EventSourceEvent(const EventSourceEvent &other) = default;
EventSourceEvent::EventSourceEvent(EventSourceEvent &&other) noexcept = default;
EventSourceEvent &EventSourceEvent::operator=(const EventSourceEvent &other) = default;
EventSourceEvent &EventSourceEvent::operator=(EventSourceEvent &&other) noexcept = default;
EventSourceEvent::~EventSourceEvent() = default;

/*!
    \property EventSourceEvent::type
    The name that the server gave to the event; "message" if it gave none.
*/
QString EventSourceEvent::type() const
{
    return d ? d->type : QString();
}

/*!
    \property EventSourceEvent::data
    The payload: the decoded JSON value, or the text where the listener's format is
    EventSourceListener::Text. Undefined for an event with empty text and where decoding failed.

    In QML it becomes a JavaScript value when it is first read, and stays the same value then:
    \c{event.data === event.data}.
*/
QJsonValue EventSourceEvent::data() const
{
    if (!d)
        return QJsonValue::Undefined;
    return d->isJson ? d->json : QJsonValue(text());
}

QVariant EventSourceEvent::dataVariant() const
{
    return d ? d->variant() : QVariant();
}

/*!
    \property EventSourceEvent::text
    The payload as it came, lines joined with LF.
*/
QString EventSourceEvent::text() const
{
    return d ? textFromUtf8(d->text) : QString();
}

/*!
    \property EventSourceEvent::lastEventId
    The id of the last event that had one, up to and including this one.
*/
QString EventSourceEvent::lastEventId() const
{
    return d ? textFromUtf8(d->lastEventId) : QString();
}

/*!
    \property EventSourceEvent::origin
    Scheme, host and port of the server that the stream came from, after redirects.
*/
QString EventSourceEvent::origin() const
{
    return d ? d->origin : QString();
}
