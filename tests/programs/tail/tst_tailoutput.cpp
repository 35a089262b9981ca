// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

#include "answeringserver.h"
#include "program.h"

#include <QtTest/qtest.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace {

// A pipe as the program's output that nobody reads until the test does.
class OutputPipe
{
public:
    OutputPipe()
    {
        valid = ::pipe(m_ends) == 0;
        ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK);
        // The program gets the end for writing only: it must see when the other one is closed.
        ::fcntl(m_ends[0], F_SETFD, FD_CLOEXEC);
    }
    ~OutputPipe()
    {
        closeEnd(0);
        closeEnd(1);
    }
    void attachTo(Program &program)
    {
        program.setChildProcessModifier([write = m_ends[1]] { ::dup2(write, STDOUT_FILENO); });
    }
    void closeEnd(int end)
    {
        if (m_ends[end] >= 0)
            ::close(m_ends[end]);
        m_ends[end] = -1;
    }
    void setNonBlocking() { ::fcntl(m_ends[1], F_SETFL, O_NONBLOCK); }
    bool isFull() const
    {
        pollfd output = {m_ends[1], POLLOUT, 0};
        return ::poll(&output, 1, 0) == 0;
    }
    // All that came so far.
    QByteArray read()
    {
        char bytes[65536];
        ssize_t count;
        while ((count = ::read(m_ends[0], bytes, sizeof bytes)) > 0)
            m_received.append(bytes, count);
        return m_received;
    }

    bool valid = false;

private:
    int m_ends[2] = {-1, -1};
    QByteArray m_received;
};

QByteArray manyEvents(int count)
{
    QByteArray events;
    for (int i = 0; i < count; ++i)
        events += "data: {\"n\":" + QByteArray::number(i) + ",\"fill\":\"" + QByteArray(80, 'x')
                + "\"}\n\n";
    return events;
}

} // namespace

// eventsource-tail and what is around it: signals, and whoever reads its output.
class tst_TailOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsOnSignal_data();
    void stopsOnSignal();
    void stopsOnSignalWhileWaitingToReconnect();
    void stopsOnSignalWhileNobodyReads();
    void waitsForANonBlockingReader();
    void endsWhenTheReaderLeaves_data();
    void endsWhenTheReaderLeaves();
    void failsWhenTheOutputIsFull();
};

void tst_TailOutput::stopsOnSignal_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("SIGINT") << SIGINT << 130;
    QTest::newRow("SIGTERM") << SIGTERM << 143;
}

void tst_TailOutput::stopsOnSignal()
{
    QFETCH(int, number);
    QFETCH(int, exitCode);

    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.run({server.address()});
    QTRY_COMPARE(program.out, "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    ::kill(pid_t(program.processId()), number);
    COMPARE_EXIT(program, exitCode);
    QTRY_VERIFY(!server.requests.last()->isConnected());
}

void tst_TailOutput::stopsOnSignalWhileWaitingToReconnect()
{
    AnsweringServer server;
    server.answers = {AnsweringServer::endedStream("retry: 3600000\ndata: 1\n\n")};
    Program program;
    program.run({server.address()});
    QTRY_VERIFY2(program.err.contains("trying again in "), program.err);
    ::kill(pid_t(program.processId()), SIGINT);
    COMPARE_EXIT(program, 130);
}

void tst_TailOutput::stopsOnSignalWhileNobodyReads()
{
    OutputPipe pipe;
    QVERIFY(pipe.valid);
    AnsweringServer server;
    server.answers = {AnsweringServer::stream(manyEvents(5000))};
    Program program;
    pipe.attachTo(program);
    program.run({server.address()});
    QTRY_VERIFY(pipe.isFull());
    QVERIFY(!program.hasEnded());
    ::kill(pid_t(program.processId()), SIGINT);
    COMPARE_EXIT(program, 130);
}

void tst_TailOutput::waitsForANonBlockingReader()
{
    OutputPipe pipe;
    QVERIFY(pipe.valid);
    pipe.setNonBlocking();
    AnsweringServer server;
    server.answers = {AnsweringServer::stream(manyEvents(5000))};
    Program program;
    pipe.attachTo(program);
    program.run({server.address(), "--max", "5000"});
    QTRY_VERIFY(program.state() == QProcess::Running && server.requests.size() == 1);

    QTRY_COMPARE(pipe.read().count('\n'), 5000);
    COMPARE_EXIT(program, 0);
    QVERIFY(pipe.read().contains("\"data\":{\"n\":4999,"));
}

void tst_TailOutput::endsWhenTheReaderLeaves_data()
{
    QTest::addColumn<QByteArray>("afterwards");
    QTest::newRow("while a line waits for it") << manyEvents(5000);
    QTest::newRow("in silence") << QByteArray();
}

void tst_TailOutput::endsWhenTheReaderLeaves()
{
    QFETCH(QByteArray, afterwards);

    OutputPipe pipe;
    QVERIFY(pipe.valid);
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    pipe.attachTo(program);
    program.run({server.address()});
    QTRY_COMPARE(pipe.read(), "{\"type\":\"message\",\"id\":\"\",\"data\":1}\n");
    server.requests.last()->sendChunk(afterwards);
    QTRY_VERIFY(afterwards.isEmpty() || pipe.isFull());
    pipe.closeEnd(0);
    COMPARE_EXIT(program, 0);
    QVERIFY2(!program.err.contains("error"), program.err);
    QTRY_VERIFY(!server.requests.last()->isConnected());
}

void tst_TailOutput::failsWhenTheOutputIsFull()
{
    if (!QFile::exists("/dev/full"))
        QSKIP("/dev/full is not there");
    AnsweringServer server;
    server.answers = {AnsweringServer::stream("data: 1\n\n")};
    Program program;
    program.setStandardOutputFile("/dev/full");
    program.run({server.address()});
    COMPARE_EXIT(program, 1);
    QVERIFY2(program.err.contains("error: the output cannot be written: No space left"),
             program.err);
}

QTEST_GUILESS_MAIN(tst_TailOutput)
#include "tst_tailoutput.moc"
