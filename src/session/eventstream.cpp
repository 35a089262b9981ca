// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "session/eventstream_p.h"

#include "eventsourceevent_p.h"
#include "format/utf8_p.h"

#include <utility>

namespace EventSourcePrivate {

namespace {

// More than a reply holds, so that it has room again as soon as it was read.
constexpr qsizetype pieceSize = 2 * StreamConnection::readBufferSize;

} // namespace

EventStream::EventStream(Sink *sink, const DeliverySettings *settings,
                         std::shared_ptr<DeliveryGate> gate)
    : m_sink(sink), m_settings(settings), m_gate(std::move(gate))
{
}

EventStream::~EventStream() = default;

void EventStream::open(std::shared_ptr<AccessManagerPool> pool, const StreamRequest &request)
{
    m_parser.reset(request.lastEventId);
    m_parser.setMaximumEventSize(m_settings->maximumEventSize);
    m_connection = std::make_unique<StreamConnection>(std::move(pool));
    QObject::connect(m_connection.get(), &StreamConnection::progressed, m_connection.get(),
                     [this] { DeliveryScheduler::instance().schedule(shared_from_this()); });
    QObject::connect(m_connection.get(), &StreamConnection::readyRead, m_connection.get(),
                     [this] { DeliveryScheduler::instance().deliver(shared_from_this()); });
    m_connection->open(request);
}

void EventStream::close()
{
    m_check.reset();
    m_connection.reset();
}

void EventStream::drop()
{
    m_sink = nullptr;
    m_settings = nullptr;
    close();
}

bool EventStream::deliver(const QDeadlineTimer &deadline)
{
    if (!m_sink)
        return false;
    if (m_gate->isClosed) {
        m_gate->waiting = weak_from_this();
        return false;
    }
    // The sink's owner may leave with all it has.
    const std::shared_ptr<EventStream> self = shared_from_this();
    const std::shared_ptr<DeliveryGate> gate = m_gate;
    gate->isClosed = true;
    const bool more = deliverSlice(deadline);
    gate->isClosed = false;
    if (const auto waiting = std::exchange(gate->waiting, {}).lock())
        DeliveryScheduler::instance().schedule(waiting);
    return more;
}

// Returns whether there is more to deliver now. It ends at once when the stream is dropped.
bool EventStream::deliverSlice(const QDeadlineTimer &deadline)
{
    // Looking at the clock costs as much as a short line.
    constexpr int tokensPerLook = 64;

    m_scriptValues = m_sink->scriptValues();
    if (!isOpen() && m_connection->isAccepted())
        acceptResponse();
    if (m_sink && m_check && !deliverChecked())
        return false;

    int tokens = 0;
    bool more = true;
    while (m_sink && more) {
        bool look = ++tokens % tokensPerLook == 0;
        switch (m_parser.next()) {
        case StreamParser::Token::NeedInput:
            look = true;
            more = readMore();
            break;
        case StreamParser::Token::Event:
            look = true;
            takeEvent();
            break;
        case StreamParser::Token::IdOnly:
            m_sink->lastEventIdReached(m_parser.lastEventId());
            break;
        case StreamParser::Token::Comment:
            if (m_sink->wantsComments()) {
                look = true;
                m_sink->commentArrived(textFromUtf8(m_parser.comment()));
            }
            break;
        case StreamParser::Token::Retry:
            m_sink->retryArrived(m_parser.retry());
            break;
        case StreamParser::Token::LongId:
            m_sink->longIdArrived();
            break;
        case StreamParser::Token::TooLarge:
            look = true;
            countEvent();
            m_sink->lastEventIdReached(m_parser.lastEventId());
            m_sink->eventTooLarge();
            break;
        }
        if (m_check)
            more = false;
        if (look && deadline.hasExpired())
            break;
    }

    if (m_sink)
        m_sink->sliceDelivered();
    if (!m_sink || m_check)
        return false;
    if (!more && m_connection->isFinished())
        end();
    return m_sink && more;
}

// A server may close the connection right after the end marker, without the empty line that would
// dispatch it. Asked again, it would begin anew.
void EventStream::end()
{
    if (!m_settings->endMarker.isEmpty() && m_parser.unfinishedData() == m_settings->endMarker)
        m_sink->endMarkerArrived();
    else
        m_sink->streamEnded();
}

void EventStream::acceptResponse()
{
    m_openSince.start();
    m_origin = m_connection->origin();
    m_sink->streamOpened();
}

// The next piece of the response. Returns whether there may be more after it.
bool EventStream::readMore()
{
    if (m_piece.isNull())
        m_piece = QByteArray(pieceSize, Qt::Uninitialized);
    const qint64 size = m_connection->read(m_piece.data(), m_piece.size());
    if (size > 0)
        m_parser.setInput(QByteArrayView(m_piece.constData(), size));
    return size >= 0;
}

void EventStream::countEvent()
{
    if (!std::exchange(m_hasEvents, true))
        m_sink->eventArrived();
}

// The one way of an event: filter, check, deliver.
void EventStream::takeEvent()
{
    countEvent();
    if (!m_settings->endMarker.isEmpty() && m_parser.rawData() == m_settings->endMarker) {
        m_sink->lastEventIdReached(m_parser.lastEventId());
        m_sink->endMarkerArrived();
        return;
    }

    const QByteArray type = m_parser.type();
    if (type != m_typeUtf8) {
        m_typeUtf8 = type;
        m_type = textFromUtf8(type);
    }
    const QStringList &types = m_settings->eventTypes;
    if ((!types.isEmpty() && !types.contains(m_type)) || !m_sink->wantsEvent(m_type)) {
        m_sink->lastEventIdReached(m_parser.lastEventId());
        return;
    }

    auto *data = new EventData;
    const EventSourceEvent event = EventData::wrap(data);
    data->type = m_type;
    data->lastEventId = m_parser.lastEventId();
    data->origin = m_origin;
    data->payload.set(m_parser.data(), m_settings->format, m_scriptValues);
    if (data->payload.isLarge()) {
        checkInPool(event);
        return;
    }
    data->payload.check();
    deliverEvent(event);
}

// The stream pauses until it is done, so that the order stays. Until then the event is not
// processed, and the server is asked for it again if the stream is dropped.
void EventStream::checkInPool(const EventSourceEvent &event)
{
    m_largeEvent = event;
    m_check = std::make_unique<QFutureWatcher<Payload::CheckResult>>();
    QObject::connect(m_check.get(), &QFutureWatcherBase::finished, m_check.get(),
                     [this] { DeliveryScheduler::instance().schedule(shared_from_this()); });
    m_check->setFuture(EventData::get(event)->payload.checkInPool());
}

// Returns whether the check was done.
bool EventStream::deliverChecked()
{
    if (!m_check->isFinished())
        return false;
    const EventSourceEvent event = std::exchange(m_largeEvent, {});
    EventData::get(event)->payload.setCheckResult(m_check->future().takeResult());
    m_check.reset();
    deliverEvent(event);
    return true;
}

void EventStream::deliverEvent(const EventSourceEvent &event)
{
    const EventData *data = EventData::get(event);
    m_sink->lastEventIdReached(data->lastEventId);
    const QString problem = data->payload.error();
    if (problem.isEmpty())
        m_sink->eventDecoded(event);
    else
        m_sink->eventNotDecoded(event, problem);
}

} // namespace EventSourcePrivate
