// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "eventsourceevent.h"
#include "eventsourceevent_p.h"

#include "format/utf8_p.h"

#include <QtCore/qcoreapplication.h>
#include <QtCore/qjsonarray.h>
#include <QtCore/qjsondocument.h>
#include <QtCore/qjsonobject.h>
#include <QtCore/qpromise.h>
#include <QtCore/qthread.h>
#include <QtCore/qthreadpool.h>

#include <algorithm>
#include <memory>

namespace EventSourcePrivate {

namespace {

// Not the application's own pool, which may be full of tasks that take long.
Q_GLOBAL_STATIC(QThreadPool, largeEventPool)

} // namespace

// QJsonDocument takes objects and arrays only: anything else is tried as the one element of an
// array.
DecodedJson decodeJson(const QByteArray &text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    const auto first = std::find_if_not(text.begin(), text.end(), isSpace);
    const bool isDocument = first != text.end() && (*first == '{' || *first == '[');

    QJsonParseError parseError;
    DecodedJson decoded;
    if (isDocument) {
        const QJsonDocument document = QJsonDocument::fromJson(text, &parseError);
        if (document.isObject())
            decoded.value = document.object();
        else if (document.isArray())
            decoded.value = document.array();
    } else {
        const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &parseError);
        parseError.offset = qBound(0, parseError.offset - 1, int(text.size()));
        if (parseError.error == QJsonParseError::NoError) {
            const QJsonArray array = document.array();
            if (array.size() == 1) {
                decoded.value = array.first();
            } else {
                parseError.error = array.isEmpty() ? QJsonParseError::IllegalValue
                                                   : QJsonParseError::GarbageAtEnd;
                parseError.offset = array.isEmpty() ? 0 : int(text.indexOf(','));
            }
        }
    }
    if (parseError.error != QJsonParseError::NoError) {
        decoded.error = QCoreApplication::translate("EventSourceListener",
                                                    "The data is not JSON: %1 at offset %2.")
                                .arg(parseError.errorString())
                                .arg(parseError.offset);
    }
    return decoded;
}

DecodedJson checkJson(const QByteArray &text)
{
    if (!isPlainJson(text))
        return decodeJson(text);
    DecodedJson decoded;
    decoded.isComplete = false;
    return decoded;
}

QFuture<DecodedJson> elsewhere(DecodedJson (*decode)(const QByteArray &), const QByteArray &text)
{
    const auto promise = std::make_shared<QPromise<DecodedJson>>();
    promise->start();
    largeEventPool->start([promise, decode, text] {
        promise->addResult(decode(text));
        promise->finish();
    });
    return promise->future();
}

EventData::~EventData()
{
    // To free the many parts of a large value takes nearly as long as it took to make them.
    if (text.size() >= largeTextSize && !largeEventPool.isDestroyed())
        largeEventPool->start([value = std::move(decoded.value)] {});
    // A copy may end in another thread; what belongs to the engine may not.
    QJSEngine *engine = context ? context->engine() : nullptr;
    if (engine && engine->thread() != QThread::currentThread()) {
        QMetaObject::invokeMethod(engine,
                                  [value = std::move(m_script), owner = std::move(context)] {});
    }
}

EventSourceEvent EventData::wrap(EventData *d)
{
    EventSourceEvent event;
    event.d = d;
    return event;
}

QJsonValue EventData::json() const
{
    if (!decoded.isComplete)
        std::call_once(m_decode, [this] { decoded.value = decodeJson(text).value; });
    return decoded.value;
}

// Converts once, and by way of the text, because going through the QJsonValue is slower and sorts
// the names.
QVariant EventData::variant()
{
    if (!isJson)
        return textFromUtf8(text);
    QJSEngine *engine = context ? context->engine() : nullptr;
    const bool hasValue = !text.isEmpty() && decoded.error.isEmpty();
    if (!hasValue || !engine || engine->thread() != QThread::currentThread())
        return json().toVariant();
    if (!m_hasScript) {
        m_hasScript = true;
        m_script = context->parse(text);
        // QJsonDocument is more forgiving in places.
        if (m_script.isError())
            m_script = engine->toScriptValue(json());
    }
    return QVariant::fromValue(m_script);
}

} // namespace EventSourcePrivate

using namespace EventSourcePrivate;

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
    \c{event.data === event.data}. In C++ it may be decoded when it is first read, too: that is so
    for a listener that has a QML engine. Copies may be read in several threads at once.
*/
QJsonValue EventSourceEvent::data() const
{
    if (!d)
        return QJsonValue::Undefined;
    return d->isJson ? d->json() : QJsonValue(text());
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
