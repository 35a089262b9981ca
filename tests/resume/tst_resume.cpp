// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "scriptedserver.h"

#include <EventSource/EventSourceError>
#include <EventSource/EventSourceListener>

#include <QtCore/qrandom.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

// A server that replays from Last-Event-ID and is cut off again and again, in every way that a
// connection can end: each event must arrive exactly once and in order.
class tst_Resume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversEachEventOnce_data();
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
Q_DECLARE_METATYPE(Cut)

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

} // namespace

void tst_Resume::deliversEachEventOnce_data()
{
    QTest::addColumn<Cut>("cut");
    QTest::addColumn<bool>("stops");
    QTest::addColumn<quint32>("seed");
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
    for (const auto &way : ways) {
        QTest::addRow("%s", way.first) << way.second << false << 1u;
        QTest::addRow("%s, with stops and starts", way.first) << way.second << true << 2u;
    }
    for (quint32 seed = 3; seed < 8; ++seed)
        QTest::addRow("mixed, seed %u", seed) << Cut::Mixed << true << seed;
}

void tst_Resume::deliversEachEventOnce()
{
    QFETCH(Cut, cut);
    QFETCH(bool, stops);
    QFETCH(quint32, seed);

    static const Stream stream;
    CuttingServer server(stream, cut, seed);
    EventSourceListener listener(server.url());
    listener.reconnect()->setInitialDelay(0);
    listener.reconnect()->setMultiplier(1);
    listener.setConnectTimeout(100);
    listener.setIdleTimeout(cut == Cut::SilentInStream ? 50 : 0);
    listener.setEndMarker(u"[DONE]"_s);

    QRandomGenerator random(seed);
    int expected = 1;
    QString wrong;
    bool finished = false;
    connect(&listener, &EventSourceListener::message, this, [&](const EventSourceEvent &event) {
        const int n = event.data()["n"_L1].toInt();
        if ((n != expected || event.lastEventId() != QString::number(n)) && wrong.isEmpty())
            wrong = u"%1 (id %2) where %3 was expected"_s.arg(n)
                            .arg(event.lastEventId())
                            .arg(expected);
        expected = n + 1;
        if (stops && random.bounded(200) == 0) {
            if (random.bounded(2) == 0) {
                listener.restart();
            } else {
                listener.stopListening();
                QTimer::singleShot(0, &listener, &EventSourceListener::startListening);
            }
        }
    });
    connect(&listener, &EventSourceListener::finished, this, [&] { finished = true; });
    QTRY_VERIFY_WITH_TIMEOUT(finished || !wrong.isEmpty(), 60000);
    QCOMPARE(wrong, QString());
    QCOMPARE(expected, eventCount + 1);
    QVERIFY2(server.requestCount() >= cutCount / 2, QByteArray::number(server.requestCount()));
}

QTEST_GUILESS_MAIN(tst_Resume)
#include "tst_resume.moc"
