// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qrandom.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

// A server that replays from Last-Event-ID and is cut off again and again, in every way that a
// connection can end: each event must arrive exactly once and in order.
class tst_Resume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversEachEventOnce();
};

enum class Cut {
    CleanEnd,
    FinInsideChunk,
    Reset,
    MalformedChunk,
    CloseEndsBody,
    HttpErrors,
    Refused,
    SilentBeforeHead,
    SilentInStream,
    Mixed,
};

namespace {

constexpr int eventCount = 20000;
constexpr int cutCount = 200;

// The whole stream, and where each event begins.
struct Stream
{
    Stream()
    {
        QRandomGenerator random(1);
        for (int i = 1; i <= eventCount; ++i) {
            offsets.push_back(bytes.size());
            bytes += "id: " + QByteArray::number(i) + "\n";
            if (i % 7 == 0)
                bytes += "event: other\n";
            bytes += "data: {\"n\":" + QByteArray::number(i) + ",\"text\":\""
                    + QByteArray(int(random.bounded(60)), 'x') + "\"}\n\n";
        }
    }

    QByteArray bytes;
    std::vector<qsizetype> offsets;
};

class CuttingServer
{
public:
    CuttingServer(const Stream &stream, Cut cut, quint32 seed)
        : m_stream(stream), m_cut(cut), m_random(seed)
    {
        for (int i = 0; i < cutCount; ++i)
            m_cuts.push_back(m_random.bounded(quint32(stream.bytes.size())));
        std::sort(m_cuts.begin(), m_cuts.end());
        m_server.setHandler([this](Exchange *exchange) { answer(exchange); });
    }

    QUrl url() const { return m_server.url(); }
    int requestCount() const { return m_server.requestCount(); }

private:
    Cut nextWay()
    {
        if (m_cut != Cut::Mixed)
            return m_cut;
        // The silent ones cost their timeouts, and the refusal needs the server's port.
        static constexpr Cut ways[] {Cut::CleanEnd,       Cut::FinInsideChunk, Cut::Reset,
                                     Cut::MalformedChunk, Cut::CloseEndsBody,  Cut::HttpErrors};
        return ways[m_random.bounded(int(std::size(ways)))];
    }

    void answer(Exchange *exchange)
    {
        const QByteArray id = exchange->header("Last-Event-ID");
        const int next = id.isEmpty() ? 0 : id.toInt(); // events are numbered from 1
        const qsizetype begin =
                next < eventCount ? m_stream.offsets[size_t(next)] : m_stream.bytes.size();
        const Cut way = nextWay();

        // Every second attempt of these is the failing one.
        const bool failsFirst = way == Cut::HttpErrors || way == Cut::SilentBeforeHead;
        if (failsFirst && m_attempt++ % 2 == 1) {
            static const QByteArray statuses[] {"500 A", "502 B", "503 C", "504 D", "429 E"};
            if (way == Cut::HttpErrors)
                exchange->sendAnswer(statuses[m_random.bounded(5)]);
            return;
        }

        // Each cut is made once: what it broke off is sent whole the next time.
        const auto after = std::upper_bound(m_cuts.begin(), m_cuts.end(), begin);
        const bool last = after == m_cuts.end();
        const qsizetype end = last ? m_stream.bytes.size() : *after;
        m_cuts.erase(m_cuts.begin(), last ? after : after + 1);
        if (way == Cut::CloseEndsBody && !last)
            exchange->send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        else
            exchange->sendHead();

        for (qsizetype done = begin; done < end;) {
            const qsizetype size = std::min<qsizetype>(1 + m_random.bounded(4000), end - done);
            const QByteArray piece = m_stream.bytes.mid(done, size);
            done += size;
            if (done < end || last)
                way == Cut::CloseEndsBody && !last ? exchange->send(piece)
                                                   : exchange->sendChunk(piece);
            else
                cutOff(exchange, way, piece);
        }
        if (last)
            exchange->sendChunk("event: end\ndata: [DONE]\n\n");
    }

    void cutOff(Exchange *exchange, Cut way, const QByteArray &piece)
    {
        const QByteArray cutChunk = QByteArray::number(piece.size() + 100, 16) + "\r\n" + piece;
        switch (way) {
        case Cut::FinInsideChunk:
            exchange->send(cutChunk);
            exchange->close();
            break;
        case Cut::Reset:
            exchange->send(cutChunk);
            exchange->reset();
            break;
        case Cut::MalformedChunk:
            exchange->sendChunk(piece);
            exchange->send("xyz\r\nid: 999999\ndata: 1\n\n");
            exchange->close();
            break;
        case Cut::CloseEndsBody:
            exchange->send(piece);
            exchange->close();
            break;
        case Cut::SilentInStream:
            exchange->sendChunk(piece);
            break;
        case Cut::Refused:
            m_server.stop();
            QTimer::singleShot(30, &m_server, [this] { m_server.start(); });
            exchange->send(cutChunk);
            exchange->reset();
            break;
        default:
            exchange->sendChunk(piece);
            exchange->end();
            break;
        }
    }

    const Stream &m_stream;
    const Cut m_cut;
    QRandomGenerator m_random;
    std::vector<qsizetype> m_cuts;
    ScriptedServer m_server;
    int m_attempt = 0;
};

// One stream from its first event to its last.
class Run
{
public:
    Run(const char *name, const Stream &stream, Cut cut, bool stops, quint32 seed)
        : m_name(u"%1%2, seed %3"_s
                         .arg(QLatin1String(name), stops ? ", with stops and starts"_L1 : ""_L1)
                         .arg(seed)),
          m_server(stream, cut, seed), m_random(seed), m_listener(m_server.url())
    {
        m_listener.reconnect()->setInitialDelay(0);
        m_listener.reconnect()->setMultiplier(1);
        // On a slow machine these cut off more than they should, which must do no harm either.
        m_listener.setResponseTimeout(cut == Cut::SilentBeforeHead ? 100 : 30000);
        m_listener.setIdleTimeout(cut == Cut::SilentInStream ? 100 : 0);
        m_listener.setEndMarker(u"[DONE]"_s);
        QObject::connect(&m_listener, &EventSourceListener::message, &m_listener,
                         [this, stops](const EventSourceEvent &event) {
                             check(event);
                             if (stops && m_random.bounded(200) == 0)
                                 stop();
                         });
        QObject::connect(&m_listener, &EventSourceListener::finished, &m_listener,
                         [this] { m_finished = true; });
    }

    bool hasEnded() const { return m_finished || !m_wrong.isEmpty(); }

    QString problem() const
    {
        if (!m_wrong.isEmpty())
            return m_name + u": "_s + m_wrong;
        if (!m_finished || m_expected != eventCount + 1)
            return m_name
                    + u": did not get to event %1; %2 requests, status %3, last error \"%4\""_s
                              .arg(m_expected)
                              .arg(m_server.requestCount())
                              .arg(m_listener.status())
                              .arg(m_listener.errorString());
        if (m_server.requestCount() < cutCount / 2)
            return m_name + u": only %1 requests"_s.arg(m_server.requestCount());
        return {};
    }

private:
    void check(const EventSourceEvent &event)
    {
        const int n = event.data()["n"_L1].toInt();
        if ((n != m_expected || event.lastEventId() != QString::number(n)) && m_wrong.isEmpty()) {
            m_wrong = u"%1 (id %2) where %3 was expected"_s.arg(n)
                              .arg(event.lastEventId())
                              .arg(m_expected);
        }
        m_expected = n + 1;
    }

    void stop()
    {
        if (m_random.bounded(2) == 0) {
            m_listener.restart();
        } else {
            m_listener.stopListening();
            QTimer::singleShot(0, &m_listener, &EventSourceListener::startListening);
        }
    }

    const QString m_name;
    CuttingServer m_server;
    QRandomGenerator m_random;
    EventSourceListener m_listener;
    QString m_wrong;
    int m_expected = 1;
    bool m_finished = false;
};

} // namespace

// They spend their time waiting for the next attempt, so all of them run at once.
void tst_Resume::deliversEachEventOnce()
{
    const Stream stream;
    std::vector<std::unique_ptr<Run>> runs;
    const std::pair<const char *, Cut> ways[] {
            {"clean end", Cut::CleanEnd},
            {"FIN inside a chunk", Cut::FinInsideChunk},
            {"reset", Cut::Reset},
            {"malformed chunk header", Cut::MalformedChunk},
            {"body that ends at close", Cut::CloseEndsBody},
            {"HTTP errors between", Cut::HttpErrors},
            {"refused for a while", Cut::Refused},
            {"accepted and silent", Cut::SilentBeforeHead},
            {"silent in mid-stream", Cut::SilentInStream},
            {"mixed", Cut::Mixed},
    };
    quint32 seed = 0;
    for (const auto &way : ways) {
        for (const bool stops : {false, true})
            runs.push_back(std::make_unique<Run>(way.first, stream, way.second, stops, ++seed));
    }
    for (int i = 0; i < 5; ++i)
        runs.push_back(std::make_unique<Run>("mixed again", stream, Cut::Mixed, true, ++seed));

    const bool allEnded = QTest::qWaitFor(
            [&] {
                return std::all_of(runs.begin(), runs.end(),
                                   [](const auto &run) { return run->hasEnded(); });
            },
            240000);
    for (const auto &run : runs)
        QVERIFY2(run->problem().isEmpty(), qPrintable(run->problem()));
    QVERIFY(allEnded);
}

QTEST_GUILESS_MAIN(tst_Resume)
#include "tst_resume.moc"
